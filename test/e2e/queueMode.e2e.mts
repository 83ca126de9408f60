/** n8n in queue mode: notifications over two webhook processes, recordings over two workers. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXAMPLE_ACCOUNT, startSimulator, type Simulator } from '../../simulator/index.mts';
import { endAll } from '../support/endAll.mts';
import { SERVED_STORAGE, storageOf } from '../support/servedStorage.mts';
import { makeNotice, type Notice } from '../support/notices.mts';
import { startQueueMode, type QueueMode } from '../support/queueMode.mts';
import { triggerPath } from '../support/realN8n.mts';
import { signatures } from '../support/signatures.mts';
import { Listener } from './queueMode/listener.mts';
import { recordingWorkflow } from './queueMode/recording.mts';
import { RECIPES, type Places, type Recipe } from './queueMode/recipes.mts';

const SECRET = 'cloud-recording-secret';
const PROCESSES = { webhooks: 2, workers: 2, concurrency: 5 };
const AGORA = 3;

/**
 * The worst that can come: so many copies of each event at the same moment, at each process. The figures
 * in docs/trigger.md are those of QUEUE_EVENTS=200.
 */
const EVENTS = Number(process.env.QUEUE_EVENTS ?? 40);
const COPIES = 3;
const EVENTS_AT_ONCE = 8;
/** What comes while the database is away, and how long that is. */
const EVENTS_OF_OUTAGE = 60;
const OUTAGE_MS = 4_000;

const RATE = 10;
const EXECUTIONS = 8;
const ITEMS = 8;

/** Recordings that one execution starts on a worker that is killed half-way. */
const KILLED_ITEMS = 60;

const WITHIN_MS = 180_000;
const ANSWER_WITHIN_MS = 20_000;
const CANCELLED_WITHIN_MS = 30_000;
const TRIES = 6;

/** How often each value is there. */
function counted(values: Iterable<string | number>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}

async function until(isSo: () => boolean | Promise<boolean>, within = WITHIN_MS): Promise<void> {
	const deadline = Date.now() + within;
	while (!(await isSo())) {
		assert.ok(Date.now() < deadline, `not within ${within / 1000} s`);
		await sleep(200);
	}
}

