import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Ignorer } from '@stryker-mutator/api/ignore';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { Instrumenter, type InstrumenterOptions } from '@stryker-mutator/instrumenter';
import { textAt, type Place } from './source.mts';
import type { SyntaxPath } from './tables.mts';

const drawn: Place[] = [];

const before = (one: Place['start'], other: Place['start']) =>
	one.line < other.line || (one.line === other.line && one.column <= other.column);

const holds = (outer: Place, inner: Place) =>
	outer.file === inner.file && before(outer.start, inner.start) && before(inner.end, outer.end);

/** A part of a tier: the `nth` of so many, from 1. */
export interface Shard {
	nth: number;
	of: number;
}

/** Whether the one at this index, from 0, belongs to the part. */
export const isIn = ({ nth, of }: Shard, index: number) => index % of === nth - 1;

/**
 * Draws mutants. What is drawn hangs on the seed and on the code that a mutant changes, not on its line,
 * so that an edit elsewhere leaves the sample what it is.
 *
 * @param files paths of what may be mutated
 * @param size so many mutants, or a few more: those of one expression come together
 * @param shard which of the drawn ones to take
 * @returns patterns for Stryker's `mutate`; they need {@link inSample} beside them
 */
export async function drawSample(
	files: readonly string[],
	size: number,
	seed: number,
	shard: Shard,
	options: Pick<InstrumenterOptions, 'excludedMutations' | 'ignorers'>,
): Promise<string[]> {
	const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
	const { mutants } = await new Instrumenter(SILENT).instrument(
		[...sources].map(([name, content]) => ({ name, content, mutate: true })),
		{ ...options, plugins: null },
	);
	const places = new Map<string, Place & { mutants: number; lot: string }>();
	const alike = new Map<string, number>();
	for (const { fileName: file, location, status } of mutants) {
		if (status === 'Ignored') continue;
		const place = { file, ...fromOne(location) };
		const key = JSON.stringify(place);
		const known = places.get(key);
		if (known) {
			known.mutants++;
			continue;
		}
		const code = `${seed} ${relative('.', file)} ${textAt(sources.get(file) ?? '', place)}`;
		const nth = alike.get(code) ?? 0;
		alike.set(code, nth + 1);
		const lot = createHash('sha256').update(`${code} ${nth}`).digest('hex');
		places.set(key, { ...place, mutants: 1, lot });
	}
	let count = 0;
	const all: Place[] = [];
	for (const place of [...places.values()].sort((a, b) => (a.lot < b.lot ? -1 : 1))) {
		if (count >= size) break;
		count += place.mutants;
		all.push(place);
	}
	drawn.length = 0;
	drawn.push(...all.filter((_place, index) => isIn(shard, index)));
	return drawn.map(
		({ file, start, end }) =>
			`${relative('.', file)}:${start.line}:${start.column}-${end.line}:${end.column}`,
	);
}

/** The instrumenter counts lines from 0, what it parses with from 1. */
const fromOne = ({ start, end }: Pick<Place, 'start' | 'end'>) => ({
	start: { ...start, line: start.line + 1 },
	end: { ...end, line: end.line + 1 },
});

const nothing = () => undefined;
const SILENT = {
	isTraceEnabled: () => false,
	isDebugEnabled: () => false,
	isInfoEnabled: () => false,
	isWarnEnabled: () => false,
	isErrorEnabled: () => false,
	isFatalEnabled: () => false,
	trace: nothing,
	debug: nothing,
	info: nothing,
	warn: nothing,
	error: nothing,
	fatal: nothing,
};

/** A pattern of `mutate` takes everything within an expression as well: this leaves out what was not drawn. */
export const inSample: Ignorer = {
	shouldIgnore(nodePath) {
		const { node, hub } = nodePath as SyntaxPath;
		if (drawn.length === 0 || !node.loc) return;
		const place = { file: hub.file.opts.filename, ...node.loc };
		return drawn.some((wanted) => holds(place, wanted)) ? undefined : 'not drawn';
	},
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'inSample', inSample)];
