/**
 * At most `perSecond` requests in any second, per key (an App ID). A sliding second is the strictest
 * reading of "10 requests/s": whoever passes here also passes a limiter that counts calendar seconds.
 */
export class RateLimit {
	readonly #accepted = new Map<string, number[]>();

	/** Whether a request at `now` (ms) may pass; it counts only if it does. */
	allows(key: string, perSecond: number, now: number): boolean {
		const recent = (this.#accepted.get(key) ?? []).filter((time) => time > now - 1000);
		const allowed = recent.length < perSecond;
		if (allowed) recent.push(now);
		this.#accepted.set(key, recent);
		return allowed;
	}

	clear(): void {
		this.#accepted.clear();
	}
}
