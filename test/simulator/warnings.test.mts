import {
	containing,
	having,
	INDIVIDUAL,
	MIX,
	RTMP,
	startApi,
	STORAGE,
	until,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api } from './harness.mts';

const R = 'recordingConfig';
const T = 'recordingConfig.transcodingConfig';
const S = 'storageConfig';
const PICTURES = { ...INDIVIDUAL, snapshotConfig: { captureInterval: 4, fileType: ['jpg'] } };
const NTP = { enableNTPtimestamp: true };
const FULL = { width: 640, height: 360, fps: 15, bitrate: 500 };

/** What documents disagree about is accepted, and the request log says so. */
const START: [mode: string, clientRequest: object, warning: string, acquire?: object][] = [
	['mix', having(MIX, `${R}.unsubscribeAudioUids`, ['1']), 'unSubscribe'],
	['mix', having(MIX, `${R}.unsubscribeVideoUids`, ['1']), 'unSubscribe'],
	['mix', having(MIX, 'recordingFileConfig', undefined), 'recordingFileConfig left out'],
	['mix', having(MIX, 'recordingFileConfig.avFileType', ['mp4', 'hls']), 'avFileType'],
	['individual', PICTURES, 'captureInterval'],
	['mix', having(MIX, 'recordingFileConfig.avFileType', null), 'avFileType null'],
	['mix', having(MIX, `${R}.subscribeUidGroup`, 0), 'subscribeUidGroup is for individual mode'],
	[
		'individual',
		having(INDIVIDUAL, `${R}.subscribeUidGroup`, undefined),
		'subscribeUidGroup left out',
	],
	['individual', having(INDIVIDUAL, `${R}.extensionParams`, NTP), 'mix only'],
	[
		'mix',
		having(MIX, T, {
			...FULL,
			mixedVideoLayout: 3,
			layoutConfig: [{ uid: '', x_axis: 0, y_axis: 0, width: 1, height: 1 }],
		}),
		'empty uid',
	],
	['web', webRequest({}, [{ ...RTMP, errorHandlePolicy: '' }]), 'empty errorHandlePolicy'],
	['web', having(webRequest(), 'extensionServiceConfig.errorHandlePolicy', ''), 'empty error'],
	['mix', having(MIX, T, { ...FULL, width: 2000 }), 'side over 1920'],
	['mix', having(MIX, T, { ...FULL, fps: 25 }), 'fps is not supported'],
	['mix', having(MIX, T, { width: 640 }), 'all of them or none'],
	['mix', having(MIX, T, { maxResolutionUid: '1' }), 'maxResolutionUid'],
	['mix', having(MIX, `${T}.backgroundConfig`, [{ uid: '1', image_url: 'http://a/b' }]), 'https'],
	[
		'individual',
		having(INDIVIDUAL, `${R}.subscribeAudioUids`, ['1', '2', '3']),
		'subscribeUidGroup',
	],
	['web', webRequest({ audioProfile: undefined }), 'audioProfile left out'],
	['web', webRequest({ maxRecordingHour: 80 }), 'maxRecordingHour exceeds'],
	['individual', { ...INDIVIDUAL, appsCollection: {} }, 'appsCollection without scene 2'],
	['mix', having(MIX, S, { ...STORAGE, vendor: 0 }), 'legacy vendor'],
	['mix', having(MIX, `${S}.region`, 26), 'in no table'],
	['mix', having(MIX, `${S}.region`, 17), 'sources disagree'],
	['mix', having(MIX, S, { ...STORAGE, vendor: 5, region: 3 }), 'in no table'],
	['mix', MIX, 'outside the region', { region: 'EU' }],
	['mix', having(MIX, S, { ...STORAGE, stsToken: 't', stsExpiration: 1000 }), 'four hours'],
	['mix', having(MIX, `${S}.stsToken`, 't'), 'belong together'],
	['mix', having(MIX, `${S}.extensionParams`, { sse: '', tag: '' }), 'counts as not set'],
	[
		'mix',
		having(MIX, S, { ...STORAGE, vendor: 11, extensionParams: { endpoint: 'https://a.b' } }),
		'scheme',
	],
];

