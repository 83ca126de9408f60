import type { Channels, Presence } from './channels.mts';
import { ALL_STREAMS } from './schemas/common.mts';
import type { StorageConfig } from './schemas/storage.mts';
import type { SubscriptionLists } from './schemas/subscription.mts';
import { maxIdleSeconds, pageOf, profileOf } from './recording.mts';
import type { Recording } from './recording.mts';
import type { Settings } from './settings.mts';

/** What a recording's life depends on besides itself. */
export interface World {
	settings: Settings;
	channels: Channels;
	/** The buckets that are served, if any are. */
	storage?: ServedStorage;
}

/** Buckets into which recordings are uploaded. */
export interface ServedStorage {
	/** Why nothing can be put there, or undefined; of other buckets nothing is known. */
	problem(storage: StorageConfig): string | undefined;
	/** Puts there what was uploaded by now. */
	sync(): void;
}

/** Why a recording ended. */
export type EndCause = 'stop' | 'idle' | 'maxRecordingHour' | 'failure' | 'killed';

/** When it ended or will end, as far as is known today. */
export interface End {
	at: number;
	cause: EndCause;
	/** In words: what the asynchronous check found, for instance. */
	because: string;
}

/**
 * - `running`: does what it should
 * - `failover`: lives, but nobody answers for it (best-practices.md 3)
 * - `exiting`: has ended but its worker is still there
 * - `gone`: 404
 */
export type Phase = 'running' | 'failover' | 'exiting' | 'gone';

const HOUR = 3_600_000;
/** How long an upload may take: a synchronous stop waits for it (rest-api.md 7; errors.md 4, code 50). */
export const UPLOAD_PATIENCE_MS = 20_000;

/** Uids that the subscription asks for by name. */
function expected(lists: SubscriptionLists): string[] {
	const named = [...(lists.subscribeAudioUids ?? []), ...(lists.subscribeVideoUids ?? [])];
	return [...new Set(named.filter((uid) => uid !== ALL_STREAMS))];
}

/** Whether a recorder and the channel's users meet: not if they joined in different profiles. */
const meets = (recording: Recording, { profile }: Presence): boolean =>
	profile === undefined || profile === profileOf(recording);

/** Who is in the recording's channel and publishes, and from when on, heard or not. */
export function everybodyIn(recording: Recording, { channels }: World): Presence[] {
	const { cname, uid } = recording.resource;
	return channels.presences(cname, expected(recording.subscription), uid);
}

/** Whom the recorder hears publish, and from when on: nobody in a channel of another profile. */
export function presencesOf(recording: Recording, world: World): Presence[] {
	return everybodyIn(recording, world).map((presence) =>
		meets(recording, presence) ? presence : { ...presence, uids: [] },
	);
}

/** Why nobody was heard at the moment at which a recorder gave up. */
function silenceAt(at: number, recording: Recording, world: World): string {
	const presence = everybodyIn(recording, world).findLast(({ from }) => from < at);
	const mismatch = presence !== undefined && presence.uids.length > 0;
	return mismatch ? 'the channel has another profile' : 'nobody in the channel';
}

/**
 * The moment at which nobody has been heard for maxIdleTime, or undefined if that never comes
 * (rest-api.md 3.3; field-notes.md 3, "Status 4 that stays").
 */
function idleAt(recording: Recording, world: World): number | undefined {
	const patience = maxIdleSeconds(recording) * 1000;
	const presences = presencesOf(recording, world);
	let emptySince: number | undefined;
	for (const [index, { from, uids }] of presences.entries()) {
		const until = presences[index + 1]?.from ?? Infinity;
		if (uids.length > 0) {
			emptySince = undefined;
			continue;
		}
		emptySince ??= Math.max(from, recording.startedAt);
		if (until - emptySince >= patience) return emptySince + patience;
	}
	return undefined;
}

/** The earliest end that is known. It may lie in the future and change until then. */
export function endOf(recording: Recording, world: World): End | undefined {
	const { stop, killed, failure, mode, startedAt } = recording;
	const ends: End[] = [];
	if (stop !== undefined) ends.push({ at: stop.at, cause: 'stop', because: 'stop' });
	if (killed !== undefined) ends.push({ at: killed.at, cause: 'killed', because: 'killed' });
	if (failure !== undefined) {
		ends.push({ at: failure.at, because: failure.because, cause: 'failure' });
	}
	if (mode === 'web') {
		ends.push({
			at: startedAt + (pageOf(recording)?.maxRecordingHour ?? 0) * HOUR,
			cause: 'maxRecordingHour',
			because: 'maxRecordingHour is over',
		});
	} else {
		const at = idleAt(recording, world);
		if (at !== undefined)
			ends.push({ at, cause: 'idle', because: silenceAt(at, recording, world) });
	}
	return ends.reduce<End | undefined>(
		(first, end) => (first === undefined || end.at < first.at ? end : first),
		undefined,
	);
}

