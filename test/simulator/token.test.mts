import { createHmac } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { judgeToken, parseToken } from '../../simulator/token.mts';
import {
	CERTIFICATE,
	INDIVIDUAL,
	MIX,
	SECURED_APP_ID,
	startApi,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api } from './harness.mts';

/** token.md 7. */
const VECTOR = {
	appId: '970CA35de60c44645bbae8a215061b33',
	certificate: '5CFd2fd1755d40ecb72977518be15d3b',
	cname: '7d72365eb983485397e3e3f9d460bdda',
	uid: '2882341273',
	now: 1_111_112,
};
const A =
	'007eJxTYBBbsMMnKq7p9Hf/HcIX5kce9b518kCiQgSr5Zrp4X1Tu6UUGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiVwMRhYWRsYmhkbmxgDCaiTj';
const A_BY_GO =
	'007eJxSYBBbsMMnKq7p9Hf/HcIX5kce9b518kCiQgSr5Zrp4X1Tu6UUGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiVwMRhYWRsYmhkbmxoAAAAD//8JqJOM=';
const UID_ZERO =
	'007eJxTYLhzZP08Lxa1Pg57+TcXb/3cZ3wi4V6kbpbOog0G2dOYk20UGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiQwMADacImo=';
const WITH_RTM =
	'007eJxTYOAQsrQ5s3TfH+1tvy8zZZ46EpCc0V43JXdGd2jS8porKo4KDJbmBs6OxqYpqWYGySYmZiamSUmJqRaJRoamBmaGScbG7l8EGCKYGBgYGRgYmBgYGVgYGMF8JjDJDCZZwKQCg3mKuZGxmWlqkqWFsYmFqbGleapxqnGaZYqJmUFSSkoiF4ORhYWRsYmhkbkxyCyISZwMJanFJfGlxalFACKnKng=';
const PUBLISHER =
	'007eJxTYDhuGCT90E3Yo2+N3efJV5hX1K1MZAqae/Sa8UP9VXvOhfArMFiaGzg7GpumpJoZJJuYmJmYJiUlplokGhmaGpgZJhkbu38RYIhgYmBgZABhRgYWBkYwnwlMMoNJFjCpwGCeYm5kbGaammRpYWxiYWpsaZ5qnGqcZpliYmaQlJKSyMVgZGFhZGxiaGRuDACosyXL';
const SUBSCRIBER = `007${deflateSync(Buffer.from('2000778f43332de28f3d71d6062b985568aa17d947172f373b224642cba6e1f8da112000393730434133356465363063343436343562626165386132313530363162333347f410005802000001000000010001000100010000000000200037643732333635656239383334383533393765336533663964343630626464610a0032383832333431323733', 'hex')).toString('base64')}`;

interface Parts {
	appId: string;
	certificate: string;
	channel: string;
	uid: string;
	issuedAt: number;
	expire: number;
	join: number | null;
}

/** token.md 3 to 5, as far as a test needs it. */
function build({ appId, certificate, channel, uid, issuedAt, expire, join }: Parts): string {
	const number = (value: number, size: number) => {
		const bytes = Buffer.alloc(size);
		bytes.writeUIntLE(value, 0, size);
		return bytes;
	};
	const text = (value: string | Buffer) => {
		const bytes = Buffer.from(value as string);
		return Buffer.concat([number(bytes.length, 2), bytes]);
	};
	const salt = 42;
	const privileges = join === null ? [number(0, 2)] : [number(1, 2), number(1, 2), number(join, 4)];
	const info = Buffer.concat([
		text(appId),
		number(issuedAt, 4),
		number(expire, 4),
		number(salt, 4),
		number(1, 2),
		number(1, 2),
		...privileges,
		text(channel),
		text(uid),
	]);
	const hmac = (key: Buffer, message: Buffer | string) =>
		createHmac('sha256', key).update(message).digest();
	const key = hmac(number(salt, 4), hmac(number(issuedAt, 4), certificate));
	return `007${deflateSync(Buffer.concat([text(hmac(key, info)), info])).toString('base64')}`;
}

