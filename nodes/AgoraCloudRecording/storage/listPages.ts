import { z } from 'zod';
import type { ListDialect } from './access';
import { unreadable, type ListPage, type StoredObject } from './listings';
import { childrenOf, childText, readXml, XmlError, type XmlElement } from './xml';

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
		throw unreadable('A name is not encoded correctly.');
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
	if (!after) throw unreadable('It is truncated but does not say how to continue.');
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
		throw unreadable('It is not the expected JSON.');
	}
	const objects = list.contents.map(({ key, size, lastModified, eTag }) =>
		objectOf({ key, size, modified: lastModified, etag: eTag }),
	);
	const folders = (list.commonPrefixes ?? []).map(({ prefix }) => prefix);
	if (!list.isTruncated) return { objects, folders };
	const after = list.nextMarker || objects.at(-1)?.key;
	if (!after) throw unreadable('It is truncated but does not say how to continue.');
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
