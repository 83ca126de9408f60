import { Followed, index, START, WEBHOOK_SECRET } from './followed.mts';
import { having, INDIVIDUAL, MIX, SECURED_APP_ID, STORAGE, WHO } from './harness.mts';
import type { Api, Session } from './harness.mts';
import type { Receiver } from './receiver.mts';

const SCREENSHOTS = {
	...having(INDIVIDUAL, 'recordingFileConfig', undefined),
	snapshotConfig: { fileType: ['jpg'], captureInterval: 5 },
};

describe('what is told about ends, failures and webhooks', () => {
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
				secret: WEBHOOK_SECRET,
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

		test('is told of something wrong, by the events that are to do so', async () => {
			webhook({ abnormal: [31, 40] });
			const session = await api.begin('mix', MIX);
			await wait(20_000);
			await stop(session);
			expect(details(40)).toMatchObject([{ status: 1 }]);
			expect(details(31)).toMatchObject([{ status: 1, fileList: [{ uid: '0' }] }]);
			expect(details(30)).toMatchObject([{ status: 0 }]);
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
