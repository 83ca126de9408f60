import {
	awaited,
	wantsVideos,
	type Expected,
	type Look,
} from '../../nodes/AgoraCloudRecording/agora/files/completeness.ts';
import { fileNameOf, videosAmong } from '../../nodes/AgoraCloudRecording/agora/files/names.ts';
import {
	PlaylistError,
	type Playlist,
} from '../../nodes/AgoraCloudRecording/agora/files/playlists/parse.ts';
import { fileOf } from '../../nodes/AgoraCloudRecording/agora/files/shape.ts';
import {
	filesOfKind,
	keyPrefix,
	storedFiles,
	type FileKind,
} from '../../nodes/AgoraCloudRecording/agora/files/stored.ts';

const sid = '38f8e3cfdc474cd56fc1ceba380d7e1a';
const RECORDING = { folder: 'rec/', sid };
const STORAGE = { vendor: 'amazonS3', region: 'eu-west-1', bucket: 'lessons' };
const NOW = Date.UTC(2026, 8, 27, 12);
const T0 = Date.UTC(2026, 8, 27, 11);

const named = (parts: object, format: string) => fileNameOf({ sid, cname: 'c', ...parts, format });
const PLAYLIST = named({}, 'm3u8');
const [MP4, MP4_1] = [0, 1].map((part) => named({ part }, 'mp4'));
const SLICE = named({ time: T0 }, 'ts');
const PICTURE = named({ uid: '7', track: 'video', time: T0 }, 'jpg');

/** An object by its name; unchanged for an hour, unless its age says otherwise. */
const object = (name: string, ageMs = 3_600_000, sizeBytes = 10) => ({
	...{ key: `rec/${name}`, sizeBytes, etag: null },
	lastModified: new Date(NOW - ageMs).toISOString(),
});
const stored = (...objects: Array<ReturnType<typeof object>>) =>
	storedFiles(objects, RECORDING, STORAGE);
const namesOf = (files: ReadonlyArray<{ fileName: string }>) =>
	files.map(({ fileName }) => fileName);

describe('Files in the bucket', () => {
	it('are those of the recording alone, with size and date', () => {
		const other = fileNameOf({ sid: 'other', cname: 'c', part: 0, format: 'mp4' });
		expect(stored(object(other), object(`sub/${MP4}`), object(MP4, 0, 7))).toMatchObject([
			{ fileName: MP4, sizeBytes: 7, lastModified: new Date(NOW).toISOString() },
		]);
	});

	it('come in the order in which they were recorded', () => {
		const inOrder = [
			...[named({ uid: '7', track: 'audio' }, 'm3u8'), named({ uid: '7', track: 'video' }, 'm3u8')],
			...[T0, T0 + 1].map((time) => named({ time }, 'ts')),
			...[2, 10].map((part) => named({ part }, 'mp4')),
			named({ failover: 0, part: 0 }, 'mp4'),
			...[T0, T0 + 1].map((time) => named({ failover: 0, time }, 'ts')),
			named({ failover: 0, part: 1 }, 'mp4'),
			named({ failover: 1, part: 0 }, 'mp4'),
		];
		expect(namesOf(stored(...inOrder.map((name) => object(name))))).toEqual(inOrder);
		expect(namesOf(stored(...inOrder.map((name) => object(name)).reverse()))).toEqual(inOrder);
	});

	it('tell whose they are by their names', () => {
		expect(fileOf(`rec/${PLAYLIST}`, STORAGE)).toMatchObject({
			...{ fileName: PLAYLIST, path: `rec/${PLAYLIST}`, uid: '0', mixedAllUsers: true },
		});
		expect(fileOf(PICTURE, STORAGE)).toMatchObject({
			...{ fileName: PICTURE, path: PICTURE, uid: '7', mixedAllUsers: false, track: 'video' },
		});
	});

	it.each<[FileKind, string[]]>([
		['mp4', [MP4]],
		['playlists', [PLAYLIST, named({}, 'mpd')]],
		['screenshots', [PICTURE]],
		['slices', [SLICE, named({ time: T0 }, 'webm')]],
		['all', [MP4, PLAYLIST, named({}, 'mpd'), PICTURE, SLICE, named({ time: T0 }, 'webm')]],
		['main', [MP4]],
	])('of the kind %s', (kind, names) => {
		const all = [PLAYLIST, named({}, 'mpd'), SLICE, named({ time: T0 }, 'webm'), MP4, PICTURE];
		const files = filesOfKind(stored(...all.map((name) => object(name))), kind, RECORDING);
		expect(namesOf(files).sort()).toEqual([...names].sort());
	});

	it('to open are of each playlist the best copy, and parts in a row', () => {
		const copy = named({ backup: { tick: '1568983902', index: 0 } }, 'm3u8');
		const main = (...objects: Array<ReturnType<typeof object>>) =>
			filesOfKind(stored(...objects), 'main', RECORDING);
		expect(namesOf(main(object(PLAYLIST, 0, 5), object(copy, 0, 9)))).toEqual([copy]);
		expect(main(object(MP4_1), object(MP4), object(copy))).toMatchObject([
			{ fileName: MP4, part: 1, parts: 2 },
			{ fileName: MP4_1, part: 2, parts: 2 },
		]);
	});

	it('begin with the SID, or with the number of a move', () => {
		expect([keyPrefix(RECORDING), keyPrefix(RECORDING, 0)]).toEqual([
			...[`rec/${sid}_`, `rec/bak0_${sid}_`],
		]);
	});

	it('are MP4 files of that recording by their names', () => {
		const names = [MP4, PLAYLIST, 'no name', MP4.replace(sid, 'other')];
		expect(
			videosAmong(
				names.map((fileName) => ({ fileName })),
				sid,
			),
		).toEqual([MP4]);
	});
});

