import { parseFileName } from './names';

/** A recording's place in its bucket. */
export interface RecordingFolder {
	/** Directories, with or without a slash at their end; '' for the top of the bucket. */
	folder: string;
	sid: string;
}

/** Endings of the files that Agora makes. */
const FORMATS = ['jpg', 'm3u8', 'mp4', 'mpd', 'ts', 'webm'];

/** Bytes of UTF-8 that a key may have everywhere. */
const MAX_KEY_BYTES = 1024;

/** The folder as keys begin with it. */
const directoryOf = (folder: string) =>
	folder === '' || folder.endsWith('/') ? folder : `${folder}/`;

/**
 * Why an object must not be signed as a file of a recording; undefined where it may be. Whoever names a
 * key (an item, a notification, a playlist, a model) gets links to that recording's files and to nothing
 * else in the bucket.
 *
 * @returns a reason that goes on after "The file …", without the key
 */
export function keyRefusal(key: string, { folder, sid }: RecordingFolder): string | undefined {
	const directory = directoryOf(folder);
	if (sid === '') return 'cannot be identified without an SID';
	if (/[\p{Cc}\p{Cs}]/u.test(key)) return 'contains control characters in its name';
	if (key.startsWith('/')) return 'begins with a slash';
	if (key.includes('..')) return 'has ".." in its name';
	if (Buffer.byteLength(key) > MAX_KEY_BYTES) {
		return `has a name of more than ${MAX_KEY_BYTES} bytes`;
	}
	if (!key.startsWith(directory)) return 'is not in the folder of the recording';
	const name = key.slice(directory.length);
	if (name.includes('/')) return "is in a subfolder of the recording's folder";
	const parts = parseFileName(name);
	if (!parts || !FORMATS.includes(parts.format)) return 'is not named like a recorded file';
	return parts.sid === sid ? undefined : 'belongs to another recording';
}

/** Whether an object may be signed as a file of a recording; why not is told by {@link keyRefusal}. */
export const mayBeSigned = (key: string, recording: RecordingFolder): boolean =>
	keyRefusal(key, recording) === undefined;
