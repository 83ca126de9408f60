import {
	containing,
	having,
	INDIVIDUAL,
	matching,
	MIX,
	RTMP,
	startApi,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api } from './harness.mts';

const WEB = webRequest();
const R = 'recordingConfig';
const T = 'recordingConfig.transcodingConfig';
const S = 'storageConfig';
const P = 'extensionServiceConfig.extensionServices';

const region = (change: object) => [{ x_axis: 0, y_axis: 0, width: 0.5, height: 0.5, ...change }];
const uids = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));
const custom = (layoutConfig: unknown) =>
	having(having(MIX, `${T}.mixedVideoLayout`, 3), `${T}.layoutConfig`, layoutConfig);
const page = (change: object) =>
	having(WEB, P, [
		{ serviceName: 'web_recorder_service', serviceParam: { ...PAGE_PARAM, ...change } },
	]);
const PAGE_PARAM = {
	url: 'https://example.com/',
	audioProfile: 0,
	videoWidth: 1280,
	videoHeight: 720,
	maxRecordingHour: 1,
};
const azure = having(MIX, `${S}.vendor`, 5);

type Wrong = [what: string, mode: string, clientRequest: object, blamed: string];

/** rest-api.md 3.1 and 10: which member belongs to which mode. */
const SCOPE: Wrong[] = [
	[
		'web member in mix',
		'mix',
		{ ...MIX, extensionServiceConfig: { extensionServices: [RTMP] } },
		'extensionServiceConfig',
	],
	['recordingConfig in web', 'web', { ...WEB, [R]: { channelType: 0 } }, R],
	['no recordingConfig', 'mix', having(MIX, R, undefined), R],
	['no recordingConfig', 'individual', having(INDIVIDUAL, R, undefined), R],
	[
		'no extensionServiceConfig',
		'web',
		having(WEB, 'extensionServiceConfig', undefined),
		'extensionServiceConfig',
	],
	['no storageConfig', 'mix', having(MIX, S, undefined), S],
	[
		'screenshots in mix',
		'mix',
		{ ...MIX, snapshotConfig: { fileType: ['jpg'] } },
		'snapshotConfig',
	],
	['transcodingConfig in individual', 'individual', having(INDIVIDUAL, T, {}), T],
	[
		'audioProfile in individual',
		'individual',
		having(INDIVIDUAL, `${R}.audioProfile`, 0),
		`${R}.audioProfile`,
	],
	['streamMode in mix', 'mix', having(MIX, `${R}.streamMode`, 'default'), `${R}.streamMode`],
	['appsCollection in mix', 'mix', { ...MIX, appsCollection: {} }, 'appsCollection'],
];

/** Names and types are exact. */
const NAMES: Wrong[] = [
	['unknown member', 'mix', { ...MIX, colour: 1 }, 'unknown parameter colour'],
	['unknown inner member', 'mix', having(MIX, `${R}.bitrate`, 1), `unknown parameter ${R}.bitrate`],
	['wrong case', 'web', page({ VideoBitrate: 1500 }), 'VideoBitrate'],
	['number in a string', 'mix', having(MIX, `${R}.channelType`, '0'), `${R}.channelType`],
	[
		'missing channelType',
		'mix',
		having(MIX, `${R}.channelType`, undefined),
		`${R}.channelType is missing`,
	],
];

