import type { PostResult } from './post.mts';

/** One delivery, and what was answered. */
export interface Attempt extends PostResult {
	/** As in the body: virtual Unix ms, one more at least than last time. */
	notifyMs: number;
	/** Real Unix ms. */
	sentAt: number;
}

/** One notice that was made, whether it was delivered or not. */
export interface Notice {
	/** Counts from 1, in the order in which they were made. */
	number: number;
	noticeId: string;
	productId: number;
	eventType: number;
	/** The event's name; undefined if no document has it. */
	name?: string;
	/** `duplicate`: the same ID again; `redundant`: the same payload under another ID. */
	kind: 'original' | 'duplicate' | 'redundant';
	url: string;
	/** When it happened, virtual Unix ms. */
	at: number;
	sid?: string;
	payload: unknown;
	/** `waiting`: for its time, to be overtaken, or to be sent again. */
	state: 'waiting' | 'sending' | 'delivered' | 'failed' | 'lost';
	attempts: Attempt[];
}

/** The last notices, oldest first. Bounded, so that a benchmark cannot fill the memory. */
export class SentLog {
	static readonly LIMIT = 20_000;
	readonly #listeners: ((notice: Notice) => void)[] = [];
	#notices: Notice[] = [];
	#count = 0;

	get notices(): readonly Notice[] {
		return this.#notices;
	}

	/** Adds a notice, which its owner completes. */
	begin(notice: Omit<Notice, 'number' | 'attempts'>): Notice {
		const complete: Notice = { number: ++this.#count, ...notice, attempts: [] };
		this.#notices.push(complete);
		if (this.#notices.length > 2 * SentLog.LIMIT) {
			this.#notices = this.#notices.slice(-SentLog.LIMIT);
		}
		return complete;
	}

	/** A delivery is over. */
	tell(notice: Notice): void {
		for (const listener of this.#listeners) listener(notice);
	}

	/** Calls `listener` after every delivery, from now on. */
	onAttempt(listener: (notice: Notice) => void): void {
		this.#listeners.push(listener);
	}

	clear(): void {
		this.#notices = [];
		this.#count = 0;
	}
}
