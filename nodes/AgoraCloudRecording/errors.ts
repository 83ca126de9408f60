import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';
import { RUNNING_OUTCOMES } from './agora/answers/outcomes';
import type { RecordingIdentity } from './agora/identity';
import { defined } from './agora/objects';
import { refusalText } from './agora/requests/rules';
import { clock } from './process/clock';
import type { StorageProblemKind } from './storage/problems';
import type { Reply } from './transport/client';
import type { CredentialRefusal } from './transport/credentials';

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
	/** What is wrong with the storage. */
	storageProblem?: StorageProblemKind;
}

/** What names a recording, as far as it is known. */
export const identityText = (identity: IDataObject) =>
	['cname', 'uid', 'resourceId', 'sid']
		.filter((name) => identity[name] !== undefined)
		.map((name) => `${name}: ${String(identity[name])}`)
		.join(', ');

/** The same for somebody who reads: the long resource ID is in the details. */
const shortIdentityText = ({ cname, uid, sid }: Partial<RecordingIdentity>) =>
	identityText({ cname, uid, sid });

const listOf = (recordings: ReadonlyArray<Partial<RecordingIdentity>>) =>
	recordings.map(shortIdentityText).join('\n');

/** The line that names a recording; '' where nothing but its channel is known. */
const aboutOf = (identity: Partial<RecordingIdentity>) =>
	identity.sid || identity.resourceId ? `Recording: ${shortIdentityText(identity)}` : '';

/** One cause, or step, a line: this is how descriptions are built. */
export const linesOf = (...parts: Array<string | false | null | undefined>): string =>
	parts.filter(Boolean).join('\n');

