import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { webPageServices } from '../agora/requests/webPage';
import { audioProfileOption } from './channel';
import { placesOf, placesUnder, readMembers, type Places } from './fields';
import { fileFormatField, fileFormatPlaces, readFileFormat } from './fileFormat';
import type { FormItem } from './item';
import { RECORDING_OPTIONS } from './options';

/** What a web page recording is to be like (rest-api.md 3.7). */

export const rtmpUrlField: INodeProperties = {
	displayName: 'CDN Push URL',
	name: 'rtmpUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. rtmp://live.example.com/app/stream-key',
	description:
		'Address (rtmp:// or rtmps://) of a CDN or live streaming service to push the page to. Leave empty to only record.',
};

const pageUrlField: INodeProperties = {
	displayName: 'Page URL',
	name: 'url',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. https://example.com/room/7?view=recorder',
	description:
		'Address of the page to record. It must be public, need no sign-in or clicks, and fit on one screen.',
};

/** What most people want comes first. */
const SIZES = ['1280x720', '1920x1080', '854x480', '640x360', '720x1280', '1080x1920'];
const CUSTOM = 'custom';

const sizes: INodePropertyOptions[] = [
	...SIZES.map((size) => ({ name: size.replace('x', ' × '), value: size })),
	{ name: 'Custom', value: CUSTOM, description: 'Set the width and height yourself' },
];

const customSizeFields: INodeProperties[] = [
	{
		displayName: 'Width (Pixels)',
		name: 'videoWidth',
		type: 'number',
		displayOptions: { show: { pageSize: [CUSTOM] } },
		typeOptions: { minValue: 240, maxValue: 1920 },
		default: 1280,
		description: 'Width of the video, from 240 to 1920. Width × height can be up to 1920 × 1080.',
	},
	{
		displayName: 'Height (Pixels)',
		name: 'videoHeight',
		type: 'number',
		displayOptions: { show: { pageSize: [CUSTOM] } },
		typeOptions: { minValue: 240, maxValue: 1920 },
		default: 720,
		description: 'Height of the video, from 240 to 1920. Width × height can be up to 1920 × 1080.',
	},
];

const hoursField: INodeProperties = {
	displayName: 'Stop After (Hours)',
	name: 'maxRecordingHour',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 720 },
	default: 3,
	description:
		'Maximum length of the recording, from 1 to 720. Unless you stop it, a web page is recorded and billed until then.',
};

export const webPageRows: INodeProperties[] = [
	pageUrlField,
	fileFormatField,
	{
		displayName: 'Video Size',
		name: 'pageSize',
		type: 'options',
		options: sizes,
		default: '1280x720',
		description: 'Width × height of the video in pixels',
	},
	...customSizeFields,
	hoursField,
];

/** Entries of Recording Options that are sent as they are entered. */
const plainOptions: INodeProperties[] = [
	audioProfileOption,
	{
		displayName: 'Bitrate (Kbps)',
		name: 'videoBitrate',
		type: 'number',
		typeOptions: { minValue: 50, maxValue: 8000 },
		default: 2000,
		description:
			'Video bitrate, from 50 to 8000. Defaults to 2000 for 1280 × 720 and larger, and 1500 for smaller sizes.',
	},
	{
		displayName: 'Frames per Second',
		name: 'videoFps',
		type: 'number',
		typeOptions: { minValue: 5, maxValue: 60 },
		default: 15,
		description: 'From 5 to 60. Higher values look smoother and need a higher bitrate.',
	},
	{
		displayName: 'MP4 File Length (Minutes)',
		name: 'maxVideoDuration',
		type: 'number',
		typeOptions: { minValue: 30, maxValue: 240 },
		displayOptions: { show: { '/fileFormat': ['hlsAndMp4'] } },
		default: 120,
		description:
			'Length at which a new file begins, from 30 to 240. A new file also begins at about 2 GB.',
	},
	{
		displayName: 'Mobile View',
		name: 'mobile',
		type: 'boolean',
		default: false,
		description: 'Whether to render the page as on a phone',
	},
	{
		displayName: 'Start Paused',
		name: 'onhold',
		type: 'boolean',
		default: false,
		description:
			"Whether to open the page without recording until you resume it with the Update operation ('Change' set to 'Resume')",
	},
	{
		displayName: 'Page Ready Timeout (Seconds)',
		name: 'readyTimeout',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 60 },
		default: 0,
		description:
			'How long to wait for the page to call window.navigator.notifyReady(), from 0 (do not wait) to 60. If it times out, the page is reloaded once, then the recording ends.',
	},
];

export const webPageOptions: INodeProperties[] = [...plainOptions, rtmpUrlField];

export const webPagePlaces: Places = {
	...fileFormatPlaces,
	...placesUnder('extensionServiceConfig.extensionServices.*.serviceParam.', {
		...placesOf('', [pageUrlField, hoursField]),
		...placesOf('', customSizeFields),
		...placesOf('', plainOptions, `${RECORDING_OPTIONS}.`),
		'outputs.*.rtmpUrl': `${RECORDING_OPTIONS}.rtmpUrl`,
	}),
};

function readSize({ parameters }: FormItem): Record<string, unknown> {
	const size = parameters.choice('pageSize', [...SIZES, CUSTOM], SIZES[0]);
	const [videoWidth, videoHeight] = (size === CUSTOM ? SIZES[0] : size).split('x').map(Number);
	return {
		videoWidth,
		videoHeight,
		...(size === CUSTOM && readMembers(parameters, customSizeFields)),
	};
}

/** Start's `clientRequest`, without storage. */
export function readWebPage(item: FormItem): Record<string, unknown> {
	const options = item.parameters.within(RECORDING_OPTIONS);
	const page = {
		audioProfile: audioProfileOption.default,
		...readSize(item),
		...readMembers(item.parameters, [pageUrlField, hoursField]),
		...readMembers(options, plainOptions),
	};
	return {
		extensionServiceConfig: webPageServices(page, options.optionalText('rtmpUrl')),
		...readFileFormat(item),
	};
}
