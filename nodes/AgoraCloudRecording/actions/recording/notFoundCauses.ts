import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { likelyCauses, type Clues } from '../../agora/answers/likelyCauses';
import type { RecordingMode } from '../../agora/modes';
import type { Outcome } from '../../agora/answers/outcomes';
import { clock } from '../../process/clock';
import type { KnownRecording } from '../../form/knownRecording';

const time = z
	.string()
	.transform((text) => Date.parse(text))
	.refine(Number.isFinite)
	.optional()
	.catch(undefined);
const number = z.number().optional().catch(undefined);

/** What Start's output tells of a recording, and items carry on; anything else counts as not known. */
const factsSchema = z.object({
	startedAt: time,
	acquiredAt: time,
	tokenExpiresAt: z.union([z.null(), time]).catch(undefined),
	maxIdleTime: number,
	maxRecordingHour: number,
	resourceExpiredHour: number,
});

/** Outcomes of a call after which the recording was seen to run, and after which it was over. */
const SEEN: readonly Outcome[] = ['recording', 'paused', 'updated'];
const STOPPED: readonly Outcome[] = ['stopped', 'stopping', 'noRecordedData', 'ended'];

/**
 * What is known of a recording that Agora does not find.
 *
 * @param askedFor seconds
 */
export function knownFacts(
	facts: IDataObject,
	mode: RecordingMode,
	askedFor: number,
	lastOutcome?: string,
	seenRecording = false,
): Clues {
	return {
		mode,
		now: clock.now(),
		...factsSchema.parse(facts),
		seenToRun: seenRecording || SEEN.some((outcome) => outcome === lastOutcome),
		...(lastOutcome === 'ready' && { ready: true }),
		stopped: STOPPED.some((outcome) => outcome === lastOutcome),
		askedFor,
	};
}

/** Why Agora does not find a recording that an item, or the form, names; the likeliest first. */
export function causesOf(
	{ known, mode, lastOutcome, seenRecording }: KnownRecording,
	askedFor: number,
): string[] {
	return likelyCauses(knownFacts(known, mode, askedFor, lastOutcome, seenRecording));
}
