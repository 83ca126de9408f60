import { ALL_STREAMS } from './common';

/**
 * How the list of streams that are not wanted is called. The REST pages of 2026 and two clients write
 * `unsubscribeAudioUids`; the subscription guide, the release note that introduced it and the Go,
 * Node.js and Java clients write `unSubscribeAudioUids`, which has the stronger evidence. Names are
 * case-sensitive and a wrong one may be ignored silently (rest-api.md 3.3, rule 7), so the user can
 * switch to the other.
 */
export const UNSUBSCRIBE_SPELLINGS = ['unSubscribe', 'unsubscribe'] as const;
export type UnsubscribeSpelling = (typeof UNSUBSCRIBE_SPELLINGS)[number];
export const DEFAULT_UNSUBSCRIBE_SPELLING: UnsubscribeSpelling = 'unSubscribe';

/** `streamTypes` (rest-api.md 3.3). */
export const AUDIO_ONLY = 0;
export const VIDEO_ONLY = 1;
export const AUDIO_AND_VIDEO = 2;

export type Medium = 'Audio' | 'Video';

/** Whose streams of one medium to record. */
export interface MediumChoice {
	who: 'everyone' | 'only' | 'except' | 'nobody';
	/** For `only` and `except`. */
	uids: string[];
}

/** Lists by their names in Agora's requests, e.g. `subscribeAudioUids`. */
export type SubscriptionLists = Record<string, string[]>;

function listOf(medium: Medium, { who, uids }: MediumChoice, spelling: UnsubscribeSpelling) {
	const all: SubscriptionLists = { [`subscribe${medium}Uids`]: [ALL_STREAMS] };
	if (who === 'everyone') return all;
	if (who === 'nobody') return {};
	return { [`${who === 'only' ? 'subscribe' : spelling}${medium}Uids`]: uids };
}

/**
 * The lists for start. Everyone on both sides needs none; otherwise each medium is listed, because
 * listing one silences the other (rule 2).
 *
 * @param choices only the media that are recorded at all
 */
export function subscriptionLists(
	choices: Partial<Record<Medium, MediumChoice>>,
	spelling: UnsubscribeSpelling,
): SubscriptionLists {
	const { Audio, Video } = choices;
	const everyone = [Audio, Video].every((choice) => !choice || choice.who === 'everyone');
	if (everyone) return {};
	return {
		...(Audio && listOf('Audio', Audio, spelling)),
		...(Video && listOf('Video', Video, spelling)),
	};
}

/** The same for update, where lists are grouped by medium and everyone has to be said. */
export function streamSubscribe(
	choices: Partial<Record<Medium, MediumChoice>>,
	spelling: UnsubscribeSpelling,
): { audioUidList?: SubscriptionLists; videoUidList?: SubscriptionLists } {
	const group = (medium: Medium) => {
		const choice = choices[medium];
		return choice && choice.who !== 'nobody' ? listOf(medium, choice, spelling) : undefined;
	};
	const audioUidList = group('Audio');
	const videoUidList = group('Video');
	return { ...(audioUidList && { audioUidList }), ...(videoUidList && { videoUidList }) };
}

/** Most users of each group of `subscribeUidGroup`, from 0 on (rest-api.md 3.3). */
export const UID_GROUP_SIZES = [2, 7, 12, 17, 32, 49] as const;

/**
 * The group for the users that are listed, 49 at most; undefined where a list leaves open how many
 * there are. Who is listed for audio and video counts once.
 */
export function uidGroupOf(choices: Array<MediumChoice | undefined>): number | undefined {
	const finite = choices.every(
		(choice) => !choice || choice.who === 'only' || choice.who === 'nobody',
	);
	const users = listedUsers(choices);
	if (!finite || users === 0) return undefined;
	return UID_GROUP_SIZES.findIndex((most) => users <= most);
}

/** How many users the lists of audio and video name together. */
export function listedUsers(choices: Array<MediumChoice | undefined>): number {
	return new Set(choices.flatMap((choice) => (choice?.who === 'only' ? choice.uids : []))).size;
}
