/**
 * The request samples that the reference and the seeds print, exactly as printed. Each keeps its source; the
 * same body printed in two places stands once, with both sources.
 *
 * Not here, because nothing is printed as a request: seed 001 (schemas only), seed 003 (a plug-in's guide, prose
 * only), query (no body), the samples of answers.
 *
 * `placeholders` name the values that nobody can send as they are: a stand-in for the reader's own value, or a
 * value that breaks a documented rule. `breaks` says which rule (an id of rules.mts); without it the value is
 * only a stand-in, and the API's documented rules let it through.
 */

import type { Mode, Operation } from './fields.mts';

export interface Placeholder {
	path: string;
	value: string | number;
	why: string;
	breaks?: string;
	/** The member belongs to another mode or operation, and nothing says that it is refused here */
	stray?: true;
}

export interface Sample {
	name: string;
	source: string;
	operation: Operation;
	mode: Mode;
	/** Modes in which the same body is right as well */
	also?: Mode[];
	/** The body, or where `fragment` is given the part of `clientRequest` that the source prints */
	body: Record<string, unknown>;
	/** The source prints only a part of `clientRequest`, to be held against that part */
	fragment?: true;
	/** Not printed in full: the source says "as above with …", and this is the sample it describes */
	derived?: string;
	placeholders?: Placeholder[];
}

const STAND_IN_TOKEN: Placeholder = {
	path: 'clientRequest.token',
	value: '<token if any>',
	why: 'A stand-in for a token; the text is not a token of Agora (token.md 2: "007" and Base64)',
	breaks: 'token-form',
};

/** One letter each: stand-ins that no rule of the API forbids */
const SHORT_STORAGE: Placeholder[] = [
	{ path: 'clientRequest.storageConfig.bucket', value: 'b', why: 'A stand-in for a bucket' },
	{ path: 'clientRequest.storageConfig.accessKey', value: 'ak', why: 'A stand-in for a key' },
	{ path: 'clientRequest.storageConfig.secretKey', value: 'sk', why: 'A stand-in for a key' },
];

const X_STORAGE: Placeholder[] = [
	{ path: 'clientRequest.storageConfig.bucket', value: 'xxxxx', why: 'A stand-in for a bucket' },
	{ path: 'clientRequest.storageConfig.accessKey', value: 'xxxxx', why: 'A stand-in for a key' },
	{ path: 'clientRequest.storageConfig.secretKey', value: 'xxxxx', why: 'A stand-in for a key' },
];

const X_PAGE: Placeholder = {
	path: 'clientRequest.extensionServiceConfig.extensionServices[web_recorder_service].serviceParam.url',
	value: 'https://xxxxx',
	why: 'A stand-in for a page: a URL by its form, but a host that cannot be reached (best-practices.md 11: the service then leaves after start)',
};

/** Keys and places of the guides' samples */
const GUIDE_STORAGE = {
	accessKey: 'xxxxxxf',
	region: 3,
	bucket: 'xxxxx',
	secretKey: 'xxxxx',
	vendor: 2,
	fileNamePrefix: ['directory1', 'directory2'],
};

const GUIDE_PLACES: Placeholder[] = [
	{
		path: 'clientRequest.storageConfig.accessKey',
		value: 'xxxxxxf',
		why: 'A stand-in for a key',
	},
	{ path: 'clientRequest.storageConfig.bucket', value: 'xxxxx', why: 'A stand-in for a bucket' },
	{ path: 'clientRequest.storageConfig.secretKey', value: 'xxxxx', why: 'A stand-in for a key' },
];

const STANDARD_INDIVIDUAL = {
	cname: 'httpClient463224',
	uid: '527841',
	clientRequest: {
		token: '<token if any>',
		recordingConfig: {
			channelType: 0,
			streamTypes: 2,
			streamMode: 'standard',
			videoStreamType: 0,
			maxIdleTime: 30,
			subscribeAudioUids: ['123', '456'],
			subscribeVideoUids: ['123', '456'],
			subscribeUidGroup: 0,
		},
		recordingFileConfig: { avFileType: ['hls'] },
		storageConfig: { vendor: 2, region: 3, bucket: 'b', accessKey: 'ak', secretKey: 'sk' },
	},
};

