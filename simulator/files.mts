import { contentFrom, endOf, presencesOf } from './life.mts';
import type { World } from './life.mts';
import { pageOf, streamTypes } from './recording.mts';
import type { Recording } from './recording.mts';
import { ALL_STREAMS } from './schemas/common.mts';

/** An entry of `fileList` in JSON form (rest-api.md 6). */
export interface RecordedFile {
	fileName: string;
	trackType: 'audio' | 'video' | 'audio_and_video';
	uid: string;
	mixedAllUser: boolean;
	isPlayable: boolean;
	/** Unix milliseconds, as in every sample. */
	sliceStartTime: number;
}

/** Files that were made between two failovers: their prefix and when they begin. */
export interface Generation {
	prefix: string;
	from: number;
	until: number;
}

const MINUTE = 60_000;
/** Length of an MP4 file in mix mode (rest-api.md 3.5: about two hours in the reference). */
const MIX_MP4_MS = 120 * MINUTE;
/** Minutes of an MP4 file in web mode when nothing is set (rest-api.md 3.7). */
const DEFAULT_MAX_VIDEO_DURATION = 120;

/** Replaced by `-` in file names of mix and web (best-practices.md 7, "Names"). */
const SPECIAL = /[!@#$%^&*()+_.=[\]{}~|,;:?<>]/g;

/** `<sid>_<cname>` as file names of a mode have it. */
export function baseName({ sid, resource, mode }: Recording): string {
	return `${sid}_${mode === 'individual' ? resource.cname : resource.cname.replace(SPECIAL, '-')}`;
}

/** What was recorded before the first, between and after the failovers, up to `now`. */
export function generations(recording: Recording, now: number, world: World): Generation[] {
	const start = contentFrom(recording, world);
	const until = Math.min(now, endOf(recording, world)?.at ?? Infinity);
	if (start === undefined || start > until) return [];
	const { failovers } = recording;
	const all = [
		{ prefix: '', from: start, until: failovers[0]?.from ?? Infinity },
		...failovers.map(({ to }, index) => ({
			prefix: `bak${index}_`,
			from: Math.max(to, start),
			until: failovers[index + 1]?.from ?? Infinity,
		})),
	];
	return all
		.filter(({ from, until: to }) => from <= until && from < to)
		.map((generation) => ({ ...generation, until: Math.min(generation.until, until) }));
}

/** Whether the subscription asks for the audio or video of a uid (rest-api.md 3.3). */
export function subscribes(
	{ subscription }: Recording,
	medium: 'Audio' | 'Video',
): (uid: string) => boolean {
	const otherMedium = medium === 'Audio' ? 'Video' : 'Audio';
	const only = subscription[`subscribe${medium}Uids`];
	const not = subscription[`unSubscribe${medium}Uids`] ?? subscription[`unsubscribe${medium}Uids`];
	const other =
		subscription[`subscribe${otherMedium}Uids`] ??
		subscription[`unSubscribe${otherMedium}Uids`] ??
		subscription[`unsubscribe${otherMedium}Uids`];
	// A list for one medium and none for the other: the other is not recorded (rest-api.md 3.3, rule 2).
	if (only === undefined && not === undefined && other !== undefined) return () => false;
	return (uid) => {
		if (not?.includes(uid)) return false;
		return only === undefined || only.includes(ALL_STREAMS) || only.includes(uid);
	};
}

/** Uids of which audio or video is recorded, in the order in which they came. */
function recordedUids(recording: Recording, medium: 'Audio' | 'Video', now: number, world: World) {
	const presences = presencesOf(recording, world);
	const seen = presences.flatMap(({ from, uids }, index) =>
		from <= now && (presences[index + 1]?.from ?? Infinity) > recording.startedAt ? uids : [],
	);
	return [...new Set(seen)].filter(subscribes(recording, medium));
}

/** best-practices.md 7: which indexes individual mode makes for each uid. */
function individualFiles(
	recording: Recording,
	{ prefix, from, until }: Generation,
	world: World,
): RecordedFile[] {
	const types = streamTypes(recording);
	const audio = types === 1 ? [] : recordedUids(recording, 'Audio', until, world);
	const video = types === 0 ? [] : recordedUids(recording, 'Video', until, world);
	const merges = recording.request.recordingConfig?.streamMode === 'standard' && types === 2;
	const file = (uid: string, suffix: string, trackType: RecordedFile['trackType']) => ({
		fileName: `${prefix}${baseName(recording)}__uid_s_${uid}__uid_e_${suffix}.m3u8`,
		trackType,
		uid,
		mixedAllUser: false,
		isPlayable: true,
		sliceStartTime: from,
	});
	return [...new Set([...audio, ...video])].flatMap((uid) => [
		...(audio.includes(uid) ? [file(uid, 'audio', 'audio')] : []),
		...(video.includes(uid) ? [file(uid, 'video', 'video')] : []),
		...(merges && audio.includes(uid) && video.includes(uid)
			? [file(uid, 'av', 'audio_and_video')]
			: []),
	]);
}

/** The index of everything mixed, or of the page. */
function mixedIndex(recording: Recording, { prefix, from }: Generation): RecordedFile {
	return {
		fileName: `${prefix}${baseName(recording)}.m3u8`,
		trackType: (['audio', 'video', 'audio_and_video'] as const)[streamTypes(recording)] ?? 'video',
		uid: '0',
		mixedAllUser: true,
		isPlayable: true,
		sliceStartTime: from,
	};
}

/** The indexes that are begun in a generation (best-practices.md 7). */
export function indexFiles(
	recording: Recording,
	generation: Generation,
	world: World,
): RecordedFile[] {
	return recording.mode === 'individual'
		? individualFiles(recording, generation, world)
		: [mixedIndex(recording, generation)];
}

/** How long an MP4 file gets before the next one begins. */
export const mp4LengthMs = (recording: Recording): number =>
	recording.mode === 'web'
		? (pageOf(recording)?.maxVideoDuration ?? DEFAULT_MAX_VIDEO_DURATION) * MINUTE
		: MIX_MP4_MS;

/** best-practices.md 7: MP4 files if they were asked for. */
export function mp4Files(recording: Recording, generation: Generation): RecordedFile[] {
	const { request } = recording;
	const { prefix, from, until } = generation;
	const mp4Ms = mp4LengthMs(recording);
	const files: RecordedFile[] = [];
	if (request.recordingFileConfig?.avFileType?.includes('mp4')) {
		for (let index = 0; from + index * mp4Ms <= until; index++) {
			const fileName = `${prefix}${baseName(recording)}_${index}.mp4`;
			const sliceStartTime = from + index * mp4Ms;
			files.push({ ...mixedIndex(recording, generation), fileName, sliceStartTime });
		}
	}
	return files;
}

/** The folder in the bucket, with a slash at its end; '' if there is none (rest-api.md 3.2). */
export const folderOf = ({ storage }: Recording): string =>
	(storage.fileNamePrefix ?? []).map((segment) => `${segment}/`).join('');

/**
 * The index and MP4 files that a recording has made by `now` (virtual Unix ms), without their folder.
 * @param delay how many milliseconds a file stays unknown: `firstFileMs` in query, 0 in stop
 */
export function filesOf(
	recording: Recording,
	now: number,
	delay: number,
	world: World,
): RecordedFile[] {
	return generations(recording, now, world)
		.filter(({ from }) => from + delay <= now)
		.flatMap((generation) => [
			...indexFiles(recording, generation, world),
			...mp4Files(recording, generation),
		]);
}
