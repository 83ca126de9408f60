import fc from 'fast-check';
import { clock, Cancelled } from '../../nodes/AgoraCloudRecording/process/clock.ts';
import { RateLimiter, rateLimiterOf } from '../../nodes/AgoraCloudRecording/process/rateLimiter.ts';
import { VirtualTime } from '../support/virtualTime.mts';

type Operation = Parameters<RateLimiter['admit']>[0];

let time: VirtualTime;

beforeEach(() => {
	time = new VirtualTime(
		clock,
		() => undefined,
		() => 0,
	);
});
afterEach(() => time.restore());

interface Arrival {
	/** Milliseconds from now. */
	at: number;
	operation?: Operation;
	rate?: number;
}

/** Lets requests arrive; when each was admitted, in milliseconds from now, in that order. */
async function admissions(limiter: RateLimiter, arrivals: Arrival[]) {
	const begin = time.now();
	const admitted: Array<Required<Arrival>> = [];
	const all = arrivals.map(async ({ at, operation = 'query', rate = 10 }) => {
		await time.after(at);
		const answered = await limiter.admit(operation, rate);
		answered();
		admitted.push({ at: time.now() - begin, operation, rate });
	});
	await time.run(Promise.all(all));
	return admitted;
}

const atOnce = (count: number, more: Omit<Arrival, 'at'> = {}): Arrival[] =>
	Array.from({ length: count }, () => ({ at: 0, ...more }));

/** The most that went in any second. */
function busiestSecond(admitted: ReadonlyArray<{ at: number }>): number {
	const times = admitted.map(({ at }) => at).sort((a, b) => a - b);
	return Math.max(
		0,
		...times.map((from, i) => times.slice(i).filter((at) => at < from + 1000).length),
	);
}

describe('The rate limit', () => {
	it('never lets more than the rate go in any second, however they arrive', async () => {
		const patterns = fc.record({
			rate: fc.integer({ min: 1, max: 12 }),
			gaps: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })), {
				minLength: 1,
				maxLength: 40,
			}),
		});
		await fc.assert(
			fc.asyncProperty(patterns, async ({ rate, gaps }) => {
				let at = 0;
				const arrivals = gaps.map((gap) => ({ at: (at += gap), rate }));
				const admitted = await admissions(new RateLimiter(), arrivals);
				expect(admitted).toHaveLength(gaps.length);
				expect(busiestSecond(admitted)).toBeLessThanOrEqual(rate);
			}),
			{ numRuns: 40 },
		);
	});

	it.each([
		[1, 75],
		[2, 150],
	])('holds at %i a second for %i that wait longer than a minute', async (rate, count) => {
		const admitted = await admissions(new RateLimiter(), atOnce(count, { rate }));
		expect(busiestSecond(admitted)).toBeLessThanOrEqual(rate);
	});

	it('does not hold anybody back while there is room', async () => {
		const admitted = await admissions(new RateLimiter(), atOnce(10));
		expect(admitted.map(({ at }) => at)).toEqual(Array(10).fill(0));
	});

	it('uses what it has: 10 a second are through in little more than that', async () => {
		const admitted = await admissions(new RateLimiter(), atOnce(41));
		expect(admitted.at(-1)?.at).toBeLessThanOrEqual(4200);
	});

	it('is the lower one where two credentials have one App ID', async () => {
		const arrivals = [...atOnce(1, { rate: 3 }), ...atOnce(12, { rate: 10 })];
		const admitted = await admissions(new RateLimiter(), arrivals);
		expect(busiestSecond(admitted)).toBeLessThanOrEqual(3);
	});

	it('is one for an App ID, another for the next', () => {
		expect(rateLimiterOf('a')).toBe(rateLimiterOf('a'));
		expect(rateLimiterOf('a')).not.toBe(rateLimiterOf('b'));
	});
});

