import { certainNames, parseFileName } from './names';
import type { RecordingMode } from '../modes';
import type { FileEntry, ServerResponse } from '../answers/responses';
import { bucketPlace, type BucketPlace, type StorageNames } from '../../storage/places';

/**
 * A recorded file, in the one shape that every mode, operation and notification uses. Where its bucket
 * is known, which notifications do not tell, it says so for nodes that download it.
 */
export type RecordedFile = Partial<BucketPlace> & {
	fileName: string;
	/** Key of the object in the bucket: directories of the prefix and file name. */
	path: string;
	/** Ending of the name: m3u8, mp4, ts, webm, mpd, jpg. */
	format: string | null;
	track: 'audio' | 'video' | 'audio_and_video' | null;
	/** Whose stream it is; "0" where all users are mixed. */
	uid: string | null;
	mixedAllUsers: boolean | null;
	isPlayable: boolean | null;
	/** ISO 8601, UTC. */
	startedAt: string | null;
	/** Whether the name was worked out from the naming rules, not told by Agora. */
	predicted: boolean;
};

const TRACKS = ['audio', 'video', 'audio_and_video'] as const;

/**
 * A time of Agora as ISO 8601. The tables say seconds, the samples have milliseconds: what is below
 * 1e11 is taken for seconds (rest-api.md section 6).
 */
export function isoTime(time = 0): string | null {
	if (time <= 0) return null;
	const date = new Date(time < 1e11 ? time * 1000 : time);
	return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Joins the prefix to a name that does not have it yet (only some answers give names with it). */
export function objectPath(prefix: string, name: string): string {
	const directory = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
	return name.startsWith(directory) ? name : `${directory}${name}`;
}

function normalise(entry: FileEntry, prefix: string, storage?: StorageNames): RecordedFile[] {
	const name = entry.fileName ?? entry.filename;
	if (!name) return [];
	const fileName = name.slice(name.lastIndexOf('/') + 1);
	const parts = parseFileName(fileName);
	const track = parts?.track === 'av' ? 'audio_and_video' : parts?.track;
	const path = objectPath(prefix, name);
	return [
		{
			fileName,
			path,
			...(storage && bucketPlace(storage)),
			format: /[^/]\.(\w+)$/.exec(fileName)?.[1].toLowerCase() ?? null,
			track: TRACKS.find((known) => known === entry.trackType) ?? track ?? null,
			uid: entry.uid ?? parts?.uid ?? null,
			mixedAllUsers: entry.mixedAllUser ?? null,
			isPlayable: entry.isPlayable ?? null,
			startedAt: isoTime(entry.sliceStartTime ?? parts?.time),
			predicted: false,
		},
	];
}

/**
 * A file by its key in the bucket, as far as its name tells.
 *
 * @param key directories and name
 */
export function fileOf(key: string, storage: StorageNames): RecordedFile {
	const fileName = key.slice(key.lastIndexOf('/') + 1);
	const prefix = key.slice(0, -fileName.length);
	const uid = parseFileName(fileName)?.uid;
	const [file] = normalise(
		{ fileName, uid: uid ?? '0', mixedAllUser: uid === undefined },
		prefix,
		storage,
	);
	return file;
}

/**
 * The files of a query or stop answer in any mode: a list (individual, composite with MP4), a single
 * name (composite with HLS alone), or the lists of the web page services.
 *
 * @param prefix directories of the recording in its bucket, "" where none or not known
 * @param storage where that bucket is; undefined where not known
 */
export function filesOf(
	response: ServerResponse | undefined,
	prefix: string,
	storage?: StorageNames,
): RecordedFile[] {
	if (!response) return [];
	const { fileList } = response;
	const own: Array<FileEntry | null> =
		typeof fileList === 'string'
			? [
					{
						fileName: fileList,
						uid: '0',
						mixedAllUser: true,
						sliceStartTime: response.sliceStartTime,
					},
				]
			: (fileList ?? []);
	const ofServices = (response.extensionServiceState ?? []).flatMap(
		(service) => (service?.payload ?? service?.playload)?.fileList ?? [],
	);
	return [...own, ...ofServices].flatMap((entry) =>
		entry ? normalise(entry, prefix, storage) : [],
	);
}

/**
 * Files whose names are certain though Agora did not list them; marked as predicted.
 *
 * @param prefix directories of the recording in its bucket
 * @param formats what was asked for at the start, e.g. hls and mp4
 */
export function predictedFiles(
	recording: { mode: RecordingMode; sid: string; cname: string },
	prefix: string,
	formats: readonly string[],
	storage?: StorageNames,
): RecordedFile[] {
	const { mode, sid, cname } = recording;
	return certainNames(mode, sid, cname, formats)
		.flatMap((fileName) => normalise({ fileName, uid: '0', mixedAllUser: true }, prefix, storage))
		.map((file) => ({ ...file, predicted: true }));
}
