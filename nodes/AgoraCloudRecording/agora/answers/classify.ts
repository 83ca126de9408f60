import { ANSWER_ROWS, type AnswerKind, type AnswerRow, type Operation } from './table';
import type { JsonMembers } from '../lenient';
import { resourceIdSchema, sidSchema, type RecordingIdentity } from '../identity';
import { channelFacts, channelPage } from './channels';
import { notificationServerIps, parseAnswerBody, problemBody } from './responses';

/** An answer of Agora, of a proxy on the way, or of nobody (`status` 0). */
export interface Answer {
	/** HTTP status; 0 where no answer came. */
	status: number;
	/** Parsed JSON; undefined where the body is empty or no JSON object. */
	body: JsonMembers | undefined;
	/** Agora's `X-Request-Id`, for support tickets. */
	requestId?: string;
	/** Seconds from the `Retry-After` header. */
	retryAfter?: number;
	/** Where no answer came: the code of the network failure, e.g. ECONNRESET. */
	networkCode?: string;
	/** Where no answer came: the request cannot have reached Agora. */
	notSent?: boolean;
	/** Where n8n itself refused to send the request: what it says of that. */
	hostWords?: string;
}

/** What an answer means for one operation. */
export interface Meaning extends Pick<AnswerRow, 'kind' | 'message' | 'advice'> {
	/** Agora's own code in the body, where there is one. */
	code?: number;
	/** Agora's own words, where there are any. */
	reason?: string;
}

const matches = (
	row: AnswerRow,
	operation: Operation,
	answer: Answer,
	code?: number,
	reason = '',
) =>
	(row.operations === 'any' || row.operations.includes(operation)) &&
	(row.status === undefined || row.status === answer.status) &&
	(row.statusClass === undefined || row.statusClass === Math.floor(answer.status / 100)) &&
	(row.code === undefined || row.code === code) &&
	(row.reason === undefined || row.reason.test(reason)) &&
	(row.coded === undefined || row.coded === (code !== undefined)) &&
	(row.json === undefined || row.json === (answer.body !== undefined)) &&
	(row.notSent === undefined || row.notSent === (answer.notSent ?? false)) &&
	(row.hostRefused === undefined || row.hostRefused === (answer.hostWords !== undefined));

/**
 * What a request named; an answer that names another recording is not the answer to it. The channel is
 * compared only where it was sent: a query is found without.
 */
export type About = Pick<Partial<RecordingIdentity>, 'cname' | 'resourceId' | 'sid'>;

/** Whether an answer names another recording than the request, or none where one was named. */
function contradicts(body: unknown, about: About): boolean {
	const { cname, ...ids } = parseAnswerBody(body);
	const told = { ...ids, cname: cname || undefined };
	return (['cname', 'resourceId', 'sid'] as const).some(
		(name) => about[name] !== undefined && told[name] !== undefined && told[name] !== about[name],
	);
}

/** What a success tells that nobody but Agora can tell, as a phrase for its absence. */
function missing(operation: Operation, body: unknown, about: About): string | undefined {
	const { resourceId, sid, serverResponse } = parseAnswerBody(body);
	switch (operation) {
		case 'acquire':
			return resourceIdSchema.safeParse(resourceId).success ? undefined : 'a resourceId';
		case 'start':
			return sidSchema.safeParse(sid).success ? undefined : 'a sid';
		case 'getAll':
			return notificationServerIps(body) ? undefined : 'a list of addresses';
		case 'getChannels':
			return channelPage(body) ? undefined : 'a list of channels';
		case 'getChannelUsers':
			return channelFacts(body) ? undefined : 'a readable list of users';
		default:
			return serverResponse ||
				(sid && sid === about.sid) ||
				(resourceId && resourceId === about.resourceId)
				? undefined
				: 'information about the recording';
	}
}

/** Kinds that say that nothing was done. Said with a 2xx, nobody knows what they are worth. */
const NOTHING_DONE: readonly AnswerKind[] = ['refused', 'unavailable', 'quota', 'conflict'];
/** Kinds that a bare 2xx may not claim: something in it has to be about the recording. */
const DONE: readonly AnswerKind[] = ['success', 'uploadPending'];

const SUCCESS: Pick<AnswerRow, 'kind' | 'message' | 'advice'> = {
	kind: 'success',
	message: '',
	advice: '',
};

/**
 * What an answer means for an operation: the first row of the table that fits, or, for a plain 200
 * with all that the operation needs, `success`. An answer is a success only if it is Agora's and about
 * what was asked. A 2xx that is something else counts as an answer that was lost, because the request
 * may have had its effect, and so does everything to a start that neither Agora's service nor its
 * gateway said. Anything else counts as refused.
 *
 * @param about what the request named
 */
export function classifyAnswer(operation: Operation, answer: Answer, about: About = {}): Meaning {
	const { code, reason } = problemBody(answer.body);
	const { status } = answer;
	const row =
		ANSWER_ROWS.find((candidate) => matches(candidate, operation, answer, code, reason)) ??
		(status === 200 && !code && answer.body !== undefined ? SUCCESS : undefined);
	const accepted = status >= 200 && status < 300;
	const strange =
		!row ||
		contradicts(answer.body, about) ||
		(accepted && NOTHING_DONE.includes(row.kind)) ||
		(DONE.includes(row.kind) &&
			code !== 50 &&
			missing(operation, answer.body, about) !== undefined);
	if (!strange) {
		return { kind: row.kind, message: row.message, advice: row.advice, code, reason };
	}
	const lacks = accepted && answer.body !== undefined && missing(operation, answer.body, about);
	return {
		// Acquire runs nothing yet, and may be repeated freely.
		kind:
			accepted || operation === 'start' || contradicts(answer.body, about)
				? 'ambiguous'
				: 'refused',
		message: lacks
			? `Agora's response did not contain ${lacks} (HTTP ${status})`
			: answer.body === undefined
				? `The response did not come from Agora (HTTP ${status})`
				: `Agora returned an unexpected response (HTTP ${status})`,
		advice: "Check 'API Domain' in the credential and any proxy between n8n and Agora.",
		code,
		reason,
	};
}

/**
 * Whether a request that was answered so, or one of its earlier tries, may have had its effect although
 * nobody said so.
 */
export const mayHaveHappened = (reply: { meaning: Meaning; earlier: readonly AnswerKind[] }) =>
	[...reply.earlier, reply.meaning.kind].some(
		(kind) => kind === 'ambiguous' || kind === 'unfinished',
	);

export type { AnswerKind, Operation };
