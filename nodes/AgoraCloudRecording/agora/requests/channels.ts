/** Where channels are asked about, from the root of the host (channel-management.md sections 2 and 3). */

/** Channels that Agora tells of at once, at most. */
export const MOST_CHANNELS_PER_PAGE = 500;

/** @param page 0 is the first */
export const channelsPath = (appId: string, page: number, size: number): string =>
	`/dev/v1/channel/${encodeURIComponent(appId)}?page_no=${page}&page_size=${size}`;

export const channelUsersPath = (appId: string, channel: string): string =>
	`/dev/v1/channel/user/${encodeURIComponent(appId)}/${encodeURIComponent(channel)}`;

/** Whether a channel has an address of its own: URL parsers fold `.` and `..`, however they are written. */
export const canBeAskedAbout = (channel: string): boolean => channel !== '.' && channel !== '..';

/** Agora wants it of every request, also of one without a body (channel-management.md section 1). */
export const CHANNEL_HEADERS = { 'Content-Type': 'application/json', Accept: 'application/json' };
