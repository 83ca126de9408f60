import fc from 'fast-check';
import { Redaction } from '../../nodes/AgoraCloudRecording/agora/redaction.ts';
import {
	maskedStreamUrl,
	secretsIn,
	withoutStreamKeys,
} from '../../nodes/AgoraCloudRecording/agora/secrets.ts';
import { SPELLINGS, spellings, traceOf } from '../support/spellings.mts';

const secrets = fc.oneof(
	fc.string({ unit: 'binary-ascii', minLength: 16, maxLength: 60 }),
	fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 }),
	fc.base64String({ minLength: 40, maxLength: 200 }),
	fc.string({ unit: 'grapheme', minLength: 12, maxLength: 40 }),
);
const text = fc.string({ maxLength: 80 });

describe('Of a text of a server', () => {
	it('no secret is left, however it is spelt', () => {
		fc.assert(
			fc.property(secrets, spellings, text, text, (secret, spelling, before, after) => {
				const redaction = new Redaction([secret]);
				const told = redaction.text(`${before} ${SPELLINGS[spelling](secret)} ${after}`);
				expect(told).not.toContain(secret);
				expect(told).not.toContain(traceOf(secret, spelling));
			}),
			{ numRuns: 2000 },
		);
	});

	it('no piece of a secret is left, wherever it was cut', () => {
		fc.assert(
			fc.property(secrets, spellings, fc.nat(), (secret, spelling, at) => {
				// Those begin with what stands before the secret.
				fc.pre(!spelling.startsWith('base64 of'));
				// Nor is what fills up base64 a part of it.
				const spelt = SPELLINGS[spelling](secret).replace(/(=|%3D)+$/, '');
				const piece = spelt.slice(0, 4 + (at % (spelt.length - 4)));
				const told = new Redaction([secret]).text(`Body was: "${piece}`);
				expect(told.slice('Body was: "'.length)).not.toContain(piece.slice(-4));
			}),
			{ numRuns: 2000 },
		);
	});

	it('secrets of the credential and of the request are hidden alike', () => {
		const both = new Redaction(['of-this-request'], new Redaction(['of-the-credential', 'brief7']));
		expect(both.text('of-this-request, of-the-credential, brief7, of-the-cr')).toBe(
			'***, ***, ***, ***',
		);
	});

	it('short secrets are hidden as words only', () => {
		const redaction = new Redaction(['minio-7', 'a.c(e[']);
		expect(redaction.text('key minio-7, kminio-7x, a.c(e[ and abcde')).toBe(
			'key ***, kminio-7x, *** and abcde',
		);
	});

	it.each([
		['Authorization: Basic ZXhhbXBsZS1jdXN0b21lcg==', 'Authorization: ***'],
		['Bearer abcdefghijklmnopqrst.uvw', '***'],
		['Basic authentication is needed', 'Basic authentication is needed'],
		[`token 007${'eJxTYJ'.repeat(10)}+/==.`, 'token ***.'],
		[
			`the token 006970CA35de60c44645bbae8a215061b33IACV0fZUBw+72cVoL9eyGGh3Q6Poi8bg= of`,
			'the token *** of',
		],
		['{"secretKey":"abc","region":7}', '{"secretKey":***","region":7}'],
		['{\\"accessKey\\": \\"abc\\",\\"region\\":7}', '{\\"accessKey\\": ***\\",\\"region\\":7}'],
		['accessKey=abc%2Fdef&region=7', 'accessKey=***&region=7'],
		['invalid token: it has expired', 'invalid token: it has expired'],
		['invalid clientRequest value!', 'invalid clientRequest value!'],
	])('what looks like a secret is hidden: %s', (said, told) => {
		expect(new Redaction([]).text(said)).toBe(told);
	});

	it('all else stays: IDs, names of files, Agora’s words', () => {
		const hex = fc.string({
			unit: fc.constantFrom(...'0123456789abcdef'),
			minLength: 32,
			maxLength: 32,
		});
		// A token begins with 006 or 007, and so does one SID in 2,048.
		const sids = fc
			.tuple(fc.constantFrom('', '', '006', '007'), hex)
			.map(([begin, sid]) => `${begin}${sid}`.slice(0, 32));
		fc.assert(
			fc.property(hex, sids, (secret, sid) => {
				fc.pre(secret.slice(0, 10) !== sid.slice(0, 10));
				const redaction = new Redaction([secret, `customer:${secret}`]);
				const file = `${sid}_class-7__uid_s_4711__uid_e_video.m3u8`;
				for (const said of [sid, file, `lessons/${file}`, 'failed to find worker']) {
					expect(redaction.text(said)).toBe(said);
				}
			}),
			{ numRuns: 500 },
		);
	});
});

