/**
 * `npm run bench:trigger`: how fast the trigger is in a real n8n, beside what else could do its work.
 * Everything is measured in one run on one n8n, in turns, so that the ratios hold on any machine.
 * The package must be built. Settings of n8n's engine for expressions are handed on to it, and decide
 * much: `N8N_EXPRESSION_ENGINE=legacy`, `N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeNotice } from '../test/support/notices.mts';
import { startRealN8n, triggerPath, triggerWorkflow } from '../test/support/realN8n.mts';
import { signatures } from '../test/support/signatures.mts';
import { median, percentile, sendAll, type Load, type Request } from './load.mts';
import { checkByHand, emptyWebhook, leastTrigger, minimalTrigger } from './workflows.mts';

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const EXECUTIONS = Number(process.env.EXECUTIONS ?? 100);
const ANSWERS = Number(process.env.ANSWERS ?? 250);
const AT_ONCE = 10;
const WARM_UP = 60;
const SECRET = 'cloud-recording-secret';

const custom = mkdtempSync(join(tmpdir(), 'n8n-custom-'));
writeFileSync(join(custom, 'MinimalTrigger.node.js'), minimalTrigger);
const expressionSettings = Object.fromEntries(
	Object.entries({ N8N_EXPRESSION_ENGINE: 'vm', ...process.env }).filter(
		(setting): setting is [string, string] => setting[0].startsWith('N8N_EXPRESSION_ENGINE'),
	),
);
const n8n = await startRealN8n({ N8N_CUSTOM_EXTENSIONS: custom, ...expressionSettings });

async function setUp(path: string, workflow: object) {
	const id = await n8n.activate(workflow);
	const url = `${n8n.url}/webhook/${path}`;
	await n8n.reachable(url);
	return { id, url };
}

const credentialId = await n8n.rest.createCredential({
	name: 'Agora',
	type: 'agoraApi',
	data: {
		...{ customerId: 'id', customerSecret: 'secret', appId: '00112233445566778899aabbccddeeff' },
		...{ receiveNotifications: true, notificationSecret: SECRET },
	},
});
const trigger = await setUp(triggerPath('hook'), triggerWorkflow('hook', credentialId));
const filtering = await setUp(
	triggerPath('filtering'),
	triggerWorkflow('filtering', credentialId, { filters: { channelName: 'class-*' } }),
);
const webhook = await setUp('empty', emptyWebhook('empty'));
const minimal = await setUp('least/minimal', leastTrigger('least', false));
const accepting = await setUp('accepting/minimal', leastTrigger('accepting', true));
const byHand = await setUp('by-hand', checkByHand('by-hand', SECRET));

const signed = (notice: object, secret = SECRET): Request => {
	const body = JSON.stringify(notice);
	return { body, headers: signatures(body, secret) };
};
const many = (count: number, make: () => Request) => Array.from({ length: count }, make);
const fresh = () => signed(makeNotice());
const forged = () => signed(makeNotice(), 'forged');
const seen = fresh();

interface Series {
	name: string;
	target: { id: string; url: string };
	make: () => Request;
	status: string;
	/** Whether every request becomes an execution; then it counts when that has ended. */
	executes: boolean;
	rates: number[];
	latencies: number[];
}

const series = (
	name: string,
	target: Series['target'],
	make: () => Request,
	status: string,
	executes = false,
): Series => ({ name, target, make, status, executes, rates: [], latencies: [] });

const groups = {
	accepted: [
		series('Trigger: accepted', trigger, fresh, '200', true),
		series('Webhook node, empty workflow', webhook, fresh, '200', true),
		series('Minimal trigger: accepts all', accepting, fresh, '200', true),
	],
	refused: [
		series('Trigger: forged', trigger, forged, '401'),
		series('Trigger: filtered', filtering, fresh, '200'),
		series('Trigger: duplicate', trigger, () => seen, '200'),
		series('Minimal trigger: 401', minimal, forged, '401'),
		series('Webhook, Crypto, IF: forged', byHand, forged, '401'),
	],
};

