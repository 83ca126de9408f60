import { CHANNEL_PROFILE_NAMES, type ChannelProfile } from '../channelProfiles';
import { isEmpty, type ChannelFacts, type ListedChannel } from './channels';

/** What is told of a channel in which nothing was recorded, or nothing is to be: facts, no guesses. */

/** The profile that a recording is started with, and who said so. */
export interface ProfileUsed {
	profile: ChannelProfile;
	from: 'channel' | 'credential' | 'form';
}

const IS: Record<ChannelProfile, string> = {
	communication: 'The channel uses the Communication profile',
	liveBroadcasting: 'The channel uses the Live Broadcasting profile',
};

const HOW: Record<ProfileUsed['from'], string> = {
	form: 'was set in the form',
	credential: 'was assumed',
	channel: "was the channel's profile at the start",
};

const counted = (count: number, one: string, many: string) =>
	count === 1 ? `1 ${one} is` : `${count} ${many} are`;

const inside = ({ cname, userCount }: ListedChannel) =>
	`'${cname}' has ${userCount} ${userCount === 1 ? 'user' : 'users'}`;

/**
 * Says that nobody is there, and under which name somebody is.
 *
 * @param exists whether Agora knows the channel, be it for a recorder in it
 */
export function nobodyText(
	cname: string,
	exists: boolean,
	similar: readonly ListedChannel[],
): string {
	if (similar.length === 0) return 'The channel is empty.';
	const others = similar.map(inside).join(', ');
	return exists
		? `Channel '${cname}' is empty, but ${others}. Names are case-sensitive.`
		: `Channel '${cname}' does not exist, but ${others}. Names are case-sensitive.`;
}

/** Whether a recorder hears nobody, because it joined in another way than the users. */
export const isMismatch = ({ profile }: ProfileUsed, facts: ChannelFacts): boolean =>
	!isEmpty(facts) && facts.profile !== profile;

/**
 * What is seen in a channel that is recorded, as one sentence or two; those who do not count are left
 * out before.
 *
 * @param similar channels whose names look like its own
 */
export function channelText(
	cname: string,
	used: ProfileUsed,
	facts: ChannelFacts,
	similar: readonly ListedChannel[],
): string {
	if (isEmpty(facts)) return nobodyText(cname, facts.exists, similar);
	if (facts.profile && isMismatch(used, facts)) {
		return `${IS[facts.profile]}, but ${CHANNEL_PROFILE_NAMES[used.profile]} ${HOW[used.from]}, so nothing is recorded. Stop this recording and start it again with 'Channel Profile' set to Automatic.`;
	}
	if (facts.profile === 'communication') {
		return `${counted(facts.userCount, 'user', 'users')} in the channel.`;
	}
	return facts.hosts.length === 0
		? `The channel has no host, only an audience of ${facts.audienceTotal}.`
		: `${counted(facts.hosts.length, 'host', 'hosts')} in the channel.`;
}

/**
 * What was assumed, and what comes of it if it is wrong; '' where nothing had to be.
 *
 * @param asked what the channel told before the start; undefined where it told nothing
 */
export function assumptionText(
	{ profile, from }: ProfileUsed,
	asked: ChannelFacts | undefined,
): string {
	if (from !== 'credential') return '';
	const why = asked ? 'the channel was empty' : "Agora did not return the channel's profile";
	const other = profile === 'communication' ? 'liveBroadcasting' : 'communication';
	return `The channel profile ${CHANNEL_PROFILE_NAMES[profile]} was assumed, because ${why}. If your app uses ${CHANNEL_PROFILE_NAMES[other]}, nothing is recorded. In that case, change 'Channel Profile of Your App' in the credential (under Advanced).`;
}
