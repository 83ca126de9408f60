import { clock } from '../process/clock';
import { memoryOf } from '../process/memories';

/** Anybody can send, so that a line for every request would let anybody fill the log. */
const LOG_EVERY = 1_000;

const logged = memoryOf<{ at: number; unlogged: number }>('refusals');

/**
 * Counts a refused request.
 *
 * @param scope what tells the trigger from others
 * @returns how many since the last time are to be logged now; 0 within a second after it
 */
export function refusalsToLog(scope: string): number {
	const now = clock.now();
	const last = logged.get(scope, now);
	if (last && now - last.at < LOG_EVERY) {
		last.unlogged++;
		return 0;
	}
	logged.set(scope, { at: now, unlogged: 0 }, now);
	return 1 + (last?.unlogged ?? 0);
}
