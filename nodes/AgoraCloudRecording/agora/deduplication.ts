import { BoundedMemory } from './boundedMemory';

/**
 * What is known of a notice that comes in: `new` (the caller now handles it and has to settle it),
 * `seen` (it was handled), or `inFlight` (somebody else handles it at this moment).
 */
export type Claim = 'new' | 'seen' | 'inFlight';

/** Agora's tries of one notice lie within minutes; copies of redundant mode come together. */
const MAX_AGE = 24 * 3_600_000;
const MAX_KEYS = 50_000;
/** After this long nobody will settle a claim any more. */
const MAX_CLAIM_AGE = 120_000;

/**
 * Tells first notices from copies. A notice has several keys (its ID, its content): it is a copy if
 * one of them was seen. It counts as seen only when its handling was settled as accepted, so that
 * Agora's next try is handled if the first one was not.
 */
export class Deduplicator {
	private readonly seen: BoundedMemory<true>;

	private readonly claimed: BoundedMemory<true>;

	constructor(maxKeys = MAX_KEYS, maxAge = MAX_AGE) {
		this.seen = new BoundedMemory(maxKeys, maxAge);
		this.claimed = new BoundedMemory(maxKeys, MAX_CLAIM_AGE);
	}

	/** @param now Unix milliseconds */
	claim(keys: readonly string[], now: number): Claim {
		if (keys.some((key) => this.seen.get(key, now))) return 'seen';
		if (keys.some((key) => this.claimed.get(key, now))) return 'inFlight';
		keys.forEach((key) => this.claimed.set(key, true, now));
		return 'new';
	}

	/**
	 * Ends a claim.
	 *
	 * @param accepted whether the notice was handled for good and answered with 200
	 * @param now Unix milliseconds
	 */
	settle(keys: readonly string[], accepted: boolean, now: number): void {
		for (const key of keys) {
			this.claimed.delete(key);
			if (accepted) this.seen.set(key, true, now);
		}
	}
}
