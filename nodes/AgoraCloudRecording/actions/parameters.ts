import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { z } from 'zod';
import { brokenRules, type BrokenRule } from '../agora/rules';
import { displayNames } from '../fields/form';
import { operationError } from '../transport/errors';

/** Values that must not be shown even in the message that refuses them. */
const SECRET = /token|secret|accesskey|salt/i;

function shown(name: string, value: unknown): string {
	if (value === undefined || value === null || value === '') return 'empty';
	if (SECRET.test(name)) return 'not valid';
	return JSON.stringify(value);
}

/**
 * The parameters of one item, read by type. Expressions may give numbers as text and texts as
 * numbers: both are taken for what is meant, everything else is refused with the field's name.
 */
export class ItemParameters {
	private readonly names: Map<string, string>;

	constructor(
		private readonly context: IExecuteFunctions,
		readonly itemIndex: number,
		form: INodeProperties[],
	) {
		this.names = displayNames(form);
	}

	/** Name of a field as the form shows it. */
	nameOf(parameter: string): string {
		return this.names.get(parameter) ?? parameter;
	}

	/** Value as it is; `undefined` where it is absent, as an option that was not added. */
	raw(parameter: string): unknown {
		const [top, inner] = parameter.split('.');
		const value: unknown = this.context.getNodeParameter(top, this.itemIndex, undefined);
		if (inner === undefined) return value;
		return typeof value === 'object' && value !== null
			? (value as Record<string, unknown>)[inner]
			: undefined;
	}

	/** Text without spaces around it; '' where it is empty or absent. */
	text(parameter: string): string {
		const value = this.raw(parameter);
		if (value === undefined || value === null) return '';
		if (typeof value === 'string') return value.trim();
		if (typeof value === 'number') return String(value);
		throw this.refusal(parameter, value, 'a text');
	}

	/** Text as it is, spaces included. */
	exactText(parameter: string): string {
		const value = this.raw(parameter);
		return typeof value === 'string' ? value : this.text(parameter);
	}

	/** Text, or undefined where it is empty or absent. */
	optionalText(parameter: string): string | undefined {
		return this.text(parameter) || undefined;
	}

	/** Number; `fallback` where it is absent. */
	number(parameter: string, fallback: number): number {
		const value = this.raw(parameter);
		if (value === undefined) return fallback;
		if (typeof value === 'number' && Number.isFinite(value)) return value;
		if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
			return Number(value);
		}
		throw this.refusal(parameter, value, 'a number');
	}

	optionalNumber(parameter: string): number | undefined {
		return this.raw(parameter) === undefined ? undefined : this.number(parameter, 0);
	}

	/** Number within limits. */
	numberWithin(parameter: string, fallback: number, min: number, max: number): number {
		const value = this.number(parameter, fallback);
		if (value < min || value > max) {
			throw this.refusal(parameter, value, `a number from ${min} to ${max}`);
		}
		return value;
	}

	boolean(parameter: string, fallback: boolean): boolean {
		const value = this.raw(parameter);
		if (value === undefined) return fallback;
		if (typeof value === 'boolean') return value;
		if (value === 'true' || value === 'false') return value === 'true';
		throw this.refusal(parameter, value, 'true or false');
	}

	/** One of a list of names. */
	choice<T extends string>(parameter: string, allowed: readonly T[], fallback: T): T {
		const value = this.raw(parameter) ?? fallback;
		const chosen = allowed.find((name) => name === value);
		if (chosen === undefined) throw this.refusal(parameter, value, `one of ${allowed.join(', ')}`);
		return chosen;
	}

	/** The error that refuses a field's value. */
	refusal(parameter: string, value: unknown, allowed: string) {
		return this.refusalOf(this.nameOf(parameter), parameter, value, allowed);
	}

	/**
	 * Holds a request against its schema.
	 *
	 * @param parameterOf which parameter a place in the request comes from
	 * @throws NodeOperationError naming the field, its value and what is allowed
	 */
	check(
		schema: z.ZodTypeAny,
		request: unknown,
		parameterOf: (path: string) => { name: string },
	): void {
		const [first, ...others] = brokenRules(schema, request);
		if (!first) return;
		const nameOf = (rule: BrokenRule) => parameterOf(rule.path).name;
		throw this.refusalOf(
			nameOf(first),
			first.path,
			first.value,
			first.allowed,
			others.map((rule) => `'${nameOf(rule)}' must be ${rule.allowed}.`).join(' '),
		);
	}

	/** The error that refuses a value of a field that is not of this form (of the credential, say). */
	refusalOf(name: string, path: string, value: unknown, allowed: string, more = '') {
		return operationError(this.context.getNode(), this.itemIndex, {
			message: `'${name}' is ${shown(path, value)}. Allowed: ${allowed}`,
			advice: more && `Also: ${more}`,
		});
	}
}
