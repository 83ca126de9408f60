import { endOf } from '../life.mts';
import type { World } from '../life.mts';
import type { Recording } from '../recording.mts';
import { diesSilently } from './endings.mts';
import { EXIT, plan } from './plan.mts';
import type { Draft } from './plan.mts';
import { changesOf, membershipAt, pushesAt, recorderUid, streamsAt } from './recorder.mts';
import { series } from './series.mts';
import type { Series } from './series.mts';

/** Something to tell about a recording. */
export interface Told {
	at: number;
	eventType: number;
	/** Without msgName. */
	details: Record<string, unknown>;
	/** The recorder's. */
	uid: string;
}

/** Who is told. */
export interface Audience {
	/** Whether there is such an event at all: `sequence` does not count what nobody can select. */
	knows(eventType: number): boolean;
	recording(recording: Recording, sequence: number, told: Told): void;
	/** The recorder has come into its channel, or left it. */
	joined(recording: Recording, uid: number, at: number): void;
	left(recording: Recording, uid: number, reason: number, at: number): void;
}

/** Event 43 or 44, by medium (notifications.md 5). */
const STREAM_EVENTS: Record<string, number> = { audio: 43, video: 44 };
const RECEIVING = 0;
const NOT_RECEIVING = 1;

/**
 * What has been told about one recording. Its life is worked out anew at every step, because requests
 * change it; this remembers what is said and cannot be unsaid.
 */
export class Report {
	readonly recording: Recording;
	readonly #world: World;
	readonly #audience: Audience;
	/** Everything up to this virtual time has been told. */
	#until: number;
	#sequence = 0;
	readonly #once = new Set<string>();
	/** The last time of each series. */
	readonly #series = new Map<string, number>();
	#streams = new Set<string>();
	#pushes = new Map<string, string>();
	#member: number | undefined;
	#failovers = 0;

	constructor(recording: Recording, world: World, audience: Audience) {
		this.recording = recording;
		this.#world = world;
		this.#audience = audience;
		this.#until = recording.startedAt - 1;
	}

	/** The next moment at which there may be something to tell; undefined if none is known. */
	next(): number | undefined {
		const { recording } = this;
		const moments = [
			...this.#untold().map(({ at }) => at),
			...series(recording, this.#world).flatMap((one) => this.#nextOf(one) ?? []),
			...changesOf(recording, this.#world).filter((at) => at > this.#until),
		];
		const first = moments.reduce((least, at) => Math.min(least, at), Infinity);
		return first === Infinity ? undefined : Math.max(first, this.#until);
	}

	/** Tells what there is at that moment; times before have to have been told. */
	tell(at: number): void {
		const { recording } = this;
		for (const { key, ...draft } of this.#untold()) {
			if (draft.at > at) continue;
			this.#once.add(key);
			// What turns out to have been earlier than was known is told with today's date.
			this.#say({ ...draft, at: Math.max(draft.at, this.#until) });
		}
		this.#tellStates(at);
		for (const one of series(recording, this.#world)) this.#tellSeries(one, at);
		this.#tellMembership(at);
		this.#until = Math.max(this.#until, at);
	}

	/** A call did not fit the recording's state (notifications.md 5, event 3). */
	misfit(details: Record<string, unknown>, at: number): void {
		this.#say({ at, eventType: 3, details, uid: recorderUid(this.recording, at) });
	}

	/** What comes once and has not been told; after the exit there is nothing more. */
	#untold(): Draft[] {
		if (this.#once.has(EXIT)) return [];
		return plan(this.recording, this.#world).filter(({ key }) => !this.#once.has(key));
	}

	#say(told: Told): void {
		if (!this.#audience.knows(told.eventType)) return;
		this.#audience.recording(this.recording, this.#sequence++, told);
	}

	#nextOf({ key, from, every, until }: Series): number | undefined {
		const last = this.#series.get(key);
		const missed = Math.max(0, Math.ceil((this.#until - from) / every));
		const next = last === undefined ? from + missed * every : last + every;
		return next < until ? next : undefined;
	}

	#tellSeries(one: Series, at: number): void {
		for (;;) {
			const next = this.#nextOf(one);
			if (next === undefined || next > at) return;
			this.#series.set(one.key, next);
			if (this.#isAway(next)) continue;
			const { eventType } = one;
			const uid = recorderUid(this.recording, next);
			this.#say({ at: next, eventType, details: one.details(next), uid });
		}
	}

	/** Nobody records at the moment, and so nobody tells anything (best-practices.md 3). */
	#isAway(at: number): boolean {
		return this.recording.failovers.some(({ from, to }) => from <= at && at < to);
	}

	/** Streams that came or went, and CDN pushes whose state is another one. */
	#tellStates(at: number): void {
		const { recording } = this;
		const end = endOf(recording, this.#world);
		if (this.#isAway(at)) return;
		if (end !== undefined && end.at <= at && diesSilently(recording, end)) return;
		const failovers = recording.failovers.filter(({ to }) => to <= at).length;
		if (failovers !== this.#failovers) this.#streams = new Set();
		this.#failovers = failovers;

		const uid = recorderUid(recording, at);
		const streams = streamsAt(recording, at, this.#world);
		const changed = (stream: string, state: number): void => {
			const [medium = '', streamUid] = stream.split(':');
			const eventType = STREAM_EVENTS[medium] ?? 0;
			this.#say({ at, eventType, details: { streamUid, state, utcMs: at }, uid });
		};
		for (const stream of this.#streams) if (!streams.has(stream)) changed(stream, NOT_RECEIVING);
		for (const stream of streams) if (!this.#streams.has(stream)) changed(stream, RECEIVING);
		this.#streams = streams;

		const pushes = pushesAt(recording, at, this.#world);
		const pushed = (rtmpUrl: string, status: string): void =>
			this.#say({ at, eventType: 100, details: { rtmpUrl, status }, uid });
		for (const url of this.#pushes.keys()) if (!pushes.has(url)) pushed(url, 'disconnected');
		for (const [url, status] of pushes) {
			const before = this.#pushes.get(url);
			if (before === undefined && status !== 'connecting') pushed(url, 'connecting');
			if (before !== status) pushed(url, status);
		}
		this.#pushes = pushes;
	}

	#tellMembership(at: number): void {
		const { recording } = this;
		const membership = membershipAt(recording, at, this.#world);
		const uid = 'uid' in membership ? membership.uid : undefined;
		if (uid === this.#member) return;
		if (this.#member !== undefined) {
			const reason = 'reason' in membership ? membership.reason : 1;
			this.#audience.left(recording, this.#member, reason, at);
		}
		this.#member = uid;
		if (uid !== undefined) this.#audience.joined(recording, uid, at);
	}
}
