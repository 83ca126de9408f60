import { existsSync, readFileSync } from 'node:fs';
import type { Measured } from '../../tools/quality.mjs';
import { isObject } from '../support/json.mts';
import type { Setup } from '../support/setup.mts';
import { BROKEN_ON_PURPOSE } from './brokenOnPurpose.mts';
import { counts, VERSIONS, type Count } from './counts.mts';
import { code, GENERATED, page, table } from './markdown.mts';

/** docs/quality.md: counts from the code, and what was measured, from docs/quality.json. */

interface Section {
	title: string;
	text: string;
	/** Of {@link counts}, by what is counted. */
	counted?: readonly string[];
	/** Of docs/quality.json. */
	topics?: readonly string[];
	/** With which what is counted here is tried again. */
	command?: string;
}

const SECTIONS: readonly Section[] = [
	{
		title: 'API',
		text: 'Every field and rule of Agora’s documentation is a row of a table and a test: [API coverage](api-coverage.md).',
		counted: [
			'Operations',
			'Fields of the form',
			'Fields of the credential',
			'Request fields of Agora’s API',
			'Rules of Agora’s API',
			'Samples of requests in Agora’s documentation',
		],
		command: 'npm test -- --testPathPatterns coverage rules samples form',
	},
	{
		title: 'Faults',
		text: 'Every documented error, and what networks and proxies do, is met by every request, once and for ever: what the node then says is [a page of its own](outcomes-and-errors.md). A fault that is told as a success, and a retry that records twice, fail the test.',
		counted: ['Rows of the table of answers', 'Errors that the simulator knows', 'Faults'],
		command: 'npm test -- --testPathPatterns fault',
	},
	{
		title: 'Lives',
		text: 'Random lives of recordings, with faults of Agora and of the storage, cancels, retries and restarts, in n8n’s own engine. Rules compare what was said with what was really so, in the simulator’s books. [How they work](../CONTRIBUTING.md#tests).',
		topics: ['lives'],
	},
	{
		title: 'Bugs put back',
		text: 'Every bug that was mended is put back into the built package, one at a time, and the lives have to find it.',
		counted: ['Bugs that were mended and are put back'],
		topics: ['bugs'],
		command: 'npm run test:lives -- --bugs',
	},
	{
		title: 'Notifications',
		text: 'A notification starts an execution once, and only if Agora signed it.',
		counted: ['Samples of notifications', 'Events of notifications', 'Forged notifications'],
		command: 'npm test -- --testPathPatterns trigger',
	},
	{
		title: 'Storage',
		text: 'Links and lists are signed without a library. So they are compared with those of the vendors’ own SDKs, and opened at real servers.',
		counted: ['Vendors of storage'],
		topics: ['storage'],
		command: 'npm run test:storage',
	},
	{
		title: 'Mutants',
		text: 'The code is changed in small ways, one at a time; the tests have to notice. [How](../CONTRIBUTING.md#tests).',
		topics: ['mutants'],
	},
	{
		title: 'Fuzz',
		text: 'Random input of every kind that comes from outside: forms, answers, notifications, lists of a bucket, file names, playlists, tokens, and secrets in all their spellings.',
		counted: ['Properties that hold for random input'],
		command: 'npm test',
	},
	{
		title: 'Secrets',
		text: 'Tests run with marked secrets. Afterwards everything that anybody could see is searched for them: items, errors, n8n’s log, its database with all executions, and the text of the page at every picture of the editor. Allowed is what is asked for: a token that was generated, a link.',
		topics: ['secrets', 'secretsEndToEnd'],
	},
	{
		title: 'Versions',
		text: `The package is installed in a real n8n and used there: the oldest one that is supported, n8n ${VERSIONS.oldest.n8n} on Node.js ${VERSIONS.oldest.node.replace('^', '')}, and ${VERSIONS.newest.n8n} on Node.js ${VERSIONS.newest.node.replace('^', '')}. Each week the newest n8n is tried by itself.`,
		topics: ['versions'],
	},
	{
		title: 'Queue mode',
		text: 'A real n8n with main, webhook and worker processes, Redis and PostgreSQL.',
		topics: ['queueMode'],
	},
	{ title: 'Soak', text: 'Hours of work in one process: what its memory does.', topics: ['soak'] },
	{
		title: 'Size and speed',
		text: 'What everyone downloads, and how long n8n takes to load it, beside built-in nodes of like size in the same run.',
		topics: ['weight'],
	},
	{
		title: 'Examples',
		text: 'Every example is imported into a real n8n as it stands, and run.',
		counted: ['Examples'],
		command: 'npm run test:e2e -- test/e2e/examples.e2e.mts',
	},
	{
		title: 'A full run',
		text: 'All that `.ci/run` does, on two cores.',
		topics: ['run'],
	},
];

/** What README's first screen says, and the sections that bear it. */
/** What README's first screen says in bold, and the sections that bear it: README links to the first of them. */
export const CLAIMS: ReadonlyArray<readonly [claim: string, sections: readonly string[]]> = [
	['Links that open', ['Storage', 'Examples']],
	['Verified starts', ['Faults', 'Lives']],
	['Explicit outcomes', ['Faults', 'Lives']],
	['No orphaned recordings', ['Lives', 'Bugs put back']],
];

