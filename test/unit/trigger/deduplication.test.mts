import fc from 'fast-check';
import { BoundedMemory } from '../../../nodes/AgoraCloudRecording/process/boundedMemory.ts';
import {
	Deduplicator,
	type Claim,
} from '../../../nodes/AgoraCloudRecording/process/deduplication.ts';

const HOUR = 3_600_000;

/** Claims a notice that has to be new. */
function claimNew(notices: Deduplicator, keys: string[], now: number): Claim {
	const claim = notices.claim(keys, now);
	if (typeof claim === 'string') throw new Error(`${keys.join()} is ${claim}`);
	return claim;
}

describe('A notice', () => {
	it('is new once', () => {
		const notices = new Deduplicator();
		claimNew(notices, ['a'], 0).settle(true, 0);
		expect(notices.claim(['a'], 1)).toBe('seen');
		claimNew(notices, ['b'], 1);
	});

	it('is in flight until it is settled', () => {
		const notices = new Deduplicator();
		claimNew(notices, ['a', 'b'], 0);
		expect(notices.claim(['b', 'c'], 1)).toBe('inFlight');
		claimNew(notices, ['c'], 1);
	});

	it('is new again when it was not accepted', () => {
		const notices = new Deduplicator();
		claimNew(notices, ['a'], 0).settle(false, 1);
		claimNew(notices, ['a'], 2);
	});

	it('is settled once', () => {
		const notices = new Deduplicator();
		const claim = claimNew(notices, ['a'], 0);
		claim.settle(false, 1);
		claim.settle(true, 2);
		claimNew(notices, ['a'], 3);
	});

	it('is a copy if it shares one key with another', () => {
		const notices = new Deduplicator();
		claimNew(notices, ['content', 'notice:1'], 0).settle(true, 0);
		expect(notices.claim(['content', 'notice:2'], 1)).toBe('seen');
		expect(notices.claim(['other', 'notice:1'], 1)).toBe('seen');
	});

	it('is remembered for a day, and claimed for two minutes', () => {
		const notices = new Deduplicator();
		claimNew(notices, ['a'], 0);
		expect(notices.claim(['a'], 119_999)).toBe('inFlight');
		claimNew(notices, ['a'], 120_000).settle(true, 120_000);
		expect(notices.claim(['a'], 24 * HOUR)).toBe('seen');
		claimNew(notices, ['a'], 24 * HOUR + 120_000);
	});

	it.each([
		[false, 'inFlight'],
		[true, 'seen'],
	])('is not taken from its next claim by a settlement (%p) that is late', (accepted, then) => {
		const notices = new Deduplicator();
		const late = claimNew(notices, ['a'], 0);
		claimNew(notices, ['a'], 120_000);
		late.settle(accepted, 130_000);
		expect(notices.claim(['a'], 130_001)).toBe(then);
	});

	it('makes older ones forgotten when there are too many', () => {
		const notices = new Deduplicator(new BoundedMemory(2, HOUR));
		for (const key of ['a', 'b', 'c']) claimNew(notices, [key], 0).settle(true, 0);
		expect(['c', 'b', 'a'].map((key) => typeof notices.claim([key], 1))).toEqual([
			...['string', 'string', 'object'],
		]);
	});

	it('is handled once, however many copies come and however often storing fails', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), (stored) => {
				const notices = new Deduplicator();
				let handled = 0;
				for (const well of stored) {
					const claim = notices.claim(['a', 'b'], 0);
					if (typeof claim === 'string') continue;
					if (well) handled++;
					claim.settle(well, 0);
				}
				expect(handled).toBe(stored.includes(true) ? 1 : 0);
			}),
		);
	});
});

describe('The memory', () => {
	it('never holds more than it may', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: 50 })), fc.integer({ min: 1, max: 9 }), (keys, max) => {
				const memory = new BoundedMemory<number>(max, 1000);
				keys.forEach((key, now) => memory.set(String(key), key, now));
				expect(memory.size).toBeLessThanOrEqual(max);
				const newest = keys.at(-1);
				if (newest !== undefined) expect(memory.get(String(newest), keys.length)).toBe(newest);
			}),
		);
	});

	it('drops what is too old with the next value', () => {
		const memory = new BoundedMemory<number>(10, 1000);
		memory.set('a', 1, 0);
		memory.set('b', 2, 999);
		expect(memory.get('a', 999)).toBe(1);
		expect(memory.get('a', 1000)).toBeUndefined();
		memory.set('c', 3, 1000);
		expect(memory.size).toBe(2);
	});
});
