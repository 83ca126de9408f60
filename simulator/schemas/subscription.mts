import { z } from 'zod';
import { Refused } from '../errors.mts';
import { ALL_STREAMS, audioLists, videoLists } from './common.mts';

/** How many of the lists of one medium are set; the two spellings are the same list. */
function lists(...given: (readonly string[] | undefined)[]): number {
	return given.filter((list) => list !== undefined).length;
}

/** Lists to subscribe to and not to; drops everything else that a recordingConfig has. */
export const subscriptionLists = z.object({ ...audioLists, ...videoLists });

/**
 * Where only one spelling is known, the other is a parameter that nobody knows.
 * @throws Refused code 2
 */
export function spelledAs(
	known: 'both' | 'unSubscribe' | 'unsubscribe',
	operation: 'start' | 'update',
	lists: object,
): void {
	const name = Object.keys(lists).find((key) => /^unsubscribe(Audio|Video)Uids$/i.test(key));
	if (name === undefined || known === 'both' || name.startsWith(known)) return;
	throw new Refused(`${operation}.2`, `unknown parameter ${name}!`);
}

export type SubscriptionLists = z.output<typeof subscriptionLists>;

export const audioListCount = (s: SubscriptionLists): number =>
	lists(s.subscribeAudioUids, s.unsubscribeAudioUids, s.unSubscribeAudioUids);
export const videoListCount = (s: SubscriptionLists): number =>
	lists(s.subscribeVideoUids, s.unsubscribeVideoUids, s.unSubscribeVideoUids);

/** How many distinct uids the subscription lists name; everybody counts for nothing. */
export function namedUids(lists: SubscriptionLists): number {
	const named = [...(lists.subscribeAudioUids ?? []), ...(lists.subscribeVideoUids ?? [])];
	return new Set(named.filter((entry) => entry !== ALL_STREAMS)).size;
}
