import { createHash } from 'node:crypto';
import { containing, startApi } from './harness.mts';
import type { Api } from './harness.mts';
import { FULL, READER, S3, WRITER } from './s3.mts';
import type { Signing } from './s3.mts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

let api: Api;
let s3: S3;
beforeAll(async () => {
	api = await startApi({
		clock: { speed: 0, now: NOW },
		storage: {
			buckets: [
				{ name: 'recordings' },
				{ name: 'frankfurt', region: 'eu-central-1' },
				{ name: 'locked', writeOnce: true, checksum: true },
			],
		},
	});
	s3 = new S3(api.sim);
});
afterAll(() => api.sim.close());
beforeEach(() => {
	api.sim.control.reset();
	put('a/b c.txt', 'hello world');
});

const storage = () => api.sim.control.storage;
const put = (key: string, text: string) => storage().put('recordings', key, text);
const PLACE = '/recordings/a/b c.txt';

describe('A signature', () => {
	test.each(["recordings/a/b c+d~é(1)!'*.txt", 'frankfurt/x'])('opens %s', async (place) => {
		const [bucket = '', ...key] = place.split('/');
		storage().put(bucket, key.join('/'), 'hello world');
		const region = bucket === 'frankfurt' ? 'eu-central-1' : 'anywhere';
		expect(await s3.get(`/${place}`, { region })).toMatchObject({ status: 200 });
		const { status, body } = await s3.byHeader(`/${place}`, { region });
		expect([status, body.toString()]).toEqual([200, 'hello world']);
	});

	test('is that of the published example', async () => {
		const at = Date.UTC(2013, 4, 24);
		api.sim.control.setTime(at);
		storage().setKey({
			accessKey: 'AKIAIOSFODNN7EXAMPLE',
			secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
		});
		storage().setBucket({ name: 'examplebucket' });
		const query = [
			'X-Amz-Algorithm=AWS4-HMAC-SHA256',
			'X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request',
			'X-Amz-Date=20130524T000000Z',
			'X-Amz-Expires=3600',
			'X-Amz-SignedHeaders=host',
			'list-type=2',
			'max-keys=1000',
			'prefix=dir1%2Fa%20b',
			'X-Amz-Signature=03433a7d74926d68eff4a3b67f47956184346ad6b241e3eb7b7f6fb040713096',
		].join('&');
		const headers = { host: 's3.example.com:9000' };
		const reply = await s3.send(`${s3.url}/examplebucket?${query}`, { headers });
		expect(reply.status).toBe(200);
		const other = await s3.send(`${s3.url}/examplebucket?${query}`);
		expect(other).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
	});

	test.each<[string, Signing, number, string, string?]>([
		['a wrong secret', { keys: [FULL[0], 'x'] }, 403, 'SignatureDoesNotMatch'],
		['an unknown key', { keys: ['x', 'x'] }, 403, 'InvalidAccessKeyId'],
		['a link that ran out', { at: NOW - 61 * MINUTE }, 403, 'AccessDenied', 'Request has expired'],
		['one of tomorrow', { at: NOW + 16 * MINUTE }, 403, 'AccessDenied', 'not valid yet'],
		['one for too long', { expires: 604_801 }, 400, 'AuthorizationQueryParametersError'],
		['a token of nobody', { token: 't' }, 400, 'InvalidToken'],
	])('of %s is refused', async (_what, signing, status, code, words = '') => {
		const reply = await s3.get(PLACE, signing);
		expect(reply).toMatchObject({ status, code });
		expect(reply.body.toString()).toContain(words);
	});

	test('holds as long as it says, by the clock of the simulator', async () => {
		const link = s3.link(PLACE, { expires: 604_800 });
		api.sim.control.advance(604_800_000);
		expect((await s3.send(link)).status).toBe(200);
		api.sim.control.advance(1);
		const { body } = await s3.send(link);
		expect(body.toString()).toContain('<Expires>2026-01-08T00:00:00Z</Expires>');
	});

	test('or by real time', async () => {
		api.sim.control.configure({ signatureClock: 'real' });
		expect((await s3.get(PLACE)).code).toBe('AccessDenied');
		const { status, headers } = await s3.get(PLACE, { at: Date.now() });
		expect(status).toBe(200);
		expect(Date.parse(String(headers.date))).toBeGreaterThan(NOW);
	});

	test.each([
		['another key', (link: string) => link.replace('b%20c', 'b%20d')],
		['another parameter', (link: string) => `${link}&response-content-type=text%2Fhtml`],
		['a longer life', (link: string) => link.replace('Expires=3600', 'Expires=7200')],
		[
			'another signature',
			(link: string) => link.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
		],
	])('does not fit %s', async (_what, tamper) => {
		const reply = await s3.send(tamper(s3.link(PLACE)));
		expect(reply).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
	});

	test('does not fit another method', async () => {
		const reply = await s3.send(s3.link(PLACE), { method: 'HEAD' });
		expect(reply).toMatchObject({ status: 403, code: undefined });
		expect(reply.body).toHaveLength(0);
	});

	test('is asked for', async () => {
		const url = `${s3.url}/recordings/a/b%20c.txt`;
		expect(await s3.send(url)).toMatchObject({ status: 403, code: 'AccessDenied' });
		const headers = { Authorization: 'Basic YTpi' };
		expect(await s3.send(url, { headers })).toMatchObject({ status: 400, code: 'InvalidArgument' });
		expect(storage().requests().at(-1)).toMatchObject({ signed: 'other', accessKey: undefined });
		expect(storage().requests().at(-1)?.headerNames).toContain('authorization');
	});

	test.each(['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'])(
		'has to be whole: without %s',
		async (name) => {
			const link = s3.link(PLACE).replace(new RegExp(`X-Amz-${name}=[^&]*&?`), '');
			const { status, code } = await s3.send(link);
			const whole = [400, 'AuthorizationQueryParametersError'];
			expect([status, code]).toEqual(whole);
		},
	);

	test('covers the headers of S3', async () => {
		const unsigned = await s3.send(s3.link(PLACE), { headers: { 'x-amz-meta-a': '1' } });
		expect(unsigned).toMatchObject({ status: 403, code: 'AccessDenied' });
		expect(unsigned.body.toString()).toContain('<HeadersNotSigned>x-amz-meta-a<');
		const headers = { 'x-amz-meta-a': '1' };
		expect((await s3.get(PLACE, { headers })).status).toBe(200);
		const range = await s3.byHeader(PLACE, { headers: { range: 'bytes=0-0' } });
		expect(range.status).toBe(206);
	});

	test('in headers holds 15 minutes, and covers the body', async () => {
		const late = await s3.byHeader(PLACE, { at: NOW - 16 * MINUTE });
		expect(late).toMatchObject({ status: 403, code: 'RequestTimeTooSkewed' });
		expect(late.body.toString()).toContain('<ServerTime>2026-01-01T00:00:00Z<');
		const body = Buffer.from('x');
		const signed = (text: string) =>
			s3.byHeader('/recordings/new', {
				method: 'PUT',
				body,
				headers: { 'x-amz-content-sha256': createHash('sha256').update(text).digest('hex') },
			});
		expect(await signed('y')).toMatchObject({ status: 400, code: 'XAmzContentSHA256Mismatch' });
		expect((await signed('x')).status).toBe(200);
	});

	test('for another region is told which one is right', async () => {
		for (const [reply, code] of [
			[await s3.get('/frankfurt'), 'AuthorizationQueryParametersError'],
			[await s3.byHeader('/frankfurt'), 'AuthorizationHeaderMalformed'],
		] as const) {
			expect(reply).toMatchObject({ status: 400, code });
			expect(reply.body.toString()).toContain('<Region>eu-central-1</Region>');
		}
	});

	test('of a temporary key needs its token, and ends', async () => {
		const keys = ['ASIA', 'secret'] as const;
		const key = { accessKey: 'ASIA', secretKey: 'secret', sessionToken: 't/+=' };
		storage().setKey({ ...key, expiresAt: NOW + MINUTE });
		const code = async (token?: string) => (await s3.get(PLACE, { keys, token })).code;
		expect(await code('t/+=')).toBeUndefined();
		expect(await code()).toBe('InvalidAccessKeyId');
		expect(await code('other')).toBe('InvalidToken');
		api.sim.control.advance(MINUTE);
		expect(await code('t/+=')).toBe('ExpiredToken');
	});
});

