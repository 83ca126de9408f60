/**
 * Every request field of Agora's Cloud Recording REST API, as the reference documents it: one row for each
 * field of each request body. Written from the reference alone, so that it can be held against the node.
 *
 * - `path` is the path inside the request body. `layoutConfig[].x_axis` is a member of every element;
 *   `extensionServices[web_recorder_service].serviceParam.url` is a member of the element whose
 *   `serviceName` is the word in brackets.
 * - `modes` are the modes the field belongs to. In every other mode the form must not produce it.
 * - `source` names the section of the reference. S0…S4 are the seeds, D23/D26 the documentation of 2023
 *   and of June 2026, CN the Chinese documentation, GO/NODE the official clients.
 *
 * The members of `clientRequest.startParameter` (acquire) are the rows of `start` without its envelope: they
 * have to be identical (rest-api.md 2), so they are not repeated here.
 * Query and "get NCS IPs" have no body (rest-api.md 6 and 8). Path parameters are not request fields here.
 */

export type Operation = 'acquire' | 'start' | 'update' | 'updateLayout' | 'stop';
export type Mode = 'mix' | 'individual' | 'web';
export type FieldType = 'number' | 'string' | 'boolean' | 'string[]' | 'object' | 'object[]';

export interface Field {
	operation: Operation;
	path: string;
	type: FieldType;
	modes: Mode[];
	source: string;
	/** Only for rows that exist twice, by value: scene 2 is a feature of its own */
	value?: number;
	/** The documentation of 2026 has dropped it */
	legacy?: true;
	/** Undocumented or retired: reachable through the JSON field only */
	extraOnly?: true;
	/** The other spelling of the same field; one of the two is sent, never both (rest-api.md 3.3, rule 7) */
	alternative?: string;
}

type Row = [path: string, type: FieldType, source: string, alternative?: string];

const ALL: Mode[] = ['mix', 'individual', 'web'];
const RTC: Mode[] = ['mix', 'individual'];
const MIX: Mode[] = ['mix'];
const INDIVIDUAL: Mode[] = ['individual'];
const WEB: Mode[] = ['web'];

function rows(
	operation: Operation,
	modes: Mode[],
	prefix: string,
	list: Row[],
	more: Partial<Pick<Field, 'legacy' | 'extraOnly' | 'value'>> = {},
): Field[] {
	return list.map(([path, type, source, alternative]) => ({
		operation,
		path: `${prefix}${path}`,
		type,
		modes,
		source,
		...(alternative === undefined ? {} : { alternative: `${prefix}${alternative}` }),
		...more,
	}));
}

const ENVELOPE: Row[] = [
	['cname', 'string', 'rest-api.md 1 (session identity rules), 2'],
	['uid', 'string', 'rest-api.md 1 (session identity rules), 2'],
	['clientRequest', 'object', 'rest-api.md 1 (session identity rules), 2'],
];

/** rest-api.md 3.2, and 4: "same members as 3.2 plus extensionParams.endpoint" */
const STORAGE: Row[] = [
	['storageConfig', 'object', 'rest-api.md 3.1, 4'],
	['storageConfig.vendor', 'number', 'rest-api.md 3.2; storage.md 1'],
	['storageConfig.region', 'number', 'rest-api.md 3.2; storage.md 1 and 2'],
	['storageConfig.bucket', 'string', 'rest-api.md 3.2'],
	['storageConfig.accessKey', 'string', 'rest-api.md 3.2'],
	['storageConfig.secretKey', 'string', 'rest-api.md 3.2'],
	['storageConfig.stsToken', 'string', 'rest-api.md 3.2; storage.md 3 (STS)'],
	['storageConfig.stsExpiration', 'number', 'rest-api.md 3.2; storage.md 3 (STS)'],
	['storageConfig.fileNamePrefix', 'string[]', 'rest-api.md 3.2'],
	['storageConfig.extensionParams', 'object', 'rest-api.md 3.2'],
	['storageConfig.extensionParams.sse', 'string', 'rest-api.md 3.2; storage.md 3 (Amazon S3)'],
	['storageConfig.extensionParams.tag', 'string', 'rest-api.md 3.2; storage.md 3'],
	[
		'storageConfig.extensionParams.endpoint',
		'string',
		'rest-api.md 3.2 and 4; storage.md 3 (S3-compatible)',
	],
];

