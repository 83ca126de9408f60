import type { RecordingMode } from '../modes';

/**
 * Names of recorded files (best-practices.md section 7), read from the right, because a channel's name
 * may hold whatever separates the parts.
 */
export interface FileNameParts {
	/** How often the recording had moved to another server; undefined before it did. */
	failover?: number;
	sid: string;
	/** As it stands in the name: special characters of the channel's name are replaced. */
	cname: string;
	/** Whose stream, in individual recordings. */
	uid?: string;
	/** `av` is the playlist of both (standard mode). */
	track?: (typeof TRACKS)[number];
	/** Start of a slice or time of a screenshot; Unix milliseconds. */
	time?: number;
	/** Number of an MP4 file, from 0. */
	part?: number;
	/** Version of a playlist that came through Agora's backup; 0 is the oldest. */
	backup?: { tick: string; index: number };
	/** Ending: m3u8, ts, webm, mpd, mp4, jpg. */
	format: string;
}

const USER = /^(?<cname>.+)__uid_s_(?<uid>\d+)__uid_e_(?<track>audio|video|av)$/;

const TRACKS = ['audio', 'video', 'av'] as const;
const SLICES = ['ts', 'webm', 'jpg'];
const PLAYLISTS = ['m3u8', 'mpd'];

/** A number as Agora writes it: no leading zeros. */
const NUMBER = String.raw`(0|[1-9]\d{0,8})`;
const WHOLE = new RegExp(`^(?:bak${NUMBER}_)?([^_]+)_(.+)\\.\\w+$`);
const PART = new RegExp(`_${NUMBER}$`);
const BACKUP = new RegExp(`_(\\d+)_${NUMBER}$`);

/** Unix milliseconds of `YYYYMMDDhhmmssSSS` (UTC); what is no date gives another stamp again. */
function timeOf(stamp: string): number {
	const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(stamp) ?? [];
	const [year, month, day, hour, minute, second, ms] = parts.map(Number);
	return Date.UTC(year, month - 1, day, hour, minute, second, ms);
}

/** The `YYYYMMDDhhmmssSSS` of a time. */
const stampOf = (time: number) => new Date(time).toISOString().replace(/\D/g, '');

/** Reads a file's name, without directories; undefined where it follows none of the conventions. */
export function parseFileName(name: string): FileNameParts | undefined {
	const format = /\.(\w+)$/.exec(name)?.[1];
	const start = WHOLE.exec(name);
	if (!format || !start) return undefined;
	const [, failover, sid, body] = start;
	let rest = body;
	const parts: Partial<FileNameParts> = {};
	const take = (pattern: RegExp, fits: (found: string) => boolean = () => true) => {
		const found = pattern.exec(rest);
		if (!found || !fits(found[1])) return undefined;
		rest = rest.slice(0, found.index);
		return found;
	};
	if (SLICES.includes(format)) {
		const found = take(/_(\d{17})$/, (stamp) => stampOf(timeOf(stamp)) === stamp);
		if (found) parts.time = timeOf(found[1]);
	} else if (format === 'mp4') {
		const found = take(PART);
		if (found) parts.part = Number(found[1]);
	} else if (PLAYLISTS.includes(format)) {
		const found = take(BACKUP);
		if (found) parts.backup = { tick: found[1], index: Number(found[2]) };
	}
	const user = USER.exec(rest)?.groups;
	return {
		...(failover !== undefined && { failover: Number(failover) }),
		sid,
		cname: user?.cname ?? rest,
		...(user && { uid: user.uid, track: TRACKS.find((track) => track === user.track) }),
		...parts,
		format,
	};
}

/** Names of a recording's MP4 files. */
export const videosAmong = (files: ReadonlyArray<{ fileName: string }>, sid: string): string[] =>
	files
		.map(({ fileName }) => fileName)
		.filter((name) => {
			const parts = parseFileName(name);
			return parts?.format === 'mp4' && parts.sid === sid;
		});

/** The name of a file from its parts; the opposite of {@link parseFileName}. */
export function fileNameOf(parts: FileNameParts): string {
	const { failover, sid, cname, uid, track, time, part, backup, format } = parts;
	return [
		failover === undefined ? '' : `bak${failover}_`,
		`${sid}_${cname}`,
		uid === undefined ? '' : `__uid_s_${uid}__uid_e_${track}`,
		time === undefined ? '' : `_${stampOf(time)}`,
		part === undefined ? '' : `_${part}`,
		backup === undefined ? '' : `_${backup.tick}_${backup.index}`,
		`.${format}`,
	].join('');
}

/**
 * Names that a recording's files must have although Agora did not tell them: the playlist and the
 * first MP4 of composite and web page recordings. None where the channel's name has characters that
 * Agora replaces, because how is documented for one mode only; none for individual recordings, whose
 * users are not known.
 *
 * @param formats what was asked for, e.g. hls and mp4
 */
export function certainNames(
	mode: RecordingMode,
	sid: string,
	cname: string,
	formats: readonly string[],
): string[] {
	if (mode === 'individual' || !/^[A-Za-z0-9-]+$/.test(cname)) return [];
	return [
		...(formats.includes('hls') ? [fileNameOf({ sid, cname, format: 'm3u8' })] : []),
		...(formats.includes('mp4') ? [fileNameOf({ sid, cname, part: 0, format: 'mp4' })] : []),
	];
}
