import type { INodeProperties } from 'n8n-workflow';
import {
	AUDIO_ONLY,
	DEFAULT_UNSUBSCRIBE_SPELLING,
	subscriptionLists,
	UNSUBSCRIBE_SPELLINGS,
	VIDEO_ONLY,
	type Medium,
	type MediumChoice,
	type SubscriptionLists,
} from '../agora/requests/subscriptions';
import { togetherAs, type Places } from './fields';
import type { FormItem } from './item';
import { RECORDING_OPTIONS } from './options';
import type { ItemParameters } from './parameters';

/** Whose audio and video to record, asked for each medium: naming one silences the other. */

const users = (
	medium: 'Audio' | 'Video',
	hidden: Record<string, Array<number | string>>,
): INodeProperties[] => {
	const name = medium.toLowerCase();
	return [
		{
			displayName: `${medium} From`,
			name: `${name}Subscription`,
			type: 'options',
			displayOptions: { hide: hidden },
			options: [
				{ name: 'Everyone', value: 'everyone', description: `Record ${name} from all users` },
				{
					name: 'Everyone Except',
					value: 'except',
					description: `Record ${name} from all users except those listed below`,
				},
				{ name: 'Nobody', value: 'nobody', description: `Do not record ${name}` },
				{
					name: 'Only These Users',
					value: 'only',
					description: `Record ${name} only from the users listed below`,
				},
			],
			default: 'everyone',
			description: `Users whose ${name} to record`,
		},
		{
			displayName: `${medium} UIDs`,
			name: `${name}Uids`,
			type: 'string',
			required: true,
			displayOptions: { show: { [`${name}Subscription`]: ['only', 'except'] }, hide: hidden },
			default: '',
			placeholder: 'e.g. 123, 456',
			description: 'Comma-separated user IDs, up to 32, or an expression that returns a list',
		},
	];
};

export const subscriptionFields: INodeProperties[] = [
	...users('Audio', { '/streamTypes': [VIDEO_ONLY], '/individualOutput': ['screenshots'] }),
	...users('Video', { '/streamTypes': [AUDIO_ONLY] }),
];

/** Where {@link subscriptionFields} stand when a recording is started. */
export const USERS_TO_RECORD = `${RECORDING_OPTIONS}.usersToRecord.users`;

export const usersToRecordOption = togetherAs(
	{
		displayName: 'Users to Record',
		name: 'usersToRecord',
		description: 'Users whose audio and video to record. By default, everyone is recorded.',
	},
	'users',
	subscriptionFields,
);

/**
 * Where the subscription lists are filled in.
 *
 * @param collection that {@link subscriptionFields} stand in, with a dot at its end; '' for none
 */
export const subscriptionPlaces = (collection = ''): Places =>
	Object.fromEntries(
		(['Audio', 'Video'] as const).flatMap((medium) =>
			['subscribe', ...UNSUBSCRIBE_SPELLINGS].flatMap((verb) =>
				['', '.*'].map((end) => [
					`${verb}${medium}Uids${end}`,
					`${collection}${medium.toLowerCase()}Uids`,
				]),
			),
		),
	);

/** Which of the two documented spellings to send for lists of whom not to record. */
export const unsubscribeSpellingOption: INodeProperties = {
	displayName: 'Unsubscribe List Spelling',
	name: 'unsubscribeSpelling',
	type: 'options',
	displayOptions: { show: { '/mode': ['mix', 'individual'] }, hide: { '/change': ['storage'] } },
	options: UNSUBSCRIBE_SPELLINGS.map((spelling) => ({
		name: `${spelling}AudioUids`,
		value: spelling,
	})),
	default: 'unSubscribe',
	description:
		"How to spell the 'Everyone Except' lists in the request. Agora's documentation uses both spellings. Try the other one if excluded users are still recorded.",
};

const WHO = ['everyone', 'only', 'except', 'nobody'] as const;

export type SubscriptionChoices = Partial<Record<Medium, MediumChoice>>;

/**
 * Whose streams to record, for each medium that is recorded at all.
 *
 * @param form where {@link subscriptionFields} stand
 */
export function readChoices(form: ItemParameters, streamTypes: unknown): SubscriptionChoices {
	const choice = (medium: 'audio' | 'video'): MediumChoice => {
		const who = form.choice(`${medium}Subscription`, WHO, 'everyone');
		const listed = who === 'only' || who === 'except';
		const uids = listed ? form.list(`${medium}Uids`) : [];
		if (listed && uids.length === 0) {
			throw form.refusal(`${medium}Uids`, '', 'must contain at least one UID');
		}
		return { who, uids };
	};
	const choices: SubscriptionChoices = {
		...(streamTypes !== VIDEO_ONLY && { Audio: choice('audio') }),
		...(streamTypes !== AUDIO_ONLY && { Video: choice('video') }),
	};
	if (Object.values(choices).every(({ who }) => who === 'nobody')) {
		throw form.refusal(
			choices.Audio ? 'audioSubscription' : 'videoSubscription',
			'nobody',
			"must not exclude everyone: set 'Audio From' or 'Video From' to users to record",
		);
	}
	return choices;
}

/** Which spelling of the lists of whom not to record to send. */
export function readSpelling({ parameters }: FormItem, collection: string) {
	return parameters.choice(
		`${collection}.unsubscribeSpelling`,
		UNSUBSCRIBE_SPELLINGS,
		DEFAULT_UNSUBSCRIBE_SPELLING,
	);
}

/** Whom to record, as it is filled in where a recording is started. */
export const readUsersToRecord = (
	{ parameters }: FormItem,
	streamTypes: unknown,
): SubscriptionChoices => readChoices(parameters.within(USERS_TO_RECORD), streamTypes);

/** The subscription lists of start. */
export const readLists = (item: FormItem, choices: SubscriptionChoices): SubscriptionLists =>
	subscriptionLists(choices, readSpelling(item, RECORDING_OPTIONS));
