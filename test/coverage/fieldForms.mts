/**
 * What to enter, in the form or in its credential, for each field of the reference, and what has to arrive.
 * By operation and path; `clientRequest.` is left out. A path that stands for a whole (`storageConfig`) takes
 * whatever arrives there, the type alone counts.
 */

import type { INodeParameters } from 'n8n-workflow';
import { recorderToken, type Form } from '../support/capture.mts';
import type { Mode, Operation } from './fields.mts';

export interface FieldForm extends Form {
	/** What has to arrive; undefined where the type alone counts */
	value?: unknown;
}

type PerMode = Partial<Record<Mode, FieldForm>>;

const form = (parameters: INodeParameters, value?: unknown): FieldForm => ({ parameters, value });
const inCredential = (credentials: Record<string, string>, value?: unknown): FieldForm => ({
	credentials,
	value,
});

/** What the form sends untouched */
const always = (value?: unknown): FieldForm => ({ value });

const STS: INodeParameters = {
	storageOverrides: {
		stsAccessKey: 'ASIAEXAMPLE',
		stsSecretKey: 'temporary',
		stsToken: 'session-token',
		stsExpiration: '2030-01-01T00:00:00Z',
	},
};

/** Start and Update have the same fields for it */
const STORAGE: Record<string, FieldForm> = {
	storageConfig: always(),
	'storageConfig.vendor': inCredential(
		{ storageVendor: 'tencentCloud', storageRegion: 'AP_Tokyo' },
		3,
	),
	'storageConfig.region': inCredential(
		{ storageVendor: 'tencentCloud', storageRegion: 'AP_Tokyo' },
		14,
	),
	'storageConfig.bucket': form({ storageOverrides: { bucket: 'elsewhere' } }, 'elsewhere'),
	'storageConfig.accessKey': inCredential({ storageAccessKey: 'AKIAOTHER' }, 'AKIAOTHER'),
	'storageConfig.secretKey': inCredential({ storageSecretKey: 'other' }, 'other'),
	'storageConfig.stsToken': form(STS, 'session-token'),
	'storageConfig.stsExpiration': form(STS, 1_893_456_000),
	'storageConfig.fileNamePrefix': form({ fileNamePrefix: 'lessons/class7' }, ['lessons', 'class7']),
	'storageConfig.extensionParams': form({ storageOverrides: { tag: 'lesson' } }, { tag: 'lesson' }),
	'storageConfig.extensionParams.sse': form({ storageOverrides: { sse: 'kms' } }, 'kms'),
	'storageConfig.extensionParams.tag': form({ storageOverrides: { tag: 'lesson' } }, 'lesson'),
	'storageConfig.extensionParams.endpoint': inCredential(
		{ storageVendor: 's3Compatible', storageEndpoint: 's3.example.com' },
		's3.example.com',
	),
};

const REGION = { uid: '5', x_axis: 0.25, y_axis: 0.5, width: 0.75, height: 0.5 };
const custom = (region: INodeParameters): INodeParameters => ({
	layout: 'custom',
	regions: { region: [{ ...REGION, ...region }] },
});
const userImage = (image: INodeParameters): INodeParameters => ({
	background: {
		userImages: { user: [{ uid: '5', image_url: 'https://example.com/5.jpg', ...image }] },
	},
});