/** rest-api.md 3.2 and storage.md. */
const STORAGE: Wrong[] = [
	['vendor 9', 'mix', having(MIX, `${S}.vendor`, 9), `${S}.vendor`],
	['no region', 'mix', having(MIX, `${S}.region`, undefined), `${S}.region is missing`],
	['empty bucket', 'mix', having(MIX, `${S}.bucket`, ''), `${S}.bucket`],
	['no accessKey', 'mix', having(MIX, `${S}.accessKey`, undefined), `${S}.accessKey`],
	['no secretKey', 'mix', having(MIX, `${S}.secretKey`, undefined), `${S}.secretKey`],
	['slash in a prefix', 'mix', having(MIX, `${S}.fileNamePrefix`, ['a/b']), 'fileNamePrefix'],
	['underscore in a prefix', 'mix', having(MIX, `${S}.fileNamePrefix`, ['a_b']), 'fileNamePrefix'],
	[
		'prefix of 129 with its last slash',
		'mix',
		having(MIX, `${S}.fileNamePrefix`, ['a'.repeat(63), 'b'.repeat(64)]),
		'fileNamePrefix',
	],
	['sse elsewhere', 'mix', having(azure, `${S}.extensionParams`, { sse: 'kms' }), 'sse'],
	['sse unknown', 'mix', having(MIX, `${S}.extensionParams`, { sse: 'AES' }), 'sse'],
	['tag elsewhere', 'mix', having(azure, `${S}.extensionParams`, { tag: 'a=b' }), 'tag'],
	['vendor 11 without endpoint', 'mix', having(MIX, `${S}.vendor`, 11), 'endpoint'],
	[
		'endpoint elsewhere',
		'mix',
		having(MIX, `${S}.extensionParams`, { endpoint: 'a.b' }),
		'endpoint',
	],
	['stsToken elsewhere', 'mix', having(azure, `${S}.stsToken`, 't'), 'stsToken'],
	[
		'stsExpiration in ms',
		'mix',
		having(MIX, `${S}.stsExpiration`, 1_900_000_000_000),
		'stsExpiration',
	],
];

/** rest-api.md 3.3. */
const RECORDING: Wrong[] = [
	['channelType 2', 'mix', having(MIX, `${R}.channelType`, 2), 'channelType'],
	['decryptionMode 9', 'mix', having(MIX, `${R}.decryptionMode`, 9), 'decryptionMode'],
	['no key', 'mix', having(MIX, `${R}.decryptionMode`, 1), 'secret'],
	['no salt', 'mix', having(MIX, R, { channelType: 0, decryptionMode: 7, secret: 's' }), 'salt'],
	[
		'salt of 31 bytes',
		'mix',
		having(MIX, R, {
			channelType: 0,
			decryptionMode: 8,
			secret: 's',
			salt: Buffer.alloc(31).toString('base64'),
		}),
		'salt',
	],
	['maxIdleTime 4', 'mix', having(MIX, `${R}.maxIdleTime`, 4), 'maxIdleTime'],
	['maxIdleTime over 30 days', 'mix', having(MIX, `${R}.maxIdleTime`, 2_592_001), 'maxIdleTime'],
	['streamTypes 3', 'mix', having(MIX, `${R}.streamTypes`, 3), 'streamTypes'],
	['videoStreamType 2', 'mix', having(MIX, `${R}.videoStreamType`, 2), 'videoStreamType'],
	['empty list', 'mix', having(MIX, `${R}.subscribeAudioUids`, []), 'subscribeAudioUids'],
	['33 uids', 'mix', having(MIX, `${R}.subscribeAudioUids`, uids(33)), 'subscribeAudioUids'],
	[
		'everybody and one',
		'mix',
		having(MIX, `${R}.subscribeAudioUids`, ['#allstream#', '1']),
		'subscribeAudioUids',
	],
	[
		'nobody at all',
		'mix',
		having(MIX, `${R}.unSubscribeAudioUids`, ['#allstream#']),
		'unSubscribeAudioUids',
	],
	['uid 0', 'mix', having(MIX, `${R}.subscribeVideoUids`, ['0']), 'subscribeVideoUids'],
	[
		'both audio lists',
		'mix',
		having(MIX, R, { channelType: 0, subscribeAudioUids: ['1'], unSubscribeAudioUids: ['2'] }),
		'subscribeAudioUids',
	],
	[
		'both spellings',
		'mix',
		having(MIX, R, { channelType: 0, unsubscribeVideoUids: ['1'], unSubscribeVideoUids: ['1'] }),
		'subscribeVideoUids',
	],
	[
		'video list without video',
		'mix',
		having(MIX, R, { channelType: 0, streamTypes: 0, subscribeVideoUids: ['1'] }),
		'subscribeVideoUids',
	],
	[
		'audio list without audio',
		'mix',
		having(MIX, R, { channelType: 0, streamTypes: 1, unsubscribeAudioUids: ['1'] }),
		'subscribeAudioUids',
	],
	[
		'subscribeUidGroup 6',
		'individual',
		having(INDIVIDUAL, `${R}.subscribeUidGroup`, 6),
		'subscribeUidGroup',
	],
	['streamMode unknown', 'individual', having(INDIVIDUAL, `${R}.streamMode`, 'raw'), 'streamMode'],
	[
		'original with video',
		'individual',
		having(INDIVIDUAL, `${R}.streamMode`, 'original'),
		'streamMode',
	],
	['audioProfile 3', 'mix', having(MIX, `${R}.audioProfile`, 3), 'audioProfile'],
	[
		'NTP as a number',
		'mix',
		having(MIX, `${R}.extensionParams`, { enableNTPtimestamp: 1 }),
		'enableNTPtimestamp',
	],
	[
		'NTP in other letters',
		'mix',
		having(MIX, `${R}.extensionParams`, { enableNtpTimestamp: true }),
		'enableNtpTimestamp',
	],
	[
		'NTP in the wrong place',
		'mix',
		having(MIX, `${S}.extensionParams`, { enableNTPtimestamp: true }),
		'enableNTPtimestamp',
	],
	[
		'privateParams no JSON',
		'mix',
		having(MIX, `${R}.privateParams`, 'correctEXTINF'),
		'privateParams',
	],
];

