import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import aws4 from 'aws4';
import { S3Refused } from './errors.mts';
import type { AccessKey } from './options.mts';

/** A request to the storage as it came over the wire. */
export interface S3Request {
	method: string;
	/** Path and query, still encoded. */
	url: string;
	headers: IncomingHttpHeaders;
	body: Buffer;
}

/** What a request says of its signature (object-storage.md 2). */
interface Claim {
	kind: 'query' | 'header';
	accessKey: string;
	region: string;
	/** Unix ms. */
	signedAt: number;
	/** Seconds; of a presigned request. */
	expires?: number;
	signedHeaders: string[];
	signature: string;
	token?: string;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_SKEW_MS = 15 * 60_000;
const WEEK_S = 604_800;

/** `20260101T000000Z` as Unix ms; NaN if it is no date. */
function timeOf(text: string): number {
	const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
	const [year, month, day, hour, minute, second] = parts;
	return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** S3 writes times without milliseconds. */
const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');

const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split('?')[1]);

/** How a refusal of the claim itself is called: one name for links, one for headers. */
function malformed(kind: Claim['kind'], message: string, facts: Record<string, string> = {}) {
	const code =
		kind === 'query' ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed';
	return new S3Refused(code, { message, facts });
}

function scopeOf(kind: Claim['kind'], credential: string): { accessKey: string; region: string } {
	const [terminator, service, region = '', , ...key] = credential.split('/').reverse();
	if (terminator !== 'aws4_request' || service !== 's3' || key.length === 0) {
		throw malformed(
			kind,
			'Error parsing the Credential; it should be <key>/<date>/<region>/s3/aws4_request',
		);
	}
	return { accessKey: key.reverse().join('/'), region };
}

function claimOfQuery(query: URLSearchParams): Claim {
	const get = (name: string): string => {
		const value = query.get(name);
		if (value === null) {
			throw malformed(
				'query',
				'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
			);
		}
		return value;
	};
	const expires = Number(get('X-Amz-Expires'));
	if (!Number.isInteger(expires) || expires < 1 || expires > WEEK_S) {
		throw malformed('query', 'X-Amz-Expires must be less than a week (in seconds)');
	}
	return {
		kind: 'query',
		...scopeOf('query', get('X-Amz-Credential')),
		signedAt: timeOf(get('X-Amz-Date')),
		expires,
		signedHeaders: get('X-Amz-SignedHeaders').split(';'),
		signature: get('X-Amz-Signature'),
		token: query.get('X-Amz-Security-Token') ?? undefined,
	};
}

const textOf = (headers: IncomingHttpHeaders, name: string): string | undefined => {
	const value = headers[name];
	return Array.isArray(value) ? value.join(', ') : value;
};

function claimOfHeader(headers: IncomingHttpHeaders): Claim {
	const authorization = textOf(headers, 'authorization') ?? '';
	const [, credential, signedHeaders, signature] =
		/^AWS4-HMAC-SHA256 Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(
			authorization,
		) ?? [];
	if (credential === undefined || signedHeaders === undefined || signature === undefined) {
		throw new S3Refused('InvalidArgument', { message: 'Unsupported Authorization Type' });
	}
	return {
		kind: 'header',
		...scopeOf('header', credential),
		signedAt: timeOf(textOf(headers, 'x-amz-date') ?? ''),
		signedHeaders: signedHeaders.split(';'),
		signature,
		token: textOf(headers, 'x-amz-security-token'),
	};
}

/** The key that a request names, without any check: for the log. */
export function claimedKey({
	url,
	headers,
}: Pick<S3Request, 'url' | 'headers'>): string | undefined {
	const credential =
		queryOf(url).get('X-Amz-Credential') ??
		/Credential=([^,]+)/.exec(textOf(headers, 'authorization') ?? '')?.[1];
	return credential?.split('/').slice(0, -4).join('/');
}

/** The signature that the request should have, by the aws4 library. */
function expected({ method, url, headers }: S3Request, claim: Claim, key: AccessKey): string {
	const [path = '', query = ''] = url.split('?');
	const unsigned = query.split('&').filter((part) => !part.startsWith('X-Amz-Signature='));
	const include = Object.fromEntries(claim.signedHeaders.map((name) => [name, true]));
	const request = {
		method,
		path: query === '' ? path : `${path}?${unsigned.join('&')}`,
		service: 's3',
		region: claim.region,
		signQuery: claim.kind === 'query',
		headers: Object.fromEntries(
			claim.signedHeaders.map((name) => [name, textOf(headers, name) ?? '']),
		),
		// Whatever was said to be signed is: aws4 leaves out Range, for instance.
		extraHeadersToInclude: include,
	};
	const credentials = { accessKeyId: key.accessKey, secretAccessKey: key.secretKey };
	const signed = aws4.sign(request, credentials);
	if (claim.kind === 'query') return queryOf(String(signed.path)).get('X-Amz-Signature') ?? '';
	return /Signature=([0-9a-f]+)/.exec(String(signed.headers?.Authorization))?.[1] ?? '';
}

const equal = (one: string, other: string): boolean =>
	one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** ±15 minutes for headers; links live as long as they say (object-storage.md 2). */
function checkTime({ kind, signedAt, expires = 0 }: Claim, now: number): void {
	if (Number.isNaN(signedAt))
		throw malformed(kind, 'X-Amz-Date must be in the ISO8601 Long Format');
	if (kind === 'header') {
		if (Math.abs(now - signedAt) <= MAX_SKEW_MS) return;
		const facts = { RequestTime: iso(signedAt), ServerTime: iso(now) };
		throw new S3Refused('RequestTimeTooSkewed', { facts });
	}
	if (signedAt > now + MAX_SKEW_MS) {
		throw new S3Refused('AccessDenied', { message: 'Request is not valid yet' });
	}
	const end = signedAt + expires * 1000;
	if (end >= now) return;
	const facts = { 'X-Amz-Expires': String(expires), Expires: iso(end), ServerTime: iso(now) };
	throw new S3Refused('AccessDenied', { message: 'Request has expired', facts });
}

function checkToken(key: AccessKey, { token, accessKey }: Claim, now: number): void {
	if (key.sessionToken === undefined) {
		if (token !== undefined) throw new S3Refused('InvalidToken');
		return;
	}
	if (token === undefined) {
		throw new S3Refused('InvalidAccessKeyId', { facts: { AWSAccessKeyId: accessKey } });
	}
	if (token !== key.sessionToken) throw new S3Refused('InvalidToken');
	if (key.expiresAt !== undefined && key.expiresAt <= now) throw new S3Refused('ExpiredToken');
}

/** Headers of S3's own have to be signed, the body has to be what was said. */
function checkHeaders({ headers, body }: S3Request, { kind, signedHeaders }: Claim): void {
	const unsigned = Object.keys(headers).filter(
		(name) => name.startsWith('x-amz-') && !signedHeaders.includes(name),
	);
	if (unsigned.length > 0) {
		throw new S3Refused('AccessDenied', {
			message: 'There were headers present in the request which were not signed',
			facts: { HeadersNotSigned: unsigned.join(', ') },
		});
	}
	if (kind === 'query') return;
	const hash = textOf(headers, 'x-amz-content-sha256');
	if (hash === undefined) {
		throw new S3Refused('InvalidRequest', {
			message: 'Missing required header for this request: x-amz-content-sha256',
		});
	}
	if (hash === 'UNSIGNED-PAYLOAD') return;
	if (!/^[0-9a-f]{64}$/.test(hash)) throw new S3Refused('NotImplemented');
	if (hash !== createHash('sha256').update(body).digest('hex')) {
		throw new S3Refused('XAmzContentSHA256Mismatch');
	}
}

/**
 * The key that a request is signed with.
 * @param region the only one that may be signed for; null = any
 * @param now Unix ms
 * @throws S3Refused as S3 does (object-storage.md 2 and 4)
 */
export function authenticate(
	request: S3Request,
	keys: ReadonlyMap<string, AccessKey>,
	region: string | null,
	now: number,
): AccessKey {
	const query = queryOf(request.url);
	const signed = query.has('X-Amz-Algorithm') || query.has('X-Amz-Signature');
	if (!signed && request.headers.authorization === undefined) throw new S3Refused('AccessDenied');
	if (signed && query.get('X-Amz-Algorithm') !== ALGORITHM) {
		throw malformed('query', `X-Amz-Algorithm only supports "${ALGORITHM}"`);
	}
	const claim = signed ? claimOfQuery(query) : claimOfHeader(request.headers);
	if (region !== null && claim.region !== region) {
		const message = `Error parsing the Credential; the region '${claim.region}' is wrong; expecting '${region}'`;
		throw malformed(claim.kind, message, { Region: region });
	}
	const key = keys.get(claim.accessKey);
	if (key === undefined) {
		throw new S3Refused('InvalidAccessKeyId', { facts: { AWSAccessKeyId: claim.accessKey } });
	}
	checkTime(claim, now);
	checkToken(key, claim, now);
	checkHeaders(request, claim);
	if (
		!claim.signedHeaders.includes('host') ||
		!equal(expected(request, claim, key), claim.signature)
	) {
		throw new S3Refused('SignatureDoesNotMatch', { facts: { AWSAccessKeyId: claim.accessKey } });
	}
	return key;
}
