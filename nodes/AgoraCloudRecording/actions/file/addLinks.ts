import type { RecordedFile } from '../../agora/files/shape';
import { keyRefusal, type RecordingFolder } from '../../agora/files/signable';
import { sideBySide } from '../../process/sideBySide';
import { orProblem, StorageProblem, type StorageProblemKind } from '../../storage/problems';
import type { LinkSettings } from '../../form/links';
import type { Bucket } from '../../transport/bucket';
import { AT_A_TIME } from './lookInto';

/** What is known of a link, a closed list. */
export type LinkState = 'ready' | 'missing' | 'denied' | 'needsPlaylist' | 'unchecked';

/** A file with a link, or why it has none. */
export interface LinkFields {
	link: string | null;
	linkState: LinkState;
	/** ISO 8601, UTC. Null where there is no link, or where it never expires. */
	linkExpiresAt: string | null;
	/** Absent where the link is ready. */
	whatToDo?: string;
}

const without = (linkState: LinkState, whatToDo: string): LinkFields => ({
	link: null,
	linkState,
	linkExpiresAt: null,
	whatToDo,
});

/** What a problem says of a link; what is not here says nothing of it. */
const STATES: Readonly<Partial<Record<StorageProblemKind, LinkState>>> = {
	archived: 'denied',
	denied: 'denied',
	expiredKeys: 'denied',
	noBucket: 'denied',
	noObject: 'missing',
	noStorage: 'denied',
	notAllowed: 'denied',
	unknownKey: 'denied',
	wrongAddress: 'denied',
	wrongClock: 'denied',
	wrongRegion: 'denied',
	wrongSecret: 'denied',
};

/** Problems of the bucket or its keys: no other file of it has a link then. */
const OF_ALL: readonly StorageProblemKind[] = [
	...(['expiredKeys', 'noBucket', 'noStorage', 'unknownKey', 'wrongAddress'] as const),
	...(['wrongClock', 'wrongRegion', 'wrongSecret', 'noAnswer'] as const),
];

const told = ({ message, whatToDo }: StorageProblem) =>
	[/[.:]$/.test(message) ? message : `${message}.`, whatToDo].filter(Boolean).join(' ');

const stateOf = (problem: StorageProblem): LinkFields =>
	without(STATES[problem.kind] ?? 'unchecked', told(problem));

const NEEDS_PLAYLIST =
	'This playlist would open but not play, because it refers to its slices without signatures. Use File → Get Playlist instead.';

/** Mail programs break longer addresses. */
const LONG_LINK = 900;

/** Adds links to files of one recording. Trouble with the storage is told at each file, never thrown. */
export async function addLinks<File extends RecordedFile>(
	bucket: Bucket,
	recording: RecordingFolder,
	files: readonly File[],
	{ lasts, use, check }: LinkSettings,
): Promise<Array<File & LinkFields>> {
	let ofAll: LinkFields | undefined;
	const linkTo = async ({ path, fileName, format }: RecordedFile): Promise<LinkFields> => {
		const refusal = keyRefusal(path, recording);
		if (refusal !== undefined)
			return without('denied', `No link was created: the file ${refusal}.`);
		if (!bucket.isPublic && (format === 'm3u8' || format === 'mpd')) {
			return without('needsPlaylist', NEEDS_PLAYLIST);
		}
		if (ofAll) return ofAll;
		const about = { use, fileName };
		const link = await orProblem(
			check ? bucket.openedLink(path, lasts, about) : bucket.link(path, lasts, about),
		);
		if (link instanceof StorageProblem) {
			const state = stateOf(link);
			if (OF_ALL.includes(link.kind)) ofAll = state;
			return state;
		}
		return {
			link: link.url,
			linkState: check ? 'ready' : 'unchecked',
			linkExpiresAt: link.expiresAt,
		};
	};
	const links = await sideBySide(files, AT_A_TIME, linkTo);
	// The link right behind the name: it is what people look for.
	return files.map((file, i) => Object.assign({ fileName: file.fileName }, links[i], file));
}

/** Warns of links that arrive broken when they are mailed as plain text. */
export function warnOfLongLinks(
	{ warn }: { warn(message: string): void },
	files: ReadonlyArray<{ link?: string | null }>,
): void {
	if (files.every(({ link }) => (link?.length ?? 0) <= LONG_LINK)) return;
	warn(
		`A link has more than ${LONG_LINK} characters, which email programs may break in plain text. Send it as a hyperlink in an HTML email.`,
	);
}
