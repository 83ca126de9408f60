import type { IDataObject } from 'n8n-workflow';
import { filesOf } from '../../agora/files';
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
	const status = response?.status;
	const saw =
		status === undefined
			? 'Agora did not find it when asked'
			: `its last status was ${status} (${describeStatus(status).name})`;
	let stopped = '';
	if (settings.ifNotConfirmed === 'stop') {
		const stop = await sendStop(run, identity, { asyncStop: true, timeout: settings.timeout });
		stopped =
			stop.meaning.kind === 'success' || stop.meaning.kind === 'notFound'
				? ' It was stopped.'
				: ' It could not be stopped: it may still run.';
	}
	const text = {
		message: `Agora accepted the start, but the recording was not seen to run: ${saw}`,
		advice: `Likely causes, in this order: ${causes.join('; ')}.${stopped}`,
	};
	return reply
		? apiError(run.context.getNode(), run.itemIndex, reply, identity, text)
		: operationError(run.context.getNode(), run.itemIndex, text, identity);
}
