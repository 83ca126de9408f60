import type { FileKind, StoredFile } from './stored';
import { nameOf, PlaylistError, type Playlist } from './playlists/parse';

/** What lay in the bucket at one moment. */
export interface Look {
	/** Unix milliseconds. */
	at: number;
	/** Files of the recording, all kinds. */
	files: readonly StoredFile[];
	/** The best copy of each playlist that is to be judged, or what is wrong with it, by its key. */
	playlists: ReadonlyMap<string, Playlist | Error>;
}

/** What somebody waits for. */
export interface Expected {
	kind: FileKind;
	/** Formats that the recording was started with, e.g. hls and mp4; undefined where not known. */
	formats?: readonly string[];
	/** Names of MP4 files that Agora told of. */
	videos?: readonly string[];
}

/** Whether there have to be MP4 files. */
export const wantsVideos = ({ formats = [], videos = [] }: Expected): boolean =>
	formats.includes('mp4') || videos.length > 0;

/** Nothing that has not changed for so long is expected to change. */
const SETTLED_MS = 120_000;
/** Two looks say that something stays as it is if they are so far apart. */
export const LOOK_AGAIN_MS = 15_000;

/** Whether a file will stay as it is: for two minutes it did, or since a look before. */
function isSettled(file: StoredFile, now: Look, before: Look | undefined): boolean {
	if (now.at - Date.parse(file.lastModified) >= SETTLED_MS) return true;
	if (!before || now.at - before.at < LOOK_AGAIN_MS) return false;
	const then = before.files.find(({ path }) => path === file.path);
	return then?.sizeBytes === file.sizeBytes && then.lastModified === file.lastModified;
}

/** What a playlist still lacks, in words. */
function missingOf(key: string, playlist: Playlist, look: Look, settled: boolean): string[] {
	const sizes = new Map(look.files.map(({ fileName, sizeBytes }) => [fileName, sizeBytes]));
	const absent = playlist.segments.filter(({ uri }) => !sizes.get(nameOf(uri)));
	return [
		...(absent.length > 0 ? [`${absent.length} slices of ${nameOf(key)}`] : []),
		...(playlist.isComplete || settled ? [] : [`the end of ${nameOf(key)}`]),
	];
}

/**
 * What is still to come, in words; nothing where the files are complete, as far as the bucket shows
 * (playlists.md section 3): an MP4 has a size that stays, and those that Agora told of are there; a playlist has its end, or does not change any
 * more, and all its slices are there.
 *
 * @param before an earlier look, if there was one
 */
export function awaited(now: Look, before: Look | undefined, expected: Expected): string[] {
	const { files, playlists } = now;
	const of = (...known: string[]) => files.filter(({ format }) => known.includes(format ?? ''));
	const videos = of('mp4');
	const lists = of('m3u8', 'mpd');
	const whole = (what: readonly StoredFile[]) =>
		what
			.filter((file) => file.sizeBytes === 0 || !isSettled(file, now, before))
			.map(({ fileName }) => fileName);
	const ofPlaylists = () => [
		...(lists.length === 0 ? ['a playlist'] : []),
		...lists.flatMap((file) => {
			const playlist = playlists.get(file.path);
			if (playlist instanceof PlaylistError)
				return [`${file.fileName}, which is not a playlist yet`];
			// What could not be read says nothing.
			if (!playlist || playlist instanceof Error) return [];
			return missingOf(file.path, playlist, now, isSettled(file, now, before));
		}),
	];
	const told = expected.videos ?? [];
	const ofVideos = () => [
		...(videos.length + told.length === 0 ? ['an MP4 file'] : whole(videos)),
		...told.filter((name) => !videos.some(({ fileName }) => fileName === name)),
	];
	const pictures = of('jpg');
	switch (expected.kind) {
		case 'mp4':
			return ofVideos();
		case 'screenshots':
			return pictures.length === 0 ? ['a screenshot'] : whole(pictures);
		case 'main':
			return videos.length > 0 || wantsVideos(expected) ? ofVideos() : ofPlaylists();
		case 'playlists':
		case 'slices':
			return ofPlaylists();
		case 'all':
			return [
				...(lists.length > 0 || pictures.length === 0 ? ofPlaylists() : []),
				...(videos.length > 0 || wantsVideos(expected) ? ofVideos() : []),
				...whole(pictures),
			];
	}
}
