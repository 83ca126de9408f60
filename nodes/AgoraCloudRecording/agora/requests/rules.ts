import type { z } from 'zod';

/** A value that breaks a documented rule, found before a request is spent. */
export interface BrokenRule {
	/** Where in Agora's request, e.g. `clientRequest.recordingConfig.maxIdleTime`. */
	path: string;
	/** The value as it would have been sent. */
	value: unknown;
	/** What is allowed instead, as a phrase. */
	allowed: string;
}

const TYPE_PHRASES: Record<string, string> = {
	string: 'a text',
	number: 'a number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
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
	const shapes = [TYPE_PHRASES.object, TYPE_PHRASES.array];
	return brokenRules(schema, request).filter(
		({ value, allowed }) => value !== undefined && shapes.includes(allowed),
	);
}

/**
 * Holds a request against its schema. The schemas' messages are phrases that say what is allowed; only
 * wrong types, which zod words by itself, are put into words here.
 *
 * @returns the request, of its type; or the broken rules, in its order
 */
export function checked<S extends z.ZodTypeAny>(
	schema: S,
	request: unknown,
): { request: z.output<S> } | { broken: [BrokenRule, ...BrokenRule[]] } {
	const parsed = schema.safeParse(request);
	if (parsed.success) return { request: parsed.data };
	const [first, ...others] = parsed.error.issues.map((issue) => ({
		path: issue.path.join('.'),
		value: valueAt(request, issue.path),
		allowed:
			// A fraction is of the wrong type too, but there the message says what is allowed.
			issue.code === 'invalid_type' && !String(issue.expected).startsWith('int')
				? (TYPE_PHRASES[String(issue.expected)] ?? String(issue.expected))
				: issue.message,
	}));
	return { broken: [first, ...others] };
}

/** The rules that a request breaks; empty where it may be sent. */
export function brokenRules(schema: z.ZodTypeAny, request: unknown): BrokenRule[] {
	const result = checked(schema, request);
	return 'broken' in result ? result.broken : [];
}
