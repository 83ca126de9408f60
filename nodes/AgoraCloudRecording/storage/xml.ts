/**
 * A small reader for the XML of object storages: elements, attributes and text, with the five named
 * entities and numeric ones. No document types, no other entities, bounded in size and depth; so nothing
 * in it can grow or reach out.
 */

export interface XmlElement {
	/** Without the prefix of its namespace. */
	name: string;
	attributes: Record<string, string>;
	/** Text directly in the element, with its entities replaced. */
	text: string;
	children: XmlElement[];
}

/** A text is no XML that this reader takes. */
export class XmlError extends Error {}

const MAX_DEPTH = 30;
/** Characters; a page of a list has at most 5,000 objects. */
export const MAX_XML_LENGTH = 5_000_000;
/** An object of a list has about two dozen. */
const MAX_TAGS = 400_000;

const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	apos: "'",
	gt: '>',
	lt: '<',
	quot: '"',
};
const NAME = String.raw`[A-Za-z_][\w.:-]*`;
const TAG = new RegExp(
	String.raw`^(/?)(${NAME})((?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(/?)$`,
);
const ATTRIBUTE = new RegExp(String.raw`(${NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'g');

/** Some keys hold control characters, which only XML 1.1 allows to write like this. */
function numericEntity(code: string): string | undefined {
	const point = /^#x[\da-f]{1,6}$/i.test(code)
		? parseInt(code.slice(2), 16)
		: /^#\d{1,7}$/.test(code)
			? Number(code.slice(1))
			: 0;
	const surrogate = point >= 0xd800 && point <= 0xdfff;
	return point > 0 && point <= 0x10ffff && !surrogate ? String.fromCodePoint(point) : undefined;
}

function unescaped(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&([^;&]{0,10};)?/g, (_whole, reference: string | undefined) => {
		const code = reference?.slice(0, -1) ?? '';
		const character = Object.hasOwn(ENTITIES, code) ? ENTITIES[code] : numericEntity(code);
		if (character === undefined) throw new XmlError('It contains an unknown entity.');
		return character;
	});
}

/** The part of a name behind its namespace's prefix. */
const localName = (name: string) => name.slice(name.lastIndexOf(':') + 1);

function attributesOf(text: string): Record<string, string> {
	return Object.fromEntries(
		[...text.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [
			name,
			unescaped(double ?? single ?? ''),
		]),
	);
}

/** Things that begin with `<` and are no tag, with what ends them. */
const OTHERS: ReadonlyArray<readonly [start: string, end: string, isText: boolean]> = [
	['<!--', '-->', false],
	['<![CDATA[', ']]>', true],
	['<?', '?>', false],
];

/**
 * Reads a document.
 *
 * @returns its outermost element
 * @throws XmlError that says why it is none
 */
export function readXml(document: string): XmlElement {
	if (document.length > MAX_XML_LENGTH) throw new XmlError('It is too large.');
	const root: XmlElement = { name: '', attributes: {}, text: '', children: [] };
	const open = [root];
	let at = 0;
	let tags = 0;
	const add = (text: string) => {
		const parent = open[open.length - 1];
		if (parent !== root) parent.text += text;
		// A byte order mark counts as a blank.
		else if (text.trim() !== '') throw new XmlError('It contains text outside of elements.');
	};
	const endOf = (mark: string, from: number) => {
		const end = document.indexOf(mark, from);
		if (end < 0) throw new XmlError('It is truncated.');
		return end;
	};
	for (;;) {
		const start = document.indexOf('<', at);
		add(unescaped(document.slice(at, start < 0 ? undefined : start)));
		if (start < 0) break;
		const other = OTHERS.find(([mark]) => document.startsWith(mark, start));
		if (other) {
			const [mark, endMark, isText] = other;
			const end = endOf(endMark, start + mark.length);
			if (isText) add(document.slice(start + mark.length, end));
			at = end + endMark.length;
			continue;
		}
		const end = endOf('>', start);
		if (++tags > MAX_TAGS) throw new XmlError('It is too large.');
		openOrClose(document.slice(start + 1, end), open, root);
		at = end + 1;
	}
	if (open.length > 1) throw new XmlError('It is truncated.');
	if (root.children.length !== 1) throw new XmlError('It is not XML.');
	return root.children[0];
}

/** Puts a tag, without its brackets, into the tree. */
function openOrClose(tag: string, open: XmlElement[], root: XmlElement): void {
	const [whole, closing, name, attributes, empty] = TAG.exec(tag) ?? [];
	if (whole === undefined) throw new XmlError('It contains an invalid tag.');
	const parent = open[open.length - 1];
	if (closing) {
		if (parent === root || parent.name !== localName(name) || attributes || empty) {
			throw new XmlError('Its tags do not match.');
		}
		open.pop();
		return;
	}
	if (parent === root && root.children.length > 0) throw new XmlError('It contains two documents.');
	const element = {
		...{ name: localName(name), text: '', children: [] },
		attributes: attributesOf(attributes),
	};
	parent.children.push(element);
	if (empty) return;
	if (open.length > MAX_DEPTH) throw new XmlError('It is nested too deeply.');
	open.push(element);
}

/** Text of the first child of that name; undefined without one. */
export const childText = (element: XmlElement, name: string): string | undefined =>
	element.children.find((child) => child.name === name)?.text;

/** All children of that name. */
export const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
	element.children.filter((child) => child.name === name);
