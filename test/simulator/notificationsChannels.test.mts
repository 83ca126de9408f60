import { having, MIX, startApi, webRequest, WHO } from './harness.mts';
import type { Api } from './harness.mts';
import { pass, Receiver } from './receiver.mts';

const START = 1_700_000_000_500;
const LIVE = having(MIX, 'recordingConfig.channelType', 1);
const { cname } = WHO;
const RECORDER = Number(WHO.uid);

describe('RTC channel events', () => {
	let api: Api;
	let receiver: Receiver;
	beforeAll(async () => {
		receiver = await new Receiver().listen();
		api = await startApi({
			clock: { speed: 0, now: START },
			webhooks: { 1: { url: receiver.url, secret: 'rtc-secret' } },
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
	const users = () => api.sim.control.notifications.users;
	const told = () => receiver.received.map(({ body }) => [body.eventType, body.payload]);
	const ts = (ms = 0) => Math.floor((START + ms) / 1000);

	test('users come and go in the live profile', async () => {
		users().join(cname, { uid: 7, platform: 1 });
		users().join(cname, { uid: 8, role: 'audience' });
		await wait(90_000);
		users().changeRole(cname, 8, 'broadcaster');
		users().changeRole(cname, 8, 'audience');
		users().leave(cname, 7);
		users().leave(cname, 8, 2);
		await wait(0);
		const later = START + 90_000;
		expect(told()).toEqual([
			[101, { channelName: cname, ts: ts() }],
			[103, { channelName: cname, ts: ts(), uid: 7, platform: 1, clientSeq: START }],
			[105, { channelName: cname, ts: ts(), uid: 8, platform: 7, clientSeq: START + 1 }],
			[111, { channelName: cname, ts: ts(90_000), uid: 8, clientSeq: later }],
			[112, { channelName: cname, ts: ts(90_000), uid: 8, clientSeq: later + 1 }],
			[
				104,
				{
					channelName: cname,
					ts: ts(90_000),
					uid: 7,
					platform: 1,
					clientSeq: later + 2,
					reason: 1,
					duration: 90,
				},
			],
			[
				106,
				{
					channelName: cname,
					ts: ts(90_000),
					uid: 8,
					platform: 7,
					clientSeq: later + 3,
					reason: 2,
					duration: 90,
				},
			],
			[102, { channelName: cname, ts: ts(90_000), lastUid: 8 }],
		]);
		const [first] = receiver.received;
		expect(first?.body).toMatchObject({ productId: 1, eventType: 101 });
		expect(first?.body).not.toHaveProperty('sid');
	});

	test('the communication profile has events of its own', async () => {
		users().join(cname, { uid: 7, profile: 'communication', role: 'audience' });
		users().leave(cname, 7);
		await wait(0);
		expect(receiver.events).toEqual([101, 107, 108, 102]);
	});

	test('the same user from a new device', async () => {
		users().join(cname, { uid: 7 });
		users().join(cname, { uid: 7 });
		await wait(0);
		expect(receiver.events).toEqual([101, 103, 104, 103]);
		expect(receiver.received[2]?.body.payload).toMatchObject({ reason: 5 });
	});

	test('the recorder is a user, and keeps the channel alive', async () => {
		users().join(cname, { uid: 7 });
		await api.begin('mix', LIVE);
		await wait(10_000);
		users().leave(cname, 7);
		await wait(60_000);
		expect(receiver.events).toEqual([101, 103, 105, 104, 106, 102]);
		const [, , joined, , left, destroyed] = receiver.received.map(({ body }) => body.payload);
		const recorder = { uid: RECORDER, platform: 6, clientType: 10 };
		expect(joined).toMatchObject({ ...recorder, ts: ts(1600) });
		expect(left).toMatchObject({ ...recorder, ts: ts(40_000), reason: 1, duration: 38 });
		expect(destroyed).toMatchObject({ lastUid: RECORDER, ts: ts(40_000) });
	});

	test('in the communication profile nothing but its uid tells the recorder', async () => {
		await api.begin('mix', MIX);
		await wait(2000);
		expect(receiver.events).toEqual([101, 107]);
		const payload = receiver.received[1]?.body.payload;
		expect(payload).toMatchObject({ uid: RECORDER, platform: 6 });
		expect(payload).not.toHaveProperty('clientType');
	});

	test('who joins as broadcaster is recorded, audience and recorders are not', async () => {
		users().join(cname, { uid: 7, role: 'audience' });
		const session = await api.begin('mix', LIVE);
		await wait(5000);
		const status = () => api.sim.control.recording(session.sid).status;
		expect(status()).toBe(4);
		users().changeRole(cname, 7, 'broadcaster');
		expect(status()).toBe(5);
		expect(api.sim.control.channels()[cname]?.at(-1)?.uids).toEqual(['7']);
	});

	test('who joins has a profile, and recorders of another one hear nobody', async () => {
		users().join(cname, { uid: 7 });
		expect(api.sim.control.channels()[cname]?.at(-1)).toMatchObject({
			profile: 'liveBroadcasting',
		});
		const deaf = await api.begin('mix', MIX);
		const live = await api.begin('mix', LIVE, { who: { ...WHO, uid: '2' } });
		await wait(5000);
		const status = (sid: string) => api.sim.control.recording(sid).status;
		expect([status(deaf.sid), status(live.sid)]).toEqual([4, 5]);
		users().leave(cname, 7);
		users().join(cname, { uid: 7, profile: 'communication' });
		expect([status(deaf.sid), status(live.sid)]).toEqual([5, 5]);
		await wait(30_000);
		expect(api.sim.control.recording(live.sid).ended).toMatchObject({
			cause: 'idle',
			because: 'the channel has another profile',
		});
		expect(api.sim.control.recording(deaf.sid).ended).toBeUndefined();
	});

	test('who says no profile has the one that was said of the channel', async () => {
		api.sim.control.setProfile(cname, 'communication');
		users().join(cname, { uid: 7 });
		await wait(0);
		expect(receiver.events).toEqual([101, 107]);
	});

	test('a failover: the recorder is lost after 10 s and comes back under another uid', async () => {
		users().join(cname, { uid: 7 });
		const session = await api.begin('mix', LIVE);
		await wait(5000);
		receiver.reset();
		api.sim.control.failover(session.sid, 30_000);
		await wait(40_000);
		const payloads = receiver.received.map(({ body }) => body.payload);
		expect(receiver.events).toEqual([106, 105]);
		expect(payloads[0]).toMatchObject({ uid: RECORDER, reason: 2, ts: ts(15_000) });
		expect(payloads[1]).toMatchObject({ clientType: 10, ts: ts(35_000) });
		expect(payloads[1]?.uid).not.toBe(RECORDER);
	});

	test.each([
		['killed', 'mix', LIVE, [101, 105, 106, 102]],
		['of a web page', 'web', webRequest(), []],
	])('a recorder %s', async (what, mode, request, events) => {
		const session = await api.begin(mode, request);
		await wait(5000);
		if (what === 'killed') api.sim.control.kill(session.sid);
		await wait(9999);
		expect(receiver.events).toEqual(events.slice(0, 2));
		await wait(1);
		expect(receiver.events).toEqual(events);
		if (what === 'killed') {
			expect(receiver.received[2]?.body.payload).toMatchObject({ reason: 2 });
		}
	});

	test('over HTTP', async () => {
		const path = `/__simulator/channels/${cname}/users`;
		const joined = await api.request('POST', path, { uid: 7 });
		expect(joined.data).toMatchObject([{ uid: 7, role: 'broadcaster', recorder: false }]);
		await api.request('PUT', `${path}/7`, { role: 'audience' });
		expect((await api.request('GET', path)).data).toMatchObject([{ role: 'audience' }]);
		expect((await api.request('DELETE', `${path}/7`, { reason: 12 })).data).toEqual([]);
		await wait(0);
		expect(receiver.events).toEqual([101, 103, 112, 106, 102]);
		expect(receiver.received[3]?.body.payload).toMatchObject({ reason: 12 });
		expect((await api.request('DELETE', `${path}/7`)).status).toBe(404);
		expect((await api.request('POST', path, { uid: 0 })).status).toBe(400);
	});
});
