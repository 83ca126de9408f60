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

/** What was said of a channel. Null uids: nothing was, so somebody publishes. */
export interface Known extends Omit<Presence, 'uids'> {
	uids: readonly string[] | null;
	/** Who is there beside them and publishes nothing. */
	audience?: readonly string[];
	/** On what users joined, by uid, where it was said (rtc-channel-events.md, `platform`). */
	platforms?: Readonly<Record<string, number>>;
}

/** What is so of channels that nothing was said about. */
export interface Strangers {
	/** Whether somebody publishes in them. */
	unknownChannels: 'somebody' | 'nobody';
	/** null: whatever the recorder says. */
	channelProfile: ChannelProfile | null;
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
	audience?: string[];
	platforms?: Record<string, number>;
}

/** What is said about channels before anything happens. */
export interface ChannelsAtFirst {
	plans: Record<string, ChannelPlan>;
	profiles: Record<string, ChannelProfile>;
}

/** Who is in which channel, and when, and in which profile; recorders are not told of here. */
export class Channels {
	readonly #clock: Clock;
	readonly #strangers: () => Strangers;
	readonly #known = new Map<string, Known[]>();
	#begun = 0;

	constructor(clock: Clock, beginning: ChannelsAtFirst, strangers: () => Strangers) {
		this.#clock = clock;
		this.#strangers = strangers;
		this.plan(beginning);
	}

	/** Forgets everything and begins again so. */
	plan({ plans, profiles }: ChannelsAtFirst): void {
		this.#known.clear();
		const now = this.#clock.now();
		this.#begun = now;
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
	change(cname: string, { uids, profile, ...others }: ChannelChange): void {
		const now = this.#clock.now();
		const steps = this.#steps(cname);
		const present = this.#present(cname, now);
		const changed =
			uids === undefined
				? [present, ...steps.filter(({ from }) => from > now)]
				: [{ ...present, uids }];
		const said = { ...others, ...(profile === undefined ? {} : { profile: profile ?? undefined }) };
		this.#known.set(cname, [
			...steps.filter(({ from }) => from < now),
			...changed.map((step) => ({ ...step, ...said })),
		]);
	}

	/** The profile that was said, if any was. */
	profileOf(cname: string): ChannelProfile | undefined {
		return this.at(cname, this.#clock.now()).profile;
	}

	/** What is so at a moment. */
	at(cname: string, at: number): Known {
		return this.#inProfile(this.#present(cname, at));
	}

	/** Since when a user has been in a channel without a break, at the earliest since the beginning. */
	since(cname: string, uid: string, at: number): number {
		const steps = this.#steps(cname).filter(({ from }) => from <= at);
		const absent = steps.findLastIndex(
			({ uids, audience }) => uids !== null && !uids.includes(uid) && !audience?.includes(uid),
		);
		return Math.min(at, Math.max(steps[absent + 1]?.from ?? at, this.#begun));
	}

	/** The channels that something was said about. */
	names(): string[] {
		return [...this.#known.keys()];
	}

	#steps(cname: string): readonly Known[] {
		const somebody = this.#strangers().unknownChannels === 'somebody';
		return this.#known.get(cname) ?? [{ from: 0, uids: somebody ? null : [] }];
	}

	/** What is so at a moment, as a step that begins then. */
	#present(cname: string, at: number): Known {
		const step = this.#steps(cname).findLast(({ from }) => from <= at);
		return { ...(step ?? { uids: null }), from: at };
	}

	#inProfile<Step extends Known>(step: Step): Step {
		return { ...step, profile: step.profile ?? this.#strangers().channelProfile ?? undefined };
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
		return this.#steps(cname).map((step) => {
			const { from, uids, profile } = this.#inProfile(step);
			return { from, uids: uids ?? somebody, profile };
		});
	}
}
