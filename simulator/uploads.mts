import { filesOf, folderOf } from './files.mts';
import type { World } from './life.mts';
import { mp4, playlist, transportStream } from './media.mts';
import type { Recording } from './recording.mts';

/** An object as it lies in a bucket. */
interface StoredObject {
	key: string;
	type: string;
	bytes: Buffer;
}

/** Content types that storage serves playlists and slices with (storage.md 3). */
const TYPES = { m3u8: 'application/x-mpegURL', ts: 'video/MP2T', mp4: 'video/mp4' };

/** `YYYYMMDDhhmmssSSS` (best-practices.md 7, "Names"). */
const stamp = (time: number) => new Date(time).toISOString().replace(/\D/g, '');

/** Playlists with one slice each, and MP4 files: small ones, but real. */
function objectsOf(recording: Recording, now: number, world: World): StoredObject[] {
	const directories = folderOf(recording);
	return filesOf(recording, now, 0, world).flatMap(({ fileName: name, sliceStartTime }) => {
		const key = `${directories}${name}`;
		if (name.endsWith('.mp4')) return [{ key, type: TYPES.mp4, bytes: mp4(1000) }];
		const slice = name.replace(/\.m3u8$/, `_${stamp(sliceStartTime)}.ts`);
		return [
			{ key, type: TYPES.m3u8, bytes: playlist([slice], sliceStartTime) },
			{ key: `${directories}${slice}`, type: TYPES.ts, bytes: transportStream() },
		];
	});
}

/**
 * Puts a recording's files into its bucket, as Agora's uploader would. The storage is one of a test and
 * asks for no signature.
 *
 * @param storage address below which buckets lie
 * @throws Error if the storage refuses an object
 */
export async function upload(
	storage: string,
	recording: Recording,
	now: number,
	world: World,
): Promise<void> {
	for (const { key, type, bytes } of objectsOf(recording, now, world)) {
		const path = [recording.storage.bucket, ...key.split('/')].map(encodeURIComponent).join('/');
		const response = await fetch(`${storage}/${path}`, {
			method: 'PUT',
			headers: { 'content-type': type },
			body: new Uint8Array(bytes),
		});
		if (!response.ok) throw new Error(`The storage refused ${path}: ${response.status}`);
	}
}
