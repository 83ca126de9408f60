/**
 * The trigger in a real n8n over HTTP. `node test/e2e/triggerInN8n.mts` prints what was seen as JSON, for
 * trigger.e2e.mts. The package must be built.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { golden, makeNotice, type Notice } from '../support/notices.mts';
import { startRealN8n, triggerPath, triggerWorkflow } from '../support/realN8n.mts';
import { signatures } from '../support/signatures.mts';

const SECRET = 'cloud-recording-secret';
const NOTICES = 500;
/** Agora tries a notice four times, with ten seconds for each answer. */
const TRIES = 4;
const ANSWER_WITHIN_MS = 10_000;

const credential = (data: object) => ({
	name: 'Agora',
	type: 'agoraApi',
	data: {
		...{
			customerId: 'id',
			customerSecret: 'example-customer-secret',
			appId: '00112233445566778899aabbccddeeff',
		},
		...{ receiveNotifications: true, ...data },
	},
});

const n8n = await startRealN8n();
const credentialId = await n8n.rest.createCredential(credential({ notificationSecret: SECRET }));
const workflowId = await n8n.activate(triggerWorkflow('hook', credentialId));
const url = `${n8n.url}/webhook/${triggerPath('hook')}`;
await n8n.reachable(url);

async function sendNotice(notice: object, secret = SECRET, to = url) {
	const body = JSON.stringify(notice);
	const response = await fetch(to, {
		method: 'POST',
		body,
		headers: { 'content-type': 'application/json', ...signatures(body, secret) },
		signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
	});
	return {
		status: response.status,
		type: response.headers.get('content-type'),
		body: await response.json(),
	};
}

/** Items of all executions, once as many have ended as there should be. */
async function items(expected: number): Promise<Array<Record<string, unknown>>> {
	const database = n8n.openDatabase();
	try {
		for (let i = 0; i < 300; i++) {
			const [{ ended }] = await database.query(
				`select count(*) as ended from execution_entity where workflowId = '${workflowId}' and status = 'success'`,
			);
			if (Number(ended) >= expected) break;
			await sleep(100);
		}
		const ids = await database.query(
			`select id from execution_entity where workflowId = '${workflowId}' order by id`,
		);
		const found: Array<Record<string, unknown>> = [];
		for (const { id } of ids) {
			const { runs } = await n8n.rest.getExecution(String(id));
			found.push(...Object.values(runs).flatMap((all) => all.flatMap((run) => run.items)));
		}
		return found;
	} finally {
		await database.close();
	}
}

/** The answers to what Agora, others, and Agora once more may send. */
async function answers() {
	const { notice, expected } = golden('cloudRecording-0031');
	return {
		accepted: await sendNotice(notice),
		forged: await sendNotice(notice, 'wrong'),
		again: await sendNotice(notice),
		items: await items(1),
		expected: [expected],
	};
}

/** What comes of publishing a workflow whose credential has no secret. */
async function withoutSecret() {
	const without = await n8n.rest.createCredential(credential({ notificationSecret: '' }));
	await n8n.activate(triggerWorkflow('secretless', without));
	await sleep(3_000);
	const { status } = await sendNotice(
		makeNotice(),
		SECRET,
		`${n8n.url}/webhook/${triggerPath('secretless')}`,
	);
	return status;
}

/** Sends notices while somebody else locks the database of n8n now and then. */
async function lockedDatabase() {
	const before = (await items(1)).length;
	const counts: Record<string, number> = {};
	const tally = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);

	/** As Agora sends: again at once, then after growing intervals, three times at most. */
	async function deliver(notice: Notice): Promise<void> {
		for (let tries = 0; tries < TRIES; tries++) {
			if (tries > 1) await sleep(tries * 1_000);
			try {
				const { status } = await sendNotice({ ...notice, notifyMs: Date.now() });
				tally(String(status));
				if (status === 200) return;
			} catch {
				tally('no answer');
			}
		}
		tally('given up');
	}

	const locker = n8n.openDatabase();
	let sending = true;
	const locking = (async () => {
		for (let i = 0; sending; i++) {
			await sleep(400);
			try {
				await locker.run('BEGIN EXCLUSIVE');
			} catch {
				// n8n is writing at this moment.
				tally('lock refused');
				continue;
			}
			tally('locks');
			// Now and then for longer than anybody waits.
			await sleep(i % 10 === 3 ? 6_000 : 300);
			await locker.run('COMMIT');
		}
	})();
	const notices = Array.from({ length: NOTICES }, () => makeNotice());
	const queue = [...notices];
	const startedAt = Date.now();
	await Promise.all(
		Array.from({ length: 10 }, async () => {
			for (let next = queue.shift(); next; next = queue.shift()) await deliver(next);
		}),
	);
	sending = false;
	await locking;
	await locker.close();
	const seconds = Math.round((Date.now() - startedAt) / 1000);

	const found = (await items(before + NOTICES)).slice(before);
	const ids = found.map(({ noticeId }) => noticeId);
	return {
		sent: NOTICES,
		seconds,
		counts,
		executions: ids.length,
		lost: notices.filter(({ noticeId }) => !ids.includes(noticeId)).length,
		twice: ids.length - new Set(ids).size,
	};
}

try {
	const seen = {
		n8n: n8n.version,
		answers: await answers(),
		withoutSecret: await withoutSecret(),
		lockedDatabase: await lockedDatabase(),
	};
	console.log(JSON.stringify(seen, null, '\t'));
} finally {
	await n8n.stop();
}
process.exit(0);