describe('warnings', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const lastWarnings = () => api.sim.control.requests().at(-1)?.warnings ?? [];

	test.each(
		START.map(([mode, request, warning, acquire]) => ({ mode, request, warning, acquire })),
	)('start, $mode: $warning', async ({ mode, request, warning, acquire }) => {
		await api.begin(mode, request, { acquire });
		expect(lastWarnings()).toEqual([containing(warning)]);
	});

	test.each([
		['mix', MIX],
		['mix', having(MIX, `${R}.unSubscribeAudioUids`, ['1'])],
		['mix', having(MIX, `${R}.extensionParams`, NTP)],
		['individual', { ...PICTURES, snapshotConfig: { captureInterval: 5, fileType: ['jpg'] } }],
		['mix', having(MIX, T, { ...FULL, mixedVideoLayout: 2, maxResolutionUid: '1' })],
		['individual', INDIVIDUAL],
		['web', webRequest({}, [RTMP])],
	])('none for a plain start, %s %j', async (mode, clientRequest) => {
		await api.begin(mode, clientRequest, { acquire: { region: 'NA' } });
		expect(api.sim.control.requests().flatMap(({ warnings }) => warnings)).toEqual([]);
	});

	test.each([
		[{ regionAffinity: 1 }, 'regionAffinity'],
		[{ scene: 2 }, 'legacy'],
		[{ scene: 2, region: 'CN' }, 'advised against'],
	])('acquire %j: %s', async (clientRequest, warning) => {
		expect((await api.acquire(clientRequest)).status).toBe(200);
		expect(lastWarnings().join()).toContain(warning);
	});

	test('acquire with a long web label, and without clientRequest or Content-Type', async () => {
		await api.acquire({ scene: 1 }, { ...WHO, cname: 'x'.repeat(129) });
		expect(lastWarnings().join()).toContain('128 bytes');
		const path = '/v1/apps/00112233445566778899aabbccddeeff/cloud_recording/acquire';
		expect((await api.request('POST', path, WHO)).status).toBe(200);
		expect(lastWarnings().join()).toContain('clientRequest left out');
	});

	test('a stop with members of acquire', async () => {
		const session = await api.begin('mix', MIX);
		const reply = await api.stop(session, { scene: 0, async_stop: false, resourceExpiredHour: 24 });
		expect(reply.status).toBe(200);
		expect(lastWarnings()).toEqual([
			containing('scene does not belong in stop'),
			containing('resourceExpiredHour does not belong in stop'),
		]);
	});

	test('start more than 2 s after acquire', async () => {
		const { data } = await api.acquire();
		api.sim.control.advance(2001);
		await api.start((data as { resourceId: string }).resourceId, 'mix', MIX);
		expect(lastWarnings().join()).toContain('2 s');
	});

	test('an update of nothing, and the other spelling', async () => {
		const session = await api.begin('mix', MIX);
		await api.post(session, 'update', {});
		expect(lastWarnings().join()).toContain('update of nothing');
		await api.post(session, 'update', {
			streamSubscribe: { videoUidList: { unsubscribeVideoUids: ['1'] } },
		});
		expect(lastWarnings()).toEqual([containing('unSubscribe')]);
	});

	test('updates that do not wait for each other', async () => {
		const session = await api.begin('mix', MIX);
		const match = { operation: 'update' } as const;
		api.sim.control.addFault({ match, fault: { kind: 'slow', ms: 30 } });
		const first = api.post(session, 'update', { storageConfig: STORAGE });
		await until(() => api.sim.control.requests().at(-1)?.fault !== undefined);
		await api.post(session, 'updateLayout', {});
		expect(lastWarnings()).toEqual([containing('before the last update was answered')]);
		await first;
		await api.post(session, 'updateLayout', {});
		expect(lastWarnings()).toEqual([]);
	});
});
