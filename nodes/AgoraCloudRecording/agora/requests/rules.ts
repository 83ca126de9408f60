import type { z } from 'zod';
import { NOT_EMPTY } from './common';

/** A value that breaks a documented rule, found before a request is spent. */
export interface BrokenRule {
	/** Where in Agora's request, e.g. `clientRequest.recordingConfig.maxIdleTime`. */
	path: string;
	/** The value as it would have been sent. */
	value: unknown;
	/** What it breaks, to complete the name of its field, e.g. `must be a number`. */
	rule: string;
}

/**
 * The words for a bad value, wherever it was entered:
 * `'Width (Pixels)' must be a whole number from 1 to 1920 pixels (got 5000)`.
 *
 * @param rule what completes the name to a sentence; further lines say more, and stand below it
 * @param got the value in words; '' where it is not shown
 */
export function refusalText(
	name: string,
	rule: string,
	got: string,
): { message: string; advice: string } {
	const [first, ...more] = rule.split('\n');
	return { message: `'${name}' ${first}${got && ` (got ${got})`}`, advice: more.join('\n') };
}

const TYPE_RULES: Record<string, string> = {
	string: 'must be text',
	number: 'must be a number',
	boolean: 'must be true or false',
	array: 'must be a list',
	object: 'must be an object',
};

function valueAt(root: unknown, path: ReadonlyArray<PropertyKey>): unknown {
	return path.reduce<unknown>(
		(value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
		root,
	);
}

/**
 * Places of a request where something else stands for an object or a list of Agora's. What is left out
 * is no such place, and neither is what no schema knows.
 */
export function misshapen(schema: z.ZodTypeAny, request: unknown): BrokenRule[] {
	const shapes = [TYPE_RULES.object, TYPE_RULES.array];
	return brokenRules(schema, request).filter(
		({ value, rule }) => value !== undefined && shapes.includes(rule),
	);
}

/**
 * Holds a request against its schema. The schemas' messages are rules; only wrong types, which zod words
 * by itself, are put into words here.
 *
 * @returns the request, of its type; or the broken rules, in its order
 */
export function checked<S extends z.ZodTypeAny>(
	schema: S,
	request: unknown,
): { request: z.output<S> } | { broken: [BrokenRule, ...BrokenRule[]] } {
	const parsed = schema.safeParse(request);
	if (parsed.success) return { request: parsed.data };
	const [first, ...others] = parsed.error.issues.map((issue) => {
		const value = valueAt(request, issue.path);
		// A fraction is of the wrong type too, but there the message is the rule.
		const isType = issue.code === 'invalid_type' && !String(issue.expected).startsWith('int');
		const ofType = isType && (TYPE_RULES[String(issue.expected)] ?? `must be ${issue.expected}`);
		const rule = isType && value === undefined ? NOT_EMPTY : ofType || issue.message;
		return { path: issue.path.join('.'), value, rule };
	});
	return { broken: [first, ...others] };
}

/** The rules that a request breaks; empty where it may be sent. */
export function brokenRules(schema: z.ZodTypeAny, request: unknown): BrokenRule[] {
	const result = checked(schema, request);
	return 'broken' in result ? result.broken : [];
}
