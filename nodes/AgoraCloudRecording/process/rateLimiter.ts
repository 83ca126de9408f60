import type { Operation } from '../agora/answers/classify';
import { clock, Cancelled } from './clock';
import { memoryOf } from './memories';

/**
 * Who goes first when several wait. A start goes before everything, so that the two seconds that
 * Agora allows between acquire and start hold however many items wait; acquire, which makes new
 * work, goes last.
 */
const PRIORITIES: Record<Operation, number> = {
	start: 0,
	stop: 1,
	query: 2,
	update: 2,
	updateLayout: 2,
	getAll: 2,
	getChannels: 2,
	getChannelUsers: 2,
	acquire: 3,
};
const URGENT = -1;

/** Agora counts requests a second; the margin is for requests that travel at different speeds. */
const WINDOW_MS = 1000 + 30;
/** The same from an answer on, when the journey is over; the margin is for clocks. */
const ANSWERED_WINDOW_MS = 1000 + 5;
/**
 * A request reaches Agora at some time between its admission and its answer, and only counted from the
 * latter it surely does not share a second with the next ones. Answers that take longer than this are
 * not waited for: Agora has the request long before it has answered a stop.
 */
const TRAVEL_MS = 300;
/** The same after Agora refused requests that had been admitted in time. */
const LONGEST_TRAVEL_MS = 600;
/** How long a credential's rate counts after its last use, when several have one App ID. */
const RATE_MEMORY_MS = 60_000;
/** After a refusal the rate grows back by one request a second, this often. */
const RECOVERY_STEP_MS = 5_000;
const DEFAULT_PENALTY_MS = 1000;
/** Longest that one answer can keep the others of this App ID waiting. */
const MAX_PENALTY_MS = 60_000;

/** How a request waits. */
export interface Waiting {
	signal?: AbortSignal;
	/** Who waits, as an execution: those of one owner take turns with those of the others. */
	owner?: object;
	/** Goes before all others, and although Agora has said that the rate is exceeded. */
	urgent?: boolean;
}

interface Waiter extends Waiting {
	priority: number;
	/** Requests a second that its credential allows. */
	rate: number;
	go: (answered: () => void) => void;
	cancel: () => void;
}

/** A request that was admitted, and until when it takes up its share of the rate. */
interface Admitted {
	at: number;
	until: number;
}

/**
 * Admits requests to one App ID: never more than `rate` in any second, whichever execution they come
 * from. Slows down when Agora answers 429 and recovers by itself, so that several n8n processes with
 * one App ID settle without talking to each other.
 */
export class RateLimiter {
	private readonly waiting: Waiter[] = [];
	private admitted: Admitted[] = [];
	private travel = TRAVEL_MS;
	/** Rates of the credentials that were used lately, with the time. */
	private readonly rates = new Map<number, number>();
	/** When each owner was served last, as a count of all that were. */
	private readonly served = new WeakMap<object, number>();
	private count = 0;
	private pumping = false;
	private blockedUntil = 0;
	/** Rate after a 429; undefined while nothing was refused. */
	private slowed?: { rate: number; at: number };

	/**
	 * Waits for a turn.
	 *
	 * @param rate requests a second that the caller's credential allows
	 * @returns to be called when the answer is there
	 * @throws Cancelled when `signal` was aborted while waiting
	 */
	async admit(operation: Operation, rate: number, how: Waiting = {}): Promise<() => void> {
		if (how.signal?.aborted) throw new Cancelled();
		return await new Promise<() => void>((resolve, reject) => {
			this.waiting.push({
				...how,
				priority: how.urgent ? URGENT : PRIORITIES[operation],
				rate,
				go: resolve,
				cancel: () => reject(new Cancelled()),
			});
			void this.pump();
		});
	}

	/** Whether Agora has refused a request just now, so that nobody goes for a while. */
	get paused(): boolean {
		return clock.now() < this.blockedUntil;
	}

	/** Agora answered 429: nobody goes for `seconds` (1 where it did not say), then at half the rate. */
	refused(seconds = DEFAULT_PENALTY_MS / 1000): void {
		const now = clock.now();
		this.travel = Math.min(this.travel * 2, LONGEST_TRAVEL_MS);
		const penalty = Math.min(seconds * 1000, MAX_PENALTY_MS);
		if (now >= this.blockedUntil) {
			this.slowed = { rate: Math.max(1, Math.floor(this.rate(now) / 2)), at: now };
		}
		this.blockedUntil = Math.max(this.blockedUntil, now + penalty);
	}

