import type { INodeProperties } from 'n8n-workflow';
import {
	CHANNEL_PROFILE_NAMES,
	CHANNEL_PROFILE_USE,
	CHANNEL_PROFILES,
	CHANNEL_TYPES,
	type ChannelProfile,
} from '../agora/channelProfiles';
import { AUDIO_AND_VIDEO, AUDIO_ONLY, VIDEO_ONLY } from '../agora/requests/subscriptions';
import type { FormItem } from './item';
import { placesOf, readMembers, togetherAs, type Places } from './fields';
import { RECORDING_OPTIONS } from './options';
import { unsubscribeSpellingOption, usersToRecordOption } from './subscription';

/** What composite and individual recordings of a channel share: `recordingConfig` (rest-api.md 3.3). */

const AUTOMATIC = 'automatic';

const channelProfileOption: INodeProperties = {
	displayName: 'Channel Profile',
	name: 'channelProfile',
	type: 'options',
	options: [
		{
			name: 'Automatic',
			value: AUTOMATIC,
			description: 'As reported by Agora or, while the channel is empty, as set in the credential',
		},
		...CHANNEL_PROFILES.map((profile) => ({
			name: CHANNEL_PROFILE_NAMES[profile],
			value: profile,
			description: CHANNEL_PROFILE_USE[profile],
		})),
	],
	default: AUTOMATIC,
	description:
		'Channel profile that your app sets, regardless of what users do in the channel. If it does not match the app, nothing is recorded. Defaults to Automatic.',
};

const CHANNEL_PROFILE = `${RECORDING_OPTIONS}.channelProfile`;

/** The profile that the form says; undefined where it is to be found out. */
export const readGivenProfile = ({ parameters }: FormItem): ChannelProfile | undefined => {
	const chosen = parameters.choice(CHANNEL_PROFILE, [AUTOMATIC, ...CHANNEL_PROFILES], AUTOMATIC);
	return chosen === AUTOMATIC ? undefined : chosen;
};

export const streamTypesField: INodeProperties = {
	displayName: 'Record',
	name: 'streamTypes',
	type: 'options',
	options: [
		{ name: 'Audio and Video', value: AUDIO_AND_VIDEO, description: 'Record both' },
		{ name: 'Audio Only', value: AUDIO_ONLY, description: 'Record audio without video' },
		{ name: 'Video Only', value: VIDEO_ONLY, description: 'Record video without audio' },
	],
	default: AUDIO_AND_VIDEO,
	description: 'Which media to record',
};

const DEFAULT_IDLE_S = 300;

/** Entries of Recording Options that are sent as they are entered. */
const plainOptions: INodeProperties[] = [
	{
		displayName: 'Stop After Idle (Seconds)',
		name: 'maxIdleTime',
		type: 'number',
		typeOptions: { minValue: 5, maxValue: 2592000 },
		default: DEFAULT_IDLE_S,
		description:
			'How long the channel can be empty (in a live broadcast: without a host) before the recording stops, from 5 seconds to 30 days. Allow for breaks: a recording that has stopped does not resume. Defaults to 300.',
	},
	{
		displayName: 'Video Stream',
		name: 'videoStreamType',
		type: 'options',
		options: [
			{ name: 'High Quality', value: 0, description: 'The full-resolution stream' },
			{
				name: 'Low Quality',
				value: 1,
				description: 'The low-resolution stream, for smaller files',
			},
		],
		default: 0,
		description: 'Which stream to record if users send two at once (dual-stream mode)',
	},
];

const encryptionFields: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'decryptionMode',
		type: 'options',
		options: [
			{ name: 'AES 128 ECB', value: 2 },
			{ name: 'AES 128 GCM', value: 5 },
			{ name: 'AES 128 GCM2 (with Salt)', value: 7 },
			{ name: 'AES 128 XTS', value: 1 },
			{ name: 'AES 256 GCM', value: 6 },
			{ name: 'AES 256 GCM2 (with Salt)', value: 8 },
			{ name: 'AES 256 XTS', value: 3 },
			{ name: 'None', value: 0 },
			{ name: 'SM4 128 ECB', value: 4 },
		],
		default: 8,
		description: 'Encryption mode, which must match your app',
	},
	{
		displayName: 'Key',
		name: 'secret',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		displayOptions: { hide: { decryptionMode: [0] } },
		default: '',
		description: 'Encryption key, which must match your app',
	},
	{
		displayName: 'Salt',
		name: 'salt',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		displayOptions: { show: { decryptionMode: [7, 8] } },
		default: '',
		description: 'Encryption salt, which must match your app: 32 bytes in Base64',
	},
];

/** Entries of Recording Options that both modes have. */
export const channelOptions: INodeProperties[] = [
	channelProfileOption,
	...plainOptions,
	togetherAs(
		{
			displayName: 'Encryption',
			name: 'encryption',
			description: 'How your app encrypts the channel. Required to record an encrypted channel.',
		},
		'channel',
		encryptionFields,
	),
	{
		displayName: 'Strict Playlists',
		name: 'correctEXTINF',
		type: 'boolean',
		default: false,
		description:
			'Whether to follow the HLS standard strictly, with a comma after each EXTINF duration. Some players require it.',
	},
	unsubscribeSpellingOption,
	usersToRecordOption,
];

const ENCRYPTION = `${RECORDING_OPTIONS}.encryption.channel`;

/** Where the members of `recordingConfig` are filled in. */
export const channelPlaces: Places = {
	channelType: CHANNEL_PROFILE,
	...placesOf('', [streamTypesField]),
	...placesOf('', plainOptions, `${RECORDING_OPTIONS}.`),
	...placesOf('', encryptionFields, `${ENCRYPTION}.`),
};

/** Members of `recordingConfig` that both modes have; whom to record is not among them. */
export function readChannelConfig(
	{ parameters }: FormItem,
	profile: ChannelProfile,
): Record<string, unknown> {
	const options = parameters.within(RECORDING_OPTIONS);
	const { decryptionMode, secret, salt } = readMembers(
		parameters.within(ENCRYPTION),
		encryptionFields,
	);
	const encrypted = typeof decryptionMode === 'number' && decryptionMode > 0;
	return {
		channelType: CHANNEL_TYPES[profile],
		...readMembers(parameters, [streamTypesField]),
		maxIdleTime: DEFAULT_IDLE_S,
		...readMembers(options, plainOptions),
		...(decryptionMode !== undefined && { decryptionMode }),
		// n8n keeps the values of fields that it hides.
		...(encrypted && { secret, ...(decryptionMode >= 7 && { salt }) }),
		...(options.boolean('correctEXTINF', false) && {
			privateParams: JSON.stringify({ correctEXTINF: true }),
		}),
	};
}

export const audioProfileOption: INodeProperties = {
	displayName: 'Audio Quality',
	name: 'audioProfile',
	type: 'options',
	options: [
		{ name: 'Mono, About 48 Kbps', value: 0 },
		{ name: 'Mono, About 128 Kbps', value: 1 },
		{ name: 'Stereo, About 192 Kbps', value: 2 },
	],
	default: 0,
	description:
		'Channels and bitrate of the recorded audio, sampled at 48 kHz. A higher bitrate means better sound and larger files.',
};
