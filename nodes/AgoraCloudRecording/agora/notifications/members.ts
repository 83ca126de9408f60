import { isoTime } from '../files/shape';
import { number, text, type Members } from '../lenient';
import type { RecordingMode } from '../modes';
import { fileList, type FileEntry } from '../answers/responses';

// Readers of the members of a notice's details. A member of another type reads as absent.

export const numberIn = (raw: Members, name: string) => number.parse(raw[name]);
export const textIn = (raw: Members, name: string) => text.parse(raw[name]);
/** The first of the named members that is a time, Unix milliseconds, as ISO 8601; null for none. */
export const timeIn = (raw: Members, ...names: string[]) =>
	isoTime(names.map((name) => numberIn(raw, name)).find((time) => time !== undefined));

/**
 * Most events say with 0 that all is well, with anything else that it is not, be it readable or not;
 * null where they say nothing.
 */
export const stateIn = (raw: Members, name: string) =>
	raw[name] === undefined || raw[name] === null
		? null
		: numberIn(raw, name) === 0
			? 'normal'
			: 'abnormal';

/** What a code or text means, where Agora has a list of them; null where it is not on the list. */
export const meaningOf = (table: Readonly<Record<string, string>>, key = '') =>
	Object.hasOwn(table, key) ? table[key] : null;

/** Entries of `fileList`, which is a list or a single name. */
export const filesIn = (raw: Members): FileEntry[] => {
	const list = fileList.parse(raw.fileList);
	// A single name does not say whose file it is, unlike in the answers of composite mode.
	return typeof list === 'string'
		? [{ fileName: list }]
		: (list ?? []).flatMap((entry) => entry ?? []);
};

/** Files and streams of all users together exist in composite mode only. */
export const modeOfStream = (mixed: boolean | undefined): RecordingMode | undefined =>
	mixed === undefined ? undefined : mixed ? 'mix' : 'individual';
