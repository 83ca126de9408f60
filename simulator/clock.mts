/** How the virtual clock runs. */
export interface ClockOptions {
	/** Virtual milliseconds per real millisecond. 1 is real time, 60 a minute a second, 0 stands still. */
	speed?: number;
	/** Virtual time at which the clock begins, Unix milliseconds. Default: the real time. */
	now?: number;
}

interface Appointment {
	at: number;
	run: (at: number) => void;
}

/**
 * The simulator's own time. Every life (resource IDs, recordings, failovers, uploads) is computed from
 * it, so that a test can let days pass at once. Network matters (latency, hanging) stay in real time.
 */
export class Clock {
	#speed: number;
	#virtualBase: number;
	#realBase: number;
	#appointments: Appointment[] = [];
	#timer: NodeJS.Timeout | undefined;
	#runs = false;

	constructor({ speed = 1, now = Date.now() }: ClockOptions = {}) {
		this.#speed = speed;
		this.#virtualBase = now;
		this.#realBase = performance.now();
	}

	/** Virtual Unix time in whole milliseconds. */
	now(): number {
		return Math.floor(this.#virtualBase + (performance.now() - this.#realBase) * this.#speed);
	}

	get speed(): number {
		return this.#speed;
	}

	/** Changes how fast time runs from now on; 0 stops it (then only `advance` moves it). */
	setSpeed(speed: number): void {
		this.#rebase(this.now());
		this.#speed = speed;
		this.#arm();
	}

	/** Lets `ms` virtual milliseconds pass at once, and runs what was due in them, in order. */
	advance(ms: number): void {
		this.#rebase(this.now() + ms);
		this.#runDue();
	}

	/** Puts the clock at a virtual Unix time in milliseconds; what is due by then runs. */
	set(now: number): void {
		this.#rebase(now);
		this.#runDue();
	}

	/**
	 * Calls `run` once virtual time reaches `at` (Unix ms); at once if it already has. The only place
	 * where the simulator waits for virtual time: what must happen by itself (an upload that ends while
	 * a stop waits for it, a notification that is due) makes an appointment here.
	 * @returns a function that cancels the appointment
	 */
	at(at: number, run: (at: number) => void): () => void {
		const appointment = { at, run };
		this.#appointments.splice(this.#placeOf(at), 0, appointment);
		this.#runDue();
		return () => {
			this.#appointments = this.#appointments.filter((other) => other !== appointment);
		};
	}

	/** Resolves once virtual time reaches `at` (Unix ms). */
	reached(at: number): Promise<void> {
		return new Promise((resolve) => this.at(at, () => resolve()));
	}

	/** Forgets all appointments. */
	clear(): void {
		this.#appointments = [];
		clearTimeout(this.#timer);
	}

	#rebase(virtualNow: number): void {
		this.#virtualBase = virtualNow;
		this.#realBase = performance.now();
	}

	/** Where an appointment stands in the list: behind all that are not later. */
	#placeOf(at: number): number {
		let low = 0;
		let high = this.#appointments.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#appointments[middle]?.at ?? Infinity) <= at) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	/** An appointment that is made by one that runs waits for its turn: order is kept, the stack flat. */
	#runDue(): void {
		if (this.#runs) return;
		this.#runs = true;
		try {
			for (;;) {
				const next = this.#appointments[0];
				if (next === undefined || next.at > this.now()) break;
				this.#appointments.shift();
				next.run(next.at);
			}
		} finally {
			this.#runs = false;
		}
		this.#arm();
	}

	#arm(): void {
		clearTimeout(this.#timer);
		const next = this.#appointments[0];
		if (next === undefined || this.#speed <= 0) return;
		const realMs = Math.max(0, (next.at - this.now()) / this.#speed);
		// setTimeout counts in 32 bits; a longer wait is armed again when the shorter one ends.
		this.#timer = setTimeout(() => this.#runDue(), Math.min(Math.ceil(realMs), 2 ** 31 - 1));
		this.#timer.unref();
	}
}
