import { directoriesOf } from '../requests/storage';

const MAX_FOLDER_BYTES = 512;

/** What {@link folderOf} takes, as a rule for messages. */
export const FOLDER_RULE = `must be folders separated by slashes, without . and .., at most ${MAX_FOLDER_BYTES} bytes long`;

/**
 * The folder in which files lie that were recorded before, as keys begin with it; '' for the top of the
 * bucket, which may be written as a slash. Agora's have letters and digits alone; files may have been
 * copied to others.
 *
 * @returns undefined for what is no folder
 */
export function folderOf(path: string): string | undefined {
	const isOdd =
		path.split('/').some((part) => part === '.' || part === '..') || /\p{Cc}/u.test(path);
	if (isOdd || Buffer.byteLength(path) > MAX_FOLDER_BYTES) return undefined;
	return directoriesOf(path)
		.map((directory) => `${directory}/`)
		.join('');
}
