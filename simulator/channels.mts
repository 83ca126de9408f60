import type { Clock } from './clock.mts';

/** Who publishes in a channel from a moment on, until the next such moment. */
export interface Presence {
	/** Virtual Unix milliseconds. */
	from: number;
	uids: readonly string[];
}

/** As given by the user: a fixed list, or a plan with offsets from the simulator's start. */
export type ChannelPlan = string[] | { afterMs: number; uids: string[] }[];

/** A presence, or null uids: nothing was said about the channel, so somebody publishes. */
interface Known {
	from: number;
	uids: readonly string[] | null;
}

/** Who publishes in a channel that nothing was said about, unless it is the recorder's own uid. */
const DEFAULT_PUBLISHERS = ['123', '124'] as const;

const isUidList = (plan: ChannelPlan): plan is string[] =>
	plan.every((step) => typeof step === 'string');

/** Who publishes in which channel, and when. */
export class Channels {
	readonly #clock: Clock;
	readonly #known = new Map<string, Known[]>();

	constructor(clock: Clock, plans: Record<string, ChannelPlan> = {}) {
		this.#clock = clock;
		this.plan(plans);
	}

	/** Forgets everything and begins again with these plans. */
	plan(plans: Record<string, ChannelPlan>): void {
		this.#known.clear();
		const now = this.#clock.now();
		for (const [cname, plan] of Object.entries(plans)) {
			this.#known.set(
				cname,
				isUidList(plan)
					? [{ from: 0, uids: plan }]
					: [
							{ from: 0, uids: [] },
							...plan.map(({ afterMs, uids }) => ({ from: now + afterMs, uids })),
						],
			);
		}
	}

	/** From now on these uids publish; null = somebody. What was planned for later is dropped. */
	set(cname: string, uids: string[] | null): void {
		const now = this.#clock.now();
		const before = this.#known.get(cname) ?? [{ from: 0, uids: null }];
		this.#known.set(cname, [...before.filter(({ from }) => from < now), { from: now, uids }]);
	}

	/** All channels that something was said about. */
	list(): Record<string, Known[]> {
		return Object.fromEntries(this.#known);
	}

	/**
	 * Who is in the channel from when on, oldest first.
	 * @param expected uids that a recording asks for by name; they publish in a channel that nothing was
	 * said about
	 * @param recorderUid never one of the default publishers, because two of one uid would clash
	 */
	presences(cname: string, expected: readonly string[], recorderUid: string): Presence[] {
		const wanted = expected.filter((uid) => uid !== recorderUid);
		const somebody =
			wanted.length > 0
				? wanted
				: DEFAULT_PUBLISHERS.filter((uid) => uid !== recorderUid).slice(0, 1);
		const known = this.#known.get(cname) ?? [{ from: 0, uids: null }];
		return known.map(({ from, uids }) => ({ from, uids: uids ?? somebody }));
	}
}
