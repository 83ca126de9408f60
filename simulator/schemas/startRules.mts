import type { Mode } from '../routes.mts';
import type { StartRequest } from './bodies.mts';
import { LAYOUT_RULES } from './layout.mts';
import type { TranscodingConfig } from './layout.mts';
import type { RecordingConfig } from './recordingConfig.mts';
import { STORAGE_RULES } from './storage.mts';
import type { Rule } from './storage.mts';
import { audioListCount, videoListCount } from './subscription.mts';
import { rtmpParam, webRecorderParam } from './web.mts';

/** A start request, and what it was acquired for. */
export interface StartSubject {
	mode: Mode;
	/** The scene that acquire got (rest-api.md 2). */
	scene: number;
	request: StartRequest;
}

/** width x height of a canvas or page at most (rest-api.md 3.4, 3.7). */
const MAX_PIXELS = 1920 * 1080;

/** Which member exists in which modes (rest-api.md 3.1, 3.3, 3.6 and 10). */
const SCOPES: readonly [field: string, modes: readonly Mode[], page: string][] = [
	['recordingConfig', ['individual', 'mix'], 'rest-api.md 3.1'],
	['snapshotConfig', ['individual'], 'rest-api.md 3.6'],
	['extensionServiceConfig', ['web'], 'rest-api.md 3.7'],
	['appsCollection', ['individual'], 'rest-api.md 9'],
	['transcodeOptions', ['individual'], 'rest-api.md 9'],
	['recordingConfig.transcodingConfig', ['mix'], 'rest-api.md 3.4'],
	['recordingConfig.audioProfile', ['mix'], 'rest-api.md 3.3'],
	['recordingConfig.streamMode', ['individual'], 'rest-api.md 3.3'],
];

/** What a mode cannot do without. */
const REQUIRED: readonly [field: string, modes: readonly Mode[], page: string][] = [
	['recordingConfig', ['individual', 'mix'], 'rest-api.md 3.1'],
	['extensionServiceConfig', ['web'], 'rest-api.md 3.1'],
];

/** The value at a dotted path, or undefined. */
function at(request: StartRequest, path: string): unknown {
	let value: unknown = request;
	for (const key of path.split('.')) {
		if (typeof value !== 'object' || value === null) return undefined;
		value = (value as Record<string, unknown>)[key];
	}
	return value;
}

const SCOPE_RULES: readonly Rule<StartSubject>[] = SCOPES.map(([field, modes, page]) => ({
	field,
	page,
	says: `only in mode ${modes.join(' and ')}`,
	broken: ({ mode, request }) => !modes.includes(mode) && at(request, field) !== undefined,
}));

const REQUIRED_RULES: readonly Rule<StartSubject>[] = REQUIRED.map(([field, modes, page]) => ({
	field,
	page,
	says: `required in mode ${modes.join(' and ')}`,
	broken: ({ mode, request }) => modes.includes(mode) && at(request, field) === undefined,
}));

type ConfigRule = Omit<Rule<RecordingConfig>, 'field'> & { field: string };

/** rest-api.md 3.3: rules inside recordingConfig. */
const RECORDING_CONFIG_RULES: readonly ConfigRule[] = [
	{
		field: 'secret',
		page: 'rest-api.md 3.3',
		says: 'encrypted channels need the key',
		broken: ({ decryptionMode = 0, secret }) => decryptionMode !== 0 && !secret,
	},
	{
		field: 'salt',
		page: 'rest-api.md 3.3',
		says: 'decryptionMode 7 and 8 need a salt',
		broken: ({ decryptionMode = 0, salt }) => decryptionMode >= 7 && !salt,
	},
	{
		field: 'subscribeAudioUids',
		page: 'rest-api.md 3.3, rule 3',
		says: 'one list of audio uids at most',
		broken: (config) => audioListCount(config) > 1,
	},
	{
		field: 'subscribeVideoUids',
		page: 'rest-api.md 3.3, rule 3',
		says: 'one list of video uids at most',
		broken: (config) => videoListCount(config) > 1,
	},
	{
		field: 'subscribeVideoUids',
		page: 'rest-api.md 3.3, rule 4',
		says: 'streamTypes 0 has no list of video uids',
		broken: (config) => config.streamTypes === 0 && videoListCount(config) > 0,
	},
	{
		field: 'subscribeAudioUids',
		page: 'rest-api.md 3.3, rule 4',
		says: 'streamTypes 1 has no list of audio uids',
		broken: (config) => config.streamTypes === 1 && audioListCount(config) > 0,
	},
	{
		field: 'streamMode',
		page: 'rest-api.md 3.3',
		says: 'original needs streamTypes 0',
		broken: ({ streamMode, streamTypes = 2 }) => streamMode === 'original' && streamTypes !== 0,
	},
];

type CanvasRule = Omit<Rule<TranscodingConfig>, 'field'> & { field: string };

