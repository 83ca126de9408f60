/** examples/files-to-slack.json as it is, but for its day: it waits for hours, and n8n is restarted meanwhile. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { endAll } from '../support/endAll.mts';
import { startRadosgw, type Radosgw } from '../support/radosgw.mts';
import { startRealN8n, type RealN8n } from '../support/realN8n.mts';
import { recordInto } from './examples/bucket.mts';
import { Stage } from './examples/stage.mts';
import { SLACK_TOKEN, startServices, type Services } from './services.mts';

const EXAMPLE = 'files-to-slack';
const TRIGGER = 'Agora Cloud Recording Trigger';
const BACKUPED = 32;
/** Hours of its day. */
const HOURS = 2;

describe('The example for files in the backup', () => {
	const folder = mkdtempSync(join(tmpdir(), 'agora-waiting-'));
	let services: Services;
	let storage: Radosgw;
	let n8n: RealN8n;
	let stage: Stage;

	before(async () => {
		services = await startServices(join(folder, 'services.pem'));
		storage = await startRadosgw();
		n8n = await startRealN8n(services.env);
		stage = new Stage(EXAMPLE, { n8n, storage, services });
	});
	after(async () => {
		await endAll(
			async () => await stage?.close(),
			async () => await n8n?.stop(),
			async () => await storage?.stop(),
			async () => await services?.close(),
			() => rmSync(folder, { recursive: true }),
		);
	});

	it('goes on after restarts, and counts the hours on', async () => {
		const { simulator, agoraApi } = await recordInto(stage, 'lessons', async () =>
			Promise.resolve(new Map<string, Buffer>()),
		);
		const slackApi = await stage.credential('slackApi', { accessToken: SLACK_TOKEN });
		const workflow = await stage.importExample(
			{ agoraApi, slackApi },
			{ 'Get Many': { options: { waitForFiles: 0 } }, ...dayOf(HOURS) },
		);
		await stage.subscribe(workflow, TRIGGER, simulator);
		const sid = 'dddddddddddddddddddddddddddddddd';
		simulator.control.notifications.send({
			...{ eventType: BACKUPED, cname: 'class-7', sid, uid: '527841', sequence: 9 },
			details: { status: 0, fileList: [{ fileName: `${sid}_class-7_0.mp4` }] },
		});

		const database = n8n.openDatabase();
		stage.onEnd(() => database.close());
		const waiting = async () =>
			await stage.eventually('the execution waits', async () => {
				const rows = await database.query(
					"select id, waitTill from execution_entity where status = 'waiting'",
				);
				return rows.length === 1 && rows[0];
			});
		for (let hour = 0; hour < HOURS; hour++) {
			const { waitTill } = await waiting();
			const left = Date.parse(`${String(waitTill).replace(' ', 'T')}Z`) - Date.now();
			assert.ok(left > 3_400_000 && left <= 3_600_000, String(waitTill));
			assert.deepEqual(services.messages, []);
			// The hour is over while n8n is away.
			await n8n.restart(async () => {
				await database.run(
					"update execution_entity set waitTill = '2026-01-01 00:00:00.000' where status = 'waiting'",
				);
			});
		}

		const [execution, ...more] = await stage.executions(workflow, 1);
		assert.deepEqual(more, []);
		assert.equal(execution.status, 'success', execution.error);
		assert.equal(execution.runs['Get Many'].length, HOURS + 1);
		assert.equal(services.messages.length, 1);
		assert.match(services.messages[0].text, /Not all of it is in the bucket after a day/);
	});
});

/** The example's condition, with so many hours in its day. */
const dayOf = (hours: number) => ({
	'Complete, or a Day Over?': {
		conditions: {
			conditions: [
				{
					...{ id: 'complete', leftValue: '={{ $json.complete }}', rightValue: '' },
					operator: { type: 'boolean', operation: 'true', singleValue: true },
				},
				{
					...{ id: 'day', leftValue: '={{ $runIndex }}', rightValue: hours },
					operator: { type: 'number', operation: 'gte' },
				},
			],
		},
	},
});
