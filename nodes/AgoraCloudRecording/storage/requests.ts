import { createHash } from 'node:crypto';
import { bucketAddress, LONGEST_LINK_S, type BucketAccess } from './access';
import { encodePath, type Query } from './encoding';
import { listQuery, type ListQuestion } from './listings';
import { StorageProblem } from './problems';
import type { Signer } from './signing/scheme';

/** A request to a storage, to be sent as it is: no header added, no redirect followed. */
export interface SignedRequest {
	method: 'GET' | 'PUT';
	/** Finished and strictly encoded. */
	url: string;
	headers: Record<string, string>;
	body?: string;
}

/** Signatures are dated back, so that a clock that is fast does not make them begin in the future. */
const DATED_BACK_S = 300;
/** How long a request may be on its way, with a clock that is slow. */
const REQUEST_LASTS_S = 900;

/** Seconds for which a signature can be valid: never longer than temporary keys. */
function signerOf({ keys }: BucketAccess, region: string, seconds: number, now: number): Signer {
	const present = Math.floor(now / 1000);
	const signedAt = present - DATED_BACK_S;
	const keysEnd = keys.endsAt === undefined ? Infinity : Math.floor(keys.endsAt / 1000);
	if (keysEnd <= present) {
		throw new StorageProblem(
			'expiredKeys',
			`The temporary storage keys expired at ${new Date(keysEnd * 1000).toISOString()}.`,
			'Get new temporary keys.',
		);
	}
	const end = Math.min(present + Math.max(1, Math.floor(seconds)), keysEnd);
	return { keys, region, signedAt, lasts: Math.min(end - signedAt, LONGEST_LINK_S) };
}

/** The path of an object below its bucket. @throws StorageProblem for a key that no URL reaches */
export function keyPath(key: string): string {
	if (key === '' || key.split('/').some((segment) => segment === '.' || segment === '..')) {
		throw new StorageProblem('notAllowed', 'An object with this name cannot be addressed.');
	}
	return `/${encodePath(key)}`;
}

/** What a signature is to be for; without a key it is the bucket. */
interface Wanted {
	method: 'GET' | 'PUT';
	key?: string;
	query?: Query;
	headers?: Record<string, string>;
}

/**
 * Signs any number of requests about one bucket.
 *
 * @param seconds how long they are valid from now, at most seven days in all
 * @param now Unix milliseconds
 * @returns `sign`, and when its signatures end, in Unix seconds
 * @throws StorageProblem where the bucket has no address, or its keys have ended
 */
export function urlSigner(access: BucketAccess, seconds: number, now: number) {
	const address = bucketAddress(access);
	const signer = signerOf(access, address.region, seconds, now);
	const signed = address.vendor.scheme(signer);
	const { protocol, host } = address;
	const sign = ({ method, key, query = [], headers = {} }: Wanted): string => {
		const path = key === undefined ? address.listPath : `${address.path}${keyPath(key)}`;
		const { bucket } = access;
		const request = { method, protocol, host, path, bucket, key: key ?? '', query, headers };
		return `${protocol}//${host}${path}?${signed(request)}`;
	};
	return { sign, endsAt: signer.signedAt + signer.lasts, vendor: address.vendor };
}

/** A page of the list of a bucket's objects. @throws StorageProblem as {@link urlSigner} */
export function listRequest(
	access: BucketAccess,
	question: ListQuestion,
	now: number,
): SignedRequest {
	const { sign, vendor } = urlSigner(access, REQUEST_LASTS_S, now);
	const query = listQuery(vendor.list, question);
	return { method: 'GET', url: sign({ method: 'GET', query }), headers: {} };
}

/**
 * Reads an object.
 *
 * @param range first and last byte, from 0
 * @throws StorageProblem as {@link urlSigner}, and for a key that no URL reaches
 */
export function readRequest(
	access: BucketAccess,
	key: string,
	now: number,
	range?: readonly [first: number, last: number],
): SignedRequest {
	const { sign } = urlSigner(access, REQUEST_LASTS_S, now);
	return {
		method: 'GET',
		url: sign({ method: 'GET', key }),
		// Not signed: links are tried with it, too.
		headers: range ? { Range: `bytes=${range[0]}-${range[1]}` } : {},
	};
}

/** A small object to write. */
export interface SmallObject {
	key: string;
	text: string;
	contentType: string;
	/** As Start has them: `kms` or `aes256`, for Amazon S3. */
	encryption?: string;
	/** As Start has it, e.g. `project=lessons`; Amazon S3 and Alibaba Cloud. */
	tag?: string;
}

const ENCRYPTIONS: Readonly<Record<string, string>> = { kms: 'aws:kms', aes256: 'AES256' };
const TAG_HEADERS: Readonly<Record<string, string>> = {
	amazonS3: 'x-amz-tagging',
	alibabaCloud: 'x-oss-tagging',
};

/**
 * Writes a small object, with the checksum that locked buckets ask for.
 *
 * @throws StorageProblem as {@link readRequest}, and for an encryption or a tag that the vendor does not know
 */
export function writeRequest(
	access: BucketAccess,
	{ key, text, contentType, encryption, tag }: SmallObject,
	now: number,
): SignedRequest {
	const tagHeader = TAG_HEADERS[access.vendor];
	if ((tag && !tagHeader) || (encryption && access.vendor !== 'amazonS3')) {
		const what = tag && !tagHeader ? 'tags' : 'encryption';
		throw new StorageProblem(
			'notAllowed',
			`Agora does not support a ${what} for this storage vendor.`,
		);
	}
	if (encryption && !Object.hasOwn(ENCRYPTIONS, encryption)) {
		throw new StorageProblem('notAllowed', 'The encryption is neither kms nor aes256.');
	}
	const headers: Record<string, string> = {
		'content-md5': createHash('md5').update(text, 'utf8').digest('base64'),
		'content-type': contentType,
		...(encryption && { 'x-amz-server-side-encryption': ENCRYPTIONS[encryption] }),
		...(tag && { [tagHeader]: tag }),
		...(access.vendor === 'microsoftAzure' && { 'x-ms-blob-type': 'BlockBlob' }),
	};
	const { sign } = urlSigner(access, REQUEST_LASTS_S, now);
	return { method: 'PUT', url: sign({ method: 'PUT', key, headers }), headers, body: text };
}
