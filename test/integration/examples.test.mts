import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INodeParameters } from 'n8n-workflow';
import { createHost, loadPackage, NODE_TYPE, withDefaults } from '../support/host.mts';

interface Example {
	name: string;
	nodes: Array<{
		name: string;
		type: string;
		parameters: INodeParameters;
		credentials?: Record<string, { id: string }>;
	}>;
	connections: Record<string, { main: Array<Array<{ node: string }>> }>;
}

const FOLDER = resolve('examples');

describe('Examples', () => {
	it.each(readdirSync(FOLDER))('%s can be imported as it is', async (file) => {
		const { nodes, connections } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example;
		const names = nodes.map(({ name }) => name);
		const { nodeType } = createHost(await loadPackage());
		for (const { type, parameters } of nodes.filter((node) => node.type === NODE_TYPE)) {
			expect(type).toBe(NODE_TYPE);
			expect(withDefaults(nodeType, parameters)).toMatchObject(parameters);
		}
		for (const [from, { main }] of Object.entries(connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flat()) expect(names).toContain(node);
		}
		expect(nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');
		for (const { credentials = {} } of nodes) {
			for (const { id } of Object.values(credentials)) expect(id).toBe('');
		}
	});
});
