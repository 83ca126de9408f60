/** n8n in queue mode: notifications over two webhook processes, recordings over two workers. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXAMPLE_ACCOUNT, startSimulator, type Simulator } from '../../simulator/index.mts';
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

/** The worst that can come: so many copies of each event at the same moment, at each process. */
const EVENTS = Number(process.env.QUEUE_EVENTS ?? 40);
const COPIES = 3;
const EVENTS_AT_ONCE = 8;
/** What comes while the database is away, and how long that is. */
const EVENTS_OF_OUTAGE = 60;
const OUTAGE_MS = 4_000;

const RATE = 10;
const EXECUTIONS = 8;
const ITEMS = 8;

const WITHIN_MS = 180_000;
const ANSWER_WITHIN_MS = 20_000;
const TRIES = 6;

/** How often each value is there. */
function counted(values: Iterable<string | number>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
	const deadline = Date.now() + WITHIN_MS;
	while (!(await isSo())) {
		assert.ok(Date.now() < deadline, `not within ${WITHIN_MS / 1000} s`);
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
		simulator = await startSimulator({ pcw: { recording: 1000, web: 200 } });
		n8n = await startQueueMode(PROCESSES);
		const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
		const agoraCredential = await n8n.rest.createCredential({
			name: 'Agora',
			type: 'agoraApi',
			data: {
				...{ customerId, customerSecret, appId: apps[0].appId },
				...{ apiDomain: 'custom', baseUrl: simulator.url, requestsPerSecond: RATE },
				...{ storageVendor: 'amazonS3', storageRegion: 'eu-central-1', storageBucket: 'lessons' },
				...{ storageAccessKey: 'example-access-key', storageSecretKey: 'example-secret-key' },
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
		await n8n?.stop();
		await simulator?.close();
		listener.close();
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

	it('loses nothing while the database is away', async () => {
		const { id, path } = await subscribe('redis', 'outage');
		const agora = simulator.control.notifications;
		agora.setWebhook(AGORA, { url: `${n8n.url}${path}`, secret: SECRET, redundant: true });
		const outage = (async () => {
			await sleep(1_000);
			await n8n.database.close(OUTAGE_MS);
		})();
		for (let i = 0; i < EVENTS_OF_OUTAGE; i++) {
			agora.send({ eventType: 40, sid: `sid-${i}`, sequence: i });
			await sleep(100);
		}
		await outage;
		const notices = () => agora.notices();
		await until(() => notices().every(({ state }) => state === 'delivered' || state === 'failed'));
		const attempts = notices().flatMap((notice) => notice.attempts);
		const answers = counted(attempts.map(({ status, problem }) => status ?? problem ?? ''));
		const ended = await executions(id);
		const heard = counted(listener.heard('outage'));
		console.log(JSON.stringify({ answers, ended, heard: counted(Object.values(heard)) }));
		assert.ok(attempts.some(({ status }) => status !== 200));
	});

	it('makes every recording once over two workers that share ten requests a second', async () => {
		await n8n.activate(recordingWorkflow('record', places.agoraCredential));
		await n8n.reachable('/webhook/record');
		simulator.control.clearRequests();
		for (let i = 0; i < EXECUTIONS; i++) {
			await fetch(`${n8n.url}/webhook/record`, {
				method: 'POST',
				body: JSON.stringify({ prefix: `lesson${i}`, count: ITEMS }),
				headers: { 'content-type': 'application/json' },
			});
		}
		const all = () =>
			simulator.control.recordings().filter(({ cname }) => cname.startsWith('lesson'));
		await until(() => all().length >= EXECUTIONS * ITEMS && all().every(({ ended }) => ended));
		const requests = simulator.control.requests();
		console.log(JSON.stringify(counted(requests.map(({ status }) => String(status)))));
		const times = Object.values(counted(all().map(({ cname }) => cname)));
		assert.deepEqual(counted(times), { 1: EXECUTIONS * ITEMS });
		assert.deepEqual(counted(all().map(({ ended }) => String(ended?.cause))), {
			stop: EXECUTIONS * ITEMS,
		});
	});
});
