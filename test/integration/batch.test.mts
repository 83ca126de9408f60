import type { IDataObject } from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { failureOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora({ rateClock: 'virtual', requestsPerSecond: 10, pcw: { recording: 500 } });

type Fault = FaultInput['fault'];
const error = (name: string) => ({ kind: 'error', error: name }) as Fault;

const channels = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, item) => ({ channel: `class-${item}` }));
const FROM_ITEM = { channelName: '={{ $json.channel }}' };

const sidsOf = (recordings: ReadonlyArray<{ sid?: unknown }>) =>
	recordings.map(({ sid }) => String(sid)).sort();

describe('Fifty items of which five are bad', () => {
	const BAD: Record<number, { channel: string; says: RegExp }> = {
		3: { channel: 'a/b', says: /'Channel Name' must .*\(got "a\/b"\)/ },
		11: { channel: '', says: /'Channel Name' must not be empty/ },
		20: { channel: 'refused', says: /rejected a value/ },
		37: { channel: 'overloaded', says: /may be running/ },
		49: { channel: 'dead', says: /did not confirm that the recording is running/ },
	};

	it('make 45 recordings and five clear messages, in order', async () => {
		const items = channels(50).map((json, item) =>
			BAD[item] ? { channel: BAD[item].channel } : json,
		);
		agora.fail('start', error('start.2'), { cname: 'refused', times: null });
		agora.fail('start', error('start.62'), { cname: 'overloaded', times: null });
		agora.fail('query', error('query.404'), { cname: 'dead', times: null });
		const output = await agora.run('start', FROM_ITEM, {
			items,
			onError: 'continueRegularOutput',
		});
		expect(output.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		output.forEach(({ json }, item) => {
			const bad = BAD[item];
			if (bad) {
				expect((json.error as IDataObject).message).toMatch(bad.says);
				expect(json).not.toHaveProperty('outcome');
			} else {
				expect(json).toMatchObject({ outcome: 'recording', cname: `class-${item}` });
				expect(json).not.toHaveProperty('error');
			}
		});
		const good = output.flatMap(({ json }) => (json.outcome ? [json] : []));
		expect(good).toHaveLength(45);
		const running = agora.running().filter(({ cname }) => cname !== 'dead');
		expect(sidsOf(running)).toEqual(sidsOf(good));
		expect((output[49].json.error as IDataObject).details).toMatchObject({
			cname: 'dead',
			sid: agora.control.recordings().find(({ cname }) => cname === 'dead')?.sid,
		});
		expect(agora.sent().filter(({ status }) => status === 429)).toEqual([]);
	});
});

describe('Items that fail, where the node is to go on', () => {
	/** Which items go to the error output (workflow-execute.js of both hosts that are supported). */
	const HOSTS: Array<[string, (keys: string[]) => boolean]> = [
		['n8n 2.41', (keys) => keys.every((key) => ['error', 'message', 'details'].includes(key))],
		['n8n 1.123', (keys) => ['error', 'error,message'].includes([...keys].sort().join())],
	];

	it.each(HOSTS)('go to the error branch of %s, the others do not', async (_host, isError) => {
		const items = [{ channel: 'a/b' }, { channel: 'refused' }, { channel: 'class-7' }];
		agora.fail('start', error('start.2'), { cname: 'refused' });
		const onError = 'continueErrorOutput';
		const output = await agora.run('start', FROM_ITEM, { items, onError });
		const failed = output.map(({ json }) => Boolean(json.error) && isError(Object.keys(json)));
		expect(failed).toEqual([true, true, false]);
	});
});

describe('Items that are wrong, where the node is to stop on errors', () => {
	it('keep everything from being sent', async () => {
		const items = [...channels(9), { channel: 'a/b' }];
		const failure = await failureOf(agora.run('start', FROM_ITEM, { items }));
		expect(failure).toMatchObject({ name: 'NodeOperationError', itemIndex: 9 });
		expect(failure.runningRecordings).toEqual([]);
		expect(agora.sent()).toEqual([]);
	});

	it('are named by the first of them', async () => {
		const items = [...channels(2), { channel: 'a/b' }, { channel: '' }];
		expect((await failureOf(agora.run('start', FROM_ITEM, { items }))).itemIndex).toBe(2);
	});
});

describe('An item that fails, where the node is to stop on errors', () => {
	it('leads to an error that names every recording that runs', async () => {
		const items = channels(8);
		agora.fail('start', error('start.2'), { cname: 'class-5' });
		const failure = await failureOf(agora.run('start', FROM_ITEM, { items }));
		expect(failure).toMatchObject({ name: 'NodeApiError', itemIndex: 5 });
		expect(failure.message).toMatch(/rejected a value/);
		expect(failure.runningRecordings).toHaveLength(7);
		expect(sidsOf(failure.runningRecordings)).toEqual(sidsOf(agora.running()));
		for (const { cname, uid, resourceId, sid } of agora.running()) {
			expect(failure.runningRecordings).toContainEqual({
				mode: 'mix',
				cname,
				uid,
				resourceId,
				sid,
			});
			expect(failure.description).toContain(sid);
		}
	});

	it('loses none of those that are not confirmed either', async () => {
		agora.fail('query', error('query.62'), { times: null });
		const failure = await failureOf(agora.run('start', FROM_ITEM, { items: channels(4) }));
		const named = JSON.stringify([failure.details, failure.runningRecordings]);
		expect(agora.running()).toHaveLength(4);
		expect(sidsOf(agora.running()).filter((sid) => !named.includes(sid))).toEqual([]);
	});

	it('keeps the later ones from being begun', async () => {
		const items = channels(300);
		agora.fail('acquire', error('acquire.405'), { cname: 'class-0' });
		const failure = await failureOf(
			agora.run('start', { ...FROM_ITEM, options: { verify: false } }, { items }),
		);
		expect(failure.itemIndex).toBe(0);
		expect(agora.running().length).toBeLessThan(150);
		expect(sidsOf(failure.runningRecordings)).toEqual(sidsOf(agora.running()));
	});

	it('of a stop names none that was stopped', async () => {
		const started = await agora.run('start', FROM_ITEM, { items: channels(3) });
		agora.fail('stop', error('stop.2'), { cname: 'class-1' });
		const items = started.map(({ json }) => json);
		const failure = await failureOf(agora.run('stop', {}, { items }));
		expect(failure.itemIndex).toBe(1);
		const [{ sid }] = agora.running();
		expect(failure.details.sid).toBe(sid);
		expect(failure.runningRecordings).toMatchObject([{ sid }]);
	});
});

describe('Many items at once', () => {
	const gapsOf = () => {
		const acquired = new Map(
			agora.sent('acquire').map((entry) => [entry.cname, entry.virtualTime]),
		);
		return agora
			.sent('start')
			.map(({ cname, virtualTime }) => virtualTime - (acquired.get(cname) ?? 0));
	};
	const refused = () => agora.sent().filter(({ status }) => status === 429);

	it('start within two seconds of acquire, and never too many a second', async () => {
		const output = await agora.run('start', FROM_ITEM, { items: channels(30) });
		expect(output.every(({ json }) => json.outcome === 'recording')).toBe(true);
		expect(gapsOf()).toHaveLength(30);
		expect(Math.max(...gapsOf())).toBeLessThan(2000);
		expect(refused()).toEqual([]);
	});

	it('share the limit with another execution', async () => {
		const both = await Promise.all([
			agora.run('start', FROM_ITEM, { items: channels(15) }),
			agora.run('start', { channelName: '={{ $json.channel }}-b' }, { items: channels(15) }),
		]);
		expect(both.flat().every(({ json }) => json.outcome === 'recording')).toBe(true);
		expect(agora.running()).toHaveLength(30);
		expect(Math.max(...gapsOf())).toBeLessThan(2000);
		expect(refused()).toEqual([]);
	});

	it('come to their end when other programs use up half of the limit', async () => {
		agora.control.configure({ requestsPerSecond: 5 });
		const output = await agora.run('start', FROM_ITEM, { items: channels(20) });
		expect(output.every(({ json }) => json.outcome === 'recording')).toBe(true);
		expect(agora.running()).toHaveLength(20);
	});

	it('each have a recorder UID of their own', async () => {
		const items = Array.from({ length: 10 }, () => ({ channel: 'the same' }));
		const output = await agora.run('start', FROM_ITEM, { items });
		expect(new Set(output.map(({ json }) => json.uid)).size).toBe(10);
		expect(agora.running()).toHaveLength(10);
	});
});

describe('Retry On Fail', () => {
	const execution = { executionId: 'retried' };

	it('gives items that succeeded the recording that they have', async () => {
		const items = channels(5);
		agora.fail('start', error('start.2'), { cname: 'class-2' });
		await failureOf(agora.run('start', FROM_ITEM, { items, ...execution }));
		const before = sidsOf(agora.running());
		const output = await agora.run('start', FROM_ITEM, { items, ...execution });
		expect(output.every(({ json }) => json.outcome === 'recording')).toBe(true);
		expect(agora.control.recordings()).toHaveLength(5);
		expect(sidsOf(output.map(({ json }) => json))).toEqual(expect.arrayContaining(before));
		expect(before).toHaveLength(4);
	});

	it('is another start in another execution, run, item or channel', async () => {
		const [one] = channels(1);
		const run = async (more: object, items = [one]) =>
			await agora.run('start', FROM_ITEM, { items, ...execution, ...more });
		const all = [
			await run({}),
			await run({ executionId: 'another' }),
			await run({ runIndex: 1 }),
			await run({}, [{ channel: 'other' }]),
			(await run({}, [one, one])).slice(1),
		].flat();
		expect(new Set(all.map(({ json }) => json.sid)).size).toBe(5);
	});

	it('gives back a recording for a day', async () => {
		const items = channels(1);
		const start = async () =>
			(await agora.run('start', FROM_ITEM, { items, executionId: 'of a day' }))[0].json.sid;
		const first = await start();
		agora.time.pass(23 * 3_600_000);
		expect(await start()).toBe(first);
		agora.time.pass(2 * 3_600_000);
		for (const { sid } of agora.running()) agora.control.kill(sid);
		expect(await start()).not.toBe(first);
	});

	it('does not hand out a recording changed by those who got it before', async () => {
		const items = channels(1);
		const [first] = await agora.run('start', FROM_ITEM, { items, ...execution, executionId: 'm' });
		const sid = first.json.sid;
		first.json.sid = 'changed';
		(first.json.storage as IDataObject).bucket = 'changed';
		const [second] = await agora.run('start', FROM_ITEM, { items, executionId: 'm' });
		expect(second.json).toMatchObject({ sid, storage: { bucket: 'lessons' } });
	});
});
