/**
 * examples/record-every-channel-without-webhooks.json with 200 channels: rounds in a real n8n that is
 * killed in the first one, and restarted between the others. Says how long each took and what it asked,
 * and asserts neither. Three times as fast as an account that has nothing agreed with Agora; with
 * `REQUESTS_PER_SECOND=10` as fast as that.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Simulator } from '../../../simulator/index.mts';
import { endAll } from '../../support/endAll.mts';
import { startRealN8n, type RealN8n } from '../../support/realN8n.mts';
import { Stage, type Imported } from '../examples/stage.mts';

const EXAMPLE = 'record-every-channel-without-webhooks';
const TABLE = 'agora_channels';
const LIST = 'Channels With Users';
const RECORDED = 200;
const PREFIX = 'lesson-';
/** Others, of which the workflow records none: with them Agora's list has two pages. */
const OTHERS = 400;
const PAGE = 500;
/** Every so manieth empties after the first round and fills again before the last. */
const EMPTIES_EVERY = 10;
/** Longer than the example's recorders wait in an empty channel. */
const EMPTY_FOR_MS = 150_000;
const PATIENCE_MS = 240_000;
const RATE = Number(process.env.REQUESTS_PER_SECOND ?? 30);
/** So many recordings run when n8n is killed, and so many at most are not in its table by then. */
const KILLED_AT = 120;
const BATCH = 50;

const recorded = Array.from({ length: RECORDED }, (_, i) => `${PREFIX}${i}`);
const emptied = recorded.filter((_, i) => i % EMPTIES_EVERY === 0);
const stayed = recorded.filter((cname) => !emptied.includes(cname));

/** In the order of Agora's list: what moves from one page to the next is a channel that is recorded. */
function inOrder(): string[] {
	const others = Array.from({ length: OTHERS }, (_, i) => `other-${i}`);
	const last = PAGE - RECORDED / 2;
	return [...others.slice(0, last), ...recorded, ...others.slice(last)];
}

/** As the sticky note says: a Filter behind the list, for those who record some channels only. */
function withFilter({ nodes, connections }: Imported): object {
	const filter = {
		...{ id: 'filter', name: 'Lessons Only', type: 'n8n-nodes-base.filter', typeVersion: 2.2 },
		position: [560, 400],
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				conditions: [
					{
						id: 'is-lesson',
						leftValue: '={{ $json.cname }}',
						rightValue: PREFIX,
						operator: { type: 'string', operation: 'startsWith' },
					},
				],
				combinator: 'and',
			},
			options: {},
		},
	};
	return {
		nodes: [...nodes, filter],
		connections: {
			...connections,
			[LIST]: { main: [[{ node: filter.name, type: 'main', index: 0 }]] },
			[filter.name]: connections[LIST],
		},
	};
}

