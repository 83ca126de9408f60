import type { INodeProperties } from 'n8n-workflow';
import { placesOf, readMembers, togetherAs, type Places } from './fields';
import type { FormItem } from './item';
import { RECORDING_OPTIONS } from './options';

/** Postponed transcoding and audio mixing: no longer on Agora's English pages (rest-api.md section 9). */

const fields: INodeProperties[] = [
	{
		displayName: 'Processing',
		name: 'mode',
		type: 'options',
		options: [
			{
				name: 'Mix Audio Afterwards',
				value: 'audioMix',
				description: 'One audio file of all users, within 24 hours after the recording ends',
			},
			{
				name: 'Transcode Afterwards',
				value: 'postponeTranscoding',
				description: 'An MP4 file for each user, within 24 hours after the recording ends',
			},
		],
		default: 'postponeTranscoding',
		description:
			"How Agora processes the files after the recording. No longer in Agora's English documentation, so Agora may reject it. The storage key must be able to read and write.",
	},
	{
		displayName: 'Audio Bitrate',
		name: 'bitrate',
		type: 'string',
		displayOptions: { show: { mode: ['audioMix'] } },
		default: '48000',
		description: 'In bits per second',
	},
	{
		displayName: 'Audio Channels',
		name: 'channels',
		type: 'options',
		displayOptions: { show: { mode: ['audioMix'] } },
		options: [
			{ name: 'Mono', value: '1' },
			{ name: 'Stereo', value: '2' },
		],
		default: '2',
		description: 'Mono or stereo',
	},
	{
		displayName: 'File Format',
		name: 'format',
		type: 'options',
		displayOptions: { show: { mode: ['audioMix'] } },
		options: [
			{ name: 'AAC', value: 'aac' },
			{ name: 'M4A', value: 'm4a' },
			{ name: 'MP3', value: 'mp3' },
		],
		default: 'mp3',
		description: 'Format of the mixed audio file',
	},
	{
		displayName: 'Sample Rate',
		name: 'sampleRate',
		type: 'options',
		displayOptions: { show: { mode: ['audioMix'] } },
		options: [
			{ name: '16 kHz', value: '16000' },
			{ name: '32 kHz', value: '32000' },
			{ name: '48 kHz', value: '48000' },
		],
		default: '48000',
		description: 'Samples per second',
	},
];

const PLACE = `${RECORDING_OPTIONS}.postponed.processing`;

export const postponedOption = togetherAs(
	{
		displayName: 'Postponed Processing (Legacy)',
		name: 'postponed',
		description: 'How Agora processes the files after the recording',
	},
	'processing',
	fields,
);

export const postponedPlaces: Places = {
	...placesOf('transcodeOptions.container.', fields, `${PLACE}.`),
	...placesOf('transcodeOptions.audio.', fields, `${PLACE}.`),
};

const MODES = ['postponeTranscoding', 'audioMix'] as const;

const SWITCH = `${RECORDING_OPTIONS}.postponedProcessing`;

/** For Acquire where it is not told the start to come: a resource is for postponed processing, or not. */
export const postponedSwitch: INodeProperties = {
	displayName: 'Postponed Processing (Legacy)',
	name: 'postponedProcessing',
	type: 'boolean',
	displayOptions: { show: { '/mode': ['individual'] } },
	default: false,
	description: "Whether Start will use 'Postponed Processing (Legacy)'",
};

/** Whether anything is to be done afterwards. */
export const isPostponed = ({ parameters }: FormItem): boolean =>
	parameters.raw(PLACE) !== undefined || parameters.boolean(SWITCH, false);

/** The audio settings belong to mixing alone: what is transcoded becomes MP4. */
export function readPostponed(item: FormItem): Record<string, unknown> {
	if (item.parameters.raw(PLACE) === undefined) return {};
	const form = item.parameters.within(PLACE);
	const transMode = form.choice('mode', MODES, 'postponeTranscoding');
	const { format, sampleRate, bitrate, channels } = readMembers(form, fields);
	return {
		appsCollection: { combinationPolicy: 'postpone_transcoding' },
		transcodeOptions: {
			transConfig: { transMode },
			...(transMode === 'audioMix' && {
				container: { format },
				audio: { sampleRate, bitrate, channels },
			}),
		},
	};
}
