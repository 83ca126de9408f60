import type { ListDialect } from './access';
import type { Query } from './encoding';
import { StorageProblem } from './problems';

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

/** An answer is no list, or a list is no good. */
export const unreadable = (why: string) =>
	new StorageProblem(
		'unreadable',
		`The storage did not return a list of objects. ${why}`,
		'Check the endpoint. It may belong to a web console or a proxy.',
	);

/** No recording has as many files as these pages hold. */
const MAX_PAGES = 500;

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
			unreadable('A page was repeated, or the list has no end, so it cannot be relied on.');
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
