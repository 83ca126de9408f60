/** Work that waits, and how much of it may be done at the same time. */
interface Task {
	limit: number;
	run: () => Promise<void>;
	done: () => void;
}

/**
 * Does asynchronous work: of one lane one after the other, of all lanes no more at a time than the
 * limit that comes with it.
 */
export class Lanes {
	readonly #tails = new Map<string, Promise<void>>();
	#queue: Task[] = [];
	#running = 0;
	/** Work that was added and is not done. */
	#open = 0;
	#waiting: (() => void)[] = [];

	/** @param lane undefined = waits for nothing. @param run must not reject */
	add(lane: string | undefined, limit: number, run: () => Promise<void>): void {
		this.#open++;
		const before = lane === undefined ? undefined : this.#tails.get(lane);
		const done = new Promise<void>((resolve) => {
			const task = { limit, run, done: resolve };
			if (before === undefined) this.#enqueue(task);
			else void before.then(() => this.#enqueue(task));
		});
		const tail = done.then(() => {
			if (lane !== undefined && this.#tails.get(lane) === tail) this.#tails.delete(lane);
			this.#open--;
			if (this.#open === 0) this.#release();
		});
		if (lane !== undefined) this.#tails.set(lane, tail);
	}

	/** Resolves once nothing is left. */
	idle(): Promise<void> {
		if (this.#open === 0) return Promise.resolve();
		return new Promise((resolve) => this.#waiting.push(resolve));
	}

	#release(): void {
		const waiting = this.#waiting;
		this.#waiting = [];
		for (const resolve of waiting) resolve();
	}

	#enqueue(task: Task): void {
		this.#queue.push(task);
		this.#next();
	}

	#next(): void {
		for (;;) {
			const task = this.#queue[0];
			if (task === undefined || this.#running >= task.limit) return;
			this.#queue.shift();
			this.#running++;
			void task.run().finally(() => {
				this.#running--;
				task.done();
				this.#next();
			});
		}
	}
}
