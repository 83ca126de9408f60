import { Refused } from './errors.mts';
import type { FaultKind, ScriptedFault } from './faults.mts';
import type { Answer } from './operations/call.mts';
import type { Recording } from './recording.mts';
import { refusal } from './refusal.mts';
import type { About } from './refusal.mts';
import type { Settings } from './settings.mts';

/** What the client gets: an answer, a cut connection, or nothing ever. Text is sent as it is. */
export type Delivery =
	| ({ kind: 'answer'; headers?: Record<string, string>; text?: string } & Answer)
	| { kind: 'reset' }
	| { kind: 'hang' };

const HTML = '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>';

const json = (value: unknown): string => JSON.stringify(value) ?? '';

/**
 * What a fault makes of an answer.
 * @param answer what would have been answered; undefined if the request was not carried out
 */
export function spoilt(
	fault: FaultKind,
	answer: Answer | undefined,
	about: About,
	settings: Settings,
): Delivery {
	const { status, body } = answer ?? { status: 200, body: {} };
	switch (fault.kind) {
		case 'reset':
		case 'hang':
			return { kind: fault.kind };
		case 'slow':
		case 'failover':
			return { kind: 'answer', status, body };
		case 'answer': {
			const text = typeof fault.body === 'string' ? fault.body : undefined;
			return {
				kind: 'answer',
				status: fault.status,
				body: fault.body,
				text,
				headers: fault.headers,
			};
		}
		case 'error':
			return {
				kind: 'answer',
				...refusal(new Refused(fault.error), about, settings),
				headers: fault.headers,
			};
		case 'rateLimited': {
			const headers =
				fault.retryAfter === undefined ? undefined : { 'retry-after': String(fault.retryAfter) };
			return { kind: 'answer', ...refusal(new Refused('gateway.rate'), about, settings), headers };
		}
		case 'html':
			return {
				kind: 'answer',
				status: fault.status,
				body: undefined,
				text: HTML,
				headers: { 'content-type': 'text/html' },
			};
		case 'emptyBody':
			return { kind: 'answer', status, body: undefined, text: '' };
		case 'truncatedJson': {
			const whole = json(body);
			return { kind: 'answer', status, body: undefined, text: whole.slice(0, whole.length / 2) };
		}
		case 'emptySid': {
			const { resourceId = '', cname, uid } = about;
			if (fault.status === 200) {
				return { kind: 'answer', status: 200, body: { cname, uid, resourceId, sid: '' } };
			}
			return { kind: 'answer', ...refusal(new Refused('start.15'), about, settings) };
		}
	}
}

/** Opens a failover window on the recording, if the fault is one (best-practices.md 3). */
export function failoverOf(
	met: ScriptedFault | undefined,
	recording: Recording | undefined,
	now: number,
): void {
	if (met?.fault.kind !== 'failover' || recording === undefined) return;
	recording.failovers.push({ from: now, to: now + met.fault.ms });
}
