/**
 * `npm run bench`: how fast many recordings are started, by this package's node and by the built-in
 * HTTP Request nodes chained acquire → start, in the same n8n, on the same machine, against the same
 * simulator with 50 ms latency. Prints tables, then everything as JSON. `npm run bench -- --quick`
 * leaves out 1000 items and repeats nothing.
 */
import { availableParallelism, cpus } from 'node:os';
import { runProgram } from '../tools/program.mjs';
import { httpChain, ourNode, TRIGGER, workflowOf, type Contestant } from './contestants.mts';
import { openStage, type Sent, type Stage } from './stage.mts';

const LATENCY_MS = 50;
const RATE = 10;
const UNLIMITED = 100_000;
const quick = process.argv.includes('--quick');
const SIZES = quick ? [1, 10, 100] : [1, 10, 100, 1000];
const REPEATS = quick ? 1 : 3;
const LIMITED_ITEMS = 100;

interface Figures {
	contestant: string;
	items: number;
	/** Seconds from the begin of the first of its nodes to the end of the last. */
	makespan: number;
	/** Processor seconds of n8n for the whole execution. */
	cpu: number;
	recordings: number;
	refused429: number;
	/** Longest seconds from an acquire's answer to its start; null without starts. */
	longestGap: number | null;
}

let runs = 0;

async function measure(
	stage: Stage,
	contestant: Contestant,
	items: number,
	agora: string,
	basic: string,
): Promise<Figures> {
	await stage.control('DELETE', '/requests');
	const prefix = `run${++runs}`;
	const credentialIds = { agora, basic };
	const task = { items, prefix, simulatorUrl: stage.simulatorUrl, credentialIds };
	const id = await stage.rest.createWorkflow(workflowOf(contestant, task));
	const cpuBefore = stage.cpuSeconds();
	const { times } = await stage.ended(await stage.rest.runWorkflow(id, TRIGGER));
	const cpu = stage.cpuSeconds() - cpuBefore;
	const [first, last] = [contestant.timed[0], contestant.timed.at(-1) ?? ''].map(
		(name) => times[name],
	);
	const sent = await stage.control<Sent[]>('GET', '/requests');
	const all = await stage.control<{ cname: string; ended?: object }[]>('GET', '/recordings');
	const acquired = new Map(
		sent
			.filter(({ operation, status }) => operation === 'acquire' && status === 200)
			.map(({ cname, answeredAt }) => [cname, answeredAt ?? 0]),
	);
	const gaps = sent
		.filter(({ operation, cname }) => operation === 'start' && acquired.has(cname))
		.map(({ cname, arrivedAt }) => (arrivedAt - (acquired.get(cname) ?? 0)) / 1000);
	return {
		contestant: contestant.name,
		items,
		makespan: (last.startTime + last.executionTime - first.startTime) / 1000,
		cpu,
		recordings: all.filter(({ cname, ended }) => cname.startsWith(`${prefix}-`) && !ended).length,
		refused429: sent.filter(({ status }) => status === 429).length,
		longestGap: gaps.length > 0 ? Math.max(...gaps) : null,
	};
}

const median = (values: number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Medians of several runs; of counts and gaps the worst. */
function typical(all: Figures[]): Figures {
	const gaps = all.flatMap(({ longestGap }) => (longestGap === null ? [] : [longestGap]));
	return {
		...all[0],
		makespan: median(all.map(({ makespan }) => makespan)),
		cpu: median(all.map(({ cpu }) => cpu)),
		recordings: Math.min(...all.map(({ recordings }) => recordings)),
		refused429: Math.max(...all.map(({ refused429 }) => refused429)),
		longestGap: gaps.length > 0 ? Math.max(...gaps) : null,
	};
}

const round = (value: number | null, digits = 2) =>
	value === null ? null : Number(value.toFixed(digits));

async function withoutLimit(stage: Stage, basic: string) {
	await stage.control('POST', '/config', { requestsPerSecond: null });
	const agora = await stage.agoraCredential(UNLIMITED);
	const contestants = [ourNode(false), httpChain()];
	// Nobody is to pay for n8n's first run of a node.
	for (const one of contestants) await measure(stage, one, 10, agora, basic);
	const rows: object[] = [];
	const figures: Figures[] = [];
	for (const items of SIZES) {
		const [ours, chain] = [[], []] as Figures[][];
		for (let i = 0; i < REPEATS; i++) {
			ours.push(await measure(stage, contestants[0], items, agora, basic));
			chain.push(await measure(stage, contestants[1], items, agora, basic));
		}
		const [a, b] = [typical(ours), typical(chain)];
		figures.push(a, b);
		rows.push({
			items,
			'node s': round(a.makespan),
			'chain s': round(b.makespan),
			'makespan ratio': round(a.makespan / b.makespan),
			'node CPU s': round(a.cpu),
			'chain CPU s': round(b.cpu),
			'CPU ratio': round(a.cpu / b.cpu),
			'node ms/item': round((1000 * a.makespan) / items, 1),
			'node CPU ms/item': round((1000 * a.cpu) / items, 1),
			'recordings (node, chain)': `${a.recordings}, ${b.recordings}`,
		});
	}
	return { rows, figures };
}

async function withLimit(stage: Stage, basic: string) {
	await stage.control('POST', '/config', { requestsPerSecond: RATE });
	const agora = await stage.agoraCredential(RATE);
	const rows: object[] = [];
	const figures: Figures[] = [];
	for (const contestant of [ourNode(false), ourNode(true), httpChain(), httpChain(RATE)]) {
		const verified = contestant.name.includes('verified');
		const ideal = ((verified ? 3 : 2) * LIMITED_ITEMS) / RATE + (verified ? 5 : 0);
		const one = await measure(stage, contestant, LIMITED_ITEMS, agora, basic);
		figures.push(one);
		rows.push({
			contestant: one.contestant,
			recordings: one.recordings,
			'429s': one.refused429,
			'longest gap s': round(one.longestGap),
			'makespan s': round(one.makespan),
			'ideal s': ideal,
			ratio: round(one.makespan / ideal),
		});
		// The next one begins with an unused second.
		await new Promise((resolve) => setTimeout(resolve, 2000));
	}
	return { rows, figures };
}

runProgram(async () => {
	const stage = await openStage(LATENCY_MS);
	await stage.control('POST', '/config', { pcw: { recording: 1_000_000, web: 200 } });
	const basic = await stage.rest.createCredential({
		name: 'Agora REST',
		type: 'httpBasicAuth',
		data: { user: 'example-customer-id', password: 'example-customer-secret' },
	});
	const free = await withoutLimit(stage, basic);
	const limited = await withLimit(stage, basic);

	const machine = `${availableParallelism()} × ${cpus()[0].model}`;
	console.log(`\nContestants, on ${machine}, ${LATENCY_MS} ms latency:`);
	for (const { name, settings } of [ourNode(false), ourNode(true), httpChain(), httpChain(RATE)]) {
		console.log(`  ${name}: ${settings}`);
	}
	console.log(
		`\nNo limit, median of ${REPEATS}. Goals: makespan ratio ≤ 1.1 at 100, CPU ratio ≤ 1`,
	);
	console.table(free.rows);
	console.log(
		`${RATE} requests a second, ${LIMITED_ITEMS} items. Goals: ${LIMITED_ITEMS} recordings, gap < 2 s, ratio ≤ 1.1 (verified ≤ 1.15)`,
	);
	console.table(limited.rows);
	const result = {
		machine,
		latencyMs: LATENCY_MS,
		noLimit: free.figures,
		limited: limited.figures,
	};
	console.log(JSON.stringify(result, null, 2));
	return 0;
});
