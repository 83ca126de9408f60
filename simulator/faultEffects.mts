import { Refused } from './errors.mts';
import type { FaultKind, ScriptedFault } from './faults.mts';
import { repeated } from './incoming.mts';
import type { Incoming } from './incoming.mts';
import type { Answer } from './operations/call.mts';
import { answerAbout, otherRecording } from './otherRecording.mts';
import type { Ids } from './otherRecording.mts';
import type { Recording } from './recording.mts';
import { refusal } from './refusal.mts';
import type { About } from './refusal.mts';
import type { State } from './state.mts';

/**
 * What the client gets: an answer, a cut connection, or nothing ever. Text is sent as it is; `logged` is
 * what the log says instead, where an answer is too long or not fit for it.
 */
export type Delivery =
	| ({ kind: 'answer'; headers?: Record<string, string>; text?: string; logged?: string } & Answer)
	| { kind: 'reset' }
	| { kind: 'hang' };

/** The request that meets a fault. */
export interface Meeting {
	incoming: Incoming;
	about: About;
	state: State;
}

type FaultOf<Kind extends FaultKind['kind']> = Extract<FaultKind, { kind: Kind }>;

const HTML = '<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>';

const json = (value: unknown): string => JSON.stringify(value) ?? '';

/** An answer that repeats the request. */
function echoed({ status, as }: FaultOf<'echo'>, request: string): Delivery {
	const answer = { kind: 'answer', status, logged: 'the request, repeated' } as const;
	switch (as) {
		case 'reason':
		case 'message':
			return { ...answer, body: { [as]: request } };
		case 'text':
			return {
				...answer,
				body: undefined,
				text: request,
				headers: { 'content-type': 'text/plain' },
			};
		case 'html':
			return {
				...answer,
				body: undefined,
				text: `<html><body><pre>${request}</pre></body></html>`,
				headers: { 'content-type': 'text/html' },
			};
	}
}

/** A body in which those identifiers are another recording's that the fault is about. */
function mistaken(
	{ differs }: FaultOf<'otherRecording'>,
	body: unknown,
	about: About,
	other: Ids,
): unknown {
	if (typeof body !== 'object' || body === null) return body;
	return Object.fromEntries(
		Object.entries(body).map(([name, value]) => {
			if (name !== 'sid' && name !== 'resourceId') return [name, value];
			if (differs === 'both' || differs === name) return [name, other[name]];
			return [name, about[name] ?? value];
		}),
	);
}

/**
 * What a fault makes of an answer.
 * @param answer what would have been answered; undefined if the request was not carried out
 */
export function spoilt(
	fault: FaultKind,
	answer: Answer | undefined,
	{ incoming, about, state }: Meeting,
): Delivery {
	const { settings } = state;
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
		case 'echo':
			return echoed(fault, repeated(incoming));
		case 'huge': {
			const reason = 'x'.repeat(fault.bytes);
			const logged = `a reason of ${fault.bytes} bytes`;
			return { kind: 'answer', status: fault.status, body: { reason }, logged };
		}
		case 'otherRecording': {
			const other = otherRecording(state, about);
			const wrong = answer ?? answerAbout(about, other);
			return {
				kind: 'answer',
				status: wrong.status,
				body: mistaken(fault, wrong.body, about, other),
			};
		}
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
