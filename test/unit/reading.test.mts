import { CUT } from '../../nodes/AgoraCloudRecording/agora/lenient.ts';
import { Redaction } from '../../nodes/AgoraCloudRecording/agora/redaction.ts';
import { clock } from '../../nodes/AgoraCloudRecording/process/clock.ts';
import { MAX_ANSWER, readAnswer } from '../../nodes/AgoraCloudRecording/transport/reading.ts';

const NOW = Date.UTC(2026, 0, 1);
const realNow = clock.now;
beforeAll(() => {
	clock.now = () => NOW;
});
afterAll(() => {
	clock.now = realNow;
});

const read = (response: unknown, onCut = () => undefined) =>
	readAnswer(response, new Redaction(['a-secret-of-ours']), onCut);
const after = (value: unknown) => read({ headers: { 'retry-after': value } }).retryAfter;

describe('An answer', () => {
	it.each([undefined, null, 'text', 5, []])('that is %p is nobody’s', (response) => {
		expect(read(response)).toStrictEqual({ status: 0, body: undefined });
	});

	it('is its status, its object, and the number of the request', () => {
		const headers = { 'x-request-id': `${'r'.repeat(200)}` };
		expect(read({ statusCode: 201, headers, body: { a: 1 } })).toStrictEqual({
			...{ status: 201, body: { a: 1 }, requestId: 'r'.repeat(100) },
		});
		for (const body of ['text', [1], 5, null]) {
			expect(read({ statusCode: 'x', headers: [], body })).toStrictEqual({
				...{ status: 0, body: undefined },
			});
		}
		expect(read({ headers: { 'x-request-id': 5 } })).not.toHaveProperty('requestId');
	});

	it.each([
		['0', undefined],
		['1', 1],
		['2.5', 2.5],
		['-1', undefined],
		[' 5', undefined],
		['soon', undefined],
		[5, undefined],
		[String(366 * 24 * 3600), 366 * 24 * 3600],
		[String(366 * 24 * 3600 + 1), undefined],
		[new Date(NOW + 90_000).toUTCString(), 90],
		[new Date(NOW).toUTCString(), undefined],
	])('with Retry-After %j is to be waited for %p seconds', (header, seconds) => {
		expect(after(header)).toBe(seconds);
	});

	it('has no secrets, and no texts of any length', () => {
		const at = (length: number) => read({ body: { a: 'x'.repeat(length) } }).body?.a;
		expect(at(2000)).toBe('x'.repeat(2000));
		expect(at(2001)).toBe(`${'x'.repeat(2000 - CUT.length)}${CUT}`);
		const { body } = read({ body: { a: 'is a-secret-of-ours', token: 'b', c: { token: 'd' } } });
		expect(body).toEqual({ a: 'is ***', token: '***', c: { token: '***' } });
		const deep = `${'x'.repeat(3990)} a-secret-of-ours`;
		expect(JSON.stringify(read({ body: { a: deep } }).body)).not.toContain('secret');
	});

	it('is told to be cut where it is too large', () => {
		let cuts = 0;
		const list = (length: number) =>
			read({ body: { a: Array.from({ length }, () => 'x'.repeat(1000)) } }, () => void cuts++);
		list(MAX_ANSWER / 1000 - 1);
		expect(cuts).toBe(0);
		list(MAX_ANSWER / 1000 + 1);
		expect(cuts).toBeGreaterThan(0);
	});
});
