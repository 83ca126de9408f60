import {
	listedUsers,
	streamSubscribe,
	subscriptionLists,
	uidGroupOf,
	type MediumChoice,
} from '../../nodes/AgoraCloudRecording/agora/requests/subscriptions.ts';

const everyone: MediumChoice = { who: 'everyone', uids: [] };
const nobody: MediumChoice = { who: 'nobody', uids: [] };
const only = (...uids: string[]): MediumChoice => ({ who: 'only', uids });
const except = (...uids: string[]): MediumChoice => ({ who: 'except', uids });
const count = (users: number) => only(...Array.from({ length: users }, (_, i) => String(i + 1)));

/** rest-api.md 3.3: who is chosen, the lists of a start, the lists of an update. */
const CHOICES: ReadonlyArray<
	readonly [string, Partial<Record<'Audio' | 'Video', MediumChoice>>, object, object]
> = [
	[
		'everyone',
		{ Audio: everyone, Video: everyone },
		{},
		{
			audioUidList: { subscribeAudioUids: ['#allstream#'] },
			videoUidList: { subscribeVideoUids: ['#allstream#'] },
		},
	],
	[
		'everyone, where only audio is recorded',
		{ Audio: everyone },
		{},
		{ audioUidList: { subscribeAudioUids: ['#allstream#'] } },
	],
	[
		'some, and everyone to be heard',
		{ Audio: everyone, Video: only('5') },
		{ subscribeAudioUids: ['#allstream#'], subscribeVideoUids: ['5'] },
		{
			audioUidList: { subscribeAudioUids: ['#allstream#'] },
			videoUidList: { subscribeVideoUids: ['5'] },
		},
	],
	[
		'all but some, and nobody to be seen',
		{ Audio: except('5', '6'), Video: nobody },
		{ unSubscribeAudioUids: ['5', '6'] },
		{ audioUidList: { unSubscribeAudioUids: ['5', '6'] } },
	],
];

describe('Lists of whom to record', () => {
	it.each(CHOICES)('say: %s', (_who, choices, inStart, inUpdate) => {
		expect(subscriptionLists(choices, 'unSubscribe')).toEqual(inStart);
		expect(streamSubscribe(choices, 'unSubscribe')).toEqual(inUpdate);
	});

	it('are spelt as the user wants', () => {
		const lists = subscriptionLists({ Video: except('5') }, 'unsubscribe');
		expect(lists).toEqual({ unsubscribeVideoUids: ['5'] });
	});
});

describe('The group of an individual recording', () => {
	it.each([
		[1, 0],
		[2, 0],
		[3, 1],
		[7, 1],
		[8, 2],
		[12, 2],
		[13, 3],
		[17, 3],
		[18, 4],
		[32, 4],
	])('of %i users is %i', (users, group) => {
		expect(uidGroupOf([count(users), nobody])).toBe(group);
	});

	it('counts who is heard and seen once', () => {
		expect(listedUsers([only('1', '2'), only('2', '3')])).toBe(3);
		expect(uidGroupOf([only('1', '2'), only('1', '2')])).toBe(0);
		expect(uidGroupOf([only('1', '2'), undefined])).toBe(0);
	});

	it.each([
		['everyone', [only('1'), everyone]],
		['all but some', [only('1'), except('2')]],
		['nobody', [nobody, nobody]],
	])('is not known of %s', (_who, choices) => {
		expect(uidGroupOf(choices)).toBeUndefined();
	});
});
