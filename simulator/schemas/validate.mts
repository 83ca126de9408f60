import { z } from 'zod';
import { Refused } from '../errors.mts';
import type { ChannelOperation, Operation } from '../routes.mts';
import type { Rule } from './storage.mts';

type WithBody = Exclude<Operation, 'ncsIp' | ChannelOperation>;

/** How the reason of code 2 calls the endpoint: `Acquire: invalid … value!` (rest-api.md 2). */
const title = (operation: WithBody): string =>
	operation.charAt(0).toUpperCase() + operation.slice(1);

/** `['clientRequest', 'a', 0, 'b']` becomes `a[0].b`. */
function fieldName(path: readonly (string | number)[]): string {
	const [first, ...rest] = path;
	const inner = first === 'clientRequest' && rest.length > 0 ? rest : path;
	return inner
		.map((key, index) => {
			if (typeof key === 'number') return `[${key}]`;
			return index === 0 ? key : `.${key}`;
		})
		.join('');
}

function reasonOf(issue: z.ZodIssue): string {
	if (issue.code === 'unrecognized_keys') {
		const unknown = fieldName([...issue.path, issue.keys[0] ?? '']);
		return `unknown parameter ${unknown}!`;
	}
	const field = issue.path.length === 0 ? 'body' : fieldName(issue.path);
	if (issue.code === 'invalid_type' && issue.received === 'undefined') {
		return `${field} is missing!`;
	}
	return `invalid ${field} value!`;
}

/**
 * A request body, checked against its schema.
 * @throws Refused code 2 with a reason that names the endpoint and the first wrong field
 */
export function parsed<Schema extends z.ZodTypeAny>(
	operation: WithBody,
	schema: Schema,
	body: unknown,
): z.output<Schema> {
	const result = schema.safeParse(body);
	if (result.success) return result.data as z.output<Schema>;
	const issue = result.error.issues[0];
	const reason = issue === undefined ? 'invalid body value!' : reasonOf(issue);
	throw new Refused(`${operation}.2`, `${title(operation)}: ${reason}`);
}

/**
 * Checks rules in the order of their table.
 * @throws Refused code 2 with a reason that names the endpoint, the field and the rule
 */
export function obey<Subject>(
	operation: WithBody,
	rules: readonly Rule<Subject>[],
	subject: Subject,
): void {
	const broken = rules.find((rule) => rule.broken(subject));
	if (broken === undefined) return;
	throw new Refused(
		`${operation}.2`,
		`${title(operation)}: invalid ${broken.field} value! (${broken.says})`,
	);
}
