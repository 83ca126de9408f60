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

/** All else that can be said of an example's file is said where it is run: test/e2e/examples. */
describe('Examples', () => {
	it.each(FILES)('%s fills in only what the form has', async (file) => {
		const { nodes } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as { nodes: Node[] };
		const { nodeType } = createHost(await loadPackage());

		for (const { parameters } of nodes.filter(({ type }) => type === NODE_TYPE)) {
			expect(withDefaults(nodeType, parameters)).toMatchObject(parameters);
		}
	});
});
