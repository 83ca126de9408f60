import { setTimeout as realSleep } from 'node:timers/promises';

/** The node's clock, as far as tests replace it. */
interface NodeClock {
	now: () => number;
	sleep: (ms: number) => Promise<void>;
}

interface Sleeper {
	wakeAt: number;
	wake: () => void;
}

/** Real milliseconds without anything happening after which virtual time goes on. */
const QUIET_MS = 6;
/** How far time goes when only the other side waits. */
const STEP_MS = 500;

/**
 * Time for the node and the simulator together: nobody sleeps for real. Whenever neither does
 * anything any more, both clocks are put forward to the next moment somebody waits for.
 */
export class VirtualTime {
	private current = Date.UTC(2026, 0, 1);
	private sleepers: Sleeper[] = [];
	private readonly original: NodeClock;

	/**
	 * @param nodeClock the node's clock; gets its own functions back from `restore`
	 * @param advance puts the other side's clock forward, in milliseconds
	 * @param activity changes whenever the other side has done something
	 */
	constructor(
		private readonly nodeClock: NodeClock,
		private readonly advance: (ms: number) => void,
		private readonly activity: () => string,
	) {
		this.original = { ...nodeClock };
		nodeClock.now = () => this.current;
		nodeClock.sleep = (ms) =>
			new Promise((wake) => {
				this.sleepers.push({ wakeAt: this.current + ms, wake });
			});
	}

	/** Virtual Unix milliseconds. */
	now(): number {
		return this.current;
	}

	/** Lets time pass at once. */
	pass(ms: number): void {
		this.current += ms;
		this.advance(ms);
		const due = this.sleepers.filter(({ wakeAt }) => wakeAt <= this.current);
		this.sleepers = this.sleepers.filter(({ wakeAt }) => wakeAt > this.current);
		due.forEach(({ wake }) => wake());
	}

	/** Drives time until `work` is done. */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const settled = work.finally(() => (done = true));
		settled.catch(() => undefined);
		let seen = '';
		for (;;) {
			await realSleep(QUIET_MS);
			if (done) return await settled;
			const now = `${this.activity()} ${this.sleepers.length}`;
			if (now === seen) {
				const next = Math.min(...this.sleepers.map(({ wakeAt }) => wakeAt));
				this.pass(Number.isFinite(next) ? Math.max(0, next - this.current) : STEP_MS);
				seen = '';
			} else {
				seen = now;
			}
		}
	}

	restore(): void {
		Object.assign(this.nodeClock, this.original);
	}
}
