import type { FaultInput } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import { type Setup, useAgora } from '../support/setup.mts';

const agora = useAgora();

type Fault = FaultInput['fault'];
const error = (name: string) => ({ kind: 'error', error: name }) as Fault;
const answer = (status: number, body: unknown) => ({ kind: 'answer', status, body }) as Fault;

/** A fault, the gaps in seconds between the tries, and what the message says. */
type Row = readonly [what: string, fault: Fault, gaps: number[], message: RegExp];

const GATEWAY: Row[] = [
	['an unknown App ID', error('gateway.appid'), [], /does not know this App ID/],
	['no authorization', error('gateway.unauthorized'), [], /Customer ID or Customer Secret/],
	['a wrong secret', error('gateway.credentials'), [], /Customer ID or Customer Secret/],
	['403', error('gateway.403'), [], /does not allow/],
	['no route', error('gateway.route'), [], /address/],
];

const OLDER: Row[] = [
	['8', error('older.8'), [], /could not read the request/],
	['109', error('older.109'), [], /token has expired/],
	['110', error('older.110'), [], /token is not valid/],
	['432', error('older.432'), [], /does not match the resource ID/],
	['433', error('older.433'), [], /resource ID has expired/],
	['1001', error('older.1001'), [], /cannot read the resource ID/],
	['1003', error('older.1003'), [], /does not match the resource ID/],
	['1013', error('older.1013'), [], /channel name/],
];

