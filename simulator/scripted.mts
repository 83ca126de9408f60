import type { z } from 'zod';

/** Which of the requests that match a rule are hit. */
export interface Turns {
	/** The first one, counted from 1. */
	nth: number;
	/** How many in a row; null = all from then on. */
	times: number | null;
}

/** A rule that was added, and how far it has got. */
export type Scripted<Rule extends Turns> = Rule & {
	id: number;
	/** Matching requests so far. */
	seen: number;
	/** Requests that were hit so far. */
	hits: number;
};

/** The rules in force, in the order in which they were added; the first that hits wins. */
export class Script<Input, Rule extends Turns, Subject> {
	readonly #schema: z.ZodType<Rule, z.ZodTypeDef, Input>;
	readonly #matches: (rule: Rule, subject: Subject) => boolean;
	#rules: Scripted<Rule>[] = [];
	#lastId = 0;

	constructor(
		schema: z.ZodType<Rule, z.ZodTypeDef, Input>,
		matches: (rule: Rule, subject: Subject) => boolean,
	) {
		this.#schema = schema;
		this.#matches = matches;
	}

	/** @throws z.ZodError if it is no rule. @returns its number */
	add(input: Input): number {
		const rule = this.#schema.parse(input);
		this.#rules.push({ ...rule, id: ++this.#lastId, seen: 0, hits: 0 });
		return this.#lastId;
	}

	list(): readonly Scripted<Rule>[] {
		return this.#rules;
	}

	/** Removes one rule, or all. */
	clear(id?: number): void {
		this.#rules = id === undefined ? [] : this.#rules.filter((one) => one.id !== id);
	}

	/** The rule that hits this request, if any does. Every matching rule counts the request. */
	meet(subject: Subject): Scripted<Rule> | undefined {
		let met: Scripted<Rule> | undefined;
		for (const one of this.#rules) {
			if (!this.#matches(one, subject)) continue;
			one.seen++;
			const last = one.times === null ? Infinity : one.nth + one.times - 1;
			if (met === undefined && one.seen >= one.nth && one.seen <= last) {
				one.hits++;
				met = one;
			}
		}
		return met;
	}
}
