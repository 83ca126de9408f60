import { DEFAULT_TIMEOUT_S } from '../../../form/options';
import type { ItemRun } from '../../operation';
import { identityOf } from '../../../form/knownRecording';
import { logRecording } from '../log';
import { isOver, sendStop } from '../sendStop';
import { askForSid, identityOfSent } from './acquireAndStart';
import type { Attempt, Sent, Started } from './memory';

/** Ends what a start has made, or may have made. @returns whether nothing of it runs any more */
export async function abandon(run: ItemRun, attempt: Attempt): Promise<boolean> {
	const timeout = 1000 * DEFAULT_TIMEOUT_S;
	const end = async (started: Started) => {
		const { meaning } = await sendStop(run, identityOf(started), {
			asyncStop: true,
			timeout,
			finishWhenCancelled: true,
		});
		const over = isOver(meaning.kind);
		const what = over
			? 'execution cancelled, recording stopped'
			: `execution cancelled, but the recording could not be stopped (${meaning.message}) and may be running`;
		logRecording(run, 'warn', what, started);
		return over;
	};
	const endOpen = async (sent: Sent) => {
		const started = await askForSid(run, attempt, sent);
		if (started) return await end(started);
		logRecording(
			run,
			'warn',
			'execution cancelled before Agora confirmed the start: a recording may be running and cannot be stopped without its SID',
			identityOfSent(sent),
		);
		return false;
	};
	// Once is enough: n8n runs a cancelled node again where it is to retry.
	if (attempt.abandoned) return attempt.over;
	attempt.abandoned = true;
	const { open, started, over } = attempt;
	const ended = await Promise.all([
		...open.map(endOpen),
		...(started && !over ? [end(started)] : []),
	]);
	attempt.over = ended.every(Boolean);
	return attempt.over;
}
