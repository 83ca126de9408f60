import { z } from 'zod';
import type { ListDialect } from './access';
import type { Query } from './encoding';
import { StorageProblem } from './problems';
import { childrenOf, childText, readXml, XmlError, type XmlElement } from './xml';

/** Where a list goes on. A bucket may go on in another dialect than it began in. */
export interface ListPosition {
	dialect: ListDialect;
	after: string;
}

/** Which objects, and from where on. */
export interface ListQuestion {
	/** Beginning of all keys; '' for all objects. */
	prefix: string;
	/** Where the page before said that the list goes on. */
	position?: ListPosition;
	/** At most this many, up to 1,000. */
	maxKeys?: number;
	/** Keys that have it behind the prefix are told once, as a folder. */
	delimiter?: string;
}

export interface StoredObject {
	key: string;
	sizeBytes: number;
	/** ISO 8601, UTC. */
	lastModified: string;
	/** Without quotes; null where the vendor tells none. No MD5 in general. */
	etag: string | null;
}

/** A page of a list, whatever the vendor. */
export interface ListPage {
	objects: StoredObject[];
	/** Beginnings of keys up to the delimiter. */
	folders: string[];
	/** Undefined at the end of the list. */
	continuation?: ListPosition;
}

const MAX_KEYS = 1000;

interface DialectParameters {
	own: Query;
	maxKeys: string;
	after: string;
}

const PARAMETERS: Readonly<Record<ListDialect, DialectParameters>> = {
	s3v2: { own: [['list-type', '2']], maxKeys: 'max-keys', after: 'continuation-token' },
	s3v1: { own: [], maxKeys: 'max-keys', after: 'marker' },
	azure: {
		own: [
			['restype', 'container'],
			['comp', 'list'],
		],
		maxKeys: 'maxresults',
		after: 'marker',
	},
	bos: { own: [], maxKeys: 'maxKeys', after: 'marker' },
};

/** Parameters that ask for a page (object-storage.md sections 3 and 4). */
export function listQuery(dialect: ListDialect, question: ListQuestion): Query {
	const { prefix, position, maxKeys = MAX_KEYS, delimiter } = question;
	const parameters = PARAMETERS[position?.dialect ?? dialect];
	return [
		...parameters.own,
		[parameters.maxKeys, String(maxKeys)],
		...(prefix ? [['prefix', prefix] as const] : []),
		...(delimiter ? [['delimiter', delimiter] as const] : []),
		...(position ? [[parameters.after, position.after] as const] : []),
	];
}

const unreadable = (why: string) =>
	new StorageProblem(
		'unreadable',
		`The storage did not answer with a list of objects. ${why}`,
		'Check the endpoint: it may be that of a web console or a proxy.',
	);

/** ISO 8601 of a time in ISO 8601 or as in HTTP's headers. */
function timeOf(text: string | undefined): string {
	const time = new Date(text ?? '');
	if (Number.isNaN(time.getTime())) throw unreadable('An object has no date.');
	return time.toISOString();
}

function sizeOf(text: string | undefined): number {
	const size = /^\s*\d{1,15}\s*$/.test(text ?? '') ? Number(text) : NaN;
	if (Number.isNaN(size)) throw unreadable('An object has no size.');
	return size;
}

/** The texts of an object, whatever the dialect. */
interface Told {
	key: string | undefined;
	size: string | undefined;
	modified: string | undefined;
	etag: string | undefined;
}

function objectOf({ key, size, modified, etag }: Told): StoredObject {
	if (!key) throw unreadable('An object has no name.');
	const plain = etag?.trim().replace(/^"(.*)"$/, '$1');
	return {
		key,
		sizeBytes: sizeOf(size),
		lastModified: timeOf(modified),
		etag: plain || null,
	};
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw unreadable('A name is not encoded as it should be.');
	}
}

/** Lists of S3 in both versions, and of those who took over either. */
function readS3(dialect: ListDialect, list: XmlElement): ListPage {
	if (list.name !== 'ListBucketResult') throw unreadable(`It says ${list.name}.`);
	const isEncoded = childText(list, 'EncodingType')?.trim() === 'url';
	const textOf = (element: XmlElement, name: string) => {
		const text = childText(element, name);
		return text !== undefined && isEncoded ? decoded(text.replace(/\+/g, ' ')) : text;
	};
	const objects = childrenOf(list, 'Contents').map((element) =>
		objectOf({
			key: textOf(element, 'Key'),
			size: childText(element, 'Size'),
			modified: childText(element, 'LastModified'),
			etag: childText(element, 'ETag'),
		}),
	);
	const folders = childrenOf(list, 'CommonPrefixes').map(
		(element) => textOf(element, 'Prefix') ?? '',
	);
	if (childText(list, 'IsTruncated')?.trim() !== 'true') return { objects, folders };
	const token = childText(list, 'NextContinuationToken');
	if (dialect === 's3v2' && token) {
		return { objects, folders, continuation: { dialect, after: token } };
	}
	// Without a token a list of either version goes on behind its last name, in the order of UTF-8.
	const [last] = [objects.at(-1)?.key ?? '', folders.at(-1) ?? ''].sort((one, other) =>
		Buffer.compare(Buffer.from(other), Buffer.from(one)),
	);
	const after = textOf(list, 'NextMarker') || last;
	if (!after) throw unreadable('It says that there is more, but not where.');
	return { objects, folders, continuation: { dialect: 's3v1', after } };
}

