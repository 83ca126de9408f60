import type { Operation } from './routes.mts';

/** One request, and what became of it. */
export interface LogEntry {
	/** Counts from 1. */
	number: number;
	/** The `X-Request-Id` of the answer. */
	requestId: string;
	method: string;
	path: string;
	/** What a question about channels says behind its path. */
	query?: string;
	operation?: Operation;
	appId?: string;
	mode?: string;
	cname?: string;
	uid?: string;
	sid?: string;
	/** The request's JSON, secrets replaced by `***`. */
	body?: unknown;
	/** Real Unix milliseconds at which the request was complete. */
	arrivedAt: number;
	/** Real Unix milliseconds at which the answer went out or the connection ended. */
	answeredAt?: number;
	/** Virtual Unix milliseconds of arrival. */
	virtualTime: number;
	/** Virtual Unix milliseconds at which the answer went out or the connection ended. */
	virtualAnsweredAt?: number;
	/** HTTP status of the answer; null while there is none, or if the connection was cut. */
	status: number | null;
	/** The answer's JSON. */
	answer?: unknown;
	/** The scripted fault that was applied. */
	fault?: number;
	/** Uses that the documents disagree about or advise against; the request was not refused for them. */
	warnings: string[];
}

const SECRETS = new Set([
	'token',
	'accessKey',
	'secretKey',
	'stsToken',
	'secret',
	'salt',
	'customerSecret',
	'certificate',
]);

/** A copy of JSON data in which every non-empty secret reads `***`. */
export function redacted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(redacted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, inner]) => [
			key,
			SECRETS.has(key) && typeof inner === 'string' && inner !== '' ? '***' : redacted(inner),
		]),
	);
}

/** The last requests, oldest first. Bounded, so that a benchmark cannot fill the memory. */
export class RequestLog {
	static readonly LIMIT = 20_000;
	readonly #listeners: ((entry: LogEntry) => void)[] = [];
	readonly #virtualNow: () => number;
	#entries: LogEntry[] = [];
	#count = 0;

	constructor(virtualNow: () => number) {
		this.#virtualNow = virtualNow;
	}

	get entries(): readonly LogEntry[] {
		return this.#entries;
	}

	/** Adds an entry, which its owner completes until it calls `done`. */
	begin(entry: Pick<LogEntry, 'requestId' | 'method' | 'path'>): LogEntry {
		const complete: LogEntry = {
			...entry,
			number: ++this.#count,
			arrivedAt: Date.now(),
			virtualTime: this.#virtualNow(),
			status: null,
			warnings: [],
		};
		this.#entries.push(complete);
		if (this.#entries.length > 2 * RequestLog.LIMIT) {
			this.#entries = this.#entries.slice(-RequestLog.LIMIT);
		}
		return complete;
	}

	/** The request is over: it was answered with `status`, or its connection ended (null). */
	done(entry: LogEntry, status: number | null): void {
		if (entry.answeredAt !== undefined) return;
		entry.answeredAt = Date.now();
		entry.virtualAnsweredAt = this.#virtualNow();
		entry.status = status;
		for (const listener of this.#listeners) listener(entry);
	}

	/** Calls `listener` with every request that is over, from now on. */
	onDone(listener: (entry: LogEntry) => void): void {
		this.#listeners.push(listener);
	}

	clear(): void {
		this.#entries = [];
		this.#count = 0;
	}
}
