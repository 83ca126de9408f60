import type { INodeProperties } from 'n8n-workflow';
import { LIVE_BROADCASTING } from '../agora/requests/videoProfiles';
import { unsubscribeSpellingOption } from './subscription';

/** What composite and individual recordings of a channel share. */

export const channelTypeField: INodeProperties = {
	displayName: 'Channel Profile',
	name: 'channelType',
	type: 'options',
	options: [
		{
			name: 'Communication',
			value: 0,
			description:
				'Native SDK before 4.0, unless the app sets the other one; Web SDK with the mode "rtc"',
		},
		{
			name: 'Live Broadcasting',
			value: LIVE_BROADCASTING,
			description:
				'Native SDK 4.0 and newer, unless the app sets the other one; Web SDK with the mode "live"',
		},
	],
	default: LIVE_BROADCASTING,
	description:
		"What your app sets as the channel's profile: ask its developers, for it has nothing to do with whether people only talk or hold a show. If this is not what the app has, nothing is recorded.",
};

export const streamTypesField: INodeProperties = {
	displayName: 'Record',
	name: 'streamTypes',
	type: 'options',
	options: [
		{ name: 'Audio and Video', value: 2, description: 'Picture and sound' },
		{ name: 'Audio Only', value: 0, description: 'Sound without a picture' },
		{ name: 'Video Only', value: 1, description: 'Picture without sound' },
	],
	default: 2,
	description: 'What to record of the users',
};

export const maxIdleTimeField: INodeProperties = {
	displayName: 'Leave When Idle For (Seconds)',
	name: 'maxIdleTime',
	type: 'number',
	typeOptions: { minValue: 5, maxValue: 2592000 },
	default: 300,
	description:
		'The recording ends by itself when nobody (in a live broadcast: no host) has been in the channel for this long, from 5 seconds to 30 days. Make it longer than any break: a short time is the commonest reason for a lost recording.',
};

/** Entries of Recording Options that both channel modes have. */
export const channelOptions: INodeProperties[] = [
	{
		displayName: 'Encryption Key',
		name: 'secret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			"Key with which your app encrypts the channel, for every 'Encryption Mode' but None",
	},
	{
		displayName: 'Encryption Mode',
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
		default: 0,
		description: 'How your app encrypts the channel; must be the same as there',
	},
	{
		displayName: 'Encryption Salt',
		name: 'salt',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Salt that your app encrypts with (32 bytes in Base64), for the two GCM2 modes',
	},
	{
		displayName: 'Strict Playlists',
		name: 'correctEXTINF',
		type: 'boolean',
		default: false,
		description:
			'Whether to write the HLS playlist to the letter of the standard, which some players insist on: a comma after the length of each piece',
	},
	unsubscribeSpellingOption,
	{
		displayName: 'Video Stream',
		name: 'videoStreamType',
		type: 'options',
		options: [
			{ name: 'High Quality', value: 0, description: 'The full picture' },
			{ name: 'Low Quality', value: 1, description: 'The small picture, for small files' },
		],
		default: 0,
		description:
			'Which picture to record where the users of your app send two at once (dual-stream mode)',
	},
];

/** The collection of what is rarely needed; its entries in alphabetical order, as n8n wants them. */
export function recordingOptionsField(entries: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Recording Options',
		name: 'recordingOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'Encryption of the channel, and what else is rarely needed',
		options: [...entries].sort((a, b) => a.displayName.localeCompare(b.displayName)),
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
		'Quality of the recorded sound, sampled at 48 kHz. More kbps sound better and make larger files.',
};

export const captionTimestampsOption: INodeProperties = {
	displayName: 'Timestamps for Captions',
	name: 'enableNTPtimestamp',
	type: 'boolean',
	default: false,
	description:
		"Whether to put the time of day (NTP) into the recording, so that captions which Agora's Real-Time STT (speech to text) makes of the channel can be laid under it in time",
};

export const fileFormatField: INodeProperties = {
	displayName: 'File Format',
	name: 'fileFormat',
	type: 'options',
	options: [
		{
			name: 'HLS',
			value: 'hls',
			description: 'A playlist (M3U8) and many short pieces (TS), for streaming players',
		},
		{
			name: 'HLS and MP4',
			value: 'hlsAndMp4',
			description: 'The same, and MP4 files to download and share, a new one about every two hours',
		},
	],
	default: 'hls',
	description: 'Which files Agora puts into your bucket',
};
