import fc from 'fast-check';
import type { ListDialect } from '../../nodes/AgoraCloudRecording/storage/access.ts';
import {
	ListFollower,
	listQuery,
	type ListPage,
	type StoredObject,
} from '../../nodes/AgoraCloudRecording/storage/listings.ts';
import { readListPage } from '../../nodes/AgoraCloudRecording/storage/listPages.ts';
import { StorageProblem } from '../../nodes/AgoraCloudRecording/storage/problems.ts';

const escaped = (text: string) =>
	text.replace(/[&<>\p{Cc}]/gu, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
const tag = (name: string, text: string) => `<${name}>${text}</${name}>`;

const object = (key: string, more: Partial<StoredObject> = {}): StoredObject => ({
	...{ key, sizeBytes: 7, lastModified: '2026-09-27T12:00:00.000Z', etag: 'e1', ...more },
});

interface Page {
	objects: StoredObject[];
	folders?: string[];
	truncated?: boolean;
	token?: string;
	marker?: string;
	encoded?: boolean;
}

/** A page as S3 and those who took it over write it. */
function s3Page({ objects, folders = [], truncated, token, marker, encoded }: Page): string {
	const text = encoded
		? (plain: string) => encodeURIComponent(plain).replaceAll('%20', '+')
		: escaped;
	return [
		'<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
		encoded ? tag('EncodingType', 'url') : '',
		tag('IsTruncated', String(truncated ?? false)),
		token ? tag('NextContinuationToken', escaped(token)) : '',
		marker ? tag('NextMarker', text(marker)) : '',
		...objects.map(({ key, sizeBytes, lastModified, etag }) =>
			tag(
				'Contents',
				[
					tag('Owner', tag('ID', 'Key')),
					...[
						tag('LastModified', lastModified),
						etag === null ? '' : tag('ETag', `&quot;${etag}&quot;`),
					],
					...[tag('Size', String(sizeBytes)), tag('Key', text(key))],
				].join(''),
			),
		),
		...folders.map((folder) => tag('CommonPrefixes', tag('Prefix', text(folder)))),
		'</ListBucketResult>',
	].join('');
}

function azurePage({ objects, folders = [], marker, encoded }: Page): string {
	const named = (name: string) =>
		encoded
			? `<Name Encoded="true">${encodeURIComponent(name)}</Name>`
			: tag('Name', escaped(name));
	const blobs = objects.map(({ key, sizeBytes, lastModified, etag }) =>
		tag(
			'Blob',
			named(key) +
				tag(
					'Properties',
					[
						tag('Last-Modified', new Date(lastModified).toUTCString()),
						...[tag('Etag', etag ?? ''), tag('Content-Length', String(sizeBytes))],
					].join(''),
				),
		),
	);
	const prefixes = folders.map((folder) => tag('BlobPrefix', named(folder)));
	return `\uFEFF<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://x/" ContainerName="c">${tag('Blobs', blobs.join('') + prefixes.join(''))}${marker ? tag('NextMarker', marker) : '<NextMarker />'}</EnumerationResults>`;
}

const bosPage = ({ objects, folders = [], truncated, marker }: Page) =>
	JSON.stringify({
		...{ name: 'lessons', prefix: '', isTruncated: truncated ?? false, maxKeys: 1000 },
		...(marker && { nextMarker: marker }),
		contents: objects.map(({ key, sizeBytes, lastModified, etag }) => ({
			...{ key, size: sizeBytes, lastModified, eTag: etag ?? undefined, storageClass: 'STANDARD' },
		})),
		...(folders.length > 0 && { commonPrefixes: folders.map((prefix) => ({ prefix })) }),
	});

const WRITERS: Record<ListDialect, (page: Page) => string> = {
	...{ s3v2: s3Page, s3v1: s3Page, azure: azurePage, bos: bosPage },
};
const DIALECTS = Object.entries(WRITERS) as Array<[ListDialect, (page: Page) => string]>;

describe('Questions for a list', () => {
	it.each<[ListDialect, Record<string, string>]>([
		['s3v2', { 'list-type': '2', 'max-keys': '1000', prefix: 'a b', 'continuation-token': 't' }],
		['s3v1', { 'max-keys': '1000', prefix: 'a b', marker: 't' }],
		[
			'azure',
			{ restype: 'container', comp: 'list', maxresults: '1000', prefix: 'a b', marker: 't' },
		],
		['bos', { maxKeys: '1000', prefix: 'a b', marker: 't' }],
	])('%s', (dialect, query) => {
		const question = { prefix: 'a b', position: { dialect, after: 't' } };
		expect(Object.fromEntries(listQuery(dialect, question))).toEqual(query);
		expect(Object.fromEntries(listQuery('bos', question))).toEqual(query);
		const short = Object.fromEntries(
			listQuery(dialect, { prefix: '', maxKeys: 5, delimiter: '/' }),
		);
		expect(Object.values(short)).toContain('5');
		expect(short).toMatchObject({ delimiter: '/' });
		expect(short).not.toHaveProperty('prefix');
	});
});

describe('Pages of a list', () => {
	const content = (inner: string) =>
		tag('ListBucketResult', tag('Contents', inner) + tag('IsTruncated', 'false'));
	const [k, s, m] = [
		tag('Key', 'a'),
		tag('Size', '1'),
		tag('LastModified', '2026-01-01T00:00:00Z'),
	];

	const key = fc
		.string({ unit: 'grapheme', minLength: 1 })
		.map((text) => `k${text.replaceAll('\0', '')}`);
	const objects = fc.array(
		fc.record({
			key,
			sizeBytes: fc.nat(),
			// Azure tells no fractions of a second.
			lastModified: fc
				.integer({ min: 0, max: Date.UTC(2100, 0, 1) / 1000 })
				.map((seconds) => new Date(seconds * 1000).toISOString()),
			etag: fc.option(fc.stringMatching(/^[0-9a-f-]{1,40}$/)),
		}),
		{ maxLength: 20 },
	);

	it.each(DIALECTS)('%s: are read as they were written', (dialect, write) => {
		fc.assert(
			fc.property(
				objects,
				fc.array(key, { maxLength: 3 }),
				fc.boolean(),
				(all, folders, encoded) => {
					const page = write({ objects: all, folders, encoded });
					expect(readListPage(dialect, page)).toEqual({ objects: all, folders });
				},
			),
		);
	});

	it.each<[string, ListDialect, Page, ListPage['continuation']]>([
		[
			'a token',
			's3v2',
			{ objects: [object('a')], truncated: true, token: 'a+&b=' },
			{ dialect: 's3v2', after: 'a+&b=' },
		],
		[
			'no token',
			's3v2',
			{ objects: [object('a'), object('b')], truncated: true },
			{ dialect: 's3v1', after: 'b' },
		],
		[
			'no token, but a marker',
			's3v2',
			{ objects: [object('a')], truncated: true, marker: 'm' },
			{ dialect: 's3v1', after: 'm' },
		],
		[
			'a marker',
			's3v1',
			{ objects: [object('a')], truncated: true, marker: 'm' },
			{ dialect: 's3v1', after: 'm' },
		],
		[
			'an encoded marker',
			's3v1',
			{ objects: [object('a')], truncated: true, marker: 'm n', encoded: true },
			{ dialect: 's3v1', after: 'm n' },
		],
		[
			'no marker',
			's3v1',
			{ objects: [object('a')], folders: ['b/'], truncated: true },
			{ dialect: 's3v1', after: 'b/' },
		],
		[
			'no marker, order of UTF-8',
			's3v1',
			{ objects: [object('\u{1F3AC}')], folders: ['\uFF5E/'], truncated: true },
			{ dialect: 's3v1', after: '\u{1F3AC}' },
		],
		[
			'no token, by the last of many',
			's3v2',
			{ objects: ['a', 'b', 'c'].map((key) => object(key)), truncated: true, encoded: true },
			{ dialect: 's3v1', after: 'c' },
		],
		[
			'no marker, by the last of many folders',
			's3v1',
			{ objects: [], folders: ['a/', 'b/', 'c/'], truncated: true },
			{ dialect: 's3v1', after: 'c/' },
		],
		[
			'a token that the first version has not',
			's3v1',
			{ objects: [object('a')], truncated: true, token: 't' },
			{ dialect: 's3v1', after: 'a' },
		],
		[
			'no marker of Baidu, by the last of many',
			'bos',
			{ objects: ['a', 'b', 'c'].map((key) => object(key)), truncated: true },
			{ dialect: 'bos', after: 'c' },
		],
		['a token that is not meant', 's3v2', { objects: [], token: 't' }, undefined],
		[
			'a marker of Microsoft',
			'azure',
			{ objects: [], marker: 'm' },
			{ dialect: 'azure', after: 'm' },
		],
		[
			'a marker of Baidu',
			'bos',
			{ objects: [object('a')], truncated: true, marker: 'm' },
			{ dialect: 'bos', after: 'm' },
		],
		[
			'no marker of Baidu',
			'bos',
			{ objects: [object('a')], truncated: true },
			{ dialect: 'bos', after: 'a' },
		],
	])('go on: %s', (_what, dialect, page, continuation) => {
		expect(readListPage(dialect, WRITERS[dialect](page)).continuation).toEqual(continuation);
	});

	it('of an empty Azure container have no blobs at all', () => {
		const page = '<EnumerationResults><Blobs /><NextMarker /></EnumerationResults>';
		expect(readListPage('azure', page)).toEqual({ objects: [], folders: [] });
		expect(readListPage('azure', '<EnumerationResults/>')).toEqual({ objects: [], folders: [] });
	});

	it('may have blanks around what they say', () => {
		const page = tag(
			'ListBucketResult',
			tag('EncodingType', ' url ') +
				tag('IsTruncated', '\ntrue ') +
				tag('Contents', tag('Key', 'a%20b') + tag('ETag', ' "e" ') + tag('Size', ' 1 ') + m),
		);
		expect(readListPage('s3v2', page)).toMatchObject({
			...{ objects: [{ key: 'a b', etag: 'e', sizeBytes: 1 }], continuation: { after: 'a b' } },
		});
	});

	it.each<[ListDialect, string]>([
		['s3v2', ''],
		['s3v2', '<html><body>Console</body></html>'],
		['s3v2', '{"a":1}'],
		['s3v2', tag('Error', tag('Code', 'AccessDenied'))],
		['s3v2', tag('ListBucketResult', tag('IsTruncated', 'true'))],
		['s3v2', content(s + m)],
		['s3v2', content(k + m)],
		['s3v2', content(k + m + tag('Size', '-1'))],
		['s3v2', content(k + m + tag('Size', '1e9'))],
		['s3v2', content(k + s)],
		['s3v2', content(k + s + tag('LastModified', 'yesterday'))],
		[
			's3v1',
			tag(
				'ListBucketResult',
				tag('EncodingType', 'url') + tag('Contents', s + m + tag('Key', '%zz')),
			),
		],
		['azure', content(k + s + m)],
		['azure', tag('EnumerationResults', tag('Blobs', tag('Blob', tag('Name', 'a'))))],
		['azure', tag('EnumerationResults', tag('Blobs', tag('Blob', s + m)))],
		['s3v1', tag('ListBucketResult', tag('EncodingType', 'url') + tag('Contents', s + m))],
		['bos', ''],
		['bos', '[]'],
		['bos', '{"isTruncated":false}'],
		['bos', '{"isTruncated":true,"contents":[]}'],
		[
			'bos',
			'{"isTruncated":false,"contents":[{"key":"","size":1,"lastModified":"2026-01-01T00:00:00Z"}]}',
		],
	])('%s %# is no page', (dialect, body) => {
		expect(() => readListPage(dialect, body)).toThrow(
			expect.objectContaining({ kind: 'unreadable' }) as Error,
		);
	});

	it('can be read without a date that is ISO', () => {
		const page = content(k + s + tag('LastModified', 'Wed, 12 Oct 2009 17:50:00 GMT'));
		expect(readListPage('s3v1', page).objects[0].lastModified).toBe('2009-10-12T17:50:00.000Z');
	});

	it.each(DIALECTS)('%s: of any kind are read, or refused in words', (dialect, write) => {
		const page = write({ objects: [object('a'), object('b')], folders: ['f/'], truncated: true });
		fc.assert(
			fc.property(fc.nat(page.length), fc.nat(20), fc.string({ maxLength: 5 }), (at, cut, put) => {
				try {
					readListPage(dialect, page.slice(0, at) + put + page.slice(at + cut));
				} catch (error) {
					expect(error).toBeInstanceOf(StorageProblem);
				}
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('A list that is followed', () => {
	const page = (first: string | undefined, after?: string): ListPage => ({
		...{ objects: first === undefined ? [] : [object(first)], folders: [] },
		...(after !== undefined && { continuation: { dialect: 's3v2' as const, after } }),
	});
	const circle = expect.objectContaining({ kind: 'unreadable' }) as Error;

	it('ends', () => {
		const follower = new ListFollower();
		expect(follower.next(page('a', 't1'))).toEqual({ dialect: 's3v2', after: 't1' });
		expect(follower.next(page(undefined, 't2'))).toEqual({ dialect: 's3v2', after: 't2' });
		expect(follower.next(page('b'))).toBeUndefined();
	});

	it('does not go in circles by its tokens', () => {
		const follower = new ListFollower();
		follower.next(page('a', 't1'));
		follower.next(page('b', 't2'));
		expect(() => follower.next(page('c', 't1'))).toThrow(circle);
	});

	it('does not go in circles by its objects', () => {
		const follower = new ListFollower();
		follower.next(page('a', 't1'));
		follower.next(page('b', 't2'));
		expect(() => follower.next(page('a', 't3'))).toThrow(circle);
	});

	it('does not go on for ever', () => {
		const follower = new ListFollower();
		for (let number = 1; number < 500; number++) {
			expect(follower.next(page(undefined, `p${number}`))).toBeDefined();
		}
		expect(() => follower.next(page(undefined, 'p500'))).toThrow(circle);
		expect(() => {
			for (let number = 0; number < 1001; number++) follower.next(page(undefined, `t${number}`));
		}).toThrow(circle);
	});
});
