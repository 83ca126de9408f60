import { Followed, index, START } from './followed.mts';
import { having, INDIVIDUAL, matching, MIX, RTMP, webRequest, WHO } from './harness.mts';
import type { Api, Session } from './harness.mts';
import type { Receiver } from './receiver.mts';

const SCREENSHOTS = {
	...having(INDIVIDUAL, 'recordingFileConfig', undefined),
	snapshotConfig: { fileType: ['jpg'], captureInterval: 5 },
};

describe('what is told by itself', () => {
	let followed: Followed;
	let api: Api;
	let receiver: Receiver;
	beforeAll(async () => {
		followed = await Followed.start();
		({ api, receiver } = followed);
	});
	afterAll(() => followed.close());
	beforeEach(() => followed.reset());

	const wait = (ms: number) => followed.wait(ms);
	const details = (event: number) => receiver.details(event);
	const story = () => followed.story();
	const stop = (session: Session) => followed.stop(session);

	test('mix, from start to exit', async () => {
		api.sim.control.configure({ uploadMs: 2000 });
		const session = await api.begin('mix', MIX);
		await wait(130_000);
		await api.stop(session, { async_stop: true });
		await wait(10_000);
		expect(story()).toEqual([
			[30, 1200],
			[40, 1600],
			[43, 1600],
			[44, 1600],
			[4, 15_000],
			[42, 15_000],
			[33, 60_000],
			[33, 120_000],
			[41, 130_000],
			[43, 130_000],
			[44, 130_000],
			[33, 132_000],
			[31, 132_000],
			[11, 137_000],
		]);
		const { sid } = session;
		expect(receiver.received[0]?.body).toEqual({
			noticeId: matching(/^[0-9a-f]{32}$/),
			productId: 3,
			eventType: 30,
			notifyMs: START + 130_000,
			sid,
			payload: {
				...WHO,
				sid,
				sequence: 0,
				sendts: START + 1200,
				serviceType: 2,
				details: { msgName: 'uploader_started', status: 0 },
			},
		});
		expect(Object.keys(receiver.received[0].body)).toEqual([
			'noticeId',
			'productId',
			'eventType',
			'notifyMs',
			'sid',
			'payload',
		]);
		expect(details(4)).toEqual([
			{ msgName: 'cloud_recording_file_infos', fileList: index(session) },
		]);
		expect(details(42)).toEqual([
			{
				msgName: 'recorder_slice_start',
				startUtcMs: START,
				discontinueUtcMs: START,
				mixedAllUser: true,
				streamUid: '0',
				trackType: 'audio_and_video',
			},
		]);
		expect(details(43)).toMatchObject([
			{ streamUid: '0', state: 0, utcMs: START + 1600 },
			{ streamUid: '0', state: 1, utcMs: START + 130_000 },
		]);
		const progress = details(33).map((one) => (one as { progress: number }).progress);
		expect(progress).toEqual([7500, 8750, 10_000]);
		expect(details(41)).toMatchObject([{ leaveCode: 24 }]);
		expect(details(31)).toMatchObject([
			{
				status: 0,
				fileList: [
					{
						fileName: index(session),
						trackType: 'audio_and_video',
						uid: '0',
						mixedAllUser: true,
						isPlayable: true,
						sliceStartTime: START,
					},
				],
			},
		]);
		expect(details(11)).toMatchObject([{ exitStatus: 0 }]);
	});

	test('comes when the clock gets there, not before', async () => {
		await api.begin('mix', MIX);
		await wait(1199);
		expect(receiver.events).toEqual([]);
		await wait(1);
		expect(receiver.events).toEqual([30]);
	});

	test('sequence counts everything, in whatever order it travels', async () => {
		await stop(await api.begin('mix', MIX));
		const sequences = receiver.received.map(({ body }) => body.payload?.sequence);
		expect(sequences).toEqual(sequences.map((_, at) => at));
		expect(sequences.length).toBeGreaterThan(4);
	});

	test('individual: every uid has streams, indexes and slices of its own', async () => {
		api.sim.control.setPublishers(WHO.cname, ['7']);
		const session = await api.begin('individual', INDIVIDUAL);
		await wait(5000);
		api.sim.control.setPublishers(WHO.cname, ['7', '8']);
		await wait(5000);
		api.sim.control.setPublishers(WHO.cname, ['8']);
		await wait(60_000);
		const at = (fileList: string) => ({ msgName: 'cloud_recording_file_infos', fileList });
		const base = `${session.sid}_${WHO.cname}__uid_s_`;
		expect(details(4)).toEqual([
			at(`${base}7__uid_e_audio.m3u8`),
			at(`${base}7__uid_e_video.m3u8`),
			at(`${base}8__uid_e_audio.m3u8`),
			at(`${base}8__uid_e_video.m3u8`),
		]);
		expect(story().filter(([event]) => event === 4)).toEqual([
			[4, 60_000],
			[4, 60_000],
			[4, 65_000],
			[4, 65_000],
		]);
		expect(details(42)).toMatchObject([
			{ streamUid: '7', trackType: 'audio', mixedAllUser: false, startUtcMs: START },
			{ streamUid: '7', trackType: 'video' },
			{ streamUid: '8', trackType: 'audio', startUtcMs: START + 5000 },
			{ streamUid: '8', trackType: 'video' },
		]);
		expect(details(44)).toMatchObject([
			{ streamUid: '7', state: 0 },
			{ streamUid: '8', state: 0, utcMs: START + 5000 },
			{ streamUid: '7', state: 1, utcMs: START + 10_000 },
		]);
	});

	test('a subscription that is updated ends streams', async () => {
		api.sim.control.setPublishers(WHO.cname, ['7', '8']);
		const session = await api.begin('individual', INDIVIDUAL);
		await wait(5000);
		const audioUidList = { subscribeAudioUids: ['7'] };
		const videoUidList = { subscribeVideoUids: ['7', '8'] };
		await api.post(session, 'update', { streamSubscribe: { audioUidList, videoUidList } });
		await wait(0);
		expect(details(43).at(-1)).toMatchObject({ streamUid: '8', state: 1 });
		expect(details(44)).toHaveLength(2);
	});

	test('audio only has no video streams', async () => {
		await api.begin('mix', having(MIX, 'recordingConfig.streamTypes', 0));
		await wait(20_000);
		expect(details(44)).toEqual([]);
		expect(details(42)).toMatchObject([{ trackType: 'audio' }]);
	});

	test('screenshots: one notice a picture and uid, with prefix', async () => {
		const request = having(SCREENSHOTS, 'storageConfig.fileNamePrefix', ['a', 'b']);
		api.sim.control.setPublishers(WHO.cname, ['7']);
		const session = await api.begin('individual', request);
		await wait(8000);
		api.sim.control.setPublishers(WHO.cname, []);
		await wait(8000);
		api.sim.control.setPublishers(WHO.cname, ['8']);
		await stop(session);
		const picture = (uid: string, utc: string) => ({
			msgName: 'recorder_snapshot_file',
			fileName: `a/b/${session.sid}_${WHO.cname}__uid_s_${uid}__uid_e_video_${utc}.jpg`,
		});
		expect(details(45)).toEqual([
			picture('7', '20231114221321600'),
			picture('7', '20231114221326600'),
			picture('8', '20231114221336000'),
		]);
		expect(receiver.events).not.toContain(4);
		expect(receiver.events).not.toContain(43);
		expect(details(31)).toEqual([{ msgName: 'uploaded', status: 0, fileList: [] }]);
	});

	test('screenshots besides a recording', async () => {
		const both = { ...INDIVIDUAL, snapshotConfig: { fileType: ['jpg'] } };
		const session = await api.begin('individual', both);
		await wait(62_000);
		await stop(session);
		expect(details(45)).toHaveLength(7);
		expect(details(4)).toHaveLength(2);
		expect(details(31)).toMatchObject([{ fileList: [{ uid: '123' }, { uid: '123' }] }]);
	});

	test('web page with CDN push: paused, redirected, stopped', async () => {
		const session = await api.begin('web', webRequest({}, [RTMP]));
		await wait(2000);
		await api.post(session, 'update', { webRecordingConfig: { onhold: true } });
		await api.post(session, 'update', { webRecordingConfig: { onhold: false } });
		const outputs = [{ rtmpUrl: 'rtmp://example.com/other' }];
		await api.post(session, 'update', { rtmpPublishConfig: { outputs } });
		await wait(20_000);
		await stop(session);
		const old = 'rtmp://example.com/live/key';
		const other = 'rtmp://example.com/other';
		expect(details(100)).toEqual(
			[
				[old, 'connecting'],
				[old, 'publishing'],
				[old, 'onhold'],
				[old, 'publishing'],
				[old, 'disconnected'],
				[other, 'connecting'],
				[other, 'publishing'],
				[other, 'disconnected'],
			].map(([rtmpUrl, status]) => ({ msgName: 'rtmp_publish_status', rtmpUrl, status })),
		);
		expect(details(70)).toMatchObject([{ recorderStartTime: START + 1600 }]);
		expect(details(71)).toEqual([
			{
				msgName: 'web_recorder_stopped',
				code: 0,
				message: 'ok',
				details: '',
				fileList: [{ filename: index(session), sliceStartTime: START }],
			},
		]);
		expect(details(31)).toEqual([{ msgName: 'uploaded', status: 0 }]);
		expect(receiver.events.filter((event) => [40, 41, 42, 43, 44].includes(event))).toEqual([]);
		const services = new Set(
			receiver.received
				.filter(({ body }) => [70, 71, 100].includes(body.eventType))
				.map(({ body }) => body.payload?.serviceType),
		);
		expect([...services]).toEqual([6]);
	});

	test.each([
		['unreachable', 0, { code: 5, message: 'access_url_failed' }, []],
		[
			'neverReady',
			10,
			{ code: 4, message: 'page_load_timeout' },
			[{ reason: 'page_load_timeout' }],
		],
	] as const)('a page that is %s', async (how, readyTimeout, end, reloads) => {
		api.sim.control.configure({ pages: { 'https://example.com/room': how } });
		await api.begin('web', webRequest({ readyTimeout }));
		await wait(60_000);
		expect(details(71)).toMatchObject([{ ...end, fileList: [] }]);
		expect(details(73)).toMatchObject(reloads);
		expect(details(11)).toMatchObject([{ exitStatus: 1 }]);
		expect(receiver.events).not.toContain(70);
		expect(receiver.events).not.toContain(31);
		expect(receiver.events).not.toContain(4);
	});

	test('maxRecordingHour is over', async () => {
		await api.begin('web', webRequest({ maxRecordingHour: 4 }));
		await wait(4 * 3_600_000 + 10_000);
		expect(details(71)).toMatchObject([
			{ code: 1, message: 'max_recording_hour', details: 'max recording hour is 4' },
		]);
		expect(details(33)).toHaveLength(240);
		expect(details(11)).toMatchObject([{ exitStatus: 0 }]);
	});
});