const playlist = (isComplete: boolean, ...uris: string[]): Playlist => ({
	...{ isComplete, version: 3 },
	segments: uris.map((uri) => ({ uri, seconds: 15, restarts: false, tags: [] })),
});

interface Case extends Expected {
	files?: Array<ReturnType<typeof object>>;
	playlist?: Playlist | Error;
	before?: Partial<Look>;
}

const FRESH = 119_999;
/** A look that long ago, in which lay what lay in the bucket then. */
const before = (ms: number, ...objects: Array<ReturnType<typeof object>>) => ({
	...{ at: NOW - ms, files: stored(...objects), playlists: new Map() },
});

describe('What is still to come', () => {
	it.each<[string, Case, RegExp[]]>([
		['an MP4', { kind: 'mp4' }, [/MP4/]],
		['an MP4, whatever else lies there', { kind: 'mp4', files: [object(PLAYLIST)] }, [/MP4/]],
		['an MP4 that was told of', { kind: 'mp4', videos: [MP4] }, [/_0\.mp4/]],
		['nothing', { kind: 'mp4', files: [object(MP4), object(MP4_1)], videos: [MP4] }, []],
		['nothing but what was told of', { kind: 'mp4', files: [object(MP4)], videos: [MP4] }, []],
		['a playlist, whatever else was asked for', { kind: 'slices', formats: ['mp4'] }, [/playlist/]],
		['the second', { kind: 'mp4', files: [object(MP4)], videos: [MP4, MP4_1] }, [/_1\.mp4/]],
		['one that is empty', { kind: 'mp4', files: [object(MP4, 3_600_000, 0)] }, [/_0\.mp4/]],
		['one that may grow', { kind: 'mp4', files: [object(MP4, FRESH)] }, [/_0\.mp4/]],
		['nothing after two minutes', { kind: 'mp4', files: [object(MP4, 120_000)] }, []],
		[
			'nothing where it stayed as it was',
			{ kind: 'mp4', files: [object(MP4, 20_000)], before: before(15_000, object(MP4, 20_000)) },
			[],
		],
		[
			'what was looked at too lately',
			{ kind: 'mp4', files: [object(MP4, 20_000)], before: before(14_999, object(MP4, 20_000)) },
			[/_0\.mp4/],
		],
		[
			'what grew since',
			{ kind: 'mp4', files: [object(MP4, 20_000)], before: before(15_000, object(MP4, 20_000, 9)) },
			[/_0\.mp4/],
		],
		[
			'what was written again since',
			{ kind: 'mp4', files: [object(MP4, 20_000)], before: before(15_000, object(MP4, 30_000)) },
			[/_0\.mp4/],
		],
		[
			'what was not there before',
			{
				...{ kind: 'mp4', files: [object(MP4, 20_000)] },
				before: before(15_000, object(MP4_1, 20_000)),
			},
			[/_0\.mp4/],
		],
		['a screenshot', { kind: 'screenshots', files: [object(MP4)] }, [/screenshot/]],
		['one that may grow', { kind: 'screenshots', files: [object(PICTURE, FRESH)] }, [/\.jpg/]],
		['no screenshot', { kind: 'screenshots', files: [object(PICTURE)] }, []],
		['a playlist', { kind: 'playlists', files: [object(MP4)] }, [/playlist/]],
		['a playlist of slices', { kind: 'slices', files: [object(SLICE)] }, [/playlist/]],
		[
			'nothing of a playlist',
			{
				...{ kind: 'playlists', files: [object(PLAYLIST, FRESH), object(SLICE)] },
				playlist: playlist(true, `dir/${SLICE}`),
			},
			[],
		],
		[
			'its slices',
			{
				...{ kind: 'slices', files: [object(PLAYLIST), object(SLICE), object('x', 0, 0)] },
				playlist: playlist(true, SLICE, 'a.ts', 'b.ts'),
			},
			[/^2 .*\.m3u8/],
		],
		[
			'a slice that is empty, and an end',
			{
				...{ kind: 'playlists', files: [object(PLAYLIST, FRESH), object(SLICE, 0, 0)] },
				playlist: playlist(false, SLICE),
			},
			[/^1 .*\.m3u8/, /end .*\.m3u8/],
		],
		[
			'no end of what does not change',
			{ kind: 'playlists', files: [object(PLAYLIST)], playlist: playlist(false) },
			[],
		],
		[
			'what is no playlist yet',
			{ kind: 'playlists', files: [object(PLAYLIST)], playlist: new PlaylistError('') },
			[/\.m3u8/],
		],
		[
			'nothing that could not be read',
			{ kind: 'playlists', files: [object(PLAYLIST)], playlist: new Error('') },
			[],
		],
		['nothing of MPD', { kind: 'playlists', files: [object(named({}, 'mpd'))] }, []],
		['what there is to open', { kind: 'main' }, [/playlist/]],
		['an MP4, as it was started', { kind: 'main', formats: ['hls', 'mp4'] }, [/MP4/]],
		['a playlist, as it was started', { kind: 'main', formats: ['hls'] }, [/playlist/]],
		['an MP4 that lies there', { kind: 'main', files: [object(MP4, FRESH)] }, [/_0\.mp4/]],
		['everything', { kind: 'all', formats: ['mp4'] }, [/playlist/, /MP4/]],
		['an MP4 among all', { kind: 'all', files: [object(MP4, FRESH)] }, [/playlist/, /_0\.mp4/]],
		['screenshots alone', { kind: 'all', files: [object(PICTURE, FRESH)] }, [/\.jpg/]],
		[
			'an end, beside screenshots',
			{
				...{ kind: 'all', files: [object(PICTURE), object(PLAYLIST, FRESH)] },
				playlist: playlist(false),
			},
			[/end .*\.m3u8/],
		],
	])('%s', (_what, { files = [], playlist: read, before: earlier, ...expected }, told) => {
		const now = {
			...{ at: NOW, files: stored(...files) },
			playlists: new Map(read ? [[`rec/${PLAYLIST}`, read]] : []),
		};
		const look = earlier && { ...now, ...earlier };
		expect(awaited(now, look, expected)).toEqual(
			told.map((words) => expect.stringMatching(words) as string),
		);
	});

	it.each<[Partial<Expected>, boolean]>([
		[{}, false],
		[{ formats: ['hls'], videos: [] }, false],
		[{ formats: ['hls', 'mp4'] }, true],
		[{ videos: [MP4] }, true],
	])('of %j are MP4 files: %p', (more, wanted) => {
		expect(wantsVideos({ kind: 'all', ...more })).toBe(wanted);
	});
});