describe('Among those that wait', () => {
	const ORDERED: ReadonlyArray<readonly [Operation, Operation]> = [
		['start', 'acquire'],
		['start', 'query'],
		['stop', 'query'],
		['stop', 'acquire'],
		['query', 'acquire'],
		['update', 'acquire'],
	];

	it.each(ORDERED)('a %s goes before an %s that came first', async (first, second) => {
		const arrivals = [
			{ at: 0, rate: 1 },
			...atOnce(3, { rate: 1, operation: second }),
			{ at: 100, rate: 1, operation: first },
		];
		const admitted = await admissions(new RateLimiter(), arrivals);
		expect(admitted.map(({ operation }) => operation)).toEqual([
			'query',
			first,
			second,
			second,
			second,
		]);
	});

	it('those of one kind go in the order in which they came', async () => {
		const limiter = new RateLimiter();
		const order: number[] = [];
		const all = [0, 1, 2, 3, 4].map(async (name) => {
			await limiter.admit('acquire', 2);
			order.push(name);
		});
		await time.run(Promise.all(all));
		expect(order).toEqual([0, 1, 2, 3, 4]);
	});

	it('executions take turns, so that a small one does not wait for a large one to end', async () => {
		const limiter = new RateLimiter();
		const [large, small] = [{ name: 'large' }, { name: 'small' }];
		const order: string[] = [];
		const all = [large, large, large, large, small, small].map(async (owner) => {
			await limiter.admit('acquire', 2, { owner });
			order.push(owner.name);
		});
		await time.run(Promise.all(all));
		// The first two found room as they came.
		expect(order).toEqual(['large', 'large', 'small', 'large', 'small', 'large']);
	});
});

describe('When Agora says that the limit is exceeded', () => {
	it.each([1, 3, 7.5])('nobody goes for the %d s that it asked for', async (seconds) => {
		const limiter = new RateLimiter();
		await admissions(limiter, atOnce(1));
		limiter.refused(seconds);
		const admitted = await admissions(limiter, atOnce(3));
		expect(admitted[0].at).toBe(seconds * 1000);
	});

	it('nobody goes for a second where it did not say how long', async () => {
		const limiter = new RateLimiter();
		await admissions(limiter, atOnce(1));
		limiter.refused();
		const [first] = await admissions(limiter, atOnce(1));
		expect(first.at).toBe(1000);
	});

	it('it goes on at half the rate, and recovers to the full one', async () => {
		const limiter = new RateLimiter();
		await admissions(limiter, atOnce(10));
		limiter.refused(1);
		const slow = await admissions(limiter, atOnce(20));
		const first = slow[0].at;
		expect(slow.filter(({ at }) => at < first + 1000)).toHaveLength(5);
		time.pass(60_000);
		const recovered = await admissions(limiter, atOnce(20));
		expect(recovered.filter(({ at }) => at === 0)).toHaveLength(10);
	});

	it('one refusal counts once, however many requests met it', async () => {
		const limiter = new RateLimiter();
		await admissions(limiter, atOnce(10));
		for (let i = 0; i < 8; i++) limiter.refused(1);
		const slow = await admissions(limiter, atOnce(6));
		expect(slow.filter(({ at }) => at < slow[0].at + 1000)).toHaveLength(5);
	});

	it('it never stands still for good', async () => {
		const limiter = new RateLimiter();
		for (let i = 0; i < 10; i++) {
			await admissions(limiter, atOnce(1));
			limiter.refused(1);
		}
		const admitted = await admissions(limiter, atOnce(5));
		expect(admitted).toHaveLength(5);
		expect(busiestSecond(admitted)).toBe(1);
	});
});

describe('Who cancels', () => {
	it('does not get a turn, and takes none from the others', async () => {
		const limiter = new RateLimiter();
		const cancel = new AbortController();
		await admissions(limiter, atOnce(1, { rate: 1 }));
		const given = limiter.admit('query', 1, { signal: cancel.signal });
		const refused = expect(given).rejects.toThrow(Cancelled);
		cancel.abort();
		const admitted = await admissions(limiter, atOnce(1, { rate: 1 }));
		await refused;
		expect(admitted[0].at).toBeLessThanOrEqual(1100);
	});

	it('is let out within a second, though Agora asked for a long break', async () => {
		const limiter = new RateLimiter();
		const cancel = new AbortController();
		await admissions(limiter, atOnce(1));
		limiter.refused(300);
		const begun = time.now();
		void time.after(400).then(() => cancel.abort());
		await expect(time.run(limiter.admit('start', 10, { signal: cancel.signal }))).rejects.toThrow(
			Cancelled,
		);
		expect(time.now() - begun).toBeLessThanOrEqual(1400);
	});

	it('before asking is refused at once', async () => {
		const limiter = new RateLimiter();
		const given = limiter.admit('start', 10, { signal: AbortSignal.abort() });
		await expect(time.run(given)).rejects.toThrow(Cancelled);
	});
});
