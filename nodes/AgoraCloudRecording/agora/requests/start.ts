import { z } from 'zod';
import { AREAS } from '../../storage/vendors';
import { newRecordingNameSchema, recorderUidSchema } from '../identity';
import { MODE_SCENES, type RecordingMode } from '../modes';
import { AUDIO_AND_VIDEO, AUDIO_ONLY } from './subscriptions';
import { defined } from '../objects';
import { breaks, oneOf, oneOfTexts, wholeNumber } from './common';
import { pickLayout, type Layout } from './picture';
import { compositeRecordingConfig, individualRecordingConfig } from './recordingConfig';
import { readIdleTime, readSent, readStreamTypes, type SentPage } from './sent';
import { storageConfig } from './storage';
import { extensionServiceConfig } from './webPage';

/**
 * What start and acquire send, mode by mode, and the documented rules that it is held against before
 * it is sent (rest-api.md sections 2 and 3).
 */

const recordingFileConfig = z.object({
	avFileType: z
		.array(z.string())
		.refine((types) => ['hls', 'hls,mp4'].includes(types.join()), 'must be HLS, or HLS and MP4'),
});

const hlsOnly = z.object({
	avFileType: z.array(z.string()).refine((types) => types.join() === 'hls', 'must be only HLS'),
});

const snapshotConfig = z.object({
	captureInterval: wholeNumber(1, 3600, 'seconds').optional(),
	fileType: z.array(z.string()).refine((types) => types.join() === 'jpg', 'must be only jpg'),
});

/** Postponed transcoding and audio mixing, gone from Agora's current pages (rest-api.md section 9). */
const legacyMembers = {
	appsCollection: z
		.object({ combinationPolicy: oneOfTexts('postpone_transcoding', 'default') })
		.optional(),
	transcodeOptions: z
		.object({
			transConfig: z.object({ transMode: oneOfTexts('postponeTranscoding', 'audioMix') }),
			container: z.object({ format: oneOfTexts('mp4', 'mp3', 'm4a', 'aac') }).optional(),
			audio: z
				.object({
					sampleRate: oneOfTexts('48000', '32000', '16000').optional(),
					bitrate: z
						.string()
						.refine((rate) => /^[1-9]\d*$/.test(rate), 'must be a whole number of bits per second')
						.optional(),
					channels: oneOfTexts('1', '2').optional(),
				})
				.optional(),
		})
		.optional(),
};

const token = z.string().optional();

const compositeRequest = z.object({
	token,
	recordingConfig: compositeRecordingConfig,
	recordingFileConfig: recordingFileConfig.optional(),
	storageConfig,
});

const individualRequest = z
	.object({
		token,
		recordingConfig: individualRecordingConfig,
		recordingFileConfig: hlsOnly.optional(),
		snapshotConfig: snapshotConfig.optional(),
		storageConfig,
		...legacyMembers,
	})
	.superRefine(({ transcodeOptions }, context) => {
		const format = transcodeOptions?.container?.format;
		if (!transcodeOptions || format === undefined) return;
		const mixing = transcodeOptions.transConfig.transMode === 'audioMix';
		if (mixing === (format === 'mp4')) {
			breaks(
				context,
				['transcodeOptions', 'container', 'format'],
				mixing
					? 'must be mp3, m4a, or aac if audio is mixed'
					: 'must be mp4 if files are transcoded',
			);
		}
	})
	.superRefine(({ recordingConfig, snapshotConfig: snapshots }, context) => {
		if (!snapshots) return;
		if (recordingConfig.streamTypes === AUDIO_ONLY) {
			breaks(context, ['recordingConfig', 'streamTypes'], 'must include video to take screenshots');
		}
		if (recordingConfig.subscribeAudioUids && !recordingConfig.subscribeVideoUids) {
			breaks(
				context,
				['recordingConfig', 'subscribeVideoUids'],
				'must not be empty: screenshots need users whose video is recorded',
			);
		}
	});

const webPageRequest = z.object({
	extensionServiceConfig,
	recordingFileConfig: recordingFileConfig.optional(),
	storageConfig,
});

export type CompositeRequest = z.infer<typeof compositeRequest>;
export type IndividualRequest = z.infer<typeof individualRequest>;
export type WebPageRequest = z.infer<typeof webPageRequest>;
export type StartClientRequest = CompositeRequest | IndividualRequest | WebPageRequest;

const CLIENT_REQUESTS = {
	mix: compositeRequest,
	individual: individualRequest,
	web: webPageRequest,
};

/** Schema of start's body. */
export function startSchema(mode: RecordingMode) {
	return z.object({
		cname: newRecordingNameSchema(mode),
		uid: recorderUidSchema,
		clientRequest: CLIENT_REQUESTS[mode],
	});
}

