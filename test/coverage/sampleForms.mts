/**
 * What to enter for each sample of samples.mts: form parameters, and the storage in the credential. By name.
 *
 * `without` is a JSON merge patch for the JSON field that only takes away (null): members that the form
 * always sends and that the sample leaves to Agora's default. Nothing is ever added by it.
 */

import type { INodeParameters } from 'n8n-workflow';
import { recorderToken, type Form } from '../support/capture.mts';

interface Nulls {
	[member: string]: null | Nulls;
}

export interface SampleForm extends Form {
	without?: Nulls;
	/** Why something is taken away, or why a printed value cannot be entered */
	note?: string;
	/** Placeholders that break a rule, by path: what the node does with the printed value */
	broken?: Record<string, BrokenValue>;
	/** Placeholders that the form has no field for: left out of the comparison, and said so */
	noField?: string[];
}

interface BrokenValue {
	/** The field, as the form shows it, that the refusal names */
	field: string;
	/** What to enter to get the printed value */
	printed: Form;
	/** What stands in its place when the rest of the sample is reproduced */
	instead: string | number;
}

/** Alibaba Cloud, CN_Beijing */
const ALIBABA = (bucket: string, accessKey: string, secretKey: string) => ({
	storageVendor: 'alibabaCloud',
	storageRegion: 'CN_Beijing',
	storageBucket: bucket,
	storageAccessKey: accessKey,
	storageSecretKey: secretKey,
});

const B = ALIBABA('b', 'ak', 'sk');
const XXXXX = ALIBABA('xxxxx', 'xxxxx', 'xxxxx');

const WHO: INodeParameters = { channelName: 'httpClient463224', recorderUid: '527841' };
const SCRIPT: INodeParameters = { channelName: 'httpClient463224', recorderUid: '957947' };
const TOKEN: INodeParameters = { tokenSource: 'manual', token: recorderToken() };

const EMPTY_CNAME: BrokenValue = {
	field: 'Channel Name',
	printed: { parameters: { channelName: '' } },
	instead: 'httpClient463224',
};

/** The node reads tokens: a stand-in is none */
const STAND_IN: Record<string, BrokenValue> = {
	'clientRequest.token': {
		field: 'RTC Token',
		printed: { parameters: { token: '<token if any>' } },
		instead: recorderToken(),
	},
};

const SCREENSHOTS: INodeParameters = {
	...WHO,
	channelProfile: 'liveBroadcasting',
	captureInterval: 5,
	subscribeUidGroup: 0,
};
/** Neither of them is in the screenshot samples: the form always says how long to wait and what to record */
const IDLE = { clientRequest: { recordingConfig: { maxIdleTime: null } } };
const IDLE_AND_STREAM_MODE = {
	clientRequest: { recordingConfig: { maxIdleTime: null, streamMode: null } },
};

