import type { RecordingIdentity } from '../../agora/identity';
import type { AnswerKind } from '../../agora/answers/classify';
import type { Reply } from '../../transport/client';
import type { ItemRun } from '../operation';
import { callRecording } from './callRecording';

export interface StopSettings {
	/** Answer at once, before the files are uploaded. */
	asyncStop: boolean;
	/** Milliseconds. */
	timeout: number;
	/** Seconds to go on asking when Agora does not find the recording. */
	retryWhileNotFound?: number;
	/** Sent although the user has cancelled; see `AgoraRequest`. */
	finishWhenCancelled?: boolean;
}

/** Sends stop. */
export async function sendStop(
	run: ItemRun,
	recording: Required<RecordingIdentity>,
	{ asyncStop, ...settings }: StopSettings,
): Promise<Reply> {
	const body = { clientRequest: asyncStop ? { async_stop: true } : {} };
	return await callRecording(run, recording, 'stop', { body, ...settings });
}

/** Kinds of answers to a stop after which nothing runs, or goes on running. */
const OVER: readonly AnswerKind[] = [
	'success',
	'uploadPending',
	'noRecordedData',
	'alreadyStopping',
];

/** Whether the answer to a stop says that the recording is over; "not found" does not. */
export const isOver = (kind: AnswerKind) => OVER.includes(kind);