/** rest-api.md 3.4: the canvas; the layout's rules are updateLayout's too. */
const CANVAS_RULES: readonly CanvasRule[] = [
	{
		field: 'width',
		page: 'rest-api.md 3.4',
		says: 'width x height is at most 1920 x 1080',
		broken: ({ width = 360, height = 640 }) => width * height > MAX_PIXELS,
	},
	...LAYOUT_RULES,
];

/** rest-api.md 3.5 to 3.7 and 9: members outside recordingConfig, and members of several objects. */
const OTHER_RULES: readonly Rule<StartSubject>[] = [
	{
		field: 'recordingFileConfig.avFileType',
		page: 'rest-api.md 3.5',
		says: 'individual mode makes no mp4',
		broken: ({ mode, request }) =>
			mode === 'individual' &&
			(request.recordingFileConfig?.avFileType ?? []).some((type) => type === 'mp4'),
	},
	{
		field: 'recordingConfig.streamTypes',
		page: 'rest-api.md 3.6',
		says: 'screenshots need video',
		broken: ({ request }) =>
			request.snapshotConfig !== undefined && request.recordingConfig?.streamTypes === 0,
	},
	{
		field: 'recordingConfig.subscribeVideoUids',
		page: 'rest-api.md 3.6',
		says: 'screenshots with a list of audio uids need one of video uids',
		broken: ({ request: { snapshotConfig, recordingConfig } }) =>
			snapshotConfig !== undefined &&
			recordingConfig?.subscribeAudioUids !== undefined &&
			recordingConfig.subscribeVideoUids === undefined,
	},
	{
		field: 'extensionServiceConfig.extensionServices',
		page: 'rest-api.md 3.7',
		says: 'one web_recorder_service is needed, and one rtmp_publish_service allowed',
		broken: ({ request: { extensionServiceConfig } }) => {
			if (extensionServiceConfig === undefined) return false;
			const { extensionServices } = extensionServiceConfig;
			return (
				webRecorderParam(extensionServices) === undefined ||
				(extensionServices.length === 2 && rtmpParam(extensionServices) === undefined)
			);
		},
	},
	{
		field: 'extensionServiceConfig.extensionServices[].serviceParam.videoWidth',
		page: 'rest-api.md 3.7',
		says: 'videoWidth x videoHeight is at most 1920 x 1080',
		broken: ({ request: { extensionServiceConfig } }) => {
			const page = webRecorderParam(extensionServiceConfig?.extensionServices ?? []);
			return page !== undefined && page.videoWidth * page.videoHeight > MAX_PIXELS;
		},
	},
	{
		field: 'transcodeOptions.container.format',
		page: 'rest-api.md 9',
		says: 'transcoding makes mp4, mixing mp3, m4a or aac',
		broken: ({ request: { transcodeOptions } }) => {
			const format = transcodeOptions?.container?.format;
			if (format === undefined) return false;
			return (
				(transcodeOptions?.transConfig.transMode === 'postponeTranscoding') !== (format === 'mp4')
			);
		},
	},
];

/** rest-api.md 2, 9 and 10: what was acquired decides what can be started. */
export const SCENE_RULES: readonly Rule<StartSubject>[] = [
	{
		field: 'mode',
		page: 'rest-api.md 10',
		says: 'mode web goes with scene 1 of acquire, and only with it',
		broken: ({ mode, scene }) => (mode === 'web') !== (scene === 1),
	},
	{
		field: 'mode',
		page: 'rest-api.md 9',
		says: 'scene 2 of acquire is for mode individual',
		broken: ({ mode, scene }) => scene === 2 && mode !== 'individual',
	},
	{
		field: 'appsCollection',
		page: 'rest-api.md 9',
		says: 'scene 2 of acquire needs it',
		broken: ({ scene, request }) => scene === 2 && request.appsCollection === undefined,
	},
];

/** Applies rules about a part of the request to the whole of it. */
function within<Part>(
	prefix: string,
	part: (request: StartRequest) => Part | undefined,
	rules: readonly Rule<Part>[],
): Rule<StartSubject>[] {
	return rules.map((rule) => ({
		...rule,
		field: `${prefix}${rule.field}`,
		broken: ({ request }) => {
			const subject = part(request);
			return subject !== undefined && rule.broken(subject);
		},
	}));
}

/** Every rule of a start request that concerns more than one value. */
export const START_RULES: readonly Rule<StartSubject>[] = [
	...SCOPE_RULES,
	...REQUIRED_RULES,
	...within('recordingConfig.', (request) => request.recordingConfig, RECORDING_CONFIG_RULES),
	...within(
		'recordingConfig.transcodingConfig.',
		(request) => request.recordingConfig?.transcodingConfig,
		CANVAS_RULES,
	),
	...within('', (request) => request.storageConfig, STORAGE_RULES),
	...OTHER_RULES,
];
