import fc from 'fast-check';
import {
	certainNames,
	fileNameOf,
	parseFileName,
	type FileNameParts,
} from '../../nodes/AgoraCloudRecording/agora/files/names.ts';

const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';

const sid = fc.oneof(fc.stringMatching(/^[0-9a-f]{32}$/), fc.constant('sid713476478245'));
/** As names of files have it: letters, digits and `-`, in individual mode whatever a channel may be called. */
const plainCname = fc.stringMatching(/^[A-Za-z0-9-]{1,12}$/);
const anyCname = fc.stringMatching(/^[A-Za-z0-9 !#$%&()+:;<=.>?@[\]^{}|~,-][A-Za-z0-9_ .-]{0,10}$/);
/** Up to the year 9999, which has four digits. */
const time = fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) });
const uid = fc.integer({ min: 1, max: 2 ** 32 - 1 }).map(String);
const number = fc.integer({ min: 0, max: 500 });
const track = fc.constantFrom('audio' as const, 'video' as const);

/** Names that are not of one of these conventions Agora does not make (best-practices.md section 7). */
const CONVENTIONS: Array<[string, fc.Arbitrary<Partial<FileNameParts>>]> = [
	['playlist of composite and web', fc.record({ format: fc.constant('m3u8') })],
	['slice of composite and web', fc.record({ time, format: fc.constant('ts') })],
	['MP4', fc.record({ part: number, format: fc.constant('mp4') })],
	['playlist of a user', fc.record({ uid, track, format: fc.constant('m3u8') })],
	['slice of a user', fc.record({ uid, track, time, format: fc.constantFrom('ts', 'webm') })],
	[
		'playlist of both tracks of a user',
		fc.record({ uid, track: fc.constant('av' as const), format: fc.constantFrom('m3u8', 'mpd') }),
	],
	[
		'screenshot',
		fc.record({ uid, track: fc.constant('video' as const), time, format: fc.constant('jpg') }),
	],
	[
		'playlist through the backup',
		fc.record({
			backup: fc.record({ tick: fc.stringMatching(/^[1-9]\d{5,16}$/), index: number }),
			format: fc.constant('m3u8'),
		}),
	],
	[
		'playlist of a user through the backup',
		fc.record({
			uid,
			track,
			backup: fc.record({ tick: fc.stringMatching(/^[1-9]\d{5,16}$/), index: number }),
			format: fc.constant('m3u8'),
		}),
	],
];

