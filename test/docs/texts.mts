import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { code, page, table } from './markdown.mts';
import { aligned, textsIn, type Text } from './texts/align.mts';

/**
 * `npm run docs:texts -- <commit>`: writes docs/texts.md, on which whoever reviews texts sees all that
 * changed since a commit. No test holds the page against the code: it is made anew for a review.
 */

/** Before texts were rewritten for the first time. */
const FIRST = 'a1106ae';
const PAGE = 'docs/texts.md';
const FOLDERS = ['credentials', 'nodes/AgoraCloudRecording'];
const isSource = (file: string) => file.endsWith('.ts');

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' });

/** The sources at a commit, or as they are now, by their path. */
function sourcesAt(commit?: string): Map<string, string> {
	const files = commit
		? git('ls-tree', '-r', '--name-only', commit, ...FOLDERS).split('\n')
		: globSync(FOLDERS.map((folder) => `${folder}/**/*.ts`));
	const read = (file: string) =>
		commit ? git('show', `${commit}:${file}`) : readFileSync(file, 'utf8');
	return new Map(files.filter(isSource).map((file) => [file, read(file)]));
}

interface Row {
	file: string;
	before?: Text;
	after?: Text;
}

const PARTS: ReadonlyArray<readonly [title: string, holds: (row: Row) => boolean]> = [
	[
		'Names of fields and options',
		({ before, after }) => {
			const { isName, text } = after ?? before ?? { isName: false, text: '' };
			return isName && text.length < 60;
		},
	],
	[
		'Descriptions in the forms',
		({ file }) => /(form|trigger\/fields|credentials|\.operation|start\/fields|\.node)/.test(file),
	],
	['Events', ({ file }) => file.includes('agora/notifications/')],
	['Setup → Check', ({ file }) => file.includes('actions/setup/')],
	['Errors, causes and warnings', () => true],
];

/** As Markdown that shows what is written, HTML and stars included. */
const plain = (text?: Text) => text?.text.replaceAll(/[<*_`]/g, '\\$&') ?? '';

const rowOf = ({ file, before, after }: Row) => [
	plain(before),
	plain(after),
	`${code(file.replace('nodes/AgoraCloudRecording/', ''))} ${(after ?? before)?.place ?? ''}`,
];

function textsPage(commit: string): string {
	const [before, after] = [sourcesAt(commit), sourcesAt()];
	const files = [...new Set([...before.keys(), ...after.keys()])].sort();
	const all = files.flatMap((file): Row[] =>
		aligned(textsIn(before.get(file) ?? ''), textsIn(after.get(file) ?? '')).map((pair) => ({
			file,
			...pair,
		})),
	);
	// The same change in many places is read once.
	const changes = new Map(
		all
			.filter((row) => row.before?.text !== row.after?.text)
			.map((row) => [JSON.stringify([row.before?.text, row.after?.text]), row]),
	);
	const changed = [...changes.values()];
	const left = new Set(changed);
	const parts = PARTS.flatMap(([title, holds]) => {
		const rows = [...left].filter(holds);
		for (const row of rows) left.delete(row);
		return rows.length > 0
			? [`## ${title}`, table(['Before', 'After', 'Where'], rows.map(rowOf))]
			: [];
	});
	return page(
		'# Texts, before and after',
		`Every text of the forms, errors and outputs that changed since commit ${code(commit)}: ${changed.length} of ${all.length}. Made by ${code(`npm run docs:texts -- ${commit}`)}. Where a value is put in, it is shown as in the source.`,
		...parts,
	);
}

writeFileSync(PAGE, textsPage(process.argv[2] ?? FIRST));
console.log(`${PAGE} is written.`);
