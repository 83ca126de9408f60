import type { IDataObject } from 'n8n-workflow';
import { textOf } from '../../support/failures.mts';
import { addressesIn, linked } from '../opened.mts';
import type { Lived, NodeRun, StorageSent } from '../told.mts';
import { directoryOf, linksOf, nameOf, sameRun, stepOf } from './bucket.mts';
import { isError, isText, statementsOf, type Rule } from './rule.mts';

/**
 * Rules about links: nobody gets what is another recording's. Written by hand from the design (section 6)
 * and object-storage.md.
 */

const STATES = ['ready', 'missing', 'denied', 'needsPlaylist', 'unchecked'];

/** The name of the object that an address leads to; undefined where that is in another place. */
function keyOf(address: string, bucket: string): string | undefined {
	if (!address.startsWith(`${bucket}/`)) return undefined;
	try {
		return decodeURIComponent(address.slice(bucket.length + 1).replace(/[?#].*$/s, ''));
	} catch {
		return undefined;
	}
}

/** Why an address must not be handed out as that of a file of a recording. */
function strange(lived: Lived, address: string, sid: string): string | undefined {
	const key = keyOf(address, lived.bucket);
	const place = address.replace(/\?.*$/s, '');
	if (key === undefined) return `${place} is not in the bucket`;
	const directory = directoryOf(lived);
	if (!key.startsWith(directory)) return `${place} is not in the folder`;
	const name = key.slice(directory.length);
	const own = /^(?:bak\d+_)?([^_/]+)_[^/]+\.(?:mp4|m3u8|mpd|ts|webm|jpg)$/.exec(name);
	return own?.[1] === sid && !name.includes('..')
		? undefined
		: `${place} is none of the files of ${sid.slice(0, 8)}`;
}

/** Every item with files in it, and the run that gave it. */
const filesGiven = (lived: Lived) =>
	statementsOf(lived)
		.filter((statement) => !isError(statement))
		.flatMap(({ run, json }) =>
			linked(json).map((file) => ({ run, file, sid: textOf(json.sid), who: nameOf(run) })),
		);
/** The last try to open a link, in the last try of a run. */
const triedBy = ({ stored }: Lived, run: NodeRun, key: unknown) =>
	stored.findLast(
		(sent) =>
			sameRun(run, sent) && sent.attempt === run.tries.length && sent.opens && sent.key === key,
	);

const isGood = (status: number) => status === 200 || status === 206;

/** Whether a page, or an answer that nobody asked for, came in place of the object. */
const isStrangers = ({ trouble }: StorageSent) =>
	trouble?.kind === 'html' || trouble?.kind === 'answer';

/** What must not be said of a link. */
function wrongState(lived: Lived, run: NodeRun, { link, linkState, path }: IDataObject) {
	const mayBeUnchecked = linksOf(stepOf(lived, run)) === 'unchecked';
	if (!STATES.includes(textOf(linkState))) return `there is no state '${textOf(linkState)}'`;
	if (linkState === 'ready' && !isText(link)) return 'it is ready, and there is no link';
	if (isText(link) && linkState !== 'ready' && !(linkState === 'unchecked' && mayBeUnchecked)) {
		return `it is ${textOf(linkState)}, and has a link`;
	}
	const tried = triedBy(lived, run, path);
	if (linkState === 'ready' && (!tried || !isGood(tried.status))) {
		return 'it is ready, and nobody has opened it';
	}
	if (linkState === 'ready' && tried && isStrangers(tried)) {
		return 'it is ready, and a stranger has answered in place of the storage';
	}
	// A body that breaks off, or never comes, leaves nothing known.
	if (!tried || tried.trouble || tried.answeredAt === undefined) return undefined;
	const right = { 200: 'ready', 206: 'ready', 403: 'denied', 404: 'missing' }[tried.status];
	return right !== undefined && right !== linkState
		? `the storage answered ${tried.status}, and it is ${textOf(linkState)}`
		: undefined;
}

export const links: Rule = {
	name: 'links',
	number: 12,
	says: 'Each link, and each address in a playlist, is that of a file of its recording; only one that was opened is ready.',
	breaches: (lived) => {
		const ofFiles = filesGiven(lived).flatMap(({ run, file, sid, who }) => {
			const why =
				wrongState(lived, run, file) ??
				(isText(file.link) ? strange(lived, file.link, sid) : undefined);
			return why ? [`${who} gives ${textOf(file.fileName)}: ${why}`] : [];
		});
		const ofPlaylists = statementsOf(lived).flatMap(({ run, json: { playlist, sid } }) =>
			isText(playlist)
				? addressesIn(playlist).flatMap((address) => {
						const why = strange(lived, address, textOf(sid));
						return why ? [`${nameOf(run)} gives a playlist: ${why}`] : [];
					})
				: [],
		);
		const unwanted = filesGiven(lived)
			.filter(({ run }) => linksOf(stepOf(lived, run)) === 'none')
			.filter(({ file }) => 'link' in file)
			.map(({ who, file }) => `${who} gives ${textOf(file.fileName)} a link that nobody wants`);
		return [...ofFiles, ...ofPlaylists, ...unwanted];
	},
};

/** Whether something took objects, or rights, away. */
const isRobbed = ({ met, stored }: Lived) =>
	met.some(({ what }) => what === 'vanish' || what === 'revoke') ||
	stored.some(({ trouble }) => trouble?.kind === 'vanish');

export const open: Rule = {
	name: 'open',
	number: 12,
	says: 'What is handed out as ready opens, and gives the bytes of its own file.',
	breaches: (lived) => {
		const robbed = isRobbed(lived);
		const found = (run: NodeRun, address: unknown) =>
			lived.opened.find((one) => one.address === address && sameRun(run, one));
		const wrong = (run: NodeRun, address: string, must: boolean): string | undefined => {
			const one = found(run, address);
			const place = address.replace(/\?.*$/s, '');
			if (!one) return undefined;
			if (isGood(one.status)) return one.whole ? undefined : `${place} gives other bytes`;
			return must && !robbed ? `${place} answers ${one.status}` : undefined;
		};
		const files = filesGiven(lived).flatMap(({ run, file, who }) => {
			if (!isText(file.link)) return [];
			const why = wrong(run, file.link, file.linkState === 'ready');
			return why ? [`${who}: ${why}`] : [];
		});
		const playlists = statementsOf(lived).flatMap(({ run, json: { playlist } }) =>
			isText(playlist)
				? addressesIn(playlist).flatMap((address) => {
						const why = wrong(run, address, true);
						return why ? [`${nameOf(run)}: ${why}`] : [];
					})
				: [],
		);
		return [...files, ...playlists];
	},
};
