import { PlaylistError, type Playlist, type Segment } from './parse';

/** A time that no slice covers. */
export interface Gap {
	/** Where it begins; Unix milliseconds. */
	from: number;
	seconds: number;
}

/** Slices of one or several playlists in the order in which they were recorded. */
export interface Timeline {
	segments: Segment[];
	gaps: Gap[];
	/** Seconds that would have been seen twice, or were left out for that. */
	overlapSeconds: number;
	/** Length of what plays, in seconds. */
	seconds: number;
}

/** Slices of one playlist are off by a millisecond, those of two by more; shorter is nothing. */
const TOLERANCE_MS = 1000;

type Timed = Segment & { time: number };

const endOf = ({ time, seconds }: Timed) => time + seconds * 1000;

/** Length in seconds. */
const total = (segments: readonly Segment[]) =>
	segments.reduce((sum, { seconds }) => sum + seconds, 0);

function timed(segments: readonly Segment[]): Timed[] {
	return segments.map((segment) => {
		const { time } = segment;
		if (time === undefined) {
			throw new PlaylistError(
				`The playlists cannot be joined: the name of a slice (${segment.uri.slice(0, 200)}) does not contain its start time.`,
			);
		}
		return { ...segment, time };
	});
}

/**
 * Puts a part into the slices before it: it takes the place of whatever they have in its time. Of two
 * slices that overlap at its beginning the one stays with which less is lost.
 */
function insert(before: readonly Timed[], part: readonly Timed[]): Timed[] {
	const start = part[0].time;
	const end = endOf(part[part.length - 1]);
	const head = before.filter(({ time }) => time < start);
	const rest = before.filter(({ time }) => time >= start && time >= end - TOLERANCE_MS);
	const last = head.at(-1);
	let own = part;
	if (last) {
		const later = part.filter(({ time }) => time >= endOf(last) - TOLERANCE_MS);
		const lostWithout = (later.at(0)?.time ?? end) - endOf(last);
		if (lostWithout < start - last.time) own = later;
		else head.pop();
	}
	if (own.length === 0) return [...before];
	// A server begins anew with its first slice, and so does what goes on after it.
	const restarting = (segment: Timed) => ({ ...segment, restarts: true });
	const anew = (segments: readonly Timed[]) => [
		...segments.slice(0, 1).map(restarting),
		...segments.slice(1),
	];
	return [...head, ...(head.length > 0 ? anew(own) : own), ...anew(rest)];
}

function gapsOf(segments: readonly Segment[]): Gap[] {
	return segments.slice(1).flatMap((segment, index) => {
		const previous = segments[index];
		// Without times there are no gaps to tell.
		const from = (previous.time ?? NaN) + previous.seconds * 1000;
		const length = (segment.time ?? NaN) - from;
		return length > TOLERANCE_MS ? [{ from, seconds: length / 1000 }] : [];
	});
}

/**
 * Joins the playlist of a recording and those of its failovers by the times of their slices, so that no
 * second is seen twice (playlists.md section 2). Times that no slice covers are told as gaps; players
 * skip them.
 *
 * @param playlists of one stream; their order does not matter
 * @throws PlaylistError where there are no slices, or several playlists and a slice without a time
 */
export function joinPlaylists(playlists: readonly Playlist[]): Timeline {
	const parts = playlists.map(({ segments }) => segments).filter(({ length }) => length > 0);
	if (parts.length === 0) throw new PlaylistError('The playlist lists no slices yet.');
	if (parts.length === 1) return timelineOf(unique(parts[0]), total(parts[0]));
	const sorted = parts.map(timed).sort(([one], [other]) => one.time - other.time);
	const joined = sorted.reduce<Timed[]>(insert, []);
	return timelineOf(unique(joined), total(sorted.flat()));
}

/** Each slice once, where it comes first. */
function unique(segments: readonly Segment[]): Segment[] {
	const seen = new Set<string>();
	return segments.filter(({ uri }) => !seen.has(uri) && seen.add(uri));
}

function timelineOf(segments: Segment[], secondsInAll: number): Timeline {
	const seconds = total(segments);
	return { segments, gaps: gapsOf(segments), overlapSeconds: secondsInAll - seconds, seconds };
}
