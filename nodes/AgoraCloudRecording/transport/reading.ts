import { DateTime } from 'luxon';
import type { Answer } from '../agora/answers/classify';
import { CUT, safeCopy } from '../agora/lenient';
import { isObject } from '../agora/objects';
import type { Redaction } from '../agora/redaction';
import { HIDDEN, isSecretName } from '../agora/secrets';
import { clock } from '../process/clock';

/** Longest text in an answer that is taken over: resource IDs and names of files are shorter. */
const MAX_TEXT = 2000;
/** Characters of an answer that are taken over: about a thousand files. */
export const MAX_ANSWER = 250_000;
/** Longest Retry-After, in seconds, that is believed. */
const MAX_RETRY_AFTER = 366 * 24 * 3600;

/** Text from a server as it may be stored and shown. */
function told(text: string, redaction: Redaction): string {
	// What lies beyond could only be cut off.
	const safe = redaction.text(text.slice(0, 2 * MAX_TEXT));
	return text.length > MAX_TEXT ? `${safe.slice(0, MAX_TEXT - CUT.length)}${CUT}` : safe;
}

/** Seconds of a `Retry-After`, which is a number of them or a date; undefined for anything else. */
function secondsUntil(retryAfter: unknown): number | undefined {
	if (typeof retryAfter !== 'string') return undefined;
	const seconds = /^\d+(\.\d+)?$/.test(retryAfter)
		? Number(retryAfter)
		: (DateTime.fromHTTP(retryAfter).toMillis() - clock.now()) / 1000;
	return seconds > 0 && seconds <= MAX_RETRY_AFTER ? seconds : undefined;
}

/**
 * What n8n's helper gave, as an answer. Only here texts of a server come in: without secrets, and
 * bounded, so that whatever is made of them may be stored and shown.
 *
 * @param onCut is told that something was left out because the answer is too large
 */
export function readAnswer(response: unknown, redaction: Redaction, onCut: () => void): Answer {
	if (!isObject(response)) return { status: 0, body: undefined };
	const headers = isObject(response.headers) ? response.headers : {};
	const retryAfter = secondsUntil(headers['retry-after']);
	const requestId = headers['x-request-id'];
	return {
		status: Number(response.statusCode) || 0,
		body: isObject(response.body)
			? safeCopy(response.body, {
					text: (text, name) => (isSecretName(name) ? HIDDEN : told(text, redaction)),
					maxSize: MAX_ANSWER,
					onCut,
				})
			: undefined,
		...(typeof requestId === 'string' && { requestId: told(requestId, redaction).slice(0, 100) }),
		...(retryAfter !== undefined && { retryAfter }),
	};
}
