import { createHash } from 'node:crypto';
import { S3Refused } from './errors.mts';
import type { AccessKey, Bucket, Right } from './options.mts';
import { UNTYPED } from './store.mts';
import type { Store, StoredObject } from './store.mts';
import type { S3Request } from './signature.mts';

/** An answer of the storage. */
export interface S3Answer {
	status: number;
	headers: Record<string, string>;
	body: Buffer;
}

/** A request whose signature is good. */
export interface S3Call {
	request: S3Request;
	query: URLSearchParams;
	key: AccessKey;
	bucket: Bucket;
	/** Decoded; '' for the bucket itself. */
	objectKey: string;
	store: Store;
	/** Virtual Unix ms. */
	now: number;
}

/** @throws S3Refused AccessDenied */
export function need({ key }: S3Call, right: Right): void {
	if (!key.rights.includes(right)) throw new S3Refused('AccessDenied');
}

/** Without the right to list, an object that is not there is a secret (object-storage.md 4). */
function find(call: S3Call): StoredObject {
	need(call, 'read');
	const object = call.store.objects(call.bucket.name).get(call.objectKey);
	if (object !== undefined) return object;
	need(call, 'list');
	throw new S3Refused('NoSuchKey', { facts: { Key: call.objectKey } });
}

/** First and last byte of `bytes=…`, or undefined if the header is none and so ignored. */
function rangeOf(range: string | undefined, size: number): [number, number] | undefined {
	const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range ?? '') ?? [];
	if (first === '' && last === '') return undefined;
	const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
	const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (first !== '' && last !== '' && Number(last) < from) return undefined;
	if (from < size) return [from, to];
	const facts = { RangeRequested: range ?? '', ActualObjectSize: String(size) };
	throw new S3Refused('InvalidRange', { facts });
}

/** Answers to GET that a signed request may choose (object-storage.md 1). */
const OVERRIDES = [
	'content-type',
	'content-disposition',
	'content-encoding',
	'content-language',
	'cache-control',
	'expires',
] as const;

/** GET and HEAD of an object. */
export function readObject(call: S3Call): S3Answer {
	const { bytes, type, etag, modifiedAt } = find(call);
	const { headers } = call.request;
	const range = rangeOf(headers.range, bytes.length);
	const body = range === undefined ? bytes : bytes.subarray(range[0], range[1] + 1);
	const overrides = OVERRIDES.flatMap((name) => {
		const value = call.query.get(`response-${name}`);
		return value === null ? [] : [[name, value] as const];
	});
	return {
		status: range === undefined ? 200 : 206,
		headers: {
			'content-type': type,
			...Object.fromEntries(overrides),
			...(range === undefined
				? {}
				: { 'content-range': `bytes ${range[0]}-${range[1]}/${bytes.length}` }),
			'accept-ranges': 'bytes',
			'last-modified': new Date(modifiedAt).toUTCString(),
			etag,
		},
		body,
	};
}

/** What proves that a body arrived whole; buckets with Object Lock ask for it. */
function checkSums({ request: { headers, body }, bucket }: S3Call): void {
	const given = headers['content-md5'];
	const other = Object.keys(headers).some((name) => name.startsWith('x-amz-checksum-'));
	if (given === undefined) {
		if (bucket.checksum && !other) throw new S3Refused('InvalidRequest');
		return;
	}
	if (given !== createHash('md5').update(body).digest('base64')) throw new S3Refused('BadDigest');
}

/** PUT of an object. */
export function writeObject(call: S3Call): S3Answer {
	need(call, 'write');
	checkSums(call);
	const { store, bucket, objectKey, request, now } = call;
	if (!store.takes(bucket.name, objectKey)) throw new S3Refused('AccessDenied');
	const type = request.headers['content-type'] ?? UNTYPED;
	const { etag } = store.put(bucket.name, objectKey, request.body, type, now);
	return { status: 200, headers: { etag }, body: Buffer.alloc(0) };
}
