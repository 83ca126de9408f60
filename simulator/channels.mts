import type { Clock } from './clock.mts';

/** How a channel's users joined it (rest-api.md 3.3, `channelType`). */
export const CHANNEL_PROFILES = ['communication', 'liveBroadcasting'] as const;
export type ChannelProfile = (typeof CHANNEL_PROFILES)[number];

/** Who publishes in a channel from a moment on, until the next such moment. */
export interface Presence {
	/** Virtual Unix milliseconds. */
	from: number;
	uids: readonly string[];
	/** Left out: whatever the recorder says. */
	profile?: ChannelProfile;
}

/** As given by the user: a fixed list, or a plan with offsets from the simulator's start. */
export type ChannelPlan = string[] | { afterMs: number; uids: string[] }[];

/** A presence, or null uids: nothing was said about the channel, so somebody publishes. */
interface Known extends Omit<Presence, 'uids'> {
	uids: readonly string[] | null;
}

/** Who publishes in a channel that nothing was said about, unless it is the recorder's own uid. */
const DEFAULT_PUBLISHERS = ['123', '124'] as const;

const isUidList = (plan: ChannelPlan): plan is string[] =>
	plan.every((step) => typeof step === 'string');

/** What is said about a channel; what is left out stays as it is. */
export interface ChannelChange {
	/** Who publishes; null = somebody. */
	uids?: string[] | null;
	/** null = whatever the recorder says. */
	profile?: ChannelProfile | null;
}

/** What is said about channels before anything happens. */
export interface ChannelsAtFirst {
	plans: Record<string, ChannelPlan>;
	profiles: Record<string, ChannelProfile>;
}

const NOTHING_SAID: readonly Known[] = [{ from: 0, uids: null }];

/** Who publishes in which channel, and when, and in which profile. */
export class Channels {
	readonly #clock: Clock;
	readonly #known = new Map<string, Known[]>();

	constructor(clock: Clock, beginning: ChannelsAtFirst) {
		this.#clock = clock;
		this.plan(beginning);
	}

	/** Forgets everything and begins again so. */
	plan({ plans, profiles }: ChannelsAtFirst): void {
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
		for (const [cname, profile] of Object.entries(profiles)) {
			this.#known.set(
				cname,
				this.#steps(cname).map((step) => ({ ...step, profile })),
			);
		}
	}

	/** From now on this is so; new publishers drop what was planned for later. */
	change(cname: string, { uids, profile }: ChannelChange): void {
		const now = this.#clock.now();
		const steps = this.#steps(cname);
		const present = this.#present(cname, now);
		const changed =
			uids === undefined
				? [present, ...steps.filter(({ from }) => from > now)]
				: [{ ...present, uids }];
		this.#known.set(cname, [
			...steps.filter(({ from }) => from < now),
			...(profile === undefined
				? changed
				: changed.map((step) => ({ ...step, profile: profile ?? undefined }))),
		]);
	}

	/** The profile that was said, if any was. */
	profileOf(cname: string): ChannelProfile | undefined {
		return this.#present(cname, this.#clock.now()).profile;
	}

	#steps(cname: string): readonly Known[] {
		return this.#known.get(cname) ?? NOTHING_SAID;
	}

	/** What is so now, as a step that begins now. */
	#present(cname: string, now: number): Known {
		const step = this.#steps(cname).findLast(({ from }) => from <= now);
		return { ...(step ?? { uids: null }), from: now };
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
		return this.#steps(cname).map((step) => ({ ...step, uids: step.uids ?? somebody }));
	}
}
