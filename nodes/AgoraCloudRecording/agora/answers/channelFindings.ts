import { CHANNEL_PROFILE_NAMES, type ChannelProfile } from '../channelProfiles';
import { isEmpty, type ChannelFacts, type ListedChannel } from './channels';

/** What is told of a channel in which nothing was recorded, or nothing is to be: facts, no guesses. */

/** The profile that a recording is started with, and who said so. */
export interface ProfileUsed {
	profile: ChannelProfile;
	from: 'channel' | 'credential' | 'form';
}

const IS: Record<ChannelProfile, string> = {
	communication: 'The channel has the profile Communication',
	liveBroadcasting: 'The channel is live broadcasting',
};

const HOW: Record<ProfileUsed['from'], string> = {
	form: 'was chosen',
	credential: 'was assumed',
	channel: 'was its profile when the recording was started',
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
	if (similar.length === 0) return 'Nobody is in the channel.';
	const others = similar.map(inside).join(', ');
	return exists
		? `Nobody is in channel '${cname}', but ${others}: names are case-sensitive.`
		: `Channel '${cname}' does not exist; ${others}: names are case-sensitive.`;
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
		return `${IS[facts.profile]}, but ${CHANNEL_PROFILE_NAMES[used.profile]} ${HOW[used.from]}. So nothing is recorded: stop this recording, and start it again with 'Channel Profile' on Automatic.`;
	}
	if (facts.profile === 'communication') {
		return `${counted(facts.userCount, 'user', 'users')} in the channel.`;
	}
	return facts.hosts.length === 0
		? `No host is in the channel, only an audience of ${facts.audienceTotal}.`
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
	const why = asked ? 'nobody was in the channel' : 'Agora did not say which one the channel has';
	const other = profile === 'communication' ? 'liveBroadcasting' : 'communication';
	return `The channel profile ${CHANNEL_PROFILE_NAMES[profile]} was assumed, because ${why}. If the app uses ${CHANNEL_PROFILE_NAMES[other]}, nothing is recorded: then change 'Channel Profile of Your App' in the credential (under Advanced).`;
}
