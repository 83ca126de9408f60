import { generateKeyPairSync, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
/** Context tags of a certificate, and of a name in it. */
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;
const SUBJECT_ALT_NAME = Buffer.from('0603551d11', 'hex');
const VERSION_3 = Buffer.from('a003020102', 'hex');
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

/** The extension `subjectAltName` with names of hosts. */
function alternativeNames(hosts: readonly string[]): Buffer {
	const names = der(SEQUENCE, ...hosts.map((host) => der(DNS_NAME, Buffer.from(host))));
	const extension = der(SEQUENCE, SUBJECT_ALT_NAME, der(OCTET_STRING, names));
	return der(EXTENSIONS, der(SEQUENCE, extension));
}

/**
 * A key and a certificate that nobody but itself vouches for.
 *
 * @param hosts whose certificate it is
 */
export function selfSigned(hosts: readonly string[] = []): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const nobody = der(SEQUENCE);
	const content = der(
		SEQUENCE,
		VERSION_3,
		der(0x02, Buffer.from([1])),
		ALGORITHM,
		nobody,
		der(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
		nobody,
		publicKey.export({ type: 'spki', format: 'der' }),
		...(hosts.length > 0 ? [alternativeNames(hosts)] : []),
	);
	const signature = sign('sha256', content, privateKey);
	const cert = der(SEQUENCE, content, ALGORITHM, der(BIT_STRING, Buffer.from([0]), signature));
	return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(cert) };
}
