import { keyRefusal, type RecordingFolder } from '../signable';
import { nameOf, PlaylistError, type Playlist, type Segment } from './parse';

/** Type of a playlist in an answer or a file. */
export const PLAYLIST_TYPE = 'application/vnd.apple.mpegurl';

/**
 * The key of a slice that a playlist names.
 *
 * @throws PlaylistError for what is no file of that recording: nothing else gets a link
 */
export function segmentKey(uri: string, recording: RecordingFolder): string {
	const { folder } = recording;
	const key = `${folder === '' || folder.endsWith('/') ? folder : `${folder}/`}${uri}`;
	const refusal = keyRefusal(key, recording);
	if (refusal === undefined) return key;
	throw new PlaylistError(`The playlist refers to a file that ${refusal}: ${uri.slice(0, 200)}`);
}

/** A playlist without the slices that are not in the bucket, and which these are. */
export function withoutMissing(
	playlist: Playlist,
	isThere: (uri: string) => boolean,
): { playlist: Playlist; missing: string[] } {
	const missing: string[] = [];
	const segments: Segment[] = [];
	let restarts = false;
	let tags: string[] = [];
	for (const segment of playlist.segments) {
		if (isThere(segment.uri)) {
			segments.push({
				...segment,
				restarts: segment.restarts || restarts,
				tags: [...tags, ...segment.tags],
			});
			restarts = false;
			tags = [];
		} else {
			missing.push(segment.uri);
			restarts = true;
			tags.push(...segment.tags);
		}
	}
	return { playlist: { ...playlist, segments }, missing };
}

const URI_ATTRIBUTE = /\bURI="([^"]*)"/g;

function linesOf(segment: Segment, isFirst: boolean, linkOf: (uri: string) => string): string[] {
	const { uri, seconds, time, restarts, tags } = segment;
	return [
		...(restarts ? ['#EXT-X-DISCONTINUITY'] : []),
		...(time !== undefined && (isFirst || restarts)
			? [`#EXT-X-PROGRAM-DATE-TIME:${new Date(time).toISOString()}`]
			: []),
		...tags.map((tag) =>
			tag.replace(URI_ATTRIBUTE, (_whole, own: string) => `URI="${linkOf(own)}"`),
		),
		`#EXTINF:${seconds.toFixed(6)},`,
		linkOf(uri),
	];
}

/**
 * A playlist that plays from a private bucket: every slice by its link, lengths as players want them,
 * and an end (playlists.md section 4).
 *
 * @param linkOf the signed address of a slice; usually of {@link segmentKey}
 * @param version of the format, the highest of the playlists that were joined
 * @throws PlaylistError where there is nothing that players could play
 */
export function playlistText(
	segments: readonly Segment[],
	linkOf: (uri: string) => string,
	version = 3,
): string {
	if (segments.length === 0) throw new PlaylistError('The playlist lists no slices yet.');
	if (segments.some(({ uri }) => /\.webm$/i.test(nameOf(uri)))) {
		throw new PlaylistError(
			"Players cannot play a playlist of WebM slices. Convert the slices with Agora's convert_v2.py script, or open them one by one.",
		);
	}
	const longest = segments.reduce((most, { seconds }) => Math.max(most, seconds), 1);
	return [
		'#EXTM3U',
		`#EXT-X-VERSION:${version}`,
		`#EXT-X-TARGETDURATION:${Math.ceil(longest)}`,
		'#EXT-X-MEDIA-SEQUENCE:0',
		'#EXT-X-PLAYLIST-TYPE:VOD',
		...segments.flatMap((segment, index) => linesOf(segment, index === 0, linkOf)),
		'#EXT-X-ENDLIST',
		'',
	].join('\n');
}
