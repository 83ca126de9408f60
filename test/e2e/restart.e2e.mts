/** Copies of a notification that come before and after a restart of n8n, for examples/notifications.json. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { golden, type Notice } from '../support/notices.mts';
import { startRealN8n, triggerPath, type RealN8n } from '../support/realN8n.mts';
import { signatures } from '../support/signatures.mts';

const SECRET = 'cloud-recording-secret';
const ONCE = 'Each Notification Once';
const ENDED_WITHIN_MS = 30_000;

interface Workflow {
	nodes: Array<{ webhookId?: string; credentials?: { agoraApi: { id: string } } }>;
}

describe('After a restart of n8n', () => {
	let n8n: RealN8n;
	let workflowId: string;
	let url: string;

	before(async () => {
		n8n = await startRealN8n();
		const id = await n8n.rest.createCredential({
			name: 'Agora',
			type: 'agoraApi',
			data: {
				...{
					customerId: 'id',
					customerSecret: 'secret',
					appId: '00112233445566778899aabbccddeeff',
				},
				...{ apiDomain: 'api.agora.io', requestsPerSecond: 10, notificationSecret: SECRET },
			},
		});
		const example = JSON.parse(readFileSync('examples/notifications.json', 'utf8')) as Workflow;
		for (const { credentials } of example.nodes) if (credentials) credentials.agoraApi.id = id;
		const { webhookId = '' } = example.nodes.find((node) => node.webhookId) ?? {};
		workflowId = await n8n.activate(example);
		url = `${n8n.url}/webhook/${triggerPath(webhookId)}`;
		await n8n.reachable(url);
	});
	after(async () => {
		await n8n?.stop();
	});

	async function send(notice: Notice): Promise<unknown> {
		const body = JSON.stringify({ ...notice, notifyMs: Date.now() });
		const response = await fetch(url, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', ...signatures(body, SECRET) },
		});
		assert.equal(response.status, 200);
		return await response.json();
	}

	/** How many items the example lets through in each execution, in their order. */
	async function letThrough(executions: number): Promise<number[]> {
		const database = n8n.openDatabase();
		try {
			const deadline = Date.now() + ENDED_WITHIN_MS;
			for (;;) {
				const rows = await database.query(
					`select id from execution_entity where workflowId = '${workflowId}' and status = 'success' order by id`,
				);
				if (rows.length < executions && Date.now() < deadline) {
					await sleep(100);
					continue;
				}
				const found = [];
				for (const { id } of rows) {
					const { runs } = await n8n.rest.getExecution(String(id));
					found.push(runs[ONCE][0].items.length);
				}
				return found;
			}
		} finally {
			await database.close();
		}
	}

	const { notice } = golden('cloudRecording-0031');
	const started = { received: true, started: true };
	const duplicate = { received: true, started: false, reason: 'duplicate' };

	it('the trigger starts a copy once more, and the example drops it', async () => {
		assert.deepEqual(await send(notice), started);
		assert.deepEqual(await send(notice), duplicate);
		assert.deepEqual(await letThrough(1), [1]);

		await n8n.restart();
		await n8n.reachable(url);
		assert.deepEqual(await send(notice), started);
		assert.deepEqual(await send(notice), duplicate);
		assert.deepEqual(await letThrough(2), [1, 0]);

		const sequence = Number(notice.payload.sequence) + 1;
		const next = { ...notice, noticeId: 'next', payload: { ...notice.payload, sequence } };
		assert.deepEqual(await send(next), started);
		assert.deepEqual(await letThrough(3), [1, 0, 1]);
	});
});
