import { createHash } from 'node:crypto';
import {
	alike,
	busiestFirst,
	channelFacts,
	channelPage,
	onceEach,
	type ChannelFacts,
	type ListedChannel,
} from '../agora/answers/channels';
import {
	canBeAskedAbout,
	CHANNEL_HEADERS,
	channelsPath,
	channelUsersPath,
	MOST_CHANNELS_PER_PAGE,
} from '../agora/requests/channels';
import type { BoundedMemory } from '../process/boundedMemory';
import { clock } from '../process/clock';
import { memoryOf } from '../process/memories';
import type { AgoraClient, AgoraRequest, Reply } from './client';

/** Questions about channels and who is in them (channel-management.md). */

/** How long anything waits for an answer that is only good to know. */
export const CHANNEL_PATIENCE_MS = 2000;
/** Pages that are read at most: of a list that grows while it is read there is no end. */
const MOST_PAGES = 200;
/** Pages that are read for the list in the editor, where somebody waits. */
const SHOWN_PAGES = 10;
const EDITOR_PATIENCE_MS = 10_000;

/** How a question is asked; see `AgoraRequest`. */
type How = Pick<AgoraRequest, 'timeout' | 'optional'>;

/** Asks who is in a channel. */
export const askForUsers = async (client: AgoraClient, cname: string, how: How): Promise<Reply> =>
	await client.call({
		operation: 'getChannelUsers',
		method: 'GET',
		path: channelUsersPath(client.credentials.appId, cname),
		headers: CHANNEL_HEADERS,
		...how,
	});

/**
 * Asks for the channels that have users in them, page by page. It is no snapshot: a channel that moves
 * to another page meanwhile is told of once, or not at all.
 *
 * @param most channels at most
 * @returns the channels, or the answer that ended it
 */
export async function askForChannels(
	client: AgoraClient,
	how: How & { most?: number; pages?: number },
): Promise<{ channels: ListedChannel[] } | { failed: Reply }> {
	const { most = Infinity, pages = MOST_PAGES, ...request } = how;
	const size = Math.min(most, MOST_CHANNELS_PER_PAGE);
	let channels: ListedChannel[] = [];
	for (let page = 0; page < pages && channels.length < most; page++) {
		const reply = await client.call({
			operation: 'getChannels',
			method: 'GET',
			path: channelsPath(client.credentials.appId, page, size),
			headers: CHANNEL_HEADERS,
			...request,
		});
		const told = reply.meaning.kind === 'success' ? channelPage(reply.answer.body) : undefined;
		if (!told) return { failed: reply };
		const before = channels.length;
		channels = onceEach([...channels, ...told.channels]);
		const { channels: onPage, total = 0 } = told;
		// While channels come and go, the last one may have moved on to another page.
		const isLast = onPage.length < size && (page + 1) * size >= total;
		// Nothing new is the end, too: of a server that gives the same page for ever, as well.
		if (isLast || channels.length === before) break;
	}
	return { channels: channels.slice(0, most) };
}

/** Keeps what belongs to different accounts, projects and hosts apart; holds no secret. */
const keyOf = (
	{ credentials: { origin, appId, account, secrets } }: AgoraClient,
	...of: string[]
) =>
	createHash('sha256')
		.update(JSON.stringify([origin, appId, account, secrets, ...of]))
		.digest('base64');

const facts = memoryOf<Promise<ChannelFacts | undefined>>('channelFacts');

/**
 * Who is in a channel, for what goes on without knowing, too: asked once for all that ask at the same
 * time, and never again. Throws nothing.
 *
 * @param patience milliseconds to wait for the answer, two seconds at most
 * @returns undefined where that is not known in time, and when the user cancels
 */
export async function whoIsThere(
	client: AgoraClient,
	cname: string,
	patience: number,
): Promise<ChannelFacts | undefined> {
	if (!canBeAskedAbout(cname)) return undefined;
	return await shared({ client, patience }, facts, keyOf(client, cname), async (how) => {
		const { answer, meaning } = await askForUsers(client, cname, how);
		return meaning.kind === 'success' ? channelFacts(answer.body) : undefined;
	});
}

const lists = memoryOf<Promise<ListedChannel[] | undefined>>('channelLists');

/** Channels whose names look like that of a channel that is not there; none where that is not known. */
export async function channelsLike(
	client: AgoraClient,
	cname: string,
	patience = CHANNEL_PATIENCE_MS,
): Promise<ListedChannel[]> {
	const channels = await shared({ client, patience }, lists, keyOf(client), async (how) => {
		const told = await askForChannels(client, { ...how, pages: 1 });
		return 'channels' in told ? told.channels : undefined;
	});
	return alike(cname, channels ?? []);
}

/** Asks once for all that want to know the same, and waits for the answer no longer than it is worth. */
async function shared<T>(
	{ client, patience }: { client: AgoraClient; patience: number },
	memory: BoundedMemory<Promise<T | undefined>>,
	key: string,
	ask: (how: How) => Promise<T | undefined>,
): Promise<T | undefined> {
	const now = clock.now();
	let asked = memory.get(key, now);
	if (!asked) {
		if (client.channelsPaused) return undefined;
		asked = client.atMost(CHANNEL_PATIENCE_MS, async (optional) =>
			ask({ optional, timeout: CHANNEL_PATIENCE_MS }),
		);
		memory.set(key, asked, now);
	}
	const answer = asked;
	return await client.atMost(patience, async () => answer);
}

/**
 * The channels for the list in the editor, those with most users first. n8n asks anew with each letter
 * of a filter, so they are remembered for some seconds.
 *
 * @returns the channels, or the answer that said why not; undefined where there was none in time
 */
export async function channelsToChooseFrom(
	client: AgoraClient,
): Promise<{ channels: ListedChannel[] } | { failed: Reply } | undefined> {
	const key = keyOf(client, 'editor');
	const known = await lists.get(key, clock.now());
	if (known) return { channels: known };
	const told = await client.atMost(EDITOR_PATIENCE_MS, async (optional) =>
		askForChannels(client, { optional, timeout: EDITOR_PATIENCE_MS, pages: SHOWN_PAGES }),
	);
	if (!told || 'failed' in told) return told;
	const channels = busiestFirst(told.channels);
	lists.set(key, Promise.resolve(channels), clock.now());
	return { channels };
}
