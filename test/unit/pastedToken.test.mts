import fc from 'fast-check';
import {
	crc32,
	judgePastedToken,
	readOldToken,
} from '../../nodes/AgoraCloudRecording/agora/pastedToken.ts';
import { judgeToken } from '../../simulator/token.mts';
import { officialOldToken, type OldTokenRequest } from '../support/officialToken.mts';

/** Public data of Agora's own tests (token.md, "The older AccessToken"). */
const VECTOR: OldTokenRequest = {
	appId: '970CA35de60c44645bbae8a215061b33',
	appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
	channel: '7d72365eb983485397e3e3f9d460bdda',
	uid: '2882341273',
	privileges: [[1, 1_446_455_471]],
	salt: 1,
	ts: 1_111_111,
};
const TOKEN =
	'006970CA35de60c44645bbae8a215061b33IACV0fZUBw+72cVoL9eyGGh3Q6Poi8bgjwVLnyKSJyOXR7dIfRBXoFHlEAABAAAAR/QQAAEAAQCvKDdW';
const bearer = {
	appId: VECTOR.appId,
	channel: VECTOR.channel,
	uid: VECTOR.uid,
	now: 1_446_455_470,
};

describe('The checksum of a name', () => {
	it.each([
		['', 0],
		['123456789', 0xcbf43926],
		['größe', 0x5bd3a989],
	])('of %j is CRC-32', (text, sum) => {
		expect(crc32(text)).toBe(sum);
	});
});

describe('A token of version 006', () => {
	it('is made by Agora’s package as the vector says', () => {
		expect(officialOldToken(VECTOR)).toBe(TOKEN);
	});

	it('tells App ID, sums of channel and UID, and until when it lets in', () => {
		expect(readOldToken(TOKEN)).toEqual({
			appId: VECTOR.appId,
			channelSum: crc32(VECTOR.channel),
			uidSum: crc32(VECTOR.uid),
			joinEndsAt: 1_446_455_471,
		});
	});

	it('is good to its last second', async () => {
		expect(await judgePastedToken(TOKEN, bearer)).toEqual({ expiresAt: 1_446_455_471 });
		const late = await judgePastedToken(TOKEN, { ...bearer, now: 1_446_455_471 });
		expect(late.refusal).toBe('must be a valid token, but expired at 2015-11-02T09:11:11.000Z');
	});

	it.each<[string, Partial<OldTokenRequest>, RegExp | undefined]>([
		['its own', {}, undefined],
		['any UID', { uid: '' }, undefined],
		['any channel', { channel: '*' }, undefined],
		['more rights', { privileges: [[1, 1_446_455_471], [2, 5]] }, undefined], // prettier-ignore
		['no word on when it ends', { privileges: [[1, 0]] }, undefined],
		['another App ID', { appId: '0'.repeat(32) }, /App ID in the credential/],
		['another channel', { channel: 'other' }, /for the channel "7d72365.*for another one$/],
		['another UID', { uid: '7' }, /for the recorder UID 2882341273, but is for another one$/],
		['no right to join', { privileges: [[2, 1_446_455_471]] }, /permission to join/],
	])('is judged by what it is for: %s', async (_what, changes, expected) => {
		const token = officialOldToken({ ...VECTOR, ...changes });
		const { refusal } = await judgePastedToken(token, bearer);
		if (expected) expect(refusal).toMatch(expected);
		else expect(refusal).toBeUndefined();
	});

	it('that does not say when it ends has no end that is told', async () => {
		const token = officialOldToken({ ...VECTOR, privileges: [[1, 0]] });
		expect(await judgePastedToken(token, bearer)).toEqual({ expiresAt: undefined });
	});

	it('for one UID asks for that UID where it is still to be chosen', async () => {
		const open = { ...bearer, uid: undefined };
		expect((await judgePastedToken(TOKEN, open)).refusal).toMatch(
			/^must be used with 'Recorder UID'/,
		);
		const anybody = officialOldToken({ ...VECTOR, uid: '' });
		expect((await judgePastedToken(anybody, open)).refusal).toBeUndefined();
	});

	it('is read by node and simulator alike, 300 times', async () => {
		const hex = fc.stringMatching(/^[0-9a-f]{32}$/);
		const requests = fc.record({
			appId: hex,
			appCertificate: hex,
			channel: fc.oneof(fc.constant('*'), fc.stringMatching(/^[ -~]{1,63}$/)),
			uid: fc.oneof(fc.constant(''), fc.integer({ min: 1, max: 2 ** 32 - 1 }).map(String)),
			privileges: fc
				.constantFrom([1], [1, 2, 3, 4], [2, 3])
				.chain((rights) =>
					fc
						.integer({ min: 1, max: 2 ** 32 - 1 })
						.map((end) => rights.map((right) => [right, end] as const)),
				),
			salt: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
			ts: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
		});
		const wanted = fc.record({
			now: fc.integer({ min: 0, max: 2 ** 32 }),
			channel: fc.option(fc.constantFrom('another channel')),
			uid: fc.option(fc.constantFrom('77')),
		});
		await fc.assert(
			fc.asyncProperty(requests, wanted, async (request, { now, channel, uid }) => {
				const { appId, appCertificate: certificate } = request;
				const who = { channel: channel ?? request.channel, uid: uid ?? (request.uid || '9') };
				const token = officialOldToken(request);
				const { refusal } = await judgePastedToken(token, { appId, ...who, now });
				const verdict = judgeToken(token, {
					...{ appId, certificate, now },
					...{ cname: who.channel, uid: who.uid },
				});
				expect(refusal === undefined).toBe(verdict.good);
			}),
			{ numRuns: 300 },
		);
	}, 30_000);

	it.each([
		['the version alone', '006'],
		['an App ID alone', `006${VECTOR.appId}`],
		['no Base64', `006${VECTOR.appId}!!!!`],
		['cut off', TOKEN.slice(0, -12)],
	])('cannot be %s', async (_what, token) => {
		expect(readOldToken(token)).toBeUndefined();
		expect((await judgePastedToken(token, bearer)).refusal).toMatch(/begins with 007 or 006/);
	});

	it('may be any garbage without harm', async () => {
		const bytes = fc.uint8Array({ maxLength: 120 }).map((all) => Buffer.from(all));
		const garbage = bytes.map((all) => `006${VECTOR.appId}${all.toString('base64')}`);
		await fc.assert(
			fc.asyncProperty(garbage, async (token) => {
				const { refusal } = await judgePastedToken(token, bearer);
				expect(typeof refusal).toMatch(/string|undefined/);
			}),
			{ numRuns: 500 },
		);
	});
});