/** Schema of acquire's body. */
export function acquireSchema(mode: RecordingMode) {
	return z.object({
		cname: newRecordingNameSchema(mode),
		uid: recorderUidSchema,
		clientRequest: z.object({
			scene: oneOf(0, 1, 2),
			resourceExpiredHour: wholeNumber(1, 720, 'hours').optional(),
			region: oneOfTexts(...AREAS).optional(),
			excludeResourceIds: z
				.array(z.string())
				.min(1, 'must contain at least one resource ID')
				.optional(),
			startParameter: CLIENT_REQUESTS[mode].optional(),
		}),
	});
}

export interface StartRequest {
	cname: string;
	uid: string;
	clientRequest: StartClientRequest;
}

export interface AcquireOptions {
	resourceExpiredHour?: number;
	region?: string;
	excludeResourceIds?: string[];
	/** Postponed transcoding or audio mixing. */
	postponed?: boolean;
}

export interface AcquireRequest {
	cname: string;
	uid: string;
	clientRequest: Omit<AcquireOptions, 'postponed'> & {
		scene: number;
		startParameter?: StartClientRequest;
	};
}

const POSTPONED_SCENE = 2;
/** Hours that Agora takes calls for a recording where none are asked for. */
export const DEFAULT_EXPIRED_HOURS = 72;

/** Hours a web page recording lasts at most; undefined for the others, and where they are not known. */
export function recordingHours(request: StartClientRequest | undefined): number | undefined {
	return request && webPageOf(request)?.maxRecordingHour;
}

/** Idle seconds after which Agora leaves a channel where none are asked for. */
const DEFAULT_IDLE_S = 30;

/**
 * Idle seconds after which the recording of a channel ends; undefined for a web page, and where they
 * are not known.
 */
export function idleSeconds(request: StartClientRequest): number | undefined {
	const { recordingConfig: config } = readSent(request);
	if (!config) return undefined;
	return config.maxIdleTime === undefined ? DEFAULT_IDLE_S : readIdleTime(config.maxIdleTime);
}

/** Agora's number for audio, video or both; undefined for a web page, and where it is not known. */
export function streamTypesOf(request: StartClientRequest): number | undefined {
	const { recordingConfig: config } = readSent(request);
	const { streamTypes = AUDIO_AND_VIDEO } = config ?? {};
	return config ? readStreamTypes(streamTypes) : undefined;
}

/** The layout that a composite start sends; undefined where there is no picture of that kind. */
export function layoutOf(request: StartClientRequest): Layout | undefined {
	const picture = readSent(request).recordingConfig?.transcodingConfig;
	return picture && pickLayout(picture);
}

/** What kinds of files a start asks for; Agora writes HLS where nothing is said. */
export function formatsOf(request: StartClientRequest): string[] {
	const { snapshotConfig: screenshots, recordingFileConfig: files } = readSent(request);
	const formats = files?.avFileType ?? (screenshots ? [] : ['hls']);
	return [
		...formats.filter((format) => typeof format === 'string'),
		...(screenshots ? ['jpg'] : []),
	];
}

/** When a recording that nobody stops ends, as a phrase. */
export function endsByItself(request: StartClientRequest): string {
	const hours = recordingHours(request);
	const idle = idleSeconds(request);
	if (hours !== undefined) return `after ${hours} hours`;
	return idle === undefined
		? 'after the time set at the start'
		: `when the channel has been empty for ${idle} seconds`;
}

/** Page recorder's settings, as far as they can be read; undefined for a channel. */
export function webPageOf(request: StartClientRequest): SentPage | undefined {
	const services = readSent(request).extensionServiceConfig?.extensionServices;
	return services?.find((service) => service !== undefined)?.serviceParam;
}

/**
 * Acquire's `clientRequest`. The scene follows from the mode. The hours are raised to cover the
 * recording: one that outlives them cannot be stopped through the API.
 *
 * @param startParameter the start to come, as it will be sent: Agora asks for an exact copy
 */
export function acquireClientRequest(
	mode: RecordingMode,
	{ resourceExpiredHour, region, excludeResourceIds, postponed }: AcquireOptions,
	startParameter?: StartClientRequest,
): AcquireRequest['clientRequest'] {
	const hours = recordingHours(startParameter) ?? 0;
	const asked = resourceExpiredHour ?? DEFAULT_EXPIRED_HOURS;
	// A value that breaks the rules is left as it is, to be refused by its name.
	const tooFew = hours > asked && asked >= 1 && Number.isInteger(asked);
	return defined({
		scene: postponed ? POSTPONED_SCENE : MODE_SCENES[mode],
		resourceExpiredHour: tooFew ? hours : resourceExpiredHour,
		region,
		excludeResourceIds,
		startParameter,
	});
}