/** rest-api.md 3.4. */
const CANVAS: Wrong[] = [
	[
		'too many pixels',
		'mix',
		having(MIX, T, { width: 1921, height: 1080, fps: 15, bitrate: 500 }),
		`${T}.width`,
	],
	['bitrate 6501', 'mix', having(MIX, `${T}.bitrate`, 6501), 'bitrate'],
	['layout 4', 'mix', having(MIX, `${T}.mixedVideoLayout`, 4), 'mixedVideoLayout'],
	[
		'maxResolutionUid 0',
		'mix',
		having(MIX, T, { mixedVideoLayout: 2, maxResolutionUid: '0' }),
		'maxResolutionUid',
	],
	['colour without #', 'mix', having(MIX, `${T}.backgroundColor`, '000000'), 'backgroundColor'],
	['background no address', 'mix', having(MIX, `${T}.backgroundImage`, 'a.jpg'), 'backgroundImage'],
	['layout 3 without regions', 'mix', having(MIX, `${T}.mixedVideoLayout`, 3), 'layoutConfig'],
	['layout 3 with no region', 'mix', custom([]), 'layoutConfig'],
	[
		'regions in layout 1',
		'mix',
		having(MIX, T, { mixedVideoLayout: 1, layoutConfig: region({}) }),
		'layoutConfig',
	],
	['regions in layout 0', 'mix', having(MIX, T, { layoutConfig: region({}) }), 'layoutConfig'],
	['18 regions', 'mix', custom(Array.from({ length: 18 }, () => region({})[0])), 'layoutConfig'],
	['region without x_axis', 'mix', custom(region({ x_axis: undefined })), 'x_axis'],
	['region over the right edge', 'mix', custom(region({ x_axis: 0.6 })), 'layoutConfig[0].width'],
	['region over the bottom', 'mix', custom(region({ y_axis: 0.500001 })), 'layoutConfig[0].height'],
	['seven decimals', 'mix', custom(region({ x_axis: 0.1234567 })), 'x_axis'],
	['negative place', 'mix', custom(region({ y_axis: -0.1 })), 'y_axis'],
	['alpha 2', 'mix', custom(region({ alpha: 2 })), 'alpha'],
	['render_mode 2', 'mix', custom(region({ render_mode: 2 })), 'render_mode'],
	[
		'backgroundConfig an object',
		'mix',
		having(MIX, `${T}.backgroundConfig`, { uid: '1', image_url: 'https://a/b.jpg' }),
		'backgroundConfig',
	],
	[
		'backgroundConfig without picture',
		'mix',
		having(MIX, `${T}.backgroundConfig`, [{ uid: '1' }]),
		'image_url',
	],
];

