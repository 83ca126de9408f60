/** How the users of a channel join it (channel-management.md section 7, rest-api.md 3.3). */
export const CHANNEL_PROFILES = ['communication', 'liveBroadcasting'] as const;

export type ChannelProfile = (typeof CHANNEL_PROFILES)[number];

export const CHANNEL_PROFILE_NAMES: Record<ChannelProfile, string> = {
	communication: 'Communication',
	liveBroadcasting: 'Live Broadcasting',
};

/** By which apps each is used (rest-api.md 3.3). */
export const CHANNEL_PROFILE_USE: Record<ChannelProfile, string> = {
	communication: 'Default of native SDKs before 4.0; Web SDK with mode "rtc"',
	liveBroadcasting: 'Default of native SDKs 4.0 and later; Web SDK with mode "live"',
};

/** `recordingConfig.channelType` of each. */
export const CHANNEL_TYPES: Record<ChannelProfile, number> = {
	communication: 0,
	liveBroadcasting: 1,
};

/**
 * What an app of today's native SDKs has unless it sets another, and so the likeliest (rest-api.md 3.3).
 */
export const LIKELIEST_PROFILE: ChannelProfile = 'liveBroadcasting';

/** The profile that a `channelType` stands for; left out it is communication, Agora's default. */
export const profileOfType = (channelType: unknown = CHANNEL_TYPES.communication) =>
	CHANNEL_PROFILES.find((profile) => CHANNEL_TYPES[profile] === channelType);
