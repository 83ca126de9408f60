import type { INode } from 'n8n-workflow';
import type { z } from 'zod';
import { NOT_EMPTY, rangeRule } from '../agora/requests/common';
import { checked, refusalText } from '../agora/requests/rules';
import { shortened } from '../agora/answers/responses';
import { isObject, kindOf } from '../agora/objects';
import { isSecretName, isStreamUrlName } from '../agora/secrets';
import { linesOf, operationError, type ErrorText } from '../errors';
import { placeOfBreak } from './jsonPlace';

/** A value in the message that refuses it: '' where it is a secret, and not all where it is long. */
function shown(name: string, value: unknown): string {
	if (value === undefined || value === null || value === '') return 'nothing';
	if (isSecretName(name) || isStreamUrlName(name)) return '';
	return shortened(JSON.stringify(value));
}

/** The words for a value that breaks a rule. @param path its name in Agora's request, or in the form */
function valueRefusal(name: string, path: string, value: unknown, rule: string): ErrorText {
	const got = shown(path, value);
	// "must not be empty" says what it is.
	return refusalText(name, rule, rule === NOT_EMPTY && got === 'nothing' ? '' : got);
}

function valueAt(value: unknown, [name, ...rest]: string[]): unknown {
	if (name === undefined) return value;
	return isObject(value) ? valueAt(value[name], rest) : undefined;
}

/**
 * What a field with a list to choose from holds: n8n keeps a choice together with how it was made. A
 * workflow that was written by hand holds the text alone, and an expression may give either.
 */
function unlocated(value: unknown): unknown {
	return isObject(value) && value.__rl === true ? unlocated(value.value) : value;
}

/** Stands for a parameter that the form does not show; n8n throws for those that have no fallback. */
export const ABSENT = Symbol('absent');

/** Asks once for each name: n8n works out a whole collection whenever one of its options is read. */
export function remembered(valueOf: (name: string) => unknown): (name: string) => unknown {
	const values = new Map<string, unknown>();
	return (name) => {
		if (!values.has(name)) values.set(name, valueOf(name));
		return values.get(name);
	};
}

/** Where parameters are read from: the form of an item, or a row in it. */
interface Source {
	node: INode;
	itemIndex: number;
	/** Value of a top-level parameter; {@link ABSENT} where the form does not show it. */
	valueOf: (name: string) => unknown;
	/** Display names by parameter path. */
	names: Map<string, string>;
	/** Path of the row within the form, with a dot at the end; '' for the form itself. */
	prefix: string;
	/** What the row is called in messages, e.g. `Regions 2 → `. */
	title: string;
}

/**
 * The parameters of one item, or of a row in a list of it, read by type. Paths like `video.width` lead
 * into collections. Expressions may give numbers as text and texts as numbers: both are taken for what
 * is meant, everything else is refused with the field's name.
 */
export class ItemParameters {
	private readonly source: Source;

	constructor(source: Source) {
		this.source = source;
	}

	/** Name of a field as the form shows it. */
	nameOf(parameter: string): string {
		const { names, prefix, title } = this.source;
		return `${title}${names.get(`${prefix}${parameter}`) ?? parameter}`;
	}

	/**
	 * Value as it is; `undefined` where it is absent, as an option that was not added, and `null` where
	 * an expression gave nothing.
	 */
	raw(parameter: string): unknown {
		const [top, ...rest] = parameter.split('.');
		const value = this.source.valueOf(top);
		return value === ABSENT ? undefined : unlocated(valueAt(value ?? null, rest));
	}

	/** What lies in a collection, e.g. `recordingOptions`; empty where it is absent. */
	within(parameter: string): ItemParameters {
		return new ItemParameters({
			...this.source,
			valueOf: (name) => {
				const value = this.raw(`${parameter}.${name}`);
				return value === undefined ? ABSENT : value;
			},
			prefix: `${this.source.prefix}${parameter}.`,
		});
	}

	/** Text without spaces around it; '' where it is empty or absent. */
	text(parameter: string): string {
		const value = this.raw(parameter);
		if (value === undefined || value === null) return '';
		if (typeof value === 'string') return value.trim();
		if (typeof value === 'number') return String(value);
		throw this.refusal(parameter, value, 'must be text');
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

	/** Texts from a list by expression, or from a text with commas; empty ones are left out. */
	list(parameter: string): string[] {
		const value = this.raw(parameter);
		const parts = Array.isArray(value) ? value : this.text(parameter).split(',');
		return parts
			.map((part: unknown) => {
				if (typeof part === 'string') return part.trim();
				if (typeof part === 'number') return String(part);
				throw this.refusal(
					parameter,
					value,
					'must be a list of texts or numbers, separated by commas',
				);
			})
			.filter((part) => part !== '');
	}

	/** Number; `fallback` where it is absent. */
	number(parameter: string, fallback: number): number {
		const value = this.raw(parameter);
		if (value === undefined) return fallback;
		if (typeof value === 'number' && Number.isFinite(value)) return value;
		if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) {
			return Number(value);
		}
		throw this.refusal(parameter, value, 'must be a number');
	}

