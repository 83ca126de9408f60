import type { IDataObject } from 'n8n-workflow';
import { failureOf, textOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora({ rateClock: 'virtual', requestsPerSecond: 10, pcw: { recording: 500 } });

const CHANNEL = { channelName: 'class-7' };
const PAGE = { mode: 'web', channelName: 'page', url: 'https://example.com/lesson' };

const started = async (parameters: object = {}) =>
	await agora.runOne('start', { ...CHANNEL, ...parameters });

/** Virtual seconds from start to each query. */
const queriedAt = () => {
	const [{ virtualTime }] = agora.sent('start');
	return agora.sent('query').map((request) => (request.virtualTime - virtualTime) / 1000);
};

describe('A storm of 429', () => {
	it.each(['acquire', 'start', 'query', 'stop'] as const)(
		'at %s is outlived, at the pace that Agora asks for',
		async (operation) => {
			agora.fail(operation, { kind: 'rateLimited', retryAfter: 2 }, { times: 12 });
			const item = await started();
			const stopped = await agora.runOne('stop', {}, { items: [item] });
			expect(stopped.outcome).toBe('stopped');
			expect(agora.control.recordings()).toHaveLength(1);
			expect(agora.count('acquire')).toBe(operation === 'acquire' ? 13 : 1);
			expect(agora.gaps(operation).slice(0, 12)).toEqual(Array.from({ length: 12 }, () => 2));
		},
	);
});

describe('A move to another server', () => {
	it.each([
		[20, 'query', 'recording', 4],
		[20, 'stop', 'stopped', 4],
		[20, 'update', 'updated', 4],
		[20, 'updateLayout', 'updated', 4],
		[89, 'query', 'notFound', 4],
		[89, 'stop', 'notFound', 4],
	])('of %i s: %s is %s', async (seconds, operation, outcome, requests) => {
		const item = await started();
		agora.control.failover(textOf(item.sid), seconds * 1000);
		agora.control.clearRequests();
		expect(await agora.runOne(operation, {}, { items: [item] })).toMatchObject({ outcome });
		expect(agora.count(operation)).toBe(requests);
		expect(agora.gaps(operation)).toEqual([5, 10, 15]);
		expect(agora.running()).toHaveLength(outcome === 'stopped' ? 0 : 1);
	});

	it.each([20, 60, 84])('of %i s after a start is waited for', async (seconds) => {
		agora.fail('start', { kind: 'failover', ms: seconds * 1000 });
		expect((await started()).outcome).toBe('recording');
		expect(queriedAt().at(-1)).toBeGreaterThanOrEqual(seconds);
	});
});

describe('A start is verified', () => {
	it('of a page after 5 seconds; on hold it is paused', async () => {
		const held = await started({ ...PAGE, recordingOptions: { onhold: true } });
		expect(held).toMatchObject({ outcome: 'paused', onhold: true });
		expect(queriedAt()).toEqual([5]);
	});

	it.each([
		[undefined, [5, 15, 30]],
		[20, [5, 15, 30, 45, 60, 70]],
	])('of a page that does not come (Wait for Page %p) for so long', async (wait, times) => {
		agora.control.configure({ pages: { [PAGE.url]: 'neverReady' }, statusStepMs: 40_000 });
		agora.fail('query', { kind: 'error', error: 'query.404' }, { times: null });
		const recordingOptions = wait === undefined ? {} : { readyTimeout: wait };
		const failure = await failureOf(started({ ...PAGE, recordingOptions }));
		expect(failure.message).toMatch(/did not confirm that the recording is running/);
		expect(failure.description).toMatch(
			/Likely causes:<br>1\. The page is not publicly accessible/,
		);
		expect(queriedAt()).toEqual(times);
	});
});

describe('Three executions with one App ID', () => {
	it('make all recordings, each start within two seconds of its acquire, without a 429', async () => {
		const channels = (execution: number): IDataObject[] =>
			Array.from({ length: 40 }, (_, item) => ({ channel: `class-${execution}-${item}` }));
		const begun = agora.time.now();
		const all = await Promise.all(
			[1, 2, 3].map(async (execution) => {
				const parameters = { channelName: '={{ $json.channel }}' };
				const output = await agora.run('start', parameters, { items: channels(execution) });
				return { output, took: agora.time.now() - begun };
			}),
		);
		expect(all.flatMap(({ output }) => output.map(({ json }) => json.outcome))).toEqual(
			Array.from({ length: 120 }, () => 'recording'),
		);
		expect(agora.running()).toHaveLength(120);
		expect(agora.sent().filter(({ status }) => status === 429)).toEqual([]);
		const acquired = new Map(agora.sent('acquire').map((sent) => [sent.cname, sent.virtualTime]));
		const gaps = agora
			.sent('start')
			.map(({ cname, virtualTime }) => virtualTime - (acquired.get(cname) ?? 0));
		expect(gaps).toHaveLength(120);
		expect(Math.max(...gaps)).toBeLessThan(2000);
		// None waits until the others are done.
		const took = all.map((one) => one.took);
		expect(Math.min(...took)).toBeGreaterThan(Math.max(...took) / 2);
	});
});