describe('A key without the right', () => {
	test.each([
		['writer reads', PLACE, { keys: WRITER }, 403],
		['writer lists', '/recordings', { keys: WRITER }, 403],
		['writer writes', '/recordings/new', { keys: WRITER, method: 'PUT' }, 200],
		['reader reads', PLACE, { keys: READER }, 200],
		['reader lists', '/recordings', { keys: READER }, 200],
		['reader writes', '/recordings/new', { keys: READER, method: 'PUT' }, 403],
	] as const)('%s', async (_what, place, signing, status) => {
		expect((await s3.get(place, signing)).status).toBe(status);
		expect(storage().requests().at(-1)?.accessKey).toBe(signing.keys[0]);
	});

	test('to list does not learn what is missing', async () => {
		const missing = '/recordings/missing';
		expect(await s3.get(missing)).toMatchObject({ status: 404, code: 'NoSuchKey' });
		storage().setKey({ accessKey: 'a', secretKey: 'b', rights: ['read'] });
		expect(await s3.get(missing, { keys: ['a', 'b'] })).toMatchObject({
			status: 403,
			code: 'AccessDenied',
		});
		const head = { keys: ['a', 'b'], method: 'HEAD' } as const;
		expect((await s3.get(missing, head)).status).toBe(403);
		expect((await s3.get(PLACE, head)).status).toBe(200);
	});

	test('and a key that was removed', async () => {
		storage().removeKey(FULL[0]);
		expect(await s3.get(PLACE)).toMatchObject({ code: 'InvalidAccessKeyId' });
	});
});

