import fc from 'fast-check';
import { keyRefusal, mayBeSigned } from '../../nodes/AgoraCloudRecording/agora/files/signable.ts';
import { fileNameOf } from '../../nodes/AgoraCloudRecording/agora/files/names.ts';

const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';
const recording = { folder: 'rec/class', sid: SID };

describe('What may be signed', () => {
	it.each([
		`rec/class/${SID}_c.m3u8`,
		`rec/class/${SID}_c_20190920125142485.ts`,
		`rec/class/${SID}_c_0.mp4`,
		`rec/class/bak0_${SID}_c_0.mp4`,
		`rec/class/bak12_${SID}_a_b__uid_s_7__uid_e_video_20190920125142485.webm`,
		`rec/class/${SID}_c__uid_s_7__uid_e_video_20190920125142485.jpg`,
		`rec/class/${SID}_c__uid_s_7__uid_e_av.mpd`,
		`rec/class/${SID}_Übung +%41&b (1).mp4`,
	])('%j', (key) => {
		expect(keyRefusal(key, recording)).toBeUndefined();
		expect(mayBeSigned(key, recording)).toBe(true);
		expect(mayBeSigned(key, { ...recording, folder: 'rec/class/' })).toBe(true);
		expect(mayBeSigned(key.slice('rec/class/'.length), { folder: '', sid: SID })).toBe(true);
	});

	it.each([
		['', /folder/],
		['rec/class/', /not named like/],
		[`${SID}_c.mp4`, /folder/],
		[`rec/${SID}_c.mp4`, /folder/],
		[`rec/classes/${SID}_c.mp4`, /folder/],
		[`/rec/class/${SID}_c.mp4`, /slash/],
		[`rec/class//${SID}_c.mp4`, /subfolder of the recording's folder/],
		[`rec/class/x/${SID}_c.mp4`, /subfolder of the recording's folder/],
		[`rec/class/${SID}_c/d.mp4`, /subfolder of the recording's folder/],
		[`rec/class/../${SID}_c.mp4`, /"\.\."/],
		[`rec/class/${SID}_../../secret.mp4`, /"\.\."/],
		[`rec/class/${SID}_c\n.mp4`, /control/],
		[`rec/class/${SID}_c\u007f.mp4`, /control/],
		[`rec/class/${SID}_\ud800.mp4`, /control/],
		[`rec/class/${SID}_${'c'.repeat(1024)}.mp4`, /1024 bytes/],
		[`rec/class/${SID}_c.txt`, /not named like/],
		[`rec/class/${SID}_c.mp4.exe`, /not named like/],
		[`rec/class/${SID}_c`, /not named like/],
		[`rec/class/${SID}.mp4`, /not named like/],
		[`rec/class/x${SID}_c.mp4`, /another recording/],
		[`rec/class/bak_${SID}_c.mp4`, /another recording/],
		[`rec/class/bak00_${SID}_c.mp4`, /another recording/],
		[`rec/class/other_${SID}_c.mp4`, /another recording/],
	])('%j is not', (key, why) => {
		expect(keyRefusal(key, recording)).toMatch(why);
		expect(mayBeSigned(key, recording)).toBe(false);
	});

	it('may have 1024 bytes', () => {
		const key = `rec/class/${SID}_${'c'.repeat(1024 - `rec/class/${SID}_.mp4`.length)}.mp4`;
		expect(keyRefusal(key, recording)).toBeUndefined();
		expect(keyRefusal(key.replace('_c', '_cc'), recording)).toMatch(/1024/);
	});

	it('is nothing without a SID', () => {
		expect(keyRefusal('a', { folder: '', sid: '' })).toMatch(/SID/);
		expect(mayBeSigned(`rec/class/${SID}_c.mp4`, { folder: 'rec/class', sid: '' })).toBe(false);
	});

	it('is nothing of another recording, whatever the key', () => {
		const piece = fc.oneof(
			fc.constantFrom('rec/class/', SID, '_', 'bak0_', '..', '/', '.mp4', '.ts', '\0', 'c', '0_'),
			fc.string({ maxLength: 3 }),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
				const key = pieces.join('');
				if (!mayBeSigned(key, recording)) return;
				expect(key).toMatch(
					new RegExp(
						`^rec/class/(bak(0|[1-9]\\d*)_)?${SID}_[^/]+\\.(jpg|m3u8|mp4|mpd|ts|webm)$`,
						'u',
					),
				);
				expect(key).not.toMatch(/\.\.|\p{Cc}/u);
				expect(
					new URL(`https://h/${key.split('/').map(encodeURIComponent).join('/')}`).pathname,
				).toMatch(/^\/rec\/class\/[^/]+$/);
			}),
			{ numRuns: 5000 },
		);
	});

	it('is every name that Agora makes', () => {
		fc.assert(
			fc.property(
				fc.record(
					{
						failover: fc.nat(3),
						cname: fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/),
						format: fc.constantFrom('m3u8', 'mp4', 'ts', 'webm', 'mpd', 'jpg'),
					},
					{ requiredKeys: ['cname', 'format'] },
				),
				(parts) => {
					expect(mayBeSigned(`rec/class/${fileNameOf({ sid: SID, ...parts })}`, recording)).toBe(
						true,
					);
				},
			),
		);
	});
});
