import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { FRAME_RATES } from '../agora/requests/picture';
import { VIDEO_PROFILE_KEYS } from '../agora/requests/videoProfiles';

const withPicture = { hide: { streamTypes: [0] } };

const SIZES: INodePropertyOptions[] = [
	{ name: 'Custom', value: 'custom', description: 'A size, frame rate and bitrate of your own' },
	...VIDEO_PROFILE_KEYS.map((key) => {
		const [size, fps] = key.split('_');
		return { name: `${size.replace('x', ' × ')}, ${fps} Frames per Second`, value: key };
	}),
];

/** Size, frame rate and bitrate of a composite recording. */
export const pictureFields: INodeProperties[] = [
	{
		displayName: 'Video Size',
		name: 'videoProfile',
		type: 'options',
		displayOptions: withPicture,
		options: SIZES,
		default: '640x360_15',
		description: 'Width × height in pixels, with the bitrate that Agora suggests for it',
	},
	{
		displayName: 'Picture',
		name: 'video',
		type: 'collection',
		placeholder: 'Add field',
		displayOptions: { ...withPicture, show: { videoProfile: ['custom'] } },
		default: { width: 640, height: 360, fps: 15, bitrate: 500 },
		description: 'Width, height, frame rate and bitrate of the video',
		options: [
			{
				displayName: 'Bitrate (Kbps)',
				name: 'bitrate',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 6500 },
				default: 500,
				description:
					'Amount of data for the video, at most 6500. One that is far too high or too low for the size may end the recording.',
			},
			{
				displayName: 'Frames per Second',
				name: 'fps',
				type: 'options',
				options: FRAME_RATES.map((rate) => ({ name: String(rate), value: rate })),
				default: 15,
				description: 'More look smoother and need a higher bitrate',
			},
			{
				displayName: 'Height (Pixels)',
				name: 'height',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1920 },
				default: 360,
				description: 'Width × height may be at most 1920 × 1080',
			},
			{
				displayName: 'Width (Pixels)',
				name: 'width',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1920 },
				default: 640,
				description: 'Width × height may be at most 1920 × 1080',
			},
		],
	},
];
