import fc from 'fast-check';
import { fileNameOf } from '../../nodes/AgoraCloudRecording/agora/files/names.ts';
import { playlistGroups } from '../../nodes/AgoraCloudRecording/agora/files/playlists/copies.ts';
import { joinPlaylists } from '../../nodes/AgoraCloudRecording/agora/files/playlists/join.ts';
import {
	MAX_PLAYLIST_LENGTH,
	parsePlaylist,
	PlaylistError,
	type Playlist,
	type Segment,
} from '../../nodes/AgoraCloudRecording/agora/files/playlists/parse.ts';
import {
	playlistText,
	segmentKey,
	withoutMissing,
} from '../../nodes/AgoraCloudRecording/agora/files/playlists/write.ts';

const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';
const T0 = Date.UTC(2019, 8, 20, 12, 51, 42, 485);

const sliceName = (time: number, failover?: number, format = 'ts') =>
	fileNameOf({ ...(failover !== undefined && { failover }), sid: SID, cname: 'c', time, format });

/** A playlist as Agora writes it: no comma behind the length. */
function agoraText(
	slices: ReadonlyArray<readonly [time: number, seconds: number]>,
	failover?: number,
) {
	return [
		...['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-MEDIA-SEQUENCE:0', '#EXT-X-ALLOW-CACHE:YES'],
		...['#EXT-X-TARGETDURATION:34', '#EXT-X-DISCONTINUITY'],
		`#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=VIDEO,TIME=20190920125142485`,
		...slices.flatMap(([time, seconds]) => [
			`#EXTINF:${seconds.toFixed(6)}`,
			sliceName(time, failover),
		]),
		...['#EXT-X-ENDLIST', ''],
	].join('\n');
}

/** Slices that abut, as many as there are lengths. */
function abutting(
	start: number,
	lengths: readonly number[],
): Array<[time: number, seconds: number]> {
	let time = start;
	return lengths.map((seconds) => {
		const slice: [number, number] = [time, seconds];
		time += Math.round(seconds * 1000);
		return slice;
	});
}
const part = (start: number, lengths: readonly number[], failover?: number) =>
	parsePlaylist(agoraText(abutting(start, lengths), failover));
/** What was kept: seconds since T0 at which slices begin, and of which server. */
const kept = (segments: readonly Segment[]) =>
	segments.map(
		({ uri, time }) => `${((time ?? 0) - T0) / 1000}${uri.startsWith('bak') ? 'b' : ''}`,
	);

/** The example in Agora's documents (playlists.md section 1). */
const SAMPLE = `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-ALLOW-CACHE:YES
#EXT-X-TARGETDURATION:34
#EXT-X-DISCONTINUITY
#EXT-X-AGORA-ROTATE:WIDTH=640,HEIGHT=480,ROTATE=0,TIME=20190920125142485
#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=VIDEO,TIME=20190920125142485
#EXTINF:6.332000
${SID}_c_20190920125142485.ts
#EXT-X-AGORA-ROTATE:WIDTH=1280,HEIGHT=720,ROTATE=0,TIME=20190920125149174
#EXT-X-DISCONTINUITY
#EXTINF:17.442000
${SID}_c_20190920125149174.ts
#EXT-X-ENDLIST
`;

