import type { INodeProperties } from 'n8n-workflow';
import type { FormItem } from './item';
import type { Places } from './fields';

/** `recordingFileConfig` of recordings that can have MP4 files: composite and web page (rest-api.md 3.5). */

export const fileFormatField: INodeProperties = {
	displayName: 'File Format',
	name: 'fileFormat',
	type: 'options',
	options: [
		{
			name: 'HLS',
			value: 'hls',
			description:
				'A playlist (M3U8) and many short pieces (TS), for streaming players. Half the storage.',
		},
		{
			name: 'HLS and MP4',
			value: 'hlsAndMp4',
			description:
				'The same, and MP4 files to open, share or download; a new one about every two hours',
		},
	],
	default: 'hlsAndMp4',
	description:
		'Which files Agora puts into your bucket. MP4 takes as much storage again: at 1280 × 720 about 2.1 GB an hour with HLS, 1.1 GB where the channel profile is Communication. The last MP4 file may come minutes after the end.',
};

export const fileFormatPlaces: Places = { 'recordingFileConfig.avFileType': 'fileFormat' };

/** HLS, or HLS and MP4; MP4 alone does not exist. */
export function readFileFormat({ parameters }: FormItem) {
	const format = parameters.choice('fileFormat', ['hls', 'hlsAndMp4'] as const, 'hlsAndMp4');
	return { recordingFileConfig: { avFileType: format === 'hls' ? ['hls'] : ['hls', 'mp4'] } };
}
