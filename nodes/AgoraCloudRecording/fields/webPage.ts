import type { INodeProperties } from 'n8n-workflow';
import { audioProfileOption, fileFormatField } from './channel';

export const rtmpUrlField: INodeProperties = {
	displayName: 'Push to CDN',
	name: 'rtmpUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. rtmp://live.example.com/app/stream-key',
	description:
		'Address of a live streaming service (CDN), which begins with rtmp:// or rtmps://, to which the page is streamed as well. Leave empty to record only.',
};

export const pageUrlField: INodeProperties = {
	displayName: 'Page URL',
	name: 'pageUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/room/7?view=recorder',
	description:
		'Address of the page to record. It must open from the internet without signing in or clicking, and fit one screen.',
};

/** What a web page recording is to be like. */
export const webPageFields: INodeProperties[] = [
	{
		displayName: 'End After (Hours)',
		name: 'maxRecordingHour',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 720 },
		default: 3,
		description:
			'The recording ends by itself after this time, from 1 to 720 hours. Nothing else ends it: a page that is not stopped is billed until then.',
	},
	{
		displayName: 'Width (Pixels)',
		name: 'videoWidth',
		type: 'number',
		typeOptions: { minValue: 240, maxValue: 1920 },
		default: 1280,
		description:
			'Width of the picture, from 240 to 1920; width × height may be at most 1920 × 1080',
	},
	{
		displayName: 'Height (Pixels)',
		name: 'videoHeight',
		type: 'number',
		typeOptions: { minValue: 240, maxValue: 1920 },
		default: 720,
		description:
			'Height of the picture, from 240 to 1920; width × height may be at most 1920 × 1080',
	},
	{ ...audioProfileOption, name: 'pageAudioProfile' },
	fileFormatField,
	rtmpUrlField,
	{
		displayName: 'Page Options',
		name: 'pageOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		description: 'How the page is opened, and what else is rarely needed',
		options: [
			{
				displayName: 'Bitrate (Kbps)',
				name: 'videoBitrate',
				type: 'number',
				typeOptions: { minValue: 50, maxValue: 8000 },
				default: 2000,
				description:
					'Amount of data for the video, from 50 to 8000. Without this option Agora takes 2000 for 1280 × 720 and larger, and 1500 for less.',
			},
			{
				displayName: 'Frames per Second',
				name: 'videoFps',
				type: 'number',
				typeOptions: { minValue: 5, maxValue: 60 },
				default: 15,
				description: 'From 5 to 60; more look smoother and need a higher bitrate',
			},
			{
				displayName: 'Length of an MP4 File (Minutes)',
				name: 'maxVideoDuration',
				type: 'number',
				typeOptions: { minValue: 30, maxValue: 240 },
				default: 120,
				description:
					"After this time, or at about 2 GB, a new file begins; from 30 to 240. For 'HLS and MP4' only.",
			},
			{
				displayName: 'Mobile View',
				name: 'mobile',
				type: 'boolean',
				default: false,
				description: 'Whether to open the page as a phone would',
			},
			{
				displayName: 'Start Paused',
				name: 'onhold',
				type: 'boolean',
				default: false,
				description:
					"Whether to open the page but record nothing until the operation Update resumes it ('Change' set to 'Resume')",
			},
			{
				displayName: 'Wait for Page (Seconds)',
				name: 'readyTimeout',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 60 },
				default: 0,
				description:
					'How long to wait for the page to call window.navigator.notifyReady(), from 0 to 60. If it does not, it is reloaded once, then the recording ends. With 0 the page need not call it.',
			},
		],
	},
];
