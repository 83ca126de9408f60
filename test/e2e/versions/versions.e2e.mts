/** One version of n8n, on one of Node.js: trigger and node, once through. Run by scripts/versions.mjs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXAMPLE_ACCOUNT, startSimulator, type Simulator } from '../../../simulator/index.mts';
import { endAll } from '../../support/endAll.mts';
import { openBrowser } from '../../support/browser.mts';
import { SERVED_STORAGE, storageOf } from '../../support/servedStorage.mts';
import { golden, type Notice } from '../../support/notices.mts';
import {
	LOCK_FOLDER,
	startRealN8n,
	triggerPath,
	triggerWorkflow,
	type RealN8n,
} from '../../support/realN8n.mts';
import { signatures } from '../../support/signatures.mts';
import { Panel } from '../editor/panel.mts';
import { signIn } from '../editor/stage.mts';

const SECRET = 'cloud-recording-secret';
const WITHIN_MS = 60_000;
const OUR_NODE = 'n8n-nodes-agora-cloud-recording.agoraCloudRecording';

/** What package.json of the n8n under test asks for. */
const { n8n: wanted, node } = (
	JSON.parse(readFileSync(join(LOCK_FOLDER, 'package.json'), 'utf8')) as {
		dependencies: Record<'n8n' | 'node', string>;
	}
).dependencies;
const [major] = node.replace('^', '').split('.');