describe('The example without webhooks, with 200 channels', () => {
	let n8n: RealN8n;
	let stage: Stage;
	let simulator: Simulator;
	let workflow: Imported;

	before(async () => {
		n8n = await startRealN8n();
		stage = new Stage(EXAMPLE, { n8n, patienceMs: PATIENCE_MS });
		simulator = await stage.startSimulator({
			pcw: { recording: RECORDED, web: 0 },
			unknownChannels: 'nobody',
			requestsPerSecond: RATE,
		});
		for (const cname of inOrder()) simulator.control.setPublishers(cname, ['7']);
		const agoraApi = await stage.agoraCredential(simulator, { requestsPerSecond: RATE });
		workflow = await stage.importExample(
			{ agoraApi },
			// A recording that is over is believed to be at once.
			{ 'Is It Still Recorded': { options: { retryWhileNotFound: 0 } } },
		);
		const path = `/workflows/${workflow.id}`;
		const { versionId } = (await n8n.rest.call('GET', path)) as { versionId: string };
		await n8n.rest.call('PATCH', path, { versionId, ...withFilter(workflow) });
	});
	after(async () => {
		await endAll(
			async () => await stage?.close(),
			async () => await n8n?.stop(),
		);
	});

	/** Runs the workflow once. @returns what it took */
	async function round(): Promise<string> {
		const { control } = simulator;
		control.clearRequests();
		const began = Date.now();
		const { status, error } = await stage.run(workflow, 'Every Minute');
		const seconds = (Date.now() - began) / 1000;
		assert.equal(status, 'success', error);
		const asked = new Map<string, number>();
		for (const { operation = 'none' } of control.requests()) {
			asked.set(operation, (asked.get(operation) ?? 0) + 1);
		}
		const refused = control.requests().filter((request) => request.status === 429).length;
		const each = [...asked].map(([operation, times]) => `${operation} ${times}`).join(', ');
		return `${seconds.toFixed(1)} s, ${control.requests().length} requests (${each}), ${refused} times 429`;
	}

	/** Channels for which a recorder was asked for once more although it had one. */
	const triedAgain = (): string[] =>
		simulator.control
			.requests()
			.flatMap(({ operation, answer, cname = '' }) =>
				operation === 'start' && JSON.stringify(answer).includes('"code":53') ? [cname] : [],
			);

	/** How many recordings of each channel run, and how many have ended: `1+0`. */
	function books(): Record<string, string> {
		const all = new Map<string, { run: number; ended: number }>();
		for (const { cname, ended } of simulator.control.recordings()) {
			const count = all.get(cname) ?? { run: 0, ended: 0 };
			all.set(cname, count);
			if (ended) count.ended++;
			else count.run++;
		}
		return Object.fromEntries(
			[...all].sort().map(([cname, { run, ended }]) => [cname, `${run}+${ended}`]),
		);
	}

	/** Channels to which a recorder was sent in this round. */
	const started = (): string[] =>
		simulator.control
			.requests()
			.flatMap(({ operation, status, cname = '' }) =>
				operation === 'start' && status === 200 ? [cname] : [],
			)
			.sort();

	const expected = (of: { stayed: string; emptied: string }) =>
		Object.fromEntries(
			[
				...stayed.map((cname) => [cname, of.stayed] as const),
				...emptied.map((cname) => [cname, of.emptied] as const),
			].sort(),
		);

	/** What the table says of each channel; n8n was killed before it knew of all. */
	const states = async (): Promise<Record<string, unknown>> =>
		Object.fromEntries(
			(await stage.rows(TABLE)).map(({ cname, state }) => [String(cname), state] as const),
		);

	it('records each channel once, though n8n is killed meanwhile', async (test) => {
		simulator.control.configure({ channelLists: { paging: 'twice' } });
		await n8n.rest.runWorkflow(workflow.id, 'Every Minute');
		await stage.eventually(
			`${KILLED_AT} recordings`,
			() => simulator.control.recordings().length >= KILLED_AT,
		);
		process.kill(n8n.pid, 'SIGKILL');
		await n8n.restart();
		test.diagnostic(await round());
		assert.deepEqual(books(), expected({ stayed: '1+0', emptied: '1+0' }));
		assert.ok(triedAgain().length <= BATCH, `${triedAgain().length} were tried again`);
	});

	it('goes on after a restart, and starts nothing in channels that have emptied', async (test) => {
		for (const cname of emptied) simulator.control.setPublishers(cname, []);
		simulator.control.advance(EMPTY_FOR_MS);
		await n8n.restart();
		simulator.control.configure({ channelLists: { paging: 'missing' } });
		test.diagnostic(await round());
		assert.deepEqual(books(), expected({ stayed: '1+0', emptied: '0+1' }));
		const told = await states();
		const known = (of: readonly string[]) => of.filter((cname) => cname in told);
		assert.ok(Object.keys(told).length >= RECORDED - BATCH, 'more were forgotten');
		assert.deepEqual(
			told,
			Object.fromEntries([
				...known(stayed).map((cname) => [cname, 'running']),
				...known(emptied).map((cname) => [cname, 'over']),
			]),
		);
	});

	it('records a channel that has filled again, after another restart', async (test) => {
		for (const cname of emptied) simulator.control.setPublishers(cname, ['8']);
		await n8n.restart();
		simulator.control.configure({ channelLists: { paging: 'twice' } });
		test.diagnostic(await round());
		assert.deepEqual(books(), expected({ stayed: '1+0', emptied: '1+1' }));
		assert.deepEqual(started(), [...emptied].sort());
	});
});
