import type { StoredObject } from '../../storage/listings';
import type { StorageNames } from '../../storage/places';
import { mainFilesOf } from './mainFiles';
import { parseFileName } from './names';
import { playlistGroups } from './playlists/copies';
import { fileOf, type RecordedFile } from './shape';
import { mayBeSigned, type RecordingFolder } from './signable';

/** A recorded file that lies in the bucket. */
export type StoredFile = RecordedFile & {
	sizeBytes: number;
	/** ISO 8601, UTC. */
	lastModified: string;
};

/** Kinds of files that somebody asks for. */
export const FILE_KINDS = ['main', 'mp4', 'playlists', 'screenshots', 'slices', 'all'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const FORMATS: Readonly<Record<Exclude<FileKind, 'main' | 'all'>, readonly string[]>> = {
	mp4: ['mp4'],
	playlists: ['m3u8', 'mpd'],
	screenshots: ['jpg'],
	slices: ['ts', 'webm'],
};

/**
 * Beginnings of the keys of a recording's files: the first server's, and those of servers that took over
 * (playlists.md section 2). Three moves are documented; more are looked for while there are any.
 */
export const DOCUMENTED_MOVES = 3;
export function keyPrefix({ folder, sid }: RecordingFolder, move?: number): string {
	return `${folder}${move === undefined ? '' : `bak${move}_`}${sid}_`;
}

/** Order of a recording: by server, then by the number of the part, or by time. */
function inOrder(one: RecordedFile, other: RecordedFile): number {
	const [a, b] = [one, other].map(({ fileName }) => parseFileName(fileName));
	return (
		(a?.failover ?? -1) - (b?.failover ?? -1) ||
		(a?.part ?? 0) - (b?.part ?? 0) ||
		(a?.time ?? 0) - (b?.time ?? 0) ||
		one.fileName.localeCompare(other.fileName)
	);
}

/** The files of a recording among the objects of a list, in the order in which they were recorded. */
export function storedFiles(
	objects: readonly StoredObject[],
	recording: RecordingFolder,
	storage: StorageNames,
): StoredFile[] {
	return objects
		.filter(({ key }) => mayBeSigned(key, recording))
		.map(({ key, sizeBytes, lastModified }) => ({
			...fileOf(key, storage),
			sizeBytes,
			lastModified,
		}))
		.sort(inOrder);
}

/** Of each playlist the copy to use: Agora's backup leaves several. */
function withoutOldCopies(files: readonly StoredFile[], recording: RecordingFolder) {
	const listed = files.map(({ path, sizeBytes }) => ({ key: path, sizeBytes }));
	const best = playlistGroups(listed, recording).flatMap(({ playlists }) => playlists);
	const keys = new Set(best.map(({ key }) => key));
	return files.filter(({ format, path }) => format !== 'm3u8' || keys.has(path));
}

/** The files of one kind; those to open say which part they are. */
export function filesOfKind(
	files: readonly StoredFile[],
	kind: FileKind,
	recording: RecordingFolder,
): StoredFile[] {
	if (kind === 'all') return [...files];
	if (kind === 'main') return mainFilesOf(withoutOldCopies(files, recording));
	return files.filter(({ format }) => format !== null && FORMATS[kind].includes(format));
}
