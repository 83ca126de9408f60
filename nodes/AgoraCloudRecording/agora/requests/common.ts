import { z } from 'zod';
import { isUid, MAX_UID, uidSchema } from '../identity';

/**
 * Building blocks of the request schemas. Their messages are rules: what completes the name of the field
 * to a sentence, such as `must be a whole number from 1 to 10` (`refusalText` in `rules.ts`).
 */

/** The rule of a range; a limit that is only the largest number there is stays unsaid. */
export function rangeRule(min: number, max: number, unit = ''): string {
	const end = max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`;
	return `must be a whole number from ${min}${end}${unit && ` ${unit}`}`;
}

/** Whole number within limits, both included. */
export function wholeNumber(min: number, max: number, unit = '') {
	const rule = rangeRule(min, max, unit);
	return z.number().int(rule).min(min, rule).max(max, rule);
}

/** One of a few numbers. */
export function oneOf(...allowed: readonly number[]) {
	return z
		.number()
		.refine((value) => allowed.includes(value), `must be one of ${allowed.join(', ')}`);
}

/** One of a few texts. */
export function oneOfTexts(...allowed: readonly string[]) {
	return z
		.string()
		.refine((value) => allowed.includes(value), `must be one of ${allowed.join(', ')}`);
}

export const NOT_EMPTY = 'must not be empty';

/** Text that must not be empty. */
export const filled = z.string().min(1, NOT_EMPTY);

/** Web address with one of these schemes. */
export function address(...schemes: readonly string[]) {
	const starts = schemes.map((scheme) => `${scheme}://`);
	return z
		.string()
		.refine(
			(text) => URL.canParse(text) && starts.some((start) => text.toLowerCase().startsWith(start)),
			`must be an address that begins with ${starts.join(' or ')}`,
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
				`must contain only whole numbers from 1 to ${MAX_UID}, without leading zeros`,
			),
	)
	.min(1, 'must contain at least one UID')
	.max(MAX_LISTED_UIDS, `must contain at most ${MAX_LISTED_UIDS} UIDs`)
	.refine(
		(uids) => uids.length === 1 || !uids.includes(ALL_STREAMS),
		`must be either ${ALL_STREAMS} alone or UIDs`,
	);

/** UIDs not to subscribe to. */
export const unsubscribedUids = z
	.array(uidSchema)
	.min(1, 'must contain at least one UID')
	.max(MAX_LISTED_UIDS, `must contain at most ${MAX_LISTED_UIDS} UIDs`);

/** Adds a broken rule at a place of the request. */
export function breaks(context: z.RefinementCtx, path: Array<string | number>, rule: string) {
	context.addIssue({ code: 'custom', path, message: rule });
}