describe('An object', () => {
	test('has its facts', async () => {
		const { status, headers, body } = await s3.get(PLACE);
		expect([status, body.toString()]).toEqual([200, 'hello world']);
		expect(headers).toMatchObject({
			'content-type': 'binary/octet-stream',
			'content-length': '11',
			'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
			date: 'Thu, 01 Jan 2026 00:00:00 GMT',
			etag: `"${createHash('md5').update('hello world').digest('hex')}"`,
		});
		const head = await s3.get(PLACE, { method: 'HEAD' });
		expect(head).toMatchObject({ status: 200, headers: { 'content-length': '11' } });
		expect(head.body).toHaveLength(0);
		expect(await s3.get('/other/x')).toMatchObject({ status: 404, code: 'NoSuchBucket' });
		expect((await s3.get(PLACE, { method: 'DELETE' })).status).toBe(405);
	});

	test('is served as the link says', async () => {
		const type = 'application/vnd.apple.mpegurl';
		const disposition = 'attachment; filename="a b.mp4"';
		const { headers } = await s3.get(PLACE, {
			query: { 'response-content-type': type, 'response-content-disposition': disposition },
		});
		expect(headers).toMatchObject({ 'content-type': type, 'content-disposition': disposition });
	});

	test.each([
		['bytes=0-0', 206, 'h', 'bytes 0-0/11'],
		['bytes=6-', 206, 'world', 'bytes 6-10/11'],
		['bytes=-3', 206, 'rld', 'bytes 8-10/11'],
		['bytes=8-99', 206, 'rld', 'bytes 8-10/11'],
		['bytes=5-2', 200, 'hello world', undefined],
		['lines=1', 200, 'hello world', undefined],
	])('in part: %s', async (range, status, text, contentRange) => {
		const reply = await s3.send(s3.link(PLACE), { headers: { range } });
		expect([reply.status, reply.body.toString()]).toEqual([status, text]);
		expect(reply.headers['content-range']).toBe(contentRange);
		expect(storage().requests().at(-1)).toMatchObject({ range, status, sentBytes: text.length });
	});

	test('that is empty, or too short', async () => {
		put('empty', '');
		const first = { headers: { range: 'bytes=0-0' } };
		const reply = await s3.send(s3.link('/recordings/empty'), first);
		expect(reply).toMatchObject({ status: 416, code: 'InvalidRange' });
		expect((await s3.send(s3.link('/recordings/empty'))).status).toBe(200);
		const beyond = { headers: { range: 'bytes=11-' } };
		expect((await s3.send(s3.link(PLACE), beyond)).status).toBe(416);
	});

	test('is written and replaced, with its type', async () => {
		const write = (body: string) =>
			s3.send(s3.link('/recordings/new', { method: 'PUT' }), {
				method: 'PUT',
				body,
				headers: { 'content-type': 'text/plain' },
			});
		expect((await write('one')).status).toBe(200);
		expect((await write('two')).status).toBe(200);
		const { body, headers } = await s3.get('/recordings/new');
		expect([body.toString(), headers['content-type']]).toEqual(['two', 'text/plain']);
	});

	test('in a locked bucket is written once, with a checksum', async () => {
		const write = (md5?: string) =>
			s3.send(s3.link('/locked/new', { method: 'PUT' }), {
				method: 'PUT',
				body: 'x',
				headers: {
					'content-type': 'text/plain',
					...(md5 === undefined ? {} : { 'content-md5': md5 }),
				},
			});
		const md5 = (text: string) => createHash('md5').update(text).digest('base64');
		expect(await write()).toMatchObject({ status: 400, code: 'InvalidRequest' });
		expect(await write(md5('y'))).toMatchObject({ status: 400, code: 'BadDigest' });
		expect((await write(md5('x'))).status).toBe(200);
		expect(await write(md5('x'))).toMatchObject({ status: 403, code: 'AccessDenied' });
		expect(storage().read('locked', 'new').toString()).toBe('x');
	});
});

