import type { INodeParameters } from 'n8n-workflow';
import { type RtcTokenRequest } from '../../nodes/AgoraCloudRecording/agora/rtcToken.ts';
import { EXAMPLE_ACCOUNT } from '../../simulator/index.mts';
import { judgeToken } from '../../simulator/token.mts';
import { failureOf, textOf } from '../support/failures.mts';
import {
	contentOf,
	officialOldToken,
	officialToken,
	type OldTokenRequest,
} from '../support/officialToken.mts';
import { type Setup, useAgora } from '../support/setup.mts';

const [, { appId: APP_ID, certificate: CERTIFICATE = '' }] = EXAMPLE_ACCOUNT.apps;
const DAY_S = 86_400;
const ROLES = { publisher: 1, subscriber: 2 } as const;

const agora = useAgora();
/** Credential of the project that has an App Certificate. */
let credentials: Setup['credentials'];

beforeAll(() => {
	credentials = { ...agora.credentials, appId: APP_ID, appCertificate: CERTIFICATE };
});

const nowSeconds = () => Math.floor(agora.time.now() / 1000);

const generate = async (parameters: INodeParameters, more: object = {}) =>
	await agora.runOne('generate', { resource: 'rtcToken', ...parameters }, { credentials, ...more });

describe('RTC token → Generate', () => {
	afterEach(() => expect(agora.sent()).toEqual([]));

	const judged = (token: unknown, changes: object = {}) =>
		judgeToken(textOf(token), {
			appId: APP_ID,
			certificate: CERTIFICATE,
			cname: 'class-7',
			uid: '123',
			now: nowSeconds(),
			...changes,
		});

	it('makes a token for a day, and says what it made', async () => {
		const made = await generate({ channelName: 'class-7', uid: '123' });
		expect(made).toEqual({
			token: expect.stringMatching(/^007/) as string,
			channelName: 'class-7',
			uid: '123',
			role: 'subscriber',
			issuedAt: new Date(nowSeconds() * 1000).toISOString(),
			expiresAt: new Date((nowSeconds() + DAY_S) * 1000).toISOString(),
		});
		expect(judged(made.token)).toEqual({ good: true, until: nowSeconds() + DAY_S });
		expect(judged(made.token, { cname: 'class-8' }).good).toBe(false);
		expect(judged(made.token, { uid: '124' }).good).toBe(false);
		expect(judged(made.token, { certificate: 'f'.repeat(32) }).good).toBe(false);
		expect(judged(made.token, { now: nowSeconds() + DAY_S }).good).toBe(false);
	});

	it.each(['publisher', 'subscriber'] as const)('gives the %s its privileges', async (role) => {
		for (const minutes of [1, 60, 1440]) {
			const made = await generate({
				channelName: 'class-7',
				uid: 123,
				role,
				validMinutes: minutes,
			});
			const content = contentOf(textOf(made.token));
			const seconds = minutes * 60;
			const count = role === 'publisher' ? 4 : 1;
			expect(content).toBe(
				contentOf(
					officialToken({
						appId: APP_ID,
						appCertificate: CERTIFICATE,
						channel: 'class-7',
						uid: '123',
						privileges: [1, 2, 3, 4].slice(0, count).map((one) => [one, seconds]),
						expire: seconds,
						issuedAt: nowSeconds(),
						salt: saltOf(content),
					}),
				),
			);
			expect(ROLES[role]).toBe(count === 4 ? 1 : 2);
		}
	});

	it('ends single privileges earlier, never later than the token', async () => {
		const { token } = await generate({
			channelName: 'class-7',
			uid: '123',
			role: 'publisher',
			validMinutes: 60,
			options: { audioMinutes: 5, videoMinutes: 1440 },
		});
		const content = contentOf(textOf(token));
		const privileges = [
			[1, 3600],
			[2, 300],
			[3, 3600],
			[4, 3600],
		] as const;
		expect(content).toBe(
			contentOf(
				officialToken({
					appId: APP_ID,
					appCertificate: CERTIFICATE,
					channel: 'class-7',
					uid: '123',
					privileges,
					expire: 3600,
					issuedAt: nowSeconds(),
					salt: saltOf(content),
				}),
			),
		);
	});

	it.each([
		['any UID', { channelName: 'class-7' }, { uid: '99' }],
		['any channel', { channelName: '*', uid: '123' }, { cname: 'other' }],
		['any of both', { channelName: '*', uid: '' }, { cname: 'other', uid: '99' }],
	])('makes a wildcard: %s', async (_what, parameters, bearer) => {
		const { token, ...told } = await generate(parameters);
		expect(judged(token, bearer).good).toBe(true);
		expect(told).toMatchObject({ uid: '', ...parameters });
	});

	it('never makes the same token twice', async () => {
		const tokens = await Promise.all(
			Array.from({ length: 5 }, async () => (await generate({ channelName: 'class-7' })).token),
		);
		expect(new Set(tokens).size).toBe(5);
	});

	it.each<[string, INodeParameters, RegExp]>([
		['no channel', { channelName: '' }, /^'Channel Name' must not be empty/],
		['a long channel', { channelName: 'x'.repeat(64) }, /^'Channel Name'.*shorter than 64 bytes/],
		['a channel with a slash', { channelName: 'a/b' }, /^'Channel Name' must .*\(got "a\/b"\)/],
		['UID 0', { uid: '0' }, /^'UID' must be a whole number from 1 to 4294967295.*\(got "0"\)/],
		['a name as UID', { uid: 'alice' }, /^'UID' must .*\(got "alice"\)/],
		['no role', { role: 'host' }, /^'Role' must be one of publisher, subscriber \(got "host"\)/],
		[
			'no life',
			{ validMinutes: 0 },
			/^'Valid For \(Minutes\)' must be a whole number from 1 to 1440 \(got 0\)/,
		],
		['too long a life', { validMinutes: 1441 }, /^'Valid For \(Minutes\)' must .*\(got 1441\)/],
		['half a minute', { validMinutes: 0.5 }, /^'Valid For \(Minutes\)' must .*\(got 0\.5\)/],
		[
			'a right without life',
			{ role: 'publisher', options: { videoMinutes: 0 } },
			/'Publish Video For \(Minutes\)' must .*\(got 0\)/,
		],
	])('refuses %s', async (_what, parameters, message) => {
		const failure = await failureOf(generate({ channelName: 'class-7', ...parameters }));
		expect(failure.told).toMatch(message);
	});

	it.each([
		[
			'no App Certificate',
			{ appCertificate: '' },
			/^'App Certificate' in the Agora API credential/,
		],
		[
			'half an App Certificate',
			{ appCertificate: 'abc' },
			/'App Certificate' in the Agora API credential must be empty, or the 32 characters/,
		],
		['no App ID', { appId: 'abc' }, /'App ID' in the Agora API credential must .*\(got "abc"\)/],
	])('refuses %s', async (_what, wrong, message) => {
		const failure = await failureOf(
			generate({ channelName: 'class-7' }, { credentials: { ...credentials, ...wrong } }),
		);
		expect(failure.told).toMatch(message);
	});

	it('does not show the certificate', async () => {
		const failure = await failureOf(generate({ channelName: '' }));
		expect(failure.everything).not.toContain(CERTIFICATE);
		expect(JSON.stringify(await generate({ channelName: 'a' }))).not.toContain(CERTIFICATE);
	});
});