describe('n8n in queue mode', () => {
	let n8n: QueueMode;
	let simulator: Simulator;
	let places: Omit<Places, 'listener'>;
	const listener = new Listener();

	before(async () => {
		await listener.open();
		simulator = await startSimulator({ pcw: { recording: 1000, web: 200 }, ...SERVED_STORAGE });
		n8n = await startQueueMode(PROCESSES);
		const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
		const agoraCredential = await n8n.rest.createCredential({
			name: 'Agora',
			type: 'agoraApi',
			data: {
				...{ customerId, customerSecret, appId: apps[0].appId },
				...{ advanced: true, apiDomain: 'custom' },
				...{ baseUrl: simulator.url, requestsPerSecond: RATE },
				...storageOf(simulator),
				receiveNotifications: true,
				notificationSecret: SECRET,
			},
		});
		const { host, port, prefix } = n8n.redis;
		const redisCredential = await n8n.rest.createCredential({
			name: 'Redis',
			type: 'redis',
			data: { host, port, password: '', user: '', database: 0, ssl: false },
		});
		places = { agoraCredential, redisCredential, redisPrefix: prefix };
	});

	after(async () => {
		await endAll(
			async () => await n8n?.stop(),
			async () => await simulator?.close(),
			() => listener.close(),
		);
	});

	/** Activates a recipe under a name of its own. */
	async function subscribe(recipe: Recipe, name: string): Promise<{ id: string; path: string }> {
		const all = { ...places, listener: listener.urlOf(name) };
		const id = await n8n.activate(RECIPES[recipe](name, all));
		const path = `/webhook/${triggerPath(name)}`;
		await n8n.reachable(path);
		return { id, path };
	}

	async function send(url: string, notice: Notice, secret = SECRET): Promise<string> {
		const body = JSON.stringify(notice);
		const response = await fetch(url, {
			method: 'POST',
			body,
			headers: { 'content-type': 'application/json', ...signatures(body, secret) },
			signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
		});
		const { started, reason } = (await response.json()) as { started?: boolean; reason?: string };
		return [response.status, reason ?? (started ? 'started' : 'refused')].join(' ');
	}

	/** Sends again what is not answered with 200, as Agora does. @returns the last answer */
	async function deliver(url: string, notice: Notice): Promise<string> {
		for (let tries = 1; ; tries++) {
			const answer = await send(url, notice);
			if (answer.startsWith('200') || tries === TRIES) return answer;
			await sleep(tries * 500);
		}
	}

	/** Copies of new events, to the processes in turn, all copies of an event at the same moment. */
	async function sendCopies(path: string): Promise<Record<string, number>> {
		const queue = Array.from({ length: EVENTS }, () => makeNotice());
		const urls = Array.from({ length: COPIES }, () => n8n.webhooks.map(({ url }) => url)).flat();
		const answers: string[] = [];
		const sendSome = async () => {
			for (let notice = queue.shift(); notice; notice = queue.shift()) {
				const one = notice;
				answers.push(...(await Promise.all(urls.map((url) => deliver(`${url}${path}`, one)))));
			}
		};
		await Promise.all(Array.from({ length: EVENTS_AT_ONCE }, sendSome));
		return counted(answers);
	}

	/** How many executions of a workflow ended how, once none is under way. */
	async function executions(workflowId: string): Promise<Record<string, number>> {
		const find = async () =>
			await n8n.database.query(
				`SELECT status, count(*) AS number FROM execution_entity WHERE "workflowId" = '${workflowId}' GROUP BY status`,
			);
		const underWay = ['new', 'running'];
		await until(
			async () => !(await find()).some(({ status }) => underWay.includes(String(status))),
		);
		return Object.fromEntries(
			(await find()).map(({ status, number }) => [String(status), Number(number)]),
		);
	}

	it('refuses a forged notice in every webhook process', async () => {
		const { id, path } = await subscribe('nothing', 'forged');
		for (const { url } of n8n.webhooks) {
			assert.equal(await send(`${url}${path}`, makeNotice(), 'wrong'), '401 notSigned');
		}
		assert.deepEqual(await executions(id), {});
	});

	it('starts an event once in each webhook process', async () => {
		const { id, path } = await subscribe('nothing', 'each-process');
		const answers = await sendCopies(path);
		const starts = EVENTS * PROCESSES.webhooks;
		assert.deepEqual(answers, { '200 started': starts, '200 duplicate': starts * (COPIES - 1) });
		assert.deepEqual(await executions(id), { success: starts });
		const times = Object.values(counted(listener.heard('each-process')));
		assert.deepEqual(counted(times), { [PROCESSES.webhooks]: EVENTS });
	});

	for (const recipe of ['example', 'redis'] as const) {
		it(`handles each event once: ${recipe}`, async () => {
			const { id, path } = await subscribe(recipe, recipe);
			await sendCopies(path);
			assert.deepEqual(await executions(id), { success: EVENTS * PROCESSES.webhooks });
			const times = Object.values(counted(listener.heard(recipe)));
			assert.deepEqual(counted(times), { 1: EVENTS });
		});
	}

	it('stores every event although the database is away for a while', async () => {
		const { id, path } = await subscribe('redis', 'outage');
		const agora = simulator.control.notifications;
		const webhook = { url: `${n8n.url}${path}`, secret: SECRET, redundant: true };
		agora.setWebhook(AGORA, webhook);
		const outage = sleep(1_000).then(async () => await n8n.database.close(OUTAGE_MS));
		for (let i = 0; i < EVENTS_OF_OUTAGE; i++) {
			agora.send({ eventType: 40, sid: `outage-${i}`, sequence: i });
			await sleep(100);
		}
		await outage;
		const isOver = ({ state }: { state: string }) => ['delivered', 'failed'].includes(state);
		await until(() => agora.notices().every(isOver));
		agora.setWebhook(AGORA, null);
		const delivered = agora.notices().filter(({ state }) => state === 'delivered');
		const attempts = agora.notices().flatMap((notice) => notice.attempts);
		const answers = counted(attempts.map(({ status, problem }) => status ?? problem ?? ''));
		// n8n does not run what it had stored and could not read when its turn came.
		await until(() => listener.heard('outage').length >= EVENTS_OF_OUTAGE, 20_000).catch(() => {});

		const handled = listener.heard('outage');
		const rows = await n8n.database.query(
			`SELECT status, data FROM execution_entity JOIN execution_data ON id = "executionId" WHERE "workflowId" = '${id}'`,
		);
		const events = Array.from({ length: EVENTS_OF_OUTAGE }, (_, i) => `:outage-${i}:`);
		const statusesOf = (event: string) =>
			rows.filter(({ data }) => String(data).includes(event)).map(({ status }) => String(status));
		const unhandled = events.filter((event) => !handled.some((key) => key.includes(event)));
		const caught = unhandled.map(statusesOf);
		console.log(JSON.stringify({ answers, executions: rows.length, caught }));

		assert.ok(attempts.some(({ status }) => status !== 200));
		// Agora resends a notice three times: on a slow machine one of the two copies may run out of them.
		const sids = delivered.map(({ sid }) => sid);
		assert.equal(new Set(sids).size, EVENTS_OF_OUTAGE);
		assert.deepEqual(
			events.filter((event) => statusesOf(event).length === 0),
			[],
		);
		assert.deepEqual(counted(Object.values(counted(handled))), { 1: handled.length });
		assert.ok(caught.every((statuses) => statuses.some((status) => status !== 'success')));
	});

	describe('recording', () => {
		let workflowId: string;

		before(async () => {
			workflowId = await n8n.activate(recordingWorkflow('record', places.agoraCredential));
			await n8n.reachable('/webhook/record');
			// What these questions started.
			await executions(workflowId);
		});

		const record = async (prefix: string, count: number, url = n8n.url) =>
			await fetch(`${url}/webhook/record`, {
				method: 'POST',
				body: JSON.stringify({ prefix, count }),
				headers: { 'content-type': 'application/json' },
			});
		const recordings = (prefix: string) =>
			simulator.control.recordings().filter(({ cname }) => cname.startsWith(prefix));
		const causes = (prefix: string) =>
			counted(recordings(prefix).map(({ ended }) => String(ended?.cause)));
		/** How many executions each worker has begun so far. */
		const begun = () => n8n.workers.map(({ log }) => log().split('started execution').length - 1);

		it('makes each one once, though two workers share ten requests a second', async () => {
			const count = EXECUTIONS * ITEMS;
			simulator.control.clearRequests();
			const before = begun();
			for (let i = 0; i < EXECUTIONS; i++) await record(`lesson${i}`, ITEMS);
			await until(() => causes('lesson').stop === count);
			const statuses = counted(simulator.control.requests().map(({ status }) => String(status)));
			await executions(workflowId);
			const shares = begun().map((after, i) => after - before[i]);
			console.log(JSON.stringify({ recordings: count, statuses, shares }));
			const times = Object.values(counted(recordings('lesson').map(({ cname }) => cname)));
			assert.deepEqual(counted(times), { 1: count });
			assert.deepEqual(causes('lesson'), { stop: count });
			assert.ok(shares.every((share) => share > 0));
		});

		it('stops what it has started when an execution on a worker is cancelled', async () => {
			// Start waits until a recording is seen to run, which these are not for minutes.
			simulator.control.configure({ statusStepMs: 40_000 });
			const cancel = async (prefix: string): Promise<boolean> => {
				// Through the main process: n8n 2.41 marks what a webhook process has queued as cancelled, but
				// does not tell the worker.
				await record(prefix, 3, n8n.rest.url);
				await until(() => recordings(prefix).length === 3);
				const [{ id }] = await n8n.database.query(
					`SELECT id FROM execution_entity WHERE "workflowId" = '${workflowId}' AND status = 'running' ORDER BY id DESC`,
				);
				assert.deepEqual(causes(prefix), { undefined: 3 });
				await n8n.rest.call('POST', `/executions/${String(id)}/stop`);
				const stopped = await until(() => causes(prefix).stop === 3, CANCELLED_WITHIN_MS).then(
					() => true,
					() => false,
				);
				const [{ status }] = await n8n.database.query(
					`SELECT status FROM execution_entity WHERE id = ${String(id)}`,
				);
				assert.equal(status, 'canceled');
				const logs = n8n.workers.map(({ log }) => log().split('\n').slice(-12));
				if (!stopped)
					console.log(JSON.stringify({ prefix, causes: causes(prefix), logs }, null, 1));
				return stopped;
			};
			assert.ok(await cancel('cancelled'));
		});

		// The last one: afterwards there is one worker less.
		it('leaves the name of each recording in the log of a worker that is killed', async () => {
			simulator.control.configure({ statusStepMs: 40_000 });
			await record('killed', KILLED_ITEMS);
			await until(() => recordings('killed').length >= KILLED_ITEMS / 2);
			const worker = n8n.workers.find(({ log }) => log().includes('"killed-0"'));
			assert.ok(worker, 'no worker has logged the start');
			process.kill(worker.pid, 'SIGKILL');
			await worker.ended;
			const atDeath = recordings('killed').length;
			// What was on its way arrives, and n8n may hand the execution to the other worker.
			await sleep(5_000);
			const running = recordings('killed').filter(({ ended }) => ended === undefined);
			const lines = n8n.workers.flatMap(({ log }) => log().split('\n'));
			const bySid = running.filter(({ sid }) => lines.some((line) => line.includes(sid)));
			const unnamed = running.filter(
				({ sid, cname, uid }) =>
					!lines.some(
						(line) =>
							line.includes(sid) ||
							(line.includes(JSON.stringify(cname)) && line.includes(`UID ${uid}`)),
					),
			);
			console.log(
				JSON.stringify({ atDeath, running: running.length, bySid: bySid.length, unnamed }),
			);
			assert.ok(atDeath < KILLED_ITEMS, 'it was killed too late');
			assert.deepEqual(unnamed, []);
			const times = Object.values(counted(running.map(({ cname }) => cname)));
			assert.deepEqual(counted(times), { 1: running.length });
		});
	});
});
