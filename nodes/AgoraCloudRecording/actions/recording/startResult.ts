import type { IDataObject } from 'n8n-workflow';
import { filesOf } from '../../agora/files';
import type { RecordingIdentity } from '../../agora/identity';
import { describeStatus } from '../../agora/statuses';
import { apiError, operationError } from '../../transport/errors';
import type { ItemRun } from '../operation';
import { identityOf } from './recordingInput';
import type { StartInput } from './startInput';
import type { Resource, Started } from './starting';
import { sendStop } from './stopping';
import { likelyCauses, type Verification } from './verifying';

/** What the user chose for the course of a start. */
export interface StartSettings {
	timeout: number;
	verify: boolean;
	patience: number;
	ifNotConfirmed: 'error' | 'return' | 'stop';
	simplify: boolean;
	resource?: Resource;
}

/** The item of a start that Agora accepted. */
export function startOutput(
	input: StartInput,
	{ simplify }: Pick<StartSettings, 'simplify'>,
	{ raw, requestId, ...identity }: Started,
	{ outcome, response, reply }: Verification,
): IDataObject {
	const { transcodingConfig } = input.start.clientRequest.recordingConfig;
	const { mixedVideoLayout, maxResolutionUid, backgroundColor } = transcodingConfig ?? {};
	const status = response?.status;
	return {
		outcome,
		...identity,
		...(status !== undefined && { status: { code: status, name: describeStatus(status).name } }),
		storage: input.storage,
		...(transcodingConfig && {
			layout: {
				mixedVideoLayout,
				...(maxResolutionUid && { maxResolutionUid }),
				...(backgroundColor && { backgroundColor }),
			},
		}),
		files: filesOf(response, input.storage.prefix),
		...(requestId && { requestId }),
		...(!simplify && {
			response: { ...raw, ...(reply && { query: reply.answer.body }) } as IDataObject,
		}),
	};
}

/** The error of a start that Agora accepted but that was not seen to record. */
export async function unconfirmed(
	run: ItemRun,
	input: StartInput,
	settings: StartSettings,
	started: Started,
	{ response, reply }: Verification,
) {
	const identity = identityOf(started);
	const { token, recordingConfig } = input.start.clientRequest;
	const causes = likelyCauses({
		tokenGiven: token !== undefined,
		maxIdleTime: recordingConfig.maxIdleTime,
	});
	const stopped = settings.ifNotConfirmed === 'stop' ? await endIt(run, identity, settings) : '';
	const { seen, ask } = whatWasSeen({ response, reply });
	const why = ask ? `Likely causes, in this order: ${causes.join('; ')}.` : '';
	const text = {
		message: `Agora accepted the start, but the recording was not seen to run: ${seen}`,
		advice: [why, stopped || 'It may run: query it, or stop it.'].filter(Boolean).join(' '),
	};
	return reply
		? apiError(run.context.getNode(), run.itemIndex, reply, identity, text)
		: operationError(run.context.getNode(), run.itemIndex, text, identity);
}

/** What the queries showed, and whether that says anything of the recording itself. */
function whatWasSeen({ response, reply }: Pick<Verification, 'response' | 'reply'>) {
	const status = response?.status;
	if (status !== undefined) {
		return { seen: `its last status was ${status} (${describeStatus(status).name})`, ask: true };
	}
	if (reply?.meaning.kind === 'notFound') {
		return { seen: 'Agora did not find it when asked', ask: true };
	}
	const { message } = reply?.meaning ?? { message: '' };
	return { seen: message || 'nothing was learned of it in time', ask: false };
}

const OVER = ['success', 'notFound', 'noRecordedData', 'alreadyStopping', 'uploadPending'];

/** Stops what may run, and says what came of it. */
async function endIt(
	run: ItemRun,
	identity: Required<RecordingIdentity>,
	{ timeout }: StartSettings,
): Promise<string> {
	const { meaning } = await sendStop(run, identity, { asyncStop: true, timeout });
	if (meaning.kind === 'notFound') return 'Asked to stop it, Agora did not find it any more.';
	return OVER.includes(meaning.kind)
		? 'It was stopped.'
		: 'It could not be stopped: it may still run.';
}
