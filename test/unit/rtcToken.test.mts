import fc from 'fast-check';
import { deflateSync } from 'node:zlib';
import {
	buildRtcToken,
	MAX_SALT,
	readRtcToken,
	tokenRefusal,
	type RtcTokenContent,
	type RtcTokenRequest,
} from '../../nodes/AgoraCloudRecording/agora/rtcToken.ts';
import { judgeToken } from '../../simulator/token.mts';
import { contentOf, officialToken } from '../support/officialToken.mts';

/** Public data of Agora's own tests (token.md section 7). */
const VECTOR: RtcTokenRequest = {
	appId: '970CA35de60c44645bbae8a215061b33',
	appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
	channel: '7d72365eb983485397e3e3f9d460bdda',
	uid: '2882341273',
	privileges: [[1, 600]],
	expire: 600,
	issuedAt: 1_111_111,
	salt: 1,
};
const TOKEN_A =
	'007eJxTYBBbsMMnKq7p9Hf/HcIX5kce9b518kCiQgSr5Zrp4X1Tu6UUGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiVwMRhYWRsYmhkbmxgDCaiTj';
/** The same content as Agora's Go package compresses it. */
const TOKEN_A_BY_GO =
	'007eJxSYBBbsMMnKq7p9Hf/HcIX5kce9b518kCiQgSr5Zrp4X1Tu6UUGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiVwMRhYWRsYmhkbmxoAAAAD//8JqJOM=';
const TOKEN_B =
	'007eJxTYLhzZP08Lxa1Pg57+TcXb/3cZ3wi4V6kbpbOog0G2dOYk20UGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiQwMADacImo=';
const TOKEN_C_WITH_RTM =
	'007eJxTYOAQsrQ5s3TfH+1tvy8zZZ46EpCc0V43JXdGd2jS8porKo4KDJbmBs6OxqYpqWYGySYmZiamSUmJqRaJRoamBmaGScbG7l8EGCKYGBgYGRgYmBgYGVgYGMF8JjDJDCZZwKQCg3mKuZGxmWlqkqWFsYmFqbGleapxqnGaZYqJmUFSSkoiF4ORhYWRsYmhkbkxyCyISZwMJanFJfGlxalFACKnKng=';
const TOKEN_D =
	'007eJxTYDhuGCT90E3Yo2+N3efJV5hX1K1MZAqae/Sa8UP9VXvOhfArMFiaGzg7GpumpJoZJJuYmJmYJiUlplokGhmaGpgZJhkbu38RYIhgYmBgZABhRgYWBkYwnwlMMoNJFjCpwGCeYm5kbGaammRpYWxiYWpsaZ5qnGqcZpliYmaQlJKSyMVgZGFhZGxiaGRuDACosyXL';
const CONTENT_A =
	'200016a0b84c5a5e82cbf74fb813d09f59c54bdac9c06120580539ac97578e958b1a2000393730434133356465363063343436343562626165386132313530363162333347f410005802000001000000010001000100010058020000200037643732333635656239383334383533393765336533663964343630626464610a0032383832333431323733';
const CONTENT_D =
	'2000c731521be14613488eac3ef393d403a87ea96102529dc5d633e12faabcce540f2000393730434133356465363063343436343562626165386132313530363162333347f410005802000001000000010001000400010058020000020058020000030058020000040058020000200037643732333635656239383334383533393765336533663964343630626464610a0032383832333431323733';
const CONTENT_E =
	'2000778f43332de28f3d71d6062b985568aa17d947172f373b224642cba6e1f8da112000393730434133356465363063343436343562626165386132313530363162333347f410005802000001000000010001000100010000000000200037643732333635656239383334383533393765336533663964343630626464610a0032383832333431323733';

const publisher = (seconds: number) => [1, 2, 3, 4].map((one) => [one, seconds] as const);

