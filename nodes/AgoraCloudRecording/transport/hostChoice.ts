import type { Answer } from '../agora/answers/classify';
import { FAILOVER_WAITS, nextHost } from '../agora/hosts';
import { clock } from '../process/clock';
import { memoryOf } from '../process/memories';

/** Codes of names that have no address. */
const UNRESOLVED_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME'];

/**
 * Hosts that stand in at the moment, by the one that the credential names: they are asked first, so that
 * not every request waits.
 */
const standIns = memoryOf<string>('standIns');

/** Which of Agora's hosts requests go to. An address of the user's own is never left. */
export class HostChoice {
	/** Host in the credential; undefined for an address of the user's own. */
	private readonly configured: string | undefined;

	private readonly origin: string;

	/**
	 * @param origin scheme and host from the credential
	 * @param custom whether the user typed it in
	 */
	constructor(origin: string, custom: boolean) {
		this.origin = origin;
		this.configured = custom ? undefined : new URL(origin).host;
	}

	/** Whether there are others to turn to. */
	get mayChange(): boolean {
		return this.configured !== undefined && nextHost(this.configured, 1, false) !== undefined;
	}

	/** Where a new request goes: scheme and host. */
	first(): string {
		const standIn = this.configured && standIns.get(this.configured, clock.now());
		return standIn ? `https://${standIn}` : this.origin;
	}

	/** Somebody answered there. */
	answered(origin: string): void {
		if (origin !== this.first()) this.prefer(new URL(origin).host);
	}

	/**
	 * Where to go on with a request that got no answer, and after how many seconds; undefined when it
	 * was tried enough.
	 *
	 * @param first where its first try went
	 * @param failures its tries so far
	 */
	next(
		first: string,
		failures: number,
		answer: Answer,
	): { origin: string; wait: number } | undefined {
		const host = nextHost(new URL(first).host, failures, isUnresolved(answer));
		return host ? { origin: `https://${host}`, wait: FAILOVER_WAITS[failures - 1] } : undefined;
	}

	/** Lets the next request begin elsewhere, where the caller repeats by itself. */
	avoid(origin: string, answer: Answer): void {
		const host = nextHost(new URL(origin).host, 2, isUnresolved(answer));
		if (host) this.prefer(host);
	}

	private prefer(host: string): void {
		if (!this.configured) return;
		if (host === this.configured) standIns.delete(this.configured);
		else standIns.set(this.configured, host, clock.now());
	}
}

const isUnresolved = ({ networkCode }: Answer) =>
	networkCode !== undefined && UNRESOLVED_CODES.includes(networkCode);
