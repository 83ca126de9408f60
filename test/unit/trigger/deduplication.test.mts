import fc from 'fast-check';
import { BoundedMemory } from '../../../nodes/AgoraCloudRecording/agora/boundedMemory.ts';
import { Deduplicator } from '../../../nodes/AgoraCloudRecording/agora/deduplication.ts';

const HOUR = 3_600_000;

describe('A notice', () => {
	it('is new once', () => {
		const notices = new Deduplicator();
		expect(notices.claim(['a'], 0)).toBe('new');
		notices.settle(['a'], true, 0);
		expect(notices.claim(['a'], 1)).toBe('seen');
		expect(notices.claim(['b'], 1)).toBe('new');
	});

	it('is in flight until it is settled', () => {
		const notices = new Deduplicator();
		notices.claim(['a', 'b'], 0);
		expect(notices.claim(['b', 'c'], 1)).toBe('inFlight');
		expect(notices.claim(['c'], 1)).toBe('new');
	});

	it('is new again when it was not accepted', () => {
		const notices = new Deduplicator();
		notices.claim(['a'], 0);
		notices.settle(['a'], false, 1);
		expect(notices.claim(['a'], 2)).toBe('new');
	});

	it('is a copy if it shares one key with another', () => {
		const notices = new Deduplicator();
		notices.claim(['content', 'notice:1'], 0);
		notices.settle(['content', 'notice:1'], true, 0);
		expect(notices.claim(['content', 'notice:2'], 1)).toBe('seen');
		expect(notices.claim(['other', 'notice:1'], 1)).toBe('seen');
	});

	it('is remembered for a day, and claimed for two minutes', () => {
		const notices = new Deduplicator();
		notices.claim(['a'], 0);
		expect(notices.claim(['a'], 119_999)).toBe('inFlight');
		expect(notices.claim(['a'], 120_000)).toBe('new');
		notices.settle(['a'], true, 120_000);
		expect(notices.claim(['a'], 24 * HOUR)).toBe('seen');
		expect(notices.claim(['a'], 24 * HOUR + 120_000)).toBe('new');
	});

	it('makes older ones forgotten when there are too many', () => {
		const notices = new Deduplicator(2);
		for (const key of ['a', 'b', 'c']) {
			notices.claim([key], 0);
			notices.settle([key], true, 0);
		}
		expect(['a', 'b', 'c'].map((key) => notices.claim([key], 1))).toEqual(['new', 'seen', 'seen']);
	});

	it('is handled once, however many copies come and however often storing fails', () => {
		fc.assert(
			fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 20 }), (stored) => {
				const notices = new Deduplicator();
				let handled = 0;
				for (const well of stored) {
					if (notices.claim(['a', 'b'], 0) !== 'new') continue;
					if (well) handled++;
					notices.settle(['a', 'b'], well, 0);
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