const database = n8n.openDatabase();

/** Executions of a workflow so far, and when the last of those that ended did, in Unix milliseconds. */
async function executionsOf(id: string) {
	const [row] = await database.query(
		`select count(*) as ended, max(stoppedAt) as last from execution_entity where workflowId = '${id}' and stoppedAt is not null`,
	);
	return { ended: Number(row.ended), last: Date.parse(`${String(row.last).replace(' ', 'T')}Z`) };
}

async function measure({ target, make, status, executes }: Series, count: number) {
	const before = await executionsOf(target.id);
	const load: Load = await sendAll(target.url, many(count, make), AT_ONCE);
	if (load.statuses[status] !== count) {
		throw new Error(`${target.url} answered ${JSON.stringify(load.statuses)}, not ${status}`);
	}
	let { duration } = load;
	if (executes) {
		for (let i = 0; i < 300; i++) {
			const { ended, last } = await executionsOf(target.id);
			duration = last - load.startedAt;
			if (ended >= before.ended + count) break;
			if (i === 299) throw new Error('Executions have not ended');
			await sleep(100);
		}
	}
	return { rate: (1000 * count) / duration, latencies: load.latencies };
}

try {
	await sendAll(trigger.url, [seen], 1);
	for (const all of Object.values(groups)) {
		for (const one of all) await measure(one, WARM_UP);
		for (let round = 0; round < ROUNDS; round++) {
			// Every other round backwards, so that nobody always comes after the same one.
			for (const one of round % 2 === 0 ? all : [...all].reverse()) {
				const { rate, latencies } = await measure(one, one.executes ? EXECUTIONS : ANSWERS);
				one.rates.push(rate);
				one.latencies.push(...latencies);
			}
		}
	}
} finally {
	await database.close();
	await n8n.stop();
	rmSync(custom, { recursive: true });
}

const results = Object.values(groups)
	.flat()
	.map(({ name, rates, latencies, executes }) => {
		const sorted = latencies.sort((a, b) => a - b);
		return {
			name,
			perSecond: Math.round(10 * median(rates)) / 10,
			counts: executes ? 'finished executions' : 'answers',
			p50ms: Math.round(10 * percentile(sorted, 0.5)) / 10,
			p99ms: Math.round(10 * percentile(sorted, 0.99)) / 10,
		};
	});
/** Median of the ratios of each round: what slows the machine for a round slows both. */
const ratio = (a: Series, b: Series) =>
	Math.round(100 * median(a.rates.map((rate, round) => rate / b.rates[round]))) / 100;
const [accepted, empty, leastAccepting] = groups.accepted;
const [forgedSeries, filteredSeries, duplicateSeries, least, hand] = groups.refused;
const ratios = {
	'accepted / Webhook node (goal 0.95)': ratio(accepted, empty),
	'accepted / minimal trigger': ratio(accepted, leastAccepting),
	'forged / minimal trigger (goal 0.9)': ratio(forgedSeries, least),
	'filtered / minimal trigger (goal 0.9)': ratio(filteredSeries, least),
	'duplicate / minimal trigger (goal 0.9)': ratio(duplicateSeries, least),
	'forged / Webhook, Crypto, IF (goal 3)': ratio(forgedSeries, hand),
	'filtered / Webhook, Crypto, IF (goal 3)': ratio(filteredSeries, hand),
	'duplicate / Webhook, Crypto, IF (goal 3)': ratio(duplicateSeries, hand),
};
const engine = {
	n8n: n8n.version,
	...expressionSettings,
	database: 'SQLite',
	mode: 'regular, one process',
	node: process.version,
	cpus: cpus().length,
	atOnce: AT_ONCE,
	rounds: ROUNDS,
	acknowledged: 'both after the execution is stored',
};
console.log(
	Object.entries(engine)
		.map(([name, value]) => `${name}: ${value}`)
		.join(', '),
);
console.table(results);
console.table(ratios);
console.log(JSON.stringify({ engine, results, ratios }));
process.exit(0);
