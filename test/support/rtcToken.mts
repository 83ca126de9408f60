import { createHmac } from 'node:crypto';
import { deflateSync } from 'node:zlib';

/** An RTC token as token.md describes it, written for the tests alone: neither node nor simulator has a part in it. */

export interface TokenRequest {
	appId: string;
	certificate: string;
	channel: string;
	uid: string;
	/** Unix seconds. */
	issuedAt: number;
	/** Seconds from issue, for the token and for each privilege. */
	expire: number;
	privileges?: number[];
	salt?: number;
}

const u16 = (value: number) => {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
};
const u32 = (value: number) => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
};
const packed = (value: string | Buffer) => {
	const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
	return Buffer.concat([u16(bytes.length), bytes]);
};
const hmac = (key: Buffer, message: Buffer | string) =>
	createHmac('sha256', key).update(message).digest();

/** What is compressed into the token: signature and signed part (token.md 2 to 5). */
export function tokenContent(request: TokenRequest): Buffer {
	const { appId, certificate, channel, uid, issuedAt, expire } = request;
	const { privileges = [1], salt = 1 } = request;
	const signed = Buffer.concat([
		packed(appId),
		u32(issuedAt),
		u32(expire),
		u32(salt),
		u16(1),
		u16(1),
		u16(privileges.length),
		...privileges.map((privilege) => Buffer.concat([u16(privilege), u32(expire)])),
		packed(channel),
		packed(uid),
	]);
	const key = hmac(u32(salt), hmac(u32(issuedAt), certificate));
	return Buffer.concat([packed(hmac(key, signed)), signed]);
}

export const rtcToken = (request: TokenRequest): string =>
	`007${deflateSync(tokenContent(request)).toString('base64')}`;