describe('The address of a push to a CDN', () => {
	it.each([
		['rtmp://example.com/live/key', 'rtmp://example.com/live/***'],
		['rtmps://live.example.com:443/rtmp/FB-1?s_bl=1&a=/b', 'rtmps://live.example.com:443/rtmp/***'],
		['rtmp://user:word@example.com/app/instance/key', 'rtmp://example.com/app/***'],
		['rtmp://example.com/key', 'rtmp://example.com/***'],
		['rtmp://example.com?key', 'rtmp://example.com/***'],
		['rtmp://example.com', 'rtmp://example.com'],
		['RTMP://example.com/live/key', 'RTMP://example.com/live/***'],
		['a key alone', '***'],
	])('%s is told as %s', (url, told) => {
		expect(maskedStreamUrl(url)).toBe(told);
		expect(maskedStreamUrl(told)).toBe(told);
	});

	it.each([
		['push rtmp://a.example/live/key failed', 'push rtmp://a.example/live/*** failed'],
		['"rtmp:\\/\\/a.example\\/live\\/key"', '"rtmp://a.example/live/***"'],
		['url=rtmp%3A%2F%2Fa.example%2Flive%2Fkey', 'url=***'],
	])('in a text: %s', (said, told) => {
		expect(withoutStreamKeys(said)).toBe(told);
	});
});

describe('The secrets of a request', () => {
	it('are found by name, in addresses too', () => {
		const found = secretsIn({
			cname: 'class-7',
			clientRequest: {
				token: 'rtc-token-1',
				storageConfig: { accessKey: 'access-1', secretKey: 'secret-1', bucket: 'lessons' },
				recordingConfig: { secret: 'encryption', salt: 'c2FsdHNhbHQ=' },
				extensionServiceConfig: {
					extensionServices: [
						{ serviceParam: { url: 'https://example.com/room?lang=en&pass=letmein-9' } },
						{ serviceParam: { outputs: [{ rtmpUrl: 'rtmp://example.com/live/stream-key' }] } },
					],
				},
				addedTomorrow: {
					apiKeys: 1,
					apiKey: 'api-key-1',
					headers: { Authorization: 'Bearer xyz' },
				},
			},
		});
		expect(found.sort()).toEqual(
			[
				'rtc-token-1',
				'access-1',
				'secret-1',
				'encryption',
				'c2FsdHNhbHQ=',
				'letmein-9',
				'stream-key',
				'api-key-1',
				'Bearer xyz',
			].sort(),
		);
	});

	it('are none where the request says them in the open, or they are a few letters', () => {
		const rtmpUrl = 'rtmp://example.com/live/class-7';
		expect(secretsIn({ cname: 'class-7', rtmpUrl, secret: '12345' })).toEqual([]);
	});

	it.each<[string, object, string[]]>([
		['six letters are enough', { secret: '123456' }, ['123456']],
		['a number counts', { secretKey: 123_456_789 }, ['123456789']],
		['nothing is none', { token: undefined, salt: null, keys: [null, undefined, true] }, []],
		[
			'of a list that is named so, each',
			{ keys: 'open-key', token: ['first-1', 'second-2'] },
			['first-1', 'second-2'],
		],
		[
			'an address of a stream that is not understood is one as a whole',
			{ rtmpUrl: 'srt://example.com/streamkey' },
			['srt://example.com/streamkey'],
		],
		['an address that is no page gives none', { note: 'ftp://example.com/?pass=letmein-9' }, []],
		['an address that cannot be read gives none', { note: 'https://[broken?pass=letmein-9' }, []],
		['the password in an address', { page: 'https://anna:letmein-9@example.com/' }, ['letmein-9']],
		[
			'what the address of a page says in the open is none',
			{ page: 'https://example.com/room-77', token: 'room-77' },
			[],
		],
	])('%s', (_what, request, found) => {
		expect(secretsIn(request)).toEqual(found);
	});
});