describe('Names of files', () => {
	it.each(CONVENTIONS)('are read as they are made: %s', (_name, kind) => {
		const failover = fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined });
		fc.assert(
			fc.property(sid, plainCname, failover, kind, (theSid, cname, moved, rest) => {
				const parts = {
					...(moved !== undefined && { failover: moved }),
					sid: theSid,
					cname,
					...rest,
				} as FileNameParts;
				expect(parseFileName(fileNameOf(parts))).toEqual(parts);
			}),
		);
	});

	it('of users are read whatever the channel is called', () => {
		fc.assert(
			fc.property(sid, anyCname, uid, track, time, (theSid, cname, user, medium, at) => {
				const parts = { sid: theSid, cname, uid: user, track: medium, time: at, format: 'ts' };
				expect(parseFileName(fileNameOf(parts))).toEqual(parts);
			}),
		);
	});

	it('are made again as they were read, whatever they say', () => {
		const part = fc.oneof(
			fc.constantFrom('_', '__uid_s_', '12', '007', '__uid_e_video', 'bak0', 'bak01_', 'a', '-'),
			fc.constantFrom('20190920125142485', '_20191320125142485', '_99999999999999999'),
			fc.stringMatching(/^_\d{1,18}$/),
		);
		const ending = fc.constantFrom('.ts', '.mp4', '.m3u8', '.jpg', '.mpd', '.webm', '.txt');
		const begin = fc.oneof(
			sid,
			sid.map((id) => `bak0_${id}`),
			sid.map((id) => `bak00_${id}`),
		);
		fc.assert(
			fc.property(
				begin,
				fc.array(part, { minLength: 1, maxLength: 8 }),
				ending,
				(start, all, end) => {
					const name = `${start}_${all.join('')}${end}`;
					const parts = parseFileName(name);
					if (parts) expect(fileNameOf(parts)).toBe(name);
				},
			),
			{ numRuns: 1000 },
		);
	});

	it('never break the reader', () => {
		fc.assert(
			fc.property(fc.string(), (name) => {
				const parts = parseFileName(name);
				if (parts) expect(fileNameOf(parts)).toBe(name);
			}),
		);
	});

	const stamp = '20190920125142485';
	const at = Date.UTC(2019, 8, 20, 12, 51, 42, 485);

	it.each<[string, FileNameParts]>([
		// best-practices.md section 7, the example in the text
		[
			`sid713476478245_cnameagora__uid_s_123__uid_e_video_${stamp}.ts`,
			{
				sid: 'sid713476478245',
				cname: 'cnameagora',
				uid: '123',
				track: 'video',
				time: at,
				format: 'ts',
			},
		],
		[`bak0_${SID}_class.m3u8`, { failover: 0, sid: SID, cname: 'class', format: 'm3u8' }],
		// seeds 000 and the sample of stop
		[
			'a836026b2d4e3b276ba0de9f51a16f41_QIBO.m3u8',
			{ sid: 'a836026b2d4e3b276ba0de9f51a16f41', cname: 'QIBO', format: 'm3u8' },
		],
		[
			'a836026b2d4e3b276ba0de9f51a16f41_QIBO_0.mp4',
			{ sid: 'a836026b2d4e3b276ba0de9f51a16f41', cname: 'QIBO', part: 0, format: 'mp4' },
		],
		// the table of patterns, row by row
		[
			`${SID}_class__uid_s_7__uid_e_audio.m3u8`,
			{ sid: SID, cname: 'class', uid: '7', track: 'audio', format: 'm3u8' },
		],
		[
			`${SID}_class__uid_s_7__uid_e_video_${stamp}.webm`,
			{ sid: SID, cname: 'class', uid: '7', track: 'video', time: at, format: 'webm' },
		],
		[
			`${SID}_class__uid_s_7__uid_e_av.mpd`,
			{ sid: SID, cname: 'class', uid: '7', track: 'av', format: 'mpd' },
		],
		[
			`${SID}_class__uid_s_7__uid_e_video_${stamp}.jpg`,
			{ sid: SID, cname: 'class', uid: '7', track: 'video', time: at, format: 'jpg' },
		],
		[`${SID}_class_${stamp}.ts`, { sid: SID, cname: 'class', time: at, format: 'ts' }],
		[
			`${SID}_class_1568983902_3.m3u8`,
			{ sid: SID, cname: 'class', backup: { tick: '1568983902', index: 3 }, format: 'm3u8' },
		],
		// channels whose names look like the rest of a name
		[
			`${SID}_a_b__uid_s_7__uid_e_video.m3u8`,
			{ sid: SID, cname: 'a_b', uid: '7', track: 'video', format: 'm3u8' },
		],
		[
			`bak12_${SID}_class_10.mp4`,
			{ failover: 12, sid: SID, cname: 'class', part: 10, format: 'mp4' },
		],
		[
			`${SID}_x__uid_s_1__uid_e_av__uid_s_2__uid_e_audio.m3u8`,
			{ sid: SID, cname: 'x__uid_s_1__uid_e_av', uid: '2', track: 'audio', format: 'm3u8' },
		],
	])('%s', (name, parts) => {
		expect(parseFileName(name)).toEqual(parts);
		expect(fileNameOf(parts)).toBe(name);
	});

	it.each(['xxx.m3u8', 'xxx.mp4', '', 'a_b', '_b.ts', 'a_.ts', 'nothing'])('%j is none', (name) => {
		expect(parseFileName(name)).toBeUndefined();
	});
});

describe('Names that are certain', () => {
	it.each<[string, Parameters<typeof certainNames>, string[]]>([
		['composite, HLS', ['mix', SID, 'class-7', ['hls']], [`${SID}_class-7.m3u8`]],
		[
			'composite, HLS and MP4',
			['mix', SID, 'c', ['hls', 'mp4']],
			[`${SID}_c.m3u8`, `${SID}_c_0.mp4`],
		],
		[
			'web page, HLS and MP4',
			['web', SID, 'c', ['hls', 'mp4']],
			[`${SID}_c.m3u8`, `${SID}_c_0.mp4`],
		],
		['individual', ['individual', SID, 'c', ['hls']], []],
		['screenshots alone', ['individual', SID, 'c', ['jpg']], []],
		['a channel with an underscore', ['mix', SID, 'class_7', ['hls']], []],
		['a label that is no file name', ['web', SID, 'Ünï/7', ['hls']], []],
		['an empty channel name', ['mix', SID, '', ['hls']], []],
	])('%s', (_what, question, names) => {
		expect(certainNames(...question)).toEqual(names);
	});

	it('can be read again', () => {
		fc.assert(
			fc.property(sid, plainCname, (theSid, cname) => {
				const [playlist, mp4] = certainNames('mix', theSid, cname, ['hls', 'mp4']);
				expect(parseFileName(playlist)).toEqual({ sid: theSid, cname, format: 'm3u8' });
				expect(parseFileName(mp4)).toEqual({ sid: theSid, cname, part: 0, format: 'mp4' });
			}),
		);
	});
});

describe('A name of a format that is not known', () => {
	it('tells the recording alone', () => {
		expect(parseFileName(`${SID}_class_1623_0.txt`)).toEqual({
			sid: SID,
			cname: 'class_1623_0',
			format: 'txt',
		});
	});
});
