import type { RecordingIdentity } from '../../agora/identity';
import type { AnswerKind } from '../../agora/answers/classify';
import type { Reply } from '../../transport/client';
import { inTurn } from '../../process/turns';
import type { ItemRun } from '../operation';
import { callOf } from './input/knownRecording';

export interface StopSettings {
	/** Answer at once, before the files are uploaded. */
	asyncStop: boolean;
	/** Milliseconds. */
	timeout: number;
	/** Seconds to go on asking when Agora does not find the recording. */
	notFoundPatience?: number;
	/** Sent although the user has cancelled; see `AgoraRequest`. */
	finishWhenCancelled?: boolean;
}

/** Sends stop, after whatever was sent for this recording before (rest-api.md section 7). */
export async function sendStop(
	{ client }: ItemRun,
	recording: Required<RecordingIdentity>,
	{ asyncStop, ...settings }: StopSettings,
): Promise<Reply> {
	const { cname, uid, sid } = recording;
	return await inTurn(
		sid,
		async () =>
			await client.call({
				...callOf(recording, 'stop'),
				body: { cname, uid, clientRequest: asyncStop ? { async_stop: true } : {} },
				...settings,
			}),
	);
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
