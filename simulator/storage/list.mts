import { S3Refused, XML_HEAD, xmlText } from './errors.mts';
import { UNTYPED } from './store.mts';
import type { StoredObject } from './store.mts';

const MAX_KEYS = 1000;

/** Lists that go wrong (faults.mts). */
export type ListTrouble = 'endlessList' | 'repeatedToken';

const element = (name: string, text: string | number | boolean): string =>
	`<${name}>${xmlText(String(text))}</${name}>`;

/** By UTF-8 bytes, as S3 lists. */
const byKey = ([one]: [string, unknown], [other]: [string, unknown]): number =>
	Buffer.compare(Buffer.from(one), Buffer.from(other));

/** What a list tells: objects, and what stands for all below a delimiter. */
type Row = { key: string; object: StoredObject } | { prefix: string };

function rowsOf(
	objects: ReadonlyMap<string, StoredObject>,
	prefix: string,
	delimiter: string,
): Row[] {
	const rows = new Map<string, Row>();
	for (const [key, object] of [...objects].sort(byKey)) {
		if (!key.startsWith(prefix)) continue;
		const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
		if (cut < 0) rows.set(key, { key, object });
		else {
			const folder = key.slice(0, cut + delimiter.length);
			rows.set(folder, { prefix: folder });
		}
	}
	return [...rows.values()];
}

const nameOf = (row: Row): string => ('key' in row ? row.key : row.prefix);

/** An object after that one, for lists that never end. */
function invented(prefix: string, marker: string): Row {
	const number = Number(/endless-(\d+)$/.exec(marker)?.[1] ?? 0) + 1;
	const object = { bytes: Buffer.alloc(0), type: UNTYPED, etag: '""', modifiedAt: 0 };
	return { key: `${prefix}endless-${String(number).padStart(9, '0')}`, object };
}

const isAfter = (name: string, marker: string): boolean =>
	Buffer.compare(Buffer.from(name), Buffer.from(marker)) > 0;

function limitOf(text: string | null): number {
	if (text === null) return MAX_KEYS;
	if (!/^\d{1,9}$/.test(text)) throw new S3Refused('InvalidArgument', { message: 'max-keys' });
	return Math.min(Number(text), MAX_KEYS);
}

/** Tokens are not to be read: base64 of the last name, as many services have it. */
const tokenOf = (name: string): string => Buffer.from(name).toString('base64');

/**
 * ListObjectsV2, or V1 without `list-type=2` (object-storage.md 4).
 * @throws S3Refused InvalidArgument
 */
export function listXml(
	bucket: string,
	objects: ReadonlyMap<string, StoredObject>,
	query: URLSearchParams,
	trouble?: ListTrouble,
): string {
	const v2 = query.get('list-type') === '2';
	const prefix = query.get('prefix') ?? '';
	const delimiter = query.get('delimiter') ?? '';
	const limit = limitOf(query.get('max-keys'));
	const token = query.get('continuation-token');
	const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (text: string) => text;
	const marker = v2
		? token === null
			? (query.get('start-after') ?? '')
			: Buffer.from(token, 'base64').toString('utf8')
		: (query.get('marker') ?? '');
	const all = rowsOf(objects, prefix, delimiter);
	const endless = trouble === 'endlessList' && marker !== '';
	const rest = endless
		? [invented(prefix, marker)]
		: all.filter((row) => isAfter(nameOf(row), marker));
	const rows = (trouble === 'repeatedToken' ? all : rest).slice(0, limit);
	const truncated = trouble !== undefined || (rest.length > rows.length && limit > 0);
	const next = trouble === 'repeatedToken' ? 'again' : nameOf(rows.at(-1) ?? invented(prefix, ''));
	const pages = v2
		? [
				element('KeyCount', rows.length),
				...(token === null ? [] : [element('ContinuationToken', token)]),
				...(truncated ? [element('NextContinuationToken', tokenOf(next))] : []),
			]
		: [
				element('Marker', encode(marker)),
				...(truncated && (delimiter !== '' || trouble !== undefined)
					? [element('NextMarker', encode(next))]
					: []),
			];
	const contents = rows.map((row) => {
		if (!('key' in row))
			return `<CommonPrefixes>${element('Prefix', encode(row.prefix))}</CommonPrefixes>`;
		const { bytes, etag, modifiedAt } = row.object;
		const inner = [
			element('Key', encode(row.key)),
			element('LastModified', new Date(modifiedAt).toISOString()),
			element('ETag', etag),
			element('Size', bytes.length),
			element('StorageClass', 'STANDARD'),
		];
		return `<Contents>${inner.join('')}</Contents>`;
	});
	return [
		XML_HEAD,
		'<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
		element('Name', bucket),
		element('Prefix', encode(prefix)),
		element('MaxKeys', limit),
		...(delimiter === '' ? [] : [element('Delimiter', encode(delimiter))]),
		element('IsTruncated', truncated),
		...pages,
		...contents,
		'</ListBucketResult>',
	].join('');
}
