import type { IDataObject } from 'n8n-workflow';
import { filesOf } from '../../../agora/files/shape';
import type { RecordingIdentity } from '../../../agora/identity';
import type { Outcome } from '../../../agora/answers/outcomes';
import { causesText, likelyCauses } from '../../../agora/answers/likelyCauses';
import {
	DEFAULT_EXPIRED_HOURS,
	endsByItself,
	formatsOf,
	idleSeconds,
	layoutOf,
	recordingHours,
	streamTypesOf,
} from '../../../agora/requests/start';
import { webStateOf } from '../../../agora/answers/serviceStates';
import { estimatedBytesPerHour } from '../../../agora/requests/sizeEstimate';
import { describeStatus } from '../../../agora/answers/statuses';
import { profileOfType } from '../../../agora/channelProfiles';
import { readSent } from '../../../agora/requests/sent';
import { apiError, linesOf, operationError } from '../../../errors';
import type { ItemRun } from '../../operation';
import { knownFacts } from '../notFoundCauses';
import { identityOf } from '../../../form/knownRecording';
import type { StartInput } from '../../../form/newRecording';
import { filesOutput, inOrder } from '../output';
import type { Resource } from './acquireAndStart';
import type { ChannelSeen, ChannelWords, IfNobody } from './channel';
import type { Started } from './memory';
import { isOver, sendStop } from '../sendStop';
import type { Verification } from './verify';

/** What the user chose for the course of a start. */
export interface StartSettings {
	timeout: number;
	verify: boolean;
	patience: number;
	ifNotConfirmed: 'error' | 'return' | 'stop';
	ifChannelEmpty: IfNobody;
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

/** When a recording to which nobody sends ends by itself: the idle time counts from its start. */
function endOfIdle({ start }: StartInput, { startedAt }: Pick<Started, 'startedAt'>): IDataObject {
	const idle = idleSeconds(start.clientRequest);
	if (idle === undefined) return {};
	return {
		endsAtIfNobodySends: new Date(Date.parse(startedAt) + idle * 1000).toISOString(),
	};
}

/**
 * The profile that the recorder joins with, as it was sent, and who said so; additional fields count as
 * the form. Nothing where it is none of Agora's.
 */
function profileOutput({ start }: StartInput, seen: ChannelSeen | undefined): IDataObject {
	const { recordingConfig: config } = readSent(start.clientRequest);
	const sent = config && profileOfType(config.channelType);
	if (!sent || !seen) return {};
	const { profile, from } = seen.used;
	return { channelProfile: sent, channelProfileFrom: sent === profile ? from : 'form' };
}

/** What the user is told of recordings that are not what they asked for, beside the output. */
export function warnOfStart(
	run: ItemRun,
	input: StartInput,
	outcome: Outcome,
	others: number,
	{ finding, assumption }: ChannelWords,
): void {
	if (outcome === 'ready') {
		const guess =
			"Usually no one is sending audio or video yet. Otherwise, the app may use a different 'Channel Profile'.";
		run.warn(
			sentences(
				finding,
				'The recorder is ready, but Agora has not confirmed yet that it is recording.',
				finding ? assumption : guess,
				`It ends by itself ${endsByItself(input.start.clientRequest)} ('endsAtIfNobodySends' in the output). Use Query later to see whether it is recording.`,
			),
		);
	} else if (finding || assumption) {
		run.warn(sentences(finding, assumption));
	}
	if (others > 0) {
		run.warn(
			"Agora did not confirm the first start, so another recording was started. Two recordings may be running and billed. 'mayAlsoRun' in the output identifies the first.",
		);
	}
}

const sentences = (...parts: string[]) => parts.filter(Boolean).join(' ');

/** The item of a start that was not made, because nobody is in the channel. */
export const skippedOutput = ({ mode, start: { cname } }: StartInput): IDataObject =>
	inOrder({ outcome: 'skipped' satisfies Outcome, mode, cname });

/** The item of a start that Agora accepted. */
export function startOutput(
	input: StartInput,
	{ simplify, resource }: Pick<StartSettings, 'simplify' | 'resource'>,
	{ raw, requestId, ...identity }: Started,
	{ outcome, response, reply }: Verification,
	mayAlsoRun: IDataObject[],
	seen: ChannelSeen | undefined,
): IDataObject {
	const status = response?.status;
	const web = webStateOf(response);
	const layout = layoutOf(input.start.clientRequest);
	const streamTypes = streamTypesOf(input.start.clientRequest);
	return inOrder({
		outcome,
		...identity,
		...limitsOf(input, resource),
		...(outcome === 'ready' && endOfIdle(input, identity)),
		...(status !== undefined && { status: { code: status, name: describeStatus(status).name } }),
		...profileOutput(input, seen),
		storage: input.storage,
		...(web?.onhold !== undefined && { onhold: web.onhold }),
		...(web?.outputs && { outputs: web.outputs }),
		...(layout && { layout }),
		...(streamTypes !== undefined && { streamTypes }),
		formats: formatsOf(input.start.clientRequest),
		estimatedBytesPerHour: estimatedBytesPerHour(input.mode, input.start.clientRequest),
		...filesOutput(input.mode, filesOf(response, input.storage.prefix, input.storage)),
		...(input.overridden.length > 0 && { overridden: input.overridden }),
		...(mayAlsoRun.length > 0 && { mayAlsoRun }),
		...(requestId && { requestId }),
		...(!simplify && {
			response: { ...raw, ...(reply && { query: reply.answer.body }) },
		}),
	});
}

/**
 * The error of a start that Agora accepted but that was not seen to record.
 *
 * @returns the error, and whether the recording is over, so that it may be started anew
 */
export async function unconfirmed(
	run: ItemRun,
	input: StartInput,
	settings: StartSettings,
	started: Started,
	{ over, response, reply }: Verification,
	{ finding, assumption }: ChannelWords,
) {
	const identity = identityOf(started);
	const causes = likelyCauses(
		knownFacts(
			{ ...started, ...limitsOf(input, settings.resource) },
			started.mode,
			settings.patience,
		),
	);
	const end = over
		? { over, told: 'It has ended.' }
		: settings.ifNotConfirmed === 'stop'
			? await endIt(run, identity, settings)
			: { over: false, told: 'It may be running: check with Query, or stop it with Stop.' };
	const { seen, ask } = whatWasSeen({ response, reply });
	const why = ask ? causesText(causes) : '';
	const text = {
		message: `Agora accepted the start but did not confirm that the recording is running: ${seen}`,
		advice: linesOf(finding, assumption, why, end.told),
		mayRun: !end.over,
		...(ask && { likelyCauses: causes }),
	};
	const error = reply
		? apiError(run.context.getNode(), run.itemIndex, reply, identity, text)
		: operationError(run.context.getNode(), run.itemIndex, text, identity);
	return { error, over: end.over };
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
	return { seen: message || 'no status was received in time', ask: false };
}

/** Stops what may run, and says what came of it. */
async function endIt(
	run: ItemRun,
	identity: Required<RecordingIdentity>,
	{ timeout }: StartSettings,
): Promise<{ over: boolean; told: string }> {
	const { meaning } = await sendStop(run, identity, { asyncStop: true, timeout });
	if (meaning.kind === 'notFound') {
		return {
			over: false,
			told: `Agora could not find it to stop it. Either it never began, or it is moving to another server and continues.`,
		};
	}
	return isOver(meaning.kind)
		? { over: true, told: 'It was stopped.' }
		: { over: false, told: 'It could not be stopped and may still be running.' };
}
