import { z } from 'zod';
import { CHANNEL_PROFILES } from '../channels.mts';
import type { ChannelProfile } from '../channels.mts';
import type { State } from '../state.mts';

const MAX_UID = 4_294_967_295;

/** Role and profile as rtc-channel-events.md has them. */
export const userInput = z
	.object({
		uid: z.number().int().min(1).max(MAX_UID),
		/** Broadcasters publish; in the communication profile everybody does. */
		role: z.enum(['broadcaster', 'audience']).default('broadcaster'),
		/** That of the others if left out: all users of a channel have the same; live broadcasting at first. */
		profile: z.enum(CHANNEL_PROFILES).optional(),
		/** 1 Android, 2 iOS, 5 Windows, 6 Linux, 7 Web, 8 macOS, 0 other. */
		platform: z.number().int().default(7),
		/** Only with platform 6: 3 On-Premise Recording, 10 Cloud Recording. */
		clientType: z.number().int().optional(),
	})
	.strict();

export type UserInput = z.input<typeof userInput>;

/** Somebody in a channel. */
export interface ChannelUser extends z.output<typeof userInput> {
	profile: ChannelProfile;
	/** Virtual Unix ms. */
	joinedAt: number;
	/** Whether it is one of Agora's recorders, which never publish. */
	recorder: boolean;
}

/** What happened in a channel; `fields` stand beside channelName and ts. */
export interface ChannelEvent {
	cname: string;
	eventType: number;
	at: number;
	fields: Record<string, unknown>;
}

type Role = ChannelUser['role'];

/** Events of coming and going by profile and role, and of a role's beginning. */
const JOINS = { live: { broadcaster: 103, audience: 105 }, communication: 107 } as const;
const LEAVES = { live: { broadcaster: 104, audience: 106 }, communication: 108 } as const;
const ROLES: Record<Role, number> = { broadcaster: 111, audience: 112 };
const CREATED = 101;
const DESTROYED = 102;

/** `reason` of leaving, if nothing else is said. */
const LEFT = 1;
const NEW_DEVICE = 5;

const eventOf = (table: typeof JOINS | typeof LEAVES, { profile, role }: ChannelUser): number =>
	profile === 'communication' ? table.communication : table.live[role];

/** Who is in which channel, and what RTC tells about it. */
export class ChannelUsers {
	readonly #state: State;
	readonly #tell: (event: ChannelEvent) => void;
	readonly #channels = new Map<string, Map<number, ChannelUser>>();
	#lastSeq = 0;

	/** @param state learns who is there and in which profile, as often as users change */
	constructor(state: State, tell: (event: ChannelEvent) => void) {
		this.#state = state;
		this.#tell = tell;
	}

	/** Everybody in a channel, recorders included. */
	list(cname: string): ChannelUser[] {
		return [...(this.#channels.get(cname)?.values() ?? [])];
	}

	/** A user comes; one who is already there has changed to a new device. */
	join(cname: string, input: UserInput): void {
		const user = userInput.parse(input);
		const profile = user.profile ?? this.#state.channels.profileOf(cname) ?? 'liveBroadcasting';
		this.#add(cname, { ...user, profile, recorder: false }, this.#now());
		this.#sayUsers(cname, profile);
	}

	/** A user goes, or loses the connection (`reason` 2), … @throws Error if it is not there */
	leave(cname: string, uid: number, reason: number = LEFT): void {
		this.#remove(cname, this.#find(cname, uid), reason, this.#now());
		this.#sayUsers(cname);
	}

	/** A user becomes broadcaster or audience. @throws Error if it is not there */
	changeRole(cname: string, uid: number, role: Role): void {
		const user = this.#find(cname, uid);
		if (user.role === role) return;
		user.role = role;
		const at = this.#now();
		const fields = { uid, clientSeq: this.#seq(at) };
		this.#tell({ cname, eventType: ROLES[role], at, fields });
		this.#sayUsers(cname);
	}

	/** A recorder comes, as audience (rtc-channel-events.md). */
	recorderJoined(cname: string, uid: number, profile: ChannelProfile, at: number): void {
		const seat = { role: 'audience', platform: 6, clientType: 10 } as const;
		this.#add(cname, { uid, profile, ...seat, recorder: true }, at);
	}

	recorderLeft(cname: string, uid: number, reason: number, at: number): void {
		const user = this.#channels.get(cname)?.get(uid);
		if (user !== undefined) this.#remove(cname, user, reason, at);
	}

	clear(): void {
		this.#channels.clear();
		this.#lastSeq = 0;
	}

	#now(): number {
		return this.#state.clock.now();
	}

	#add(cname: string, user: Omit<ChannelUser, 'joinedAt'>, at: number): void {
		const users = this.#channels.get(cname) ?? new Map<number, ChannelUser>();
		this.#channels.set(cname, users);
		const before = users.get(user.uid);
		if (before !== undefined) this.#tellLeaving(cname, before, NEW_DEVICE, at);
		else if (users.size === 0) this.#tell({ cname, eventType: CREATED, at, fields: {} });
		const added = { ...user, joinedAt: at };
		users.set(user.uid, added);
		const fields = { ...this.#whoIs(added), clientSeq: this.#seq(at) };
		this.#tell({ cname, eventType: eventOf(JOINS, added), at, fields });
	}

	#remove(cname: string, user: ChannelUser, reason: number, at: number): void {
		const users = this.#channels.get(cname);
		users?.delete(user.uid);
		this.#tellLeaving(cname, user, reason, at);
		if (users?.size !== 0) return;
		this.#channels.delete(cname);
		this.#tell({ cname, eventType: DESTROYED, at, fields: { lastUid: user.uid } });
	}

	#tellLeaving(cname: string, user: ChannelUser, reason: number, at: number): void {
		const duration = Math.floor((at - user.joinedAt) / 1000);
		const fields = { ...this.#whoIs(user), clientSeq: this.#seq(at), reason, duration };
		this.#tell({ cname, eventType: eventOf(LEAVES, user), at, fields });
	}

	/** clientType is documented for the live profile only, and with platform 6. */
	#whoIs({ uid, platform, clientType, profile }: ChannelUser): Record<string, unknown> {
		const typed = profile === 'liveBroadcasting' && platform === 6 && clientType !== undefined;
		return { uid, platform, ...(typed ? { clientType } : {}) };
	}

	/** `clientSeq`: a time in milliseconds in the samples; rises with every event. */
	#seq(at: number): number {
		this.#lastSeq = Math.max(at, this.#lastSeq + 1);
		return this.#lastSeq;
	}

	#find(cname: string, uid: number): ChannelUser {
		const user = this.#channels.get(cname)?.get(uid);
		if (user === undefined) throw new Error(`No user ${uid} is in channel ${cname}`);
		return user;
	}

	/** Who is in the channel now, recorders apart: whoever asks, and whoever records, learns it from there. */
	#sayUsers(cname: string, profile?: ChannelProfile): void {
		const users = this.list(cname).filter(({ recorder }) => !recorder);
		const publishes = (user: ChannelUser) =>
			user.profile === 'communication' || user.role === 'broadcaster';
		const uid = (user: ChannelUser) => String(user.uid);
		this.#state.changeChannel(cname, {
			uids: users.filter(publishes).map(uid),
			audience: users.filter((user) => !publishes(user)).map(uid),
			platforms: Object.fromEntries(users.map((user) => [uid(user), user.platform])),
			profile,
		});
	}
}
