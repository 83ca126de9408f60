import { createHash } from 'node:crypto';
import { subscribes } from '../files.mts';
import { endOf, phaseAt, presencesOf, readyAt } from '../life.mts';
import type { World } from '../life.mts';
import { streamTypes } from '../recording.mts';
import type { Recording } from '../recording.mts';
import { BLAMES } from './endings.mts';

/** Stands for everybody in mix mode (notifications.md 5). */
export const ALL_UIDS = '0';

/** 10 s without packets: the channel takes a user for gone (rtc-channel-events.md). */
const CONNECTION_LOST_MS = 10_000;

/** Whether it makes files; if not, only screenshots (rest-api.md 3.6). */
export const recordsFiles = ({ request }: Recording): boolean =>
	request.snapshotConfig === undefined || request.recordingFileConfig !== undefined;

/** Whether it fails in a way that nothing is ever stored. */
export const isBarren = ({ failure }: Recording): boolean =>
	failure !== undefined && BLAMES[failure.blame].barren;

/** Under which uid the recorder works at a moment: a new one after each failover (event 12). */
export function recorderUid({ sid, resource, failovers }: Recording, at: number): string {
	const number = failovers.filter(({ to }) => to <= at).length;
	if (number === 0) return resource.uid;
	const random = createHash('sha256').update(`${sid} ${number}`).digest().readUInt32BE();
	return String(Math.max(random, 1));
}

/** Whether the recorder does its work at a moment. */
export function works(recording: Recording, at: number, world: World): boolean {
	return phaseAt(recording, at, world) === 'running' && readyAt(recording, world) <= at;
}

/**
 * The streams that the recorder receives at a moment: `audio:<uid>` and `video:<uid>`, uid 0 for all in
 * mix mode. A page has none.
 */
export function streamsAt(recording: Recording, at: number, world: World): Set<string> {
	const streams = new Set<string>();
	if (recording.mode === 'web' || isOutside(recording) || !works(recording, at, world)) {
		return streams;
	}
	const uids = presencesOf(recording, world).findLast(({ from }) => from <= at)?.uids ?? [];
	const types = streamTypes(recording);
	for (const [medium, unwanted] of [['Audio', 1] as const, ['Video', 0] as const]) {
		if (types === unwanted || (medium === 'Audio' && !recordsFiles(recording))) continue;
		for (const uid of uids.filter(subscribes(recording, medium))) {
			streams.add(`${medium.toLowerCase()}:${recording.mode === 'mix' ? ALL_UIDS : uid}`);
		}
	}
	return streams;
}

/** Each CDN address and its state at a moment (notifications.md 5, event 100). */
export function pushesAt(recording: Recording, at: number, world: World): Map<string, string> {
	const { rtmpUrls, startedAt, onhold } = recording;
	const ended = (endOf(recording, world)?.at ?? Infinity) <= at;
	if (ended || at < startedAt) return new Map();
	const paused = onhold.findLast((change) => change.at <= at)?.onhold === true;
	const ready = works(recording, at, world) && !isBarren(recording);
	const state = ready ? (paused ? 'onhold' : 'publishing') : 'connecting';
	return new Map(rtmpUrls.map((url) => [url, state]));
}

/** Whether the recorder never gets into the channel. */
const isOutside = ({ failure }: Recording): boolean =>
	failure !== undefined && BLAMES[failure.blame].outside;

/** The channel's view: who the recorder is in it, or how the last one has left. */
export type Membership = { uid: number } | { reason: number };

/** Whether the recorder is in its channel at a moment, and if not how it left. */
export function membershipAt(recording: Recording, at: number, world: World): Membership {
	const outside = { reason: 1 };
	if (recording.mode === 'web' || isOutside(recording) || at < readyAt(recording, world)) {
		return outside;
	}
	const end = endOf(recording, world);
	const member = { uid: Number(recorderUid(recording, at)) };
	if (end !== undefined && end.at <= at) {
		if (end.at <= readyAt(recording, world) || end.cause !== 'killed') return outside;
		return at < end.at + CONNECTION_LOST_MS ? member : { reason: 2 };
	}
	const away = recording.failovers.find(({ from, to }) => from <= at && at < to);
	if (away === undefined || at < away.from + CONNECTION_LOST_MS) return member;
	return { reason: 2 };
}

/** The moments at which one of the states above may change. */
export function changesOf(recording: Recording, world: World): number[] {
	const end = endOf(recording, world);
	return [
		recording.startedAt,
		readyAt(recording, world),
		...presencesOf(recording, world).map(({ from }) => from),
		...recording.failovers.flatMap(({ from, to }) => [from, from + CONNECTION_LOST_MS, to]),
		...(end === undefined ? [] : [end.at, end.at + CONNECTION_LOST_MS]),
	];
}
