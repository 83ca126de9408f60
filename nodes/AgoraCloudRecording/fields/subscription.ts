import type { INodeProperties } from 'n8n-workflow';
import { UID_GROUP_SIZES, UNSUBSCRIBE_SPELLINGS } from '../agora/requests/subscriptions';

/** Whose audio and video to record, asked for each medium: naming one silences the other. */

const users = (medium: 'Audio' | 'Video', hidden: Record<string, number[]>): INodeProperties[] => {
	const name = medium.toLowerCase();
	return [
		{
			displayName: `${medium} Of`,
			name: `${name}Subscription`,
			type: 'options',
			displayOptions: { hide: hidden },
			options: [
				{
					name: 'All But These Users',
					value: 'except',
					description: `Record the ${name} of all but those listed below`,
				},
				{ name: 'Everyone', value: 'everyone', description: `Record the ${name} of all users` },
				{ name: 'Nobody', value: 'nobody', description: `Record no ${name}` },
				{
					name: 'Only These Users',
					value: 'only',
					description: `Record the ${name} of those listed below`,
				},
			],
			default: 'everyone',
			description: `Whose ${name} to record`,
		},
		{
			displayName: `${medium} UIDs`,
			name: `${name}Uids`,
			type: 'string',
			required: true,
			displayOptions: { show: { [`${name}Subscription`]: ['only', 'except'] }, hide: hidden },
			default: '',
			placeholder: 'e.g. 123, 456',
			description:
				'User IDs with which they join the channel, separated by commas, 32 at most; or a list by expression',
		},
	];
};

export const subscriptionFields: INodeProperties[] = [
	...users('Audio', { streamTypes: [1] }),
	...users('Video', { streamTypes: [0] }),
];

/** Individual mode only: Agora has to know how many users to reckon with. */
export const uidGroupField: INodeProperties = {
	displayName: 'Most Users at Once',
	name: 'subscribeUidGroup',
	type: 'options',
	options: [
		{
			name: 'From the Listed UIDs',
			value: -1,
			description: "Count those in 'Audio UIDs' and 'Video UIDs'",
		},
		...UID_GROUP_SIZES.map((most, group) => ({
			name: `${group === 0 ? 1 : UID_GROUP_SIZES[group - 1] + 1} to ${most}`,
			value: group,
		})),
	],
	default: -1,
	description:
		'How many users at most are recorded at the same time, so that Agora reserves enough for them',
	hint: "Choose a number here, unless 'Audio Of' and 'Video Of' name all users to record",
};

/** Which of the two documented spellings to send for lists of whom not to record. */
export const unsubscribeSpellingOption: INodeProperties = {
	displayName: 'Spelling of Unsubscribe Lists',
	name: 'unsubscribeSpelling',
	type: 'options',
	displayOptions: { show: { '/mode': ['mix', 'individual'] }, hide: { '/change': ['storage'] } },
	options: UNSUBSCRIBE_SPELLINGS.map((spelling) => ({
		name: `${spelling}AudioUids`,
		value: spelling,
	})),
	default: 'unSubscribe',
	description:
		"How the list behind 'All But These Users' is named in the request. Agora's documentation has both names; choose the other one if excluded users are recorded anyway.",
};
