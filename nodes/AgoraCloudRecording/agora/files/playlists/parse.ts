import { parseFileName } from '../names';

/** A playlist that cannot be used, in words. */
export class PlaylistError extends Error {}

/** A slice of a recording. */
export interface Segment {
	/** As it stands in the playlist; Agora writes bare file names. */
	uri: string;
	seconds: number;
	/** When it begins, from its name; Unix milliseconds. Undefined where the name tells none. */
	time?: number;
	/** Whether timestamps, tracks or codec start anew with it. */
	restarts: boolean;
	/** Other tags before it, Agora's own among them. */
	tags: string[];
}

/** A playlist of slices (playlists.md section 1). */
export interface Playlist {
	segments: Segment[];
	/** Whether it says that nothing more will come. */
	isComplete: boolean;
	/** Of the format; 3 at least. */
	version: number;
}

/** Characters; ten hours of slices of fifteen seconds take about one million. */
export const MAX_PLAYLIST_LENGTH = 16_000_000;
/** Two weeks of slices of fifteen seconds. */
const MAX_SEGMENTS = 100_000;

/** Tags of the whole playlist that are made anew when it is written. */
const REMADE =
	/^#EXT(M3U$|-X-(ALLOW-CACHE|DISCONTINUITY-SEQUENCE|INDEPENDENT-SEGMENTS|MEDIA-SEQUENCE|PLAYLIST-TYPE|PROGRAM-DATE-TIME|START|TARGETDURATION)\b)/;

/** Of a URI's path, the last part. */
export const nameOf = (uri: string): string => uri.slice(uri.lastIndexOf('/') + 1);

function linesOf(text: string): string[] {
	if (text.length > MAX_PLAYLIST_LENGTH) throw new PlaylistError('The playlist is too large.');
	const lines = text
		.split(/\r\n|\n|\r/)
		// A byte order mark counts as a blank.
		.map((line) => line.trim())
		.filter((line) => line !== '');
	if (lines.length === 0) throw new PlaylistError('The playlist is empty.');
	if (!/^#EXTM3U\b/.test(lines[0])) {
		throw new PlaylistError('The file is not a playlist: it does not begin with #EXTM3U.');
	}
	return lines;
}

/** Seconds of an `#EXTINF`, whose comma Agora leaves out unless asked not to. */
function secondsOf(line: string, number: number): number {
	const [, seconds] = /^#EXTINF:\s*(\d{1,9}(?:\.\d*)?)\s*(?:,|$)/.exec(line) ?? [];
	if (seconds === undefined) {
		throw new PlaylistError(
			`Line ${number} of the playlist does not contain the length of a slice.`,
		);
	}
	return Number(seconds);
}

/**
 * Reads a playlist of slices. Tags that it does not know stay with the slice that follows them.
 *
 * @throws PlaylistError for what is none, is cut off, or lists other playlists
 */
export function parsePlaylist(text: string): Playlist {
	const segments: Segment[] = [];
	let version = 3;
	let isComplete = false;
	let next: { seconds?: number; restarts: boolean; tags: string[] } = { restarts: false, tags: [] };
	for (const [index, line] of linesOf(text).entries()) {
		if (/^#EXT-X-(STREAM-INF|MEDIA|I-FRAME-STREAM-INF):/.test(line)) {
			throw new PlaylistError(
				'The playlist refers to separate playlists for audio and video. Use those instead.',
			);
		}
		if (line.startsWith('#EXTINF:')) next.seconds = secondsOf(line, index + 1);
		else if (line.startsWith('#EXT-X-VERSION:')) {
			version = Math.max(version, Number.parseInt(line.slice(15), 10) || 0);
		} else if (line === '#EXT-X-DISCONTINUITY') next.restarts = true;
		else if (line === '#EXT-X-ENDLIST') isComplete = true;
		else if (line.startsWith('#')) {
			if (line.startsWith('#EXT') && !REMADE.test(line)) next.tags.push(line);
		} else {
			const { seconds, ...rest } = next;
			if (seconds === undefined) {
				throw new PlaylistError(`Line ${index + 1} of the playlist has a slice without a length.`);
			}
			if (segments.length >= MAX_SEGMENTS) throw new PlaylistError('The playlist is too long.');
			const time = parseFileName(line)?.time;
			segments.push({ uri: line, seconds, ...(time !== undefined && { time }), ...rest });
			next = { restarts: false, tags: [] };
		}
	}
	if (next.seconds !== undefined) throw new PlaylistError('The playlist is cut off.');
	return { segments, isComplete, version };
}
