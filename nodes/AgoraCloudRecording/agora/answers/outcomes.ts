/** What a query can say of a recording (design section 2). */
export type RecordingStatusOutcome =
	'starting' | 'ready' | 'recording' | 'paused' | 'stopping' | 'ended' | 'failed' | 'unknown';

/**
 * The closed list of what a recording operation can end in without an error. Nothing else is ever
 * written to `outcome`, and none of them claims more than Agora's answer shows.
 */
export type Outcome =
	| RecordingStatusOutcome
	| 'acquired'
	| 'accepted'
	| 'skipped'
	| 'unconfirmed'
	| 'updated'
	| 'stopped'
	| 'noRecordedData'
	| 'notFound';

/** Outcomes after which a recording may be running and costs money until it is stopped. */
export const RUNNING_OUTCOMES: readonly Outcome[] = [
	'starting',
	'ready',
	'recording',
	'paused',
	'accepted',
	'unconfirmed',
];