describe(`n8n ${wanted} on Node.js ${major}`, () => {
	let n8n: RealN8n;
	let simulator: Simulator;

	before(async () => {
		simulator = await startSimulator({ clock: { speed: 10 }, ...SERVED_STORAGE });
		n8n = await startRealN8n(
			// The other engine has no finished build for Node 20.
			major === '20' ? { N8N_EXPRESSION_ENGINE: 'legacy', N8N_DISABLED_MODULES: '' } : {},
		);
	});
	after(async () => {
		await endAll(
			async () => await n8n?.stop(),
			async () => await simulator?.close(),
		);
	});

	async function createCredential(notificationSecret: string): Promise<string> {
		const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
		return await n8n.rest.createCredential({
			name: 'Agora',
			type: 'agoraApi',
			data: {
				...{ customerId, customerSecret, ...apps[1], appCertificate: apps[1].certificate },
				...{ advanced: true, apiDomain: 'custom', baseUrl: simulator.url },
				...storageOf(simulator),
				receiveNotifications: true,
				notificationSecret,
			},
		});
	}

	/** Waits until an execution is over. */
	async function ended(id: string) {
		const deadline = Date.now() + WITHIN_MS;
		for (;;) {
			const execution = await n8n.rest.getExecution(id);
			if (!['new', 'running', 'waiting'].includes(execution.status)) return execution;
			assert.ok(Date.now() < deadline, `execution ${id} is ${execution.status}`);
			await sleep(200);
		}
	}

	/** Runs a workflow of our nodes behind each other. @returns what each did, by its name */
	async function runInARow(...ours: Array<[name: string, parameters: object]>) {
		const credentials = {
			agoraApi: { id: await createCredential(SECRET), name: 'Agora' },
		};
		const node = (name: string, type: string, parameters: object) => ({
			...{ id: name, name, type, typeVersion: 1, position: [0, 0], parameters },
			...(type === OUR_NODE && { credentials }),
		});
		const nodes = [
			node('Begin', 'n8n-nodes-base.manualTrigger', {}),
			...ours.map(([name, parameters]) => node(name, OUR_NODE, parameters)),
		];
		const links = nodes.slice(0, -1).map(({ name }, i) => {
			const next = { node: nodes[i + 1].name, type: 'main', index: 0 };
			return [name, { main: [[next]] }] as const;
		});
		const workflow = await n8n.rest.createWorkflow({
			...{ name: 'In a row', nodes, connections: Object.fromEntries(links) },
			settings: { executionOrder: 'v1' },
		});
		const { status, error, runs } = await ended(await n8n.rest.runWorkflow(workflow, 'Begin'));
		assert.equal(status, 'success', error);
		return runs;
	}

	it('is what is installed', () => {
		if (wanted !== 'latest') assert.equal(n8n.version, wanted);
		assert.match(n8n.nodeVersion, new RegExp(`^v${major}\\.`));
	});

	it('does not activate the trigger without a secret, and says why', async () => {
		const credential = await createCredential('');
		await assert.rejects(n8n.activate(triggerWorkflow('secretless', credential)), (error) => {
			const { evidence } = error as { evidence: string };
			return /no notification secret for Cloud Recording/.test(evidence);
		});
	});

	it('starts an execution for a notice, once, and none for a forged one', async () => {
		const workflowId = await n8n.activate(triggerWorkflow('hook', await createCredential(SECRET)));
		const url = `${n8n.url}/webhook/${triggerPath('hook')}`;
		await n8n.reachable(url);
		const send = async (notice: Notice, secret = SECRET) => {
			const body = JSON.stringify(notice);
			const headers = { 'content-type': 'application/json', ...signatures(body, secret) };
			const response = await fetch(url, { method: 'POST', body, headers });
			return [response.status, await response.json()];
		};
		const { notice, expected } = golden('cloudRecording-0031');
		const nothing = (reason: string) => ({ started: false, reason });
		assert.deepEqual(await send(notice, 'wrong'), [
			401,
			{ received: false, ...nothing('notSigned') },
		]);
		assert.deepEqual(await send(notice), [200, { received: true, started: true }]);
		assert.deepEqual(await send(notice), [200, { received: true, ...nothing('duplicate') }]);
		assert.deepEqual(
			await send({ ...notice, noticeId: 'test', payload: { cname: 'test_webhook' } }),
			[200, { received: true, ...nothing('healthCheck') }],
		);

		const database = n8n.openDatabase();
		const rows = await database.query(
			`select id from execution_entity where workflowId = '${workflowId}'`,
		);
		await database.close();
		assert.equal(rows.length, 1);
		const { status, runs } = await ended(String(rows[0].id));
		assert.equal(status, 'success');
		assert.deepEqual(runs['Agora Cloud Recording Trigger'][0].items, [expected]);
	});

	it('lists the channels to choose from, with most users first', async () => {
		const id = await createCredential(SECRET);
		simulator.control.setPublishers('small', ['1']);
		simulator.control.setPublishers('large', ['1', '2', '3']);
		const ask = async (filter?: string) =>
			await n8n.rest.call('POST', '/dynamic-node-parameters/resource-locator-results', {
				path: 'parameters.channelName',
				methodName: 'searchChannels',
				nodeTypeAndVersion: { name: OUR_NODE, version: 1 },
				currentNodeParameters: { resource: 'recording', operation: 'start', mode: 'mix' },
				credentials: { agoraApi: { id, name: 'Agora' } },
				...(filter !== undefined && { filter }),
			});
		const named = (...names: string[]) => names.map((name) => ({ name, value: name }));
		assert.deepEqual(await ask(), { results: named('large', 'small') });
		assert.deepEqual(await ask('SMA'), { results: named('small') });
	});

	it('shows the list in its editor, and keeps what was chosen', async () => {
		const id = await createCredential(SECRET);
		const workflow = await n8n.rest.createWorkflow({
			name: 'Choose',
			nodes: [
				{
					...{ id: 'choose', name: 'Who', type: OUR_NODE, typeVersion: 1, position: [0, 0] },
					parameters: { resource: 'channel', operation: 'getUsers' },
					credentials: { agoraApi: { id, name: 'Agora' } },
				},
			],
			connections: {},
			settings: { executionOrder: 'v1' },
		});
		const browser = await openBrowser();
		try {
			const { page } = browser;
			await signIn(browser, n8n);
			await page.goto(`${n8n.url}/workflow/${workflow}`);
			const panel = new Panel(page);
			await panel.open('Who');
			assert.deepEqual((await panel.openList('Channel Name')).slice(0, 2), ['large', 'small']);
			await panel.chooseFromList('small');
			const inputs = await panel.field('Channel Name').locator('input').all();
			const values = await Promise.all(inputs.map(async (input) => await input.inputValue()));
			assert.ok(values.includes('small'), values.join());
		} finally {
			await browser.photograph('oldest').catch(() => undefined);
			await browser.close();
		}
	});

	it('takes a channel from the list, and one from an expression', async () => {
		const chosen = { __rl: true, mode: 'list', value: 'large', cachedResultName: 'large' };
		const said = { __rl: true, mode: 'name', value: '={{ $json.userCount && "small" }}' };
		const runs = await runInARow(
			['Who', { resource: 'channel', operation: 'getUsers', channelName: chosen }],
			['Who Else', { resource: 'channel', operation: 'getUsers', channelName: said }],
		);
		const told = ['Who', 'Who Else'].map((name) => {
			const { cname, userCount } = runs[name][0].items[0];
			return [cname, userCount];
		});
		assert.deepEqual(told, [
			['large', 3],
			['small', 1],
		]);
	});

	it('records: Start, Query, Stop', async () => {
		const start = { operation: 'start', mode: 'mix', channelName: 'class-7' };
		const runs = await runInARow(
			['Start', { resource: 'recording', ...start }],
			['Query', { resource: 'recording', operation: 'query' }],
			['Stop', { resource: 'recording', operation: 'stop' }],
		);
		const outcomes = ['Start', 'Query', 'Stop'].map((name) => runs[name][0].items[0].outcome);
		assert.deepEqual(outcomes, ['recording', 'recording', 'stopped']);
		const [recording] = simulator.control.recordings();
		assert.deepEqual([recording.cname, recording.ended?.cause], ['class-7', 'stop']);
	});
});
