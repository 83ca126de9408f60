import type { RecordingStatusOutcome } from './outcomes';

/** `serverResponse.status` of query. Source: rest-api.md section 6; outcomes: design section 2. */
const STATUSES: ReadonlyArray<
	readonly [code: number, name: string, outcome: RecordingStatusOutcome]
> = [
	[0, 'notStarted', 'starting'],
	[1, 'initialised', 'starting'],
	[2, 'componentsStarting', 'starting'],
	[3, 'partlyReady', 'starting'],
	[4, 'ready', 'ready'],
	[5, 'inProgress', 'recording'],
	[6, 'stopRequested', 'stopping'],
	[7, 'stopped', 'ended'],
	[8, 'exited', 'ended'],
	[20, 'exitedAbnormally', 'failed'],
];

/**
 * Name and outcome of a status code. A code that the reference does not know is not taken for a
 * running recording: its outcome is `unknown`.
 */
export function describeStatus(code: number): { name: string; outcome: RecordingStatusOutcome } {
	const row = STATUSES.find(([known]) => known === code);
	return row ? { name: row[1], outcome: row[2] } : { name: 'unknown', outcome: 'unknown' };
}
