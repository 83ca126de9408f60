import type { RecordedFile } from './shape';

/** A file to open, and which part it is of those that belong together. */
export type MainFile<File extends RecordedFile = RecordedFile> = File & {
	part: number;
	parts: number;
};

/** Whose file it is: recordings of everybody are one, those of single users belong together by user. */
const ownerOf = ({ uid, mixedAllUsers }: RecordedFile) => (mixedAllUsers ? '' : (uid ?? ''));

const trackOf = ({ track }: RecordedFile) => track ?? 'audio_and_video';

const groupsBy = <File>(files: readonly File[], keyOf: (file: File) => string) =>
	[...new Set(files.map(keyOf))].map((key) => files.filter((file) => keyOf(file) === key));

/** Parts follow each other in time; without a time, in the order in which they were told. */
const inTime = <File extends RecordedFile>(files: readonly File[]): File[] =>
	[...files].sort((a, b) =>
		a.startedAt === null || b.startedAt === null ? 0 : a.startedAt.localeCompare(b.startedAt),
	);

/**
 * The best there is of one owner: MP4 files, which open everywhere; else a playlist of sound and
 * picture; else playlists of either.
 */
function bestOf<File extends RecordedFile>(files: readonly File[]): readonly File[] {
	const videos = files.filter(({ format }) => format === 'mp4');
	if (videos.length > 0) return videos;
	const playlists = files.filter(({ format }) => format === 'm3u8');
	const whole = playlists.filter((file) => trackOf(file) === 'audio_and_video');
	return whole.length > 0 ? whole : playlists;
}

/**
 * The files of a recording that somebody would open, every part in the order of time. Screenshots,
 * slices and MPD are none. In a recording of each user by itself they are grouped by user.
 *
 * Source: rest-api.md 3.5 (a new MP4 about every two hours), playlists.md (`…_av.m3u8`).
 */
export function mainFilesOf<File extends RecordedFile>(
	files: readonly File[],
): Array<MainFile<File>> {
	return groupsBy(files, ownerOf)
		.flatMap((own) => groupsBy(bestOf(own), trackOf))
		.flatMap((parts) =>
			inTime(parts).map((file, i) => ({ ...file, part: i + 1, parts: parts.length })),
		);
}