/** Whether it recorded, or could have, at a moment: from start to end, a failover included. */
export function livedAt(recording: Recording, at: number, world: World): boolean {
	return recording.startedAt <= at && at < (endOf(recording, world)?.at ?? Infinity);
}

/** When the upload of what an ended recording made is complete. */
export function uploadedAt(end: End, { settings }: World): number {
	return end.at + settings.uploadMs;
}

/** How an upload ends; it goes to Agora's backup when the temporary credential has run out. */
export function uploadingStatus({ storage }: Recording, now: number, { settings }: World): string {
	const { stsExpiration = Infinity } = storage;
	return stsExpiration * 1000 < now ? 'backuped' : settings.uploadingStatus;
}

/** When the worker of an ended recording is gone for good. */
export function goneAt(recording: Recording, end: End, world: World): number {
	const dropsDead =
		end.cause === 'failure' || (end.cause === 'killed' && recording.killed?.abnormal !== true);
	return dropsDead ? end.at : uploadedAt(end, world) + world.settings.exitMs;
}

/** Where a recording is in its life at `now`. */
export function phaseAt(recording: Recording, now: number, world: World): Phase {
	const end = endOf(recording, world);
	if (end !== undefined && end.at <= now) {
		return goneAt(recording, end, world) > now ? 'exiting' : 'gone';
	}
	const away = recording.failovers.some(({ from, to }) => from <= now && now < to);
	return away ? 'failover' : 'running';
}

/** Virtual time from which on query, update, updateLayout and stop are refused (rest-api.md 2). */
export function apiExpiresAt(recording: Recording): number {
	return recording.startedAt + recording.resource.resourceExpiredHour * HOUR;
}

/** Something that happens in a recording's life by itself or is done to it. */
export interface Moment {
	at: number;
	what:
		| 'started'
		| 'ready'
		| 'recording'
		| 'paused'
		| 'resumed'
		| 'failover'
		| 'recovered'
		| 'ended'
		| 'uploaded';
}

/** When the components are ready: four steps after start (rest-api.md 6, status 4). */
export const readyAt = (recording: Recording, { settings }: World): number =>
	recording.startedAt + 4 * settings.statusStepMs;

/**
 * The first moment at which there is something to record, at the earliest when the recording started:
 * somebody publishes, or the page is not on hold. Undefined if that never came before the end.
 */
export function contentFrom(recording: Recording, world: World): number | undefined {
	const end = endOf(recording, world)?.at ?? Infinity;
	const since =
		recording.mode === 'web'
			? recording.onhold.find(({ onhold }) => !onhold)?.at
			: presencesOf(recording, world)
					.map(({ from, uids }, index, all) => ({
						from: Math.max(from, recording.startedAt),
						until: all[index + 1]?.from ?? Infinity,
						somebody: uids.length > 0,
					}))
					.find(({ from, until, somebody }) => somebody && from < until)?.from;
	return since !== undefined && since <= end ? since : undefined;
}

/**
 * Every moment of a recording's life that is known, in order, those to come included, for people to
 * read. notifications/plan.mts tells the same life in Agora's events.
 */
export function moments(recording: Recording, world: World): Moment[] {
	const end = endOf(recording, world);
	const content = contentFrom(recording, world);
	const all: Moment[] = [
		{ at: recording.startedAt, what: 'started' },
		{ at: readyAt(recording, world), what: 'ready' },
	];
	if (content !== undefined) all.push({ at: content, what: 'recording' });
	for (const { at, onhold } of recording.onhold.slice(1)) {
		all.push({ at, what: onhold ? 'paused' : 'resumed' });
	}
	for (const { from, to } of recording.failovers) {
		all.push({ at: from, what: 'failover' }, { at: to, what: 'recovered' });
	}
	if (end === undefined) return all.sort((a, b) => a.at - b.at);
	const lived = all.filter(({ at }) => at <= end.at).sort((a, b) => a.at - b.at);
	lived.push({ at: end.at, what: 'ended' });
	if (content !== undefined) lived.push({ at: uploadedAt(end, world), what: 'uploaded' });
	return lived;
}
