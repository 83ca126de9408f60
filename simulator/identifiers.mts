import { createHash, randomBytes } from 'node:crypto';

const CHECK_LENGTH = 8;

const check = (text: string): string =>
	createHash('sha256').update(text).digest('base64url').slice(0, CHECK_LENGTH);

/** A long base64url text, as in Agora's samples. It carries a check, so that damage can be told. */
export function newResourceId(): string {
	const text = randomBytes(180).toString('base64url');
	return text + check(text);
}

/** Whether it was given out by some simulator and is undamaged; if not: code 1001 (errors.md 4). */
export function isResourceId(text: string): boolean {
	return (
		text.length > CHECK_LENGTH && check(text.slice(0, -CHECK_LENGTH)) === text.slice(-CHECK_LENGTH)
	);
}

/** 32 hexadecimal characters, as in Agora's samples. */
export const newSid = (): string => randomBytes(16).toString('hex');

/** 32 hexadecimal characters, as in the observed example (notifications.md 3). */
export const newNoticeId = newSid;
