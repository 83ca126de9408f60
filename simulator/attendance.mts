import { createHash } from 'node:crypto';
import type { ChannelProfile, Presence } from './channels.mts';
import { everybodyIn, readyAt } from './life.mts';
import { membershipAt } from './notifications/recorder.mts';
import { profileOf } from './recording.mts';
import type { Recording } from './recording.mts';
import type { State } from './state.mts';

/** Somebody in a channel, recorders included. */
export interface Attendant {
	uid: number;
	/** May publish; in the communication profile everybody does. */
	host: boolean;
	/** rtc-channel-events.md, `platform`. */
	platform: number;
	/** Virtual Unix ms. Worked out for who asks: audiences may be large. */
	joinedAt: () => number;
}

/** Who is in a channel, and in which profile. */
export interface Attendance {
	profile: ChannelProfile;
	attendants: Attendant[];
}

const WEB = 7;
const LINUX = 6;

/** User accounts have a number too; which one is not documented (channel-management.md 5). */
const numberOf = (uid: string): number =>
	/^\d{1,10}$/.test(uid) ? Number(uid) : createHash('sha256').update(uid).digest().readUInt32BE();

/** The recordings of an App ID whose recorders are in channels at a moment, by channel. */
function recordersIn(appId: string, at: number, state: State): Map<string, Recording[]> {
	const byChannel = new Map<string, Recording[]>();
	for (const recording of state.recordings.values()) {
		if (recording.resource.appId !== appId) continue;
		if (!('uid' in membershipAt(recording, at, state))) continue;
		const { cname } = recording.resource;
		byChannel.set(cname, [...(byChannel.get(cname) ?? []), recording]);
	}
	return byChannel;
}

/** A recorder as the settings let it be listed. */
function recorderSeat(recording: Recording, at: number, state: State): Attendant[] {
	const { recorders } = state.settings.channelLists;
	const membership = membershipAt(recording, at, state);
	if (recorders === 'hidden' || !('uid' in membership)) return [];
	const moved = recording.failovers.findLast(({ to }) => to <= at)?.to;
	return [
		{
			uid: membership.uid,
			host: recorders === 'host',
			platform: LINUX,
			joinedAt: () => moved ?? readyAt(recording, state),
		},
	];
}

function attendanceOf(
	cname: string,
	recordings: readonly Recording[],
	at: number,
	state: State,
): Attendance {
	const { channels } = state;
	const said = channels.at(cname, at);
	const then = (presences: Presence[]) => presences.findLast(({ from }) => from <= at)?.uids ?? [];
	const somebody =
		recordings.length > 0
			? recordings.flatMap((recording) => then(everybodyIn(recording, state)))
			: then(channels.presences(cname, [], ''));
	const hosts = new Set(said.uids ?? somebody);
	const audience = (said.audience ?? []).filter((uid) => !hosts.has(uid));
	const seat = (host: boolean) => (uid: string) => ({
		uid: numberOf(uid),
		host,
		platform: said.platforms?.[uid] ?? WEB,
		joinedAt: () => channels.since(cname, uid, at),
	});
	const [first] = recordings;
	return {
		profile: said.profile ?? (first === undefined ? 'liveBroadcasting' : profileOf(first)),
		attendants: [
			...[...hosts].map(seat(true)),
			...audience.map(seat(false)),
			...recordings.flatMap((recording) => recorderSeat(recording, at, state)),
		],
	};
}

/** Who is in a channel of an App ID at a moment (virtual Unix ms). The users are those of every App ID. */
export function attendanceAt(appId: string, cname: string, at: number, state: State): Attendance {
	return attendanceOf(cname, recordersIn(appId, at, state).get(cname) ?? [], at, state);
}

/**
 * The channels of an App ID with somebody in them at a moment. Of those that nothing was said about only
 * the ones with a recorder are known.
 */
export function channelsAt(
	appId: string,
	at: number,
	state: State,
): { cname: string; users: number }[] {
	const recorders = recordersIn(appId, at, state);
	return [...new Set([...state.channels.names(), ...recorders.keys()])]
		.map((cname) => ({
			cname,
			users: attendanceOf(cname, recorders.get(cname) ?? [], at, state).attendants.length,
		}))
		.filter(({ users }) => users > 0);
}
