import fc from 'fast-check';
import { clock } from '../../nodes/AgoraCloudRecording/process/clock.ts';
import { RateLimiter } from '../../nodes/AgoraCloudRecording/process/rateLimiter.ts';
import { VirtualTime } from '../support/virtualTime.mts';

let time: VirtualTime;

beforeEach(() => {
	time = new VirtualTime(
		clock,
		() => undefined,
		() => 0,
	);
});
afterEach(() => time.restore());

/** The most that arrived in any second. */
function busiestSecond(arrived: ReadonlyArray<{ at: number }>): number {
	const times = arrived.map(({ at }) => at).sort((a, b) => a - b);
	return Math.max(
		0,
		...times.map((from, i) => times.slice(i).filter((at) => at < from + 1000).length),
	);
}

describe('Requests that take their time', () => {
	it('are never too many in a second where they arrive', async () => {
		const journeys = fc.array(
			fc.record({
				there: fc.integer({ min: 0, max: 290 }),
				back: fc.integer({ min: 0, max: 400 }),
			}),
			{ minLength: 30, maxLength: 60 },
		);
		await fc.assert(
			fc.asyncProperty(journeys, async (all) => {
				const limiter = new RateLimiter();
				const arrived: { at: number }[] = [];
				const travel = all.map(async ({ there, back }) => {
					const answered = await limiter.admit('query', 10);
					await time.after(there);
					arrived.push({ at: time.now() });
					await time.after(back);
					answered();
				});
				await time.run(Promise.all(travel));
				expect(arrived).toHaveLength(all.length);
				expect(busiestSecond(arrived)).toBeLessThanOrEqual(10);
			}),
			{ numRuns: 30 },
		);
	});

	it('do not hold up the others until they are answered', async () => {
		const limiter = new RateLimiter();
		const begin = time.now();
		await time.run(Promise.all(Array.from({ length: 11 }, () => limiter.admit('stop', 10))));
		expect(time.now() - begin).toBeLessThanOrEqual(1400);
	});
});
