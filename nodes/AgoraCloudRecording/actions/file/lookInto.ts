import {
	awaited,
	LOOK_AGAIN_MS,
	wantsVideos,
	type Expected,
	type Look,
} from '../../agora/files/completeness';
import { parsePlaylist, PlaylistError, type Playlist } from '../../agora/files/playlists/parse';
import { playlistGroups, type PlaylistGroup } from '../../agora/files/playlists/copies';
import { DOCUMENTED_MOVES, keyPrefix, storedFiles } from '../../agora/files/stored';
import { clock } from '../../process/clock';
import { sideBySide } from '../../process/sideBySide';
import { orProblem, StorageProblem } from '../../storage/problems';
import type { StoredRecording } from '../../form/storedRecording';
import type { Bucket } from '../../transport/bucket';
import type { ItemRun } from '../operation';

/** What was found, and what is still to come, in words. */
export interface Found extends Look {
	groups: PlaylistGroup[];
	waitingFor: string[];
}

/** Requests to one bucket at a time. */
export const AT_A_TIME = 10;

async function listed(bucket: Bucket, recording: StoredRecording) {
	const moves = Array.from({ length: DOCUMENTED_MOVES }, (_, move) => move);
	const objects = await sideBySide(
		[undefined, ...moves],
		AT_A_TIME,
		async (move) => await bucket.list(keyPrefix(recording, move)),
	);
	for (let move = DOCUMENTED_MOVES; (objects.at(-1)?.length ?? 0) > 0; move++) {
		objects.push(await bucket.list(keyPrefix(recording, move)));
	}
	return objects.flat();
}

/** A playlist, or what is wrong with it. @throws Cancelled */
async function playlistAt(bucket: Bucket, key: string): Promise<Playlist | Error> {
	const text = await orProblem(bucket.read(key));
	if (text instanceof StorageProblem) return text;
	try {
		return parsePlaylist(text);
	} catch (error) {
		return error instanceof Error ? error : new PlaylistError('The playlist cannot be read.');
	}
}

/** Whether it takes the playlists to say what is complete. */
const needsPlaylists = (expected: Expected, hasVideos: boolean) =>
	expected.kind === 'main'
		? !hasVideos && !wantsVideos(expected)
		: expected.kind !== 'mp4' && expected.kind !== 'screenshots';

async function look(
	bucket: Bucket,
	recording: StoredRecording,
	expected: Expected,
	before?: Found,
): Promise<Found> {
	const at = clock.now();
	const files = storedFiles(await listed(bucket, recording), recording, recording.storage);
	const groups = playlistGroups(
		files.map(({ path, sizeBytes }) => ({ key: path, sizeBytes })),
		recording,
	);
	const hasVideos = files.some(({ format }) => format === 'mp4');
	const keys = needsPlaylists(expected, hasVideos)
		? groups.flatMap(({ playlists }) => playlists.map(({ key }) => key))
		: [];
	const changeOf = (found: Found | undefined, key: string) => {
		const file = found?.files.find(({ path }) => path === key);
		return file && `${file.sizeBytes} ${file.lastModified}`;
	};
	const now: Found = { at, files, groups, playlists: new Map(), waitingFor: [] };
	const playlists = await sideBySide(keys, AT_A_TIME, async (key) => {
		const known = before?.playlists.get(key);
		// One that could not be read may be readable by now.
		const isRead = known && !(known instanceof StorageProblem);
		return isRead && changeOf(before, key) === changeOf(now, key)
			? known
			: await playlistAt(bucket, key);
	});
	now.playlists = new Map(keys.map((key, i) => [key, playlists[i]]));
	return { ...now, waitingFor: awaited(now, before, expected) };
}

/**
 * Looks for the files of a recording in its bucket, and again until they are complete, or the time is up.
 *
 * @param seconds to wait at most; 0 for one look
 * @throws StorageProblem where the bucket cannot be listed
 * @throws Cancelled
 */
export async function lookInto(
	bucket: Bucket,
	recording: StoredRecording,
	expected: Expected,
	{ client }: Pick<ItemRun, 'client'>,
	seconds: number,
): Promise<Found> {
	const end = clock.now() + seconds * 1000;
	let found = await look(bucket, recording, expected);
	while (found.waitingFor.length > 0) {
		const left = end - clock.now();
		if (left <= 0) break;
		// Whole seconds: two looks that are almost far enough apart say nothing.
		await client.wait(Math.min(1000 * Math.ceil(left / 1000), LOOK_AGAIN_MS));
		found = await look(bucket, recording, expected, found);
	}
	return found;
}
