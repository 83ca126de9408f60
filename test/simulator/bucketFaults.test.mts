import type { StorageFaultInput } from '../../simulator/index.mts';
import { startApi, until } from './harness.mts';
import type { Api } from './harness.mts';
import { S3 } from './s3.mts';

const NOW = Date.UTC(2026, 0, 1);
const PLACE = '/recordings/a/1';

let api: Api;
let s3: S3;
beforeAll(async () => {
	api = await startApi({ clock: { speed: 0, now: NOW }, storage: {} });
	s3 = new S3(api.sim);
});
afterAll(() => api.sim.close());
beforeEach(() => {
	api.sim.control.reset();
	for (const key of ['a/1', 'a/2', 'b']) storage().put('recordings', key, 'hello');
});

const storage = () => api.sim.control.storage;
const meet = (fault: StorageFaultInput['fault'], more: Omit<StorageFaultInput, 'fault'> = {}) =>
	storage().addFault({ ...more, fault });

describe('A fault of the storage', () => {
	test('any answer', async () => {
		meet({ kind: 'answer', status: 418, body: '<X/>', headers: { 'x-a': '1' } });
		const reply = await s3.get(PLACE);
		expect(reply).toMatchObject({ status: 418, headers: { 'x-a': '1' } });
		expect(reply.body.toString()).toBe('<X/>');
		expect((await s3.get(PLACE)).status).toBe(200);
		expect(storage().requests()).toMatchObject([{ fault: 1, status: 418 }, { status: 200 }]);
	});

	test.each([
		[{ kind: 'error', code: 'InvalidObjectState' }, 403, 'InvalidObjectState', {}, /./],
		[{ kind: 'slowDown', retryAfter: 2 }, 503, 'SlowDown', { 'retry-after': '2' }, /./],
		[
			{ kind: 'wrongRegion', region: 'eu-west-1' },
			400,
			'AuthorizationQueryParametersError',
			{ 'x-amz-bucket-region': 'eu-west-1' },
			/<Region>eu-west-1</,
		],
		[
			{ kind: 'redirect', endpoint: 'b.elsewhere.example' },
			307,
			'TemporaryRedirect',
			{ location: 'http://b.elsewhere.example/' },
			/<Endpoint>b\.elsewhere\.example</,
		],
		[
			{ kind: 'redirect', endpoint: 'b.elsewhere.example', status: 301 },
			301,
			'PermanentRedirect',
			{},
			/<Endpoint>/,
		],
		[{ kind: 'html' }, 200, undefined, { 'content-type': 'text/html' }, /<html>/],
	] as const)('%j', async (fault, status, code, headers, words) => {
		meet(fault);
		const reply = await s3.get(PLACE);
		expect(reply).toMatchObject({ status, code, headers });
		expect(reply.body.toString()).toMatch(words);
		expect(storage().requests()[0]?.error).toBe(code);
	});

	test('a connection that is cut, before an answer or within', async () => {
		meet({ kind: 'reset' });
		await expect(s3.get(PLACE)).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(storage().requests()[0]?.status).toBeNull();
		meet({ kind: 'reset', afterBytes: 2 });
		await expect(s3.get(PLACE)).rejects.toThrow(/aborted|hang up/);
	});

	test('silence', async () => {
		meet({ kind: 'hang' });
		const giveUp = new AbortController();
		const answer = fetch(s3.link(PLACE), { signal: giveUp.signal });
		await until(() => storage().requests().length === 1);
		giveUp.abort();
		await expect(answer).rejects.toThrow();
		expect(storage().requests()[0]?.status).toBeNull();
	});

	test('an answer that comes late, and a clock that is wrong', async () => {
		meet({ kind: 'slow', ms: 1 });
		expect((await s3.get(PLACE)).status).toBe(200);
		meet({ kind: 'skewedDate', ms: -3_600_000 });
		const { status, headers } = await s3.get(PLACE);
		expect([status, headers.date]).toEqual([200, 'Wed, 31 Dec 2025 23:00:00 GMT']);
	});

	test('a list that never ends', async () => {
		meet({ kind: 'endlessList' }, { times: null });
		const keys: (string | undefined)[] = [];
		let query: Record<string, string> = { prefix: 'a/' };
		for (let page = 0; page < 4; page++) {
			const list = await s3.list('recordings', query);
			expect(list.truncated).toBe(true);
			keys.push(...list.keys);
			query = { ...query, 'continuation-token': list.token ?? '' };
		}
		const invented = ['1', '2', '3'].map((number) => `a/endless-00000000${number}`);
		expect(keys).toEqual(['a/1', 'a/2', ...invented]);
	});

	test('a list that comes again and again', async () => {
		meet({ kind: 'repeatedToken' }, { times: null });
		const first = await s3.list('recordings');
		const again = await s3.list('recordings', { 'continuation-token': first.token ?? '' });
		expect(again).toEqual(first);
		expect(first).toMatchObject({ keys: ['a/1', 'a/2', 'b'], truncated: true });
		const old = await s3.list('recordings', { 'list-type': '1' });
		expect(old).toMatchObject({ truncated: true, marker: 'again' });
	});

	test('an object that is gone after the list', async () => {
		meet({ kind: 'vanish', key: 'a/1' }, { match: { operation: 'list' } });
		expect((await s3.list('recordings')).keys).toContain('a/1');
		expect((await s3.get(PLACE)).status).toBe(404);
		expect((await s3.list('recordings')).keys).toEqual(['a/2', 'b']);
	});

	test('a server that ignores Range', async () => {
		meet({ kind: 'ignoreRange', bytes: 200_000 });
		const reply = await s3.send(s3.link(PLACE), { headers: { range: 'bytes=0-0' } });
		expect(reply).toMatchObject({ status: 200, headers: { 'content-length': '200000' } });
		expect(reply.body).toHaveLength(200_000);
		expect(storage().requests()[0]).toMatchObject({ range: 'bytes=0-0', sentBytes: 200_000 });
	});

	test('of which a client wants no more than the headers', async () => {
		meet({ kind: 'ignoreRange' });
		const response = await fetch(s3.link(PLACE));
		expect(response.headers.get('content-length')).toBe('50000000');
		await response.body?.cancel();
		expect(storage().requests()[0]?.sentBytes).toBeLessThan(50_000_000);
	});

	test('is for who signs well', async () => {
		meet({ kind: 'ignoreRange', bytes: 10 });
		expect((await s3.get(PLACE, { keys: ['x', 'x'] })).status).toBe(403);
	});

	test('hits what it matches', async () => {
		const slow = { kind: 'slowDown' } as const;
		meet(slow, { match: { operation: ['get', 'head'], key: 'a/', bucket: 'recordings' }, nth: 2 });
		meet(slow, { match: { accessKey: 'example-read-key' } });
		meet(slow, { match: { operation: 'list', key: 'c/' } });
		const statuses = [];
		for (const key of ['b', 'a/1', 'a/2', 'a/1']) {
			statuses.push((await s3.get(`/recordings/${key}`)).status);
		}
		expect(statuses).toEqual([200, 200, 503, 200]);
		expect((await s3.get('/recordings', { query: { prefix: 'a/' } })).status).toBe(200);
		expect((await s3.get('/recordings', { query: { prefix: 'c/d' } })).status).toBe(503);
		const keys = ['example-read-key', 'example-read-secret'] as const;
		expect((await s3.get(PLACE, { keys })).status).toBe(503);
		expect(storage().faults()).toMatchObject([{ hits: 1 }, { hits: 1 }, { hits: 1 }]);
		storage().clearFaults();
		expect(storage().faults()).toEqual([]);
	});

	test.each([
		{ kind: 'error', code: 'toString' },
		{ kind: 'error', code: 'NoSuchThing' },
		{ kind: 'melt' },
	])('is one that is known: %j', (fault) => {
		expect(() => meet(fault as never)).toThrow(/code|kind|discriminator/);
	});
});