describe('official tokens', () => {
	test.each([
		['A', A],
		['A as the Go library deflates it', A_BY_GO],
		['B, any uid', UID_ZERO],
		['C, with RTM', WITH_RTM],
		['D, publisher', PUBLISHER],
		['E, subscriber', SUBSCRIBER],
	])('%s is good', (_name, token) => {
		expect(judgeToken(token, VECTOR)).toEqual({ good: true, until: 1_111_711 });
	});

	test('vector A reads as documented', () => {
		expect(parseToken(A)).toMatchObject({
			appId: VECTOR.appId,
			issuedAt: 1_111_111,
			expiresAt: 1_111_711,
			rtc: { channel: VECTOR.cname, uid: VECTOR.uid, joinUntil: 1_111_711 },
		});
	});

	test('uid 0 serves any uid; a uid serves no other', () => {
		expect(judgeToken(UID_ZERO, { ...VECTOR, uid: '1' })).toMatchObject({ good: true });
		expect(judgeToken(A, { ...VECTOR, uid: '1' })).toMatchObject({ good: false });
	});

	test.each([
		['App ID', { appId: '0'.repeat(32) }],
		['certificate', { certificate: '0'.repeat(32) }],
		['channel', { cname: 'other' }],
		['time', { now: 1_111_711 }],
	])('another %s is refused', (_what, change) => {
		expect(judgeToken(A, { ...VECTOR, ...change })).toMatchObject({ good: false });
	});

	test.each(['', '006abc', '007', '007!!!!', A.slice(0, 60)])('%j is no token', (token) => {
		expect(judgeToken(token, VECTOR)).toMatchObject({ good: false });
	});
});

describe('an App ID with certificate', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi({ clock: { speed: 0, now: 1_800_000_000_000 } });
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const parts: Parts = {
		appId: SECURED_APP_ID,
		certificate: CERTIFICATE,
		channel: WHO.cname,
		uid: WHO.uid,
		issuedAt: 1_800_000_000,
		expire: 3600,
		join: 3600,
	};
	const begin = (mode: string, request: object) =>
		api.begin(mode, request, { appId: SECURED_APP_ID });

	test.each([
		['its own token', {}],
		['a wildcard uid', { uid: '' }],
		['a wildcard channel', { channel: '*' }],
		['no limit on the privilege', { join: 0 }],
	])('records with %s', async (_what, change) => {
		const session = await begin('mix', { ...MIX, token: build({ ...parts, ...change }) });
		api.sim.control.advance(10_000);
		expect((await api.query(session)).status).toBe(200);
	});

	test.each([
		['another App ID', { appId: '0'.repeat(32) }, 'another App ID'],
		['another certificate', { certificate: '0'.repeat(32) }, 'signature'],
		['another channel', { channel: 'other' }, 'channel'],
		['another uid', { uid: '1' }, 'uid'],
		['an expired token', { issuedAt: 1_799_996_400, join: 0 }, 'token expired'],
		['an expired privilege', { join: 1, issuedAt: 1_799_999_999 }, 'privilege expired'],
		['no right to join', { join: null }, 'join'],
	])('accepts the start with %s, and is gone soon', async (_what, change, because) => {
		const token = build({ ...parts, ...change });
		const session = await begin('individual', { ...INDIVIDUAL, token });
		expect((await api.query(session)).status).toBe(200);
		api.sim.control.advance(3000);
		expect((await api.query(session)).status).toBe(404);
		expect(api.sim.control.recording(session.sid).ended?.because).toContain(because);
	});

	test('is gone soon without a token, except in mode web', async () => {
		const channel = await begin('mix', MIX);
		const web = await api.begin('web', webRequest(), {
			appId: SECURED_APP_ID,
			who: { ...WHO, uid: '2' },
		});
		api.sim.control.advance(3000);
		expect((await api.query(channel)).status).toBe(404);
		expect((await api.query(web)).status).toBe(200);
	});

	test('loses the recording when the token expires', async () => {
		const session = await begin('mix', { ...MIX, token: build(parts) });
		api.sim.control.advance(3_599_999);
		expect((await api.query(session)).status).toBe(200);
		api.sim.control.advance(1);
		expect((await api.query(session)).status).toBe(404);
	});
});
