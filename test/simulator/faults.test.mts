import { ERRORS } from '../../simulator/index.mts';
import type { ErrorName } from '../../simulator/index.mts';
import {
	APP_ID,
	containing,
	INDIVIDUAL,
	MIX,
	serverResponse,
	startApi,
	until,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api } from './harness.mts';

/** errors.md 2 to 4, written down a second time: name, HTTP status, body. */
const DOCUMENTED: [ErrorName, number, object][] = [
	['gateway.appid', 400, { message: 'appid is invalid' }],
	['gateway.unauthorized', 401, { message: 'Unauthorized' }],
	['gateway.credentials', 401, { message: 'Invalid authentication credentials' }],
	['gateway.route', 404, { message: 'no Route matched with those values' }],
	['gateway.rate', 429, { message: 'API rate limit exceeded' }],
	['acquire.400', 400, { code: 400, reason: 'invalid_appid' }],
	['acquire.401', 400, { code: 401, reason: 'invalid_channel_name' }],
	['acquire.405', 400, { code: 405, reason: 'no_active_status' }],
	['acquire.406', 400, { code: 406, reason: 'vendor_over_load' }],
	['acquire.500', 500, { code: 500, reason: 'internal_error' }],
	['acquire.501', 500, { code: 501, reason: 'no_worker_manager_available' }],
	['acquire.504', 500, { code: 504, reason: 'allocate_timeout' }],
	['start.7', 201, { code: 7, reason: 'already started' }],
	['start.65', 206, { code: 65, reason: 'request not completed' }],
	['start.53', 400, { code: 53, reason: 'task conflict' }],
	['start.502', 500, { code: 502, reason: 'Failed to allocate worker' }],
	['start.62', 500, { code: 62, reason: 'request timeout' }],
	['query.65', 206, { code: 65, reason: 'request not completed' }],
	['query.62', 504, { code: 62, reason: 'request timeout' }],
	['update.65', 206, { code: 65, reason: 'request not completed' }],
	['update.62', 504, { code: 62, reason: 'request timeout' }],
	['updateLayout.65', 206, { code: 65, reason: 'request not completed' }],
	['updateLayout.62', 504, { code: 62, reason: 'request timeout' }],
	['stop.65', 206, { code: 65, reason: 'request not completed' }],
	['stop.62', 504, { code: 62, reason: 'request timeout' }],
	['stop.435', 206, { code: 435, reason: 'no recorded data' }],
	['stop.49', 400, { code: 49, reason: 'invalid operation' }],
];
const NOT_FOUND: ErrorName[] = ['query.404', 'update.404', 'updateLayout.404', 'stop.404'];
const OLDER = [8, 50, 62, 109, 110, 432, 433, 501, 1001, 1003, 1004, 1005, 1013, 1028];

