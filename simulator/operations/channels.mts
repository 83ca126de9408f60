import { z } from 'zod';
import { attendanceAt, channelsAt } from '../attendance.mts';
import type { Attendance } from '../attendance.mts';
import { Refused } from '../errors.mts';
import { ok } from './call.mts';
import type { Call, Effect } from './call.mts';

/** The first users of a live audience; the number of all stands beside them. */
const AUDIENCE_LIMIT = 10_000;

const MODES = { communication: 1, liveBroadcasting: 2 } as const;

const wholeNumber = z
	.string()
	.regex(/^\d{1,10}$/)
	.transform(Number);
const paging = z.object({
	page_no: wholeNumber.default('0'),
	page_size: wholeNumber.default('100').pipe(z.number().min(1).max(500)),
});

const data = (content: object): Effect => ok({ success: true, data: content });

/** What the lists know of: the present, or as long ago as they lag behind. */
const listedAt = ({ state }: Call): number =>
	state.clock.now() - state.settings.channelLists.delayMs;

const appIdOf = ({ route }: Call): string => route.appId ?? '';

/** Which channels there are (channel-management.md 2). */
export function channelList(call: Call): Effect {
	const page = paging.safeParse(Object.fromEntries(call.query));
	if (!page.success) throw new Refused('channels.page');
	const { page_no: number, page_size: size } = page.data;
	const all = channelsAt(appIdOf(call), listedAt(call), call.state);
	// Between two pages a channel came, so that the next one begins with one that was told already, or went.
	const shift = { exact: 0, twice: -1, missing: 1 }[call.state.settings.channelLists.paging];
	const from = number === 0 ? 0 : Math.max(0, number * size + shift);
	const channels = all
		.slice(from, from + size)
		.map(({ cname, users }) => ({ channel_name: cname, user_count: users }));
	return data({ channels, total_size: all.length });
}

function attendanceIn(call: Call): Attendance {
	return attendanceAt(appIdOf(call), call.route.cname ?? '', listedAt(call), call.state);
}

/** Members of `data` about a channel (channel-management.md 3, table). */
function usersOf({ profile, attendants }: Attendance, hostsOnly: boolean): object {
	if (attendants.length === 0) return { channel_exist: false };
	const uids = (listed: typeof attendants) => listed.map(({ uid }) => uid);
	const channel = { channel_exist: true, mode: MODES[profile] };
	if (profile === 'communication') {
		// What hosts alone of such a channel are is not documented.
		return hostsOnly ? channel : { ...channel, total: attendants.length, users: uids(attendants) };
	}
	const broadcasters = uids(attendants.filter(({ host }) => host));
	if (hostsOnly) return { ...channel, broadcasters };
	const audience = uids(attendants.filter(({ host }) => !host));
	return {
		...channel,
		broadcasters,
		audience: audience.slice(0, AUDIENCE_LIMIT),
		audience_total: audience.length,
	};
}

/** Who is in a channel; `hosts_only` may stand in the query too (channel-management.md 3). */
export function channelUsers(call: Call): Effect {
	return data(usersOf(attendanceIn(call), call.query.has('hosts_only')));
}

export function channelHosts(call: Call): Effect {
	return data(usersOf(attendanceIn(call), true));
}

const ROLES = { user: 1, host: 2, audience: 3 } as const;

/** How one user is in a channel (channel-management.md 4). */
export function channelUser(call: Call): Effect {
	const uid = wholeNumber.safeParse(call.route.uid);
	if (!uid.success) throw new Refused('channels.uid');
	const { profile, attendants } = attendanceIn(call);
	const user = attendants.find((one) => one.uid === uid.data);
	if (user === undefined) return data({ in_channel: false });
	const role = profile === 'communication' ? ROLES.user : user.host ? ROLES.host : ROLES.audience;
	const join = Math.floor(user.joinedAt() / 1000);
	return data({ join, uid: user.uid, in_channel: true, platform: user.platform, role });
}
