import { createHmac, timingSafeEqual } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { judgeOldToken } from './oldToken.mts';

/** What a token says (token.md 4); times are Unix seconds. */
export interface TokenContent {
	appId: string;
	issuedAt: number;
	expiresAt: number;
	/** The RTC service's channel and uid; undefined if the token has no RTC service. */
	rtc?: { channel: string; uid: string; /** 0 = no limit of its own */ joinUntil: number | null };
	signatureIsValid: (certificate: string) => boolean;
}

/** Reads little-endian numbers and strings one after the other (token.md 3). */
class Reader {
	#offset = 0;
	readonly #bytes: Buffer;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	u16(): number {
		const value = this.#bytes.readUInt16LE(this.#offset);
		this.#offset += 2;
		return value;
	}

	u32(): number {
		const value = this.#bytes.readUInt32LE(this.#offset);
		this.#offset += 4;
		return value;
	}

	bytes(): Buffer {
		const length = this.u16();
		if (this.#offset + length > this.#bytes.length) throw new RangeError('token is too short');
		const value = this.#bytes.subarray(this.#offset, this.#offset + length);
		this.#offset += length;
		return value;
	}

	text(): string {
		return this.bytes().toString('utf8');
	}

	rest(): Buffer {
		return this.#bytes.subarray(this.#offset);
	}
}

const RTC = 1;
const JOIN = 1;

function u32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}

const hmac = (key: Buffer, message: Buffer | string): Buffer =>
	createHmac('sha256', key).update(message).digest();

/** token.md 6. Only the first service is read: services are sorted and RTC has the lowest type. */
function readToken(token: string): TokenContent {
	if (!token.startsWith('007')) throw new Error('not a 007 token');
	const content = new Reader(inflateSync(Buffer.from(token.slice(3), 'base64')));
	const signature = content.bytes();
	const signingInfo = content.rest();
	const info = new Reader(signingInfo);
	const appId = info.text();
	const issuedAt = info.u32();
	const expiresAt = issuedAt + info.u32();
	const salt = info.u32();
	const services = info.u16();
	const read: TokenContent = {
		appId,
		issuedAt,
		expiresAt,
		signatureIsValid: (certificate) => {
			const key = hmac(u32(salt), hmac(u32(issuedAt), certificate));
			const expected = hmac(key, signingInfo);
			return signature.length === expected.length && timingSafeEqual(signature, expected);
		},
	};
	if (services === 0 || info.u16() !== RTC) return read;
	const privileges = new Map<number, number>();
	for (let count = info.u16(); count > 0; count--) privileges.set(info.u16(), info.u32());
	const join = privileges.get(JOIN);
	const joinUntil = join === undefined ? null : join === 0 ? 0 : issuedAt + join;
	read.rtc = { channel: info.text(), uid: info.text(), joinUntil };
	return read;
}

/** The token's content, or undefined if it is none of version 007. */
export function parseToken(token: string): TokenContent | undefined {
	try {
		return readToken(token);
	} catch {
		return undefined;
	}
}

/** What the recorder finds when it joins with a token, and until when the token is good. */
export type TokenVerdict =
	{ good: true; /** Unix seconds */ until: number } | { good: false; because: string };

/** Whom a token has to be for. */
export interface TokenBearer {
	appId: string;
	certificate: string;
	cname: string;
	uid: string;
	/** Unix seconds. */
	now: number;
}

/** Whether a recorder may join with this token (token.md 1 and 9: codes 109 and 110). */
export function judgeToken(token: string | undefined, bearer: TokenBearer): TokenVerdict {
	const bad = (because: string): TokenVerdict => ({ good: false, because });
	if (token === undefined || token === '') return bad('no token');
	if (token.startsWith('006')) return judgeOldToken(token, bearer);
	const content = parseToken(token);
	if (content === undefined) return bad('token cannot be read');
	if (content.appId !== bearer.appId) return bad('token is for another App ID');
	if (!content.signatureIsValid(bearer.certificate)) return bad('token signature is wrong');
	const { rtc } = content;
	if (rtc === undefined || rtc.joinUntil === null) return bad('token does not allow to join');
	if (rtc.channel !== bearer.cname && rtc.channel !== '*') {
		return bad('token is for another channel');
	}
	if (rtc.uid !== bearer.uid && rtc.uid !== '') return bad('token is for another uid');
	if (content.expiresAt <= bearer.now) return bad('token expired');
	if (rtc.joinUntil !== 0 && rtc.joinUntil <= bearer.now) return bad('join privilege expired');
	return { good: true, until: content.expiresAt };
}
