import { having, INDIVIDUAL, MIX, serverResponse, startApi, webRequest, WHO } from './harness.mts';
import type { Api, Session } from './harness.mts';

const NOW = 1_800_000_000_000;
const MP4 = { avFileType: ['hls', 'mp4'] };
const R = 'recordingConfig';

describe('answers of query and stop', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi({ clock: { speed: 0, now: NOW } });
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const queryAfter = async (ms: number, session: Session) => {
		api.sim.control.advance(ms);
		return serverResponse(await api.query(session));
	};
	const names = (response: Record<string, unknown>): unknown =>
		(response.fileList as { fileName: string }[]).map(({ fileName }) => fileName);
	const entry = (fileName: string, change: object = {}) => ({
		fileName,
		trackType: 'audio_and_video',
		uid: '0',
		mixedAllUser: true,
		isPlayable: true,
		sliceStartTime: NOW,
		...change,
	});

	test('both begin with the identity', async () => {
		const session = await api.begin('mix', MIX);
		const { resourceId, sid } = session;
		expect((await api.query(session)).data).toMatchObject({ ...WHO, resourceId, sid });
		expect((await api.stop(session)).data).toMatchObject({ ...WHO, resourceId, sid });
	});

	test('mix with hls: one name in a string, after 15 s', async () => {
		const session = await api.begin('mix', MIX);
		expect(await queryAfter(14_999, session)).toEqual({
			status: 5,
			fileListMode: 'string',
			fileList: '',
		});
		const fileList = `${session.sid}_${WHO.cname}.m3u8`;
		expect(await queryAfter(1, session)).toEqual({ status: 5, fileListMode: 'string', fileList });
		expect(serverResponse(await api.stop(session))).toEqual({
			fileListMode: 'string',
			fileList,
			uploadingStatus: 'uploaded',
		});
	});

	test('the 15 s count from the first publisher', async () => {
		api.sim.control.setPublishers(WHO.cname, []);
		const session = await api.begin('mix', MIX);
		api.sim.control.advance(10_000);
		api.sim.control.setPublishers(WHO.cname, ['7']);
		expect((await queryAfter(14_000, session)).fileList).toBe('');
		expect((await queryAfter(1000, session)).fileList).not.toBe('');
	});

	test('mix with mp4: a list, and a new mp4 every two hours', async () => {
		const session = await api.begin('mix', { ...MIX, recordingFileConfig: MP4 });
		const base = `${session.sid}_${WHO.cname}`;
		const first = await queryAfter(15_000, session);
		expect(first).toEqual({
			status: 5,
			fileListMode: 'json',
			fileList: [entry(`${base}.m3u8`), entry(`${base}_0.mp4`)],
		});
		expect(names(await queryAfter(2 * 3_600_000, session))).toEqual([
			`${base}.m3u8`,
			`${base}_0.mp4`,
			`${base}_1.mp4`,
		]);
	});

	test('a failover ends the mp4 files and begins new ones', async () => {
		const session = await api.begin('mix', { ...MIX, recordingFileConfig: MP4 });
		const base = `${session.sid}_${WHO.cname}`;
		api.sim.control.advance(3_600_000);
		api.sim.control.failover(session.sid, 60_000);
		expect(names(await queryAfter(2 * 3_600_000, session))).toEqual([
			`${base}.m3u8`,
			`${base}_0.mp4`,
			`bak0_${base}.m3u8`,
			`bak0_${base}_0.mp4`,
		]);
	});

	test.each([
		[0, 'audio'],
		[1, 'video'],
	])('mix with streamTypes %i has the track type %s', async (streamTypes, trackType) => {
		const request = having({ ...MIX, recordingFileConfig: MP4 }, `${R}.streamTypes`, streamTypes);
		const session = await api.begin('mix', request);
		expect(await queryAfter(15_000, session)).toMatchObject({ fileList: [{ trackType }, {}] });
	});

	describe('individual', () => {
		const base = ({ sid }: Session, uid: string) => `${sid}_${WHO.cname}__uid_s_${uid}__uid_e_`;
		const alone = { mixedAllUser: false };

		test('an audio and a video index per uid, after 60 s', async () => {
			api.sim.control.setPublishers(WHO.cname, ['7', '8']);
			const session = await api.begin('individual', INDIVIDUAL);
			expect(await queryAfter(59_999, session)).toEqual({
				status: 5,
				fileListMode: 'json',
				fileList: [],
			});
			const fileList = ['7', '8'].flatMap((uid) => [
				entry(`${base(session, uid)}audio.m3u8`, { ...alone, uid, trackType: 'audio' }),
				entry(`${base(session, uid)}video.m3u8`, { ...alone, uid, trackType: 'video' }),
			]);
			const sliceStartTime = NOW;
			expect(await queryAfter(1, session)).toEqual({
				status: 5,
				sliceStartTime,
				fileListMode: 'json',
				fileList,
			});
			expect(serverResponse(await api.stop(session))).toEqual({
				fileListMode: 'json',
				fileList,
				uploadingStatus: 'uploaded',
			});
		});

		test('standard adds a merged index', async () => {
			const session = await api.begin(
				'individual',
				having(INDIVIDUAL, `${R}.streamMode`, 'standard'),
			);
			expect(names(await queryAfter(60_000, session))).toEqual(
				['audio', 'video', 'av'].map((type) => `${base(session, '123')}${type}.m3u8`),
			);
		});

		test.each([
			[{ streamTypes: 0 }, ['7 audio', '8 audio']],
			[{ streamTypes: 1 }, ['7 video', '8 video']],
			[{ subscribeAudioUids: ['8'] }, ['8 audio']],
			[{ unSubscribeVideoUids: ['8'] }, ['7 video']],
			[
				{ subscribeAudioUids: ['#allstream#'], unsubscribeVideoUids: ['7'] },
				['7 audio', '8 audio', '8 video'],
			],
		])('%j records %j', async (change, expected) => {
			api.sim.control.setPublishers(WHO.cname, ['7', '8']);
			const session = await api.begin('individual', {
				...INDIVIDUAL,
				recordingConfig: { ...INDIVIDUAL.recordingConfig, ...change },
			});
			const { fileList } = await queryAfter(60_000, session);
			const seen = (fileList as { uid: string; trackType: string }[]).map(
				({ uid, trackType }) => `${uid} ${trackType}`,
			);
			expect(seen).toEqual(expected);
		});

		test('an update replaces the subscriptions', async () => {
			api.sim.control.setPublishers(WHO.cname, ['7', '8']);
			const session = await api.begin(
				'individual',
				having(INDIVIDUAL, `${R}.subscribeAudioUids`, ['7']),
			);
			await api.post(session, 'update', {
				streamSubscribe: { videoUidList: { subscribeVideoUids: ['8'] } },
			});
			expect(names(await queryAfter(60_000, session))).toEqual([`${base(session, '8')}video.m3u8`]);
		});

		test.each([undefined, { avFileType: ['hls'] }])(
			'with screenshots no files are named (recordingFileConfig %j)',
			async (recordingFileConfig) => {
				const request = having(INDIVIDUAL, 'recordingFileConfig', recordingFileConfig);
				const session = await api.begin('individual', {
					...request,
					snapshotConfig: { fileType: ['jpg'] },
				});
				expect(await queryAfter(60_000, session)).toEqual({ status: 5, sliceStartTime: NOW });
				expect(serverResponse(await api.stop(session))).toEqual({ uploadingStatus: 'uploaded' });
			},
		);
	});

	test('special characters become hyphens in mix and web, not in individual', async () => {
		const who = { ...WHO, cname: 'a_b.c d' };
		const mix = await api.begin('mix', MIX, { who });
		const web = await api.begin('web', webRequest(), { who: { ...who, uid: '2' } });
		const individual = await api.begin('individual', INDIVIDUAL, { who: { ...who, uid: '3' } });
		api.sim.control.advance(60_000);
		expect(serverResponse(await api.query(mix)).fileList).toBe(`${mix.sid}_a-b-c d.m3u8`);
		expect(serverResponse(await api.query(web))).toMatchObject({
			extensionServiceState: [{ payload: { fileList: [{ filename: `${web.sid}_a-b-c d.m3u8` }] } }],
		});
		expect(names(serverResponse(await api.query(individual)))).toEqual(
			['audio', 'video'].map((type) => `${individual.sid}_a_b.c d__uid_s_123__uid_e_${type}.m3u8`),
		);
	});

	describe('the folder', () => {
		const inFolder = (request: object, avFileType = ['hls']) =>
			having(
				having(request, 'storageConfig.fileNamePrefix', ['dir', 'sub']),
				'recordingFileConfig.avFileType',
				avFileType,
			);
		/** The names that an answer has, of any form. */
		const namesIn = (response: Record<string, unknown>): string[] =>
			[...JSON.stringify(response).matchAll(/"([^"]+\.(?:m3u8|mp4))"/g)].map(([, name]) => name);
		const folders = (response: Record<string, unknown>) => [
			...new Set(namesIn(response).map((name) => name.slice(0, name.lastIndexOf('/') + 1))),
		];

		test.each([
			['mix', ['hls'], 'dir/sub/', 'dir/sub/'],
			['mix', ['hls', 'mp4'], 'dir/sub/', ''],
			['individual', ['hls'], 'dir/sub/', 'dir/sub/'],
			['web', ['hls', 'mp4'], '', ''],
		])('is where the samples have it: %s, %j', async (mode, avFileType, inQuery, inStop) => {
			const request = { mix: MIX, individual: INDIVIDUAL, web: webRequest() }[mode] ?? {};
			const session = await api.begin(mode, inFolder(request, avFileType));
			expect(folders(await queryAfter(60_000, session))).toEqual([inQuery]);
			const { files } = api.sim.control.recording(session.sid);
			expect(folders({ files })).toEqual(['']);
			expect(folders(serverResponse(await api.stop(session)))).toEqual([inStop]);
		});

		test.each(['mix', 'individual'])('is nowhere if it is not wanted: %s', async (mode) => {
			api.sim.control.configure({ prefixInFileNames: false });
			const session = await api.begin(mode, inFolder(mode === 'mix' ? MIX : INDIVIDUAL));
			expect(folders(await queryAfter(60_000, session))).toEqual(['']);
			expect(folders(serverResponse(await api.stop(session)))).toEqual(['']);
		});
	});
});
