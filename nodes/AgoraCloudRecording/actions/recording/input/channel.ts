import type { CompositeRequest, IndividualRequest } from '../../../agora/requests/start';
import { defined } from '../../../agora/objects';
import type { StorageConfig } from '../../../agora/requests/storage';
import { AUDIO_AND_VIDEO, AUDIO_ONLY } from '../../../agora/requests/subscriptions';
import {
	LIVE_BROADCASTING,
	VIDEO_PROFILE_KEYS,
	videoProfile,
} from '../../../agora/requests/videoProfiles';
import type { ItemRun } from '../../operation';
import { readLayout } from './layout';
import { readChoices, readLists, readUidGroup } from './subscription';

/** Start's `clientRequest` for recordings of a channel, read from the form (rest-api.md 3.1 to 3.6). */

/** What the API takes where nothing is sent; sent together, because they belong together. */
const CUSTOM_VIDEO = { width: 640, height: 360, fps: 15, bitrate: 500 };
const DEFAULT_IDLE_S = 300;

/** Members of `recordingConfig` that composite and individual recordings share. */
function readChannelConfig({ parameters }: ItemRun) {
	const decryptionMode = parameters.optionalNumber('recordingOptions.decryptionMode');
	const encrypted = decryptionMode !== undefined && decryptionMode !== 0;
	const key = parameters.optionalText('recordingOptions.secret');
	if (key !== undefined && !encrypted) {
		throw parameters.refusal(
			'recordingOptions.secret',
			key,
			"a key only with an 'Encryption Mode'",
		);
	}
	const idle = parameters.number('maxIdleTime', DEFAULT_IDLE_S);
	return {
		channelType: parameters.number('channelType', LIVE_BROADCASTING),
		videoStreamType: parameters.optionalNumber('recordingOptions.videoStreamType'),
		maxIdleTime: idle,
		decryptionMode,
		...(encrypted && {
			secret: key,
			salt: decryptionMode >= 7 ? parameters.optionalText('recordingOptions.salt') : undefined,
		}),
		privateParams: parameters.boolean('recordingOptions.correctEXTINF', false)
			? JSON.stringify({ correctEXTINF: true })
			: undefined,
	};
}

function readVideo({ parameters }: ItemRun) {
	const key = parameters.choice('videoProfile', ['custom', ...VIDEO_PROFILE_KEYS], '640x360_15');
	const profile = videoProfile(key, parameters.number('channelType', LIVE_BROADCASTING));
	return (
		profile ?? {
			width: parameters.number('video.width', CUSTOM_VIDEO.width),
			height: parameters.number('video.height', CUSTOM_VIDEO.height),
			fps: parameters.number('video.fps', CUSTOM_VIDEO.fps),
			bitrate: parameters.number('video.bitrate', CUSTOM_VIDEO.bitrate),
		}
	);
}

/** HLS, or HLS and MP4; MP4 alone does not exist. */
export function readFileFormat({ parameters }: ItemRun) {
	const format = parameters.choice('fileFormat', ['hls', 'hlsAndMp4'] as const, 'hls');
	return { avFileType: format === 'hls' ? ['hls'] : ['hls', 'mp4'] };
}

export function readComposite(run: ItemRun, storageConfig: StorageConfig): CompositeRequest {
	const { parameters } = run;
	const streamTypes = parameters.number('streamTypes', AUDIO_AND_VIDEO);
	return defined({
		recordingConfig: defined({
			...readChannelConfig(run),
			streamTypes,
			...readLists(run, readChoices(run, streamTypes)),
			audioProfile: parameters.optionalNumber('recordingOptions.audioProfile'),
			extensionParams: parameters.boolean('recordingOptions.enableNTPtimestamp', false)
				? { enableNTPtimestamp: true }
				: undefined,
			transcodingConfig:
				streamTypes === AUDIO_ONLY ? undefined : { ...readVideo(run), ...readLayout(parameters) },
		}),
		recordingFileConfig: readFileFormat(run),
		storageConfig,
	});
}

/** Postponed transcoding or audio mixing; the audio settings belong to mixing alone. */
function readPostponed({ parameters }: ItemRun) {
	const mode = readPostponedMode({ parameters });
	if (!mode) return {};
	const option = (name: string) => parameters.optionalText(`recordingOptions.postponed${name}`);
	const format = option('Format');
	const audio = defined({
		sampleRate: option('SampleRate'),
		bitrate: option('Bitrate'),
		channels: option('Channels'),
	});
	return {
		appsCollection: { combinationPolicy: 'postpone_transcoding' },
		transcodeOptions: {
			transConfig: { transMode: mode },
			...(format && { container: { format } }),
			...(mode === 'audioMix' && Object.keys(audio).length > 0 && { audio }),
		},
	};
}

/** What is to be done afterwards, in Agora's words; undefined for nothing. */
export function readPostponedMode({ parameters }: Pick<ItemRun, 'parameters'>) {
	const modes = ['none', 'postponeTranscoding', 'audioMix'] as const;
	const mode = parameters.choice('recordingOptions.postponed', modes, 'none');
	return mode === 'none' ? undefined : mode;
}

/** Agora's guide takes screenshots every second, its reference every five at most (rest-api.md 3.6). */
const SAFE_INTERVAL_S = 5;

function readInterval({ parameters, warn }: ItemRun): number {
	const seconds = parameters.number('captureInterval', 10);
	if (seconds >= 1 && seconds < SAFE_INTERVAL_S) {
		warn(
			`Agora's documents disagree on whether screenshots can be taken more often than every ${SAFE_INTERVAL_S} seconds. If there are none, set '${parameters.nameOf('captureInterval')}' to ${SAFE_INTERVAL_S}.`,
		);
	}
	return seconds;
}

export function readIndividual(run: ItemRun, storageConfig: StorageConfig): IndividualRequest {
	const { parameters } = run;
	const contents = ['recording', 'screenshots', 'both'] as const;
	const content = parameters.choice('individualContent', contents, 'recording');
	const onlyScreenshots = content === 'screenshots';
	const streamTypes = onlyScreenshots
		? AUDIO_AND_VIDEO
		: parameters.number('streamTypes', AUDIO_AND_VIDEO);
	const choices = readChoices(run, streamTypes);
	return defined({
		recordingConfig: defined({
			...readChannelConfig(run),
			...readLists(run, choices),
			subscribeUidGroup: readUidGroup(run, choices),
			...(!onlyScreenshots && {
				streamTypes,
				streamMode: parameters.text('streamMode') || 'standard',
			}),
		}),
		recordingFileConfig: onlyScreenshots ? undefined : { avFileType: ['hls'] },
		snapshotConfig:
			content === 'recording'
				? undefined
				: { captureInterval: readInterval(run), fileType: ['jpg'] },
		storageConfig,
		...readPostponed(run),
	});
}
