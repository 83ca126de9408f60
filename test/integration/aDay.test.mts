/** What a process of n8n is left with after a day of work, in virtual time. */
import { builtModule } from '../support/host.mts';
import { collectMemories } from '../support/builtMemories.mts';
import { makeNotice } from '../support/notices.mts';
import { useAgora } from '../support/setup.mts';
import { VirtualTime, type NodeClock } from '../support/virtualTime.mts';
import { startWebhookHost, type WebhookHost } from '../support/webhookHost.mts';

const memories = collectMemories();
const { MEMORIES } = builtModule<{ MEMORIES: Record<string, { entries: number; age: number }> }>(
	'process/memories.js',
);

const HOUR = 3_600_000;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

const sizes = () =>
	Object.fromEntries(Object.entries(memories).map(([name, { size }]) => [name, size]));

/** What there is in the lists, maps and sets that an object keeps for itself. */
const held = (object: object): number =>
	Object.values(object).reduce((sum: number, own: unknown) => {
		if (Array.isArray(own)) return sum + own.length;
		return own instanceof Map || own instanceof Set ? sum + own.size : sum;
	}, 0);

describe('After a day of recordings', () => {
	const agora = useAgora({ rateClock: 'virtual', requestsPerSecond: 10, pcw: { recording: 500 } });
	const NAMES = { channelName: '={{ $json.channel }}' };
	const ITEMS = 2;
	const channels = (hour: number, kind: string) =>
		Array.from({ length: ITEMS }, (_, item) => ({ channel: `${kind}-${hour}-${item}` }));

	/** Recordings that are verified, asked about and stopped; that are never confirmed; that are cancelled. */
	async function anHour(hour: number): Promise<void> {
		const started = await agora.run('start', NAMES, { items: channels(hour, 'class') });
		const items = started.map(({ json }) => json);
		await agora.run('query', {}, { items });
		await agora.run('stop', {}, { items });

		agora.fail(
			'query',
			{ kind: 'error', error: 'query.404' },
			{ cname: `lost-${hour}-0`, times: null },
		);
		agora.fail('start', { kind: 'rateLimited' }, { cname: `lost-${hour}-1` });
		await agora.run('start', NAMES, {
			items: channels(hour, 'lost'),
			onError: 'continueRegularOutput',
		});

		const cancel = new AbortController();
		void agora.time.after(4_000).then(() => cancel.abort());
		await agora.run('start', NAMES, {
			items: channels(hour, 'cancelled'),
			cancel: cancel.signal,
			onError: 'continueRegularOutput',
		});
		agora.control.clearFaults();
		agora.time.pass(HOUR);
	}

	it('nothing waits, and no memory has more than the day brought', async () => {
		for (const hour of HOURS) await anHour(hour);
		const starts = agora.control.recordings().length;
		expect(starts).toBe(HOURS.length * 3 * ITEMS);
		expect(agora.time.waiting).toBe(0);
		expect(agora.requestsUnderWay()).toBe(0);
		expect(memories.starts.size).toBeLessThanOrEqual(starts);
		// An App ID, and the questions about channels of its account.
		expect(memories.limiters.size).toBe(2);
		expect(memories.standIns.size).toBe(0);
		expect(memories.channelFacts.size).toBeLessThanOrEqual(3 * ITEMS);
		for (const [name, size] of Object.entries(sizes())) {
			expect([name, size <= MEMORIES[name].entries]).toEqual([name, true]);
		}

		// The next day begins: what is older than a day goes with the first thing that is remembered.
		agora.time.pass(MEMORIES.starts.age);
		await agora.run('start', NAMES, { items: channels(24, 'class') });
		expect(memories.starts.size).toBe(ITEMS);
		expect(memories.recorders.size).toBe(ITEMS);
		expect(memories.limiters.size).toBe(2);
	});
});