/** rest-api.md 5: "identical meaning and limits as in 3.4" */
const LAYOUT: Row[] = [
	['maxResolutionUid', 'string', 'rest-api.md 3.4, 5'],
	['mixedVideoLayout', 'number', 'rest-api.md 3.4, 5'],
	['backgroundColor', 'string', 'rest-api.md 3.4, 5'],
	['backgroundImage', 'string', 'rest-api.md 3.4, 5'],
	['defaultUserBackgroundImage', 'string', 'rest-api.md 3.4, 5'],
	['layoutConfig', 'object[]', 'rest-api.md 3.4, 5'],
	['layoutConfig[].uid', 'string', 'rest-api.md 3.4, 5'],
	['layoutConfig[].x_axis', 'number', 'rest-api.md 3.4, 5'],
	['layoutConfig[].y_axis', 'number', 'rest-api.md 3.4, 5'],
	['layoutConfig[].width', 'number', 'rest-api.md 3.4, 5'],
	['layoutConfig[].height', 'number', 'rest-api.md 3.4, 5'],
	['layoutConfig[].alpha', 'number', 'rest-api.md 3.4, 5'],
	['layoutConfig[].render_mode', 'number', 'rest-api.md 3.4, 5'],
	// S1 lists the type as object in one of its tables; everywhere else it is an array
	['backgroundConfig', 'object[]', 'rest-api.md 3.4, 5'],
	['backgroundConfig[].uid', 'string', 'rest-api.md 3.4, 5'],
	['backgroundConfig[].image_url', 'string', 'rest-api.md 3.4, 5'],
	['backgroundConfig[].render_mode', 'number', 'rest-api.md 3.4, 5'],
];

const ACQUIRE: Field[] = [
	...rows('acquire', ALL, '', ENVELOPE),
	...rows('acquire', ALL, 'clientRequest.', [
		['scene', 'number', 'rest-api.md 2'],
		['resourceExpiredHour', 'number', 'rest-api.md 2'],
		['startParameter', 'object', 'rest-api.md 2'],
		['excludeResourceIds', 'string[]', 'rest-api.md 2'],
		['region', 'string', 'rest-api.md 2'],
	]),
	...rows(
		'acquire',
		INDIVIDUAL,
		'clientRequest.',
		[['scene', 'number', 'rest-api.md 2 and 9 (S1, D23)']],
		{ legacy: true, value: 2 },
	),
	...rows(
		'acquire',
		ALL,
		'clientRequest.',
		[['regionAffinity', 'number', 'rest-api.md 2 (GO and NODE only, undocumented)']],
		{ extraOnly: true },
	),
];