describe('A list', () => {
	const KEYS = ['a/1', 'a/2', 'a/3', 'a/b/1', 'a/b/2', 'b', 'é&<\u0001'];
	beforeEach(() => {
		storage().remove('recordings', 'a/b c.txt');
		for (const key of KEYS.toReversed()) put(key, key);
	});

	test('is sorted, and its names are XML', async () => {
		const { keys } = await s3.list('recordings');
		expect(keys).toEqual([...KEYS.slice(0, 6), 'é&amp;&lt;&#x01;']);
		expect((await s3.list('recordings', { prefix: 'a/b' })).keys).toEqual(['a/b/1', 'a/b/2']);
		const encoded = await s3.list('recordings', { 'encoding-type': 'url', prefix: 'é' });
		expect(encoded.keys).toEqual(['%C3%A9%26%3C%01']);
		const { body } = await s3.get('/recordings/', { query: { prefix: 'b' } });
		expect(body.toString()).toContain(
			'<LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;92eb5ffee6ae2fec3ad71c777531578f&quot;</ETag><Size>1</Size>',
		);
	});

	test('comes in pages', async () => {
		const pages: unknown[] = [];
		let token: string | undefined;
		do {
			const query: Record<string, string> = { 'max-keys': '3' };
			if (token !== undefined) query['continuation-token'] = token;
			const page = await s3.list('recordings', query);
			pages.push(page.keys);
			token = page.token;
		} while (token !== undefined);
		expect(pages).toEqual([KEYS.slice(0, 3), KEYS.slice(3, 6), ['é&amp;&lt;&#x01;']]);
		const after = await s3.list('recordings', { 'start-after': 'a/b/2', 'max-keys': '1' });
		expect(after).toMatchObject({ keys: ['b'], truncated: true });
		expect(await s3.list('recordings', { 'max-keys': '0' })).toMatchObject({
			keys: [],
			truncated: false,
		});
	});

	test('of the first version has markers', async () => {
		const first = await s3.list('recordings', { 'list-type': '1', 'max-keys': '2' });
		expect(first).toMatchObject({ keys: ['a/1', 'a/2'], truncated: true, marker: undefined });
		const next = await s3.list('recordings', { 'list-type': '1', 'max-keys': '2', marker: 'a/2' });
		expect(next.keys).toEqual(['a/3', 'a/b/1']);
	});

	test('tells folders by a delimiter', async () => {
		const query = { delimiter: '/', prefix: 'a/' };
		expect(await s3.list('recordings', query)).toMatchObject({
			keys: ['a/1', 'a/2', 'a/3'],
			prefixes: ['a/b/'],
		});
		const page = await s3.list('recordings', { ...query, 'list-type': '1', 'max-keys': '3' });
		expect(page).toMatchObject({ truncated: true, marker: 'a/3' });
	});

	test('wants a number', async () => {
		const reply = await s3.get('/recordings', { query: { 'max-keys': 'x' } });
		expect(reply).toMatchObject({ status: 400, code: 'InvalidArgument' });
	});
});

