/** examples/notifications.json in one n8n: copies of notifications before and after a restart. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { golden, type Notice } from '../support/notices.mts';
import { startRealN8n, triggerPath, type RealN8n } from '../support/realN8n.mts';
import { signatures } from '../support/signatures.mts';

const SECRET = 'cloud-recording-secret';
const ONCE = 'Each Notification Once';
/** So many different ones, first when nothing was ever noted. */
const AT_ONCE = 20;
const ENDED_WITHIN_MS = 30_000;

interface Workflow {
	nodes: Array<{ webhookId?: string; credentials?: { agoraApi: { id: string } } }>;
}

describe('The example for notifications', () => {
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
					customerSecret: 'example-customer-secret',
					appId: '00112233445566778899aabbccddeeff',
				},
				...{ receiveNotifications: true, notificationSecret: SECRET },
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
	/** Another event of the same recording. */
	const withSequence = (sequence: number): Notice => ({
		...notice,
		noticeId: `notice-${sequence}`,
		payload: { ...notice.payload, sequence },
	});
	const duplicate = { received: true, started: false, reason: 'duplicate' };

	it('handles each notification once over a restart, though they come at the same moment', async () => {
		const notices = Array.from({ length: AT_ONCE }, (_, i) => withSequence(100 + i));
		const all = (value: unknown) => Array<unknown>(AT_ONCE).fill(value);
		const sendAll = async () => await Promise.all(notices.map(send));

		assert.deepEqual(await sendAll(), all(started));
		assert.deepEqual(await letThrough(AT_ONCE), all(1));
		assert.deepEqual(await sendAll(), all(duplicate));

		await n8n.restart();
		await n8n.reachable(url);
		assert.deepEqual(await sendAll(), all(started));
		assert.deepEqual((await letThrough(2 * AT_ONCE)).slice(AT_ONCE), all(0));

		assert.deepEqual(await send(withSequence(1)), started);
		assert.deepEqual((await letThrough(2 * AT_ONCE + 1)).slice(2 * AT_ONCE), [1]);
	});
});