describe('A token that is made here', () => {
	it.each([
		['A, join alone', {}, CONTENT_A],
		['B, any UID', { uid: '' }, contentOf(TOKEN_B)],
		['D, publisher', { privileges: publisher(600) }, CONTENT_D],
		['E, no limit on the privilege', { privileges: [[1, 0]] as const }, CONTENT_E],
	])('says what the vector does: %s', async (_name, changes, content) => {
		const request = { ...VECTOR, ...changes };
		const token = await buildRtcToken(request);
		expect(token).toMatch(/^007[A-Za-z0-9+/]+=*$/);
		expect(contentOf(token)).toBe(content);
		// Agora's package takes only the number 0 for "any".
		expect(contentOf(officialToken({ ...request, uid: (request.uid || 0) as string }))).toBe(
			content,
		);
	});

	it('agrees with the texts of the reference, whichever way they are compressed', () => {
		expect(contentOf(TOKEN_A)).toBe(CONTENT_A);
		expect(contentOf(TOKEN_A_BY_GO)).toBe(CONTENT_A);
		expect(contentOf(TOKEN_D)).toBe(CONTENT_D);
	});

	it('says the same as one of Agora’s package, and opens the channel, 1000 times', async () => {
		const hex = fc.stringMatching(/^[0-9a-fA-F]{32}$/);
		const request = fc.record({
			appId: hex,
			appCertificate: hex,
			channel: fc.oneof(fc.constant('*'), fc.stringMatching(/^[ -~]{1,63}$/)),
			uid: fc.integer({ min: 1, max: 2 ** 32 - 1 }).map(String),
			privileges: fc.uniqueArray(
				fc.tuple(fc.constantFrom(1, 2, 3, 4), fc.integer({ min: 0, max: 86_400 })),
				{ selector: ([privilege]) => privilege, maxLength: 4 },
			),
			expire: fc.integer({ min: 1, max: 86_400 }),
			issuedAt: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
			salt: fc.integer({ min: 1, max: MAX_SALT }),
		});
		await fc.assert(
			fc.asyncProperty(request, async (given) => {
				const token = await buildRtcToken(given);
				expect(contentOf(token)).toBe(contentOf(officialToken(given)));
				const { appId, appCertificate, channel, uid, issuedAt, expire } = given;
				const privileges = new Map(given.privileges);
				expect(await readRtcToken(token)).toEqual({
					appId,
					channel,
					uid,
					issuedAt,
					expiresAt: issuedAt + expire,
					joinSeconds: privileges.get(1),
				});
				const bearer = { appId, certificate: appCertificate, cname: channel, uid, now: issuedAt };
				expect(judgeToken(token, bearer).good).toBe(privileges.has(1));
			}),
			{ numRuns: 1000 },
		);
	}, 60_000);
});

