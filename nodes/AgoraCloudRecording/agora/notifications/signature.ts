import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Agora signs the bytes of the body with the secret that Console shows, used as plain text, and
 * writes lowercase hex. Source: notifications.md section 2.
 */
const V2 = { header: 'agora-signature-v2', algorithm: 'sha256' } as const;
const V1 = { header: 'agora-signature', algorithm: 'sha1' } as const;

/** Headers of a request as Node gives them. */
export type RequestHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** All values under a name, whatever its case. */
function valuesOf(headers: RequestHeaders, name: string): unknown[] {
	return Object.entries(headers)
		.filter(([key, value]) => value !== undefined && key.toLowerCase() === name)
		.flatMap(([, value]) => value);
}

function isHmac(algorithm: string, secret: string, body: Buffer, signature: Buffer): boolean {
	const expected = Buffer.from(createHmac(algorithm, secret).update(body).digest('hex'));
	return expected.length === signature.length && timingSafeEqual(expected, signature);
}

/**
 * Whether one of the secrets signed the body. The SHA-1 signature counts only where the SHA-256 one
 * is absent: a wrong or empty SHA-256 one must not be a way around it. A header that came twice is
 * no signature. Every comparison takes the same time, wherever the texts differ.
 *
 * @param body the bytes as they came, before any parsing
 * @param secrets the current one and, while it is being exchanged, the previous one; empty ones are
 *   left out, because everybody knows them
 */
export function isSigned(
	body: Buffer,
	headers: RequestHeaders,
	secrets: readonly string[],
): boolean {
	const version = valuesOf(headers, V2.header).length > 0 ? V2 : V1;
	const [signature, ...others] = valuesOf(headers, version.header);
	if (typeof signature !== 'string' || others.length > 0) return false;
	// UTF-8, so that a character outside of ASCII cannot stand for one inside.
	const given = Buffer.from(signature, 'utf8');
	return secrets
		.filter((secret) => secret !== '')
		.map((secret) => isHmac(version.algorithm, secret, body, given))
		.includes(true);
}
