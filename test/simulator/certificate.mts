import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
/** ecdsa-with-SHA256. */
const ALGORITHM = Buffer.from('300a06082a8648ce3d040302', 'hex');

/** A value of ASN.1: tag, length, content. */
function der(tag: number, ...parts: Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size = length < 128 ? [length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const time = (text: string): Buffer => der(0x17, Buffer.from(text));

const pem = (bytes: Buffer): string =>
	`-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`;

/** A key and a certificate that nobody but itself vouches for. */
export function selfSigned(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const nobody = der(SEQUENCE);
	const content = der(
		SEQUENCE,
		der(0x02, Buffer.from([1])),
		ALGORITHM,
		nobody,
		der(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
		nobody,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = sign('sha256', content, privateKey);
	const cert = der(SEQUENCE, content, ALGORITHM, der(BIT_STRING, Buffer.from([0]), signature));
	return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(cert) };
}
