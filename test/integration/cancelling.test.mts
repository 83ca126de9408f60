import { setImmediate as turn } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { textOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();

type Fault = FaultInput['fault'];
const error = (name: string) => ({ kind: 'error', error: name }) as Fault;

const CHANNEL = { channelName: 'class-7' };

/** Runs an operation that is cancelled; what came of it, and how long it went on (virtual ms). */
async function cancelled(
	operation: string,
	cancelWhen: (cancel: () => void) => void,
	{ parameters = {}, items = [{}] }: { parameters?: object; items?: IDataObject[] } = {},
) {
	const controller = new AbortController();
	let cancelledAt = 0;
	const log: string[] = [];
	cancelWhen(() => {
		cancelledAt = agora.time.now();
		controller.abort();
	});
	const run = agora.run(
		operation,
		{ ...CHANNEL, ...parameters },
		{ cancel: controller.signal, items, log },
	);
	// n8n drops whatever comes of a cancelled node, output or error.
	await run.catch(() => undefined);
	expect(controller.signal.aborted).toBe(true);
	return { log, after: agora.time.now() - cancelledAt };
}

const after = (ms: number) => (cancel: () => void) => void agora.time.after(ms).then(cancel);

/** Cancels as soon as a request of that operation has arrived, before it is answered. */
const during = (operation: string) => (cancel: () => void) => {
	const watch = async () => {
		while (agora.count(operation) === 0) await turn();
		cancel();
	};
	void watch();
};

const sidsOf = (entries: ReadonlyArray<{ sid?: string }>) => entries.map(({ sid }) => sid);

describe('An execution that is cancelled', () => {
	it.each(['acquire', 'start'])('before %s was sent sends nothing', async (operation) => {
		await cancelled(operation, (cancel) => cancel());
		expect(agora.sent()).toEqual([]);
	});

	it('while an acquire is to be repeated ends within a second, and starts nothing', async () => {
		agora.fail('acquire', error('acquire.501'), { times: null });
		const { after: went } = await cancelled('start', after(1500));
		expect(went).toBeLessThanOrEqual(1000);
		expect(agora.count('acquire')).toBe(1);
		expect(agora.count('start')).toBe(0);
	});

	it('while it waits for the rate limit ends within a second', async () => {
		agora.fail('acquire', { kind: 'rateLimited', retryAfter: 50 }, { times: null });
		const { after: went } = await cancelled('start', after(2300));
		expect(went).toBeLessThanOrEqual(1000);
		expect(agora.count('acquire')).toBe(1);
	});

	it('while it asks for a recording that is not found ends within a second', async () => {
		const started = await agora.runOne('start', CHANNEL);
		agora.control.kill(textOf(started.sid));
		const options = { retryWhileNotFound: 90 };
		for (const operation of ['query', 'stop']) {
			agora.control.clearRequests();
			const { after: went } = await cancelled(operation, after(12_300), {
				items: [started],
				parameters: { options },
			});
			expect(went).toBeLessThanOrEqual(1000);
			expect(agora.count(operation)).toBe(2);
		}
	});

	it.each([0, 1000, 4900, 12_000])(
		'%i ms after the start stops the recording and logs its sid',
		async (ms) => {
			agora.control.configure({ statusStepMs: 100_000 });
			const { log, after: went } = await cancelled('start', (cancel) => {
				const watch = async () => {
					while (agora.control.recordings().length === 0) await turn();
					await agora.time.after(ms);
					cancel();
				};
				void watch();
			});
			const [{ sid }] = agora.control.recordings();
			expect(agora.running()).toEqual([]);
			expect(log.join()).toContain(sid);
			expect(log.join()).toMatch(/cancelled/);
			expect(agora.sent('stop')).toMatchObject([
				{ sid, body: { clientRequest: { async_stop: true } } },
			]);
			expect(went).toBeLessThanOrEqual(1000);
		},
	);

	it('during the start request stops the recording and logs its sid', async () => {
		agora.fail('start', { kind: 'slow', ms: 40 });
		const { log } = await cancelled('start', during('start'));
		expect(agora.control.recordings()).toHaveLength(1);
		expect(agora.running()).toEqual([]);
		expect(log.join()).toContain(agora.control.recordings()[0].sid);
	});

	it('during the acquire request starts nothing', async () => {
		agora.fail('acquire', { kind: 'slow', ms: 40 });
		await cancelled('start', during('acquire'));
		expect(agora.count('start')).toBe(0);
	});

	it('during the stop request lets it come to its end', async () => {
		const started = await agora.runOne('start', CHANNEL);
		agora.fail('stop', { kind: 'slow', ms: 40 });
		await cancelled('stop', during('stop'), { items: [started] });
		expect(agora.count('stop')).toBe(1);
		expect(agora.sent('stop')[0].status).toBe(200);
		expect(agora.running()).toEqual([]);
	});

	it('stops each of the recordings of its items', async () => {
		const items = Array.from({ length: 6 }, (_, item) => ({ channel: `class-${item}` }));
		agora.control.configure({ statusStepMs: 100_000 });
		const { log } = await cancelled('start', after(9000), {
			parameters: { channelName: '={{ $json.channel }}' },
			items,
		});
		expect(agora.control.recordings()).toHaveLength(6);
		expect(agora.running()).toEqual([]);
		for (const sid of sidsOf(agora.control.recordings())) expect(log.join()).toContain(sid);
	});

	it('does not begin the items that are left', async () => {
		const items = Array.from({ length: 60 }, (_, item) => ({ channel: `class-${item}` }));
		await cancelled('start', after(2500), {
			parameters: { channelName: '={{ $json.channel }}', options: { verify: false } },
			items,
		});
		expect(agora.count('acquire')).toBeLessThan(40);
		expect(agora.running()).toEqual([]);
	});

	it('leaves alone what another execution runs', async () => {
		const other = await agora.runOne('start', { channelName: 'other' });
		await cancelled('start', after(3000));
		expect(sidsOf(agora.running())).toEqual([other.sid]);
	});
});