const START: Field[] = [
	...rows('start', ALL, '', ENVELOPE),
	// "not needed" in web page recording (rest-api.md 3.1)
	...rows('start', RTC, 'clientRequest.', [['token', 'string', 'rest-api.md 3.1; token.md']]),
	...rows('start', ALL, 'clientRequest.', STORAGE),
	...rows('start', RTC, 'clientRequest.', [
		['recordingConfig', 'object', 'rest-api.md 3.1'],
		['recordingConfig.channelType', 'number', 'rest-api.md 3.3'],
		['recordingConfig.decryptionMode', 'number', 'rest-api.md 3.3'],
		['recordingConfig.secret', 'string', 'rest-api.md 3.3'],
		['recordingConfig.salt', 'string', 'rest-api.md 3.3'],
		['recordingConfig.maxIdleTime', 'number', 'rest-api.md 3.3'],
		['recordingConfig.streamTypes', 'number', 'rest-api.md 3.3'],
		['recordingConfig.videoStreamType', 'number', 'rest-api.md 3.3'],
		['recordingConfig.subscribeAudioUids', 'string[]', 'rest-api.md 3.3'],
		[
			'recordingConfig.unSubscribeAudioUids',
			'string[]',
			'rest-api.md 3.3, rule 7',
			'recordingConfig.unsubscribeAudioUids',
		],
		['recordingConfig.subscribeVideoUids', 'string[]', 'rest-api.md 3.3'],
		[
			'recordingConfig.unSubscribeVideoUids',
			'string[]',
			'rest-api.md 3.3, rule 7',
			'recordingConfig.unsubscribeVideoUids',
		],
		['recordingConfig.privateParams', 'string', 'rest-api.md 3.3; best-practices.md 7 (M3U8 tags)'],
	]),
	...rows('start', INDIVIDUAL, 'clientRequest.', [
		['recordingConfig.subscribeUidGroup', 'number', 'rest-api.md 3.3'],
		['recordingConfig.streamMode', 'string', 'rest-api.md 3.3 and 3.8'],
		['snapshotConfig', 'object', 'rest-api.md 3.1'],
		['snapshotConfig.captureInterval', 'number', 'rest-api.md 3.6'],
		['snapshotConfig.fileType', 'string[]', 'rest-api.md 3.6'],
	]),
	...rows('start', MIX, 'clientRequest.recordingConfig.', [
		['audioProfile', 'number', 'rest-api.md 3.3'],
		// The only sample is composite; individual mode is not confirmed
		['extensionParams', 'object', 'rest-api.md 3.3'],
		['extensionParams.enableNTPtimestamp', 'boolean', 'rest-api.md 3.3'],
		['transcodingConfig', 'object', 'rest-api.md 3.3'],
		['transcodingConfig.width', 'number', 'rest-api.md 3.4'],
		['transcodingConfig.height', 'number', 'rest-api.md 3.4'],
		['transcodingConfig.fps', 'number', 'rest-api.md 3.4'],
		['transcodingConfig.bitrate', 'number', 'rest-api.md 3.4'],
	]),
	...rows('start', MIX, 'clientRequest.recordingConfig.transcodingConfig.', LAYOUT),
	...rows('start', ALL, 'clientRequest.', [
		['recordingFileConfig', 'object', 'rest-api.md 3.1'],
		['recordingFileConfig.avFileType', 'string[]', 'rest-api.md 3.5'],
	]),
	...rows('start', WEB, 'clientRequest.', [
		['extensionServiceConfig', 'object', 'rest-api.md 3.1'],
		['extensionServiceConfig.errorHandlePolicy', 'string', 'rest-api.md 3.7'],
		['extensionServiceConfig.extensionServices', 'object[]', 'rest-api.md 3.7'],
	]),
	...rows(
		'start',
		WEB,
		'clientRequest.extensionServiceConfig.extensionServices[web_recorder_service].',
		[
			['serviceName', 'string', 'rest-api.md 3.7'],
			['errorHandlePolicy', 'string', 'rest-api.md 3.7'],
			['serviceParam', 'object', 'rest-api.md 3.7'],
			['serviceParam.url', 'string', 'rest-api.md 3.7'],
			['serviceParam.audioProfile', 'number', 'rest-api.md 3.7'],
			['serviceParam.videoWidth', 'number', 'rest-api.md 3.7'],
			['serviceParam.videoHeight', 'number', 'rest-api.md 3.7'],
			['serviceParam.maxRecordingHour', 'number', 'rest-api.md 3.7'],
			['serviceParam.videoBitrate', 'number', 'rest-api.md 3.7'],
			['serviceParam.videoFps', 'number', 'rest-api.md 3.7'],
			['serviceParam.mobile', 'boolean', 'rest-api.md 3.7'],
			['serviceParam.maxVideoDuration', 'number', 'rest-api.md 3.7'],
			['serviceParam.onhold', 'boolean', 'rest-api.md 3.7'],
			['serviceParam.readyTimeout', 'number', 'rest-api.md 3.7'],
		],
	),
	...rows(
		'start',
		WEB,
		'clientRequest.extensionServiceConfig.extensionServices[rtmp_publish_service].',
		[
			['serviceName', 'string', 'rest-api.md 3.7'],
			['errorHandlePolicy', 'string', 'rest-api.md 3.7'],
			['serviceParam', 'object', 'rest-api.md 3.7'],
			['serviceParam.outputs', 'object[]', 'rest-api.md 3.7 (S1, web page guide)'],
			['serviceParam.outputs[].rtmpUrl', 'string', 'rest-api.md 3.7 (S1, web page guide)'],
		],
	),
	...rows(
		'start',
		INDIVIDUAL,
		'clientRequest.',
		[
			['appsCollection', 'object', 'rest-api.md 3.1 and 9 (S1)'],
			['appsCollection.combinationPolicy', 'string', 'rest-api.md 9 (S1)'],
			['transcodeOptions', 'object', 'rest-api.md 3.1 and 9 (S1)'],
			['transcodeOptions.transConfig', 'object', 'rest-api.md 9 (S1)'],
			['transcodeOptions.transConfig.transMode', 'string', 'rest-api.md 9 (S1)'],
			['transcodeOptions.container', 'object', 'rest-api.md 9 (S1)'],
			['transcodeOptions.container.format', 'string', 'rest-api.md 9 (S1)'],
			['transcodeOptions.audio', 'object', 'rest-api.md 9 (S1)'],
			['transcodeOptions.audio.sampleRate', 'string', 'rest-api.md 9 (S1: a string)'],
			['transcodeOptions.audio.bitrate', 'string', 'rest-api.md 9 (S1: a string)'],
			['transcodeOptions.audio.channels', 'string', 'rest-api.md 9 (S1: a string)'],
		],
		{ legacy: true },
	),
	...rows(
		'start',
		WEB,
		'clientRequest.',
		[['extensionServiceConfig.apiVersion', 'string', 'rest-api.md 3.7 (D23, CN only)']],
		{ extraOnly: true },
	),
	// "legacy, mix" (rest-api.md 3.7); the types of its members are not stated, only a sample is known (D23)
	...rows(
		'start',
		MIX,
		'clientRequest.extensionServiceConfig.extensionServices[aliyun_vod_service].',
		[
			['serviceName', 'string', 'rest-api.md 3.7 and 9 (D23 sample)'],
			['serviceParam', 'object', 'rest-api.md 9 (D23 sample)'],
			['serviceParam.accessKey', 'string', 'rest-api.md 9 (D23 sample)'],
			['serviceParam.secretKey', 'string', 'rest-api.md 9 (D23 sample)'],
			['serviceParam.regionId', 'string', 'rest-api.md 9 (D23 sample)'],
			['serviceParam.apiData', 'object', 'rest-api.md 9 (D23 sample)'],
			['serviceParam.apiData.videoData', 'object', 'rest-api.md 9 (D23 sample)'],
			['serviceParam.apiData.videoData.title', 'string', 'rest-api.md 9 (D23 sample)'],
			['serviceParam.apiData.videoData.description', 'string', 'rest-api.md 9 (D23 sample)'],
			['serviceParam.apiData.videoData.coverUrl', 'string', 'rest-api.md 9 (D23 sample)'],
		],
		{ legacy: true, extraOnly: true },
	),
];