/** rest-api.md 3.5 to 3.7. */
const OTHERS: Wrong[] = [
	['mp4 alone', 'mix', having(MIX, 'recordingFileConfig.avFileType', ['mp4']), 'avFileType'],
	['no file type', 'mix', having(MIX, 'recordingFileConfig.avFileType', []), 'avFileType'],
	[
		'mp4 in individual',
		'individual',
		having(INDIVIDUAL, 'recordingFileConfig.avFileType', ['hls', 'mp4']),
		'avFileType',
	],
	['png', 'individual', { ...INDIVIDUAL, snapshotConfig: { fileType: ['png'] } }, 'fileType'],
	['no fileType', 'individual', { ...INDIVIDUAL, snapshotConfig: {} }, 'fileType'],
	[
		'captureInterval 0',
		'individual',
		{ ...INDIVIDUAL, snapshotConfig: { captureInterval: 0, fileType: ['jpg'] } },
		'captureInterval',
	],
	[
		'captureInterval 3601',
		'individual',
		{ ...INDIVIDUAL, snapshotConfig: { captureInterval: 3601, fileType: ['jpg'] } },
		'captureInterval',
	],
	[
		'pictures of audio',
		'individual',
		{ ...having(INDIVIDUAL, `${R}.streamTypes`, 0), snapshotConfig: { fileType: ['jpg'] } },
		'streamTypes',
	],
	[
		'pictures, audio list only',
		'individual',
		{
			...having(INDIVIDUAL, `${R}.subscribeAudioUids`, ['1']),
			snapshotConfig: { fileType: ['jpg'] },
		},
		'subscribeVideoUids',
	],
	['no services', 'web', having(WEB, P, []), 'extensionServices'],
	['push without recorder', 'web', having(WEB, P, [RTMP]), 'extensionServices'],
	[
		'two recorders',
		'web',
		having(WEB, P, [
			...webRequest().extensionServiceConfig.extensionServices,
			...webRequest().extensionServiceConfig.extensionServices,
		]),
		'extensionServices',
	],
	[
		'unknown service',
		'web',
		having(WEB, P, [{ serviceName: 'other', serviceParam: {} }]),
		'serviceName',
	],
	[
		'wrong policy',
		'web',
		having(WEB, 'extensionServiceConfig.errorHandlePolicy', 'error_ignore'),
		'errorHandlePolicy',
	],
	[
		'wrong policy of the push',
		'web',
		webRequest({}, [{ ...RTMP, errorHandlePolicy: 'error_abort' }]),
		'errorHandlePolicy',
	],
	['no url', 'web', page({ url: undefined }), 'url is missing'],
	['url of another kind', 'web', page({ url: 'ftp://a' }), 'url'],
	['audioProfile 3', 'web', page({ audioProfile: 3 }), 'audioProfile'],
	['videoWidth 239', 'web', page({ videoWidth: 239 }), 'videoWidth'],
	['videoHeight 1921', 'web', page({ videoHeight: 1921 }), 'videoHeight'],
	['too many pixels', 'web', page({ videoWidth: 1920, videoHeight: 1081 }), 'videoWidth'],
	[
		'no maxRecordingHour',
		'web',
		page({ maxRecordingHour: undefined }),
		'maxRecordingHour is missing',
	],
	['maxRecordingHour 721', 'web', page({ maxRecordingHour: 721 }), 'maxRecordingHour'],
	['maxRecordingHour 1.5', 'web', page({ maxRecordingHour: 1.5 }), 'maxRecordingHour'],
	['videoBitrate 49', 'web', page({ videoBitrate: 49 }), 'videoBitrate'],
	['videoBitrate 8001', 'web', page({ videoBitrate: 8001 }), 'videoBitrate'],
	['videoFps 4', 'web', page({ videoFps: 4 }), 'videoFps'],
	['videoFps 61', 'web', page({ videoFps: 61 }), 'videoFps'],
	['mobile as text', 'web', page({ mobile: 'true' }), 'mobile'],
	['maxVideoDuration 29', 'web', page({ maxVideoDuration: 29 }), 'maxVideoDuration'],
	['maxVideoDuration 241', 'web', page({ maxVideoDuration: 241 }), 'maxVideoDuration'],
	['readyTimeout -1', 'web', page({ readyTimeout: -1 }), 'readyTimeout'],
	['readyTimeout 1.5', 'web', page({ readyTimeout: 1.5 }), 'readyTimeout'],
	['readyTimeout 61', 'web', page({ readyTimeout: 61 }), 'readyTimeout'],
	[
		'two push addresses',
		'web',
		webRequest({}, [
			{ ...RTMP, serviceParam: { outputs: [{ rtmpUrl: 'rtmp://a' }, { rtmpUrl: 'rtmp://b' }] } },
		]),
		'outputs',
	],
	[
		'push to http',
		'web',
		webRequest({}, [{ ...RTMP, serviceParam: { outputs: [{ rtmpUrl: 'http://a' }] } }]),
		'rtmpUrl',
	],
	[
		'mp3 by transcoding',
		'individual',
		{
			...INDIVIDUAL,
			appsCollection: {},
			transcodeOptions: {
				transConfig: { transMode: 'postponeTranscoding' },
				container: { format: 'mp3' },
			},
		},
		'format',
	],
];

