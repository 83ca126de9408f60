import type { INodeProperties } from 'n8n-workflow';
import { FRAME_RATES } from '../agora/requests';

const withPicture = { hide: { streamTypes: [0] } };

/** What a composite recording is to be like. */
export const compositeFields: INodeProperties[] = [
	{
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
	},
	{
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
	},
	{
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
				description: 'The same, and MP4 files of at most two hours each',
			},
		],
		default: 'hls',
	},
	{
		displayName: 'Layout',
		name: 'layout',
		type: 'options',
		displayOptions: withPicture,
		options: [
			{
				name: 'Best Fit',
				value: 'bestFit',
				description: 'All users in regions of the same size',
			},
			{
				name: 'Floating',
				value: 'floating',
				description: 'The first user fills the picture, the others are small and lie over it',
			},
			{
				name: 'Vertical',
				value: 'vertical',
				description: 'One user large at the left, the others small at the right',
			},
		],
		default: 'floating',
		description: 'How the users are arranged in the picture, 17 at most',
	},
	{
		displayName: 'UID of the Large Picture',
		name: 'maxResolutionUid',
		type: 'string',
		displayOptions: { show: { layout: ['vertical'] }, ...withPicture },
		default: '',
		placeholder: 'e.g. 123',
		description:
			'UID of the user who is shown large. Left empty, the large region has the background color only.',
	},
	{
		displayName: 'Picture',
		name: 'video',
		type: 'collection',
		placeholder: 'Add field',
		displayOptions: withPicture,
		default: {},
		options: [
			{
				displayName: 'Background Color',
				name: 'backgroundColor',
				type: 'color',
				default: '#000000',
				description: 'Color where no user is shown',
			},
			{
				displayName: 'Bitrate (Kbps)',
				name: 'bitrate',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 6500 },
				default: 500,
				description:
					'Amount of data for the video, at most 6500. At 15 frames per second Agora suggests 800 for 640 × 360 and 2260 for 1280 × 720 in a live channel, half of that in a communication channel.',
			},
			{
				displayName: 'Frames per Second',
				name: 'fps',
				type: 'options',
				options: FRAME_RATES.map((rate) => ({ name: String(rate), value: rate })),
				default: 15,
			},
			{
				displayName: 'Height (Pixels)',
				name: 'height',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1920 },
				default: 640,
				description: 'Width × height may be at most 1920 × 1080',
			},
			{
				displayName: 'Width (Pixels)',
				name: 'width',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1920 },
				default: 360,
				description: 'Width × height may be at most 1920 × 1080',
			},
		],
	},
	{
		displayName: 'Leave When Idle For (Seconds)',
		name: 'maxIdleTime',
		type: 'number',
		typeOptions: { minValue: 5, maxValue: 2592000 },
		default: 300,
		description:
			'The recording ends by itself when nobody has been in the channel for this long, in a live channel no host. Between 5 seconds and 30 days. Too short a time is the commonest reason for a recording that is lost.',
	},
	{
		displayName: 'Recording Options',
		name: 'recordingOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
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
			},
			{
				displayName: 'Video Stream',
				name: 'videoStreamType',
				type: 'options',
				options: [
					{ name: 'High Quality', value: 0 },
					{ name: 'Low Quality', value: 1 },
				],
				default: 0,
				description:
					'Which stream of a user to record, where the users send two (dual-stream mode)',
			},
		],
	},
];