const NOT_MEASURED =
	'**Agora itself.** All this is measured against a simulator that was written from Agora’s documents, without a look at the node; `npm run smoke:live` lives through one recording with your own account, and the maintainers have not run it. **Storage vendors other than Ceph and azurite** were compared with their SDKs, not asked.';

/** What `npm run docs -- --quality` kept. */
const MEASURED = JSON.parse(
	existsSync('docs/quality.json') ? readFileSync('docs/quality.json', 'utf8') : '{}',
) as Partial<Record<string, Measured>>;

/** `requestsPerSecond` as words; what is words already stays. */
const words = (name: string) =>
	/^[a-z]+([A-Z][a-z]*)+$/.test(name)
		? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
		: name;

/** A figure, or what lies deeper than a table, as text. */
function text(value: unknown): string {
	if (typeof value === 'number') {
		return value.toLocaleString('en', { maximumFractionDigits: 2 });
	}
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (Array.isArray(value)) return value.map(text).join(', ');
	if (typeof value === 'string') return value;
	if (!isObject(value)) return '–';
	return Object.entries(value)
		.map(([name, inner]) => `${words(name)}: ${text(inner)}`)
		.join('; ');
}

/** Rows with the same columns. */
function matrix(title: string, rows: ReadonlyArray<readonly [string, object]>): string {
	const columns = [...new Set(rows.flatMap(([, cells]) => Object.keys(cells)))];
	return table(
		[title, ...columns.map(words)],
		rows.map(([name, cells]) => {
			const cellOf = new Map<string, unknown>(Object.entries(cells));
			return [name, ...columns.map((column) => text(cellOf.get(column)))];
		}),
	);
}

/** Simple figures, then a table for each that has members. */
function figureTables(figures: Measured['figures'], title = 'Measured'): string[] {
	const entries = Object.entries(figures);
	const isTable = (value: unknown) =>
		isObject(value) || (Array.isArray(value) && value.every(isObject) && value.length > 0);
	const simple = entries.filter(([, value]) => !isTable(value));
	return [
		...(simple.length > 0
			? [
					table(
						[title, ''],
						simple.map(([name, value]) => [words(name), text(value)]),
					),
				]
			: []),
		...entries.flatMap(([name, value]) => {
			if (Array.isArray(value)) {
				const rows = value.filter(isObject).map((row, i) => [`${i + 1}`, row] as const);
				return rows.length > 0 ? [matrix(words(name), rows)] : [];
			}
			if (!isObject(value)) return [];
			const members = Object.entries(value);
			return members.every(([, inner]) => isObject(inner))
				? [
						matrix(
							words(name),
							members.map(([row, cells]) => [row, Object(cells) as object]),
						),
					]
				: [
						table(
							[words(name), ''],
							members.map(([row, cell]) => [words(row), text(cell)]),
						),
					];
		}),
	];
}

function measuredPart(topic: string): string[] {
	const found = MEASURED[topic];
	if (!found) return [`*${words(topic)}*: not measured yet.`];
	const { commit, date, command, figures } = found;
	const short = commit.replace(/^([0-9a-f]{7})[0-9a-f]*(.*)$/, (_, sha: string, changed: string) =>
		changed === '' ? sha : `${sha}+`,
	);
	return [
		...figureTables(figures),
		`Measured at commit ${code(short)}, ${date.slice(0, 10)}, by ${code(command)}.`,
	];
}

const anchor = (title: string) => `[${title}](#${title.toLowerCase().replaceAll(' ', '-')})`;

/** docs/quality.md */
export function qualityPage(agora: Setup): string {
	const all = counts(agora);
	const countOf = (what: string): Count => {
		const found = all.find(([name]) => name === what);
		if (!found) throw new Error(`Nothing counts ${what}`);
		return found;
	};
	const told = SECTIONS.flatMap(({ counted = [] }) => counted);
	const untold = all.filter(([what]) => !told.includes(what));
	if (untold.length > 0) throw new Error(`${untold.join()} stands in no section`);
	return page(
		GENERATED,
		'# Quality',
		'What is tested, how much of it, what came of it, and how to see it again. What is *counted* is counted in the code whenever this page is made, and a test fails when it is no longer so. What was *measured* bears the commit at which it was; a `+` after it: with changes that were not committed yet.',
		[...SECTIONS.map(({ title }) => title), 'What README says', 'Broken on purpose', 'Not measured']
			.map(anchor)
			.join(' · '),
		...SECTIONS.flatMap(({ title, text: about, counted = [], topics = [], command }) => [
			`## ${title}`,
			about,
			...(counted.length > 0
				? [
						table(
							['Counted', '', 'What is done with them', 'Where'],
							counted
								.map(countOf)
								.map(([what, count, tested, where]) => [what, text(count), tested, code(where)]),
						),
					]
				: []),
			...(command === undefined ? [] : [`Again: ${code(command)}`]),
			...topics.flatMap(measuredPart),
		]),
		'## What README says',
		table(
			['README', 'is borne by'],
			CLAIMS.map(([claim, sections]) => [claim, sections.map(anchor).join(', ')]),
		),
		'## Broken on purpose',
		'A test that cannot fail is worth nothing. What was broken, once, to see each check fail:',
		table(
			['Check', 'What was broken', 'What it said'],
			BROKEN_ON_PURPOSE.map((row) => [...row]),
		),
		'## Not measured',
		NOT_MEASURED,
	);
}
