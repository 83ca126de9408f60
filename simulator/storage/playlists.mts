import type { RecordedFile } from '../files.mts';

/** A slice of a recording; times are virtual Unix ms. */
export interface Slice {
	name: string;
	startedAt: number;
	ms: number;
	/** When it is uploaded. */
	at: number;
}

/** `YYYYMMDDhhmmssSSS` (playlists.md 1). */
export const stamp = (time: number): string => new Date(time).toISOString().replace(/\D/g, '');

const TRACKS = { audio: ['AUDIO'], video: ['VIDEO'], audio_and_video: ['AUDIO', 'VIDEO'] } as const;

/** A playlist as Agora writes it (playlists.md 1, "Example content"). */
export function slicePlaylist(
	slices: readonly Slice[],
	{
		trackType,
		ended,
		comma,
	}: { trackType: RecordedFile['trackType']; ended: boolean; comma: boolean },
): Buffer {
	const seconds = slices.map(({ ms }) => ms / 1000);
	const start = stamp(slices[0]?.startedAt ?? 0);
	const lines = [
		'#EXTM3U',
		'#EXT-X-VERSION:3',
		'#EXT-X-MEDIA-SEQUENCE:0',
		'#EXT-X-ALLOW-CACHE:YES',
		`#EXT-X-TARGETDURATION:${Math.ceil(Math.max(1, ...seconds))}`,
		'#EXT-X-DISCONTINUITY',
		...TRACKS[trackType].map(
			(track) => `#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=${track},TIME=${start}`,
		),
		...slices.flatMap(({ name, ms }) => [
			`#EXTINF:${(ms / 1000).toFixed(6)}${comma ? ',' : ''}`,
			name,
		]),
		...(ended ? ['#EXT-X-ENDLIST'] : []),
	];
	return Buffer.from(`${lines.join('\n')}\n`);
}

/** `…_av.m3u8`, as far as anybody has seen one (playlists.md 1, "The merged av.m3u8"). */
export function mergedPlaylist(fileName: string): Buffer {
	const child = (track: string) => fileName.replace(/av\.m3u8$/, `${track}.m3u8`);
	const lines = [
		'#EXTM3U',
		'#EXT-X-VERSION:3',
		'# Audio',
		`#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",NAME="audio",DEFAULT=YES,AUTOSELECT=YES,URI="${child('audio')}"`,
		'# Video',
		'#EXT-X-STREAM-INF:BANDWIDTH=640000,AUDIO="audio"',
		child('video'),
	];
	return Buffer.from(`${lines.join('\n')}\n`);
}