describe('request bodies', () => {
	let api: Api;
	let resources: Record<string, string>;
	beforeAll(async () => {
		api = await startApi();
		const acquired = async (scene: number) => {
			const { data } = await api.acquire({ scene });
			return (data as { resourceId: string }).resourceId;
		};
		const channel = await acquired(0);
		resources = { mix: channel, individual: channel, web: await acquired(1) };
	});
	afterAll(() => api.sim.close());

	test.each([...SCOPE, ...NAMES, ...STORAGE, ...RECORDING, ...CANVAS, ...OTHERS])(
		'start, %s (%s)',
		async (_what, mode, clientRequest, blamed) => {
			const reply = await api.start(resources[mode] ?? '', mode, clientRequest);
			expect(reply.data).toEqual({ code: 2, reason: containing(blamed) });
			expect(reply.data).toEqual({ code: 2, reason: matching(/^Start: /) });
			expect(reply.status).toBe(400);
			expect(api.sim.control.recordings()).toEqual([]);
		},
	);

	test.each([
		['cname missing', { uid: '1', clientRequest: {} }, 'cname is missing'],
		['uid missing', { cname: 'c', clientRequest: {} }, 'uid is missing'],
		['uid a number', { ...WHO, uid: 527841, clientRequest: {} }, 'uid'],
		['uid 0', { ...WHO, uid: '0', clientRequest: {} }, 'uid'],
		['uid 01', { ...WHO, uid: '01', clientRequest: {} }, 'uid'],
		['uid 2^32', { ...WHO, uid: '4294967296', clientRequest: {} }, 'uid'],
		['a user account', { ...WHO, uid: 'ann', clientRequest: {} }, 'uid'],
		['unknown member', { ...WHO, clientRequest: {}, appId: 'x' }, 'unknown parameter appId'],
		['scene 3', { ...WHO, clientRequest: { scene: 3 } }, 'scene'],
		['no hours', { ...WHO, clientRequest: { resourceExpiredHour: 0 } }, 'resourceExpiredHour'],
		['721 hours', { ...WHO, clientRequest: { resourceExpiredHour: 721 } }, 'resourceExpiredHour'],
		[
			'half an hour',
			{ ...WHO, clientRequest: { resourceExpiredHour: 0.5 } },
			'resourceExpiredHour',
		],
		['region US', { ...WHO, clientRequest: { region: 'US' } }, 'region'],
		['regionAffinity 5', { ...WHO, clientRequest: { regionAffinity: 5 } }, 'regionAffinity'],
		['ids no list', { ...WHO, clientRequest: { excludeResourceIds: 'a' } }, 'excludeResourceIds'],
		['not an object', [], 'body'],
	])('acquire, %s', async (_what, body, blamed) => {
		const path = '/v1/apps/00112233445566778899aabbccddeeff/cloud_recording/acquire';
		const reply = await api.request('POST', path, body);
		expect(reply.data).toEqual({ code: 2, reason: containing(blamed) });
	});

	test('the reason reads as the documented one does', async () => {
		const reply = await api.acquire({ resourceExpiredHour: 1000 });
		expect(reply.data).toEqual({
			code: 2,
			reason: 'Acquire: invalid resourceExpiredHour value!',
		});
	});

	test.each(['umlaut ä', 'with/slash', 'x'.repeat(64)])(
		'channel name %j is refused',
		async (cname) => {
			const reply = await api.acquire({}, { cname, uid: '1' });
			expect(reply.status).toBe(400);
			expect(reply.data).toEqual({ code: 401, reason: 'invalid_channel_name' });
			expect((await api.acquire({ scene: 1 }, { cname, uid: '1' })).status).toBe(200);
		},
	);

	test('a prefix may have 128 characters with its last slash', async () => {
		const prefix = ['a'.repeat(63), 'b'.repeat(63)];
		const reply = await api.tryStart('mix', having(MIX, `${S}.fileNamePrefix`, prefix), {
			who: { ...WHO, uid: '128' },
		});
		expect(reply.status).toBe(200);
	});

	test.each([{ async_stop: 'true' }, []])('stop, %j is refused', async (clientRequest) => {
		const session = await api.begin('mix', MIX, { who: { ...WHO, uid: '129' } });
		expect((await api.stop(session, clientRequest)).data).toMatchObject({ code: 2 });
		expect((await api.stop(session)).status).toBe(200);
	});

	test('every documented character may be in a channel name', async () => {
		const cname = 'aZ9 !#$%&()+-:;<=.>?@[]^_{}|~,';
		expect((await api.acquire({}, { cname, uid: '1' })).status).toBe(200);
	});

	test('postponed transcoding and mixing, as once documented', async () => {
		const legacy = (transMode: string, format: string) => ({
			...INDIVIDUAL,
			appsCollection: { combinationPolicy: 'postpone_transcoding' },
			transcodeOptions: { transConfig: { transMode }, container: { format } },
		});
		const options = (uid: string) => ({ acquire: { scene: 2 }, who: { ...WHO, uid } });
		await api.begin('individual', legacy('postponeTranscoding', 'mp4'), options('1'));
		await api.begin('individual', legacy('audioMix', 'm4a'), options('2'));
		const wrong = await api.tryStart('individual', legacy('audioMix', 'mp4'), options('3'));
		expect(wrong.data).toMatchObject({ code: 2 });
	});

	test('web labels end at 1024 bytes', async () => {
		const label = (length: number) =>
			api.acquire({ scene: 1 }, { cname: 'ä'.repeat(length), uid: '1' });
		expect((await label(512)).status).toBe(200);
		expect((await label(513)).data).toMatchObject({ code: 2 });
	});

	test.each([
		['web without scene 1', 'web', WEB, 0],
		['mix with scene 1', 'mix', MIX, 1],
		['mix with scene 2', 'mix', MIX, 2],
		['scene 2 without appsCollection', 'individual', INDIVIDUAL, 2],
	])('%s is refused', async (_what, mode, clientRequest, scene) => {
		const reply = await api.tryStart(mode, clientRequest, { acquire: { scene } });
		expect(reply.status).toBe(400);
		expect(reply.data).toMatchObject({ code: 2 });
	});
});
