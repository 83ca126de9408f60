import { z } from 'zod';
import type { ChannelProfile } from '../channelProfiles';
import { MAX_UID } from '../identity';

/**
 * What Agora tells of channels and of who is in them (channel-management.md sections 2, 3 and 5). An
 * answer that is not all of that tells nothing: what is not known counts as somebody being there.
 */

/** Who is in a channel. UIDs are texts, as everywhere in this node. */
export interface ChannelFacts {
	exists: boolean;
	/** null where the channel does not exist. */
	profile: ChannelProfile | null;
	/** Hosts of a live broadcast; in communication there are none. */
	hosts: string[];
	/** The first 10,000 of a live broadcast's audience. */
	audience: string[];
	/** All of that audience. */
	audienceTotal: number;
	/** Everybody of whom the UID is told. */
	users: string[];
	/** How many there are in all. */
	userCount: number;
}

/** A channel in the list. */
export interface ListedChannel {
	cname: string;
	userCount: number;
}

export const NOBODY: ChannelFacts = {
	exists: false,
	profile: null,
	hosts: [],
	audience: [],
	audienceTotal: 0,
	users: [],
	userCount: 0,
};

const count = z.number().int().min(0);
/** Of users with text accounts it is not documented what stands here: nothing is made of that. */
const uids = z.array(z.number().int().min(0).max(MAX_UID).transform(String));

const none = z.literal(0).optional();
const noUids = uids.max(0).optional();

const users = z.union([
	// Who is told of in a channel that does not exist may be there.
	z
		.object({
			channel_exist: z.literal(false),
			total: none,
			users: noUids,
			broadcasters: noUids,
			audience: noUids,
			audience_total: none,
		})
		.transform(() => NOBODY),
	z
		.object({
			channel_exist: z.literal(true),
			mode: z.literal(1),
			total: count.optional(),
			users: uids,
		})
		.transform(({ total = 0, users: all }): ChannelFacts => ({
			...NOBODY,
			exists: true,
			profile: 'communication',
			users: all,
			userCount: Math.max(total, all.length),
		})),
	z
		.object({
			channel_exist: z.literal(true),
			mode: z.literal(2),
			broadcasters: uids,
			audience: uids.optional(),
			audience_total: count.optional(),
		})
		// Without hosts and without a word of the audience it is not known whether anybody is there.
		.refine(({ broadcasters, audience }) => broadcasters.length > 0 || audience !== undefined)
		.transform(({ broadcasters, audience = [], audience_total: total = 0 }): ChannelFacts => {
			const audienceTotal = Math.max(total, audience.length);
			return {
				exists: true,
				profile: 'liveBroadcasting',
				hosts: broadcasters,
				audience,
				audienceTotal,
				users: [...broadcasters, ...audience],
				userCount: broadcasters.length + audienceTotal,
			};
		}),
]);

const usersAnswer = z.object({ success: z.literal(true), data: users });

/** Who is in a channel; undefined for an answer of another shape. */
export function channelFacts(body: unknown): ChannelFacts | undefined {
	const parsed = usersAnswer.safeParse(body);
	return parsed.success ? parsed.data.data : undefined;
}

const pageAnswer = z.object({
	success: z.literal(true),
	data: z
		.object({
			channels: z.array(z.object({ channel_name: z.string(), user_count: count })).optional(),
			total_size: count.optional(),
		})
		.refine(({ channels, total_size: total }) => channels !== undefined || total !== undefined),
});

/** A page of the list of channels. */
export interface ChannelPage {
	channels: ListedChannel[];
	/** Channels on all pages; undefined where it is not told. */
	total?: number;
}

/**
 * A page of the list of channels; undefined for an answer of another shape. Beyond the end the list of
 * names may be missing.
 */
export function channelPage(body: unknown): ChannelPage | undefined {
	const parsed = pageAnswer.safeParse(body);
	if (!parsed.success) return undefined;
	const { channels = [], total_size: total } = parsed.data.data;
	return {
		channels: channels.map(({ channel_name: cname, user_count: userCount }) => ({
			cname,
			userCount,
		})),
		...(total !== undefined && { total }),
	};
}

/** The same without those who do not count, as recorders: they may be listed like users. */
export function withoutUids(facts: ChannelFacts, left: Iterable<string>): ChannelFacts {
	const out = new Set(left);
	const stays = (uid: string) => !out.has(uid);
	const audience = facts.audience.filter(stays);
	const people = facts.users.filter(stays);
	return {
		...facts,
		hosts: facts.hosts.filter(stays),
		audience,
		audienceTotal: facts.audienceTotal - (facts.audience.length - audience.length),
		users: people,
		userCount: facts.userCount - (facts.users.length - people.length),
	};
}

/** Whether nobody is in a channel. Only an audience is somebody. */
export const isEmpty = ({ exists, userCount }: ChannelFacts): boolean => !exists || userCount === 0;

/** Channels that were told of on several pages are told of once; the newest number of users counts. */
export const onceEach = (channels: readonly ListedChannel[]): ListedChannel[] => [
	...new Map(channels.map((channel) => [channel.cname, channel])).values(),
];

/** Channels whose names differ from a name only in capital letters or in spaces around it. */
export const alike = (cname: string, channels: readonly ListedChannel[]): ListedChannel[] => {
	const plain = (name: string) => name.trim().toLowerCase();
	return channels.filter(
		(channel) => channel.cname !== cname && plain(channel.cname) === plain(cname),
	);
};

/** The channels with most users first; among equals by name. */
export const busiestFirst = (channels: readonly ListedChannel[]): ListedChannel[] =>
	[...channels].sort(
		(one, other) => other.userCount - one.userCount || (one.cname < other.cname ? -1 : 1),
	);
