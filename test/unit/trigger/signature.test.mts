import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { isSigned } from '../../../nodes/AgoraCloudRecording/agora/notifications/signature.ts';
import { FORGERIES, signatures } from '../../support/signatures.mts';

/** Agora's own sample (notifications.md section 2). */
const SAMPLE = Buffer.from(
	'{"eventMs":1560408533119,"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}',
);
const V1 = '033c62f40f687675f17f0f41f91a40c71c0f134c';
const V2 = '6d3320c60b11101395b7fc8f9068748808a0aa1bfa064438e39d1bc2c7d74d99';
const headers = (v2?: string | string[], v1?: string | string[]) => ({
	'agora-signature-v2': v2,
	'agora-signature': v1,
});

describe('The published vectors', () => {
	it('are 155 bytes', () => expect(SAMPLE).toHaveLength(155));

	it.each([
		['both', headers(V2, V1)],
		['SHA-256 alone', headers(V2)],
		['SHA-1 alone', headers(undefined, V1)],
	])('are accepted with %s', (_what, given) => {
		expect(isSigned(SAMPLE, given, ['secret'])).toBe(true);
	});

	it.each([
		[
			'{"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}',
			'5a3bb6a6d9fad2ea9ae3fb707a14c9d7f3136df1',
			'de96da5acf03b0021ac3b4fa2225e7ae6f3533a30d50bb02c08ea4fa748bda24',
		],
		[
			'{"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}',
			'92ea60c5249b641f80de046d11e1cb2d15f1d1b2',
			'6ba85d7c1122f6c51143cce7765f06c601c0fbd691987f4510e45b943b2639e8',
		],
	])('of newer pages belong to other values: %s', (body, v1, v2) => {
		expect(isSigned(Buffer.from(body), headers(v2), ['secret'])).toBe(true);
		expect(isSigned(Buffer.from(body), headers(undefined, v1), ['secret'])).toBe(true);
		expect(isSigned(Buffer.from(body), headers(V2, V1), ['secret'])).toBe(false);
	});
});

describe('A signature', () => {
	it.each([
		['none', headers()],
		['a wrong SHA-256 one beside a right SHA-1 one', headers('0'.repeat(64), V1)],
		['an empty SHA-256 one beside a right SHA-1 one', headers('', V1)],
		['the SHA-1 value in the place of the SHA-256 one', headers(V1)],
		['the SHA-256 value in the place of the SHA-1 one', headers(undefined, V2)],
		['one that is too short', headers(V2.slice(1))],
		['one that is too long', headers(`${V2}0`)],
		['one with a space', headers(` ${V2}`)],
		['capital letters', headers(V2.toUpperCase())],
		['one that came twice', headers(`${V2}, ${V2}`)],
		['two in a list', headers([V2, V2])],
		['two in a list beside a right SHA-1 one', headers(['', V2], V1)],
		['another alphabet', headers(V2.replace('6', '\u0136').replace('d', '\u0164'))],
		['two spellings of the name', { ...headers(V2), 'Agora-Signature-V2': V2 }],
		['__proto__', { ['__proto__']: V2 } as never],
	])('is not %s', (_what, given) => {
		expect(isSigned(SAMPLE, given, ['secret'])).toBe(false);
	});

	it('is found whatever the case of the header', () => {
		expect(isSigned(SAMPLE, { 'AGORA-Signature-V2': V2 }, ['secret'])).toBe(true);
	});

	it('may be that of the previous secret', () => {
		expect(isSigned(SAMPLE, headers(V2, V1), ['new', 'secret'])).toBe(true);
		expect(isSigned(SAMPLE, headers(V2, V1), ['new', 'other'])).toBe(false);
	});

	it('is never made with an empty secret', () => {
		const given = signatures(SAMPLE, '');
		expect(isSigned(SAMPLE, given, [''])).toBe(false);
		expect(isSigned(SAMPLE, given, ['secret', ''])).toBe(false);
		expect(isSigned(SAMPLE, given, [])).toBe(false);
	});

	it('covers the bytes, not the JSON', () => {
		const spaced = Buffer.from(JSON.stringify(JSON.parse(SAMPLE.toString()), null, 1));
		expect(isSigned(spaced, headers(V2, V1), ['secret'])).toBe(false);
		expect(isSigned(Buffer.concat([SAMPLE, Buffer.from('\n')]), headers(V2), ['secret'])).toBe(
			false,
		);
	});

	it('of any body with any secret is accepted', () => {
		fc.assert(
			fc.property(fc.uint8Array(), fc.string({ minLength: 1 }), (bytes, secret) => {
				const body = Buffer.from(bytes);
				const { 'Agora-Signature': v1, 'Agora-Signature-V2': v2 } = signatures(body, secret);
				expect(isSigned(body, headers(v2, v1), [secret])).toBe(true);
				expect(isSigned(body, headers(undefined, v1), [secret])).toBe(true);
			}),
		);
	});
});

describe(`${FORGERIES} mutations`, () => {
	const text = fc.string({ minLength: 1, maxLength: 40 });
	const position = fc.nat({ max: 10_000 });
	const flipBit = (bytes: Buffer, at: number) => {
		const copy = Buffer.from(bytes);
		copy[Math.floor(at / 8) % copy.length] ^= 1 << (at % 8);
		return copy;
	};
	const mutateText = (value: string, at: number, by: string) => {
		const i = at % (value.length + 1);
		return at % 2 === 0
			? `${value.slice(0, i)}${by}${value.slice(i + 1)}`
			: `${value.slice(0, i)}${value.slice(i + 1)}`;
	};

	it('of bodies, headers and secrets are refused', () => {
		let refused = 0;
		fc.assert(
			fc.property(
				fc.constantFrom('body', 'cut', 'added', 'header', 'other header', 'secret', 'algorithm'),
				position,
				text,
				fc.boolean(),
				(what, at, by, onlyV1) => {
					let body: Buffer = SAMPLE;
					let secret = 'secret';
					let [v2, v1] = [V2, V1];
					if (what === 'body') body = flipBit(SAMPLE, at);
					if (what === 'cut') body = SAMPLE.subarray(0, at % SAMPLE.length);
					if (what === 'added') body = Buffer.concat([SAMPLE, Buffer.from(by)]);
					if (what === 'header') [v2, v1] = [mutateText(V2, at, by), mutateText(V1, at, by)];
					if (what === 'other header') [v2, v1] = [by, by];
					if (what === 'secret') secret = mutateText('secret', at, by);
					if (what === 'algorithm') {
						const sign = (algorithm: string) =>
							createHmac(algorithm, 'secret').update(SAMPLE).digest('hex');
						[v2, v1] = [sign('sha512'), sign('md5')];
					}
					fc.pre(secret !== 'secret' || what !== 'secret');
					fc.pre(what !== 'header' || (v2 !== V2 && v1 !== V1));
					const given = onlyV1 ? headers(undefined, v1) : headers(v2, v1);
					expect(isSigned(body, given, [secret])).toBe(false);
					refused++;
				},
			),
			{ numRuns: FORGERIES },
		);
		expect(refused).toBe(FORGERIES);
	});
});
