import { createHmac } from 'node:crypto';
import type { Query } from '../encoding';

/** Keys of the storage, as its vendor gave them. */
export interface StorageKeys {
	/** Microsoft Azure: name of the storage account. */
	accessKey: string;
	/** Microsoft Azure: key of the storage account, base64. */
	secretKey: string;
	/** Token of temporary keys. */
	sessionToken?: string;
	/** When temporary keys end; Unix milliseconds. */
	endsAt?: number;
}

/** Who signs, and for how long. */
export interface Signer {
	keys: StorageKeys;
	/** '' where the scheme has none. */
	region: string;
	/** Unix seconds. */
	signedAt: number;
	/** Seconds from `signedAt`. */
	lasts: number;
}

/** A request whose query is to be signed. */
export interface Unsigned {
	method: 'GET' | 'PUT';
	protocol: 'https:' | 'http:';
	/** With the port, unless it is the scheme's own. */
	host: string;
	/** Encoded, as it is sent. */
	path: string;
	bucket: string;
	/** Not encoded; '' for the bucket itself. */
	key: string;
	query: Query;
	/** Headers beside `host` that have to be sent as they are here. */
	headers: Readonly<Record<string, string>>;
}

/**
 * A way to sign requests in their query. What depends on signer and time alone is computed once, for
 * as many requests as there are.
 *
 * @returns the whole query, encoded, to be sent as it is
 */
export type Scheme = (signer: Signer) => (request: Unsigned) => string;

export const hmac = (algorithm: 'sha1' | 'sha256', key: string | Buffer, text: string) =>
	createHmac(algorithm, key).update(text, 'utf8');

/** Unix seconds as `2026-01-31T12:00:00Z`. */
export const isoSeconds = (seconds: number) =>
	new Date(seconds * 1000).toISOString().replace(/\.\d+/, '');
