import { setImmediate as turn, setTimeout as realSleep } from 'node:timers/promises';

/** The node's clock, as far as tests replace it. */
export interface NodeClock {
	now: () => number;
	sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
	jitter: (ms: number) => number;
}

interface Sleeper {
	wakeAt: number;
	wake: () => void;
}

/** Turns of the event loop in which nothing happens before time goes on. */
const QUIET_TURNS = 4;
/** Real milliseconds between two looks at requests that are under way. */
const LOOK_MS = 1;
/** Real milliseconds in which nothing happens before time goes on for the other side alone. */
const QUIET_MS = 6;
/** How far time goes when only the other side waits. */
const STEP_MS = 500;
/** So often time goes on at most until a piece of work is done; the longest takes some 240 steps. */
const MOST_STEPS = 2000;
/** Real milliseconds in which time may stand still: what is waited for then does not come. */
const STANDSTILL_MS = 10_000;

/**
 * Time for the node and the simulator together: nobody sleeps for real. Whenever the node only waits
 * for time, both clocks are put forward to the next moment that somebody waits for. While a request is
 * under way time stands still, so that what a test sees of it is exact.
 */
export class VirtualTime {
	/** Whether time goes on for a request under way, as for a stop that waits for an upload. */
	flowing = false;
	private current = Date.UTC(2026, 0, 1);
	/** How often time has gone on. */
	private passes = 0;
	private sleepers: Sleeper[] = [];
	private readonly nodeClock: NodeClock;
	private readonly original: NodeClock;
	private readonly advance: (ms: number) => void;
	private readonly underWay: () => number;

	/**
	 * @param nodeClock the node's clock; gets its own functions back from `restore`
	 * @param advance puts the other side's clock forward, in milliseconds
	 * @param underWay how many requests of the node have no answer yet
	 */
	constructor(nodeClock: NodeClock, advance: (ms: number) => void, underWay: () => number) {
		this.nodeClock = nodeClock;
		this.advance = advance;
		this.underWay = underWay;
		this.original = { ...nodeClock };
		nodeClock.now = () => this.current;
		nodeClock.sleep = (ms, signal) => this.after(ms, signal);
		nodeClock.jitter = (ms) => ms;
	}

	/** Virtual Unix milliseconds. */
	now(): number {
		return this.current;
	}

	/** How many wait for time to pass. */
	get waiting(): number {
		return this.sleepers.length;
	}

	/** Is done when so many virtual milliseconds have passed, or nobody waits for that any more. */
	async after(ms: number, signal?: AbortSignal): Promise<void> {
		await new Promise<void>((done) => {
			const wake = () => {
				signal?.removeEventListener('abort', wake);
				this.sleepers = this.sleepers.filter((other) => other !== sleeper);
				done();
			};
			const sleeper = { wakeAt: this.current + ms, wake };
			this.sleepers.push(sleeper);
			signal?.addEventListener('abort', wake, { once: true });
		});
	}

	/** Lets time pass at once. */
	pass(ms: number): void {
		this.passes++;
		this.current += ms;
		this.advance(ms);
		const due = this.sleepers.filter(({ wakeAt }) => wakeAt <= this.current);
		this.sleepers = this.sleepers.filter(({ wakeAt }) => wakeAt > this.current);
		due.forEach(({ wake }) => wake());
	}

	/**
	 * Drives time until `work` is done.
	 *
	 * @throws Error where it comes to no end: it waits again and again, or for what nobody will do
	 */
	async run<T>(work: Promise<T>): Promise<T> {
		let done = false;
		const settled = work.finally(() => (done = true));
		settled.catch(() => undefined);
		const budget = new Budget();
		while (!done) {
			for (let i = 0; i < QUIET_TURNS; i++) await turn();
			if (done) break;
			const { passes } = this;
			if (this.underWay() === 0) this.passToNextSleeper();
			else if (this.flowing) await this.flow();
			else await realSleep(LOOK_MS);
			budget.spend(this.passes - passes);
		}
		return await settled;
	}

	restore(): void {
		Object.assign(this.nodeClock, this.original);
	}

	private passToNextSleeper(): void {
		const next = Math.min(...this.sleepers.map(({ wakeAt }) => wakeAt));
		if (Number.isFinite(next)) this.pass(Math.max(0, next - this.current));
	}

	private async flow(): Promise<void> {
		const before = this.underWay();
		await realSleep(QUIET_MS);
		if (this.underWay() === before) this.pass(STEP_MS);
	}
}

/** Ends work that would go on for ever, and says so. */
class Budget {
	private steps = 0;
	private movedAt = performance.now();

	/** @throws Error when the budget is used up */
	spend(steps: number): void {
		this.steps += steps;
		if (this.steps > MOST_STEPS) {
			throw new Error(`No end in sight: time has gone on ${this.steps} times`);
		}
		if (steps > 0) this.movedAt = performance.now();
		else if (performance.now() - this.movedAt > STANDSTILL_MS) {
			throw new Error(`Time stands still: for ${STANDSTILL_MS / 1000} s nobody has waited for it`);
		}
	}
}
