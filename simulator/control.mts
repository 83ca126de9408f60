import { identity, statusAt } from './answers.mts';
import type { ChannelProfile, Known } from './channels.mts';
import type { FaultInput, Faults, ScriptedFault } from './faults.mts';
import { filesOf } from './files.mts';
import type { RecordedFile } from './files.mts';
import { endOf, livedAt, moments, phaseAt } from './life.mts';
import type { End, Moment, Phase } from './life.mts';
import type { Notifications } from './notifications/notifications.mts';
import type { Recording, Resource } from './recording.mts';
import { redacted } from './requestLog.mts';
import type { LogEntry, RequestLog } from './requestLog.mts';
import type { Mode } from './routes.mts';
import { settingsSchema } from './settings.mts';
import type { Settings, SettingsInput } from './settings.mts';
import type { State } from './state.mts';
import type { Storage } from './storage/storage.mts';

/** All that is known about a recording. Times are virtual Unix milliseconds; secrets read `***`. */
export interface RecordingView {
	appId: string;
	cname: string;
	uid: string;
	resourceId: string;
	sid: string;
	mode: Mode;
	/** As in query, 0 to 8 or 20. */
	status: number;
	phase: Phase;
	acquiredAt: number;
	startedAt: number;
	/** Set once it has ended: the very moment, by what (`stop`, `idle`, …), and why in words. */
	ended?: End;
	/** What the asynchronous check found or is going to find, such as a bad token, and when. */
	failure?: Recording['failure'];
	/** `clientRequest` of start. */
	request: unknown;
	/** What is in force after updates. */
	subscription: unknown;
	storage: unknown;
	layout: unknown;
	rtmpUrls: string[];
	onhold: boolean;
	files: RecordedFile[];
	moments: Moment[];
}

/** A resource ID and what it was acquired for; `sid` once it was used. */
export type ResourceView = Omit<Resource, 'startParameter'> & { startParameter?: unknown };

/** Everything that a test, a demo or a benchmark may see and change from outside the API. */
export class Control {
	/** Webhooks, notices and users of channels (README, "Notifications"). */
	readonly notifications: Notifications;
	readonly #state: State;
	readonly #faults: Faults;
	readonly #log: RequestLog;
	readonly #storage: Storage | undefined;
	readonly #onReset: () => void;

	constructor(
		state: State,
		faults: Faults,
		log: RequestLog,
		notifications: Notifications,
		storage: Storage | undefined,
		onReset: () => void,
	) {
		this.#state = state;
		this.notifications = notifications;
		this.#faults = faults;
		this.#log = log;
		this.#storage = storage;
		this.#onReset = onReset;
	}

