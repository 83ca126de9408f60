import { createHmac } from 'node:crypto';

/** Both signatures of a body, as Agora sends them. */
export function signatures(body: string | Buffer, secret: string) {
	const hmac = (algorithm: string) => createHmac(algorithm, secret).update(body).digest('hex');
	return { 'Agora-Signature': hmac('sha1'), 'Agora-Signature-V2': hmac('sha256') };
}

/** So many forged notifications are tried: bodies, headers and secrets that were changed. */
export const FORGERIES = 10_000;