function readAzure(list: XmlElement): ListPage {
	if (list.name !== 'EnumerationResults') throw unreadable(`It says ${list.name}.`);
	const blobs = list.children.find(({ name }) => name === 'Blobs');
	const nameOf = (element: XmlElement) => {
		const name = element.children.find((child) => child.name === 'Name');
		return name?.attributes.Encoded === 'true' ? decoded(name.text) : name?.text;
	};
	const objects = childrenOf(blobs ?? list, 'Blob').map((element) => {
		const properties = element.children.find(({ name }) => name === 'Properties') ?? element;
		return objectOf({
			key: nameOf(element),
			size: childText(properties, 'Content-Length'),
			modified: childText(properties, 'Last-Modified'),
			etag: childText(properties, 'Etag'),
		});
	});
	const folders = childrenOf(blobs ?? list, 'BlobPrefix').map((element) => nameOf(element) ?? '');
	const after = childText(list, 'NextMarker');
	return { objects, folders, ...(after && { continuation: { dialect: 'azure', after } }) };
}

const BOS_LIST = z.object({
	isTruncated: z.boolean(),
	nextMarker: z.string().optional(),
	contents: z.array(
		z.object({
			key: z.string(),
			size: z.union([z.number(), z.string()]).transform(String),
			lastModified: z.string(),
			eTag: z.string().optional(),
		}),
	),
	commonPrefixes: z.array(z.object({ prefix: z.string() })).optional(),
});

function readBos(body: string): ListPage {
	let list: z.infer<typeof BOS_LIST>;
	try {
		list = BOS_LIST.parse(JSON.parse(body));
	} catch {
		throw unreadable('It is not the JSON that was expected.');
	}
	const objects = list.contents.map(({ key, size, lastModified, eTag }) =>
		objectOf({ key, size, modified: lastModified, etag: eTag }),
	);
	const folders = (list.commonPrefixes ?? []).map(({ prefix }) => prefix);
	if (!list.isTruncated) return { objects, folders };
	const after = list.nextMarker || objects.at(-1)?.key;
	if (!after) throw unreadable('It says that there is more, but not where.');
	return { objects, folders, continuation: { dialect: 'bos', after } };
}

function documentOf(body: string): XmlElement {
	try {
		return readXml(body);
	} catch (error) {
		throw unreadable(error instanceof XmlError ? error.message : '');
	}
}

/**
 * Reads a page of a list.
 *
 * @param dialect that was asked in: the vendor's, or the position's
 * @param body of an answer with status 200, UTF-8
 * @throws StorageProblem `unreadable` for what is none
 */
export function readListPage(dialect: ListDialect, body: string): ListPage {
	if (dialect === 'bos') return readBos(body);
	const list = documentOf(body);
	return dialect === 'azure' ? readAzure(list) : readS3(dialect, list);
}

/** No recording has as many files as these pages hold. */
const MAX_PAGES = 1000;

/** Follows one list from page to page, and ends one that goes in circles. */
export class ListFollower {
	private readonly seen = new Set<string>();
	private pages = 0;

	/**
	 * Where the list goes on after this page; undefined at its end.
	 *
	 * @throws StorageProblem when a page comes again, or when there is no end
	 */
	next({ objects, continuation }: ListPage): ListPosition | undefined {
		const circle = () =>
			unreadable(
				'The same page came twice, or the list has no end; nothing of it can be relied on.',
			);
		const first = objects.at(0)?.key;
		if (first !== undefined) this.remember(`key ${first}`, circle);
		if (!continuation) return undefined;
		this.remember(`${continuation.dialect} ${continuation.after}`, circle);
		if (++this.pages >= MAX_PAGES) throw circle();
		return continuation;
	}

	private remember(mark: string, circle: () => StorageProblem): void {
		if (this.seen.has(mark)) throw circle();
		this.seen.add(mark);
	}
}