	/** The buckets (README, "Storage"). @throws Error if the simulator was started without */
	get storage(): Storage {
		if (this.#storage === undefined) throw new Error('No storage is served');
		return this.#storage;
	}

	/** Every recording since the last reset, oldest first. */
	recordings(): RecordingView[] {
		return [...this.#state.recordings.values()].map((recording) => this.#view(recording));
	}

	/**
	 * The recordings that lived at a virtual time (Unix ms), now if none is given: what costs money, a failover
	 * included. A time to come is answered as far as it is known today.
	 */
	living(at: number = this.#state.clock.now()): RecordingView[] {
		return [...this.#state.recordings.values()]
			.filter((recording) => livedAt(recording, at, this.#state))
			.map((recording) => this.#view(recording));
	}

	/** One recording. @throws Error if there is none of that sid */
	recording(sid: string): RecordingView {
		return this.#view(this.#find(sid));
	}

	/** Every resource ID that was given out, oldest first. */
	resources(): ResourceView[] {
		return [...this.#state.resources.values()].map((resource) => ({
			...resource,
			startParameter: redacted(resource.startParameter),
		}));
	}

	/** The request log, oldest first. */
	requests(): readonly LogEntry[] {
		return this.#log.entries;
	}

	clearRequests(): void {
		this.#log.clear();
	}

	/** Scripts a fault (README, "Faults"). @returns its number. @throws z.ZodError if it is none */
	addFault(fault: FaultInput): number {
		return this.#faults.add(fault);
	}

	faults(): readonly ScriptedFault[] {
		return this.#faults.list();
	}

	/** Removes one fault, or all. */
	clearFaults(id?: number): void {
		this.#faults.clear(id);
	}

	/** Virtual Unix milliseconds, and virtual milliseconds per real one. */
	clock(): { now: number; speed: number } {
		return { now: this.#state.clock.now(), speed: this.#state.clock.speed };
	}

	/** 1 is real time, 0 stands still. */
	setSpeed(speed: number): void {
		this.#state.clock.setSpeed(speed);
	}

	/** Lets virtual milliseconds pass at once. */
	advance(ms: number): void {
		this.#state.clock.advance(ms);
	}

	/** Sets virtual time, Unix milliseconds. */
	setTime(now: number): void {
		this.#state.clock.set(now);
	}

	/** Who is in the channels that something was said about, and in which profile; null: somebody. */
	channels(): Record<string, Known[]> {
		return this.#state.channels.list();
	}

	/** From now on these uids publish in a channel: none ends recordings after maxIdleTime. */
	setPublishers(cname: string, uids: string[] | null): void {
		this.#state.changeChannel(cname, { uids });
	}

	/** From now on they listen in a channel and publish nothing. */
	setAudience(cname: string, audience: string[]): void {
		this.#state.changeChannel(cname, { audience });
	}

	/** From now on recorders of another profile hear nobody in a channel; null: whatever they say. */
	setProfile(cname: string, profile: ChannelProfile | null): void {
		this.#state.changeChannel(cname, { profile });
	}

	/** Ends a recording at once: 404, or status 20 for a while if `abnormal`. */
	kill(sid: string, { abnormal = false }: { abnormal?: boolean } = {}): void {
		const recording = this.#find(sid);
		// Nobody dies twice: the books keep the first time.
		recording.killed ??= { at: this.#state.clock.now(), abnormal };
		this.#state.observer?.changed(recording);
	}

	/** Lets a recording answer 404 for `ms` virtual milliseconds while it lives on. */
	failover(sid: string, ms: number): void {
		const now = this.#state.clock.now();
		const recording = this.#find(sid);
		recording.failovers.push({ from: now, to: now + ms });
		this.#state.observer?.changed(recording);
	}

	settings(): Settings {
		return structuredClone(this.#state.settings);
	}

	/** Changes some settings. @throws z.ZodError if one is wrong */
	configure(changes: Partial<SettingsInput>): Settings {
		const now = this.#state.settings;
		this.#state.settings = settingsSchema.parse({
			...now,
			...changes,
			pcw: { ...now.pcw, ...changes.pcw },
			firstFileMs: { ...now.firstFileMs, ...changes.firstFileMs },
			channelLists: { ...now.channelLists, ...changes.channelLists },
		});
		this.#state.observer?.changed();
		return this.settings();
	}

	/** Back to how the simulator was started: no recordings, faults or log, clock and channels anew. */
	reset(): void {
		this.#state.reset();
		this.notifications.reset();
		this.#storage?.reset();
		this.#faults.clear();
		this.#log.clear();
		this.#onReset();
	}

	#find(sid: string): Recording {
		const recording = this.#state.recordings.get(sid);
		if (recording === undefined) throw new Error(`No recording has the sid ${sid}`);
		return recording;
	}

	#view(recording: Recording): RecordingView {
		const state = this.#state;
		const now = state.clock.now();
		const end = endOf(recording, state);
		const { mode, startedAt, request, subscription, storage, layout, rtmpUrls } = recording;
		return {
			appId: recording.resource.appId,
			...identity(recording),
			mode,
			status: statusAt(recording, now, state),
			phase: phaseAt(recording, now, state),
			acquiredAt: recording.resource.acquiredAt,
			startedAt,
			ended: end !== undefined && end.at <= now ? end : undefined,
			failure: recording.failure,
			request: redacted(request),
			subscription: redacted(subscription),
			storage: redacted(storage),
			layout,
			rtmpUrls,
			onhold: recording.onhold.at(-1)?.onhold === true,
			files: filesOf(recording, now, 0, state),
			moments: moments(recording, state),
		};
	}
}
