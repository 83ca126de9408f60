import { having, INDIVIDUAL, matching, MIX, RTMP, STORAGE, SECURED_APP_ID } from './harness.mts';
import { startApi, webRequest, WHO } from './harness.mts';
import type { Api, Session } from './harness.mts';
import { pass, Receiver } from './receiver.mts';

const SECRET = 'webhook-secret';
const SCREENSHOTS = {
	...having(INDIVIDUAL, 'recordingFileConfig', undefined),
	snapshotConfig: { fileType: ['jpg'], captureInterval: 5 },
};
const START = 1_700_000_000_000;

describe('what is told by itself', () => {
	let api: Api;
	let receiver: Receiver;
	beforeAll(async () => {
		receiver = await new Receiver().listen();
		api = await startApi({
			clock: { speed: 0, now: START },
			webhooks: { 3: { url: receiver.url, secret: SECRET } },
		});
	});
	afterAll(async () => {
		await api.sim.close();
		await receiver.close();
	});
	beforeEach(() => {
		api.sim.control.reset();
		receiver.reset();
	});

	const wait = (ms: number) => pass(api.sim, ms);
	const details = (event: number) => receiver.details(event);
	/** Each event with the time since start at which it happened. */
	const story = () =>
		receiver.received.map(({ body }) => [
			body.eventType,
			(body.payload?.sendts ?? 0) - api.sim.control.recordings()[0].startedAt,
		]);
	const stop = async (session: Session) => {
		await api.stop(session);
		await wait(10_000);
	};
	const index = ({ sid, cname }: Session) => `${sid}_${cname}.m3u8`;

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

	test('an empty channel ends it: nobody there, nothing uploaded', async () => {
		api.sim.control.setPublishers(WHO.cname, []);
		await api.begin('mix', MIX);
		await wait(60_000);
		expect(story()).toEqual([
			[30, 1200],
			[40, 1600],
			[41, 30_000],
			[11, 35_000],
		]);
		expect(details(41)).toMatchObject([{ leaveCode: 4 }]);
	});

	test.each([
		['storage', { storageConfig: { ...STORAGE, region: 99 } }, undefined, 1, 32, 24],
		['token', {}, SECURED_APP_ID, 0, 110, 0],
		[
			'uid',
			{ recordingConfig: { channelType: 0, subscribeVideoUids: ['7'] } },
			undefined,
			0,
			53,
			0,
		],
	] as const)(
		'a bad %s is an error',
		async (_what, change, appId, module, errorCode, leaveCode) => {
			if (errorCode === 53) api.sim.control.setPublishers(WHO.cname, ['7', WHO.uid]);
			await api.begin('mix', { ...MIX, ...change }, { appId });
			await wait(60_000);
			expect(details(1)).toMatchObject([
				{ msgName: 'cloud_recording_error', module, errorLevel: 5, errorCode, stat: 1 },
			]);
			expect(details(41)).toMatchObject([{ leaveCode }]);
			expect(details(11)).toMatchObject([{ exitStatus: 1 }]);
			expect(receiver.events).not.toContain(31);
			expect(receiver.events).not.toContain(4);
			const received = details(44).length > 0;
			expect(received).toBe(module === 1);
		},
	);

	test.each([
		['backuped', 32, [{ module: 1, warnCode: 32 }]],
		['uploaded', 31, []],
	] as const)('an upload that ends %s', async (uploadingStatus, event, warnings) => {
		api.sim.control.configure({ uploadingStatus });
		await stop(await api.begin('mix', MIX));
		expect(details(event)).toHaveLength(1);
		expect(details(63 - event)).toEqual([]);
		expect(details(2)).toMatchObject(warnings);
	});

	test('an upload that takes long is told as an error first', async () => {
		api.sim.control.configure({ uploadMs: 30_000 });
		const session = await api.begin('mix', MIX);
		await api.stop(session, { async_stop: true });
		await wait(40_000);
		expect(details(1)).toMatchObject([{ module: 2, errorCode: 50 }]);
		expect(story().slice(-2)).toEqual([
			[31, 30_000],
			[11, 35_000],
		]);
	});

	test('a failover: silence, then another recorder and another prefix', async () => {
		const session = await api.begin('mix', MIX);
		await wait(20_000);
		receiver.reset();
		api.sim.control.failover(session.sid, 50_000);
		await wait(49_999);
		expect(receiver.events).toEqual([]);
		await wait(16_000);
		expect(story()).toEqual([
			[12, 70_000],
			[40, 70_000],
			[43, 70_000],
			[44, 70_000],
			[4, 85_000],
			[42, 85_000],
		]);
		const [failover, again] = receiver.received.map(({ body }) => body.payload);
		expect(failover?.uid).toBe(WHO.uid);
		expect(again?.uid).not.toBe(WHO.uid);
		expect(details(12)).toMatchObject([{ newUid: Number(again?.uid) }]);
		expect(details(4)).toMatchObject([{ fileList: `bak0_${index(session)}` }]);
		expect(details(42)).toMatchObject([
			{ startUtcMs: START + 70_000, discontinueUtcMs: START + 20_000 },
		]);
	});

	test.each([
		[false, []],
		[true, [43, 44, 11]],
	])('a recording that is killed (abnormal %p) says only so much', async (abnormal, events) => {
		const session = await api.begin('mix', MIX);
		await wait(20_000);
		receiver.reset();
		api.sim.control.kill(session.sid, { abnormal });
		await wait(600_000);
		expect(receiver.events).toEqual(events);
		if (abnormal) expect(details(11)).toMatchObject([{ exitStatus: 1 }]);
	});

	test('a second start with the same resource does not fit', async () => {
		const session = await api.begin('mix', MIX);
		await wait(20_000);
		expect((await api.start(session.resourceId, 'mix', MIX)).status).toBe(201);
		await wait(0);
		expect(details(3)).toEqual([
			{
				msgName: 'cloud_recording_status_update',
				status: 5,
				recordingMode: 1,
				fileList: index(session),
			},
		]);
	});

	test('a life that is shortened or lengthened is told as it turns out', async () => {
		api.sim.control.configure({ uploadMs: 60_000 });
		const session = await api.begin('mix', MIX);
		await wait(5000);
		await api.stop(session, { async_stop: true });
		await wait(1000);
		receiver.reset();
		api.sim.control.configure({ uploadMs: 500 });
		await wait(0);
		expect(story()).toEqual([
			[33, 5500],
			[31, 5500],
		]);
		await wait(600_000);
		expect(receiver.events).toEqual([33, 31, 11]);
	});

	test('a new webhook goes on with the sequence', async () => {
		const session = await api.begin('mix', MIX);
		await wait(2000);
		const { notifications } = api.sim.control;
		notifications.setWebhook(3, { url: receiver.url, secret: 'another', events: [4, 31] });
		await wait(20_000);
		await stop(session);
		expect(receiver.events).toEqual([30, 40, 43, 44, 4, 31]);
		expect(receiver.received[4]?.body.payload?.sequence).toBe(4);
	});

	test('after a reset nobody tells of what was before', async () => {
		await api.begin('mix', MIX);
		api.sim.control.reset();
		api.sim.control.configure({});
		api.sim.control.setPublishers(WHO.cname, ['7']);
		await wait(60_000);
		expect(receiver.events).toEqual([]);
	});

	test('a killed recording makes no more screenshots and progress', async () => {
		api.sim.control.configure({ uploadMs: 600_000 });
		const session = await api.begin('individual', SCREENSHOTS);
		await wait(70_000);
		receiver.reset();
		api.sim.control.kill(session.sid);
		await wait(600_000);
		expect(receiver.events).toEqual([]);
	});

	test('nothing is told twice when settings change the past', async () => {
		const session = await api.begin('mix', MIX);
		await stop(session);
		const before = receiver.events;
		api.sim.control.configure({ uploadMs: 60_000, statusStepMs: 100 });
		await wait(600_000);
		expect(receiver.events).toEqual(before);
	});

	describe('the webhook', () => {
		const webhook = (more: object = {}) =>
			api.sim.control.notifications.setWebhook(3, {
				url: receiver.url,
				secret: SECRET,
				...more,
			});

		test('gets the selected events only, those without a place in Console if named', async () => {
			webhook({ events: [13, 31] });
			await stop(await api.begin('mix', MIX));
			expect(receiver.events).toEqual([31]);
			receiver.reset();
			const session = await api.begin('mix', MIX);
			await wait(2000);
			await stop(session);
			expect(receiver.events).toEqual([13, 31]);
		});

		test('an expired temporary credential, if named', async () => {
			webhook({ events: [34, 32] });
			const now = api.sim.control.clock().now / 1000;
			const storageConfig = { ...STORAGE, stsToken: 't', stsExpiration: Math.floor(now) + 60 };
			const session = await api.begin('mix', { ...MIX, storageConfig });
			await wait(120_000);
			await stop(session);
			expect(receiver.events).toEqual([34, 32]);
		});

		test('is not told what happened before it was set', async () => {
			api.sim.control.notifications.setWebhook(3, null);
			const session = await api.begin('mix', MIX);
			await wait(20_000);
			webhook();
			await wait(0);
			expect(receiver.events).toEqual([]);
			webhook({ secret: 'another' });
			await stop(session);
			expect(receiver.events).toEqual([41, 33, 31, 43, 44, 11]);
			expect(receiver.received[0]?.body.payload?.sequence).toBe(6);
		});
	});
});