/** Start and Update Layout have the same fields for it */
const LAYOUT: Record<string, FieldForm> = {
	maxResolutionUid: form({ layout: 'vertical', maxResolutionUid: '5' }, '5'),
	mixedVideoLayout: form({ layout: 'bestFit' }, 1),
	backgroundColor: form({ background: { backgroundColor: '#12AB34' } }, '#12AB34'),
	backgroundImage: form(
		{ background: { backgroundImage: 'https://example.com/canvas.jpg' } },
		'https://example.com/canvas.jpg',
	),
	defaultUserBackgroundImage: form(
		{ background: { defaultUserBackgroundImage: 'https://example.com/user.jpg' } },
		'https://example.com/user.jpg',
	),
	layoutConfig: form(custom({})),
	'layoutConfig[].uid': form(custom({}), '5'),
	'layoutConfig[].x_axis': form(custom({}), 0.25),
	'layoutConfig[].y_axis': form(custom({}), 0.5),
	'layoutConfig[].width': form(custom({}), 0.75),
	'layoutConfig[].height': form(custom({ height: 0.4 }), 0.4),
	'layoutConfig[].alpha': form(custom({ alpha: 0.5 }), 0.5),
	'layoutConfig[].render_mode': form(custom({ render_mode: 1 }), 1),
	backgroundConfig: form(userImage({})),
	'backgroundConfig[].uid': form(userImage({}), '5'),
	'backgroundConfig[].image_url': form(userImage({}), 'https://example.com/5.jpg'),
	'backgroundConfig[].render_mode': form(userImage({ render_mode: 1 }), 1),
};

const under = (prefix: string, forms: Record<string, FieldForm>): Record<string, FieldForm> =>
	Object.fromEntries(Object.entries(forms).map(([path, one]) => [`${prefix}${path}`, one]));

const audio = (audioSubscription: string): INodeParameters => ({
	audioSubscription,
	audioUids: '1, 2',
});
const video = (videoSubscription: string): INodeParameters => ({
	videoSubscription,
	videoUids: '1, 2',
});

/** The value is the same under both spellings; this one is for the second */
export const OTHER_SPELLING: Record<'start' | 'update', INodeParameters> = {
	start: { recordingOptions: { unsubscribeSpelling: 'unsubscribe' } },
	update: { options: { unsubscribeSpelling: 'unsubscribe' } },
};

const encrypted = (decryptionMode: number): INodeParameters => ({
	recordingOptions: {
		decryptionMode,
		secret: 'key-of-the-channel',
		...(decryptionMode >= 7 && { salt: Buffer.alloc(32, 7).toString('base64') }),
	},
});

const picture: INodeParameters = {
	videoProfile: 'custom',
	video: { width: 848, height: 480, fps: 30, bitrate: 931 },
};

const page = (recordingOptions: INodeParameters, value: unknown): FieldForm =>
	form({ recordingOptions }, value);
const WEB = 'extensionServiceConfig.extensionServices[web_recorder_service].';
const CDN = 'extensionServiceConfig.extensionServices[rtmp_publish_service].';
const push = (value?: unknown): FieldForm =>
	form({ rtmpUrl: 'rtmps://example.com/live/other' }, value);

const mixing: INodeParameters = {
	streamTypes: 0,
	originalAudio: true,
	recordingOptions: {
		transMode: 'audioMix',
		format: 'aac',
		sampleRate: '32000',
		audioBitrate: '64000',
		channels: '1',
	},
};

/** What names a recording is entered in Acquire and Start; the other operations take it by hand or from the item */
const IDENTITY: Record<string, FieldForm> = {
	cname: form({ channelName: 'class 7!' }, 'class 7!'),
	uid: form({ recorderUid: '4294967295' }, '4294967295'),
	clientRequest: always(),
};

const KNOWN_IDENTITY: Record<string, FieldForm> = {
	cname: always('httpClient463224'),
	uid: always('527841'),
	clientRequest: always(),
};

