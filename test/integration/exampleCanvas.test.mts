import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** How the examples are named and laid out, as far as their files tell. The rest: test/e2e/canvases. */

interface Node {
	name: string;
	type: string;
	position: [x: number, y: number];
	parameters: { content?: string; width?: number; height?: number; color?: number };
}
interface Workflow {
	name: string;
	nodes: Node[];
}
interface Box {
	name: string;
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** n8n's own, as all lengths here in pixels of the canvas. */
const GRID = 16;
/** A node with two lines of name and one of what it does below it. */
const NODE = { width: 96, height: 160 };
const NOTE_WIDTH = 480;
/** Between the note and the first node: the button that runs a trigger comes up there. */
const NOTE_GAP = 160;
/** Only the browser knows exactly. */
const ESTIMATE_IS_OFF_BY = 48;

const FOLDER = resolve('examples');
const NAMES = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.json'))
	.map((name) => name.slice(0, -'.json'.length));

const read = (name: string) =>
	JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as Workflow;
const isNote = ({ type }: Node) => type.endsWith('.stickyNote');

const boxOf = ({ name, type, position: [left, top], parameters }: Node): Box => {
	const { width = NODE.width, height = NODE.height } = type.endsWith('.stickyNote')
		? parameters
		: {};
	return { name, left, top, right: left + width, bottom: top + height };
};
const overlap = (a: Box, b: Box) =>
	a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** About how high n8n shows a text of headings, paragraphs and lists. */
function estimatedHeight(markdown: string): number {
	const [character, line, margins] = [6.2, 18.6, 24];
	const heights = markdown.split('\n').map((text) => {
		if (text === '') return 0;
		if (text.startsWith('## ')) return 44;
		const inList = /^(\d\.|-) /.test(text);
		const room = (NOTE_WIDTH - 36 - (inList ? 28 : 0)) / character;
		let lines = 1;
		let used = 0;
		for (const word of text
			.replace(/^(\d\.|-) /, '')
			.replace(/[*`]/g, '')
			.split(' ')) {
			if (used + word.length > room) [lines, used] = [lines + 1, 0];
			used += word.length + 1;
		}
		return lines * line + (inList ? 4 : 9);
	});
	return heights.reduce((sum, height) => sum + height, margins);
}

describe.each(NAMES)('The example %s', (file) => {
	const { name, nodes } = read(file);
	const notes = nodes.filter(isNote);
	const [note] = notes;

	it('is called the same in its file, on its note and in the list', () => {
		expect(name).toMatch(/^[A-Z][a-z]+ [^.:]+[^.:]$/);
		expect(note.parameters.content).toMatch(new RegExp(`^## ${name}\n\n[A-Z]`));
		const list = readFileSync(join(FOLDER, 'README.md'), 'utf8');
		expect(list).toMatch(new RegExp(`^\\| ${name} \\|.*\\(${file}\\.json\\) \\|$`, 'm'));
		const words = file.split('-').join('\\b.*\\b');
		expect(name).toMatch(new RegExp(`\\b${words}\\b`, 'i'));
	});

	it('has one note, at the left, that says what to do first', () => {
		expect(notes).toHaveLength(1);
		expect(note.parameters).toMatchObject({ width: NOTE_WIDTH });
		// n8n's own yellow, which is light in the light and dark in the dark.
		expect(note.parameters).not.toHaveProperty('color');
		expect(note.parameters.content).toMatch(
			/^## .*\n\n[^\n]+\n\n\*\*Before you start\*\*\n1\. [^]*\n\n\*\*Good to know\*\*\n- /,
		);
		const first = Math.min(
			...nodes.filter((node) => !isNote(node)).map((node) => boxOf(node).left),
		);
		expect(first - boxOf(note).right).toBe(NOTE_GAP);
	});

	it('has a note as high as its text', () => {
		const { content = '', height = 0 } = note.parameters;
		expect(Math.abs(height - estimatedHeight(content))).toBeLessThan(ESTIMATE_IS_OFF_BY);
	});

	it('stands on the grid, and nothing covers anything', () => {
		const off = nodes.filter(({ position }) => position.some((place) => place % GRID !== 0));
		expect(off.map((node) => node.name)).toEqual([]);
		const boxes = nodes.map(boxOf);
		const covering = boxes.flatMap((a, i) =>
			boxes.slice(i + 1).flatMap((b) => (overlap(a, b) ? [`${a.name}, ${b.name}`] : [])),
		);
		expect(covering).toEqual([]);
	});
});

it('What has been started is remembered before the next fifty: n8n runs the upper branch first', () => {
	const { nodes } = read('record-every-channel-without-webhooks');
	const top = (wanted: string) => nodes.find(({ name }) => name === wanted)?.position[1];
	expect(top('Was It Started')).toBeLessThan(top('Fifty at a Time') ?? NaN);
});