const ACQUIRE: Row[] = [
	...GATEWAY,
	...OLDER,
	['2', error('acquire.2'), [], /rejected a value/],
	['400', error('acquire.400'), [], /does not know this App ID/],
	['401', error('acquire.401'), [], /channel name/],
	['405', error('acquire.405'), [], /project is not available/],
	['406', error('acquire.406'), [5, 10, 20], /reached Agora's limit of concurrent recordings/],
	['500', error('acquire.500'), [3, 6, 9], /has a problem/],
	['501', error('acquire.501'), [3, 6, 9], /no recorder available/],
	['504', error('acquire.504'), [3, 6, 9], /could not find a recorder in time/],
	['62', error('older.62'), [3, 6, 9], /not enabled .* or .* is unavailable/],
	['206/65', error('start.65'), [3, 6], /did not confirm/],
	['an unknown 400', answer(400, { code: 4711, reason: 'new' }), [], /rejected/],
	['a 502 of a proxy', { kind: 'html', status: 502 }, [3, 6, 9], /between n8n and Agora/],
	[
		'a page of a proxy',
		{ kind: 'html', status: 200 },
		[3, 6, 9],
		/did not come from Agora|not belong to Agora/,
	],
	['no resource ID', answer(200, { resourceId: '' }), [3, 6, 9], /did not contain a resourceId/],
	['an empty body', answer(200, ''), [3, 6, 9], /did not come from Agora|not belong to Agora/],
	['a reset', { kind: 'reset', effect: true }, [3, 6, 9], /Lost the connection/],
	['201', answer(201, { resourceId: 'JyvK8nXHuV1BE64' }), [3, 6, 9], /unexpected/],
];

/** Nothing runs after these: acquire and start begin anew where that may help. */
const DEFINITIVE: Row[] = [
	...GATEWAY,
	...OLDER,
	['2', error('start.2'), [], /rejected a value/],
	['502', error('start.502'), [0, 3, 6, 9], /could not provide a recorder/],
	['an unknown 400', answer(400, { code: 4711, reason: 'new' }), [], /rejected/],
];

/** Nobody knows what runs after these. */
const AMBIGUOUS: Row[] = [
	['206/65', error('start.65'), [3, 6], /may be running/],
	['500/62', error('start.62'), [3, 6, 9], /may be running/],
	['500/15', error('start.15'), [3, 6, 9], /may be running/],
	['500/500', error('acquire.500'), [3, 6, 9], /may be running/],
	['an unknown 503', answer(503, { code: 4711, reason: 'new' }), [3, 6, 9], /may be running/],
	['a 502 of a proxy', { kind: 'html', status: 502 }, [3, 6, 9], /may be running/],
	['a page of a proxy', { kind: 'html', status: 200 }, [3, 6, 9], /may be running/],
	['an empty body', answer(200, ''), [3, 6, 9], /may be running/],
	['an empty sid', { kind: 'emptySid', status: 200 }, [3, 6, 9], /may be running/],
	['a reset before', { kind: 'reset', effect: false }, [3, 6, 9], /may be running/],
	['204', answer(204, ''), [3, 6, 9], /may be running/],
];

async function startFailure(more: Parameters<Setup['run']>[1] = {}) {
	const channel = { channelName: 'class-7', recorderUid: '527841' };
	return await failureOf(agora.run('start', { ...channel, ...more }));
}

/** What every error about an answer of Agora carries. */
function expectAnswerIn(failure: Awaited<ReturnType<typeof failureOf>>, operation: string) {
	const last = agora.sent(operation).at(-1);
	expect(failure.name).toBe('NodeApiError');
	expect(failure.itemIndex).toBe(0);
	expect(failure.details).toMatchObject({ cname: 'class-7', uid: '527841' });
	if (last?.status) {
		expect(failure.httpCode).toBe(String(last.status));
		expect(failure.description).toContain(last.requestId);
		expect(failure.details).toMatchObject({ requestId: last.requestId });
	}
	const { code, reason, message } = Object(last?.answer) as Record<string, unknown>;
	if (typeof code === 'number') {
		expect(failure.details.code).toBe(code);
		expect(failure.description).toContain(`code ${code}`);
	}
	const words = reason ?? message;
	if (typeof words === 'string') expect(failure.description).toContain(words);
}

describe('When acquire is always answered with', () => {
	it.each(ACQUIRE)(
		'%s, nothing is started and the node says so',
		async (_, fault, gaps, message) => {
			agora.fail('acquire', fault, { times: null });
			const failure = await startFailure();
			expect(failure.message).toMatch(message);
			expectAnswerIn(failure, 'acquire');
			expect(agora.gaps('acquire')).toEqual(gaps);
			expect(agora.count('start')).toBe(0);
			expect(agora.running()).toEqual([]);
		},
	);

	it('429, it is asked for a minute, ever more slowly', async () => {
		agora.fail('acquire', { kind: 'rateLimited' }, { times: null });
		const failure = await startFailure();
		expect(failure.message).toMatch(/rate limit was exceeded/);
		expectAnswerIn(failure, 'acquire');
		const total = agora.gaps('acquire').reduce((sum, gap) => sum + gap, 0);
		expect(total).toBeGreaterThanOrEqual(60);
		expect(total).toBeLessThan(70);
		expect(Math.min(...agora.gaps('acquire'))).toBeGreaterThanOrEqual(1);
	});

	it('429 and the seconds to wait, it waits for them', async () => {
		agora.fail('acquire', { kind: 'rateLimited', retryAfter: 7 });
		expect(await agora.runOne('start', { channelName: 'class-7' })).toMatchObject({
			outcome: 'recording',
		});
		expect(agora.gaps('acquire')).toEqual([7]);
	});
});

describe('When acquire is answered with 429 and an hour to wait', () => {
	it('it does not wait for an hour', async () => {
		agora.fail('acquire', { kind: 'rateLimited', retryAfter: 3600 });
		const begun = agora.time.now();
		const run = agora.run('start', { channelName: 'class-7' });
		await run.catch(() => undefined);
		expect(agora.time.now() - begun).toBeLessThanOrEqual(120_000);
	});
});

describe('When start is always answered with', () => {
	it.each(DEFINITIVE)('%s, nothing runs', async (_what, fault, gaps, message) => {
		agora.fail('start', fault, { times: null });
		const failure = await startFailure();
		expect(failure.message).toMatch(message);
		expectAnswerIn(failure, 'start');
		expect(agora.gaps('start')).toEqual(gaps);
		expect(agora.count('acquire')).toBe(gaps.length + 1);
		expect(new Set(agora.sent('start').map(({ path }) => path)).size).toBe(gaps.length + 1);
		expect(agora.running()).toEqual([]);
	});

	it.each(AMBIGUOUS)('%s, only the same request is repeated', async (_, fault, gaps, message) => {
		agora.fail('start', fault, { times: null });
		const failure = await startFailure();
		expect(failure.message).toMatch(message);
		expect(failure.description).toMatch(/event \(40/);
		expectAnswerIn(failure, 'start');
		expect(failure.details).toHaveProperty('resourceId');
		expect(agora.gaps('start')).toEqual(gaps);
		expect(agora.count('acquire')).toBe(1);
		const requests = agora.sent('start').map(({ path, body }) => JSON.stringify([path, body]));
		expect(new Set(requests).size).toBe(1);
	});

	it('201/7, the recording is said to run, without a SID', async () => {
		agora.fail('start', error('start.7'), { times: null });
		const failure = await startFailure();
		expect(failure.message).toMatch(/is running, but .* \(SID\)/);
		expect(failure.description).toMatch(/event \(40/);
		expectAnswerIn(failure, 'start');
		expect(agora.count('start')).toBe(1);
	});

	it('201/7 and a sid, that is the recording', async () => {
		agora.fail('start', answer(201, { code: 7, sid: '38f8e3cfdc474cd56fc1ceba380d7e1a' }));
		const options = { verify: false };
		const started = await agora.runOne('start', { channelName: 'class-7', options });
		expect(started).toMatchObject({ sid: '38f8e3cfdc474cd56fc1ceba380d7e1a' });
	});

	it('429, nothing runs', async () => {
		agora.fail('start', { kind: 'rateLimited' }, { times: null });
		const failure = await startFailure();
		expect(failure.message).toMatch(/rate limit was exceeded/);
		expect(agora.count('acquire')).toBe(1);
	});
});

describe('A task conflict', () => {
	it('under a UID of the user is somebody else’s recording', async () => {
		await agora.run('start', { channelName: 'class-7', recorderUid: '527841' });
		const failure = await startFailure();
		expect(failure.message).toMatch(/already running/);
		expect(failure.details).toMatchObject({ code: 53, httpCode: '400' });
		expect(agora.running()).toHaveLength(1);
		expect(agora.count('start')).toBe(2);
	});

	it("tells an agent of n8n what to do too, which is shown nothing but an error's message", async () => {
		agora.fail('start', error('start.2'));
		const asTool = { asTool: true };
		const failure = await failureOf(agora.run('start', { channelName: 'class-7' }, asTool));
		agora.fail('start', error('start.2'));
		const shown = await failureOf(agora.run('start', { channelName: 'class-7' }));
		const lines = failure.message.split('\n');
		expect(lines[0]).toBe(shown.message);
		expect(lines[1]).toContain("Agora's message");
		// An agent has no details: it needs the resource ID to ask, or to stop.
		expect(lines.at(-1)).toContain(`resourceId: ${textOf(failure.details.resourceId)}`);
	});

	it('under a UID of our own is our own recording', async () => {
		agora.fail('start', error('start.53'));
		const failure = await failureOf(agora.run('start', { channelName: 'class-7' }));
		expect(failure.message).toMatch(/may be running/);
		expect(agora.count('start')).toBe(1);
	});
});

describe('When the service has no recorder', () => {
	it('another UID is tried at last where the UID is ours to choose', async () => {
		agora.fail('start', error('start.502'), { times: 4 });
		const started = await agora.runOne('start', { channelName: 'class-7' });
		const uids = agora.sent('start').map(({ uid }) => uid);
		expect(uids).toHaveLength(5);
		expect(new Set(uids.slice(0, 4))).toEqual(new Set([uids[0]]));
		expect(uids[4]).not.toBe(uids[0]);
		expect(started).toMatchObject({ outcome: 'recording', uid: uids[4] });
		expect(agora.sent('acquire').map(({ uid }) => uid)).toEqual(uids);
	});

	it('the UID of the user is never exchanged', async () => {
		agora.fail('start', error('start.502'), { times: null });
		await startFailure();
		expect(new Set(agora.sent('start').map(({ uid }) => uid))).toEqual(new Set(['527841']));
	});
});
