/** Every workflow in `examples`, imported and run in one real n8n. Run by scripts/e2e.mjs. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startRadosgw, type Radosgw } from '../support/radosgw.mts';
import { startRealN8n, type RealN8n } from '../support/realN8n.mts';
import { Stage } from './examples/stage.mts';
import { basenames, exampleNames, readExample } from './examples/workflow.mts';
import { startServices, type Services } from './services.mts';

/** Modules beside the scenarios. */
const HELPERS = ['bucket', 'lessons', 'stage', 'workflow'];
/** A node with its name below it. */
const NODE = { width: 100, height: 140 };
const GRID = 20;

const names = exampleNames();

const isNote = ({ type }: { type: string }) => type === 'n8n-nodes-base.stickyNote';

describe('The examples as files', () => {
	it('have one scenario each', () => {
		const scenarios = basenames(resolve('test/e2e/examples'), '.mts');
		assert.deepEqual(
			scenarios.filter((name) => !HELPERS.includes(name)),
			names,
		);
	});

	it('have IDs of their own, also beside each other', () => {
		const nodes = names.flatMap((name) => readExample(name).nodes);
		const ids = nodes.flatMap(({ id, webhookId }) => [id, webhookId ?? []].flat());
		assert.deepEqual(
			ids.filter((id, i) => ids.indexOf(id) !== i),
			[],
		);
	});

	for (const name of names) {
		it(`${name} is explained by a sticky note`, () => {
			const notes = readExample(name).nodes.filter(isNote);
			assert.ok(notes.length > 0, 'there is no sticky note');
			for (const { parameters } of notes) assert.match(String(parameters.content), /^## \S.{20}/s);
		});

		it(`${name} carries no credential of ours`, () => {
			for (const { credentials = {} } of readExample(name).nodes) {
				for (const { id } of Object.values(credentials)) assert.equal(id, '');
			}
		});

		it(`${name} is laid out on a grid, from left to right, and nothing covers anything`, () => {
			const { nodes, connections } = readExample(name);
			const boxes = nodes.map((node) => {
				const [left, top] = node.position;
				assert.ok(left % GRID === 0 && top % GRID === 0, `${node.name} is off the grid`);
				const { width, height } = isNote(node)
					? (node.parameters as typeof NODE)
					: { width: NODE.width, height: NODE.height };
				return { name: node.name, left, top, right: left + width, bottom: top + height };
			});
			const covering = boxes.flatMap((a, i) =>
				boxes
					.slice(i + 1)
					.filter(
						(b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
					)
					.map((b) => `${a.name} and ${b.name}`),
			);
			assert.deepEqual(covering, []);
			const leftOf = (node: string) => boxes.find((box) => box.name === node)?.left ?? NaN;
			const next = (node: string) =>
				(connections[node]?.main ?? []).flatMap((targets) => targets ?? []).map((to) => to.node);
			const isRightOf = (a: string, b: string) => leftOf(a) > leftOf(b);
			const leadsRightTo = (from: string, to: string): boolean =>
				from === to || next(from).some((node) => isRightOf(node, from) && leadsRightTo(node, to));
			for (const from of Object.keys(connections)) {
				for (const to of next(from)) {
					const isLoop = leadsRightTo(to, from);
					assert.ok(isLoop || isRightOf(to, from), `${to} is not at the right of ${from}`);
				}
			}
		});
	}
});

// Most of the time they wait.
describe('The examples in a real n8n', { concurrency: 3 }, () => {
	let n8n: RealN8n;
	let storage: Radosgw;
	let services: Services;
	const folder = mkdtempSync(join(tmpdir(), 'agora-examples-'));

	before(async () => {
		services = await startServices(join(folder, 'services.pem'));
		storage = await startRadosgw();
		n8n = await startRealN8n(services.env);
	});
	after(async () => {
		await n8n?.stop();
		await storage?.stop();
		await services?.close();
		rmSync(folder, { recursive: true });
		const { refused = [] } = services ?? {};
		assert.deepEqual(
			refused.filter((host) => !host.endsWith('.amazonaws.com')),
			[],
			'n8n asked for hosts that no example needs',
		);
	});

	for (const name of names) {
		it(name, async () => {
			const { default: scenario } = (await import(`./examples/${name}.mts`)) as {
				default: (stage: Stage) => Promise<void>;
			};
			const stage = new Stage(name, { n8n, storage, services });
			try {
				await scenario(stage);
			} finally {
				await stage.close();
			}
		});
	}
});