	/** Requests a second that are admitted at the moment. */
	private rate(now: number): number {
		for (const [rate, usedAt] of this.rates) {
			if (now - usedAt > RATE_MEMORY_MS) this.rates.delete(rate);
		}
		const rates = [...this.rates.keys(), ...this.waiting.map(({ rate }) => rate)];
		const allowed = Math.max(1, Math.min(...rates));
		if (!this.slowed) return allowed;
		const recovered =
			this.slowed.rate + Math.floor(Math.max(0, now - this.slowed.at) / RECOVERY_STEP_MS);
		if (recovered < allowed) return recovered;
		this.slowed = undefined;
		this.travel = TRAVEL_MS;
		return allowed;
	}

	/** Milliseconds until it is to be looked at again whether the next request may go; 0 for now. */
	private delay(now: number): number {
		const rate = this.rate(now);
		this.admitted = this.admitted.filter(({ until }) => until > now);
		const free = this.admitted.length < rate ? now : this.freeAt(rate, ({ until }) => until, now);
		const blockedUntil = this.waiting.some(({ urgent }) => urgent) ? now : this.blockedUntil;
		if (free <= now) return Math.max(0, blockedUntil - now);
		// Answers that come meanwhile make it earlier, but not earlier than this.
		const earliest = this.freeAt(rate, ({ at }) => at + WINDOW_MS, now);
		return Math.max(blockedUntil, earliest > now ? earliest : free) - now;
	}

	/** When fewer than `rate` of those that were admitted are still to be counted. */
	private freeAt(rate: number, endOf: (admitted: Admitted) => number, now: number): number {
		const ends = this.admitted.map(endOf).sort((a, b) => a - b);
		return ends.length < rate ? now : ends[ends.length - rate];
	}

	/** Lets the waiting go, one after the other; runs only while somebody waits. */
	private async pump(): Promise<void> {
		if (this.pumping) return;
		this.pumping = true;
		while (this.dropCancelled() > 0) {
			const delay = this.delay(clock.now());
			if (delay > 0) {
				// In slices, so that a cancelled request leaves the queue within a second.
				await clock.sleep(Math.min(delay, 1000));
				continue;
			}
			const { rate, go } = this.next();
			const at = clock.now();
			const admitted = { at, until: at + this.travel + WINDOW_MS };
			this.admitted.push(admitted);
			this.rates.set(rate, at);
			go(() => {
				const over = Math.max(at + WINDOW_MS, clock.now() + ANSWERED_WINDOW_MS);
				admitted.until = Math.min(admitted.until, over);
			});
		}
		this.pumping = false;
	}

	private dropCancelled(): number {
		for (let i = this.waiting.length - 1; i >= 0; i--) {
			if (this.waiting[i].signal?.aborted) this.waiting.splice(i, 1)[0].cancel();
		}
		return this.waiting.length;
	}

	/**
	 * Takes, of those with the highest priority, one of the owner that was served the longest ago, and
	 * of these the first.
	 */
	private next(): Waiter {
		const lastServed = ({ owner }: Waiter) => (owner && this.served.get(owner)) ?? 0;
		let first = 0;
		for (let i = 1; i < this.waiting.length; i++) {
			const [best, other] = [this.waiting[first], this.waiting[i]];
			const later = other.priority - best.priority || lastServed(other) - lastServed(best);
			if (later < 0) first = i;
		}
		const [next] = this.waiting.splice(first, 1);
		if (next.owner) this.served.set(next.owner, ++this.count);
		return next;
	}
}

const limiters = memoryOf<RateLimiter>('limiters');

/**
 * The one limiter in this process of what Agora counts together.
 *
 * @param counted an App ID, or for questions about channels an account
 */
export function rateLimiterOf(counted: string): RateLimiter {
	const now = clock.now();
	const limiter = limiters.get(counted, now) ?? new RateLimiter();
	limiters.set(counted, limiter, now);
	return limiter;
}