describe('A playlist', () => {
	it('of Agora is read', () => {
		const { segments, isComplete, version } = parsePlaylist(SAMPLE);
		expect([isComplete, version]).toEqual([true, 3]);
		expect(segments).toEqual([
			{
				...{ uri: `${SID}_c_20190920125142485.ts`, seconds: 6.332, time: T0, restarts: true },
				tags: [
					'#EXT-X-AGORA-ROTATE:WIDTH=640,HEIGHT=480,ROTATE=0,TIME=20190920125142485',
					'#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=VIDEO,TIME=20190920125142485',
				],
			},
			{
				...{ uri: `${SID}_c_20190920125149174.ts`, seconds: 17.442, time: T0 + 6689 },
				restarts: true,
				tags: ['#EXT-X-AGORA-ROTATE:WIDTH=1280,HEIGHT=720,ROTATE=0,TIME=20190920125149174'],
			},
		]);
	});

	it('is read with BOM, CRLF, blanks, commas and titles', () => {
		const odd = `\uFEFF${SAMPLE.replaceAll('#EXTINF:6.332000', '#EXTINF: 6.332000 ,a title').replaceAll('\n', '\r\n\r\n')}`;
		expect(parsePlaylist(odd)).toEqual(parsePlaylist(SAMPLE));
	});

	it('without anything else is read as such', () => {
		expect(parsePlaylist('#EXTM3U\n#EXTINF:5\na.ts\n').segments).toStrictEqual([
			{ uri: 'a.ts', seconds: 5, restarts: false, tags: [] },
		]);
		const [{ time }] = parsePlaylist(`#EXTM3U\n#EXTINF:5\ndir/${sliceName(T0)}`).segments;
		expect(time).toBe(T0);
	});

	it('may be as long as that', () => {
		const text = '#EXTM3U\n';
		expect(parsePlaylist(text + ' '.repeat(MAX_PLAYLIST_LENGTH - text.length)).segments).toEqual(
			[],
		);
	});

	it('without an end is told so', () => {
		expect(parsePlaylist(SAMPLE.replace('#EXT-X-ENDLIST', '')).isComplete).toBe(false);
	});

	it.each<[string, string, RegExp]>([
		['nothing', '', /empty/],
		['blanks', ' \n\n', /empty/],
		['a web page', '<html>', /does not begin with #EXTM3U/],
		['an error', '<Error><Code>NoSuchKey</Code></Error>', /is not a playlist/],
		['bytes', '\u0000\u0001\uFFFD', /is not a playlist/],
		['no length', '#EXTM3U\na.ts', /Line 2 .* without a length/],
		['an empty length', '#EXTM3U\n#EXTINF:\na.ts', /Line 2 .* does not contain the length/],
		[
			'a length in words',
			'#EXTM3U\n#EXTINF:ten,\na.ts',
			/does not contain the length|without a length/,
		],
		[
			'a negative length',
			'#EXTM3U\n#EXTINF:-1,\na.ts',
			/does not contain the length|without a length/,
		],
		[
			'an endless length',
			'#EXTM3U\n#EXTINF:Infinity,\na.ts',
			/does not contain the length|without a length/,
		],
		[
			'a huge length',
			'#EXTM3U\n#EXTINF:1e9,\na.ts',
			/does not contain the length|without a length/,
		],
		['a cut', '#EXTM3U\n#EXTINF:5\n', /cut off/],
		['a master', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8', /separate playlists/],
		['renditions', '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8"', /separate playlists/],
		['too much', `#EXTM3U\n${' '.repeat(MAX_PLAYLIST_LENGTH)}`, /too large/],
		['too many', `#EXTM3U\n${'#EXTINF:1\na.ts\n'.repeat(100_001)}`, /too long/],
	])('that is none is refused: %s', (_what, text, why) => {
		expect(() => parsePlaylist(text)).toThrow(PlaylistError);
		expect(() => parsePlaylist(text)).toThrow(why);
	});

	it('of any kind is read, or refused in words', () => {
		const line = fc.oneof(
			fc.constantFrom('#EXTM3U', '#EXTINF:5', '#EXTINF:', 'a.ts', '#EXT-X-DISCONTINUITY', '#', ''),
			fc.constantFrom('#EXT-X-ENDLIST', '#EXT-X-VERSION:x', '#EXT-X-KEY:URI="k"', '\r', '\uFEFF'),
			fc.string(),
		);
		fc.assert(
			fc.property(fc.array(line), fc.boolean(), (lines, begins) => {
				const text = [...(begins ? ['#EXTM3U'] : []), ...lines].join('\n');
				try {
					const { segments } = parsePlaylist(text);
					for (const { seconds } of segments) expect(Number.isFinite(seconds)).toBe(true);
				} catch (error) {
					expect(error).toBeInstanceOf(PlaylistError);
				}
			}),
			{ numRuns: 2000 },
		);
	});
});

describe('Playlists that are joined', () => {
	it.each<[string, Playlist[], string[], number[]]>([
		['one alone', [part(T0, [15, 15])], ['0', '15'], []],
		[
			'one after the other',
			[part(T0, [15, 15]), part(T0 + 30_000, [15], 0)],
			['0', '15', '30b'],
			[],
		],
		['in whatever order', [part(T0 + 30_000, [15], 0), part(T0, [15, 15])], ['0', '15', '30b'], []],
		['a gap between them', [part(T0, [15]), part(T0 + 75_000, [15], 0)], ['0', '75b'], [60]],
		[
			'the end of the first again in the second',
			[part(T0, [15, 15, 15, 15]), part(T0 + 30_000, [15, 15, 15], 0)],
			['0', '15', '30b', '45b', '60b'],
			[],
		],
		[
			'more of the slice that straddles is lost with the second',
			[part(T0, [15, 15, 15]), part(T0 + 16_000, [15, 15], 0)],
			// 15–30 goes: one second is lost.
			['0', '16b', '31b'],
			[],
		],
		[
			'more of it is lost with the first',
			[part(T0, [15, 15]), part(T0 + 29_000 - 2000, [4, 15], 0)],
			// 27–31 of the second goes: one second is lost, not twelve.
			['0', '15', '31b'],
			[],
		],
		[
			'the second is over before the first',
			[part(T0, [15, 15, 15, 15]), part(T0 + 15_000, [15], 0)],
			['0', '15b', '30', '45'],
			[],
		],
		[
			'the second lies within one slice of the first',
			[part(T0, [15, 300, 15]), part(T0 + 20_000, [15, 15], 0)],
			['0', '15', '315'],
			[],
		],
		[
			'the second begins within a slice of the first and has nothing more',
			[part(T0, [15, 300, 15, 15]), part(T0 + 305_000, [20], 0)],
			['0', '15', '315', '330'],
			[],
		],
		['both at once', [part(T0, [15, 15]), part(T0, [14.5, 15], 0)], ['0b', '14.5b'], []],
		[
			'the first goes on a second before the second ends',
			[part(T0, [15, 14, 15]), part(T0 + 15_000, [15], 0)],
			['0', '15b', '29'],
			[],
		],
		[
			'the second has a slice that begins a second before one ends',
			[part(T0, [15, 16]), part(T0 + 27_000, [3, 15], 0)],
			['0', '15', '30b'],
			[],
		],
		[
			'the second first',
			[part(T0 + 30_000, [15, 15, 15], 0), part(T0, [15, 15, 15, 15])],
			['0', '15', '30b', '45b', '60b'],
			[],
		],
		[
			'three servers',
			[part(T0, [15, 15]), part(T0 + 90_000, [15], 1), part(T0 + 40_000, [15, 15], 0)],
			['0', '15', '40b', '55b', '90b'],
			[10, 20],
		],
		['one is empty', [part(T0, [15]), { segments: [], isComplete: false, version: 3 }], ['0'], []],
		['the same twice', [part(T0, [15, 15]), part(T0, [15, 15])], ['0', '15'], []],
	])('%s', (_what, playlists, starts, gaps) => {
		const joined = joinPlaylists(playlists);
		expect(kept(joined.segments)).toEqual(starts);
		expect(joined.gaps.map(({ seconds }) => seconds)).toEqual(gaps);
	});

	it('begin anew where the server changes', () => {
		const plain = (playlist: Playlist): Playlist => ({
			...playlist,
			segments: playlist.segments.map((segment) => ({ ...segment, restarts: false })),
		});
		const { segments } = joinPlaylists([
			plain(part(T0, [15, 15, 15, 15])),
			plain(part(T0 + 15_000, [15], 0)),
		]);
		expect(segments.map(({ restarts }) => restarts)).toEqual([false, true, true, false]);
		const alone = joinPlaylists([plain(part(T0, [15, 15])), plain(part(T0, [15, 15], 0))]);
		expect(alone.segments.map(({ restarts }) => restarts)).toEqual([false, false]);
	});

	it('tell where a gap is, and what was left out', () => {
		const { gaps, overlapSeconds, seconds } = joinPlaylists([
			part(T0, [15, 15, 15]),
			part(T0 + 30_000, [15], 0),
			part(T0 + 60_500, [10], 1),
		]);
		expect(gaps).toEqual([{ from: T0 + 45_000, seconds: 15.5 }]);
		expect([overlapSeconds, seconds]).toEqual([15, 55]);
	});

	it('have no gap where slices are off by milliseconds', () => {
		const slices = [T0, T0 + 15_001, T0 + 29_999].map((time): [number, number] => [time, 15]);
		expect(joinPlaylists([parsePlaylist(agoraText(slices))]).gaps).toEqual([]);
	});

	it('take a slice that is named twice once', () => {
		const doubled = `${agoraText([[T0, 15]]).replace('#EXT-X-ENDLIST', '')}#EXTINF:15\n${sliceName(T0)}\n`;
		expect(joinPlaylists([parsePlaylist(doubled)]).segments).toHaveLength(1);
	});

	it('cannot be joined without times, nor without slices', () => {
		const untimed = parsePlaylist('#EXTM3U\n#EXTINF:5\na.ts\n');
		expect(joinPlaylists([untimed]).seconds).toBe(5);
		expect(() => joinPlaylists([untimed, part(T0, [15])])).toThrow(
			/does not contain its start time/,
		);
		const long = parsePlaylist(`#EXTM3U\n#EXTINF:5\n${'a'.repeat(10_000)}.ts\n`);
		expect(() => joinPlaylists([long, part(T0, [15])])).toThrow(/^.{1,400}$/);
		expect(() => joinPlaylists([])).toThrow('no slices yet');
		expect(() => joinPlaylists([parsePlaylist('#EXTM3U')])).toThrow('no slices yet');
	});

	it('show no second twice, lose none that has no overlap, and keep the order', () => {
		const lengths = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 12 });
		const starts = fc.integer({ min: 0, max: 200 }).map((seconds) => T0 + seconds * 1000);
		const parts = fc.array(fc.tuple(starts, lengths), { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(parts, (servers) => {
				const playlists = servers.map(([start, all], index) =>
					part(start, all, index || undefined),
				);
				const { segments, gaps, seconds, overlapSeconds } = joinPlaylists(playlists);
				const spans = segments.map(({ time = 0, seconds: length }) => [time, time + length * 1000]);
				for (const [index, [from]] of spans.slice(1).entries()) {
					expect(from).toBeGreaterThanOrEqual(spans[index][1] - 1000);
				}
				// Every slice that nobody else's overlaps is there.
				const all = playlists.flatMap((playlist, server) =>
					playlist.segments.map((segment) => ({ ...segment, server, time: segment.time ?? 0 })),
				);
				const names = new Set(segments.map(({ uri }) => uri));
				for (const one of all) {
					const isAlone = all.every(
						(other) =>
							other.server === one.server ||
							other.time + other.seconds * 1000 <= one.time ||
							other.time >= one.time + one.seconds * 1000,
					);
					if (isAlone) expect(names).toContain(one.uri);
				}
				expect(seconds + overlapSeconds).toBeCloseTo(
					all.reduce((sum, one) => sum + one.seconds, 0),
					3,
				);
				const [first, last] = [spans[0], spans[spans.length - 1]];
				const told = gaps.reduce((sum, gap) => sum + gap.seconds, 0);
				// A second of slack at each border.
				expect(Math.abs((last[1] - first[0]) / 1000 - seconds - told)).toBeLessThanOrEqual(
					spans.length,
				);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('A playlist that plays', () => {
	const linkOf = (uri: string) => `https://h/${encodeURIComponent(uri)}?sig=1&x=2`;

	it('has links, lengths with commas, times and an end', () => {
		const { segments } = joinPlaylists([parsePlaylist(SAMPLE.replace('#EXT-X-ENDLIST', ''))]);
		expect(playlistText(segments, linkOf)).toBe(`#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:18
#EXT-X-MEDIA-SEQUENCE:0
#EXT-X-PLAYLIST-TYPE:VOD
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2019-09-20T12:51:42.485Z
#EXT-X-AGORA-ROTATE:WIDTH=640,HEIGHT=480,ROTATE=0,TIME=20190920125142485
#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=VIDEO,TIME=20190920125142485
#EXTINF:6.332000,
https://h/${SID}_c_20190920125142485.ts?sig=1&x=2
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2019-09-20T12:51:49.174Z
#EXT-X-AGORA-ROTATE:WIDTH=1280,HEIGHT=720,ROTATE=0,TIME=20190920125149174
#EXTINF:17.442000,
https://h/${SID}_c_20190920125149174.ts?sig=1&x=2
#EXT-X-ENDLIST
`);
	});

	it('rewrites what tags refer to, and keeps a higher version', () => {
		const text = '#EXTM3U\n#EXT-X-VERSION:6\n#EXT-X-MAP:URI="init.mp4",X=1\n#EXTINF:5\na.ts\n';
		const { segments, version } = parsePlaylist(text);
		const written = playlistText(segments, linkOf, version);
		expect(written).toContain('#EXT-X-MAP:URI="https://h/init.mp4?sig=1&x=2",X=1\n');
		expect(written).toContain('#EXT-X-VERSION:6\n');
	});

	it('of ten hours keeps every slice', () => {
		const slices = abutting(
			T0,
			Array.from({ length: 2400 }, () => 15),
		);
		const { segments, gaps, seconds } = joinPlaylists([
			parsePlaylist(agoraText(slices.slice(0, 1300))),
			parsePlaylist(agoraText(slices.slice(1200), 0)),
		]);
		expect([segments.length, gaps, seconds]).toEqual([2400, [], 36_000]);
		const text = playlistText(segments, linkOf);
		expect(text.match(/^https:/gm)).toHaveLength(2400);
		expect(text.match(/^#EXT-X-DISCONTINUITY$/gm)).toHaveLength(2);
	});

	it('tells the time where it begins, and where it begins anew', () => {
		const segments = part(T0, [15, 15, 15]).segments.map((segment, index) => ({
			...{ ...segment, restarts: index === 2 },
		}));
		const lines = playlistText(segments, (uri) => uri).split('\n');
		const timed = lines.flatMap((line, index) =>
			line.startsWith('#EXT-X-PROGRAM-DATE-TIME') ? [lines[index + 2], lines[index + 3]] : [],
		);
		expect(timed).toContain(sliceName(T0));
		expect(timed).toContain(sliceName(T0 + 30_000));
		expect(timed).not.toContain(sliceName(T0 + 15_000));
	});

	it('is read again as it was written', () => {
		const lengths = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(lengths, (all) => {
				const { segments } = part(
					T0,
					all.map((ms) => ms / 1000),
				);
				const text = playlistText(segments, (uri) => uri);
				expect(parsePlaylist(text)).toEqual({ segments, isComplete: true, version: 3 });
				const target = Number(/TARGETDURATION:(\d+)/.exec(text)?.[1]);
				for (const { seconds } of segments) expect(Math.round(seconds)).toBeLessThanOrEqual(target);
			}),
		);
	});

	it('is none of WebM, nor of nothing', () => {
		const webm = agoraText([[T0, 15]]).replace('.ts', '.webm');
		expect(() => playlistText(parsePlaylist(webm).segments, linkOf)).toThrow(/convert_v2\.py/);
		const mixed = [...part(T0, [15]).segments, ...parsePlaylist(webm).segments];
		expect(() => playlistText(mixed, linkOf)).toThrow(/WebM/);
		expect(() => playlistText([], linkOf)).toThrow('no slices yet');
	});

	it('leaves out what is missing', () => {
		const playlist = part(T0, [15, 15, 15, 15]);
		const gone = new Set([sliceName(T0), sliceName(T0 + 30_000)]);
		const left = withoutMissing(playlist, (uri) => !gone.has(uri));
		expect(left.missing).toEqual([...gone]);
		expect(kept(left.playlist.segments)).toEqual(['15', '45']);
		expect(left.playlist.segments.map(({ restarts }) => restarts)).toEqual([true, true]);
		expect(left.playlist.segments[0].tags).toEqual(playlist.segments[0].tags);
		expect(joinPlaylists([left.playlist]).gaps).toEqual([{ from: T0 + 30_000, seconds: 15 }]);
	});

	it('is left as it is where nothing is missing, and begins anew behind what is', () => {
		const plain = part(T0, [15, 15, 15, 15]);
		for (const segment of plain.segments) Object.assign(segment, { restarts: false, tags: ['#A'] });
		expect(withoutMissing(plain, () => true)).toEqual({ playlist: plain, missing: [] });
		const { segments } = withoutMissing(plain, (uri) => uri !== sliceName(T0 + 15_000)).playlist;
		expect(segments.map(({ restarts }) => restarts)).toEqual([false, true, false]);
		expect(segments.map(({ tags }) => tags.length)).toEqual([1, 2, 1]);
	});

	it('signs slices of its recording and nothing else', () => {
		const recording = { folder: 'rec', sid: SID };
		expect(segmentKey(sliceName(T0), recording)).toBe(`rec/${sliceName(T0)}`);
		expect(segmentKey(sliceName(T0), { ...recording, folder: 'rec/' })).toBe(
			`rec/${sliceName(T0)}`,
		);
		expect(segmentKey(sliceName(T0, 0), { ...recording, folder: '' })).toBe(sliceName(T0, 0));
		expect(() => segmentKey('a'.repeat(10_000), recording)).toThrow(/^.{1,400}$/);
		for (const uri of [
			...['../secret.ts', 'https://evil.example/a.ts', `/${sliceName(T0)}`, 'other_c_0.mp4'],
			...[`sub/${sliceName(T0)}`, '', `${sliceName(T0)}?x=1`],
		]) {
			expect(() => segmentKey(uri, recording)).toThrow(PlaylistError);
		}
	});
});

describe('Copies of a playlist', () => {
	const recording = { folder: 'rec', sid: SID };
	const file = (name: string, sizeBytes = 10) => ({ key: `rec/${name}`, sizeBytes });
	const groups = (...files: Array<ReturnType<typeof file>>) =>
		playlistGroups(files, recording).map(({ playlists, ...rest }) => ({
			...rest,
			playlists: playlists.map(({ key }) => key.slice('rec/'.length)),
		}));

	it('are grouped by user and track, servers in order', () => {
		const user = `${SID}_c__uid_s_7__uid_e`;
		expect(
			groups(
				...[file(`bak1_${SID}_c.m3u8`), file(`${SID}_c.m3u8`), file(`bak0_${SID}_c.m3u8`)],
				...[
					file(`${user}_audio.m3u8`),
					file(`${user}_video.m3u8`),
					file(`bak0_${user}_audio.m3u8`),
				],
				...[file(`${SID}_c_0.mp4`), file('other_c.m3u8'), file(`${user}_av.mpd`)],
			),
		).toStrictEqual([
			{ cname: 'c', playlists: [`${SID}_c.m3u8`, `bak0_${SID}_c.m3u8`, `bak1_${SID}_c.m3u8`] },
			{
				...{ cname: 'c', uid: '7', track: 'audio' },
				playlists: [`${user}_audio.m3u8`, `bak0_${user}_audio.m3u8`],
			},
			{ cname: 'c', uid: '7', track: 'video', playlists: [`${user}_video.m3u8`] },
		]);
	});

	it.each<[string, Array<[name: string, size: number]>, string]>([
		['the original', [['', 10]], ''],
		['a copy alone', [['_1568983902_0', 10]], '_1568983902_0'],
		[
			'the newest copy',
			[
				['_1568983902_2', 10],
				['_1568983903_10', 9],
			],
			'_1568983903_10',
		],
		[
			'the newest copy, wherever it stands',
			[
				['_1568983903_10', 9],
				['_1568983902_2', 10],
			],
			'_1568983903_10',
		],
		[
			'the larger of original and copy',
			[
				['', 10],
				['_1568983902_0', 20],
			],
			'_1568983902_0',
		],
		[
			'the original where it is larger',
			[
				['', 30],
				['_1568983902_0', 20],
			],
			'',
		],
		[
			'the original where both are alike',
			[
				['', 20],
				['_1568983902_0', 20],
			],
			'',
		],
		[
			'of newest copy and original, not an older copy',
			[
				['', 10],
				['_1_0', 99],
				['_1_1', 20],
			],
			'_1_1',
		],
	])('use %s', (_what, copies, best) => {
		const files = copies.map(([suffix, size]) => file(`${SID}_c${suffix}.m3u8`, size));
		expect(groups(...files)).toEqual([{ cname: 'c', playlists: [`${SID}_c${best}.m3u8`] }]);
	});

	it('are none where the name of the channel ends like that', () => {
		expect(
			groups(
				file(`${SID}_c_1_2.m3u8`),
				file(`${SID}_c_1_2_20190920125142485.ts`),
				file(`${SID}_c.m3u8`),
			),
		).toEqual([
			{ cname: 'c_1_2', playlists: [`${SID}_c_1_2.m3u8`] },
			{ cname: 'c', playlists: [`${SID}_c.m3u8`] },
		]);
	});
});