describe('A token that is read', () => {
	const NOW = VECTOR.issuedAt + 1;
	const wanted = { appId: VECTOR.appId, channel: VECTOR.channel, uid: VECTOR.uid, now: NOW };
	const refusalOf = async (token: string, changes: Partial<typeof wanted> = {}) => {
		const content = await readRtcToken(token);
		return content ? tokenRefusal(content, { ...wanted, ...changes }) : 'unreadable';
	};

	it.each([
		['A', TOKEN_A],
		['A by Go', TOKEN_A_BY_GO],
		['B, any UID', TOKEN_B],
		['C, with RTM', TOKEN_C_WITH_RTM],
		['D, publisher', TOKEN_D],
	])('is fine where Agora made it: %s', async (_name, token) => {
		expect(await refusalOf(token)).toBeUndefined();
	});

	it('tells everything but the signature', async () => {
		expect(await readRtcToken(TOKEN_A)).toEqual({
			appId: VECTOR.appId,
			channel: VECTOR.channel,
			uid: VECTOR.uid,
			issuedAt: 1_111_111,
			expiresAt: 1_111_711,
			joinSeconds: 600,
		});
	});

	it.each<[string, Partial<RtcTokenRequest>, string | undefined]>([
		['its own', {}, undefined],
		['any channel', { channel: '*' }, undefined],
		['any UID', { uid: '' }, undefined],
		['any of both', { channel: '*', uid: '' }, undefined],
		['no limit on joining', { privileges: [[1, 0]] }, undefined],
		[
			'another App ID',
			{ appId: '0'.repeat(32) },
			'must be a token generated with the App ID in the credential',
		],
		[
			'another channel',
			{ channel: 'other' },
			`must be a token for the channel "${VECTOR.channel}", but is for "other"`,
		],
		['another UID', { uid: '7' }, 'must be a token for the recorder UID 2882341273, but is for 7'],
		[
			'a token that has ended',
			{ expire: 1 },
			'must be a valid token, but expired at 1970-01-13T20:38:32.000Z',
		],
		[
			'no right to join',
			{ privileges: [[2, 600]] },
			'must be a token with permission to join the channel',
		],
		[
			'a right to join that has ended',
			{ privileges: [[1, 1]] },
			'must be a token with permission to join the channel, but that permission expired at 1970-01-13T20:38:32.000Z',
		],
	])('is judged by what it is for: %s', async (_what, changes, refusal) => {
		expect(await refusalOf(await buildRtcToken({ ...VECTOR, ...changes }))).toBe(refusal);
	});

	it('for one UID is refused where the UID is still to be chosen', async () => {
		expect(await refusalOf(TOKEN_A, { uid: undefined })).toBe(
			"must be used with 'Recorder UID' set to 2882341273, which it was generated for",
		);
		expect(await refusalOf(TOKEN_B, { uid: undefined })).toBeUndefined();
	});

	it('is good to its last second', async () => {
		expect(await refusalOf(TOKEN_A, { now: 1_111_710 })).toBeUndefined();
		expect(await refusalOf(TOKEN_A, { now: 1_111_711 })).toMatch(/must be a valid token/);
	});

	const packed = (content: Buffer) => `007${deflateSync(content).toString('base64')}`;
	const contentA = Buffer.from(CONTENT_A, 'hex');
	/** RTM alone: the type of the only service is 2. */
	const rtmOnly = Buffer.from(contentA);
	rtmOnly.writeUInt16LE(2, 34 + 34 + 12 + 2);
	const noService = Buffer.from(contentA);
	noService.writeUInt16LE(0, 34 + 34 + 12);

	it.each([
		['nothing', ''],
		['version 006', `006${TOKEN_A.slice(3)}`],
		['the version alone', '007'],
		['no Base64', '007!!!!'],
		['half a token', TOKEN_A.slice(0, 60)],
		['something compressed', packed(Buffer.from('hello'))],
		['a content cut off', packed(contentA.subarray(0, -5))],
		['another service alone', packed(rtmOnly)],
		['no service', packed(noService)],
	])('cannot be %s', async (_what, token) => {
		expect(await readRtcToken(token)).toBeUndefined();
	});

	it('may be any garbage without harm', async () => {
		const bytes = fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all));
		const mutated = fc
			.tuple(fc.nat({ max: contentA.length - 1 }), fc.nat({ max: 255 }))
			.map(([at, value]) => {
				const content = Buffer.from(contentA);
				content[at] = value;
				return content;
			});
		const garbage = fc.oneof(
			fc.string(),
			fc.string().map((text) => `007${text}`),
			bytes.map((all) => `007${all.toString('base64')}`),
			bytes.map(packed),
			mutated.map(packed),
		);
		await fc.assert(
			fc.asyncProperty(garbage, async (token) => {
				const content: RtcTokenContent | undefined = await readRtcToken(token);
				if (content) expect(typeof tokenRefusal(content, wanted)).toMatch(/string|undefined/);
			}),
			{ numRuns: 500 },
		);
	}, 30_000);
});
