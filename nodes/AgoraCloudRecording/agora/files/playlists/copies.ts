import { fileNameOf, parseFileName, type FileNameParts } from '../names';
import { keyRefusal, type RecordingFolder } from '../signable';

/** An object of a list. */
export interface ListedFile {
	key: string;
	sizeBytes: number;
}

/** The playlists of one stream: the first server's, and one for each that took over. */
export interface PlaylistGroup {
	cname: string;
	/** Whose stream, in individual recordings. */
	uid?: string;
	track?: FileNameParts['track'];
	/** The best copy of each, the first server's first. */
	playlists: ListedFile[];
}

interface Named extends ListedFile {
	parts: FileNameParts;
}

/** A channel's name may end like a backup's: then other files have that name. */
function withoutFalseBackup(file: Named, channels: ReadonlySet<string>): Named {
	const { backup, ...parts } = file.parts;
	if (!backup) return file;
	const cname = `${parts.cname}_${backup.tick}_${backup.index}`;
	return channels.has(cname) ? { ...file, parts: { ...parts, cname } } : file;
}

/**
 * The one to use of a playlist and its copies that came through Agora's backup: of the original and the
 * newest copy the larger (playlists.md section 2).
 */
function bestCopy(copies: readonly Named[]): Named {
	const age = ({ parts }: Named) => parts.backup?.index ?? -1;
	const newest = copies.reduce((best, copy) => (age(copy) > age(best) ? copy : best));
	const original = copies.find(({ parts }) => parts.backup === undefined);
	return original && original.sizeBytes >= newest.sizeBytes ? original : newest;
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => string): T[][] {
	const groups = new Map<string, T[]>();
	for (const one of all) {
		const key = keyOf(one);
		const group = groups.get(key);
		if (group) group.push(one);
		else groups.set(key, [one]);
	}
	return [...groups.values()];
}

/**
 * The playlists (m3u8) of a recording among the objects of a list: by user and track, of each server the
 * best copy.
 *
 * @param files of all kinds: they tell the name of the channel from suffixes of Agora's backup
 */
export function playlistGroups(
	files: readonly ListedFile[],
	recording: RecordingFolder,
): PlaylistGroup[] {
	const named = files.flatMap(({ key, sizeBytes }) => {
		if (keyRefusal(key, recording) !== undefined) return [];
		const parts = parseFileName(key.slice(key.lastIndexOf('/') + 1));
		return parts ? [{ key, sizeBytes, parts }] : [];
	});
	const channels = new Set(named.map(({ parts }) => parts.cname));
	const playlists = named
		.filter(({ parts }) => parts.format === 'm3u8')
		.map((file) => withoutFalseBackup(file, channels));
	const withoutServer = ({ parts }: Named) =>
		fileNameOf({ ...parts, failover: undefined, backup: undefined });
	return groupedBy(playlists, withoutServer).map((group) => {
		const { cname, uid, track } = group[0].parts;
		const servers = groupedBy(group, ({ parts }) => String(parts.failover)).map(bestCopy);
		servers.sort((one, other) => (one.parts.failover ?? -1) - (other.parts.failover ?? -1));
		return {
			...{ cname, ...(uid !== undefined && { uid, track }) },
			playlists: servers.map(({ key, sizeBytes }) => ({ key, sizeBytes })),
		};
	});
}
