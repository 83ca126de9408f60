import {
	AUDIO_ONLY,
	DEFAULT_UNSUBSCRIBE_SPELLING,
	listedUsers,
	subscriptionLists,
	UID_GROUP_SIZES,
	UNSUBSCRIBE_SPELLINGS,
	uidGroupOf,
	VIDEO_ONLY,
	type Medium,
	type MediumChoice,
	type SubscriptionLists,
} from '../../../agora/requests/subscriptions';
import type { ItemRun } from '../../operation';

const WHO = ['everyone', 'only', 'except', 'nobody'] as const;
const FROM_LISTS = -1;
const MOST_USERS = UID_GROUP_SIZES[UID_GROUP_SIZES.length - 1];

export type SubscriptionChoices = Partial<Record<Medium, MediumChoice>>;

/** Whose streams to record, for each medium that is recorded at all. */
export function readChoices({ parameters }: ItemRun, streamTypes: number): SubscriptionChoices {
	const choice = (medium: 'audio' | 'video'): MediumChoice => {
		const who = parameters.choice(`${medium}Subscription`, WHO, 'everyone');
		const listed = who === 'only' || who === 'except';
		const uids = listed ? parameters.list(`${medium}Uids`) : [];
		if (listed && uids.length === 0) {
			throw parameters.refusal(`${medium}Uids`, '', 'at least one UID');
		}
		return { who, uids };
	};
	const choices: SubscriptionChoices = {
		...(streamTypes !== VIDEO_ONLY && { Audio: choice('audio') }),
		...(streamTypes !== AUDIO_ONLY && { Video: choice('video') }),
	};
	if (Object.values(choices).every(({ who }) => who === 'nobody')) {
		throw parameters.refusal(
			choices.Audio ? 'audioSubscription' : 'videoSubscription',
			'nobody',
			"somebody in 'Audio Of' or 'Video Of', or there is nothing to record",
		);
	}
	return choices;
}

/** Which spelling of the lists of whom not to record to send. */
export function readSpelling({ parameters }: ItemRun, collection: string) {
	return parameters.choice(
		`${collection}.unsubscribeSpelling`,
		UNSUBSCRIBE_SPELLINGS,
		DEFAULT_UNSUBSCRIBE_SPELLING,
	);
}

/** The subscription lists of start. */
export function readLists(run: ItemRun, choices: SubscriptionChoices): SubscriptionLists {
	return subscriptionLists(choices, readSpelling(run, 'recordingOptions'));
}

/**
 * How many users an individual recording has to reckon with: worked out where audio and video are of
 * listed users, otherwise asked for.
 */
export function readUidGroup({ parameters }: ItemRun, choices: SubscriptionChoices): number {
	const asked = parameters.number('subscribeUidGroup', FROM_LISTS);
	const both = [choices.Audio, choices.Video];
	const listed = listedUsers(both);
	if (listed > MOST_USERS) {
		throw parameters.refusal(
			choices.Video?.who === 'only' ? 'videoUids' : 'audioUids',
			`${listed} users together with the other list`,
			`at most ${MOST_USERS} users in all`,
		);
	}
	if (asked !== FROM_LISTS) {
		if (UID_GROUP_SIZES[asked] < listed) {
			throw parameters.refusal(
				'subscribeUidGroup',
				`at most ${UID_GROUP_SIZES[asked]}`,
				`at least the ${listed} users that are listed`,
			);
		}
		return asked;
	}
	const group = uidGroupOf(both);
	if (group !== undefined) return group;
	throw parameters.refusal(
		'subscribeUidGroup',
		'From the Listed UIDs',
		"a number of users, because 'Audio Of' and 'Video Of' do not name them all",
	);
}
