/** Whether a value is an object with members, and no list. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Drops members that are undefined, so that a body, or an output, holds only what is meant. */
export function defined<T extends object>(value: T): T {
	return Object.fromEntries(
		Object.entries(value).filter(([, member]) => member !== undefined),
	) as T;
}

const KINDS: Record<string, string> = {
	...{ undefined: 'nothing', object: 'an object', string: 'text', number: 'a number' },
	boolean: 'true or false',
};

/** What a value is, in words, without showing it: it may be a secret. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'a list' : (KINDS[typeof value] ?? typeof value);
}
