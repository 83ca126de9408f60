import type { AnswerKind, Operation } from '../agora/answers/classify';

type Schedule = Partial<Record<AnswerKind, readonly number[]>>;

const REPEATABLE: Schedule = { ambiguous: [3, 6, 9], unfinished: [3, 6], unavailable: [3, 6, 9] };
const PATIENT = [5, 10, 15, 30];

/**
 * Seconds to wait before the second, third … try of the same request, by operation and by what the
 * last answer meant; a kind without a row is final. Source: errors.md section 8.
 *
 * - acquire may be repeated freely; a full quota is asked about slowly.
 * - start is repeated only as it is, under the same resource ID: a second one of those cannot run.
 *   What follows a definitive refusal, the start operation decides.
 */
export const SCHEDULES: Record<Operation, Schedule> = {
	acquire: { ...REPEATABLE, quota: [5, 10, 20] },
	start: { ambiguous: [3, 6, 9], unfinished: [3, 6] },
	query: { ambiguous: PATIENT, unfinished: PATIENT, unavailable: PATIENT },
	update: REPEATABLE,
	updateLayout: REPEATABLE,
	stop: REPEATABLE,
	getAll: REPEATABLE,
	getChannels: REPEATABLE,
	getChannelUsers: REPEATABLE,
};

/**
 * Waits between the tries when Agora does not find the recording: 5, 10, 15, 15 … seconds, together
 * at most `patience`. A recording that moves to another server is not found for up to 90 s.
 */
export function notFoundSchedule(patience: number): number[] {
	const waits: number[] = [];
	for (let left = patience; left > 0;) {
		const next = Math.min(left, 5 * Math.min(3, waits.length + 1));
		waits.push(next);
		left -= next;
	}
	return waits;
}
