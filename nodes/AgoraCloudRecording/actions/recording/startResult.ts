import type { IDataObject } from 'n8n-workflow';
import { filesOf } from '../../agora/files';
import type { RecordingIdentity } from '../../agora/identity';
import { causesText, likelyCauses } from '../../agora/likelyCauses';
import {
	DEFAULT_EXPIRED_HOURS,
	formatsOf,
	idleSeconds,
	layoutOf,
	recordingHours,
} from '../../agora/requests/start';
import { webStateOf } from '../../agora/serviceStates';
import { estimatedBytesPerHour } from '../../agora/sizeEstimate';
import { describeStatus } from '../../agora/statuses';
import { apiError, operationError } from '../../transport/errors';
import type { ItemRun } from '../operation';
import { cluesOf } from './clues';
import { identityOf } from './input/knownRecording';
import type { StartInput } from './input/newRecording';
import type { Resource, Started } from './starting';
import { sendStop } from './stopping';
import type { Verification } from './verifying';

/** What the user chose for the course of a start. */
export interface StartSettings {
	timeout: number;
	verify: boolean;
	patience: number;
	ifNotConfirmed: 'error' | 'return' | 'stop';
	simplify: boolean;
	resource?: Resource;
}

/**
 * What ends a recording by itself, or the calls for it: what the causes of a later 404 are told by.
 *
 * @param resource where it was not acquired here, whose hours are not known
 */
function limitsOf({ acquire, start }: StartInput, resource?: Resource): IDataObject {
	const idle = idleSeconds(start.clientRequest);
	const hours = recordingHours(start.clientRequest);
	return {
		...(idle !== undefined && { maxIdleTime: idle }),
		...(hours !== undefined && { maxRecordingHour: hours }),
		...(!resource && {
			resourceExpiredHour: acquire.clientRequest.resourceExpiredHour ?? DEFAULT_EXPIRED_HOURS,
		}),
	};
}

/** The item of a start that Agora accepted. */
export function startOutput(
	input: StartInput,
	{ simplify, resource }: Pick<StartSettings, 'simplify' | 'resource'>,
	{ raw, requestId, ...identity }: Started,
	{ outcome, response, reply }: Verification,
): IDataObject {
	const status = response?.status;
	const web = webStateOf(response);
	const layout = layoutOf(input.start.clientRequest);
	return {
		outcome,
		...identity,
		...limitsOf(input, resource),
		...(status !== undefined && { status: { code: status, name: describeStatus(status).name } }),
		storage: input.storage,
		...(web?.onhold !== undefined && { onhold: web.onhold }),
		...(web?.outputs && { outputs: web.outputs }),
		...(layout && { layout }),
		formats: formatsOf(input.start.clientRequest),
		estimatedBytesPerHour: estimatedBytesPerHour(input.mode, input.start.clientRequest),
		files: filesOf(response, input.storage.prefix, input.storage),
		...(input.overridden.length > 0 && { overridden: input.overridden }),
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
	const causes = likelyCauses(
		cluesOf(
			{ ...started, ...limitsOf(input, settings.resource) } as IDataObject,
			started.mode,
			settings.patience,
		),
	);
	const end =
		settings.ifNotConfirmed === 'stop'
			? await endIt(run, identity, settings)
			: { over: false, told: 'It may be running: ask with Query, or end it with Stop.' };
	const { seen, ask } = whatWasSeen({ response, reply });
	const why = ask ? causesText(causes) : '';
	const text = {
		message: `Agora accepted the start, but the recording was not seen to run: ${seen}`,
		advice: [why, end.told].filter(Boolean).join(' '),
		mayRun: !end.over,
		...(ask && { likelyCauses: causes }),
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
): Promise<{ over: boolean; told: string }> {
	const { meaning } = await sendStop(run, identity, { asyncStop: true, timeout });
	if (meaning.kind === 'notFound') {
		return { over: true, told: 'Asked to stop it, Agora did not find it any more.' };
	}
	return OVER.includes(meaning.kind)
		? { over: true, told: 'It was stopped.' }
		: { over: false, told: 'It could not be stopped, and may still be running.' };
}
