import type { INodeProperties } from 'n8n-workflow';
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
			description: 'Everybody in the channel can speak; the default of most SDKs',
		},
		{
			name: 'Live Broadcasting',
			value: 1,
			description: 'Hosts send, the audience watches',
		},
	],
	default: 0,
	description:
		'Must be the profile that the users of the channel have in their app. With another one nothing is recorded.',
};

export const streamTypesField: INodeProperties = {
	displayName: 'Record',
	name: 'streamTypes',
	type: 'options',
	options: [
		{ name: 'Audio and Video', value: 2 },
		{ name: 'Audio Only', value: 0 },
		{ name: 'Video Only', value: 1 },
	],
	default: 2,
	description: 'Which media of the users to record',
};

export const maxIdleTimeField: INodeProperties = {
	displayName: 'Leave When Idle For (Seconds)',
	name: 'maxIdleTime',
	type: 'number',
	typeOptions: { minValue: 5, maxValue: 2592000 },
	default: 300,
	description:
		'The recording ends by itself when nobody has been in the channel for this long, in a live channel no host. From 5 seconds to 30 days. Too short a time is the commonest reason for a recording that is lost.',
};

/** Entries of Recording Options that both channel modes have. */
export const channelOptions: INodeProperties[] = [
	{
		displayName: 'Encryption Key',
		name: 'secret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: "Key of the channel's encryption, for every encryption mode",
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
		description: 'How the users of the channel encrypt; must be the same as in their app',
	},
	{
		displayName: 'Encryption Salt',
		name: 'salt',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: '32 bytes in Base64, for the two GCM2 modes',
	},
	{
		displayName: 'Strict Playlists',
		name: 'correctEXTINF',
		type: 'boolean',
		default: false,
		description:
			'Whether to write the comma behind the length of each slice in the playlist that strict players ask for',
	},
	unsubscribeSpellingOption,
	{
		displayName: 'Video Stream',
		name: 'videoStreamType',
		type: 'options',
		options: [
			{ name: 'High Quality', value: 0 },
			{ name: 'Low Quality', value: 1 },
		],
		default: 0,
		description: 'Which stream of a user to record, where the users send two (dual-stream mode)',
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
	description: 'Quality of the recorded sound, at 48 kHz',
};

export const fileFormatField: INodeProperties = {
	displayName: 'File Format',
	name: 'fileFormat',
	type: 'options',
	options: [
		{
			name: 'HLS',
			value: 'hls',
			description: 'A playlist (M3U8) and many short files (TS)',
		},
		{
			name: 'HLS and MP4',
			value: 'hlsAndMp4',
			description: 'The same, and MP4 files of about two hours each',
		},
	],
	default: 'hls',
};
