/** The examples as files, and what is made of one that a user imports. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { readJson } from '../../../tools/json.mjs';
import { root } from '../../../tools/setup.mjs';

export type Parameters = Record<string, unknown>;

export interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Parameters;
	webhookId?: string;
	credentials?: Record<string, { id: string; name: string }>;
}

export interface Workflow {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
	settings: Record<string, unknown>;
}

const folder = path.join(root, 'examples');

/** Names of all examples, without `.json`. */
export const exampleNames = (): string[] => basenames(folder, '.json');

/** Names of the files with an extension in a folder, without it. */
export const basenames = (of: string, extension: string): string[] =>
	readdirSync(of)
		.filter((name) => name.endsWith(extension))
		.map((name) => name.slice(0, -extension.length))
		.sort();

export const readExample = (name: string): Workflow =>
	readJson(path.join(folder, `${name}.json`)) as Workflow;

const isRecord = (value: unknown): value is Parameters =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Entries that a person adds to them. */
const COLLECTIONS = ['options', 'recordingOptions'];

/** Replaces what is there; a name that is not there is a mistake of the scenario. */
function replace(target: Parameters, changes: Parameters, where: string): void {
	for (const [name, value] of Object.entries(changes)) {
		const place = `${where}, ${name}`;
		const added = COLLECTIONS.some((collection) => where.endsWith(`, ${collection}`));
		assert.ok(name in target || added, `there is nothing to change at ${place}`);
		const old = target[name];
		// An empty collection is there to be filled in.
		if (isRecord(old) && isRecord(value) && Object.keys(old).length > 0) replace(old, value, place);
		else target[name] = value;
	}
}

/**
 * An example with credentials chosen in every node that wants one, and with some parameters changed.
 * @param credentials ID by credential type; each has to be wanted
 * @param changes parameters by node name; only what the example has can be changed
 */
export function fillIn(
	example: Workflow,
	credentials: Record<string, string>,
	changes: Record<string, Parameters>,
): Workflow {
	const workflow = structuredClone(example);
	const wanted = new Set<string>();
	for (const node of workflow.nodes) {
		for (const [type, reference] of Object.entries(node.credentials ?? {})) {
			wanted.add(type);
			reference.id = credentials[type] ?? '';
		}
	}
	assert.deepEqual([...wanted].sort(), Object.keys(credentials).sort(), 'wanted credentials');
	for (const [name, parameters] of Object.entries(changes)) {
		replace(nodeOf(workflow, name).parameters, parameters, name);
	}
	return workflow;
}

/** @throws AssertionError if there is no such node */
export function nodeOf({ nodes }: Workflow, name: string): WorkflowNode {
	const node = nodes.find((candidate) => candidate.name === name);
	assert.ok(node, `no node is called ${name}`);
	return node;
}