describe('The control API', () => {
	const control = (method: string, path: string, data?: unknown, headers = {}) =>
		api.request(method, `/__simulator/storage${path}`, data, headers);

	test('tells and changes buckets, keys and objects', async () => {
		await control('PUT', '/buckets/more', { writeOnce: true });
		await control('PUT', '/keys/k', { secretKey: 'hidden', rights: ['read'], sessionToken: 'too' });
		const { data } = await control('DELETE', `/keys/${FULL[0]}`);
		expect(data).toMatchObject({
			url: containing('http://127.0.0.1:'),
			buckets: [{ name: 'recordings' }, {}, {}, { name: 'more', writeOnce: true, region: null }],
			keys: [{}, {}, { accessKey: 'k', secretKey: '***', rights: ['read'] }],
		});
		expect(JSON.stringify(data)).not.toMatch(/hidden|too"/);
		await control('PUT', '/objects/more/x/y%20z', 'text', { 'Content-Type': 'text/plain' });
		const objects = await control('GET', '/objects');
		expect(objects.data).toMatchObject([
			{ key: 'a/b c.txt', size: 11, modifiedAt: NOW },
			{ bucket: 'more', key: 'x/y z', size: 4, type: 'text/plain' },
		]);
		await control('DELETE', '/objects/more/x/y%20z');
		expect((await control('DELETE', '/objects/more/x/y%20z')).status).toBe(404);
		expect((await control('PUT', '/buckets/NO')).status).toBe(400);
		expect((await control('PUT', '/objects/none/x', 'text')).status).toBe(404);
	});

	test('tells the requests', async () => {
		await s3.get(PLACE, { query: { 'response-content-type': 'text/plain' } });
		const { data } = await control('GET', '/requests');
		expect(data).toEqual([
			{
				number: 1,
				at: NOW,
				method: 'GET',
				operation: 'get',
				bucket: 'recordings',
				key: 'a/b c.txt',
				query: { 'response-content-type': 'text/plain' },
				signed: 'query',
				accessKey: FULL[0],
				headerNames: expect.arrayContaining(['host']) as unknown,
				status: 200,
				sentBytes: 11,
			},
		]);
		await control('DELETE', '/requests');
		expect(storage().requests()).toEqual([]);
	});

	test('scripts faults', async () => {
		const fault = { match: { key: 'b c' }, fault: { kind: 'slowDown' } };
		expect((await control('POST', '/faults', fault)).data).toEqual({ id: 1 });
		expect((await control('GET', '/faults')).data).toMatchObject([{ id: 1, hits: 0 }]);
		await control('DELETE', '/faults/1');
		expect((await control('GET', '/faults')).data).toEqual([]);
		await control('POST', '/faults', fault);
		await control('DELETE', '/faults');
		expect((await s3.get(PLACE)).status).toBe(200);
		expect((await control('POST', '/faults', { fault: { kind: 'x' } })).status).toBe(400);
	});

	test('goes back to the beginning', () => {
		storage().setBucket({ name: 'more' });
		storage().removeKey(FULL[0]);
		api.sim.control.reset();
		expect(storage().buckets()).toHaveLength(3);
		expect(storage().keys.has(FULL[0])).toBe(true);
		expect(storage().objects()).toEqual([]);
	});

	test('knows no storage where none is served', async () => {
		const other = await startApi();
		expect((await other.request('GET', '/__simulator/storage')).status).toBe(404);
		await other.sim.close();
	});
});
