import type { IDataObject } from 'n8n-workflow';
import { describeFailure, type Failure } from '../support/failures.mts';
import { COLUMNS, FAULT_ROWS, runOf, type Column, type Trouble } from '../support/faultTable.mts';
import { setUp, type Setup } from '../support/setup.mts';

let agora: Setup;

beforeAll(async () => {
	agora = await setUp();
});
afterEach(() => agora.fresh());
afterAll(async () => {
	await agora.tearDown();
	console.log(
		`Fault matrix: ${totals.situations} situations, wrong successes ${totals.wrongSuccesses}, second recordings ${totals.secondRecordings}`,
	);
});

/** What the whole matrix showed. */
const totals = { situations: 0, wrongSuccesses: 0, secondRecordings: 0 };

const MODES = {
	mix: {},
	individual: {
		audioSubscription: 'only',
		audioUids: '7',
		videoSubscription: 'only',
		videoUids: '7',
	},
	web: { url: 'https://example.com/lesson' },
};
type Mode = keyof typeof MODES;

/** Outcomes that say that what was asked for is so. */
const SUCCESSES = ['acquired', 'recording', 'paused', 'accepted', 'updated'];

interface Ran {
	item?: IDataObject;
	failure?: Failure;
	/** Requests of the operation itself, and the virtual seconds between them. */
	requests: number;
	gaps: number[];
}

/** Runs an operation, each of whose requests meets the trouble. */
async function runInto(
	column: Column,
	trouble: Trouble | undefined,
	parameters: object,
	more: Parameters<Setup['run']>[2] = {},
): Promise<Ran> {
	const { resource, operation, sends } = runOf(column);
	if (trouble && 'fault' in trouble) {
		const match = { operation: sends.operation };
		agora.control.addFault({ match, fault: trouble.fault, times: null });
	}
	const times: number[] = [];
	const route = (url: string) => {
		if (!sends.url.test(url)) return url;
		times.push(agora.time.now());
		if (trouble && 'network' in trouble) {
			throw Object.assign(new Error('The network failed'), { code: trouble.network });
		}
		return url;
	};
	const ran = await agora.run(operation, { ...parameters, resource }, { ...more, route }).then(
		([first]) => ({ item: first.json }),
		(thrown: unknown) => ({ failure: describeFailure(thrown) }),
	);
	agora.control.clearFaults();
	const gaps = times.slice(1).map((time, i) => (time - times[i]) / 1000);
	return { ...ran, requests: times.length, gaps };
}

/** What an operation of that mode is given: a form, and for those that need one a recording. */
async function prepare(column: Column, mode: Mode) {
	const form = { mode, channelName: 'class-7', ...MODES[mode] };
	if (column === 'acquire' || column === 'start') return { parameters: form };
	if (!runOf(column).isAboutRecording) return { parameters: { channelName: 'class-7' } };
	const items = [await agora.runOne('start', form)];
	agora.time.pass(60_000);
	agora.control.clearRequests();
	return { parameters: { mode, change: mode === 'web' ? 'pause' : 'subscription' }, items };
}

describe.each(Object.keys(MODES) as Mode[])('In mode %s', (mode) => {
	const columns = COLUMNS.filter(
		(column) => mode === 'mix' || ['start', 'query', 'update', 'stop'].includes(column),
	);

	it.each(FAULT_ROWS)('$name for ever ends as the table says', async (row) => {
		for (const column of columns) {
			agora.fresh();
			const { parameters, items } = await prepare(column, mode);
			const executionId = `${row.name} ${mode} ${column}`;
			const ran = await runInto(column, row.trouble, parameters, {
				executionId,
				...(items && { items }),
			});
			const { ending, gaps } = row.expected[column];

			totals.situations++;
			const { outcome } = ran.item ?? {};
			const success =
				SUCCESSES.some((known) => known === outcome) ||
				(outcome === 'stopped' && ran.item?.uploadStatus === 'uploaded') ||
				ran.item?.ip !== undefined ||
				ran.item?.userCount !== undefined;
			if (success) totals.wrongSuccesses++;

			const actual = ran.failure ? (ran.failure.details.mayRun ? 'maybe' : 'error') : outcome;
			expect([column, actual]).toEqual([column, ending]);
			if (gaps) {
				expect([column, ran.gaps]).toEqual([column, gaps]);
				expect([column, ran.requests]).toEqual([column, gaps.length + 1]);
			} else {
				const waited = ran.gaps.reduce((sum, gap) => sum + gap, 0);
				expect(waited).toBeGreaterThanOrEqual(60);
				expect(waited).toBeLessThan(70);
			}
			if (items && ran.failure) {
				const { cname, uid, resourceId, sid } = items[0];
				expect(ran.failure.details).toMatchObject({ cname, uid, resourceId, sid });
			}
			const had = items ? 1 : 0;
			const left = !row.effect ? had : column === 'start' ? 1 : column === 'stop' ? 0 : had;
			expect([column, agora.running().length]).toEqual([column, left]);

			if (column !== 'start') continue;
			// n8n's Retry On Fail, with Agora well again.
			const before = agora.control.recordings().length;
			await runInto('start', undefined, parameters, { executionId });
			const after = agora.control.recordings().length;
			if (before > 1 || (before === 1 && after > 1)) totals.secondRecordings++;
			expect([row.name, after]).toEqual([row.name, 1]);
		}
	});
});

/** Rows in which a query is answered 404 in somebody else's words. */
const NOT_THERE = /^(gateway\.route|channels\.404|html404)$/;

describe.each(Object.keys(MODES) as Mode[])('While a start is verified in mode %s', (mode) => {
	it.each(FAULT_ROWS)('$name for ever is never taken for a recording', async (row) => {
		const { parameters } = await prepare('start', mode);
		const executionId = `verify ${row.name} ${mode}`;
		const query = row.trouble;
		if ('fault' in query) {
			agora.control.addFault({ match: { operation: 'query' }, fault: query.fault, times: null });
		}
		const times: number[] = [];
		const route = (url: string) => {
			if (!url.endsWith('/query')) return url;
			times.push(agora.time.now());
			if ('network' in query) throw Object.assign(new Error('down'), { code: query.network });
			return url;
		};
		const run = agora.run('start', parameters, { executionId, route });
		const failure = describeFailure(await run.catch((thrown: unknown) => thrown));
		totals.situations++;
		const [recording] = agora.control.recordings();
		expect(failure.message).toMatch(/accepted the start/);
		expect(failure.details).toMatchObject({ mayRun: true, sid: recording.sid });
		const { ending, gaps: repeats } = row.expected.query;
		// A 404 of whomever says nothing of a recording that was just accepted: it is asked about on.
		const refused = ending === 'error' && repeats?.length === 0 && !row.name.match(NOT_THERE);
		const gaps = times.slice(1).map((time, i) => (time - times[i]) / 1000);
		const patient = mode === 'web' ? [10, 15] : [10, 15, 15, 15, 15, 15];
		if (!row.name.endsWith('.rate') && !row.name.endsWith('.429'))
			expect(gaps).toEqual(refused ? [] : patient);
		agora.control.clearFaults();
		await agora.run('start', parameters, { executionId }).catch(() => undefined);
		if (agora.control.recordings().length > 1) totals.secondRecordings++;
		expect(agora.control.recordings()).toHaveLength(1);
	});
});

describe('In the end', () => {
	it('there was no wrong success and no second recording', () => {
		expect(totals).toMatchObject({ wrongSuccesses: 0, secondRecordings: 0 });
		expect(totals.situations).toBe(FAULT_ROWS.length * (COLUMNS.length + 4 + 4 + 3));
	});
});