describe('After a day of notifications', () => {
	const HANGS_UP = 'hangs up';
	let host: WebhookHost;
	let time: VirtualTime;
	let hangUp = (): void => undefined;
	beforeAll(async () => {
		host = await startWebhookHost({
			parameters: { filters: { channelName: 'class-*' } },
			async store(_item, delivery) {
				if (delivery !== HANGS_UP) return;
				hangUp();
				await time.after(1_000);
			},
		});
		const { clock } = builtModule<{ clock: NodeClock }>('process/clock.js');
		time = new VirtualTime(clock, () => {}, host.moving);
	});
	afterAll(async () => {
		time.restore();
		await host.close();
	});

	it('nothing waits, and each notice is remembered once', async () => {
		const before = memories.noticesSeen.size;
		for (const hour of HOURS) {
			const notices = Array.from({ length: 8 }, (_, i) =>
				makeNotice({ cname: i < 6 ? 'class-1' : 'another', sid: `day-${hour}-${i}` }),
			);
			const [first] = notices;
			const all = [...notices, first, first].map((notice) => host.sendNotice(notice));
			const forged = host.sendNotice(makeNotice(), { secret: 'wrong' });
			const answers = await time.run(Promise.all([...all, forged]));
			expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
			// Somebody hangs up while n8n stores the notice.
			const hungUp = new Promise<void>((done) => (hangUp = done));
			const late = host.sendNotice(makeNotice({ cname: 'class-1' }), {
				...{ delivery: HANGS_UP, hangUp: hungUp },
			});
			await time.run(late.catch(() => undefined));
			await time.run(time.after(10_000));
			time.pass(HOUR);
		}
		await time.run(time.after(HOUR));
		expect(host.executions.length).toBe(HOURS.length * 7);
		expect(time.waiting).toBe(0);
		expect(memories.noticesClaimed.size).toBe(0);
		// Each under its ID and its content.
		const seen = memories.noticesSeen.size - before;
		expect(seen).toBe(2 * host.executions.length);
		expect(memories.refusals.size).toBe(1);
		expect(memories.secretsRead.size).toBe(1);

		time.pass(MEMORIES.noticesSeen.age);
		await time.run(host.sendNotice(makeNotice({ cname: 'class-1' })));
		expect(memories.noticesSeen.size).toBe(2);
	});

	it('a flood leaves no more than the table says', () => {
		const { Deduplicator } = builtModule<{
			Deduplicator: new () => {
				claim: (
					keys: string[],
					now: number,
				) => string | { settle: (accepted: boolean, now: number) => void };
			};
		}>('process/deduplication.js');
		const notices = new Deduplicator();
		for (let i = 0; i < MEMORIES.noticesSeen.entries; i++) {
			const claim = notices.claim([`content:${i}`, `notice:${i}`], i);
			if (typeof claim === 'object' && i % 10 > 0) claim.settle(true, i);
		}
		expect(memories.noticesSeen.size).toBe(MEMORIES.noticesSeen.entries);
		// One in ten is never settled: those of the last two minutes are left.
		expect(memories.noticesClaimed.size).toBeLessThanOrEqual(MEMORIES.noticesClaimed.entries);
	});
});

describe('After a day at the limit', () => {
	const { clock } = builtModule<{ clock: NodeClock }>('process/clock.js');
	const { rateLimiterOf } = builtModule<{
		rateLimiterOf: (counted: string) => {
			admit: (
				operation: string,
				rate: number,
				how?: { signal?: AbortSignal; owner?: object },
			) => Promise<() => void>;
			refused: (seconds?: number) => void;
		};
	}>('process/rateLimiter.js');
	const time = new VirtualTime(
		clock,
		() => {},
		() => 0,
	);
	afterAll(() => time.restore());
	const RATE = 10;
	const AT_ONCE = 60;

	it('the rate has held in every second, and nothing is left of it', async () => {
		const limiter = rateLimiterOf('an App ID of a day');
		const admitted: number[] = [];
		let cancelled = 0;
		for (const hour of HOURS) {
			// Each hour another credential, at a rate of its own, and somebody who cancels.
			const cancel = new AbortController();
			const request = async (number: number) => {
				const rate = RATE + (hour % 3);
				const { signal } = cancel;
				const how = number % 10 === 9 ? { signal, owner: {} } : { owner: {} };
				const answered = await limiter.admit(number % 2 ? 'acquire' : 'start', rate, how);
				admitted.push(time.now());
				await time.after(50);
				answered();
			};
			const all = Array.from({ length: AT_ONCE }, (_, number) =>
				request(number).catch(() => void cancelled++),
			);
			void time.after(500).then(() => cancel.abort());
			if (hour % 6 === 5) limiter.refused(2);
			await time.run(Promise.all(all));
			time.pass(HOUR);
		}
		expect(admitted).toHaveLength(HOURS.length * AT_ONCE - cancelled);
		expect(cancelled).toBeGreaterThan(0);
		admitted.forEach((at, i) => {
			const next = admitted[i + RATE + 2];
			if (next !== undefined) expect(next - at).toBeGreaterThanOrEqual(1000);
		});
		expect(time.waiting).toBe(0);

		// What it keeps goes with the next request: then there is that one, and its credential's rate.
		const answered = await time.run(limiter.admit('query', RATE));
		answered();
		expect(held(limiter)).toBeLessThanOrEqual(2);
	});

	it('limiters of App IDs that are not used any more are forgotten', () => {
		const before = memories.limiters.size;
		for (let i = 0; i < 2 * MEMORIES.limiters.entries; i++) rateLimiterOf(`App ID ${i}`);
		expect(memories.limiters.size).toBe(MEMORIES.limiters.entries);
		time.pass(MEMORIES.limiters.age);
		rateLimiterOf('another');
		expect(memories.limiters.size).toBe(1);
		expect(before).toBeGreaterThan(0);
	});
});
