import type { BoundedMemory } from './boundedMemory';
import { memoryOf } from './memories';

/** The right to handle a notice, and the duty to say how that ended. */
export interface Claim {
	/**
	 * Ends the claim; only the first call counts.
	 *
	 * @param accepted whether the notice was handled for good and answered with 200
	 * @param now Unix milliseconds
	 */
	settle(accepted: boolean, now: number): void;
}

/**
 * Tells first notices from copies. A notice has several keys (its ID, its content): it is a copy if
 * one of them was seen. It counts as seen only when its handling was settled as accepted, so that
 * Agora's next try is handled if the first one was not.
 */
export class Deduplicator {
	private readonly seen: BoundedMemory<true>;

	/** A claim that is older than this memory keeps it does not hold others back any more. */
	private readonly claimed: BoundedMemory<Claim>;

	constructor(seen = memoryOf<true>('noticesSeen'), claimed = memoryOf<Claim>('noticesClaimed')) {
		this.seen = seen;
		this.claimed = claimed;
	}

	/**
	 * @param now Unix milliseconds
	 * @returns the claim to a notice that is new; `seen` for one that was handled, `inFlight` for one
	 *   that somebody else handles at this moment
	 */
	claim(keys: readonly string[], now: number): Claim | 'seen' | 'inFlight' {
		if (keys.some((key) => this.seen.get(key, now))) return 'seen';
		if (keys.some((key) => this.claimed.get(key, now))) return 'inFlight';
		let open = true;
		const claim: Claim = {
			settle: (accepted, end) => {
				if (open) this.settle(claim, keys, accepted, end);
				open = false;
			},
		};
		keys.forEach((key) => this.claimed.set(key, claim, now));
		return claim;
	}

	/** A claim that was not settled in time may be another one's by now: that one is left alone. */
	private settle(claim: Claim, keys: readonly string[], accepted: boolean, now: number): void {
		for (const key of keys) {
			if (this.claimed.get(key, now) === claim) this.claimed.delete(key);
			if (accepted) this.seen.set(key, true, now);
		}
	}
}
