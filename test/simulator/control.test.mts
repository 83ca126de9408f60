import { Clock } from '../../simulator/clock.mts';
import { regionRow, VENDORS } from '../../simulator/schemas/storageRegions.mts';
import { startSimulator } from '../../simulator/index.mts';
import {
	matching,
	MIX,
	serverResponse,
	startApi,
	STORAGE,
	until,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api } from './harness.mts';

describe('clock', () => {
	test('stands still at speed 0 and moves by hand', () => {
		const clock = new Clock({ speed: 0, now: 1000 });
		expect(clock.now()).toBe(1000);
		clock.advance(500);
		expect(clock.now()).toBe(1500);
	});

	test('runs faster, and goes on from where it was', async () => {
		const clock = new Clock({ speed: 0, now: 1000 });
		clock.setSpeed(1_000_000);
		await clock.reached(2000);
		expect(clock.now()).toBeGreaterThanOrEqual(2000);
		clock.setSpeed(0);
		const stopped = clock.now();
		expect(stopped).toBeGreaterThanOrEqual(2000);
		expect(clock.now()).toBe(stopped);
	});

	test('keeps appointments in order, the past ones at once', () => {
		const clock = new Clock({ speed: 0, now: 0 });
		const kept: number[] = [];
		clock.at(30, (at) => kept.push(at));
		clock.at(10, (at) => kept.push(at));
		const cancel = clock.at(20, (at) => kept.push(at));
		clock.at(0, (at) => kept.push(at));
		cancel();
		expect(kept).toEqual([0]);
		clock.advance(100);
		expect(kept).toEqual([0, 10, 30]);
	});
});

test('appointments made by appointments are kept in order, however many', () => {
	const clock = new Clock({ speed: 0, now: 0 });
	const kept: number[] = [];
	const again = (at: number): void => {
		kept.push(at);
		if (at < 50_000) clock.at(at + 2, again);
	};
	clock.at(0, again);
	clock.at(25_001, (at) => kept.push(at));
	clock.advance(60_000);
	expect(kept).toHaveLength(25_002);
	expect(kept).toEqual([...kept].sort((a, b) => a - b));
});

test('appointments at the same time are kept in the order in which they were made', () => {
	const clock = new Clock({ speed: 0, now: 0 });
	const kept: string[] = [];
	for (const name of ['a', 'b', 'c']) clock.at(5, () => kept.push(name));
	clock.advance(5);
	expect(kept).toEqual(['a', 'b', 'c']);
});

/** storage.md 2: how many regions each vendor has, and some of them. */
test('storage regions are those of the tables', () => {
	const counts = [...VENDORS].map(([vendor, { regions }]) => [vendor, regions.length]);
	expect(counts).toEqual([
		[0, 5],
		[1, 27],
		[2, 28],
		[3, 20],
		[4, 10],
		[5, 1],
		[6, 1],
		[7, 16],
		[8, 8],
		[11, 1],
	]);
	expect(regionRow(1, 28)?.[1]).toBe('IL_CENTRAL_1');
	expect(regionRow(1, 26)).toBeUndefined();
	expect(regionRow(2, 3)?.[1]).toBe('CN_Beijing');
	expect(regionRow(3, 18)?.[2]).toBe('EU');
	expect(regionRow(8, 0)?.[3]).toBe('disputed');
});

