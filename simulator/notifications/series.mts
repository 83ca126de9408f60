import { baseName, folderOf, subscribes } from '../files.mts';
import { contentFrom, endOf, presencesOf, readyAt, uploadedAt } from '../life.mts';
import type { World } from '../life.mts';
import type { Recording } from '../recording.mts';
import { diesSilently } from './endings.mts';
import { isBarren } from './recorder.mts';

/** An event that comes again and again. */
export interface Series {
	key: string;
	eventType: number;
	/** When it comes first, virtual Unix ms. */
	from: number;
	every: number;
	/** Not from then on. */
	until: number;
	details: (at: number) => Record<string, unknown>;
}

const MINUTE = 60_000;
const SLICES_A_MINUTE = 4;
/** Seconds between screenshots (rest-api.md 3.6). */
const DEFAULT_CAPTURE_INTERVAL = 10;

/** `YYYYMMDDhhmmssSSS` in UTC, as file names have it (best-practices.md 7). */
const stamp = (at: number): string => new Date(at).toISOString().replace(/\D/g, '');

/** Once a minute: uploaded files in 10,000ths of the recorded ones, of which one is under way. */
function progress(recording: Recording, world: World): Series[] {
	const content = contentFrom(recording, world);
	if (content === undefined) return [];
	const end = endOf(recording, world);
	return [
		{
			key: '33',
			eventType: 33,
			from: content + MINUTE,
			every: MINUTE,
			until: end === undefined ? Infinity : uploadedAt(end, world),
			details: (at) => {
				const recorded = SLICES_A_MINUTE * Math.round((at - content) / MINUTE);
				return { progress: Math.floor(((recorded - 1) / recorded) * 10_000) };
			},
		},
	];
}

/** A picture of everybody whose video is recorded, every few seconds (best-practices.md 10). */
function screenshots(recording: Recording, world: World): Series[] {
	const { snapshotConfig } = recording.request;
	if (snapshotConfig === undefined) return [];
	const every = 1000 * (snapshotConfig.captureInterval ?? DEFAULT_CAPTURE_INTERVAL);
	const folder = folderOf(recording);
	const end = endOf(recording, world)?.at ?? Infinity;
	const ready = readyAt(recording, world);
	return presencesOf(recording, world).flatMap(({ from, uids }, index, all) =>
		uids.filter(subscribes(recording, 'Video')).map((uid) => ({
			key: `45:${uid}:${from}`,
			eventType: 45,
			from: Math.max(from, ready),
			every,
			until: Math.min(all[index + 1]?.from ?? Infinity, end),
			details: (at: number) => ({
				fileName: `${folder}${baseName(recording)}__uid_s_${uid}__uid_e_video_${stamp(at)}.jpg`,
			}),
		})),
	);
}

/** All that comes again and again while a recording lives. */
export function series(recording: Recording, world: World): Series[] {
	if (isBarren(recording)) return [];
	const all = [...progress(recording, world), ...screenshots(recording, world)];
	const end = endOf(recording, world);
	const limit = end !== undefined && diesSilently(recording, end) ? end.at : Infinity;
	return all.map((one) => ({ ...one, until: Math.min(one.until, limit) }));
}