describe('scripted faults', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const recordings = () => api.sim.control.recordings().length;
	/** The network error that a call ends with. */
	const failureOf = (call: Promise<unknown>) =>
		call.then(
			() => 'none',
			(error: { code?: string }) => error.code,
		);

	test.each(DOCUMENTED)('%s answers HTTP %i', async (error, status, body) => {
		api.sim.control.addFault({ fault: { kind: 'error', error } });
		const reply = await api.acquire();
		expect(reply.status).toBe(status);
		expect(reply.data).toEqual(body);
		expect(api.sim.control.resources()).toEqual([]);
	});

	test.each(NOT_FOUND)('%s answers HTTP 404 in both forms', async (error) => {
		api.sim.control.addFault({ times: 2, fault: { kind: 'error', error } });
		const field = await api.acquire();
		expect(field).toMatchObject({ status: 404, data: { code: 404, cname: WHO.cname } });
		api.sim.control.configure({ notFoundForm: 'documented' });
		const { data } = await api.acquire();
		expect(data).toEqual({ code: 404, reason: 'failed to find worker' });
	});

	test('every row of the tables has a name', () => {
		const expected = [
			...DOCUMENTED.map(([name]) => name),
			...NOT_FOUND,
			...OLDER.map((code) => `older.${code}`),
			...['acquire.2', 'start.2', 'query.2', 'update.2', 'updateLayout.2', 'stop.2'],
			...['start.15', 'gateway.403'],
			...['400', '401', '403', '404', '415', '429', '500', 'page', 'uid'].map(
				(name) => `channels.${name}`,
			),
		];
		expect([...ERRORS.keys()].sort()).toEqual(expected.sort());
		for (const code of OLDER) expect(ERRORS.get(`older.${code}`)).toMatchObject({ code });
	});

	test('an answer of one own, with headers', async () => {
		api.sim.control.addFault({
			fault: { kind: 'answer', status: 503, body: { any: 'thing' }, headers: { 'x-test': '1' } },
		});
		const reply = await api.acquire();
		expect(reply).toMatchObject({
			status: 503,
			data: { any: 'thing' },
			headers: { 'x-test': '1' },
		});
	});

	test('429 with Retry-After', async () => {
		api.sim.control.addFault({ fault: { kind: 'rateLimited', retryAfter: 3 } });
		const reply = await api.acquire();
		expect(reply).toMatchObject({ status: 429, headers: { 'retry-after': '3' } });
	});

	test('a proxy page', async () => {
		api.sim.control.addFault({ fault: { kind: 'html' } });
		const reply = await api.acquire();
		expect(reply).toMatchObject({ status: 502, headers: { 'content-type': 'text/html' } });
		expect(reply.data).toContain('<html>');
	});

	test('reset before: nothing happened', async () => {
		api.sim.control.addFault({ fault: { kind: 'reset', effect: false } });
		expect(await failureOf(api.acquire())).toBe('ECONNRESET');
		expect(api.sim.control.resources()).toEqual([]);
		expect(api.sim.control.requests()[0]?.status).toBeNull();
	});

	test('reset after: it happened, and the same start again is 201/7', async () => {
		const match = { operation: 'start' } as const;
		api.sim.control.addFault({ match, fault: { kind: 'reset', effect: true } });
		expect(await failureOf(api.tryStart('mix', MIX))).toBe('ECONNRESET');
		expect(recordings()).toBe(1);
		const resourceId = api.sim.control.resources()[0]?.resourceId ?? '';
		expect((await api.start(resourceId, 'mix', MIX)).status).toBe(201);
	});

	test.each([true, false])('an error after or before the effect (%j)', async (effect) => {
		const match = { operation: 'start' } as const;
		api.sim.control.addFault({ match, fault: { kind: 'error', error: 'start.65', effect } });
		expect((await api.tryStart('mix', MIX)).status).toBe(206);
		expect(recordings()).toBe(effect ? 1 : 0);
	});

	test('truncated JSON and empty body come after the effect', async () => {
		api.sim.control.addFault({ fault: { kind: 'truncatedJson' } });
		api.sim.control.addFault({ nth: 2, fault: { kind: 'emptyBody' } });
		const truncated = await api.acquire();
		expect(truncated.status).toBe(200);
		expect(truncated.data).toMatch(/^\{"cname".*[^}]$/);
		const empty = await api.acquire();
		expect(empty).toMatchObject({ status: 200, data: '' });
		expect(api.sim.control.resources()).toHaveLength(2);
	});

	test('an empty sid, with 500/15 or 200', async () => {
		const match = { operation: 'start' } as const;
		api.sim.control.addFault({ match, fault: { kind: 'emptySid' } });
		api.sim.control.addFault({ match, nth: 2, fault: { kind: 'emptySid', status: 200 } });
		const failed = await api.tryStart('mix', MIX);
		expect(failed.status).toBe(500);
		expect(failed.data).toEqual({ resourceId: failed.resourceId, sid: '', code: 15 });
		const hidden = await api.tryStart('mix', MIX);
		expect(hidden.status).toBe(200);
		expect(hidden.data).toEqual({ ...WHO, resourceId: hidden.resourceId, sid: '' });
		expect(recordings()).toBe(0);
	});

	test('slow: the effect is there before the answer', async () => {
		api.sim.control.addFault({ fault: { kind: 'slow', ms: 20 } });
		const slow = api.acquire();
		await until(() => api.sim.control.resources().length === 1);
		expect(api.sim.control.requests()[0]?.answeredAt).toBeUndefined();
		expect((await slow).status).toBe(200);
	});

	test('hang, carried out: the books have the recording', async () => {
		const match = { operation: 'start' } as const;
		api.sim.control.addFault({ match, fault: { kind: 'hang', effect: true } });
		const started = failureOf(api.tryStart('mix', MIX));
		await until(() => recordings() === 1);
		api.sim.control.advance(60_000);
		const [recording] = api.sim.control.recordings();
		expect(recording).toMatchObject({ ...WHO, phase: 'running', status: 5 });
		expect(recording?.resourceId).toBe(api.sim.control.resources()[0]?.resourceId);
		await api.sim.close();
		expect(await started).toBe('ECONNRESET');
		api = await startApi();
	});

	test('hang: no answer until the client gives up', async () => {
		api.sim.control.addFault({ fault: { kind: 'hang' } });
		const controller = new AbortController();
		const hanging = fetch(`${api.sim.url}/v1/ncs/ip`, {
			headers: {
				Authorization: `Basic ${Buffer.from('example-customer-id:example-customer-secret').toString('base64')}`,
			},
			signal: controller.signal,
		});
		const ended = hanging.then(
			() => 'answered',
			() => 'given up',
		);
		await until(() => api.sim.control.requests()[0]?.fault !== undefined);
		controller.abort();
		expect(await ended).toBe('given up');
		await until(() => api.sim.control.requests()[0]?.answeredAt !== undefined);
		expect(api.sim.control.requests()[0]?.status).toBeNull();
	});

	describe('an answer about another recording', () => {
		const OTHER = { cname: 'other', uid: '9' };
		const only = (operation: 'start' | 'query' | 'stop', fault: object) =>
			api.sim.control.addFault({
				match: { operation, cname: WHO.cname },
				fault: { kind: 'otherRecording', ...fault },
			});

		test('has the sid and resource ID of one that is in the books; the effect is there', async () => {
			const other = await api.begin('mix', MIX, { who: OTHER });
			const session = await api.begin('mix', MIX);
			only('stop', {});
			const { status, data } = await api.stop(session);
			const { sid, resourceId } = other;
			expect(status).toBe(200);
			expect(data).toMatchObject({ ...WHO, sid, resourceId });
			expect(serverResponse({ status, data, headers: {} })).toMatchObject({
				uploadingStatus: 'uploaded',
			});
			expect(api.sim.control.recording(session.sid).ended?.cause).toBe('stop');
			expect(api.sim.control.recording(sid).ended).toBeUndefined();
		});

		test.each([
			['sid', true, false],
			['resourceId', false, true],
			['both', false, false],
		])('%s differs', async (differs, sameResource, sameSid) => {
			const session = await api.begin('mix', MIX);
			only('query', { differs });
			const { data } = await api.query(session);
			const { sid, resourceId } = data as typeof session;
			expect([resourceId === session.resourceId, sid === session.sid]).toEqual([
				sameResource,
				sameSid,
			]);
			expect(sid).toMatch(/^[0-9a-f]{32}$/);
		});

		test('of a start: the recording is in the books under its own sid', async () => {
			only('start', {});
			const { status, data, resourceId } = await api.tryStart('mix', MIX);
			expect(status).toBe(200);
			const [recording] = api.sim.control.recordings();
			expect(recording).toMatchObject({ resourceId, phase: 'running' });
			expect(data).not.toMatchObject({ resourceId });
			expect(data).not.toMatchObject({ sid: recording?.sid });
		});

		test.each([
			['mix', MIX, { fileListMode: 'string' }],
			['individual', INDIVIDUAL, { fileListMode: 'json' }],
			['web', webRequest(), { extensionServiceState: [{ serviceName: 'web_recorder_service' }] }],
		])('without effect it does well, whatever became of the own: %s', async (mode, body, form) => {
			const session = await api.begin(mode, body);
			api.sim.control.kill(session.sid);
			only('query', { effect: false });
			const reply = await api.query(session);
			expect(serverResponse(reply)).toMatchObject({ status: 5, ...form });
			expect(reply.data).not.toMatchObject({ sid: session.sid });
			only('stop', { effect: false, differs: 'sid' });
			const stopped = await api.stop(session);
			expect(stopped).toMatchObject({ status: 200, data: { resourceId: session.resourceId } });
		});
	});

	describe('an answer that repeats the request', () => {
		const CREDENTIALS = Buffer.from('example-customer-id:example-customer-secret').toString(
			'base64',
		);

		test.each(['reason', 'message', 'text', 'html'] as const)('as %s', async (as) => {
			const match = { operation: 'start' } as const;
			api.sim.control.addFault({ match, fault: { kind: 'echo', as, effect: true } });
			const reply = await api.tryStart('mix', { ...MIX, token: 'TOKEN-5' });
			expect(reply.status).toBe(502);
			const type = { text: 'text/plain', html: 'text/html' }[as as string] ?? 'application/json';
			expect(reply.headers['content-type']).toContain(type);
			const text = type === 'application/json' ? (reply.data as never)[as] : reply.data;
			for (const part of [
				`POST /v1/apps/${APP_ID}/cloud_recording/resourceid/${reply.resourceId}/mode/mix/start`,
				`authorization: Basic ${CREDENTIALS}`,
				'"secretKey":"sk"',
				'"token":"TOKEN-5"',
			]) {
				expect(text).toContain(part);
			}
			expect(recordings()).toBe(1);
			expect(JSON.stringify(api.sim.control.requests())).not.toMatch(
				new RegExp(`TOKEN-5|${CREDENTIALS}`),
			);
		});

		test('with any status, also 200, and before any effect', async () => {
			api.sim.control.addFault({ fault: { kind: 'echo', status: 200 } });
			const reply = await api.acquire();
			expect(reply).toMatchObject({ status: 200, data: { reason: containing('POST /v1/apps/') } });
			expect(api.sim.control.resources()).toEqual([]);
		});
	});

	test.each([true, false])('a huge reason; carried out: %j', async (effect) => {
		api.sim.control.addFault({ fault: { kind: 'huge', bytes: 2_000_000, status: 400, effect } });
		const reply = await api.acquire();
		expect(reply.status).toBe(400);
		expect((reply.data as { reason: string }).reason).toHaveLength(2_000_000);
		expect(api.sim.control.resources()).toHaveLength(effect ? 1 : 0);
		expect(JSON.stringify(api.sim.control.requests()).length).toBeLessThan(10_000);
	});

	/** What `answer` and `html` are enough for: a portal that answers for the service, and a redirect. */
	test.each([
		['a portal', { kind: 'answer', status: 200, body: { status: 'ok' } }, { status: 'ok' }],
		['an empty object', { kind: 'answer', status: 200, body: {} }, {}],
		['a login page', { kind: 'html', status: 200 }, containing('<html>')],
		[
			'a redirect',
			{ kind: 'answer', status: 307, body: '', headers: { location: 'https://portal.example/' } },
			'',
		],
	] as const)('%s, before the effect or after', async (_what, fault, data) => {
		for (const effect of [false, true]) {
			const before = recordings();
			const match = { operation: 'start' } as const;
			api.sim.control.addFault({ match, fault: { ...fault, effect } });
			const reply = await api.tryStart('mix', MIX, { who: { ...WHO, uid: `1${recordings()}` } });
			expect(reply).toMatchObject({ status: 'status' in fault ? fault.status : 0, data });
			if ('headers' in fault) expect(reply.headers).toMatchObject(fault.headers);
			expect(recordings() - before).toBe(effect ? 1 : 0);
			api.sim.control.clearFaults();
		}
	});

	test('failover: 404 while it lasts, then the recording goes on as bak0_', async () => {
		const session = await api.begin('mix', MIX);
		api.sim.control.advance(60_000);
		const match = { operation: 'query' } as const;
		api.sim.control.addFault({ match, fault: { kind: 'failover', ms: 45_000 } });
		expect((await api.query(session)).status).toBe(404);
		api.sim.control.advance(44_999);
		expect((await api.query(session)).status).toBe(404);
		expect((await api.post(session, 'update', {})).status).toBe(404);
		expect((await api.post(session, 'updateLayout', {})).status).toBe(404);
		expect((await api.stop(session)).status).toBe(404);
		expect((await api.tryStart('mix', MIX)).data).toMatchObject({ code: 53 });
		api.sim.control.advance(1);
		expect(serverResponse(await api.query(session))).toMatchObject({ status: 5 });
		api.sim.control.advance(15_000);
		const fileList = `bak0_${session.sid}_${WHO.cname}.m3u8`;
		expect(serverResponse(await api.query(session))).toMatchObject({ fileList });
		const { files } = api.sim.control.recording(session.sid);
		const fileNames = files.map(({ fileName }) => fileName);
		expect(fileNames).toEqual([fileList.slice('bak0_'.length), fileList]);
		expect((await api.stop(session)).status).toBe(200);
	});

	test('a failover can begin with the start itself', async () => {
		const match = { operation: 'start' } as const;
		api.sim.control.addFault({ match, fault: { kind: 'failover', ms: 10_000 } });
		const session = await api.begin('mix', MIX);
		expect((await api.query(session)).status).toBe(404);
		api.sim.control.advance(10_000);
		expect((await api.query(session)).status).toBe(200);
	});

	describe('match', () => {
		const fault = { kind: 'answer', status: 599, body: {} } as const;
		const statuses = async (...whos: { cname: string; uid: string }[]) => {
			const seen = [];
			for (const who of whos) seen.push((await api.acquire({}, who)).status);
			return seen;
		};

		test('nth and times', async () => {
			api.sim.control.addFault({ nth: 2, times: 2, fault });
			expect(await statusesOf(5)).toEqual([200, 599, 599, 200, 200]);
		});
		const statusesOf = (count: number) => statuses(...Array.from({ length: count }, () => WHO));

		test('times null is for ever', async () => {
			api.sim.control.addFault({ nth: 2, times: null, fault });
			expect(await statusesOf(4)).toEqual([200, 599, 599, 599]);
		});

		test('cname and uid', async () => {
			api.sim.control.addFault({ match: { cname: 'a', uid: '2' }, times: null, fault });
			const [a1, a2, b2] = [
				{ cname: 'a', uid: '1' },
				{ cname: 'a', uid: '2' },
				{ cname: 'b', uid: '2' },
			] as const;
			expect(await statuses(a1, a2, b2)).toEqual([200, 599, 200]);
		});

		test('operation and App ID', async () => {
			api.sim.control.addFault({ match: { operation: ['start', 'stop'] }, fault });
			api.sim.control.addFault({ match: { appId: APP_ID }, nth: 2, fault });
			expect(await statusesOf(2)).toEqual([200, 599]);
		});

		test('the channel of a query is known from its sid', async () => {
			const session = await api.begin('mix', MIX);
			api.sim.control.addFault({ match: { cname: WHO.cname, operation: 'query' }, fault });
			expect((await api.query(session)).status).toBe(599);
		});

		test('faults can be cleared', async () => {
			const first = api.sim.control.addFault({ times: null, fault });
			api.sim.control.addFault({ times: null, fault: { ...fault, status: 598 } });
			expect(await statusesOf(1)).toEqual([599]);
			expect(api.sim.control.faults()).toMatchObject([{ hits: 1 }, { hits: 0, seen: 1 }]);
			api.sim.control.clearFaults(first);
			expect(await statusesOf(1)).toEqual([598]);
			api.sim.control.clearFaults();
			expect(await statusesOf(1)).toEqual([200]);
		});

		test('a fault that makes no sense is refused', () => {
			const nonsense = { fault: { kind: 'error', error: 'start.9999' as ErrorName } } as const;
			expect(() => api.sim.control.addFault(nonsense)).toThrow();
		});
	});
});
