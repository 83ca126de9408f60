import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import type { RecordingIdentity } from '../agora/identity';
import type { Reply } from './client';
import { clock } from '../process/clock';

/** What an error carries beside its text, for error branches and workflows. */
export interface ErrorDetails extends Partial<RecordingIdentity> {
	httpCode?: string;
	code?: number;
	reason?: string;
	networkCode?: string;
	requestId?: string;
	/** Something runs, or may run, that somebody has to stop or to wait for. */
	mayRun?: boolean;
	/** Why Agora does not find a recording, the likeliest first. */
	likelyCauses?: string[];
}

/** What names a recording, as far as it is known, for messages. */
export const identityText = ({ cname, uid, resourceId, sid }: IDataObject) =>
	Object.entries({ cname, uid, resourceId, sid })
		.filter(([, value]) => value !== undefined)
		.map(([name, value]) => `${name}: ${String(value)}`)
		.join(', ');

/** Facts about an answer for the description: Agora's words, codes, and the number for its support. */
function factsOf({ answer, meaning }: Reply): string {
	const facts = [
		answer.hostWords && `n8n's words: "${answer.hostWords}"`,
		meaning.reason && `Agora's words: "${meaning.reason}"`,
		meaning.code !== undefined && `code ${meaning.code}`,
		answer.status > 0 ? `HTTP ${answer.status}` : (answer.networkCode ?? 'no answer'),
		answer.requestId && `request ID ${answer.requestId}`,
	];
	return `${facts.filter(Boolean).join(', ')}.`;
}

/** When Agora wants to be asked again, where it said so and the node does not wait for it. */
function patienceOf({ answer: { retryAfter }, meaning }: Reply): string {
	if (meaning.kind !== 'rateLimited' || retryAfter === undefined) return '';
	const until = new Date(clock.now() + retryAfter * 1000).toISOString();
	return `Agora asks to wait until ${until}.`;
}

/**
 * Lines from wherever, joined, as n8n draws them: the descriptions of errors and its hints are HTML.
 * Titles, items, the log, and what an agent is told, are plain text.
 */
export const asHtml = (...lines: Array<string | null | undefined>): string =>
	lines
		.filter(Boolean)
		.join(' ')
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;');

export interface ErrorText {
	/** What happened. */
	message: string;
	/** What to do. */
	advice: string;
	/** The recording that it is about runs, or may run. */
	mayRun?: boolean;
	/** Why Agora does not find it, the likeliest first. */
	likelyCauses?: readonly string[];
}

/**
 * The error of an operation that Agora, or nobody, answered: what happened, what to do, Agora's code,
 * words and request ID, and the recording's identity.
 *
 * @param text instead of what the table of answers says
 */
export function apiError(
	node: INode,
	itemIndex: number,
	reply: Reply,
	identity: Partial<RecordingIdentity>,
	text: ErrorText = reply.meaning,
): NodeApiError {
	const { answer, meaning } = reply;
	const recording = identity.sid || identity.resourceId ? identityText({ ...identity }) : '';
	const description = [
		text.advice,
		patienceOf(reply),
		factsOf(reply),
		recording && `Recording: ${recording}.`,
	]
		.filter(Boolean)
		.join(' ');
	const httpCode = answer.status > 0 ? String(answer.status) : null;
	const error = new NodeApiError(
		node,
		{ code: meaning.code ?? null, reason: meaning.reason ?? answer.hostWords ?? null },
		{ message: text.message, description, ...(httpCode && { httpCode }), itemIndex },
	);
	const details: ErrorDetails = {
		...identity,
		...(httpCode && { httpCode }),
		code: meaning.code,
		reason: meaning.reason ?? answer.hostWords,
		networkCode: answer.networkCode,
		requestId: answer.requestId,
		mayRun: text.mayRun || undefined,
		likelyCauses: text.likelyCauses?.length ? [...text.likelyCauses] : undefined,
	};
	error.context.details = withoutUndefined(details);
	return error;
}

/** The error of an operation whose input or circumstances were not right. */
export function operationError(
	node: INode,
	itemIndex: number,
	text: ErrorText,
	identity: Partial<RecordingIdentity> = {},
): NodeOperationError {
	const recording = identity.sid || identity.resourceId ? identityText({ ...identity }) : '';
	const error = new NodeOperationError(node, text.message, {
		description: [text.advice, recording && `Recording: ${recording}.`].filter(Boolean).join(' '),
		itemIndex,
	});
	error.context.details = withoutUndefined({ ...identity, mayRun: text.mayRun || undefined });
	return error;
}

function withoutUndefined(value: object): IDataObject {
	return Object.fromEntries(
		Object.entries(value).filter(([, member]) => member !== undefined),
	) as IDataObject;
}
