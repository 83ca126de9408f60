import { z } from 'zod';

/**
 * Readers for what notifications hold. Nothing in a notice may make it unreadable as a whole: a
 * member of an unexpected type counts as absent, and numbers and texts stand for each other, because
 * Agora writes some of them both ways.
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

export const flag = z.boolean().optional().catch(undefined);

/** An object as it came; anything else reads as empty. */
export const members = z.record(z.string(), z.unknown()).catch({});

export type Members = Record<string, unknown>;

/** Names that would change an object instead of filling it. */
const UNSAFE_NAMES = ['__proto__', 'constructor', 'prototype'];
/** Agora's notices have four levels at most; deeper ones are cut, whoever wrote them. */
const MAX_DEPTH = 10;

/** A copy of parsed JSON that can be handed on: without unsafe names, and not too deep. */
export function safeCopy(value: unknown, depth = MAX_DEPTH): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (depth === 0) return null;
	if (Array.isArray(value)) return value.map((element) => safeCopy(element, depth - 1));
	return Object.fromEntries(
		Object.entries(value)
			.filter(([name]) => !UNSAFE_NAMES.includes(name))
			.map(([name, member]) => [name, safeCopy(member, depth - 1)]),
	);
}
