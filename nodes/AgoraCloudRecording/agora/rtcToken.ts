import { createHmac } from 'node:crypto';
import { ByteReader } from './byteReader';

/**
 * RTC tokens, version 007 (AccessToken2): made and read without asking Agora. Source: token.md.
 * Only n8n's allowed means are used, so compression is that of the platform's streams, which is
 * asynchronous.
 */

const VERSION = '007';
const RTC_SERVICE = 1;

/** What an RTC token may allow (token.md section 4). */
export const PRIVILEGES = { join: 1, publishAudio: 2, publishVideo: 3, publishData: 4 } as const;

/** Longest life of a token in seconds: 24 hours. */
export const MAX_TOKEN_SECONDS = 24 * 3600;

/** Largest salt; the smallest is 1. */
export const MAX_SALT = 99_999_999;

export interface RtcTokenRequest {
	appId: string;
	appCertificate: string;
	/** Name of the channel, or `*` for any. */
	channel: string;
	/** UID as text; '' for any. */
	uid: string;
	/** Seconds from issue for each privilege; 0 leaves it to the token's own life. */
	privileges: ReadonlyArray<readonly [privilege: number, seconds: number]>;
	/** Seconds from issue. */
	expire: number;
	/** Unix seconds. */
	issuedAt: number;
	/** 1 to {@link MAX_SALT}, at random. */
	salt: number;
}

/** What a token says of itself; its signature is not looked at. */
export interface RtcTokenContent {
	appId: string;
	/** `*` for any. */
	channel: string;
	/** '' for any. */
	uid: string;
	/** Unix seconds. */
	issuedAt: number;
	/** Unix seconds. */
	expiresAt: number;
	/** Seconds from issue for the right to join; 0 as long as the token, undefined for no such right. */
	joinSeconds?: number;
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
	const bytes = Buffer.from(value as string);
	return Buffer.concat([u16(bytes.length), bytes]);
};

const hmac = (key: Buffer, message: Buffer | string) =>
	createHmac('sha256', key).update(message).digest();

async function through(bytes: Buffer, stream: CompressionStream | DecompressionStream) {
	const piped = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(stream);
	return Buffer.from(await new Response(piped).arrayBuffer());
}

/** Makes a token; the small numbers are the keys of the first two rounds (token.md section 5). */
export async function buildRtcToken(request: RtcTokenRequest): Promise<string> {
	const privileges = [...request.privileges].sort(([a], [b]) => a - b);
	const info = Buffer.concat([
		packed(request.appId),
		u32(request.issuedAt),
		u32(request.expire),
		u32(request.salt),
		u16(1),
		u16(RTC_SERVICE),
		u16(privileges.length),
		...privileges.flatMap(([privilege, seconds]) => [u16(privilege), u32(seconds)]),
		packed(request.channel),
		packed(request.uid),
	]);
	const key = hmac(u32(request.salt), hmac(u32(request.issuedAt), request.appCertificate));
	const content = Buffer.concat([packed(hmac(key, info)), info]);
	return VERSION + (await through(content, new CompressionStream('deflate'))).toString('base64');
}

/** Reads a token without checking its signature; undefined for what is no RTC token of version 007. */
export async function readRtcToken(token: string): Promise<RtcTokenContent | undefined> {
	if (!token.startsWith(VERSION)) return undefined;
	try {
		const packedBytes = Buffer.from(token.slice(VERSION.length), 'base64');
		const reader = new ByteReader(await through(packedBytes, new DecompressionStream('deflate')));
		reader.bytes(); // signature
		const appId = reader.text();
		const issuedAt = reader.u32();
		const expiresAt = issuedAt + reader.u32();
		reader.u32(); // salt
		// Services come in the order of their numbers, and RTC has the lowest.
		if (reader.u16() === 0 || reader.u16() !== RTC_SERVICE) return undefined;
		let joinSeconds: number | undefined;
		for (let privileges = reader.u16(); privileges > 0; privileges--) {
			const privilege = reader.u16();
			const seconds = reader.u32();
			if (privilege === PRIVILEGES.join) joinSeconds = seconds;
		}
		const channel = reader.text();
		const uid = reader.text();
		return { appId, channel, uid, issuedAt, expiresAt, joinSeconds };
	} catch {
		return undefined;
	}
}

/** Whom a token is to let in, and where. */
export interface TokenBearer {
	appId: string;
	channel: string;
	/** Undefined where it is not settled yet. */
	uid?: string;
	/** Unix seconds. */
	now: number;
}

/** Why a token cannot let this recorder into this channel; undefined where nothing speaks against it. */
export function tokenRefusal(
	token: RtcTokenContent,
	{ appId, channel, uid, now }: TokenBearer,
): string | undefined {
	if (token.appId !== appId) return 'must be a token generated with the App ID in the credential';
	if (token.channel !== '*' && token.channel !== channel) {
		return `must be a token for the channel "${channel}", but is for "${token.channel}"`;
	}
	if (token.uid !== '' && token.uid !== uid) {
		return uid === undefined
			? `must be used with 'Recorder UID' set to ${token.uid}, which it was generated for`
			: `must be a token for the recorder UID ${uid}, but is for ${token.uid}`;
	}
	const { expiresAt, issuedAt, joinSeconds } = token;
	if (expiresAt <= now) {
		return `must be a valid token, but expired at ${isoOf(expiresAt)}`;
	}
	if (joinSeconds === undefined) return 'must be a token with permission to join the channel';
	const joinEndsAt = issuedAt + joinSeconds;
	return joinSeconds > 0 && joinEndsAt <= now
		? `must be a token with permission to join the channel, but that permission expired at ${isoOf(joinEndsAt)}`
		: undefined;
}

/** Unix seconds as ISO 8601. */
export const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString();
