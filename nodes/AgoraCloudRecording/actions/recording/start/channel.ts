import {
	assumptionText,
	channelText,
	nobodyText,
	type ProfileUsed,
} from '../../../agora/answers/channelFindings';
import { isEmpty, withoutUids, type ChannelFacts } from '../../../agora/answers/channels';
import type { StartInput } from '../../../form/newRecording';
import { clock } from '../../../process/clock';
import { CHANNEL_PATIENCE_MS, channelsLike, whoIsThere } from '../../../transport/channels';
import type { ItemRun } from '../../operation';
import { recordersOf } from './recorders';

/** What a start does when nobody is in the channel. */
export const IF_NOBODY = ['start', 'skip', 'error'] as const;
export type IfNobody = (typeof IF_NOBODY)[number];

/** Two answers have to say that nobody is there, because they are late, and inaccurate at times. */
const SECOND_LOOK_MS = 5000;

/** What a start has found out about its channel; that of a web page has none. */
export interface ChannelSeen {
	/** The profile to start with. */
	used: ProfileUsed;
	/** Who was there before the start, recorders left out; undefined where that is not known. */
	before?: ChannelFacts;
	/** Whether two answers said that nobody is there. */
	nobody: boolean;
	/** Milliseconds that are left for what is only good to know. */
	left: number;
}

async function look(
	{ client }: Pick<ItemRun, 'client'>,
	{ start: { cname, uid } }: StartInput,
	patience = CHANNEL_PATIENCE_MS,
): Promise<ChannelFacts | undefined> {
	const facts = await whoIsThere(client, cname, patience);
	return facts && withoutUids(facts, [uid, ...recordersOf(client.credentials.appId, cname)]);
}

/**
 * Looks into the channel before a start, where its profile or the presence of users matters. What is not
 * known keeps nothing back: somebody counts as being there, and the profile is that of the credential.
 *
 * @returns undefined for a web page
 * @throws Cancelled between two looks
 */
export async function lookBefore(
	run: ItemRun,
	input: StartInput,
	ifChannelEmpty: IfNobody,
): Promise<ChannelSeen | undefined> {
	if (!input.profile) return undefined;
	const { assumed, from } = input.profile;
	const began = clock.now();
	const asks = from === 'credential' || ifChannelEmpty !== 'start';
	let before = asks ? await look(run, input) : undefined;
	const left = Math.max(0, CHANNEL_PATIENCE_MS - (clock.now() - began));
	let nobody = false;
	if (ifChannelEmpty !== 'start' && before && isEmpty(before)) {
		await run.client.wait(SECOND_LOOK_MS);
		before = await look(run, input);
		nobody = before !== undefined && isEmpty(before);
	}
	// Where only recorders are, the channel has the profile of theirs.
	const found = before && !isEmpty(before) ? before.profile : null;
	return {
		used:
			from === 'credential' && found
				? { profile: found, from: 'channel' }
				: { profile: assumed, from },
		...(before && { before }),
		nobody,
		left,
	};
}

/** What is to be said where nobody is there, and the channels that may be meant instead. */
export async function nobodySeen({ client }: ItemRun, cname: string, { before }: ChannelSeen) {
	const similar = await channelsLike(client, cname);
	return { words: nobodyText(cname, before?.exists ?? false, similar), similar };
}

/** What is told of the channel of a recording that was not seen to record. */
export interface ChannelWords {
	/** What is seen there now; '' where that is not known. */
	finding: string;
	/** What had to be assumed at the start, where it may still be wrong. */
	assumption: string;
}

/**
 * Looks into the channel again, after a start of which it is not known that it records: who is there,
 * and whether the recorder joined like them. Takes what the first look left of its time, and changes
 * nothing.
 *
 * @param again false where it is not worth another look
 */
export async function lookAfter(
	run: ItemRun,
	input: StartInput,
	seen: ChannelSeen | undefined,
	again: boolean,
): Promise<ChannelWords> {
	if (!seen) return { finding: '', assumption: '' };
	const { cname } = input.start;
	const end = clock.now() + seen.left;
	const now = again && seen.left > 0 ? await look(run, input, seen.left) : undefined;
	const empty = now && isEmpty(now);
	const similar = empty ? await channelsLike(run.client, cname, end - clock.now()) : [];
	return {
		finding: now ? channelText(cname, seen.used, now, similar) : '',
		// Who is there now has shown whether it was right.
		assumption: empty === false ? '' : assumptionText(seen.used, seen.before),
	};
}
