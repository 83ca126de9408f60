import { createHmac, timingSafeEqual } from 'node:crypto';
import type { TokenBearer, TokenVerdict } from './token.mts';

const HEADER = 3 + 32;
const JOIN = 1;

/** A byte string with its length before it, and what follows (token.md 3). */
function split(bytes: Buffer): [string: Buffer, rest: Buffer] {
	const end = 2 + bytes.readUInt16LE(0);
	if (end > bytes.length) throw new RangeError('token is too short');
	return [bytes.subarray(2, end), bytes.subarray(end)];
}

function judge(token: string, bearer: TokenBearer): TokenVerdict {
	const { appId, certificate, cname, uid, now } = bearer;
	const bad = (because: string): TokenVerdict => ({ good: false, because });
	if (token.slice(3, HEADER) !== appId) return bad('token is for another App ID');
	const [signature, sums] = split(Buffer.from(token.slice(HEADER), 'base64'));
	const [message] = split(sums.subarray(8));
	// Channel and uid are signed with it, and what opens every one is the name '*' and no uid.
	const signed = [cname, '*'].some((channel) =>
		[uid, ''].some((user) => {
			const expected = createHmac('sha256', certificate)
				.update(Buffer.concat([Buffer.from(appId + channel + user, 'utf8'), message]))
				.digest();
			return expected.length === signature.length && timingSafeEqual(expected, signature);
		}),
	);
	if (!signed) return bad('token signature is wrong, or it is for another channel or uid');
	const dayAfter = message.readUInt32LE(4);
	for (let at = 10, left = message.readUInt16LE(8); left > 0; left--, at += 6) {
		if (message.readUInt16LE(at) !== JOIN) continue;
		// What 0 means is documented nowhere: the token's own day.
		const until = message.readUInt32LE(at + 2) || dayAfter;
		return until <= now ? bad('token expired') : { good: true, until };
	}
	return bad('token does not allow to join');
}

/** A token of version 006, which Agora still takes (token.md, "The older AccessToken"). */
export function judgeOldToken(token: string, bearer: TokenBearer): TokenVerdict {
	try {
		return judge(token, bearer);
	} catch {
		return { good: false, because: 'token cannot be read' };
	}
}
