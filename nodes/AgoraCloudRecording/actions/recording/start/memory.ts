import type { IDataObject } from 'n8n-workflow';
import type { Answer } from '../../../agora/answers/classify';
import type { RecordingIdentity } from '../../../agora/identity';
import type { AgoraRequest } from '../../../transport/client';
import { clock } from '../../../process/clock';
import { memoryOf } from '../../../process/memories';
import type { ChannelSeen } from './channel';

/** A recording that Agora gave a SID for; whether it records is not known yet. */
export interface Started extends Required<RecordingIdentity> {
	/** ISO 8601. */
	acquiredAt?: string;
	startedAt: string;
	/** When the recorder's token ends; null where it has none, absent where that is not known. */
	tokenExpiresAt?: string | null;
	requestId?: string;
	/** Agora's answers as they came. */
	raw: { acquire?: Answer['body']; start: Answer['body'] };
}

/** A start that was sent. */
export interface Sent {
	/** What it makes, if it was not sent in vain. */
	recording: Omit<Started, 'sid' | 'startedAt' | 'raw'>;
	/** The request as it was sent, to be sent again under the same resource ID. */
	request: AgoraRequest;
}

/**
 * What came of the starts of one node, item and channel in one execution, until one of them made a
 * recording that is over, or was handed on.
 */
export interface Attempt {
	/** Recordings of the same place before this one; enters the UID that we choose. */
	generation: number;
	/** UIDs of our choice that were given up for another one: a retry begins with the last. */
	uids: number;
	/** Last run of the node in its execution that it was tried in: the next round of a loop is another one. */
	runIndex: number;
	/** What was found out about the channel before anything was sent. */
	channel?: ChannelSeen;
	/** Starts whose answers leave open whether they made a recording. */
	open: Sent[];
	/** The recording, once Agora gave its SID. */
	started?: Started;
	/** Where it was handed on: the item, as JSON, which takes a third of the memory. */
	output?: string;
	/** Whether the recording is known to be over. */
	over: boolean;
	/** Whether all was done to end it, because the user had cancelled. */
	abandoned?: boolean;
}

const attempts = memoryOf<Attempt>('starts');

/**
 * The attempt that goes on at a place (execution, node, item and channel); undefined for none.
 *
 * n8n's Retry On Fail runs all items of a node again when one of them failed: those that have their
 * recording get it back, one whose SID is known goes on being verified, and none pays twice. What a
 * retry changes does not make it another attempt, such as the run index of an agent's tool, unless a
 * recording was handed on before: then it is a loop, or an agent that records once more.
 */
export function attemptGoingOn(place: string, runIndex: number): Attempt | undefined {
	const known = attempts.get(place, clock.now());
	const handedOn = known?.output !== undefined && known.runIndex !== runIndex;
	return known?.over || handedOn ? undefined : known;
}

/** The attempt that goes on at a place, or the next one there. */
export function attemptAt(place: string, runIndex: number): Attempt {
	const goingOn = attemptGoingOn(place, runIndex);
	if (goingOn) {
		// What failed in one round of a loop may be handed on in the next, whose retries get it back.
		goingOn.runIndex = runIndex;
		return goingOn;
	}
	const now = clock.now();
	const before = attempts.get(place, now);
	const next = {
		generation: before ? before.generation + 1 : 0,
		uids: 0,
		runIndex,
		open: [],
		over: false,
	};
	attempts.set(place, next, now);
	return next;
}

/**
 * Notes that the recording was handed on. What only its start needed is let go: thousands of starts are
 * remembered.
 */
export function handOn(attempt: Attempt, output: IDataObject): void {
	attempt.output = JSON.stringify(output);
	delete attempt.channel;
	if (attempt.started) attempt.started = { ...attempt.started, raw: { start: {} } };
}
