import { z } from 'zod';
import { withoutStreamKeys } from './secrets';

/**
 * Readers for what Agora's answers and notices hold. No member may make one unreadable as a whole: one
 * of an unexpected type counts as absent, and numbers, booleans and texts stand for each other, because
 * Agora writes some of them both ways (rest-api.md section 6).
 */
export const text = z
	.union([z.string(), z.number().transform(String)])
	.optional()
	.catch(undefined);

export const number = z
	.union([
		z.number(),
		z
			.string()
			.regex(/^-?\d{1,15}(\.\d+)?$/)
			.transform(Number),
	])
	.optional()
	.catch(undefined);

export const flag = z
	.union([
		z.boolean(),
		z
			.string()
			.regex(/^(true|false)$/i)
			.transform((word) => word.toLowerCase() === 'true'),
	])
	.optional()
	.catch(undefined);

/** An ID. One that is no text is none of Agora's. */
export const id = z.string().optional().catch(undefined);

/** A list; elements of another type read as null. */
export const listOf = <T extends z.ZodTypeAny>(element: T) =>
	z.array(element.nullable().catch(null)).optional().catch(undefined);

/** An object as it came; anything else reads as empty. */
export const members = z.record(z.string(), z.unknown()).catch({});

export type Members = Record<string, unknown>;

/** Parsed JSON. */
export type Json = string | number | boolean | null | Json[] | JsonMembers;
export type JsonMembers = { [name: string]: Json };

/** Names that would change an object instead of filling it. */
const UNSAFE_NAMES = ['__proto__', 'constructor', 'prototype'];
/** Agora's notices have four levels at most, its answers seven; deeper ones are cut. */
const MAX_DEPTH = 10;
/** Stands in a copy for what was left out. */
export const CUT = '… (cut)';

export interface CopyRules {
	/** What to make of each text, and of each name. */
	text?: (text: string, name: string) => string;
	/** Characters in all that are taken over. */
	maxSize?: number;
	/** Is told that something was left out. */
	onCut?: () => void;
}

/**
 * A copy of a parsed JSON object that can be handed on: without unsafe names and keys of streams, not
 * too deep, and not too large.
 */
export function safeCopy(value: Members, rules: CopyRules = {}): JsonMembers {
	const { text = withoutStreamKeys, onCut = () => undefined } = rules;
	let left = rules.maxSize ?? Infinity;
	const cut = () => {
		onCut();
		return CUT;
	};
	const members = function* <T>(all: Iterable<T>, last: T) {
		for (const member of all) {
			if (left <= 0) {
				cut();
				yield last;
				return;
			}
			yield member;
		}
	};
	const copy = (original: unknown, name: string, depth: number): Json => {
		if (typeof original === 'string') {
			const told = text(original, name);
			left -= told.length;
			return told;
		}
		left--;
		if (typeof original === 'number' || typeof original === 'boolean') return original;
		if (typeof original !== 'object' || original === null) return null;
		if (depth === 0) return cut();
		return Array.isArray(original)
			? Array.from(members<unknown>(original, CUT), (element) => copy(element, name, depth - 1))
			: copyOf(original, depth);
	};
	const copyOf = (original: object, depth: number): JsonMembers => {
		const named = Object.entries(original).filter(([key]) => !UNSAFE_NAMES.includes(key));
		return Object.fromEntries(
			Array.from(members<[string, unknown]>(named, [CUT, CUT]), ([key, member]) => {
				left -= key.length;
				return [text(key, ''), copy(member, key, depth - 1)];
			}),
		);
	};
	return copyOf(value, MAX_DEPTH);
}
