import { ANSWER_ROWS, type AnswerKind, type AnswerRow, type Operation } from './answerTable';
import { parseAnswerBody, problemBody } from './responses';

/** An answer of Agora, of a proxy on the way, or of nobody (`status` 0). */
export interface Answer {
	/** HTTP status; 0 where no answer came. */
	status: number;
	/** Parsed JSON; undefined where the body is empty or no JSON. */
	body: unknown;
	/** Agora's `X-Request-Id`, for support tickets. */
	requestId?: string;
	/** Seconds from the `Retry-After` header. */
	retryAfter?: number;
	/** Where no answer came: the code of the network failure, e.g. ECONNRESET. */
	networkCode?: string;
	/** Where no answer came: the request cannot have reached Agora. */
	notSent?: boolean;
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
	(row.notSent === undefined || row.notSent === (answer.notSent ?? false));

/** What a plain 200 must carry to be a success of the operation; an empty text is as good as none. */
const NEEDED: Partial<Record<Operation, 'resourceId' | 'sid'>> = {
	acquire: 'resourceId',
	start: 'sid',
};

/**
 * What an answer means for an operation: the first row of the table that fits, or, for a plain 200
 * with all that the operation needs, `success`. What fits nowhere is never taken for success: a 2xx
 * may have had its effect, anything else counts as refused.
 */
export function classifyAnswer(operation: Operation, answer: Answer): Meaning {
	const { code, reason } = problemBody(answer.body);
	const row = ANSWER_ROWS.find((candidate) => matches(candidate, operation, answer, code, reason));
	if (row) return { kind: row.kind, message: row.message, advice: row.advice, code, reason };

	const needed = NEEDED[operation];
	if (answer.status === 200 && answer.body !== undefined) {
		if (!needed || parseAnswerBody(answer.body)[needed]) {
			return { kind: 'success', message: '', advice: '', code, reason };
		}
		return {
			kind: operation === 'start' ? 'ambiguous' : 'unavailable',
			message: `Agora answered without a ${needed}`,
			advice: 'Run the node again in a minute.',
			code,
			reason,
		};
	}
	return {
		kind: answer.status < 300 ? 'ambiguous' : 'refused',
		message:
			answer.body === undefined
				? `The answer is not one of Agora's (HTTP ${answer.status})`
				: `Agora answered with something unexpected (HTTP ${answer.status})`,
		advice: "Check 'API Domain' in the credential, and any proxy between n8n and Agora.",
		code,
		reason,
	};
}

export type { AnswerKind, Operation };
