/** Remembers values by key, the newest ones, for a limited time. Time comes from the caller. */
export class BoundedMemory<Value> {
	private readonly entries = new Map<string, { value: Value; at: number }>();

	private readonly maxEntries: number;

	private readonly maxAge: number;

	/** @param maxAge milliseconds since a value was set */
	constructor(maxEntries: number, maxAge: number) {
		this.maxEntries = maxEntries;
		this.maxAge = maxAge;
	}

	get size(): number {
		return this.entries.size;
	}

	/** @param now Unix milliseconds */
	get(key: string, now: number): Value | undefined {
		const entry = this.entries.get(key);
		return entry && now - entry.at < this.maxAge ? entry.value : undefined;
	}

	/** Sets a value anew; what is too old, or too much, is forgotten. @param now Unix milliseconds */
	set(key: string, value: Value, now: number): void {
		this.entries.delete(key);
		this.entries.set(key, { value, at: now });
		// A Map keeps the order of insertion, so that the oldest entries come first.
		for (const [oldest, { at }] of this.entries) {
			if (this.entries.size <= this.maxEntries && now - at < this.maxAge) break;
			this.entries.delete(oldest);
		}
	}

	delete(key: string): void {
		this.entries.delete(key);
	}
}