export const SAMPLES: Sample[] = [
	{
		name: 'acquire for a channel',
		source: 'rest-api.md 2, first example',
		operation: 'acquire',
		mode: 'mix',
		also: ['individual'],
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: { scene: 0, resourceExpiredHour: 24 },
		},
	},
	{
		name: 'acquire for a web page',
		source:
			'rest-api.md 2, second example; seed 000, acquire (web page recording) and acquire (with CDN push)',
		operation: 'acquire',
		mode: 'web',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: { scene: 1, resourceExpiredHour: 24 },
		},
	},
	{
		name: 'composite, custom layout, MP4',
		source: 'rest-api.md 3.10, first example',
		operation: 'start',
		mode: 'mix',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				token: '<token if any>',
				recordingConfig: {
					channelType: 1,
					streamTypes: 2,
					maxIdleTime: 300,
					audioProfile: 1,
					videoStreamType: 0,
					transcodingConfig: {
						width: 1280,
						height: 720,
						fps: 15,
						bitrate: 2260,
						mixedVideoLayout: 3,
						backgroundColor: '#000000',
						layoutConfig: [
							{ uid: '1', x_axis: 0, y_axis: 0, width: 1, height: 0.5, alpha: 1, render_mode: 1 },
							{ x_axis: 0, y_axis: 0.5, width: 0.5, height: 0.5, alpha: 1, render_mode: 1 },
							{ x_axis: 0.5, y_axis: 0.5, width: 0.5, height: 0.5, alpha: 1, render_mode: 1 },
						],
					},
				},
				recordingFileConfig: { avFileType: ['hls', 'mp4'] },
				storageConfig: {
					vendor: 1,
					region: 0,
					bucket: 'b',
					accessKey: 'ak',
					secretKey: 'sk',
					fileNamePrefix: ['directory1', 'directory2'],
				},
			},
		},
		placeholders: [STAND_IN_TOKEN, ...SHORT_STORAGE],
	},
	{
		name: 'individual, standard',
		source: 'rest-api.md 3.10, second example',
		operation: 'start',
		mode: 'individual',
		body: STANDARD_INDIVIDUAL,
		placeholders: [STAND_IN_TOKEN, ...SHORT_STORAGE],
	},
	{
		name: 'individual, audio without transcoding',
		source: 'rest-api.md 3.10, third example',
		derived:
			'as "individual, standard" with streamTypes 0 and streamMode original, only subscribeAudioUids',
		operation: 'start',
		mode: 'individual',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				token: '<token if any>',
				recordingConfig: {
					channelType: 0,
					streamTypes: 0,
					streamMode: 'original',
					// Left as the sample above has it: "as above with …" takes nothing else away
					videoStreamType: 0,
					maxIdleTime: 30,
					subscribeAudioUids: ['123', '456'],
					subscribeUidGroup: 0,
				},
				recordingFileConfig: { avFileType: ['hls'] },
				storageConfig: { vendor: 2, region: 3, bucket: 'b', accessKey: 'ak', secretKey: 'sk' },
			},
		},
		placeholders: [STAND_IN_TOKEN, ...SHORT_STORAGE],
	},
	{
		name: 'individual, screenshots only',
		source: 'rest-api.md 3.10, fourth example',
		operation: 'start',
		mode: 'individual',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				recordingConfig: { channelType: 1, subscribeUidGroup: 0 },
				snapshotConfig: { captureInterval: 5, fileType: ['jpg'] },
				storageConfig: { vendor: 2, region: 3, bucket: 'b', accessKey: 'ak', secretKey: 'sk' },
			},
		},
		placeholders: SHORT_STORAGE,
	},
	{
		name: 'individual, recording and screenshots, video',
		source: 'rest-api.md 3.10, fifth example',
		derived:
			'"screenshots only" with recordingFileConfig { avFileType: ["hls"] } and streamTypes 1 or 2: here 1',
		operation: 'start',
		mode: 'individual',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				recordingConfig: { channelType: 1, subscribeUidGroup: 0, streamTypes: 1 },
				recordingFileConfig: { avFileType: ['hls'] },
				snapshotConfig: { captureInterval: 5, fileType: ['jpg'] },
				storageConfig: { vendor: 2, region: 3, bucket: 'b', accessKey: 'ak', secretKey: 'sk' },
			},
		},
		placeholders: SHORT_STORAGE,
	},
	{
		name: 'individual, recording and screenshots, audio and video',
		source: 'rest-api.md 3.10, fifth example',
		derived:
			'"screenshots only" with recordingFileConfig { avFileType: ["hls"] } and streamTypes 1 or 2: here 2',
		operation: 'start',
		mode: 'individual',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				recordingConfig: { channelType: 1, subscribeUidGroup: 0, streamTypes: 2 },
				recordingFileConfig: { avFileType: ['hls'] },
				snapshotConfig: { captureInterval: 5, fileType: ['jpg'] },
				storageConfig: { vendor: 2, region: 3, bucket: 'b', accessKey: 'ak', secretKey: 'sk' },
			},
		},
		placeholders: SHORT_STORAGE,
	},
	{
		name: 'web page with CDN push',
		source: 'rest-api.md 3.10, sixth example',
		operation: 'start',
		mode: 'web',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				extensionServiceConfig: {
					errorHandlePolicy: 'error_abort',
					extensionServices: [
						{
							serviceName: 'web_recorder_service',
							errorHandlePolicy: 'error_abort',
							serviceParam: {
								url: 'https://example.com/room',
								audioProfile: 0,
								videoWidth: 1280,
								videoHeight: 720,
								maxRecordingHour: 3,
								maxVideoDuration: 200,
								onhold: false,
								readyTimeout: 20,
							},
						},
						{
							serviceName: 'rtmp_publish_service',
							errorHandlePolicy: 'error_ignore',
							serviceParam: { outputs: [{ rtmpUrl: 'rtmp://example.com/live/key' }] },
						},
					],
				},
				recordingFileConfig: { avFileType: ['hls', 'mp4'] },
				storageConfig: {
					vendor: 2,
					region: 3,
					bucket: 'b',
					accessKey: 'ak',
					secretKey: 'sk',
					fileNamePrefix: ['directory1'],
				},
			},
		},
		placeholders: SHORT_STORAGE,
	},
	{
		name: 'update of the subscription lists',
		source: 'rest-api.md 4, first example',
		operation: 'update',
		mode: 'mix',
		also: ['individual'],
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				streamSubscribe: {
					audioUidList: { subscribeAudioUids: ['#allstream#'] },
					videoUidList: { unSubscribeVideoUids: ['444', '555', '666'] },
				},
			},
		},
	},
	{
		name: 'update, pause of a web page recording',
		source: 'rest-api.md 4, second example',
		operation: 'update',
		mode: 'web',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: { webRecordingConfig: { onhold: true } },
		},
	},
	{
		name: 'update of the CDN address',
		source: 'rest-api.md 4, third example',
		operation: 'update',
		mode: 'web',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				rtmpPublishConfig: { outputs: [{ rtmpUrl: 'rtmp://example.com/live/key2' }] },
			},
		},
	},
	{
		name: 'update of the layout',
		source: 'rest-api.md 5',
		operation: 'updateLayout',
		mode: 'mix',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				mixedVideoLayout: 3,
				backgroundColor: '#FF0000',
				layoutConfig: [
					{
						uid: '1',
						x_axis: 0.1,
						y_axis: 0.1,
						width: 0.1,
						height: 0.1,
						alpha: 1,
						render_mode: 1,
					},
					{
						uid: '2',
						x_axis: 0.2,
						y_axis: 0.2,
						width: 0.1,
						height: 0.1,
						alpha: 1,
						render_mode: 1,
					},
				],
			},
		},
	},
	{
		name: 'storage that speaks the language of S3',
		source: 'storage.md 3 (S3-compatible)',
		operation: 'start',
		mode: 'mix',
		also: ['individual', 'web'],
		fragment: true,
		body: {
			storageConfig: {
				vendor: 11,
				region: 0,
				bucket: 's3-digit-test',
				accessKey: '…',
				secretKey: '…',
				fileNamePrefix: ['agora', 'test'],
				extensionParams: { endpoint: 'xxxxx.xxxxx.com' },
			},
		},
		placeholders: [
			{ path: 'storageConfig.accessKey', value: '…', why: 'A stand-in for a key' },
			{ path: 'storageConfig.secretKey', value: '…', why: 'A stand-in for a key' },
			{
				path: 'storageConfig.extensionParams.endpoint',
				value: 'xxxxx.xxxxx.com',
				why: 'A stand-in for a host; its form (no scheme) is the documented one',
			},
		],
	},
	{
		name: 'web page',
		source: 'seed 000, start (web page recording)',
		operation: 'start',
		mode: 'web',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				token: '<token if any>',
				extensionServiceConfig: {
					errorHandlePolicy: 'error_abort',
					extensionServices: [
						{
							serviceName: 'web_recorder_service',
							errorHandlePolicy: 'error_abort',
							serviceParam: {
								url: 'https://xxxxx',
								audioProfile: 0,
								videoWidth: 1280,
								videoHeight: 720,
								maxRecordingHour: 3,
							},
						},
					],
				},
				recordingFileConfig: { avFileType: ['hls', 'mp4'] },
				storageConfig: {
					vendor: 2,
					region: 3,
					bucket: 'xxxxx',
					accessKey: 'xxxxx',
					secretKey: 'xxxxx',
					fileNamePrefix: ['directory1', 'directory2'],
				},
			},
		},
		placeholders: [
			{
				path: 'clientRequest.token',
				value: '<token if any>',
				why: 'Web page recording needs no token (rest-api.md 3.1: samples pass one, harmless)',
				breaks: 'token-scope',
			},
			X_PAGE,
			...X_STORAGE,
		],
	},
	{
		name: 'web page with CDN push, of the seed',
		source: 'seed 000, start (with CDN push)',
		operation: 'start',
		mode: 'web',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: {
				token: '<token>',
				// No errorHandlePolicy at this level in the seed: its default is the only value
				extensionServiceConfig: {
					extensionServices: [
						{
							serviceName: 'web_recorder_service',
							errorHandlePolicy: 'error_abort',
							serviceParam: {
								url: 'https://xxxxx',
								audioProfile: 0,
								videoWidth: 1280,
								videoHeight: 720,
								maxRecordingHour: 3,
								maxVideoDuration: 200,
							},
						},
						{
							serviceName: 'rtmp_publish_service',
							errorHandlePolicy: 'error_ignore',
							serviceParam: { outputs: [{ rtmpUrl: 'rtmp://xxx' }] },
						},
					],
				},
				recordingFileConfig: { avFileType: ['hls', 'mp4'] },
				storageConfig: {
					vendor: 2,
					region: 3,
					bucket: 'xxxxx',
					accessKey: 'xxxxx',
					secretKey: 'xxxxx',
					fileNamePrefix: ['directory1', 'directory2'],
				},
			},
		},
		placeholders: [
			{
				path: 'clientRequest.token',
				value: '<token>',
				why: 'Web page recording needs no token (rest-api.md 3.1: samples pass one, harmless)',
				breaks: 'token-scope',
			},
			X_PAGE,
			{
				path: 'clientRequest.extensionServiceConfig.extensionServices[rtmp_publish_service].serviceParam.outputs[0].rtmpUrl',
				value: 'rtmp://xxx',
				why: 'A stand-in for a CDN address; its scheme is the documented one',
			},
			...X_STORAGE,
		],
	},
	{
		name: 'stop of a web page recording',
		source: 'seed 000, stop (web page recording) and stop (with CDN push); rest-api.md 7 in words',
		operation: 'stop',
		mode: 'web',
		body: { cname: 'httpClient463224', uid: '527841', clientRequest: {} },
	},
	{
		name: 'acquire with a URL as channel name',
		source: 'seed 002, acquire',
		operation: 'acquire',
		mode: 'individual',
		body: {
			cname: 'https://xxxxx',
			uid: '527841',
			clientRequest: { resourceExpiredHour: 24, scene: 0 },
		},
		placeholders: [
			{
				path: 'cname',
				value: 'https://xxxxx',
				why: 'A slash is not allowed in a channel name (rest-api.md 2), and the same guide starts "httpClient463224", so the two would not match either',
				breaks: 'cname-charset',
			},
		],
	},
	{
		name: 'individual, of the seed',
		source: 'seed 002, start ("standard mode", but without streamMode)',
		operation: 'start',
		mode: 'individual',
		body: {
			uid: '527841',
			cname: 'httpClient463224',
			clientRequest: {
				token: '<token if any>',
				// Neither streamMode nor recordingFileConfig: both have a default (rest-api.md 3.1, 3.3)
				recordingConfig: {
					maxIdleTime: 30,
					streamTypes: 2,
					channelType: 0,
					videoStreamType: 0,
					subscribeVideoUids: ['123', '456'],
					subscribeAudioUids: ['123', '456'],
					subscribeUidGroup: 0,
				},
				storageConfig: {
					accessKey: 'xxxxxxf',
					region: 3,
					bucket: 'xxxxx',
					secretKey: 'xxxxx',
					vendor: 2,
					fileNamePrefix: ['directory1', 'directory2'],
				},
			},
		},
		placeholders: [
			STAND_IN_TOKEN,
			{
				path: 'clientRequest.storageConfig.accessKey',
				value: 'xxxxxxf',
				why: 'A stand-in for a key',
			},
			{
				path: 'clientRequest.storageConfig.bucket',
				value: 'xxxxx',
				why: 'A stand-in for a bucket',
			},
			{
				path: 'clientRequest.storageConfig.secretKey',
				value: 'xxxxx',
				why: 'A stand-in for a key',
			},
		],
	},
	{
		name: 'stop of an individual recording',
		source: 'seed 002, stop',
		operation: 'stop',
		mode: 'individual',
		body: { cname: 'httpClient463224', uid: '527841', clientRequest: {} },
	},
	{
		name: 'composite, of the guide',
		source:
			'rest-api.md 3.3, subscribeUidGroup (DS cloud-recording/develop/composite-mode.md:85-128)',
		operation: 'start',
		mode: 'mix',
		body: {
			uid: '527841',
			cname: 'httpClient463224',
			clientRequest: {
				token: '<token if any>',
				recordingConfig: {
					maxIdleTime: 30,
					streamTypes: 2,
					audioProfile: 1,
					channelType: 0,
					videoStreamType: 0,
					transcodingConfig: {
						height: 640,
						width: 360,
						bitrate: 500,
						fps: 15,
						mixedVideoLayout: 1,
						backgroundColor: '#FF0000',
					},
					subscribeVideoUids: ['123', '456'],
					subscribeAudioUids: ['123', '456'],
					subscribeUidGroup: 0,
				},
				storageConfig: GUIDE_STORAGE,
			},
		},
		placeholders: [
			STAND_IN_TOKEN,
			...GUIDE_PLACES,
			{
				path: 'clientRequest.recordingConfig.subscribeUidGroup',
				value: 0,
				why: 'Belongs to individual mode (rest-api.md 3.3); here it says nothing',
				stray: true,
			},
		],
	},
	{
		name: 'recording and screenshots, of the guide',
		source: 'rest-api.md 3.3, subscribeUidGroup (DS cloud-recording/develop/screen-capture.md:117)',
		operation: 'start',
		mode: 'individual',
		body: {
			uid: '527841',
			cname: 'httpClient463224',
			clientRequest: {
				token: '<token if any>',
				// No subscribeUidGroup, although individual mode requires it
				recordingConfig: { maxIdleTime: 30, streamTypes: 1, channelType: 0 },
				snapshotConfig: { captureInterval: 5, fileType: ['jpg'] },
				recordingFileConfig: { avFileType: ['hls'] },
				storageConfig: GUIDE_STORAGE,
			},
		},
		placeholders: [STAND_IN_TOKEN, ...GUIDE_PLACES],
	},
	{
		name: 'start, of the quick start',
		source:
			'rest-api.md 1, mode, and 3.3, subscribeUidGroup (DS cloud-recording/get-started/getstarted.md:108; it calls mix "composite")',
		operation: 'start',
		// Composite mode, which it offers too, has nothing odd
		mode: 'individual',
		body: {
			cname: '<YourChannelName>',
			uid: '<YourRecordingUID>',
			clientRequest: {
				token: '<YourToken>',
				storageConfig: {
					secretKey: '<YourSecretKey>',
					vendor: 0,
					region: 0,
					bucket: '<YourBucketName>',
					accessKey: '<YourAccessKey>',
				},
				recordingConfig: { channelType: 0 },
			},
		},
		placeholders: [
			{
				path: 'cname',
				value: '<YourChannelName>',
				why: 'A stand-in for a channel; its characters are all allowed',
			},
			{
				path: 'uid',
				value: '<YourRecordingUID>',
				why: 'A stand-in for a UID, which is a whole number',
				breaks: 'uid-integer',
			},
			{
				path: 'clientRequest.token',
				value: '<YourToken>',
				why: 'A stand-in for a token',
				breaks: 'token-form',
			},
			...['secretKey', 'accessKey', 'bucket'].map((member) => ({
				path: `clientRequest.storageConfig.${member}`,
				value:
					{ secretKey: '<YourSecretKey>', accessKey: '<YourAccessKey>' }[member] ??
					'<YourBucketName>',
				why: 'A stand-in for what is the reader’s own',
			})),
		],
	},
	{
		name: 'stop, with members of acquire',
		source: 'rest-api.md 7 (DS cloud-recording/develop/individual-nontranscoding.md:134-143)',
		operation: 'stop',
		mode: 'individual',
		body: {
			cname: 'httpClient463224',
			uid: '527841',
			clientRequest: { resourceExpiredHour: 24, scene: 0 },
		},
		placeholders: [
			{
				path: 'clientRequest.resourceExpiredHour',
				value: 24,
				why: 'A member of acquire that has strayed into stop',
				stray: true,
			},
			{
				path: 'clientRequest.scene',
				value: 0,
				why: 'A member of acquire that has strayed into stop',
				stray: true,
			},
		],
	},
	{
		name: 'acquire, of the script',
		source: 'seed 004, acquire_body (CNAME is an empty constant)',
		operation: 'acquire',
		mode: 'mix',
		body: { uid: '957947', cname: '', clientRequest: {} },
		placeholders: [
			{
				path: 'cname',
				value: '',
				why: 'The script leaves the channel name to its reader',
				breaks: 'cname-required',
			},
		],
	},
	{
		name: 'composite, of the script',
		source:
			'seed 004, start_body (CNAME, ACCESS_KEY, SECRET_KEY, BUCKET are empty, VENDOR and REGION 0)',
		operation: 'start',
		mode: 'mix',
		body: {
			uid: '957947',
			cname: '',
			clientRequest: {
				storageConfig: { secretKey: '', region: 0, accessKey: '', bucket: '', vendor: 0 },
				recordingConfig: {
					audioProfile: 0,
					channelType: 0,
					maxIdleTime: 30,
					transcodingConfig: { width: 640, height: 360, fps: 15, bitrate: 500 },
				},
			},
		},
		placeholders: [
			{
				path: 'cname',
				value: '',
				why: 'The script leaves the channel name to its reader',
				breaks: 'cname-required',
			},
			{
				path: 'clientRequest.storageConfig.bucket',
				value: '',
				why: 'The script leaves the bucket to its reader',
				breaks: 'storage-required',
			},
			{
				path: 'clientRequest.storageConfig.accessKey',
				value: '',
				why: 'The script leaves the key to its reader',
				breaks: 'storage-required',
			},
			{
				path: 'clientRequest.storageConfig.secretKey',
				value: '',
				why: 'The script leaves the key to its reader',
				breaks: 'storage-required',
			},
			{
				path: 'clientRequest.storageConfig.vendor',
				value: 0,
				why: 'To be filled in by the reader too; as it stands it is Qiniu, a vendor of old (storage.md 1)',
			},
		],
	},
	{
		name: 'stop, of the script',
		source: 'seed 004, stop_body (CNAME is an empty constant)',
		operation: 'stop',
		mode: 'mix',
		body: { uid: '957947', cname: '', clientRequest: {} },
		placeholders: [
			{
				path: 'cname',
				value: '',
				why: 'The script leaves the channel name to its reader',
				breaks: 'cname-required',
			},
		],
	},
];
