import type { INodeProperties } from 'n8n-workflow';
import type { ChannelProfile } from '../agora/channelProfiles';
import {
	AUDIO_AND_VIDEO,
	AUDIO_ONLY,
	listedUsers,
	UID_GROUP_SIZES,
	VIDEO_ONLY,
} from '../agora/requests/subscriptions';
import { channelOptions, channelPlaces, readChannelConfig, streamTypesField } from './channel';
import { placesOf, placesUnder, readMembers, type Places } from './fields';
import type { FormItem } from './item';
import { RECORDING_OPTIONS } from './options';
import { postponedOption, postponedPlaces, readPostponed } from './postponed';
import {
	readLists,
	subscriptionPlaces,
	USERS_TO_RECORD,
	readUsersToRecord,
	type SubscriptionChoices,
} from './subscription';

/** What an individual recording is to be like: files, or screenshots, of each user (rest-api.md 3.3 and 3.6). */

const ORIGINAL_AUDIO = 'original';
const DEFAULT_GROUP = UID_GROUP_SIZES.indexOf(17);

const uidGroupField: INodeProperties = {
	displayName: 'Maximum Concurrent Users',
	name: 'subscribeUidGroup',
	type: 'options',
	options: UID_GROUP_SIZES.map((most, group) => ({ name: `Up to ${most}`, value: group })),
	default: DEFAULT_GROUP,
	description:
		'Maximum number of users recorded at the same time, for which Agora reserves capacity. Additional users are not recorded.',
};

const streamModeField: INodeProperties = {
	displayName: 'Stream Mode',
	name: 'streamMode',
	type: 'options',
	displayOptions: {
		show: { streamTypes: [AUDIO_AND_VIDEO] },
		hide: { individualOutput: ['screenshots'] },
	},
	options: [
		{
			name: 'Separate Audio and Video',
			value: 'default',
			description: "One playlist (M3U8) for each user's audio and one for the video",
		},
		{
			name: 'Standard',
			value: 'standard',
			description:
				'The same, plus a combined playlist that players can open directly. Recommended by Agora.',
		},
	],
	default: 'standard',
	description: "How to store each user's audio and video",
};

const intervalField: INodeProperties = {
	displayName: 'Screenshot Interval (Seconds)',
	name: 'captureInterval',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 3600 },
	displayOptions: { hide: { individualOutput: ['recording'] } },
	default: 10,
	description:
		"Time between two screenshots of a user, from 1 to 3600. Agora's documentation is inconsistent about values below 5.",
};

export const individualRows: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'individualOutput',
		type: 'options',
		options: [
			{
				name: 'Recordings',
				value: 'recording',
				description: 'Audio and video files for each user',
			},
			{
				name: 'Recordings and Screenshots',
				value: 'both',
				description: 'Audio and video files for each user, plus a JPG every few seconds',
			},
			{
				name: 'Screenshots',
				value: 'screenshots',
				description: 'Only a JPG of each user, every few seconds',
			},
		],
		default: 'recording',
		description: 'What to create for each user',
	},
	{ ...streamTypesField, displayOptions: { hide: { individualOutput: ['screenshots'] } } },
	streamModeField,
	intervalField,
	uidGroupField,
];

export const individualOptions: INodeProperties[] = [
	...channelOptions,
	{
		displayName: 'Original Audio',
		name: 'originalAudio',
		type: 'boolean',
		displayOptions: {
			show: { '/streamTypes': [AUDIO_ONLY] },
			hide: { '/individualOutput': ['screenshots'] },
		},
		default: false,
		description: 'Whether to keep the audio as sent by the users instead of re-encoding it',
	},
	postponedOption,
];

export const individualPlaces: Places = {
	...postponedPlaces,
	...placesOf('snapshotConfig.', [intervalField]),
	...placesUnder('recordingConfig.', {
		...channelPlaces,
		...subscriptionPlaces(`${USERS_TO_RECORD}.`),
		...placesOf('', [streamModeField, uidGroupField]),
	}),
};

/** Agora's guide takes screenshots every second, its reference every five at most (rest-api.md 3.6). */
const SAFE_INTERVAL_S = 5;

function warnOfInterval(
	{ parameters, warn }: FormItem,
	{ captureInterval }: Record<string, unknown>,
) {
	if (typeof captureInterval !== 'number') return;
	if (captureInterval >= 1 && captureInterval < SAFE_INTERVAL_S) {
		warn(
			`Agora's documentation is inconsistent about screenshots more often than every ${SAFE_INTERVAL_S} seconds. If you get none, set '${parameters.nameOf('captureInterval')}' to ${SAFE_INTERVAL_S}.`,
		);
	}
}

const MOST_USERS = UID_GROUP_SIZES[UID_GROUP_SIZES.length - 1];

/** For how many users an individual recording reserves; those who are listed must find room. */
function readUidGroup({ parameters }: FormItem, choices: SubscriptionChoices): number {
	const group = parameters.number('subscribeUidGroup', DEFAULT_GROUP);
	const listed = listedUsers([choices.Audio, choices.Video]);
	if (listed > MOST_USERS) {
		const list = choices.Video?.who === 'only' ? 'videoUids' : 'audioUids';
		throw parameters
			.within(USERS_TO_RECORD)
			.refusal(
				list,
				`${listed} users`,
				`must contain at most ${MOST_USERS} users together with the other list`,
			);
	}
	if (UID_GROUP_SIZES[group] < listed) {
		throw parameters.refusal(
			'subscribeUidGroup',
			`up to ${UID_GROUP_SIZES[group]}`,
			`must be at least the ${listed} users that you listed`,
		);
	}
	return group;
}

/** Start's `clientRequest`, without storage and token. */
export function readIndividual(item: FormItem, profile: ChannelProfile): Record<string, unknown> {
	const { parameters } = item;
	const contents = ['recording', 'screenshots', 'both'] as const;
	const content = parameters.choice('individualOutput', contents, 'recording');
	const snapshots = readMembers(parameters, [intervalField]);
	if (content !== 'recording') warnOfInterval(item, snapshots);
	const { streamTypes = AUDIO_AND_VIDEO, ...config } = readChannelConfig(item, profile);
	const onlyScreenshots = content === 'screenshots';
	const originalAudio =
		streamTypes === AUDIO_ONLY && parameters.boolean(`${RECORDING_OPTIONS}.originalAudio`, false);
	const choices = readUsersToRecord(item, onlyScreenshots ? VIDEO_ONLY : streamTypes);
	return {
		recordingConfig: {
			...config,
			...readLists(item, choices),
			subscribeUidGroup: readUidGroup(item, choices),
			...(!onlyScreenshots && {
				streamTypes,
				streamMode: originalAudio ? ORIGINAL_AUDIO : parameters.text('streamMode') || 'standard',
			}),
		},
		...(!onlyScreenshots && { recordingFileConfig: { avFileType: ['hls'] } }),
		...(content !== 'recording' && { snapshotConfig: { ...snapshots, fileType: ['jpg'] } }),
		...readPostponed(item),
	};
}