	/** Number, or undefined where it is absent. */
	optionalNumber(parameter: string): number | undefined {
		return this.raw(parameter) === undefined ? undefined : this.number(parameter, 0);
	}

	/** Whole number within limits, both included. */
	wholeNumberWithin(parameter: string, fallback: number, min: number, max: number): number {
		const value = this.number(parameter, fallback);
		if (!Number.isInteger(value) || value < min || value > max) {
			throw this.refusal(parameter, value, rangeRule(min, max));
		}
		return value;
	}

	boolean(parameter: string, fallback: boolean): boolean {
		const value = this.raw(parameter);
		if (value === undefined) return fallback;
		if (typeof value === 'boolean') return value;
		if (value === 'true' || value === 'false') return value === 'true';
		throw this.refusal(parameter, value, 'must be true or false');
	}

	/** One of a list of names. */
	choice<T extends string>(parameter: string, allowed: readonly T[], fallback: T): T {
		const value = this.raw(parameter);
		if (value === undefined) return fallback;
		const chosen = allowed.find((name) => name === value);
		if (chosen === undefined)
			throw this.refusal(parameter, value, `must be one of ${allowed.join(', ')}`);
		return chosen;
	}

	/** A JSON object, written as text or given by expression; empty where there is none. */
	jsonObject(parameter: string): Record<string, unknown> {
		const value = this.raw(parameter);
		if (value === undefined || value === null || value === '') return {};
		const parsed = typeof value === 'string' ? this.parsed(parameter, value) : value;
		if (isObject(parsed)) return parsed;
		throw this.jsonRefusal(parameter, kindOf(parsed));
	}

	private parsed(parameter: string, json: string): unknown {
		try {
			return JSON.parse(json);
		} catch {
			throw this.jsonRefusal(parameter, `invalid JSON from ${placeOfBreak(json)} on`);
		}
	}

	private jsonRefusal(parameter: string, got: string) {
		const rule = 'must be a JSON object such as { "clientRequest": {} }';
		return this.error(refusalText(this.nameOf(parameter), rule, got));
	}

	/** The rows of a list, e.g. `regions.region`; none where nothing was added. */
	rows(parameter: string): ItemParameters[] {
		const value = this.raw(parameter);
		if (value === undefined || value === null) return [];
		if (!Array.isArray(value)) throw this.refusal(parameter, value, 'must be a list');
		const [list] = parameter.split(/\.(?=[^.]*$)/);
		return value.map(
			(row: unknown, i) =>
				new ItemParameters({
					...this.source,
					valueOf: (name) => valueAt(row, [name]) ?? ABSENT,
					prefix: `${this.source.prefix}${parameter}.`,
					title: `${this.nameOf(list)} ${i + 1} → `,
				}),
		);
	}

	/** The error that refuses a field's value. */
	refusal(parameter: string, value: unknown, rule: string) {
		return this.refusalOf(this.nameOf(parameter), parameter, value, rule);
	}

	/**
	 * Holds a request against its schema.
	 *
	 * @param fieldOf name of the field that a place in the request comes from
	 * @returns the request, of its type
	 * @throws NodeOperationError naming the field, its rule and its value
	 */
	check<S extends z.ZodTypeAny>(
		schema: S,
		request: unknown,
		fieldOf: (path: string) => string,
	): z.output<S> {
		const parsed = checked(schema, request);
		if ('request' in parsed) return parsed.request;
		const texts = parsed.broken.map(({ path, value, rule }) =>
			valueRefusal(fieldOf(path), path, value, rule),
		);
		const [{ message, advice }, ...others] = texts;
		const also = others.flatMap((other) => [other.message, other.advice]);
		throw this.error({ message, advice: linesOf(advice, ...also) });
	}

	/** The error that refuses a value of a field that is not of this form (of the credential, say). */
	refusalOf(name: string, path: string, value: unknown, rule: string) {
		return this.error(valueRefusal(name, path, value, rule));
	}

	private error(text: ErrorText) {
		return operationError(this.source.node, this.source.itemIndex, text);
	}
}