/** Facts about an answer for the description: Agora's words, codes, and the number for its support. */
export function factsOf({ answer, meaning }: Reply): string {
	const facts = [
		answer.hostWords && `n8n's message: "${answer.hostWords}"`,
		meaning.reason && `Agora's message: "${meaning.reason}"`,
		meaning.code !== undefined && `code ${meaning.code}`,
		answer.status > 0 ? `HTTP ${answer.status}` : (answer.networkCode ?? 'no response'),
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
 * Lines as n8n draws them: the descriptions of errors and its hints are HTML. Titles, items, the log,
 * and what an agent is told, are plain text.
 */
export const asHtml = (lines: string): string =>
	lines.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br>');

/** What is told of an error. */
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
	const description = linesOf(text.advice, patienceOf(reply), aboutOf(identity), factsOf(reply));
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
	error.context.details = defined(details);
	return error;
}

/** The error of an operation whose input or circumstances were not right. */
export function operationError(
	node: INode,
	itemIndex: number,
	text: ErrorText,
	facts: Pick<ErrorDetails, keyof RecordingIdentity | 'storageProblem'> = {},
): NodeOperationError {
	const description = linesOf(text.advice, aboutOf(facts));
	const error = new NodeOperationError(node, text.message, { description, itemIndex });
	// n8n puts a general text in place of one that holds a network code: nobody knew who did not answer.
	error.message = text.message;
	error.context.details = defined({ ...facts, mayRun: text.mayRun || undefined });
	return error;
}

/** The error of a credential that cannot be used. */
export function credentialError(node: INode, { field, got, rule }: CredentialRefusal) {
	const { message, advice } = refusalText(field, `in the Agora API credential ${rule}`, got);
	return new NodeOperationError(node, message, { description: advice });
}

/** A part of an item's output: its data, and files where there are any. */
export type ItemOutput = Pick<INodeExecutionData, 'json' | 'binary'>;

/** What an item came to: its output, or what went wrong. */
export type ItemResult = { output: ItemOutput[] } | { failure: unknown };

type NodeError = NodeApiError | NodeOperationError;

const isKnownError = (failure: unknown): failure is NodeError =>
	failure instanceof Error && ['NodeApiError', 'NodeOperationError'].includes(failure.name);

/** What an error carries beside its text; see `ErrorDetails`. */
export const detailsOf = (failure: unknown): IDataObject =>
	isKnownError(failure) ? ((failure.context.details ?? {}) as IDataObject) : {};

/** What an item comes to that the user cancelled, and of which nothing runs. */
export const cancelledError = (context: IExecuteFunctions, itemIndex: number) =>
	operationError(context.getNode(), itemIndex, {
		message: 'The execution was cancelled',
		advice: 'The recording that this item had started was stopped.',
	});

/** The failure of an item as an error of the node. */
export function errorOf(
	context: IExecuteFunctions,
	itemIndex: number,
	failure: unknown,
): NodeError {
	if (isKnownError(failure)) return failure;
	const message = failure instanceof Error ? failure.message : undefined;
	return new NodeApiError(
		context.getNode(),
		{ message: message ?? 'Unknown' },
		{
			itemIndex,
			message: message ?? 'An unexpected error occurred',
		},
	);
}

const listIn = (value: unknown): IDataObject[] => (Array.isArray(value) ? value : []);

/**
 * Recordings among the results that run, or may run: those in outputs, and those of items that failed
 * after Agora may have started something.
 */
function runningRecordings(results: ReadonlyArray<ItemResult | undefined>): IDataObject[] {
	return results.flatMap((result) => {
		if (!result) return [];
		if ('output' in result) {
			return result.output
				.map(({ json }) => json)
				.filter(({ outcome }) => RUNNING_OUTCOMES.some((known) => known === outcome))
				.map(pickIdentity);
		}
		const details = detailsOf(result.failure);
		return details.mayRun === true ? [pickIdentity(details), ...listIn(details.others)] : [];
	});
}

/**
 * Adds to a failure the recordings that may be running all the same, from starts whose answers never
 * came. Without a recording of its own it gets the identity of the last of them.
 *
 * @returns the failure
 */
export function alsoRunning(
	failure: unknown,
	recordings: ReadonlyArray<Partial<RecordingIdentity>>,
): unknown {
	if (!isKnownError(failure)) return failure;
	const details = detailsOf(failure);
	const unnamed = recordings.filter(({ resourceId }) => resourceId !== details.resourceId);
	const last = unnamed.at(-1);
	if (!last) return failure;
	const others = details.mayRun === true ? unnamed : unnamed.slice(0, -1);
	failure.context.details = {
		...details,
		...(details.mayRun !== true && last),
		mayRun: true,
		...(others.length > 0 && { others }),
	};
	failure.description = linesOf(
		failure.description,
		'An earlier start got no response, and its recording may be running:',
		listOf(unnamed),
	);
	return failure;
}

const pickIdentity = ({ mode, cname, uid, resourceId, sid }: IDataObject): IDataObject => ({
	mode,
	cname,
	uid,
	resourceId,
	sid,
});

/**
 * The error that the node throws for the item that failed. n8n drops the output of every item when the
 * node throws: so the error names each recording that other items have started and that goes on.
 */
export function errorToThrow(
	context: IExecuteFunctions,
	itemIndex: number,
	results: ReadonlyArray<ItemResult | undefined>,
): NodeError {
	const result = results[itemIndex];
	const failure = result && 'failure' in result ? result.failure : undefined;
	const error = errorOf(context, itemIndex, failure);
	const running = runningRecordings(results);
	if (running.length > 0) error.context.runningRecordings = running;
	// Its own recording the error names by itself.
	const { resourceId: own } = detailsOf(error);
	const others = running.filter(({ resourceId }) => resourceId !== own);
	if (others.length > 0) {
		error.description = linesOf(
			error.description,
			'Recordings of other items that are running, or may be:',
			listOf(others),
		);
	}
	if (isTool(context.getNode())) putAllInMessage(error);
	if (error.description) error.description = asHtml(error.description);
	return error;
}

/** n8n gives the node another name where an agent uses it. */
export const isTool = ({ type }: INode): boolean => type.endsWith('Tool');

/**
 * All that n8n tells an agent of an error is its message: the advice has to be in it, and what names
 * each recording that may have to be stopped.
 */
function putAllInMessage(error: NodeError): void {
	const details = detailsOf(error);
	const named = [details, ...listIn(details.others), ...listIn(error.context.runningRecordings)];
	const ids = new Set(named.filter(({ resourceId }) => resourceId).map(identityText));
	error.message = linesOf(error.message, error.description, ...ids);
}
