import { createHmac } from 'node:crypto';

/** Which of the two signatures a notice carries. */
export type SignatureVersion = 'v1' | 'v2';

/** notifications.md 2: header and hash of each. */
const HEADERS: Record<SignatureVersion, readonly [header: string, hash: string]> = {
	v1: ['Agora-Signature', 'sha1'],
	v2: ['Agora-Signature-V2', 'sha256'],
};

/** The signature headers of a body, over its raw bytes with the secret as plain text. */
export function signatureHeaders(
	secret: string,
	raw: Buffer,
	versions: readonly SignatureVersion[],
): Record<string, string> {
	return Object.fromEntries(
		versions.map((version) => {
			const [header, hash] = HEADERS[version];
			return [header, createHmac(hash, secret).update(raw).digest('hex')];
		}),
	);
}