/** The salt stands behind App ID, time of issue and life. */
const saltOf = (content: string) => Buffer.from(content, 'hex').readUInt32LE(34 + 34 + 8);

describe('A recorder’s token', () => {
	const start = async (parameters: object = {}, more: object = {}) =>
		await agora.runOne(
			'start',
			{ channelName: 'class-7', recorderUid: '527841', ...parameters },
			{ credentials, ...more },
		);
	const query = async (started: object) =>
		await agora.runOne('query', {}, { credentials, items: [{ ...started }] });
	const tokenOf = (changes: Partial<RtcTokenRequest> = {}) =>
		officialToken({
			appId: APP_ID,
			appCertificate: CERTIFICATE,
			channel: 'class-7',
			uid: '527841',
			privileges: [[1, 3600]],
			expire: 3600,
			issuedAt: nowSeconds(),
			salt: 1,
			...changes,
		});

	it.each(['mix', 'individual'])('is made for its own UID, for a day (%s)', async (mode) => {
		const started = await start({ mode, recorderUid: '', subscribeUidGroup: 0 });
		expect(started.outcome).toBe('recording');
		agora.time.pass((DAY_S - 10) * 1000);
		expect(await query(started)).toMatchObject({ outcome: 'recording' });
		agora.time.pass(20_000);
		expect(await query(started)).toMatchObject({ outcome: 'notFound' });
	});

	it('is the pasted one', async () => {
		const token = tokenOf();
		const started = await start({ tokenSource: 'manual', token });
		expect(started.outcome).toBe('recording');
		expect(agora.control.recordings()[0].request).toHaveProperty('token');
	});

	const oldTokenOf = (changes: Partial<OldTokenRequest> = {}) =>
		officialOldToken({
			appId: APP_ID,
			appCertificate: CERTIFICATE,
			channel: 'class-7',
			uid: '527841',
			privileges: [[1, nowSeconds() + 3600]],
			salt: 1,
			ts: nowSeconds() + DAY_S,
			...changes,
		});

	it('is the pasted one, of version 006 too', async () => {
		const hints: string[] = [];
		const until = nowSeconds() + 3600;
		const token = oldTokenOf({ privileges: [[1, until]] });
		const started = await start({ tokenSource: 'manual', token }, { hints });
		const tokenExpiresAt = new Date(until * 1000).toISOString();
		expect(started).toMatchObject({ outcome: 'recording', tokenExpiresAt });
		expect(hints).toEqual([expect.stringMatching(/token expires in 60 minutes/)]);
	});

	it('of version 006 that does not say when it ends is not told to end', async () => {
		const hints: string[] = [];
		const parameters = { tokenSource: 'manual', token: oldTokenOf({ privileges: [[1, 0]] }) };
		const started = await start(parameters, { hints });
		expect(started).toMatchObject({ outcome: 'recording' });
		expect(started).not.toHaveProperty('tokenExpiresAt');
		expect(hints).toEqual([]);
	});

	it.each<[string, Partial<OldTokenRequest>, RegExp]>([
		['App ID', { appId: '0'.repeat(32) }, /generated with the App ID in the credential/],
		['channel', { channel: 'other' }, /for the channel "class-7", but is for another one/],
		['UID', { uid: '1' }, /for the recorder UID 527841, but is for another one/],
		[
			'time',
			{ privileges: [[1, 1_700_000_000]] },
			/must be a valid token, but expired at 2023-11-14/,
		],
		['right', { privileges: [] }, /permission to join/],
	])('of version 006 and another %s is refused at once', async (_what, changes, message) => {
		const token = oldTokenOf(changes);
		const failure = await failureOf(start({ tokenSource: 'manual', token }));
		expect(failure.told).toMatch(/^'Token → RTC Token' must be (?!.*got)/);
		expect(failure.told).toMatch(message);
		expect(agora.sent()).toEqual([]);
	});

	it.each<[string, Partial<RtcTokenRequest>, RegExp]>([
		['App ID', { appId: '0'.repeat(32) }, /generated with the App ID in the credential/],
		['channel', { channel: 'other' }, /for the channel "class-7", but is for "other"/],
		['UID', { uid: '1' }, /for the recorder UID 527841, but is for 1/],
		[
			'time',
			{ issuedAt: 1_700_000_000 },
			/must be a valid token, but expired at 2023-11-14T23:13:20/,
		],
		['right', { privileges: [[2, 3600]] }, /permission to join/],
	])('of another %s is refused before anything is sent', async (_what, changes, message) => {
		const token = tokenOf(changes);
		const failure = await failureOf(start({ tokenSource: 'manual', token }));
		expect(failure.told).toMatch(message);
		expect(failure.told).toMatch(/^'Token → RTC Token' must /);
		// n8n itself keeps the parameters of a node with its error, and with them what was typed in.
		expect(failure.message + failure.description).not.toContain(token.slice(3, 30));
		expect(agora.sent()).toEqual([]);
	});

	it('of one UID asks for that UID where none is given', async () => {
		const parameters = { recorderUid: '', tokenSource: 'manual', token: tokenOf() };
		const failure = await failureOf(start(parameters));
		expect(failure.told).toMatch(/must be used with 'Recorder UID' set to 527841/);
	});

	it.each<[string, Partial<RtcTokenRequest>, string]>([
		['App ID', { appId: '0'.repeat(32) }, 'App ID'],
		['certificate', { appCertificate: '0'.repeat(32) }, 'signature'],
		['channel', { channel: 'other' }, 'channel'],
		['UID', { uid: '1' }, 'uid'],
		['time', { issuedAt: 1_700_000_000 }, 'expired'],
	])('of another %s, sent past the check, starts and is gone', async (_what, changes, because) => {
		const extraBody = JSON.stringify({ clientRequest: { token: tokenOf(changes) } });
		const started = await start({ options: { extraBody, verify: false } });
		expect(started.outcome).toBe('accepted');
		agora.time.pass(5_000);
		expect(await query(started)).toMatchObject({ outcome: 'notFound' });
		const { ended } = agora.control.recording(textOf(started.sid));
		expect(ended?.because).toContain(because);
	});

	it('of another certificate cannot be told from a good one: the verified start fails', async () => {
		const token = tokenOf({ appCertificate: '0'.repeat(32) });
		const failure = await failureOf(start({ tokenSource: 'manual', token }));
		expect(failure.told).toMatch(/Agora did not find it when asked/);
		expect(failure.description).toMatch(/token/);
	});
});