describe('control', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const http = async (method: string, path: string, body?: unknown) => {
		const { status, data } = await api.request(method, `/__simulator${path}`, body, {
			Authorization: '',
		});
		return { status, data };
	};

	test('no secret is in the log or in the lists', async () => {
		const storageConfig = { ...STORAGE, accessKey: 'AK-1', secretKey: 'SK-2', stsToken: 'ST-3' };
		const recordingConfig = { channelType: 0, decryptionMode: 1, secret: 'KEY-4' };
		const request = { ...MIX, recordingConfig, storageConfig, token: 'TOKEN-5' };
		await api.begin('mix', request, { acquire: { startParameter: request } });
		const everything = JSON.stringify([
			api.sim.control.requests(),
			api.sim.control.recordings(),
			api.sim.control.resources(),
		]);
		expect(everything).not.toMatch(/AK-1|SK-2|ST-3|KEY-4|TOKEN-5|example-customer-secret/);
		expect(api.sim.control.requests()[1]?.body).toMatchObject({
			clientRequest: { token: '***', storageConfig: { bucket: 'b', secretKey: '***' } },
		});
	});

	test('the log has what was asked and answered', async () => {
		const before = Date.now();
		const session = await api.begin('mix', MIX);
		await api.query(session);
		const [acquire, start, query] = api.sim.control.requests();
		expect([acquire?.operation, start?.operation, query?.operation]).toEqual([
			'acquire',
			'start',
			'query',
		]);
		expect(start).toMatchObject({
			number: 2,
			method: 'POST',
			status: 200,
			...WHO,
			mode: 'mix',
			answer: { sid: session.sid },
		});
		expect(query).toMatchObject({ ...WHO, sid: session.sid });
		expect(acquire?.arrivedAt).toBeGreaterThanOrEqual(before);
		expect(query?.answeredAt).toBeGreaterThanOrEqual(query?.arrivedAt ?? Infinity);
		api.sim.control.clearRequests();
		expect(api.sim.control.requests()).toEqual([]);
	});

	test('a recording with its life', async () => {
		const session = await api.begin('mix', MIX);
		api.sim.control.advance(1000);
		await api.stop(session);
		const [recording] = api.sim.control.recordings();
		const started = recording?.startedAt ?? 0;
		expect(recording).toMatchObject({
			...session,
			phase: 'exiting',
			acquiredAt: started,
			ended: { at: started + 1000, cause: 'stop' },
			request: { recordingConfig: { channelType: 0 } },
		});
		expect(recording?.moments.map(({ what }) => what)).toEqual([
			'started',
			'recording',
			'ended',
			'uploaded',
		]);
	});

	describe('the books', () => {
		const MINUTE = 60_000;
		const HOUR = 60 * MINUTE;
		/** Starts one and lets time pass in one go. */
		const lived = async (mode: string, request: object, ms: number) => {
			const session = await api.begin(mode, request);
			api.sim.control.advance(ms);
			return session;
		};
		const living = (at?: number) => api.sim.control.living(at).map(({ sid }) => sid);

		/** How each end comes about, and after how long. */
		const ENDS: [cause: string, because: RegExp, afterMs: number, () => Promise<unknown>][] = [
			[
				'stop',
				/^stop$/,
				MINUTE,
				async () => {
					const session = await lived('mix', MIX, MINUTE);
					api.sim.control.configure({ uploadMs: 60_000 });
					await api.stop(session, { async_stop: true });
				},
			],
			[
				'stop',
				/^stop$/,
				10_000,
				async () => {
					api.sim.control.setPublishers(WHO.cname, []);
					const reply = await api.stop(await lived('mix', MIX, 10_000));
					expect(reply.status).toBe(206);
				},
			],
			[
				'idle',
				/nobody/,
				30_000,
				async () => {
					api.sim.control.setPublishers(WHO.cname, []);
					await lived('mix', MIX, HOUR);
					api.sim.control.setPublishers(WHO.cname, ['7']);
				},
			],
			[
				'killed',
				/killed/,
				MINUTE,
				async () => {
					const { sid } = await lived('mix', MIX, MINUTE);
					api.sim.control.kill(sid);
					api.sim.control.advance(MINUTE);
					api.sim.control.kill(sid, { abnormal: true });
				},
			],
			[
				'failure',
				/bucket/,
				3000,
				async () => {
					api.sim.control.configure({ buckets: [] });
					await lived('mix', MIX, HOUR);
				},
			],
			[
				'failure',
				/bucket/,
				13_000,
				async () => {
					const session = await lived('mix', MIX, 10_000);
					api.sim.control.configure({ buckets: [] });
					await api.post(session, 'update', { storageConfig: STORAGE });
					api.sim.control.advance(2000);
					await api.post(session, 'update', { storageConfig: STORAGE });
				},
			],
			['maxRecordingHour', /over/, 3 * HOUR, () => lived('web', webRequest(), 5 * HOUR)],
		];

		test.each(ENDS)(
			'the very moment of its end: %s, %s',
			async (cause, because, after, happens) => {
				await happens();
				api.sim.control.advance(HOUR);
				const [{ sid, startedAt, ended, moments }] = api.sim.control.recordings();
				expect(ended).toMatchObject({ at: startedAt + after, cause });
				expect(ended?.because).toMatch(because);
				expect(moments.find(({ what }) => what === 'ended')?.at).toBe(startedAt + after);
				expect(living(startedAt - 1)).toEqual([]);
				expect(living(startedAt)).toEqual([sid]);
				expect(living(startedAt + after - 1)).toEqual([sid]);
				expect(living(startedAt + after)).toEqual([]);
				expect(living()).toEqual([]);
			},
		);

		test('a server move of 90 s does not end it', async () => {
			const { sid, ...session } = await lived('mix', MIX, MINUTE);
			api.sim.control.failover(sid, 90_000);
			const { startedAt } = api.sim.control.recording(sid);
			api.sim.control.advance(89_999);
			expect((await api.stop({ ...session, sid })).status).toBe(404);
			expect(living()).toEqual([sid]);
			expect(api.sim.control.recording(sid)).toMatchObject({ phase: 'failover' });
			api.sim.control.advance(1);
			expect((await api.stop({ ...session, sid })).status).toBe(200);
			expect(api.sim.control.recording(sid).moments).toMatchObject([
				{ at: startedAt, what: 'started' },
				{ at: startedAt, what: 'recording' },
				{ at: startedAt + 1600, what: 'ready' },
				{ at: startedAt + MINUTE, what: 'failover' },
				{ at: startedAt + 150_000, what: 'recovered' },
				{ at: startedAt + 150_000, what: 'ended' },
				{ at: startedAt + 150_000, what: 'uploaded' },
			]);
			expect(living(startedAt + 100_000)).toEqual([sid]);
		});

		test('storage that fails later does not put off an earlier end', async () => {
			api.sim.control.configure({ buckets: [] });
			const session = await api.begin('mix', MIX);
			api.sim.control.advance(2000);
			await api.post(session, 'update', { storageConfig: STORAGE });
			api.sim.control.advance(MINUTE);
			const { startedAt, ended } = api.sim.control.recording(session.sid);
			expect(ended).toMatchObject({ at: startedAt + 3000, cause: 'failure' });
		});

		test('when a request arrived and was answered, in virtual time', async () => {
			api.sim.control.configure({ uploadMs: 8000 });
			const session = await lived('mix', MIX, MINUTE);
			const { now } = api.sim.control.clock();
			const stopping = api.stop(session);
			await until(() => api.sim.control.living().length === 0);
			expect(api.sim.control.requests().at(-1)?.virtualAnsweredAt).toBeUndefined();
			api.sim.control.advance(8000);
			await stopping;
			expect(api.sim.control.requests().at(-1)).toMatchObject({
				operation: 'stop',
				virtualTime: now,
				virtualAnsweredAt: now + 8000,
			});
		});

		test('over HTTP', async () => {
			const { sid } = await lived('mix', MIX, MINUTE);
			const { now } = api.sim.control.clock();
			expect((await http('GET', '/living')).data).toMatchObject([{ sid }]);
			expect((await http('GET', `/living?at=${now - MINUTE - 1}`)).data).toEqual([]);
			expect((await http('GET', '/living?at=noon')).status).toBe(400);
		});
	});

	test('over HTTP: lists, log and reset', async () => {
		const session = await api.begin('mix', MIX);
		expect((await http('GET', '/recordings')).data).toEqual(
			JSON.parse(JSON.stringify(api.sim.control.recordings())),
		);
		expect((await http('GET', `/recordings/${session.sid}`)).data).toMatchObject(session);
		expect((await http('GET', '/resources')).data).toMatchObject([{ sid: session.sid }]);
		expect((await http('GET', '/requests')).data).toHaveLength(2);
		await http('DELETE', '/requests');
		expect((await http('GET', '/requests')).data).toEqual([]);
		await http('POST', '/reset');
		expect((await http('GET', '/recordings')).data).toEqual([]);
	});

	test('over HTTP: clock and channels', async () => {
		const session = await api.begin('mix', MIX);
		const { now } = api.sim.control.clock();
		await http('PUT', `/channels/${WHO.cname}`, { uids: [] });
		expect((await http('GET', '/channels')).data).toHaveProperty(WHO.cname);
		const moved = await http('POST', '/clock', { advanceMs: 30_000 });
		expect(moved.data).toEqual({ now: now + 30_000, speed: 0 });
		expect(serverResponse(await api.query(session)).status).toBe(7);
		expect((await http('POST', '/clock', { now: 5, speed: 0 })).data).toEqual({ now: 5, speed: 0 });
		expect((await http('GET', '/clock')).data).toEqual({ now: 5, speed: 0 });
	});

	test('over HTTP: the profile of a channel', async () => {
		const path = `/channels/${WHO.cname}`;
		await http('PUT', path, { profile: 'liveBroadcasting' });
		const session = await api.begin('mix', MIX);
		api.sim.control.advance(10_000);
		expect(serverResponse(await api.query(session)).status).toBe(4);
		const changed = await http('PUT', path, { uids: ['7'], profile: null });
		expect(changed.data).toMatchObject({
			[WHO.cname]: [{ uids: null }, { uids: null, profile: 'liveBroadcasting' }, { uids: ['7'] }],
		});
		expect(serverResponse(await api.query(session)).status).toBe(5);
	});

	test('over HTTP: faults', async () => {
		const fault = { kind: 'error', error: 'acquire.500' };
		const added = await http('POST', '/faults', { times: null, fault });
		expect(added.data).toEqual({ id: 1 });
		expect((await api.acquire()).status).toBe(500);
		expect((await http('GET', '/faults')).data).toMatchObject([{ id: 1, hits: 1, fault }]);
		await http('DELETE', '/faults/1');
		expect((await api.acquire()).status).toBe(200);
		await http('POST', '/faults', { times: null, fault });
		await http('DELETE', '/faults');
		expect((await api.acquire()).status).toBe(200);
	});

	test('over HTTP: kill, failover and settings', async () => {
		const session = await api.begin('mix', MIX);
		await http('POST', `/recordings/${session.sid}/failover`, { ms: 1000 });
		expect((await api.query(session)).status).toBe(404);
		api.sim.control.advance(1000);
		expect((await api.query(session)).status).toBe(200);
		const changed = await http('POST', '/config', { pcw: { web: 7 }, latencyMs: 1 });
		expect(changed.data).toMatchObject({ pcw: { recording: 50, web: 7 }, latencyMs: 1 });
		expect((await http('GET', '/config')).data).toEqual(changed.data);
		await http('POST', `/recordings/${session.sid}/kill`);
		expect((await api.query(session)).status).toBe(404);
	});

	test.each([
		['POST', '/faults', { fault: { kind: 'nothing' } }, 400],
		['POST', '/config', { speed: 1 }, 400],
		['POST', '/clock', { speed: -1 }, 400],
		['PUT', '/channels/c', {}, 400],
		['PUT', '/channels/c', { profile: 'live' }, 400],
		['POST', '/recordings/nobody/kill', {}, 404],
		['GET', '/recordings/nobody', undefined, 404],
		['GET', '/nothing', undefined, 404],
	])('over HTTP, wrong: %s %s %j', async (method, path, body, status) => {
		const reply = await http(method, path, body);
		expect(reply).toMatchObject({ status, data: { error: matching(/./) } });
	});

	test('reset goes back to the options of the start', async () => {
		const other = await startApi({ pcw: { web: 3 }, channels: { c: [] } });
		other.sim.control.configure({ pcw: { web: 9 }, latencyMs: 5 });
		other.sim.control.setPublishers('c', ['1']);
		other.sim.control.addFault({ fault: { kind: 'hang' } });
		other.sim.control.setSpeed(5);
		other.sim.control.reset();
		expect(other.sim.control.settings()).toMatchObject({ pcw: { web: 3 }, latencyMs: 0 });
		expect(other.sim.control.channels()).toEqual({ c: [{ from: 0, uids: [] }] });
		expect(other.sim.control.faults()).toEqual([]);
		expect(other.sim.control.clock().speed).toBe(0);
		await other.sim.close();
	});

	test('a wrong option is refused', async () => {
		const wrong = {
			accounts: [{ customerId: 'a', customerSecret: 'b', apps: [{ appId: 'short' }] }],
		};
		await expect(startSimulator(wrong)).rejects.toThrow();
	});

	test('tells of every request', async () => {
		const seen: (string | undefined)[] = [];
		const other = await startApi({ onRequest: ({ operation }) => seen.push(operation) });
		await other.acquire();
		expect(seen).toEqual(['acquire']);
		await other.sim.close();
	});

	test('listens to this machine only', () => {
		expect(api.sim.url).toBe(`http://127.0.0.1:${api.sim.port}`);
	});
});
