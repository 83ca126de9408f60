import { ByteReader } from './byteReader';
import { isoOf, PRIVILEGES, readRtcToken, tokenRefusal, type TokenBearer } from './rtcToken';

/**
 * Tokens that a user brings along, of both versions that Agora takes: 007, and 006 (AccessToken), which
 * older token servers still make. Source: token.md, "The older AccessToken".
 */

const OLD_VERSION = '006';
const APP_ID_END = OLD_VERSION.length + 32;

/** CRC-32 of a text's UTF-8 bytes (IEEE 802.3), as Agora's token builders have it. */
export function crc32(text: string): number {
	let crc = 0xffffffff;
	for (const byte of Buffer.from(text, 'utf8')) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return (crc ^ 0xffffffff) >>> 0;
}

/** What a token of version 006 says of itself; its signature is not looked at. */
export interface OldTokenContent {
	appId: string;
	/** CRC-32 of the channel's name: a match proves nothing, a difference does. */
	channelSum: number;
	/** CRC-32 of the UID as text; that of '' for any. */
	uidSum: number;
	/** Until when it allows to join, Unix seconds; 0 without a word, undefined for no such right. */
	joinEndsAt?: number;
}

/** Reads a token without checking its signature; undefined for what is none of version 006. */
export function readOldToken(token: string): OldTokenContent | undefined {
	if (!token.startsWith(OLD_VERSION)) return undefined;
	try {
		const content = new ByteReader(Buffer.from(token.slice(APP_ID_END), 'base64'));
		content.bytes(); // signature
		const channelSum = content.u32();
		const uidSum = content.u32();
		const message = new ByteReader(content.bytes());
		message.u32(); // salt
		message.u32(); // a day after it was made
		let joinEndsAt: number | undefined;
		for (let privileges = message.u16(); privileges > 0; privileges--) {
			const privilege = message.u16();
			const endsAt = message.u32();
			if (privilege === PRIVILEGES.join) joinEndsAt = endsAt;
		}
		return { appId: token.slice(OLD_VERSION.length, APP_ID_END), channelSum, uidSum, joinEndsAt };
	} catch {
		return undefined;
	}
}

/** Why a token of version 006 cannot do; undefined where nothing speaks against it. */
export function oldTokenRefusal(
	token: OldTokenContent,
	{ appId, channel, uid, now }: TokenBearer,
): string | undefined {
	const { channelSum, uidSum, joinEndsAt } = token;
	if (token.appId !== appId) return 'must be a token generated with the App ID in the credential';
	if (![channel, '*'].some((name) => crc32(name) === channelSum)) {
		return `must be a token for the channel "${channel}", but is for another one`;
	}
	if (uid === undefined && crc32('') !== uidSum) {
		return "must be used with 'Recorder UID' set to the UID that it was generated for";
	}
	if (uid !== undefined && !['', uid].some((name) => crc32(name) === uidSum)) {
		return `must be a token for the recorder UID ${uid}, but is for another one`;
	}
	if (joinEndsAt === undefined) return 'must be a token with permission to join the channel';
	return joinEndsAt > 0 && joinEndsAt <= now
		? `must be a valid token, but expired at ${isoOf(joinEndsAt)}`
		: undefined;
}

/**
 * Judges a pasted token as far as it can be read without the App Certificate.
 *
 * @returns the rule that it breaks, or until when it is good (Unix seconds; undefined where it
 *   does not say)
 */
export async function judgePastedToken(
	token: string,
	bearer: TokenBearer,
): Promise<{ refusal?: string; expiresAt?: number }> {
	const old = readOldToken(token);
	if (old) {
		const refusal = oldTokenRefusal(old, bearer);
		return refusal ? { refusal } : { expiresAt: old.joinEndsAt || undefined };
	}
	const content = await readRtcToken(token);
	if (!content) return { refusal: 'must be an RTC token, which begins with 007 or 006' };
	const refusal = tokenRefusal(content, bearer);
	return refusal ? { refusal } : { expiresAt: content.expiresAt };
}
