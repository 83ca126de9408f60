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
				'A playlist (M3U8) and many short slices (TS), for streaming players. Takes half the storage.',
		},
		{
			name: 'HLS and MP4',
			value: 'hlsAndMp4',
			description:
				'HLS plus MP4 files to open, share, or download. A new MP4 file begins about every two hours.',
		},
	],
	default: 'hlsAndMp4',
	description:
		'Which files Agora uploads to your bucket. MP4 doubles the storage: at 1280 × 720, HLS and MP4 take about 2.1 GB per hour, or 1.1 GB with the Communication profile. The last MP4 file may arrive minutes after the recording ends.',
};

export const fileFormatPlaces: Places = { 'recordingFileConfig.avFileType': 'fileFormat' };

/** HLS, or HLS and MP4; MP4 alone does not exist. */
export function readFileFormat({ parameters }: FormItem) {
	const format = parameters.choice('fileFormat', ['hls', 'hlsAndMp4'] as const, 'hlsAndMp4');
	return { recordingFileConfig: { avFileType: format === 'hls' ? ['hls'] : ['hls', 'mp4'] } };
}
