import { matching, startApi, WHO } from './harness.mts';
import type { Api } from './harness.mts';

/** Every request sample of rest-api.md 2 to 7, as printed there. */
const S3 = {
	vendor: 1,
	region: 0,
	bucket: 'b',
	accessKey: 'ak',
	secretKey: 'sk',
	fileNamePrefix: ['directory1', 'directory2'],
};
const OSS = { vendor: 2, region: 3, bucket: 'b', accessKey: 'ak', secretKey: 'sk' };
const SCREENSHOTS = {
	recordingConfig: { channelType: 1, subscribeUidGroup: 0 },
	snapshotConfig: { captureInterval: 5, fileType: ['jpg'] },
	storageConfig: OSS,
};
const INDIVIDUAL = {
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
	storageConfig: OSS,
};
const START_SAMPLES: [name: string, mode: string, clientRequest: object][] = [
	[
		'mix, custom layout, mp4',
		'mix',
		{
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
			storageConfig: S3,
		},
	],
	['individual, standard', 'individual', INDIVIDUAL],
	[
		'individual, audio without transcoding',
		'individual',
		{
			...INDIVIDUAL,
			recordingConfig: {
				channelType: 0,
				streamTypes: 0,
				streamMode: 'original',
				videoStreamType: 0,
				maxIdleTime: 30,
				subscribeAudioUids: ['123', '456'],
				subscribeUidGroup: 0,
			},
		},
	],
	['screenshots only', 'individual', SCREENSHOTS],
	[
		'recording and screenshots',
		'individual',
		{
			...SCREENSHOTS,
			recordingConfig: { ...SCREENSHOTS.recordingConfig, streamTypes: 2 },
			recordingFileConfig: { avFileType: ['hls'] },
		},
	],
	[
		'web page with CDN push',
		'web',
		{
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
			storageConfig: { ...OSS, fileNamePrefix: ['directory1'] },
		},
	],
	[
		'S3-compatible storage (storage.md 3)',
		'mix',
		{
			recordingConfig: { channelType: 0 },
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
	],
];

const XXXXX = {
	accessKey: 'xxxxxxf',
	region: 3,
	bucket: 'xxxxx',
	secretKey: 'xxxxx',
	vendor: 2,
	fileNamePrefix: ['directory1', 'directory2'],
};
const QUICK_START = {
	token: '<YourToken>',
	storageConfig: {
		secretKey: '<YourSecretKey>',
		vendor: 0,
		region: 0,
		bucket: '<YourBucketName>',
		accessKey: '<YourAccessKey>',
	},
	recordingConfig: { channelType: 0 },
};

/** Samples that do not keep to the tables (rest-api.md 3.3): accepted, and the log says what is odd. */
const ODD_SAMPLES: [name: string, mode: string, clientRequest: object, warning: string][] = [
	[
		'composite, of the guide (DS cloud-recording/develop/composite-mode.md)',
		'mix',
		{
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
			storageConfig: XXXXX,
		},
		'subscribeUidGroup is for individual mode',
	],
	[
		'recording and screenshots, of the guide (DS cloud-recording/develop/screen-capture.md)',
		'individual',
		{
			token: '<token if any>',
			recordingConfig: { maxIdleTime: 30, streamTypes: 1, channelType: 0 },
			snapshotConfig: { captureInterval: 5, fileType: ['jpg'] },
			recordingFileConfig: { avFileType: ['hls'] },
			storageConfig: XXXXX,
		},
		'subscribeUidGroup left out',
	],
	[
		'quick start (DS cloud-recording/get-started/getstarted.md)',
		'individual',
		QUICK_START,
		'subscribeUidGroup left out',
	],
	[
		'a layout, with what the Go client sends for members that were not set',
		'mix',
		{
			recordingConfig: {
				channelType: 1,
				streamTypes: 2,
				transcodingConfig: {
					mixedVideoLayout: 3,
					layoutConfig: [{ uid: '', x_axis: 0, y_axis: 0, width: 1, height: 1, render_mode: 0 }],
				},
				subscribeUidGroup: 0,
			},
			recordingFileConfig: { avFileType: null },
			storageConfig: { ...OSS, extensionParams: { sse: '', tag: '' } },
		},
		'empty uid of a region counts as not set',
	],
	[
		'a page, with what the Go client sends for members that were not set',
		'web',
		{
			extensionServiceConfig: {
				extensionServices: [
					{
						serviceName: 'web_recorder_service',
						errorHandlePolicy: '',
						serviceParam: {
							url: 'https://example.com/room',
							audioProfile: 0,
							videoWidth: 1280,
							videoHeight: 720,
							maxRecordingHour: 1,
							onhold: false,
							readyTimeout: 0,
						},
					},
				],
			},
			recordingFileConfig: { avFileType: ['hls', 'mp4'] },
			storageConfig: OSS,
		},
		'empty errorHandlePolicy counts as not set',
	],
];

const mixStart = START_SAMPLES[0]?.[2] ?? {};
const webStart = START_SAMPLES[5]?.[2] ?? {};

describe('request samples of the reference', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	test.each([0, 1])('acquire, scene %i', async (scene) => {
		const reply = await api.acquire({ scene, resourceExpiredHour: 24 });
		expect(reply.status).toBe(200);
		expect(reply.data).toEqual({ ...WHO, resourceId: matching(/^[\w-]{200,}$/) });
	});

	test.each(START_SAMPLES)('start: %s', async (_name, mode, clientRequest) => {
		const reply = await api.tryStart(mode, clientRequest);
		expect(reply.status).toBe(200);
		expect(reply.data).toEqual({
			...WHO,
			resourceId: reply.resourceId,
			sid: matching(/^[0-9a-f]{32}$/),
		});
	});

	test.each(ODD_SAMPLES)(
		'start, with a warning: %s',
		async (_name, mode, clientRequest, warning) => {
			const acquire = { startParameter: clientRequest };
			const reply = await api.tryStart(mode, clientRequest, { acquire });
			expect(reply).toMatchObject({ status: 200, data: { sid: matching(/./) } });
			expect(api.sim.control.requests().at(-1)?.warnings.join()).toContain(warning);
		},
	);

	test('start for captions (rest-api.md 3.3)', async () => {
		const session = await api.begin('mix', {
			recordingConfig: {
				maxIdleTime: 30,
				streamTypes: 2,
				channelType: 1,
				extensionParams: { enableNTPtimestamp: true },
				transcodingConfig: {
					width: 1280,
					height: 720,
					fps: 15,
					bitrate: 2400,
					mixedVideoLayout: 3,
					layoutConfig: [
						{ alpha: 1, height: 1, render_mode: 1, uid: '22228', width: 1, x_axis: 0, y_axis: 0 },
					],
				},
			},
			storageConfig: OSS,
		});
		api.sim.control.advance(10_000);
		expect((await api.query(session)).status).toBe(200);
	});

	test('updateLayout, with a region of the Go client that has no uid', async () => {
		const session = await api.begin('mix', mixStart);
		const reply = await api.post(session, 'updateLayout', {
			mixedVideoLayout: 3,
			layoutConfig: [
				{ uid: '', x_axis: 0, y_axis: 0, width: 1, height: 1, alpha: 0, render_mode: 0 },
			],
		});
		expect(reply.status).toBe(200);
		expect(api.sim.control.requests().at(-1)?.warnings.join()).toContain('empty uid');
	});

	test('stop, with members of acquire (DS cloud-recording/develop/individual-nontranscoding.md)', async () => {
		const session = await api.begin('individual', INDIVIDUAL);
		const reply = await api.stop(session, { resourceExpiredHour: 24, scene: 0 });
		expect(reply).toMatchObject({ status: 200, data: { sid: session.sid } });
		expect(api.sim.control.requests().at(-1)?.warnings).toHaveLength(2);
	});

	test.each([
		[
			'subscriptions',
			'mix',
			mixStart,
			{
				streamSubscribe: {
					audioUidList: { subscribeAudioUids: ['#allstream#'] },
					videoUidList: { unSubscribeVideoUids: ['444', '555', '666'] },
				},
			},
		],
		['pause', 'web', webStart, { webRecordingConfig: { onhold: true } }],
		[
			'CDN address',
			'web',
			webStart,
			{ rtmpPublishConfig: { outputs: [{ rtmpUrl: 'rtmp://example.com/live/key2' }] } },
		],
	])('update: %s', async (_name, mode, start, clientRequest) => {
		const session = await api.begin(mode, start);
		const { resourceId, sid } = session;
		const reply = await api.post(session, 'update', clientRequest);
		expect(reply.status).toBe(200);
		expect(reply.data).toEqual({ ...WHO, resourceId, sid });
	});

	test('updateLayout', async () => {
		const session = await api.begin('mix', mixStart);
		const area = { width: 0.1, height: 0.1, alpha: 1, render_mode: 1 };
		const reply = await api.post(session, 'updateLayout', {
			mixedVideoLayout: 3,
			backgroundColor: '#FF0000',
			layoutConfig: [
				{ uid: '1', x_axis: 0.1, y_axis: 0.1, ...area },
				{ uid: '2', x_axis: 0.2, y_axis: 0.2, ...area },
			],
		});
		expect(reply.status).toBe(200);
		const [recording] = api.sim.control.recordings();
		expect(recording?.layout).toMatchObject({ backgroundColor: '#FF0000' });
	});

	test.each([{}, { async_stop: true }, { async_stop: false }])('stop %j', async (clientRequest) => {
		const session = await api.begin('mix', mixStart);
		expect((await api.stop(session, clientRequest)).status).toBe(200);
	});
});
