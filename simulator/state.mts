import { Channels } from './channels.mts';
import type { ChannelChange, ChannelsAtFirst } from './channels.mts';
import { Clock } from './clock.mts';
import type { ClockOptions } from './clock.mts';
import { livedAt } from './life.mts';
import type { ServedStorage, World } from './life.mts';
import { taskKey } from './recording.mts';
import type { Recording, Resource } from './recording.mts';
import type { Account, App, Settings } from './settings.mts';

/** What the simulator begins with, and goes back to on reset. */
export interface Beginning {
	accounts: Account[];
	settings: Settings;
	clock: ClockOptions;
	channels: ChannelsAtFirst;
}

/** Is told when something is done to recordings, because notifications follow from it. */
export interface Observer {
	/** One recording was changed, or something that may concern all. */
	changed(recording?: Recording): void;
	/** A call did not fit the recording's state. */
	misfit(recording: Recording): void;
}

/** Everything that Agora's side remembers. */
export class State implements World {
	readonly clock: Clock;
	readonly channels: Channels;
	readonly accounts: readonly Account[];
	readonly resources = new Map<string, Resource>();
	readonly recordings = new Map<string, Recording>();
	settings: Settings;
	observer: Observer | undefined;
	storage: ServedStorage | undefined;
	readonly #beginning: Beginning;
	readonly #running = new Map<string, Recording>();

	constructor(beginning: Beginning) {
		this.#beginning = beginning;
		this.accounts = beginning.accounts;
		this.clock = new Clock(beginning.clock);
		this.settings = structuredClone(beginning.settings);
		this.channels = new Channels(this.clock, beginning.channels, () => this.settings);
	}

	/** The project of that App ID and the account it belongs to. */
	project(appId: string): { account: Account; app: App } | undefined {
		for (const account of this.accounts) {
			const app = account.apps.find((one) => one.appId === appId);
			if (app !== undefined) return { account, app };
		}
		return undefined;
	}

	/** Remembers an accepted start. */
	add(recording: Recording): void {
		const { appId, cname, uid } = recording.resource;
		recording.resource.sid = recording.sid;
		this.recordings.set(recording.sid, recording);
		this.#running.set(taskKey(appId, cname, uid), recording);
	}

	/** From now on this is so in a channel. */
	changeChannel(cname: string, change: ChannelChange): void {
		this.channels.change(cname, change);
		this.observer?.changed();
	}

	/** Whether the recording lives, be it in the middle of a failover. */
	isAlive(recording: Recording): boolean {
		return livedAt(recording, this.clock.now(), this);
	}

	/** The living recording of that identity (rest-api.md 1). */
	task(appId: string, cname: string, uid: string): Recording | undefined {
		const recording = this.#running.get(taskKey(appId, cname, uid));
		return recording !== undefined && this.isAlive(recording) ? recording : undefined;
	}

	/** How many recordings of an App ID live: of web pages, or of channels (errors.md 9, PCW). */
	aliveCount(appId: string, web: boolean): number {
		let count = 0;
		for (const [key, recording] of this.#running) {
			if (!this.isAlive(recording)) this.#running.delete(key);
			else if (recording.resource.appId === appId && (recording.mode === 'web') === web) count++;
		}
		return count;
	}

	/** Back to the beginning: nothing recorded, settings, clock and channels as at the start. */
	reset(): void {
		const { settings, clock, channels } = this.#beginning;
		this.resources.clear();
		this.recordings.clear();
		this.#running.clear();
		this.settings = structuredClone(settings);
		this.clock.clear();
		this.clock.set(clock.now ?? Date.now());
		this.clock.setSpeed(clock.speed ?? 1);
		this.channels.plan(channels);
	}
}