const UPDATE: Field[] = [
	...rows('update', ALL, '', ENVELOPE),
	...rows('update', RTC, 'clientRequest.', [
		['streamSubscribe', 'object', 'rest-api.md 4'],
		['streamSubscribe.audioUidList', 'object', 'rest-api.md 4'],
		['streamSubscribe.audioUidList.subscribeAudioUids', 'string[]', 'rest-api.md 4'],
		[
			'streamSubscribe.audioUidList.unSubscribeAudioUids',
			'string[]',
			'rest-api.md 4, 3.3 rule 7',
			'streamSubscribe.audioUidList.unsubscribeAudioUids',
		],
		['streamSubscribe.videoUidList', 'object', 'rest-api.md 4'],
		['streamSubscribe.videoUidList.subscribeVideoUids', 'string[]', 'rest-api.md 4'],
		[
			'streamSubscribe.videoUidList.unSubscribeVideoUids',
			'string[]',
			'rest-api.md 4, 3.3 rule 7',
			'streamSubscribe.videoUidList.unsubscribeVideoUids',
		],
	]),
	...rows('update', WEB, 'clientRequest.', [
		['webRecordingConfig', 'object', 'rest-api.md 4'],
		['webRecordingConfig.onhold', 'boolean', 'rest-api.md 4'],
		['rtmpPublishConfig', 'object', 'rest-api.md 4'],
		['rtmpPublishConfig.outputs', 'object[]', 'rest-api.md 4'],
		['rtmpPublishConfig.outputs[].rtmpUrl', 'string', 'rest-api.md 4'],
	]),
	...rows('update', ALL, 'clientRequest.', STORAGE),
];

const UPDATE_LAYOUT: Field[] = [
	...rows('updateLayout', MIX, '', ENVELOPE),
	...rows('updateLayout', MIX, 'clientRequest.', LAYOUT),
];

const STOP: Field[] = [
	...rows('stop', ALL, '', ENVELOPE),
	...rows('stop', ALL, 'clientRequest.', [['async_stop', 'boolean', 'rest-api.md 7']]),
];

export const FIELDS: Field[] = [...ACQUIRE, ...START, ...UPDATE, ...UPDATE_LAYOUT, ...STOP];
