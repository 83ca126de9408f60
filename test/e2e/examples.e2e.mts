/** Every workflow in `examples`, imported and run in one real n8n. Run by scripts/e2e.mjs. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { endAll } from '../support/endAll.mts';
import { startRadosgw, type Radosgw } from '../support/radosgw.mts';
import { startRealN8n, type RealN8n } from '../support/realN8n.mts';
import { Stage } from './examples/stage.mts';
import { basenames, exampleNames, readExample } from './examples/workflow.mts';
import { startServices, type Services } from './services.mts';

/** Modules beside the scenarios. */
const HELPERS = ['bucket', 'lessons', 'stage', 'workflow'];

const names = exampleNames();

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
		it(`${name} carries no credential of ours`, () => {
			for (const { credentials = {} } of readExample(name).nodes) {
				for (const { id } of Object.values(credentials)) assert.equal(id, '');
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
		await endAll(
			async () => await n8n?.stop(),
			async () => await storage?.stop(),
			async () => await services?.close(),
			() => rmSync(folder, { recursive: true }),
		);
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
