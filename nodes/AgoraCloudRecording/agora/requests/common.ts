import { z } from 'zod';
import { isUid, MAX_UID, uidSchema } from '../identity';

/**
 * Building blocks of the request schemas. Their messages are phrases that complete "Allowed: …", and
 * stand in front of the user with the name of the field.
 */

/** What is allowed, in words; a limit that is only the largest number there is stays unsaid. */
export function rangePhrase(min: number, max: number, unit = ''): string {
	const end = max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`;
	return `a whole number from ${min}${end}${unit && ` ${unit}`}`;
}

/** Whole number within limits, both included. */
export function wholeNumber(min: number, max: number, unit = '') {
	const phrase = rangePhrase(min, max, unit);
	return z.number().int(phrase).min(min, phrase).max(max, phrase);
}

/** One of a few numbers. */
export function oneOf(...allowed: readonly number[]) {
	return z.number().refine((value) => allowed.includes(value), `one of ${allowed.join(', ')}`);
}

/** One of a few texts. */
export function oneOfTexts(...allowed: readonly string[]) {
	return z.string().refine((value) => allowed.includes(value), `one of ${allowed.join(', ')}`);
}

/** Text that must not be empty. */
export function filled(what: string) {
	return z.string().min(1, `${what}, which must not be empty`);
}

/** Web address with one of these schemes. */
export function address(...schemes: readonly string[]) {
	const starts = schemes.map((scheme) => `${scheme}://`);
	return z
		.string()
		.refine(
			(text) => URL.canParse(text) && starts.some((start) => text.toLowerCase().startsWith(start)),
			`an address that begins with ${starts.join(' or ')}`,
		);
}

/** "Everyone" in a subscription list. */
export const ALL_STREAMS = '#allstream#';
/** Longest subscription list (rest-api.md 3.3, rule 6). */
export const MAX_LISTED_UIDS = 32;

/** UIDs to subscribe to, or everyone. */
export const subscribedUids = z
	.array(
		z
			.string()
			.refine(
				(uid) => uid === ALL_STREAMS || isUid(uid),
				`whole numbers from 1 to ${MAX_UID}, without leading zeros`,
			),
	)
	.min(1, 'at least one UID')
	.max(MAX_LISTED_UIDS, `at most ${MAX_LISTED_UIDS} UIDs`)
	.refine(
		(uids) => uids.length === 1 || !uids.includes(ALL_STREAMS),
		`${ALL_STREAMS} alone, or UIDs`,
	);

/** UIDs not to subscribe to. */
export const unsubscribedUids = z
	.array(uidSchema)
	.min(1, 'at least one UID')
	.max(MAX_LISTED_UIDS, `at most ${MAX_LISTED_UIDS} UIDs`);

/** Adds a broken rule at a place of the request. */
export function breaks(context: z.RefinementCtx, path: Array<string | number>, allowed: string) {
	context.addIssue({ code: 'custom', path, message: allowed });
}