export const FIELD_FORMS: Record<Operation, Record<string, FieldForm | PerMode>> = {
	acquire: {
		...IDENTITY,
		scene: { mix: always(0), individual: always(0), web: always(1) },
		'scene 2': form({ streamTypes: 0, recordingOptions: { transMode: 'audioMix' } }, 2),
		resourceExpiredHour: form({ options: { resourceExpiredHour: 24 } }, 24),
		startParameter: always(),
		excludeResourceIds: form({ options: { excludeResourceIds: 'main-one, main-two' } }, [
			'main-one',
			'main-two',
		]),
		// The storage of the tests lies in Europe, and the two have to agree
		region: form({ options: { region: 'EU' } }, 'EU'),
	},
	start: {
		...IDENTITY,
		token: form({ tokenSource: 'manual', token: recorderToken() }, recorderToken()),
		...STORAGE,
		recordingConfig: always(),
		...under('recordingConfig.', {
			channelType: form({ channelProfile: 'communication' }, 0),
			decryptionMode: form(encrypted(4), 4),
			secret: form(encrypted(1), 'key-of-the-channel'),
			salt: form(encrypted(8), Buffer.alloc(32, 7).toString('base64')),
			maxIdleTime: form({ maxIdleTime: 2_592_000 }, 2_592_000),
			streamTypes: form({ streamTypes: 1 }, 1),
			videoStreamType: form({ recordingOptions: { videoStreamType: 1 } }, 1),
			subscribeAudioUids: form(audio('only'), ['1', '2']),
			unSubscribeAudioUids: form(audio('except'), ['1', '2']),
			subscribeVideoUids: form(video('only'), ['1', '2']),
			unSubscribeVideoUids: form(video('except'), ['1', '2']),
			privateParams: form({ recordingOptions: { correctEXTINF: true } }, '{"correctEXTINF":true}'),
			subscribeUidGroup: form({ subscribeUidGroup: 3 }, 3),
			streamMode: form({ streamMode: 'default' }, 'default'),
			audioProfile: form({ recordingOptions: { audioProfile: 2 } }, 2),
			extensionParams: form({ recordingOptions: { enableNTPtimestamp: true } }),
			'extensionParams.enableNTPtimestamp': form(
				{ recordingOptions: { enableNTPtimestamp: true } },
				true,
			),
			transcodingConfig: always(),
			'transcodingConfig.width': form(picture, 848),
			'transcodingConfig.height': form(picture, 480),
			'transcodingConfig.fps': form(picture, 30),
			'transcodingConfig.bitrate': form(picture, 931),
			...under('transcodingConfig.', LAYOUT),
		}),
		// Screenshots go without files and files without screenshots: "both" has both
		snapshotConfig: form({ individualOutput: 'both', captureInterval: 7 }),
		'snapshotConfig.captureInterval': form({ individualOutput: 'both', captureInterval: 7 }, 7),
		'snapshotConfig.fileType': form({ individualOutput: 'screenshots' }, ['jpg']),
		recordingFileConfig: always(),
		'recordingFileConfig.avFileType': {
			mix: form({ fileFormat: 'hlsAndMp4' }, ['hls', 'mp4']),
			individual: always(['hls']),
			web: form({ fileFormat: 'hlsAndMp4' }, ['hls', 'mp4']),
		},
		extensionServiceConfig: always(),
		'extensionServiceConfig.errorHandlePolicy': always('error_abort'),
		'extensionServiceConfig.extensionServices': always(),
		[`${WEB}serviceName`]: always('web_recorder_service'),
		[`${WEB}errorHandlePolicy`]: always('error_abort'),
		[`${WEB}serviceParam`]: always(),
		[`${WEB}serviceParam.url`]: form(
			{ url: 'https://example.com/other' },
			'https://example.com/other',
		),
		[`${WEB}serviceParam.audioProfile`]: form({ audioProfile: 2 }, 2),
		[`${WEB}serviceParam.videoWidth`]: form({ pageSize: 'custom', videoWidth: 1080 }, 1080),
		[`${WEB}serviceParam.videoHeight`]: form({ pageSize: 'custom', videoHeight: 1000 }, 1000),
		[`${WEB}serviceParam.maxRecordingHour`]: form({ maxRecordingHour: 720 }, 720),
		[`${WEB}serviceParam.videoBitrate`]: page({ videoBitrate: 8000 }, 8000),
		[`${WEB}serviceParam.videoFps`]: page({ videoFps: 60 }, 60),
		[`${WEB}serviceParam.mobile`]: page({ mobile: true }, true),
		[`${WEB}serviceParam.maxVideoDuration`]: page({ maxVideoDuration: 240 }, 240),
		[`${WEB}serviceParam.onhold`]: page({ onhold: true }, true),
		[`${WEB}serviceParam.readyTimeout`]: page({ readyTimeout: 60 }, 60),
		[`${CDN}serviceName`]: push('rtmp_publish_service'),
		[`${CDN}errorHandlePolicy`]: push('error_ignore'),
		[`${CDN}serviceParam`]: push(),
		[`${CDN}serviceParam.outputs`]: push(),
		[`${CDN}serviceParam.outputs[].rtmpUrl`]: push('rtmps://example.com/live/other'),
		appsCollection: form(mixing),
		'appsCollection.combinationPolicy': form(mixing, 'postpone_transcoding'),
		transcodeOptions: form(mixing),
		'transcodeOptions.transConfig': form(mixing, { transMode: 'audioMix' }),
		'transcodeOptions.transConfig.transMode': form(
			{ recordingOptions: { transMode: 'postponeTranscoding' } },
			'postponeTranscoding',
		),
		'transcodeOptions.container': form(mixing, { format: 'aac' }),
		'transcodeOptions.container.format': form(mixing, 'aac'),
		'transcodeOptions.audio': form(mixing),
		'transcodeOptions.audio.sampleRate': form(mixing, '32000'),
		'transcodeOptions.audio.bitrate': form(mixing, '64000'),
		'transcodeOptions.audio.channels': form(mixing, '1'),
	},
	update: {
		...KNOWN_IDENTITY,
		streamSubscribe: form(audio('only')),
		'streamSubscribe.audioUidList': form(audio('only'), { subscribeAudioUids: ['1', '2'] }),
		'streamSubscribe.audioUidList.subscribeAudioUids': form(audio('only'), ['1', '2']),
		'streamSubscribe.audioUidList.unSubscribeAudioUids': form(audio('except'), ['1', '2']),
		'streamSubscribe.videoUidList': form(video('only'), { subscribeVideoUids: ['1', '2'] }),
		'streamSubscribe.videoUidList.subscribeVideoUids': form(video('only'), ['1', '2']),
		'streamSubscribe.videoUidList.unSubscribeVideoUids': form(video('except'), ['1', '2']),
		webRecordingConfig: form({ change: 'pause' }, { onhold: true }),
		'webRecordingConfig.onhold': form({ change: 'resume' }, false),
		rtmpPublishConfig: form({ change: 'cdn', rtmpUrl: 'rtmp://example.com/live/two' }),
		'rtmpPublishConfig.outputs': form({ change: 'cdn', rtmpUrl: 'rtmp://example.com/live/two' }),
		'rtmpPublishConfig.outputs[].rtmpUrl': form(
			{ change: 'cdn', rtmpUrl: 'rtmp://example.com/live/two' },
			'rtmp://example.com/live/two',
		),
		...Object.fromEntries(
			Object.entries(STORAGE).map(([path, one]) => [
				path,
				{ ...one, parameters: { change: 'storage', ...one.parameters } },
			]),
		),
	},
	updateLayout: { ...KNOWN_IDENTITY, ...LAYOUT },
	stop: {
		...KNOWN_IDENTITY,
		async_stop: form({ options: { asyncStop: true } }, true),
	},
};

const MODES = ['mix', 'individual', 'web'];

/** What to enter for a field in a mode. */
export function formFor(operation: Operation, key: string, mode: Mode): FieldForm | undefined {
	const found = FIELD_FORMS[operation][key];
	if (found === undefined) return undefined;
	return MODES.some((one) => one in found) ? (found as PerMode)[mode] : (found as FieldForm);
}
