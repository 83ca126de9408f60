import { z } from 'zod';
import type { Clock } from '../clock.mts';

const MAX_UID = 4_294_967_295;

/** Role and profile as rtc-channel-events.md has them. */
export const userInput = z
	.object({
		uid: z.number().int().min(1).max(MAX_UID),
		/** Broadcasters publish; in the communication profile everybody does. */
		role: z.enum(['broadcaster', 'audience']).default('broadcaster'),
		profile: z.enum(['live', 'communication']).default('live'),
		/** 1 Android, 2 iOS, 5 Windows, 6 Linux, 7 Web, 8 macOS, 0 other. */
		platform: z.number().int().default(7),
		/** Only with platform 6: 3 On-Premise Recording, 10 Cloud Recording. */
		clientType: z.number().int().optional(),
	})
	.strict();

export type UserInput = z.input<typeof userInput>;

/** Somebody in a channel. */
export interface ChannelUser extends z.output<typeof userInput> {
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
	readonly #clock: Clock;
	readonly #tell: (event: ChannelEvent) => void;
	readonly #publishers: (cname: string, uids: string[]) => void;
	readonly #channels = new Map<string, Map<number, ChannelUser>>();
	#lastSeq = 0;

	/** @param publishers is told who publishes, as often as users change */
	constructor(
		clock: Clock,
		tell: (event: ChannelEvent) => void,
		publishers: (cname: string, uids: string[]) => void,
	) {
		this.#clock = clock;
		this.#tell = tell;
		this.#publishers = publishers;
	}

	/** Everybody in a channel, recorders included. */
	list(cname: string): ChannelUser[] {
		return [...(this.#channels.get(cname)?.values() ?? [])];
	}

	/** A user comes; one who is already there has changed to a new device. */
	join(cname: string, input: UserInput): void {
		this.#add(cname, { ...userInput.parse(input), recorder: false }, this.#clock.now());
		this.#sayPublishers(cname);
	}

	/** A user goes, or loses the connection (`reason` 2), … @throws Error if it is not there */
	leave(cname: string, uid: number, reason: number = LEFT): void {
		this.#remove(cname, this.#find(cname, uid), reason, this.#clock.now());
		this.#sayPublishers(cname);
	}

	/** A user becomes broadcaster or audience. @throws Error if it is not there */
	changeRole(cname: string, uid: number, role: Role): void {
		const user = this.#find(cname, uid);
		if (user.role === role) return;
		user.role = role;
		const at = this.#clock.now();
		const fields = { uid, clientSeq: this.#seq(at) };
		this.#tell({ cname, eventType: ROLES[role], at, fields });
		this.#sayPublishers(cname);
	}

	/** A recorder comes, as audience (rtc-channel-events.md). */
	recorderJoined(cname: string, uid: number, live: boolean, at: number): void {
		const profile = live ? 'live' : 'communication';
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
		const typed = profile === 'live' && platform === 6 && clientType !== undefined;
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

	#sayPublishers(cname: string): void {
		const publishing = this.list(cname).filter(
			({ recorder, role, profile }) =>
				!recorder && (profile === 'communication' || role === 'broadcaster'),
		);
		this.#publishers(
			cname,
			publishing.map(({ uid }) => String(uid)),
		);
	}
}