export const SAMPLE_FORMS: Record<string, SampleForm> = {
	'acquire for a channel': {
		parameters: { ...WHO, options: { resourceExpiredHour: 24 } },
	},
	'acquire for a web page': {
		parameters: { ...WHO, options: { resourceExpiredHour: 24 } },
	},
	'composite, custom layout, MP4': {
		broken: STAND_IN,
		parameters: {
			...WHO,
			...TOKEN,
			channelProfile: 'liveBroadcasting',
			streamTypes: 2,
			maxIdleTime: 300,
			videoProfile: '1280x720_15',
			layout: 'custom',
			regions: {
				region: [
					{ uid: '1', x_axis: 0, y_axis: 0, width: 1, height: 0.5, alpha: 1, render_mode: 1 },
					{ x_axis: 0, y_axis: 0.5, width: 0.5, height: 0.5, alpha: 1, render_mode: 1 },
					{ x_axis: 0.5, y_axis: 0.5, width: 0.5, height: 0.5, alpha: 1, render_mode: 1 },
				],
			},
			background: { backgroundColor: '#000000' },
			recordingOptions: { audioProfile: 1, videoStreamType: 0 },
			fileFormat: 'hlsAndMp4',
			fileNamePrefix: 'directory1/directory2',
		},
		credentials: {
			storageVendor: 'amazonS3',
			storageRegion: 'us-east-1',
			storageBucket: 'b',
			storageAccessKey: 'ak',
			storageSecretKey: 'sk',
		},
		note: 'The bitrate of 2260 comes from the preset, doubled for a live channel',
	},
	'individual, standard': {
		broken: STAND_IN,
		parameters: {
			...WHO,
			...TOKEN,
			channelProfile: 'communication',
			subscribeUidGroup: 0,
			streamTypes: 2,
			streamMode: 'standard',
			maxIdleTime: 30,
			recordingOptions: { videoStreamType: 0 },
			audioSubscription: 'only',
			audioUids: '123, 456',
			videoSubscription: 'only',
			videoUids: '123, 456',
		},
		credentials: B,
	},
	'individual, audio without transcoding': {
		broken: STAND_IN,
		parameters: {
			...WHO,
			...TOKEN,
			channelProfile: 'communication',
			subscribeUidGroup: 0,
			streamTypes: 0,
			originalAudio: true,
			maxIdleTime: 30,
			recordingOptions: { videoStreamType: 0 },
			audioSubscription: 'only',
			audioUids: '123, 456',
		},
		credentials: B,
	},
	'individual, screenshots only': {
		parameters: { ...SCREENSHOTS, individualOutput: 'screenshots' },
		credentials: B,
		without: IDLE,
		note: 'maxIdleTime is left to its default',
	},
	'individual, recording and screenshots, video': {
		parameters: { ...SCREENSHOTS, individualOutput: 'both', streamTypes: 1 },
		credentials: B,
		without: IDLE_AND_STREAM_MODE,
		note: 'maxIdleTime and streamMode are left to their defaults',
	},
	'individual, recording and screenshots, audio and video': {
		parameters: { ...SCREENSHOTS, individualOutput: 'both', streamTypes: 2 },
		credentials: B,
		without: IDLE_AND_STREAM_MODE,
		note: 'maxIdleTime and streamMode are left to their defaults',
	},
	'web page with CDN push': {
		parameters: {
			...WHO,
			url: 'https://example.com/room',
			audioProfile: 0,
			pageSize: 'custom',
			videoWidth: 1280,
			videoHeight: 720,
			maxRecordingHour: 3,
			recordingOptions: { maxVideoDuration: 200, onhold: false, readyTimeout: 20 },
			rtmpUrl: 'rtmp://example.com/live/key',
			fileFormat: 'hlsAndMp4',
			fileNamePrefix: 'directory1',
		},
		credentials: B,
	},
	'update of the subscription lists': {
		parameters: {
			change: 'subscription',
			audioSubscription: 'everyone',
			videoSubscription: 'except',
			videoUids: '444, 555, 666',
		},
	},
	'update, pause of a web page recording': { parameters: { change: 'pause' } },
	'update of the CDN address': {
		parameters: { change: 'cdn', rtmpUrl: 'rtmp://example.com/live/key2' },
	},
	'update of the layout': {
		parameters: {
			layout: 'custom',
			keepBackground: false,
			regions: {
				region: [
					{ uid: '1', x_axis: 0.1, y_axis: 0.1, width: 0.1, height: 0.1, alpha: 1, render_mode: 1 },
					{ uid: '2', x_axis: 0.2, y_axis: 0.2, width: 0.1, height: 0.1, alpha: 1, render_mode: 1 },
				],
			},
			background: { backgroundColor: '#FF0000' },
		},
	},
	'storage that speaks the language of S3': {
		parameters: { fileNamePrefix: 'agora/test' },
		credentials: {
			storageVendor: 's3Compatible',
			storageBucket: 's3-digit-test',
			storageAccessKey: '…',
			storageSecretKey: '…',
			storageEndpoint: 'xxxxx.xxxxx.com',
		},
	},
	'web page': {
		parameters: {
			...WHO,
			url: 'https://xxxxx',
			audioProfile: 0,
			pageSize: 'custom',
			videoWidth: 1280,
			videoHeight: 720,
			maxRecordingHour: 3,
			fileFormat: 'hlsAndMp4',
			fileNamePrefix: 'directory1/directory2',
		},
		credentials: XXXXX,
		noField: ['clientRequest.token'],
		note: 'Web page recording joins no channel: the form has no token there',
	},
	'web page with CDN push, of the seed': {
		parameters: {
			...WHO,
			url: 'https://xxxxx',
			audioProfile: 0,
			pageSize: 'custom',
			videoWidth: 1280,
			videoHeight: 720,
			maxRecordingHour: 3,
			recordingOptions: { maxVideoDuration: 200 },
			rtmpUrl: 'rtmp://xxx',
			fileFormat: 'hlsAndMp4',
			fileNamePrefix: 'directory1/directory2',
		},
		credentials: XXXXX,
		noField: ['clientRequest.token'],
		without: { clientRequest: { extensionServiceConfig: { errorHandlePolicy: null } } },
		note: 'The outer errorHandlePolicy is left to its default, which is its only value; no token, as above',
	},
	'stop of a web page recording': {},
	'acquire with a URL as channel name': {
		parameters: { ...WHO, options: { resourceExpiredHour: 24 } },
		broken: {
			cname: {
				field: 'Channel Name',
				printed: { parameters: { channelName: 'https://xxxxx' } },
				instead: 'httpClient463224',
			},
		},
	},
	'individual, of the seed': {
		broken: STAND_IN,
		parameters: {
			...WHO,
			...TOKEN,
			channelProfile: 'communication',
			subscribeUidGroup: 0,
			streamTypes: 2,
			maxIdleTime: 30,
			recordingOptions: { videoStreamType: 0 },
			audioSubscription: 'only',
			audioUids: '123, 456',
			videoSubscription: 'only',
			videoUids: '123, 456',
			fileNamePrefix: 'directory1/directory2',
		},
		credentials: ALIBABA('xxxxx', 'xxxxxxf', 'xxxxx'),
		without: {
			clientRequest: { recordingConfig: { streamMode: null }, recordingFileConfig: null },
		},
		note: 'streamMode (although the guide calls the sample standard) and recordingFileConfig are left to their defaults',
	},
	'stop of an individual recording': {},
	'composite, of the guide': {
		broken: STAND_IN,
		parameters: {
			...WHO,
			...TOKEN,
			channelProfile: 'communication',
			streamTypes: 2,
			maxIdleTime: 30,
			videoProfile: 'custom',
			video: { width: 360, height: 640, fps: 15, bitrate: 500 },
			layout: 'bestFit',
			background: { backgroundColor: '#FF0000' },
			recordingOptions: { audioProfile: 1, videoStreamType: 0 },
			audioSubscription: 'only',
			audioUids: '123, 456',
			videoSubscription: 'only',
			videoUids: '123, 456',
			fileNamePrefix: 'directory1/directory2',
		},
		credentials: ALIBABA('xxxxx', 'xxxxxxf', 'xxxxx'),
		noField: ['clientRequest.recordingConfig.subscribeUidGroup'],
		without: { clientRequest: { recordingFileConfig: null } },
		note: 'The group has no field in composite mode; recordingFileConfig is left to its default',
	},
	'recording and screenshots, of the guide': {
		broken: STAND_IN,
		parameters: {
			...WHO,
			...TOKEN,
			channelProfile: 'communication',
			streamTypes: 1,
			maxIdleTime: 30,
			individualOutput: 'both',
			captureInterval: 5,
			subscribeUidGroup: 0,
			fileNamePrefix: 'directory1/directory2',
		},
		credentials: ALIBABA('xxxxx', 'xxxxxxf', 'xxxxx'),
		without: { clientRequest: { recordingConfig: { streamMode: null, subscribeUidGroup: null } } },
		note: 'streamMode is left to its default; the group, which individual mode requires, is missing in the sample',
	},
	'start, of the quick start': {
		broken: {
			uid: {
				field: 'Recorder UID',
				printed: { parameters: { recorderUid: '<YourRecordingUID>' } },
				instead: '527841',
			},
			'clientRequest.token': {
				field: 'RTC Token',
				printed: { parameters: { token: '<YourToken>' } },
				instead: recorderToken({ channel: '<YourChannelName>' }),
			},
		},
		parameters: {
			channelName: '<YourChannelName>',
			recorderUid: '527841',
			tokenSource: 'manual',
			token: recorderToken({ channel: '<YourChannelName>' }),
			channelProfile: 'communication',
			subscribeUidGroup: 0,
		},
		credentials: {
			storageVendor: 'qiniuCloud',
			storageRegion: 'Huadong',
			storageBucket: '<YourBucketName>',
			storageAccessKey: '<YourAccessKey>',
			storageSecretKey: '<YourSecretKey>',
		},
		without: {
			clientRequest: {
				recordingConfig: {
					maxIdleTime: null,
					streamTypes: null,
					streamMode: null,
					subscribeUidGroup: null,
				},
				recordingFileConfig: null,
			},
		},
		note: 'All but the profile is left to defaults; the group, which individual mode requires, is missing too',
	},
	'stop, with members of acquire': {
		noField: ['clientRequest.resourceExpiredHour', 'clientRequest.scene'],
		note: 'They have a meaning in Acquire alone, and no field in Stop',
	},
	'acquire, of the script': {
		parameters: SCRIPT,
		broken: { cname: EMPTY_CNAME },
		without: { clientRequest: { scene: null } },
		note: 'scene is left to its default',
	},
	'composite, of the script': {
		parameters: {
			...SCRIPT,
			channelProfile: 'communication',
			maxIdleTime: 30,
			videoProfile: 'custom',
			video: { width: 640, height: 360, fps: 15, bitrate: 500 },
			recordingOptions: { audioProfile: 0 },
		},
		credentials: {
			storageVendor: 'qiniuCloud',
			storageRegion: 'Huadong',
			storageBucket: 'bucket',
			storageAccessKey: 'access',
			storageSecretKey: 'secret',
		},
		broken: {
			cname: EMPTY_CNAME,
			'clientRequest.storageConfig.bucket': {
				field: 'Bucket',
				printed: { credentials: { storageBucket: '' } },
				instead: 'bucket',
			},
			'clientRequest.storageConfig.accessKey': {
				field: 'AccessKey (AK)',
				printed: { credentials: { storageAccessKey: '' } },
				instead: 'access',
			},
			'clientRequest.storageConfig.secretKey': {
				field: 'SecretKey (SK)',
				printed: { credentials: { storageSecretKey: '' } },
				instead: 'secret',
			},
		},
		without: {
			clientRequest: {
				recordingConfig: { streamTypes: null, transcodingConfig: { mixedVideoLayout: null } },
				recordingFileConfig: null,
			},
		},
		note: 'streamTypes, mixedVideoLayout and recordingFileConfig are left to their defaults',
	},
	'stop, of the script': {
		parameters: SCRIPT,
		broken: { cname: EMPTY_CNAME },
	},
};
