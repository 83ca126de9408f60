import { baseName, folderOf, generations, indexFiles, mp4Files, mp4LengthMs } from '../files.mts';
import type { Generation, RecordedFile } from '../files.mts';
import { endOf, uploadedAt, uploadingStatus } from '../life.mts';
import type { End, World } from '../life.mts';
import { isBarren, recordsFiles } from '../notifications/recorder.mts';
import type { Recording } from '../recording.mts';
import type { Media, MediaKind } from './options.mts';
import { mergedPlaylist, slicePlaylist, stamp } from './playlists.mts';
import type { Slice } from './playlists.mts';

/** Something that Agora puts into the bucket, and when (virtual Unix ms). */
export interface Upload {
	at: number;
	key: string;
	/** One object may be written more than once; this tells the times apart. */
	version: string;
	bytes: () => Buffer;
}

/** playlists.md 1, "Slices": audio; video is not cut at its I frames here. */
const SLICE_MS = 15_000;
/** rest-api.md 3.6. */
const DEFAULT_CAPTURE_S = 10;

/** How a recording comes to its end, as far as it has. */
interface Ending {
	end: End;
	/** When all is there, but for what waits in Agora's backup. */
	at: number;
	/** When what was not uploaded in time arrives from the backup; `at` if nothing was late. */
	lateAt: number;
	backuped: boolean;
}

function endingOf(recording: Recording, now: number, world: World): Ending | undefined {
	const end = endOf(recording, world);
	// A worker that was killed leaves what it had uploaded.
	if (end === undefined || end.at > now || end.cause === 'killed') return undefined;
	const at = uploadedAt(end, world);
	const backuped = uploadingStatus(recording, end.at, world) === 'backuped';
	return { end, at, backuped, lateAt: backuped ? at + world.settings.backupDelayMs : at };
}

/** The slices of one index; the last one is shorter and comes with the end. A failover loses it. */
function slicesOf(base: string, { from, until }: Generation, ending: Ending | undefined): Slice[] {
	const slices: Slice[] = [];
	const slice = (startedAt: number, ms: number, at: number): void =>
		void slices.push({ name: `${base}_${stamp(startedAt)}.ts`, startedAt, ms, at });
	let at = from;
	for (; at + SLICE_MS <= until; at += SLICE_MS) slice(at, SLICE_MS, at + SLICE_MS);
	if (ending !== undefined && until >= ending.end.at && at < until) {
		slice(at, until - at, ending.lateAt);
	}
	return slices;
}

/** Everything that one recording uploads of one index: slices, and the playlist again and again. */
function indexUploads(
	recording: Recording,
	{ fileName, trackType, uid }: RecordedFile,
	generation: Generation,
	ending: Ending | undefined,
	file: (kind: MediaKind, name: string) => Omit<Upload, 'at' | 'version'>,
): Upload[] {
	const key = `${folderOf(recording)}${fileName}`;
	if (trackType === 'audio_and_video' && uid !== '0') {
		const bytes = () => mergedPlaylist(fileName);
		return [{ at: generation.from + SLICE_MS, key, version: 'merged', bytes }];
	}
	const base = fileName.replace(/\.m3u8$/, '');
	const slices = slicesOf(base, generation, ending);
	const comma = /"correctEXTINF"\s*:\s*true/.test(
		recording.request.recordingConfig?.privateParams ?? '',
	);
	const text = (count: number, ended: boolean) => () =>
		slicePlaylist(slices.slice(0, count), { trackType, ended, comma });
	const uploads: Upload[] = slices.flatMap((slice, index) => [
		{ at: slice.at, version: '', ...file('slice.mpegts', slice.name) },
		{ at: slice.at, key, version: `${index}`, bytes: text(index + 1, false) },
	]);
	if (ending === undefined || generation.until < ending.end.at || slices.length === 0)
		return uploads;
	const whole = { version: 'ended', bytes: text(slices.length, true) };
	if (!ending.backuped) return [...uploads, { at: ending.at, key, ...whole }];
	// playlists.md 2: the index gets another name, slices keep theirs.
	const name = key.replace(/\.m3u8$/, `_${ending.at}_0.m3u8`);
	const inTime = uploads.filter((upload) => upload.key !== key || upload.at < ending.lateAt);
	return [...inTime, { at: ending.lateAt, key: name, ...whole }];
}

/**
 * What a recording has uploaded by `now`, and when, the same object as often as it was written
 * (playlists.md 1 and 2): a slice when it is complete, its playlist with it, the rest when the upload ends.
 */
export function uploadsOf(
	recording: Recording,
	now: number,
	media: Media,
	world: World,
): readonly Upload[] {
	if (isBarren(recording)) return [];
	const folder = folderOf(recording);
	const file = (kind: MediaKind, name: string) => {
		const key = `${folder}${name}`;
		return { key, bytes: () => media(kind, key) };
	};
	const ending = endingOf(recording, now, world);
	const captureMs = (recording.request.snapshotConfig?.captureInterval ?? DEFAULT_CAPTURE_S) * 1000;
	const uploads = generations(recording, now, world).flatMap((generation): Upload[] => {
		const { prefix, from, until } = generation;
		const indexes = indexFiles(recording, generation, world);
		const recorded = recordsFiles(recording)
			? indexes.flatMap((index) => indexUploads(recording, index, generation, ending, file))
			: [];
		const mp4s = mp4Files(recording, generation).flatMap(({ fileName, sliceStartTime }) => {
			const rolledAt = sliceStartTime + mp4LengthMs(recording);
			const late = ending === undefined ? undefined : ending.lateAt + world.settings.mp4DelayMs;
			const at = rolledAt <= until ? rolledAt : late;
			return at === undefined ? [] : [{ at, version: '', ...file('recording.mp4', fileName) }];
		});
		const pictures = indexes.flatMap(({ uid, trackType }) => {
			if (recording.request.snapshotConfig === undefined || trackType !== 'video') return [];
			return Array.from({ length: Math.ceil((until - from) / captureMs) }, (_, index) => {
				const at = from + index * captureMs;
				const name = `${prefix}${baseName(recording)}__uid_s_${uid}__uid_e_video_${stamp(at)}.jpg`;
				return { at, version: '', ...file('picture.jpg', name) };
			});
		});
		return [...recorded, ...mp4s, ...pictures];
	});
	return uploads.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
}

/** Whether an ended recording will upload nothing any more. */
export function isComplete(recording: Recording, now: number, world: World): boolean {
	const end = endOf(recording, world);
	if (end === undefined || end.at > now) return false;
	const ending = endingOf(recording, now, world);
	return now > (ending?.lateAt ?? end.at) + world.settings.mp4DelayMs;
}
