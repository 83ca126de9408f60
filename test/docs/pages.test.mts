import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ANSWER_ROWS } from '../../nodes/AgoraCloudRecording/agora/answers/table.ts';
import { COLUMNS } from '../support/faultTable.mts';
import { setUp, type Setup } from '../support/setup.mts';
import { answersAt, isSaidBy } from './answers.mts';
import { coveragePage } from './coveragePage.mts';
import { expectUpToDate } from './generated.mts';
import { importsBetweenParts, importsDiagram, outsideModules } from './imports.mts';
import { memoriesTable } from './memories.mts';
import { outcomesPage } from './outcomesPage.mts';
import { policiesOf } from './policies.mts';
import { qualityPage } from './qualityPage.mts';

let agora: Setup;
beforeAll(async () => {
	agora = await setUp();
});
afterAll(async () => await agora.tearDown());

/** A page with what stands between two marks replaced. */
function withPart(text: string, name: string, part: string): string {
	const [begin, end] = [`<!-- ${name}: made by \`npm run docs\` -->`, `<!-- /${name} -->`];
	const [before, rest = ''] = text.split(begin);
	const [, after] = rest.split(end);
	if (after === undefined) throw new Error(`There is no place for ${name}`);
	return `${before}${begin}\n\n${part}\n\n${end}${after}`;
}

describe('docs/outcomes-and-errors.md', () => {
	it('is what the node does', async () => {
		expectUpToDate('docs/outcomes-and-errors.md', await outcomesPage(agora));
	});

	it('has all that the table of answers says', () => {
		const missing = ANSWER_ROWS.filter(
			(row) =>
				!COLUMNS.some((operation) =>
					answersAt(operation).some((met) => isSaidBy(row, operation, met)),
				),
		);
		expect(missing).toEqual([]);
	});
});

describe('docs/api-coverage.md', () => {
	it('is what the coverage tests run through', () => {
		expectUpToDate('docs/api-coverage.md', coveragePage(agora));
	});
});

describe('docs/quality.md', () => {
	it('counts what there is', () => {
		expectUpToDate('docs/quality.md', qualityPage(agora));
	});
});

describe('docs/storage.md', () => {
	it('names the policies that the node names', () => {
		const file = 'docs/storage.md';
		expectUpToDate(file, withPart(readFileSync(file, 'utf8'), 'policies', policiesOf()));
	});
});

describe('docs/architecture.md', () => {
	const file = 'docs/architecture.md';

	it('shows the imports as they are', () => {
		const text = withPart(readFileSync(file, 'utf8'), 'imports', importsDiagram());
		expectUpToDate(file, withPart(text, 'modules', outsideModules()));
	});

	it('tells what a process remembers', () => {
		const text = readFileSync(file, 'utf8');
		expectUpToDate(file, withPart(text, 'memories', memoriesTable()));
	});

	it('is right that all arrows point one way', () => {
		const imports = importsBetweenParts();
		const reached = (part: string, seen = new Set<string>()): Set<string> => {
			for (const other of imports.get(part)?.parts ?? []) {
				if (!seen.has(other)) reached(other, seen.add(other));
			}
			return seen;
		};
		expect([...imports.keys()].filter((part) => reached(part).has(part))).toEqual([]);
		expect(imports.get('agora')?.parts).toEqual(new Set(['storage']));
		expect(imports.get('storage')?.parts).toEqual(new Set());
	});

	it.each([
		['scripts', /\bdemo\//],
		['demo', /\bscripts\//],
		['tools', /\b(demo|scripts)\//],
	])('is right that %s/ imports none of %s', (folder, others) => {
		const targets = globSync(`${folder}/**/*.mjs`).flatMap((file) =>
			[...readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)].map(
				([, target]) => path.join(folder, target),
			),
		);
		expect(targets.length).toBeGreaterThan(2);
		expect(targets.filter((target) => others.test(target))).toEqual([]);
	});
});
