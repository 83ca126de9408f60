import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { FRAME_RATES } from '../agora/requests/picture';
import type { ChannelProfile } from '../agora/channelProfiles';
import { VIDEO_PROFILE_KEYS, videoProfile } from '../agora/requests/videoProfiles';
import { placesOf, readMembers, type Places } from './fields';
import type { FormItem } from './item';

/** Size, frame rate and bitrate of a composite recording (rest-api.md 3.4). */

/** What most people want comes first; the other sizes follow as Agora lists them. */
const COMMON = ['1280x720_15', '1280x720_30', '1920x1080_15', '1920x1080_30', '640x360_15'];
const DEFAULT_KEY = COMMON[0];
const CUSTOM = 'custom';

const sizes: INodePropertyOptions[] = [
	...[...new Set([...COMMON, ...VIDEO_PROFILE_KEYS])].map((key) => {
		const [size, fps] = key.split('_');
		return { name: `${size.replace('x', ' × ')} at ${fps} Fps`, value: key };
	}),
	{ name: 'Custom', value: CUSTOM, description: 'Set the size, frame rate, and bitrate yourself' },
];

const customFields: INodeProperties[] = [
	{
		displayName: 'Width (Pixels)',
		name: 'width',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1920 },
		default: 1280,
		description: 'Width × height can be up to 1920 × 1080',
	},
	{
		displayName: 'Height (Pixels)',
		name: 'height',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1920 },
		default: 720,
		description: 'Width × height can be up to 1920 × 1080',
	},
	{
		displayName: 'Frames per Second',
		name: 'fps',
		type: 'options',
		options: FRAME_RATES.map((rate) => ({ name: String(rate), value: rate })),
		default: 15,
		description: 'Higher values look smoother and need a higher bitrate',
	},
	{
		displayName: 'Bitrate (Kbps)',
		name: 'bitrate',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 6500 },
		default: 2260,
		description:
			'Video bitrate, up to 6500. A value that is far off for the size may end the recording.',
	},
];

/** @param condition when there is a picture at all */
export const pictureFields = (condition: INodeProperties['displayOptions']): INodeProperties[] => [
	{
		displayName: 'Video Size',
		name: 'videoProfile',
		type: 'options',
		displayOptions: condition,
		options: sizes,
		default: DEFAULT_KEY,
		description:
			'Width × height in pixels and frames per second (fps), with the bitrate that Agora recommends. All sizes up to 1280 × 720 cost the same.',
	},
	...customFields.map((field) => ({
		...field,
		displayOptions: { ...condition, show: { videoProfile: [CUSTOM] } },
	})),
];

export const picturePlaces: Places = placesOf('', customFields);

/** Members of `transcodingConfig`; the bitrate that Agora suggests depends on the channel's profile. */
export function readPicture(
	{ parameters }: FormItem,
	channel: ChannelProfile,
): Record<string, unknown> {
	const key = parameters.choice('videoProfile', [CUSTOM, ...VIDEO_PROFILE_KEYS], DEFAULT_KEY);
	const profile = videoProfile(key, channel);
	return profile ? { ...profile } : readMembers(parameters, customFields);
}
