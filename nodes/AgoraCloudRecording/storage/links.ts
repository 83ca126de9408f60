import type { BucketAccess } from './access';
import { encodeStrictly, type Query } from './encoding';
import { keyPath, urlSigner } from './requests';

/** A link to a private object. It is a key until it expires: never log it. */
export interface Link {
	url: string;
	/** ISO 8601, UTC; true to the second. Null where it never does. */
	expiresAt: string | null;
}

export interface LinkOptions {
	/** Seconds from now; seven days at most, five minutes of which lie in the past. */
	seconds: number;
	/** Unix milliseconds. */
	now: number;
}

/** What a browser is to do with a link, and under which name it saves the file. */
export interface LinkUse {
	use: 'open' | 'download';
	fileName: string;
}

/**
 * Types of recorded files. Uploads have none that players could use (object-storage.md section 6).
 */
export const CONTENT_TYPES: Readonly<Record<string, string>> = {
	jpg: 'image/jpeg',
	m3u8: 'application/vnd.apple.mpegurl',
	mp4: 'video/mp4',
	mpd: 'application/dash+xml',
	ts: 'video/mp2t',
	webm: 'video/webm',
};

/** `Content-Disposition` (RFC 6266): the name in ASCII for all clients, and as it is for most. */
export function contentDisposition({ use, fileName }: LinkUse): string {
	const plain = fileName.replace(/[^ -~]|["\\%]/gu, '_');
	const exact = plain === fileName ? '' : `; filename*=UTF-8''${encodeStrictly(fileName)}`;
	return `${use === 'open' ? 'inline' : 'attachment'}; filename="${plain}"${exact}`;
}

/**
 * Makes links to objects of one bucket, all of one date. What may be signed is not decided here: see
 * `keyRefusal` in `agora/files/signable.ts`.
 *
 * @returns makes the link to a key, and says which file a browser gets if told
 * @throws StorageProblem where the bucket has no address, its keys have ended, or no URL reaches the key
 */
export function linksTo(
	access: BucketAccess,
	{ seconds, now }: LinkOptions,
): (key: string, use?: LinkUse) => Link {
	const { sign, endsAt, vendor } = urlSigner(access, seconds, now);
	const expiresAt = new Date(endsAt * 1000).toISOString();
	return (key, use) => {
		const type = CONTENT_TYPES[key.slice(key.lastIndexOf('.') + 1).toLowerCase()];
		const { contentType, contentDisposition: disposition } = vendor.answerHeaders;
		const query: Query = [
			...(type ? [[contentType, type] as const] : []),
			...(use ? [[disposition, contentDisposition(use)] as const] : []),
		];
		return { url: sign({ method: 'GET', key, query }), expiresAt };
	};
}

/**
 * Address of an object that everybody may read.
 *
 * @param publicUrl of the bucket, as the credential has it
 * @throws StorageProblem for a key that no URL reaches
 */
export const publicLink = (publicUrl: string, key: string): Link => ({
	url: `${publicUrl.replace(/\/+$/, '')}${keyPath(key)}`,
	expiresAt: null,
});
