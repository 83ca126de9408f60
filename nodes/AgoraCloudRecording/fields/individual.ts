import type { INodeProperties } from 'n8n-workflow';
import {
	channelOptions,
	channelTypeField,
	maxIdleTimeField,
	recordingOptionsField,
	streamTypesField,
} from './channel';
import { subscriptionFields, uidGroupField } from './subscription';

/** Postponed transcoding and audio mixing: no longer on Agora's English pages. */
const legacyOptions: INodeProperties[] = [
	{
		displayName: 'Postponed Processing (Legacy)',
		name: 'postponed',
		type: 'options',
		options: [
			{
				name: 'Mix Audio Afterwards',
				value: 'audioMix',
				description: 'One audio file of all users, within 24 hours of the end',
			},
			{ name: 'None', value: 'none', description: 'Leave the files as they were recorded' },
			{
				name: 'Transcode Afterwards',
				value: 'postponeTranscoding',
				description: 'An MP4 file of each user, within 24 hours of the end',
			},
		],
		default: 'none',
		description:
			'What Agora makes of the files afterwards. Its English documentation no longer describes this, and it may be refused. The storage key must be allowed to read and write.',
	},
	{
		displayName: 'Postponed Audio Bitrate (Legacy)',
		name: 'postponedBitrate',
		type: 'string',
		default: '48000',
		description: 'In bits per second, where audio is mixed afterwards',
	},
	{
		displayName: 'Postponed Audio Channels (Legacy)',
		name: 'postponedChannels',
		type: 'options',
		options: [
			{ name: 'Mono', value: '1' },
			{ name: 'Stereo', value: '2' },
		],
		default: '2',
		description: 'One channel or two, where audio is mixed afterwards',
	},
	{
		displayName: 'Postponed File Format (Legacy)',
		name: 'postponedFormat',
		type: 'options',
		options: [
			{ name: 'AAC', value: 'aac' },
			{ name: 'M4A', value: 'm4a' },
			{ name: 'MP3', value: 'mp3' },
			{ name: 'MP4', value: 'mp4' },
		],
		default: 'mp3',
		description: 'MP3, M4A or AAC for mixed audio; MP4 for transcoding',
	},
	{
		displayName: 'Postponed Sample Rate (Legacy)',
		name: 'postponedSampleRate',
		type: 'options',
		options: [
			{ name: '16 kHz', value: '16000' },
			{ name: '32 kHz', value: '32000' },
			{ name: '48 kHz', value: '48000' },
		],
		default: '48000',
		description: 'Samples per second, where audio is mixed afterwards',
	},
];

const hideForScreenshots: INodeProperties['displayOptions'] = {
	hide: { individualContent: ['screenshots'] },
};

/** What an individual recording is to be like. */
export const individualFields: INodeProperties[] = [
	{
		displayName: 'Make',
		name: 'individualContent',
		type: 'options',
		options: [
			{
				name: 'Recording',
				value: 'recording',
				description: 'Audio and video files of each user',
			},
			{
				name: 'Recording and Screenshots',
				value: 'both',
				description: 'Audio and video files of each user, and a JPG of each every few seconds',
			},
			{
				name: 'Screenshots',
				value: 'screenshots',
				description: 'Only a JPG of each user every few seconds',
			},
		],
		default: 'recording',
		description: 'What to make of each user',
	},
	channelTypeField,
	{ ...streamTypesField, displayOptions: hideForScreenshots },
	{
		displayName: 'Files of Each User',
		name: 'streamMode',
		type: 'options',
		displayOptions: hideForScreenshots,
		options: [
			{
				name: 'Audio and Video Apart',
				value: 'default',
				description: 'One playlist (M3U8) for the audio of a user and one for the video',
			},
			{
				name: 'Original Audio',
				value: 'original',
				description: 'Audio as the user sent it; only where audio alone is recorded',
			},
			{
				name: 'Together (Standard)',
				value: 'standard',
				description:
					'The same, and a playlist of both that players can open directly; Agora recommends it',
			},
		],
		default: 'standard',
		description: 'How audio and video of a user are kept',
	},
	{
		displayName: 'Screenshot Interval (Seconds)',
		name: 'captureInterval',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 3600 },
		displayOptions: { hide: { individualContent: ['recording'] } },
		default: 10,
		description:
			"Time between two screenshots of a user, from 1 to 3600 seconds; under 5 is documented in a part of Agora's pages only",
	},
	...subscriptionFields,
	uidGroupField,
	maxIdleTimeField,
	recordingOptionsField([...channelOptions, ...legacyOptions]),
];
