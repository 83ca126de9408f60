import { appendFileSync } from 'node:fs';
import { SPELLINGS, traceOf } from './spellings.mts';

/**
 * Looks for secrets wherever somebody could see them: after the tests of a file in what the node gave and
 * said, after a real n8n in all that it stored. The marks are what the tests' own credentials hold.
 */

/** Members of the credential that hold a secret, or the half of one that names a key. */
const HOLDS_SECRET = /Secret|Certificate|Key$/;
/** Shorter ones are words, or made so on purpose. */
const SHORTEST = 8;
/** Longest line that is shown of a place where a secret was found. */
const SHOWN = 200;

/** Where a link names the key that it was signed with, which every vendor asks for. n8n keeps paths of links, too. */
const withoutQueries = (text: string) =>
	text
		.replaceAll(/(https?:\/\/[^\s"'<>?\\]+)\?[^\s"'<>\\]+/g, '$1')
		.replaceAll(/[?&]X-Amz-Credential=[^\s"'<>&\\]+/g, '');

export class Sweep {
	/** How many of each kind were searched. */
	readonly places: Record<string, number> = {};
	/** Where what was found. */
	readonly hits: string[] = [];
	readonly #marks = new Map<string, { name: string; traces: string[] }>();

	/** From now on the secrets of a credential are looked for. */
	mark(credential: object): void {
		for (const [name, value] of Object.entries(credential)) {
			if (!HOLDS_SECRET.test(name) || typeof value !== 'string' || value.length < SHORTEST)
				continue;
			if (this.#marks.has(value)) continue;
			const traces = new Set(Object.keys(SPELLINGS).map((spelling) => traceOf(value, spelling)));
			this.#marks.set(value, { name, traces: [...traces] });
		}
	}

	/** Searches a text. @param kind what it is, in words, to be counted */
	look(kind: string, text: string): void {
		this.places[kind] = (this.places[kind] ?? 0) + 1;
		const unsigned = withoutQueries(text);
		for (const { name, traces } of this.#marks.values()) {
			// The name of a key stands in every link; its other half never does.
			const searched = /AccessKey$/.test(name) ? unsigned : text;
			const trace = traces.find((one) => searched.includes(one));
			if (trace === undefined) continue;
			const at = Math.max(0, searched.indexOf(trace) - SHOWN / 2);
			this.hits.push(`${name} in ${kind}: …${searched.slice(at, at + SHOWN)}…`);
		}
	}

	/** What was found since the last time. */
	found(): string[] {
		return this.hits.splice(0);
	}

	/** Adds what was searched to the counts of the whole run, if somebody keeps them. */
	count(): void {
		const { SWEPT } = process.env;
		if (SWEPT !== undefined) appendFileSync(SWEPT, `${JSON.stringify(this.places)}\n`);
	}
}
