import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { createHost, loadPackage, NODE_TYPE, withDefaults } from '../support/host.mts';

interface Node {
	name: string;
	type: string;
	parameters: INodeParameters;
}

const FOLDER = resolve('examples');
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** Every text in parameters, with the name of what holds it. */
const textsIn = (value: unknown, key = ''): Array<[key: string, text: string]> =>
	typeof value === 'string'
		? [[key, value]]
		: Object.entries(value ?? {}).flatMap(([name, inner]) => textsIn(inner, name));

/** How they look: exampleCanvas.test.mts. How they run: test/e2e/examples. */
describe('Examples', () => {
	it.each(FILES)('%s fills in only what the form has', async (file) => {
		const { nodes } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { nodes: Node[] };
		const { nodeType } = createHost(await loadPackage());

		for (const { parameters } of nodes.filter(({ type }) => type === NODE_TYPE)) {
			expect(withDefaults(nodeType, parameters)).toMatchObject(parameters);
		}
	});

	// A recorder to which nobody sends yet is no failure, and no reason to start another one.
	it.each(FILES)('%s never asks for the outcome "recording" alone', (file) => {
		const { nodes } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { nodes: Node[] };
		const working = nodes.filter(({ type }) => !type.endsWith('.stickyNote'));
		const alone = working.flatMap(({ name, parameters }) =>
			textsIn(parameters)
				.filter(([key, text]) =>
					key === 'rightValue' ? text === 'recording' : /(["'`])recording\1/.test(text),
				)
				.filter(([, text]) => !/(["'`])ready\1/.test(text))
				.map(([key]) => `${name}, ${key}`),
		);
		expect(alone).toEqual([]);
	});
});
