/** The API's operations, named as in rest-api.md 1. */
export type Operation =
	'acquire' | 'start' | 'update' | 'updateLayout' | 'query' | 'stop' | 'ncsIp' | ChannelOperation;

/** Who is in a channel (channel-management.md 2 to 4). */
export const CHANNEL_OPERATIONS = [
	'channelList',
	'channelUsers',
	'channelHosts',
	'channelUser',
] as const;
export type ChannelOperation = (typeof CHANNEL_OPERATIONS)[number];

export const asksAboutChannels = (operation: Operation): operation is ChannelOperation =>
	CHANNEL_OPERATIONS.some((one) => one === operation);

export type Mode = 'individual' | 'mix' | 'web';

/** What a request's method and path say. */
export interface Route {
	operation: Operation;
	appId?: string;
	resourceId?: string;
	sid?: string;
	mode?: Mode;
	/** The channel, and the user in it, that is asked about. */
	cname?: string;
	uid?: string;
	/** Of the list of IP addresses. */
	version?: string;
}

const APP = '/v1/apps/(?<appId>[^/]+)/cloud_recording';
const RESOURCE = `${APP}/resourceid/(?<resourceId>[^/]+)`;
const SESSION = `${RESOURCE}/sid/(?<sid>[^/]+)`;
const CHANNEL = '/dev/v1/channel';
const MODE = 'mode/(?<mode>individual|mix|web)';

/** rest-api.md 1, table "Endpoints"; case matters, and updateLayout exists for mix only. */
const ENDPOINTS: readonly [Operation, method: string, path: RegExp][] = [
	['acquire', 'POST', new RegExp(`^${APP}/acquire$`)],
	['start', 'POST', new RegExp(`^${RESOURCE}/${MODE}/start$`)],
	['update', 'POST', new RegExp(`^${SESSION}/${MODE}/update$`)],
	['updateLayout', 'POST', new RegExp(`^${SESSION}/mode/(?<mode>mix)/updateLayout$`)],
	['query', 'GET', new RegExp(`^${SESSION}/${MODE}/query$`)],
	['stop', 'POST', new RegExp(`^${SESSION}/${MODE}/stop$`)],
	['ncsIp', 'GET', /^\/(?<version>v[12])\/ncs\/ip$/],
	['channelList', 'GET', new RegExp(`^${CHANNEL}/(?<appId>[^/]+)$`)],
	['channelUsers', 'GET', new RegExp(`^${CHANNEL}/user/(?<appId>[^/]+)/(?<cname>[^/]+)$`)],
	[
		'channelHosts',
		'GET',
		new RegExp(`^${CHANNEL}/user/(?<appId>[^/]+)/(?<cname>[^/]+)/hosts_only$`),
	],
	[
		'channelUser',
		'GET',
		new RegExp(`^${CHANNEL}/user/property/(?<appId>[^/]+)/(?<uid>[^/]+)/(?<cname>[^/]+)$`),
	],
];

function decoded(part: string | undefined): string | undefined {
	if (part === undefined) return undefined;
	try {
		return decodeURIComponent(part);
	} catch {
		return part;
	}
}

/** The endpoint that serves a request, or undefined if no route matches. `path` has no query string. */
export function matchRoute(method: string, path: string): Route | undefined {
	for (const [operation, endpointMethod, pattern] of ENDPOINTS) {
		if (method !== endpointMethod) continue;
		const match = pattern.exec(path);
		if (match === null) continue;
		const { appId, resourceId, sid, mode, cname, uid, version } = match.groups ?? {};
		return {
			operation,
			appId: decoded(appId),
			resourceId: decoded(resourceId),
			sid: decoded(sid),
			cname: decoded(cname),
			uid: decoded(uid),
			mode: mode as Mode | undefined,
			version,
		};
	}
	return undefined;
}
