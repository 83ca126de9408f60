import type { RecordingIdentity } from '../../agora/identity';
import type { Reply } from '../../transport/client';
import { inTurn } from '../../transport/turns';
import type { ItemRun } from '../operation';
import { recordingPath } from './input/knownRecording';

export interface StopSettings {
	/** Answer at once, before the files are uploaded. */
	asyncStop: boolean;
	/** Milliseconds. */
	timeout: number;
	/** Seconds to go on asking when Agora does not find the recording. */
	notFoundPatience?: number;
}

/** Sends stop, after whatever was sent for this recording before (rest-api.md section 7). */
export async function sendStop(
	{ client }: ItemRun,
	recording: Required<RecordingIdentity>,
	{ asyncStop, timeout, notFoundPatience }: StopSettings,
): Promise<Reply> {
	const { cname, uid, sid } = recording;
	return await inTurn(
		sid,
		async () =>
			await client.call({
				operation: 'stop',
				method: 'POST',
				path: recordingPath(recording, 'stop'),
				body: { cname, uid, clientRequest: asyncStop ? { async_stop: true } : {} },
				timeout,
				notFoundPatience,
				finishWhenCancelled: client.cancelled,
			}),
	);
}
