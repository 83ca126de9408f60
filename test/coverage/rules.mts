/**
 * Every rule on request bodies that the reference states, with one body that keeps it and one that breaks it.
 * Written from the reference alone; neither the node nor the simulator was looked at.
 *
 * The bodies are JSON merge patches (RFC 7396: null takes a member away, arrays are replaced) over the least
 * valid body of the operation and mode, `base()`.
 *
 * `kind` is the reference's word for what Agora does with a body that breaks the rule:
 * - `refused`: type, range, spelling or a missing member: HTTP 400, code 2 (errors.md 3 and 4)
 * - `ends`: accepted, and the recording ends soon afterwards (rest-api.md 3.4, errors.md 6 and 7)
 * - `ignored`: the member does not belong here; nothing says that it is refused
 * - `advice`: a recommendation, or a bound on which the sources disagree
 * - `own`: nothing that Agora can see in the body (it needs the credential, the token, or the clock)
 */

import type { Mode, Operation } from './fields.mts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Body = { [key: string]: Json };
export type Kind = 'refused' | 'ends' | 'ignored' | 'advice' | 'own';

export interface Example {
	operation: Operation;
	mode: Mode;
	/** Merge patch over base(operation, mode): keeps the rule, at its edge where it has one */
	green: Body;
	/** Merge patch over base(operation, mode): breaks this rule and no other */
	red: Body;
}

export interface Rule {
	id: string;
	text: string;
	source: string;
	modes: Mode[];
	kind: Kind;
	examples: Example[];
}

const ALL: Mode[] = ['mix', 'individual', 'web'];
const RTC: Mode[] = ['mix', 'individual'];
const MIX: Mode[] = ['mix'];
const INDIVIDUAL: Mode[] = ['individual'];
const WEB: Mode[] = ['web'];

export const CNAME = 'httpClient463224';
export const UID = '527841';

export const STORAGE: Body = {
	vendor: 2,
	region: 3,
	bucket: 'recordings',
	accessKey: 'access',
	secretKey: 'secret',
};

const PAGE: Body = {
	url: 'https://example.com/room',
	audioProfile: 0,
	videoWidth: 1280,
	videoHeight: 720,
	maxRecordingHour: 3,
};

export const recorder = (change: Body = {}): Body => ({
	serviceName: 'web_recorder_service',
	errorHandlePolicy: 'error_abort',
	serviceParam: patch(PAGE, change),
});

export const push = (...addresses: string[]): Body => ({
	serviceName: 'rtmp_publish_service',
	errorHandlePolicy: 'error_ignore',
	serviceParam: { outputs: addresses.map((rtmpUrl) => ({ rtmpUrl })) },
});

/** RFC 7396 */
export function patch(target: Body, change: Body): Body {
	const result: Body = { ...target };
	for (const [key, value] of Object.entries(change)) {
		if (value === null) {
			delete result[key];
		} else if (typeof value === 'object' && !Array.isArray(value)) {
			const old = result[key];
			const under = typeof old === 'object' && old !== null && !Array.isArray(old) ? old : {};
			result[key] = patch(under, value);
		} else {
			result[key] = value;
		}
	}
	return result;
}

/** The least body that the reference calls valid */
export function base(operation: Operation, mode: Mode): Body {
	const envelope = { cname: CNAME, uid: UID };
	if (operation === 'acquire') {
		return {
			...envelope,
			clientRequest: { scene: mode === 'web' ? 1 : 0, resourceExpiredHour: 24 },
		};
	}
	if (operation === 'start') {
		if (mode === 'web') {
			return {
				...envelope,
				clientRequest: {
					extensionServiceConfig: { extensionServices: [recorder()] },
					recordingFileConfig: { avFileType: ['hls'] },
					storageConfig: STORAGE,
				},
			};
		}
		return {
			...envelope,
			clientRequest: {
				recordingConfig:
					mode === 'mix' ? { channelType: 1 } : { channelType: 1, subscribeUidGroup: 0 },
				recordingFileConfig: { avFileType: ['hls'] },
				storageConfig: STORAGE,
			},
		};
	}
	if (operation === 'update') {
		return {
			...envelope,
			clientRequest:
				mode === 'web'
					? { webRecordingConfig: { onhold: true } }
					: { streamSubscribe: { audioUidList: { subscribeAudioUids: ['123'] } } },
		};
	}
	if (operation === 'updateLayout') {
		return { ...envelope, clientRequest: { mixedVideoLayout: 0 } };
	}
	return { ...envelope, clientRequest: {} };
}

const request = (clientRequest: Body): Body => ({ clientRequest });
const recording = (recordingConfig: Body): Body => request({ recordingConfig });
const canvas = (transcodingConfig: Body): Body => recording({ transcodingConfig });
const storage = (storageConfig: Body): Body => request({ storageConfig });
export const services = (...extensionServices: Body[]): Body =>
	request({ extensionServiceConfig: { extensionServices } });
const page = (change: Body): Body => services(recorder(change));

/** The same change for several modes */
const each = (
	modes: Mode[],
	operation: Operation,
	green: (mode: Mode) => Body,
	red: (mode: Mode) => Body,
): Example[] => modes.map((mode) => ({ operation, mode, green: green(mode), red: red(mode) }));

const inStart = (modes: Mode[], green: Body, red: Body): Example[] =>
	each(
		modes,
		'start',
		() => green,
		() => red,
	);

/** Set together wherever transcodingConfig is sent, as D23 asks */
const CANVAS: Body = { width: 640, height: 360, fps: 15, bitrate: 500 };

/** A layout rule holds in start (under transcodingConfig) and in updateLayout (under clientRequest) */
const inLayouts = (green: Body, red: Body): Example[] => [
	...inStart(MIX, canvas({ ...CANVAS, ...green }), canvas({ ...CANVAS, ...red })),
	{ operation: 'updateLayout', mode: 'mix', green: request(green), red: request(red) },
];

/** Storage is the same in start and in update; update is given the whole of it */
const inStorages = (green: Body, red: Body): Example[] => [
	...inStart(ALL, storage(green), storage(red)),
	...each(
		ALL,
		'update',
		() => storage(patch(STORAGE, green)),
		() => storage(patch(STORAGE, red)),
	),
];

/** A region of a custom layout */
const region = (x: number, y: number, width: number, height: number, more: Body = {}): Body => ({
	x_axis: x,
	y_axis: y,
	width,
	height,
	...more,
});

const custom = (...layoutConfig: Body[]): Body => ({ mixedVideoLayout: 3, layoutConfig });

const uids = (count: number): string[] => Array.from({ length: count }, (_, i) => String(1001 + i));

/** 32 zero bytes */
const SALT = Buffer.alloc(32).toString('base64');

const NAME_63 = 'c'.repeat(63);

/** Two media, two kinds of lists: the same rule four times over */
const lists = (green: string[], red: string[]): Example[] =>
	[
		'subscribeAudioUids',
		'unSubscribeAudioUids',
		'subscribeVideoUids',
		'unSubscribeVideoUids',
	].flatMap((name) => {
		const group = name.includes('Video') ? 'videoUidList' : 'audioUidList';
		const other = name.includes('Video') ? 'subscribeAudioUids' : 'subscribeVideoUids';
		const spread = (list: string[]): Body => ({ [name]: list, [other]: ['#allstream#'] });
		return [
			...each(
				RTC,
				'start',
				(mode) =>
					recording(mode === 'mix' ? spread(green) : { ...spread(green), subscribeUidGroup: 5 }),
				(mode) =>
					recording(mode === 'mix' ? spread(red) : { ...spread(red), subscribeUidGroup: 5 }),
			),
			...each(
				RTC,
				'update',
				() =>
					request({ streamSubscribe: { [group]: { subscribeAudioUids: null, [name]: green } } }),
				() => request({ streamSubscribe: { [group]: { subscribeAudioUids: null, [name]: red } } }),
			),
		];
	});

export const RULES: Rule[] = [
	// ------------------------------------------------------------------ who records what
	{
		id: 'cname-required',
		text: 'cname is required in every body',
		source: 'rest-api.md 1 (session identity rules), 2',
		modes: ALL,
		kind: 'refused',
		examples: each(
			ALL,
			'acquire',
			() => ({}),
			() => ({ cname: '' }),
		),
	},
	{
		id: 'cname-length',
		text: 'The name of a channel is shorter than 64 bytes',
		source: 'rest-api.md 2; errors.md 4 (1013)',
		modes: RTC,
		kind: 'refused',
		examples: each(
			RTC,
			'acquire',
			() => ({ cname: NAME_63 }),
			() => ({ cname: `${NAME_63}c` }),
		),
	},
	{
		id: 'cname-charset',
		text: 'The name of a channel has only a-z A-Z 0-9, space and ! # $ % & ( ) + - : ; < = . > ? @ [ ] ^ _ { } | ~ ,',
		source: 'rest-api.md 2; errors.md 3 (401 invalid_channel_name) and 4 (1013)',
		modes: RTC,
		kind: 'refused',
		examples: each(
			RTC,
			'acquire',
			() => ({ cname: 'aZ9 !#$%&()+-:;<=.>?@[]^_{}|~,' }),
			() => ({ cname: 'https://xxxxx' }),
		),
	},
	{
		id: 'cname-length-web',
		text: 'The label of a web page recording has at most 1024 bytes (D23 and CN: 128)',
		source: 'rest-api.md 2 (S1, D26)',
		modes: WEB,
		kind: 'refused',
		examples: [
			{
				operation: 'acquire',
				mode: 'web',
				green: { cname: 'w'.repeat(128) },
				red: { cname: 'w'.repeat(1025) },
			},
		],
	},
	{
		id: 'uid-integer',
		text: 'uid is a decimal integer as a string',
		source: 'rest-api.md 2, 10',
		modes: ALL,
		kind: 'refused',
		examples: each(
			ALL,
			'acquire',
			() => ({ uid: '1' }),
			() => ({ uid: 'recorder' }),
		),
	},
	{
		id: 'uid-zero',
		text: 'uid is not "0" and has no leading zero',
		source: 'rest-api.md 2, 10; best-practices.md 2',
		modes: ALL,
		kind: 'refused',
		examples: each(
			ALL,
			'acquire',
			() => ({ uid: '1' }),
			() => ({ uid: '0' }),
		),
	},
	{
		id: 'uid-range',
		text: 'uid is at most 4294967295',
		source: 'rest-api.md 2, 10',
		modes: ALL,
		kind: 'refused',
		examples: each(
			ALL,
			'acquire',
			() => ({ uid: '4294967295' }),
			() => ({ uid: '4294967296' }),
		),
	},
	// ------------------------------------------------------------------ acquire
	{
		id: 'scene-web',
		text: 'mode web needs scene 1, and scene 1 is for mode web',
		source: 'rest-api.md 2, 10',
		modes: ALL,
		kind: 'refused',
		// Both are valid to acquire; it is start that fails
		examples: [
			{
				operation: 'acquire',
				mode: 'web',
				green: request({ scene: 1 }),
				red: request({ scene: 0 }),
			},
			{
				operation: 'acquire',
				mode: 'mix',
				green: request({ scene: 0 }),
				red: request({ scene: 1 }),
			},
		],
	},
	{
		id: 'resource-hours',
		text: 'resourceExpiredHour is an integer from 1 to 720',
		source: 'rest-api.md 2',
		modes: ALL,
		kind: 'refused',
		examples: [
			...each(
				ALL,
				'acquire',
				() => request({ resourceExpiredHour: 720 }),
				() => request({ resourceExpiredHour: 721 }),
			),
			...each(
				ALL,
				'acquire',
				() => request({ resourceExpiredHour: 1 }),
				() => request({ resourceExpiredHour: 0 }),
			),
			...each(
				ALL,
				'acquire',
				() => request({ resourceExpiredHour: 2 }),
				() => request({ resourceExpiredHour: 1.5 }),
			),
		],
	},
	{
		id: 'acquire-region',
		text: 'region is CN, AP, EU or NA',
		source: 'rest-api.md 2',
		modes: ALL,
		kind: 'refused',
		examples: each(
			ALL,
			'acquire',
			() => request({ region: 'EU' }),
			() => request({ region: 'SA' }),
		),
	},
	{
		id: 'region-of-storage',
		text: "storageConfig.region lies in the same area as acquire's region",
		source: 'rest-api.md 2; storage.md 3 (all vendors)',
		modes: ALL,
		kind: 'advice',
		// storageConfig of base() is vendor 2, region 3: CN_Beijing
		examples: each(
			ALL,
			'acquire',
			() => request({ region: 'CN' }),
			() => request({ region: 'EU' }),
		),
	},
	{
		id: 'region-and-scene-2',
		text: 'region is not recommended together with scene 2',
		source: 'rest-api.md 2 (S1); best-practices.md 12',
		modes: INDIVIDUAL,
		kind: 'advice',
		examples: [
			{
				operation: 'acquire',
				mode: 'individual',
				green: request({ scene: 2 }),
				red: request({ scene: 2, region: 'CN' }),
			},
		],
	},
	{
		id: 'start-parameter',
		text: 'startParameter is valid and identical to what start sends',
		source: 'rest-api.md 2',
		modes: ALL,
		kind: 'refused',
		examples: each(
			ALL,
			'acquire',
			(mode) => request({ startParameter: request1(base('start', mode)) }),
			(mode) =>
				request({
					startParameter: patch(request1(base('start', mode)), {
						storageConfig: { bucket: 'elsewhere' },
					}),
				}),
		),
	},
	// ------------------------------------------------------------------ token
	{
		id: 'token-required',
		text: 'A token is needed if the project has an App Certificate',
		source: 'rest-api.md 3.1; token.md',
		modes: RTC,
		kind: 'own',
		examples: [],
	},
	{
		id: 'token-scope',
		text: 'Web page recording needs no token',
		source: 'rest-api.md 3.1',
		modes: WEB,
		kind: 'ignored',
		examples: inStart(WEB, {}, request({ token: '<token if any>' })),
	},
	{
		id: 'token-form',
		text: 'A token is of version 007 (or 006), for this App ID, this channel (or *) and this uid (or empty)',
		source: 'token.md 1, 2 and 6',
		modes: RTC,
		kind: 'own',
		examples: [],
	},
	{
		id: 'token-lifetime',
		text: 'The lifetime of the token exceeds the recording; an expired one is of no use',
		source: 'rest-api.md 3.1; token.md 1 and 9',
		modes: RTC,
		kind: 'own',
		examples: [],
	},
	// ------------------------------------------------------------------ storage
	{
		id: 'storage-required',
		text: 'vendor, region, bucket, accessKey and secretKey are required',
		source: 'rest-api.md 3.2',
		modes: ALL,
		kind: 'refused',
		examples: [
			...inStorages({}, { bucket: '' }),
			...inStorages({}, { accessKey: '' }),
			...inStorages({}, { secretKey: '' }),
			...inStart(ALL, {}, storage({ region: null })),
			...inStart(ALL, {}, storage({ vendor: null })),
		],
	},
	{
		id: 'storage-vendor',
		text: 'vendor is 1, 2, 3, 5, 6, 7, 8 or 11; 0 and 4 are of old; 9 and 10 are undocumented',
		source: 'rest-api.md 3.2; storage.md 1',
		modes: ALL,
		kind: 'refused',
		examples: inStorages({ vendor: 7, region: 1 }, { vendor: 9, region: 0 }),
	},
	{
		id: 'storage-region',
		text: "region is a number of the vendor's table, and 0 for vendors 5, 6 and 11",
		source: 'storage.md 1 and 2',
		modes: ALL,
		kind: 'ends',
		examples: inStorages({ vendor: 8, region: 7 }, { vendor: 8, region: 8 }),
	},
	{
		id: 'sts-vendor',
		text: 'stsToken is for vendors 1, 2 and 3 only',
		source: 'rest-api.md 3.2, 10; storage.md 3 (STS)',
		modes: ALL,
		kind: 'refused',
		examples: inStorages(
			{ vendor: 3, region: 1, stsToken: 'session', stsExpiration: 4_102_444_800 },
			{ vendor: 7, region: 1, stsToken: 'session', stsExpiration: 4_102_444_800 },
		),
	},
	{
		id: 'sts-together',
		text: 'stsToken and stsExpiration come together',
		source: 'storage.md 3 (STS); rest-api.md 4',
		modes: ALL,
		kind: 'advice',
		examples: inStorages(
			{ vendor: 3, region: 1, stsToken: 'session', stsExpiration: 4_102_444_800 },
			{ vendor: 3, region: 1, stsToken: 'session' },
		),
	},
	{
		id: 'sts-lifetime',
		text: 'An STS token is valid for at least 4 hours',
		source: 'rest-api.md 3.2; storage.md 3 (STS)',
		modes: ALL,
		kind: 'own',
		// stsExpiration depends on the clock; the test computes it
		examples: [],
	},
	{
		id: 'sts-seconds',
		text: 'stsExpiration is in Unix seconds',
		source: 'rest-api.md 3.2; storage.md 3 (STS)',
		modes: ALL,
		kind: 'refused',
		// Milliseconds: a date in the year 61970
		examples: inStorages(
			{ vendor: 3, region: 1, stsToken: 'session', stsExpiration: 1_893_456_000 },
			{ vendor: 3, region: 1, stsToken: 'session', stsExpiration: 1_893_456_000_000 },
		),
	},
	{
		id: 'prefix-charset',
		text: 'Every part of fileNamePrefix has only a-z A-Z 0-9',
		source: 'rest-api.md 3.2, 10',
		modes: ALL,
		kind: 'refused',
		examples: inStorages(
			{ fileNamePrefix: ['directory1', 'Directory2'] },
			{ fileNamePrefix: ['directory1', 'directory_2'] },
		),
	},
	{
		id: 'prefix-length',
		text: 'fileNamePrefix has at most 128 characters, slashes included, the last one too',
		source: 'rest-api.md 3.2, 10',
		modes: ALL,
		kind: 'refused',
		// The prefix ends with a slash (S1: "directory1/directory2/"): 63 + 1 + 63 + 1 = 128, and one more
		examples: inStorages(
			{ fileNamePrefix: ['a'.repeat(63), 'b'.repeat(63)] },
			{ fileNamePrefix: ['a'.repeat(63), 'b'.repeat(64)] },
		),
	},
	{
		id: 'sse-vendor',
		text: 'extensionParams.sse is for Amazon S3 only',
		source: 'rest-api.md 3.2, 10; storage.md 1',
		modes: ALL,
		kind: 'refused',
		examples: inStorages(
			{ vendor: 1, region: 0, extensionParams: { sse: 'kms' } },
			{ vendor: 2, region: 3, extensionParams: { sse: 'kms' } },
		),
	},
	{
		id: 'sse-value',
		text: 'extensionParams.sse is kms or aes256',
		source: 'rest-api.md 3.2',
		modes: ALL,
		kind: 'refused',
		examples: inStorages(
			{ vendor: 1, region: 0, extensionParams: { sse: 'aes256' } },
			{ vendor: 1, region: 0, extensionParams: { sse: 'AES256' } },
		),
	},
	{
		id: 'tag-vendor',
		text: 'extensionParams.tag is for Amazon S3 and Alibaba Cloud only',
		source: 'rest-api.md 3.2, 10; storage.md 1',
		modes: ALL,
		kind: 'refused',
		examples: inStorages(
			{ vendor: 2, region: 3, extensionParams: { tag: 'lesson' } },
			{ vendor: 3, region: 1, extensionParams: { tag: 'lesson' } },
		),
	},
	{
		id: 'endpoint-required',
		text: 'Vendor 11 needs extensionParams.endpoint',
		source: 'rest-api.md 3.2, 10; storage.md 1',
		modes: ALL,
		kind: 'refused',
		examples: inStorages(
			{ vendor: 11, region: 0, extensionParams: { endpoint: 's3.example.com' } },
			{ vendor: 11, region: 0 },
		),
	},
	// ------------------------------------------------------------------ recordingConfig
	{
		id: 'recording-config-scope',
		text: 'recordingConfig is required in individual and mix and not used in web',
		source: 'rest-api.md 3.1',
		modes: ALL,
		kind: 'refused',
		examples: inStart(RTC, {}, request({ recordingConfig: null })),
	},
	{
		id: 'channel-type',
		text: 'channelType is required, 0 or 1',
		source: 'rest-api.md 3.3',
		modes: RTC,
		kind: 'refused',
		examples: inStart(RTC, recording({ channelType: 0 }), recording({ channelType: 2 })),
	},
	{
		id: 'decryption-mode',
		text: 'decryptionMode is 0 to 8',
		source: 'rest-api.md 3.3',
		modes: RTC,
		kind: 'refused',
		examples: inStart(
			RTC,
			recording({ decryptionMode: 8, secret: 'key', salt: SALT }),
			recording({ decryptionMode: 9, secret: 'key', salt: SALT }),
		),
	},
	{
		id: 'secret-required',
		text: 'decryptionMode other than 0 needs secret',
		source: 'rest-api.md 3.3, 10',
		modes: RTC,
		kind: 'refused',
		examples: inStart(
			RTC,
			recording({ decryptionMode: 1, secret: 'key' }),
			recording({ decryptionMode: 1 }),
		),
	},
	{
		id: 'salt-required',
		text: 'decryptionMode 7 and 8 need salt',
		source: 'rest-api.md 3.3, 10',
		modes: RTC,
		kind: 'refused',
		examples: inStart(
			RTC,
			recording({ decryptionMode: 7, secret: 'key', salt: SALT }),
			recording({ decryptionMode: 7, secret: 'key' }),
		),
	},
	{
		id: 'salt-bytes',
		text: 'salt is the Base64 of 32 bytes',
		source: 'rest-api.md 3.3, 10',
		modes: RTC,
		kind: 'refused',
		examples: [
			Buffer.alloc(31).toString('base64'),
			Buffer.alloc(33).toString('base64'),
			// Not Base64 but base64url
			Buffer.alloc(32, 0xfb).toString('base64url'),
		].flatMap((salt) =>
			inStart(
				RTC,
				recording({ decryptionMode: 8, secret: 'key', salt: SALT }),
				recording({ decryptionMode: 8, secret: 'key', salt }),
			),
		),
	},
	{
		id: 'idle-time',
		text: 'maxIdleTime is 5 to 2592000 seconds',
		source: 'rest-api.md 3.3; field-notes.md 2.6',
		modes: RTC,
		kind: 'refused',
		examples: [
			...inStart(RTC, recording({ maxIdleTime: 5 }), recording({ maxIdleTime: 4 })),
			...inStart(RTC, recording({ maxIdleTime: 2_592_000 }), recording({ maxIdleTime: 2_592_001 })),
		],
	},
	{
		id: 'stream-types',
		text: 'streamTypes is 0, 1 or 2',
		source: 'rest-api.md 3.3',
		modes: RTC,
		kind: 'refused',
		examples: inStart(RTC, recording({ streamTypes: 2 }), recording({ streamTypes: 3 })),
	},
	{
		id: 'video-stream-type',
		text: 'videoStreamType is 0 or 1',
		source: 'rest-api.md 3.3',
		modes: RTC,
		kind: 'refused',
		examples: inStart(RTC, recording({ videoStreamType: 1 }), recording({ videoStreamType: 2 })),
	},
	// ------------------------------------------------------------------ subscriptions
	{
		id: 'lists-exclusive',
		text: 'subscribe… and unSubscribe… of one medium exclude each other',
		source: 'rest-api.md 3.3 (rule 3), 4, 10',
		modes: RTC,
		kind: 'refused',
		examples: [
			...inStart(
				RTC,
				recording({ subscribeAudioUids: ['1'], subscribeVideoUids: ['1'] }),
				recording({
					subscribeAudioUids: ['1'],
					unSubscribeAudioUids: ['2'],
					subscribeVideoUids: ['1'],
				}),
			),
			...inStart(
				RTC,
				recording({ subscribeAudioUids: ['1'], subscribeVideoUids: ['1'] }),
				recording({
					subscribeAudioUids: ['1'],
					subscribeVideoUids: ['1'],
					unSubscribeVideoUids: ['2'],
				}),
			),
			...each(
				RTC,
				'update',
				() => ({}),
				() => request({ streamSubscribe: { audioUidList: { unSubscribeAudioUids: ['2'] } } }),
			),
		],
	},
	{
		id: 'lists-length',
		text: 'A subscription list has at most 32 entries',
		source: 'rest-api.md 3.3 (rule 6), 4; errors.md 9',
		modes: RTC,
		kind: 'refused',
		examples: lists(uids(32), uids(33)),
	},
	{
		id: 'lists-not-empty',
		text: 'A subscription list is not empty',
		source: 'rest-api.md 3.3 (rule 5), 4',
		modes: RTC,
		// "not recommended" in start, "should not be empty" in update
		kind: 'advice',
		examples: lists(uids(1), []),
	},
	{
		id: 'lists-uids',
		text: 'The entries of a subscription list are UIDs, or #allstream# alone',
		source: 'rest-api.md 3.3 (rule 2 and table), 4; best-practices.md 2 (integer UIDs)',
		modes: RTC,
		kind: 'refused',
		examples: lists(['4294967295'], ['alice']),
	},
	{
		id: 'lists-allstream-alone',
		text: '#allstream# stands alone in a subscribe list',
		source: 'rest-api.md 3.3 (table: 1–32 uids or ["#allstream#"]), 4',
		modes: RTC,
		kind: 'refused',
		examples: [
			...inStart(
				RTC,
				recording({ subscribeAudioUids: ['#allstream#'], subscribeVideoUids: ['1'] }),
				recording({ subscribeAudioUids: ['#allstream#', '1'], subscribeVideoUids: ['1'] }),
			),
			...each(
				RTC,
				'update',
				() => allStreams(['#allstream#']),
				() => allStreams(['#allstream#', '1']),
			),
		],
	},
	{
		id: 'audio-only-lists',
		text: 'streamTypes 0 forbids the lists of video',
		source: 'rest-api.md 3.3 (rule 4)',
		modes: RTC,
		kind: 'refused',
		examples: inStart(
			RTC,
			recording({ streamTypes: 0, subscribeAudioUids: ['1'] }),
			recording({ streamTypes: 0, subscribeAudioUids: ['1'], subscribeVideoUids: ['1'] }),
		),
	},
	{
		id: 'video-only-lists',
		text: 'streamTypes 1 forbids the lists of audio',
		source: 'rest-api.md 3.3 (rule 4)',
		modes: RTC,
		kind: 'refused',
		examples: inStart(
			RTC,
			recording({ streamTypes: 1, subscribeVideoUids: ['1'] }),
			recording({ streamTypes: 1, subscribeAudioUids: ['1'], subscribeVideoUids: ['1'] }),
		),
	},
	{
		id: 'lists-silence',
		text: 'A list of one medium silences the other; #allstream# brings the other back',
		source: 'rest-api.md 3.3 (rule 2)',
		modes: RTC,
		kind: 'advice',
		examples: inStart(
			RTC,
			recording({ subscribeAudioUids: ['1'], subscribeVideoUids: ['#allstream#'] }),
			recording({ subscribeAudioUids: ['1'] }),
		),
	},
	{
		id: 'lists-one-spelling',
		text: 'Of the two spellings, unSubscribe… and unsubscribe…, one is sent',
		source: 'rest-api.md 3.3 (rule 7)',
		modes: RTC,
		kind: 'advice',
		examples: inStart(
			RTC,
			recording({ unSubscribeAudioUids: ['1'], subscribeVideoUids: ['#allstream#'] }),
			recording({
				unSubscribeAudioUids: ['1'],
				unsubscribeAudioUids: ['1'],
				subscribeVideoUids: ['#allstream#'],
			}),
		),
	},
	{
		id: 'uid-group-required',
		text: 'subscribeUidGroup is required in individual mode (two of Agora’s samples lack it)',
		source: 'rest-api.md 3.3, 10',
		modes: INDIVIDUAL,
		kind: 'advice',
		examples: inStart(
			INDIVIDUAL,
			recording({ subscribeUidGroup: 1 }),
			recording({ subscribeUidGroup: null }),
		),
	},
	{
		id: 'uid-group-range',
		text: 'subscribeUidGroup is 0 to 5',
		source: 'rest-api.md 3.3',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: inStart(
			INDIVIDUAL,
			recording({ subscribeUidGroup: 5 }),
			recording({ subscribeUidGroup: 6 }),
		),
	},
	{
		id: 'uid-group-count',
		text: 'subscribeUidGroup covers the union of the audio and the video list',
		source: 'rest-api.md 3.3 (video [100,101,102] + audio [101,102,103] are 4)',
		modes: INDIVIDUAL,
		kind: 'advice',
		examples: inStart(
			INDIVIDUAL,
			recording({
				subscribeVideoUids: ['100', '101', '102'],
				subscribeAudioUids: ['101', '102', '103'],
				subscribeUidGroup: 1,
			}),
			recording({
				subscribeVideoUids: ['100', '101', '102'],
				subscribeAudioUids: ['101', '102', '103'],
				subscribeUidGroup: 0,
			}),
		),
	},
	// ------------------------------------------------------------------ individual
	{
		id: 'stream-mode',
		text: 'streamMode is default, standard or original',
		source: 'rest-api.md 3.3 and 3.8',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: inStart(
			INDIVIDUAL,
			recording({ streamMode: 'standard' }),
			recording({ streamMode: 'Standard' }),
		),
	},
	{
		id: 'original-audio',
		text: 'streamMode original only with streamTypes 0',
		source: 'rest-api.md 3.3, 3.8, 10',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: inStart(
			INDIVIDUAL,
			recording({ streamMode: 'original', streamTypes: 0 }),
			recording({ streamMode: 'original', streamTypes: 2 }),
		),
	},
	{
		id: 'individual-scope',
		text: 'snapshotConfig, streamMode and subscribeUidGroup belong to individual mode only',
		source: 'rest-api.md 3.1, 3.3, 3.6, 10',
		modes: MIX,
		kind: 'ignored',
		examples: [
			...inStart(MIX, {}, recording({ streamMode: 'standard' })),
			...inStart(MIX, {}, recording({ subscribeUidGroup: 0 })),
			...inStart(MIX, {}, request({ snapshotConfig: { captureInterval: 10, fileType: ['jpg'] } })),
		],
	},
	// ------------------------------------------------------------------ composite
	{
		id: 'mix-scope',
		text: 'transcodingConfig and audioProfile belong to composite mode only',
		source: 'rest-api.md 3.3, 3.4, 10',
		modes: INDIVIDUAL,
		kind: 'ignored',
		examples: [
			...inStart(INDIVIDUAL, {}, recording({ audioProfile: 1 })),
			...inStart(INDIVIDUAL, {}, canvas({ width: 640, height: 360, fps: 15, bitrate: 500 })),
		],
	},
	{
		id: 'audio-profile',
		text: 'audioProfile is 0, 1 or 2',
		source: 'rest-api.md 3.3',
		modes: MIX,
		kind: 'refused',
		examples: inStart(MIX, recording({ audioProfile: 2 }), recording({ audioProfile: 3 })),
	},
	{
		id: 'private-params',
		text: 'privateParams is a string of JSON',
		source: 'rest-api.md 3.3',
		modes: RTC,
		kind: 'refused',
		examples: inStart(
			RTC,
			recording({ privateParams: '{"correctEXTINF":true}' }),
			recording({ privateParams: '{correctEXTINF:true}' }),
		),
	},
	{
		id: 'canvas-size',
		text: 'width × height is at most 1920 × 1080 = 2073600',
		source: 'rest-api.md 3.4, 10',
		modes: MIX,
		kind: 'ends',
		examples: inStart(
			MIX,
			canvas({ width: 1920, height: 1080, fps: 15, bitrate: 2080 }),
			canvas({ width: 1920, height: 1088, fps: 15, bitrate: 2080 }),
		),
	},
	{
		id: 'canvas-fps',
		text: 'fps is 1, 7, 10, 15, 24, 30 or 60; others fall back to 15',
		source: 'rest-api.md 3.4; best-practices.md 9',
		modes: MIX,
		kind: 'advice',
		examples: inStart(
			MIX,
			canvas({ width: 640, height: 360, fps: 24, bitrate: 500 }),
			canvas({ width: 640, height: 360, fps: 25, bitrate: 500 }),
		),
	},
	{
		id: 'canvas-bitrate',
		text: 'bitrate is at most 6500 kbps',
		source: 'rest-api.md 3.4, 10; best-practices.md 9',
		modes: MIX,
		kind: 'ends',
		examples: inStart(
			MIX,
			canvas({ width: 1920, height: 1080, fps: 60, bitrate: 6500 }),
			canvas({ width: 1920, height: 1080, fps: 60, bitrate: 6501 }),
		),
	},
	{
		id: 'canvas-together',
		text: 'If transcodingConfig is there, width, height, fps and bitrate are set together',
		source: 'rest-api.md 3.4 (D23)',
		modes: MIX,
		kind: 'advice',
		examples: inStart(
			MIX,
			canvas({ width: 640, height: 360, fps: 15, bitrate: 500 }),
			canvas({ width: 640, height: 360 }),
		),
	},
	// ------------------------------------------------------------------ layout
	{
		id: 'layout-kind',
		text: 'mixedVideoLayout is 0, 1, 2 or 3',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts({ mixedVideoLayout: 1 }, { mixedVideoLayout: 4 }),
	},
	{
		id: 'layout-big-window',
		text: 'maxResolutionUid is for the vertical layout only',
		source: 'rest-api.md 3.4, 10',
		modes: MIX,
		kind: 'ignored',
		examples: inLayouts(
			{ mixedVideoLayout: 2, maxResolutionUid: '123' },
			{ mixedVideoLayout: 1, maxResolutionUid: '123' },
		),
	},
	{
		id: 'layout-big-window-uid',
		text: 'maxResolutionUid is an integer from 1 to 4294967295',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts(
			{ mixedVideoLayout: 2, maxResolutionUid: '4294967295' },
			{ mixedVideoLayout: 2, maxResolutionUid: '0' },
		),
	},
	{
		id: 'layout-custom-needs-regions',
		text: 'Layout 3 needs layoutConfig, not empty',
		source: 'rest-api.md 3.4, 10',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts(custom(region(0, 0, 1, 1)), { mixedVideoLayout: 3 }),
	},
	{
		id: 'layout-regions-need-custom',
		text: 'layoutConfig is not sent with layout 0, 1 or 2',
		source: 'rest-api.md 3.4, 10',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts(
			{ mixedVideoLayout: 1 },
			{ mixedVideoLayout: 1, layoutConfig: [region(0, 0, 1, 1)] },
		),
	},
	{
		id: 'layout-17',
		text: 'layoutConfig has at most 17 regions',
		source: 'rest-api.md 3.4, 10; best-practices.md 8',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts(
			custom(...Array.from({ length: 17 }, () => region(0, 0, 0.1, 0.1))),
			custom(...Array.from({ length: 18 }, () => region(0, 0, 0.1, 0.1))),
		),
	},
	{
		id: 'layout-unit',
		text: 'x_axis, y_axis, width and height are 0 to 1',
		source: 'rest-api.md 3.4, 10',
		modes: MIX,
		kind: 'refused',
		examples: [
			...inLayouts(custom(region(0, 0, 1, 1)), custom(region(-0.1, 0, 0.5, 0.5))),
			...inLayouts(custom(region(0, 0, 1, 1)), custom(region(0, 1.1, 0.5, 0.5))),
			...inLayouts(custom(region(0, 0, 1, 1)), custom(region(0, 0, 1.1, 0.5))),
			...inLayouts(custom(region(0, 0, 1, 1)), custom(region(0, 0, 0.5, -0.1))),
		],
	},
	{
		id: 'layout-inside',
		text: 'x_axis + width and y_axis + height are at most 1',
		source: 'rest-api.md 3.4, 10',
		modes: MIX,
		kind: 'refused',
		examples: [
			...inLayouts(custom(region(0.5, 0, 0.5, 1)), custom(region(0.6, 0, 0.5, 1))),
			...inLayouts(custom(region(0, 0.5, 1, 0.5)), custom(region(0, 0.6, 1, 0.5))),
		],
	},
	{
		id: 'layout-decimals',
		text: 'Coordinates have at most 6 decimals',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts(
			custom(region(0.333333, 0, 0.333333, 1)),
			custom(region(0.3333333, 0, 0.333333, 1)),
		),
	},
	{
		id: 'layout-alpha',
		text: 'alpha is 0 to 1',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts(
			custom(region(0, 0, 1, 1, { alpha: 0.5 })),
			custom(region(0, 0, 1, 1, { alpha: 1.5 })),
		),
	},
	{
		id: 'layout-render-mode',
		text: 'render_mode is 0 or 1',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: [
			...inLayouts(
				custom(region(0, 0, 1, 1, { render_mode: 1 })),
				custom(region(0, 0, 1, 1, { render_mode: 2 })),
			),
			...inLayouts(
				{
					backgroundConfig: [{ uid: '1', image_url: 'https://example.com/a.jpg', render_mode: 1 }],
				},
				{
					backgroundConfig: [{ uid: '1', image_url: 'https://example.com/a.jpg', render_mode: 2 }],
				},
			),
		],
	},
	{
		id: 'layout-uid',
		text: "The uid of a region is a user's UID, a 32-bit integer as a string",
		source: 'rest-api.md 3.4; S1 (32-bit unsigned integer)',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts(
			custom(region(0, 0, 1, 1, { uid: '4294967295' })),
			custom(region(0, 0, 1, 1, { uid: '4294967296' })),
		),
	},
	{
		id: 'background-color',
		text: 'backgroundColor is #RRGGBB',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts({ backgroundColor: '#FF0000' }, { backgroundColor: 'red' }),
	},
	{
		id: 'background-image-url',
		text: 'backgroundImage and defaultUserBackgroundImage are URLs',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: [
			...inLayouts(
				{ backgroundImage: 'https://example.com/canvas.jpg' },
				{ backgroundImage: 'canvas.jpg' },
			),
			...inLayouts(
				{ defaultUserBackgroundImage: 'https://example.com/user.jpg' },
				{ defaultUserBackgroundImage: 'user.jpg' },
			),
		],
	},
	{
		id: 'background-config-required',
		text: 'backgroundConfig needs uid and image_url in every element',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: [
			...inLayouts(
				{ backgroundConfig: [{ uid: '1', image_url: 'https://example.com/a.jpg' }] },
				{ backgroundConfig: [{ image_url: 'https://example.com/a.jpg' }] },
			),
			...inLayouts(
				{ backgroundConfig: [{ uid: '1', image_url: 'https://example.com/a.jpg' }] },
				{ backgroundConfig: [{ uid: '1' }] },
			),
		],
	},
	{
		id: 'background-config-url',
		text: 'image_url is an HTTP(S) URL (D26: HTTPS only); JPG or BMP',
		source: 'rest-api.md 3.4',
		modes: MIX,
		kind: 'refused',
		examples: inLayouts(
			{ backgroundConfig: [{ uid: '1', image_url: 'https://example.com/a.jpg' }] },
			{ backgroundConfig: [{ uid: '1', image_url: 'ftp://example.com/a.jpg' }] },
		),
	},
	// ------------------------------------------------------------------ files
	{
		id: 'mp4-alone',
		text: 'avFileType ["mp4"] alone is refused',
		source: 'rest-api.md 3.5, 10; errors.md 4 (2)',
		modes: ['mix', 'web'],
		kind: 'refused',
		examples: inStart(
			['mix', 'web'],
			request({ recordingFileConfig: { avFileType: ['hls', 'mp4'] } }),
			request({ recordingFileConfig: { avFileType: ['mp4'] } }),
		),
	},
	{
		id: 'mp4-individual',
		text: 'Individual mode keeps ["hls"]; MP4 is for mix and web',
		source: 'rest-api.md 3.5, 10',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: inStart(
			INDIVIDUAL,
			request({ recordingFileConfig: { avFileType: ['hls'] } }),
			request({ recordingFileConfig: { avFileType: ['hls', 'mp4'] } }),
		),
	},
	{
		id: 'file-type',
		text: 'avFileType has hls and mp4 only',
		source: 'rest-api.md 3.5',
		modes: ALL,
		kind: 'refused',
		examples: inStart(
			ALL,
			request({ recordingFileConfig: { avFileType: ['hls'] } }),
			request({ recordingFileConfig: { avFileType: ['hls', 'webm'] } }),
		),
	},
	// ------------------------------------------------------------------ screenshots
	{
		id: 'snapshot-interval',
		text: 'captureInterval is 1 to 3600 seconds (the reference of 2026: 5 to 3600)',
		source: 'rest-api.md 3.6; field-notes.md 2.6',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: [
			...inStart(INDIVIDUAL, snapshot({ captureInterval: 1 }), snapshot({ captureInterval: 0 })),
			...inStart(
				INDIVIDUAL,
				snapshot({ captureInterval: 3600 }),
				snapshot({ captureInterval: 3601 }),
			),
		],
	},
	{
		id: 'snapshot-file-type',
		text: 'fileType is required and ["jpg"]',
		source: 'rest-api.md 3.6',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: [
			...inStart(INDIVIDUAL, snapshot({}), snapshot({ fileType: ['png'] })),
			...inStart(INDIVIDUAL, snapshot({}), snapshot({ fileType: null })),
		],
	},
	{
		id: 'snapshot-video',
		text: 'Screenshots need streamTypes 1 or 2',
		source: 'rest-api.md 3.6, 10',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: inStart(
			INDIVIDUAL,
			patch(snapshot({}), recording({ streamTypes: 1 })),
			patch(snapshot({}), recording({ streamTypes: 0 })),
		),
	},
	{
		id: 'snapshot-lists',
		text: 'With screenshots, subscribeAudioUids needs subscribeVideoUids',
		source: 'rest-api.md 3.6',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: inStart(
			INDIVIDUAL,
			patch(snapshot({}), recording({ subscribeAudioUids: ['1'], subscribeVideoUids: ['1'] })),
			patch(snapshot({}), recording({ subscribeAudioUids: ['1'] })),
		),
	},
	{
		id: 'snapshot-files',
		text: 'Screenshots only: no recordingFileConfig; with recording: recordingFileConfig',
		source: 'rest-api.md 3.1, 3.6, 10',
		modes: INDIVIDUAL,
		// It is the member itself that says which of the two is meant: no body can break it
		kind: 'own',
		examples: [],
	},
	// ------------------------------------------------------------------ web page
	{
		id: 'web-required',
		text: 'url, videoWidth, videoHeight and maxRecordingHour are required',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'refused',
		examples: ['url', 'videoWidth', 'videoHeight', 'maxRecordingHour'].flatMap((name) =>
			inStart(WEB, {}, page({ [name]: null })),
		),
	},
	{
		id: 'web-audio-profile-required',
		text: 'audioProfile is required (D23: 0 if left out)',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'advice',
		examples: inStart(WEB, {}, page({ audioProfile: null })),
	},
	{
		id: 'web-url',
		text: 'url is the address of a page',
		source: 'rest-api.md 3.7; best-practices.md 11',
		modes: WEB,
		kind: 'refused',
		examples: inStart(WEB, page({ url: 'http://example.com/' }), page({ url: 'example' })),
	},
	{
		id: 'web-audio-profile',
		text: 'audioProfile is 0, 1 or 2',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'refused',
		examples: inStart(WEB, page({ audioProfile: 2 }), page({ audioProfile: 3 })),
	},
	{
		id: 'web-size',
		text: 'videoWidth × videoHeight is at most 1920 × 1080',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'refused',
		examples: inStart(
			WEB,
			page({ videoWidth: 1080, videoHeight: 1920 }),
			page({ videoWidth: 1920, videoHeight: 1088 }),
		),
	},
	{
		id: 'web-side',
		text: 'Each side of the page is 240 to 1920 (REL; earlier 480 to 1920)',
		source: 'rest-api.md 3.7 (REL 2022-05-20)',
		modes: WEB,
		kind: 'refused',
		examples: [
			...inStart(
				WEB,
				page({ videoWidth: 480, videoHeight: 480 }),
				page({ videoWidth: 239, videoHeight: 480 }),
			),
			...inStart(
				WEB,
				page({ videoWidth: 1920, videoHeight: 480 }),
				page({ videoWidth: 1921, videoHeight: 480 }),
			),
		],
	},
	{
		id: 'web-hours',
		text: 'maxRecordingHour is an integer from 1 to 720',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'refused',
		examples: [
			...inStart(WEB, page({ maxRecordingHour: 1 }), page({ maxRecordingHour: 0 })),
			...inStart(WEB, page({ maxRecordingHour: 3 }), page({ maxRecordingHour: 721 })),
			...inStart(WEB, page({ maxRecordingHour: 2 }), page({ maxRecordingHour: 1.5 })),
		],
	},
	{
		id: 'web-hours-resource',
		text: "maxRecordingHour should not exceed acquire's resourceExpiredHour",
		source: 'rest-api.md 3.7, 10',
		modes: WEB,
		kind: 'advice',
		// base() acquires for 24 hours
		examples: inStart(WEB, page({ maxRecordingHour: 24 }), page({ maxRecordingHour: 25 })),
	},
	{
		id: 'web-bitrate',
		text: 'videoBitrate is 50 to 8000 kbps (D23, CN; no range in D26)',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'refused',
		examples: [
			...inStart(WEB, page({ videoBitrate: 50 }), page({ videoBitrate: 49 })),
			...inStart(WEB, page({ videoBitrate: 8000 }), page({ videoBitrate: 8001 })),
		],
	},
	{
		id: 'web-fps',
		text: 'videoFps is 5 to 60',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'refused',
		examples: [
			...inStart(WEB, page({ videoFps: 5 }), page({ videoFps: 4 })),
			...inStart(WEB, page({ videoFps: 60 }), page({ videoFps: 61 })),
		],
	},
	{
		id: 'web-mp4-minutes',
		text: 'maxVideoDuration is 30 to 240 minutes',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'refused',
		examples: [
			...inStart(WEB, page({ maxVideoDuration: 30 }), page({ maxVideoDuration: 29 })),
			...inStart(WEB, page({ maxVideoDuration: 240 }), page({ maxVideoDuration: 241 })),
		],
	},
	{
		id: 'web-ready-timeout',
		text: 'readyTimeout is an integer from 0 to 60; negative or fractional is code 2',
		source: 'rest-api.md 3.7; errors.md 4 (2)',
		modes: WEB,
		kind: 'refused',
		examples: [
			...inStart(WEB, page({ readyTimeout: 0 }), page({ readyTimeout: -1 })),
			...inStart(WEB, page({ readyTimeout: 60 }), page({ readyTimeout: 61 })),
			...inStart(WEB, page({ readyTimeout: 20 }), page({ readyTimeout: 20.5 })),
		],
	},
	{
		id: 'web-services',
		text: 'extensionServiceConfig is required in web: one web_recorder_service, at most one rtmp_publish_service with it',
		source: 'rest-api.md 3.1, 3.7; best-practices.md 11',
		modes: WEB,
		kind: 'refused',
		examples: [
			...inStart(WEB, {}, request({ extensionServiceConfig: null })),
			...inStart(WEB, {}, services(push('rtmp://example.com/live/key'))),
		],
	},
	{
		id: 'web-scope',
		text: 'extensionServiceConfig belongs to web only',
		source: 'rest-api.md 3.1',
		modes: RTC,
		kind: 'ignored',
		examples: inStart(RTC, {}, services(recorder())),
	},
	{
		id: 'web-error-policy',
		text: 'errorHandlePolicy: error_abort for the configuration and the page, error_ignore for the push',
		source: 'rest-api.md 3.7',
		modes: WEB,
		kind: 'refused',
		examples: inStart(
			WEB,
			request({ extensionServiceConfig: { errorHandlePolicy: 'error_abort' } }),
			request({ extensionServiceConfig: { errorHandlePolicy: 'error_ignore' } }),
		),
	},
	{
		id: 'rtmp-scheme',
		text: 'rtmpUrl is rtmp:// or rtmps://',
		source: 'rest-api.md 3.7, 4',
		modes: WEB,
		kind: 'refused',
		examples: [
			...inStart(
				WEB,
				services(recorder(), push('rtmps://example.com/live/key')),
				services(recorder(), push('https://example.com/live/key')),
			),
			{
				operation: 'update',
				mode: 'web',
				green: request({
					webRecordingConfig: null,
					rtmpPublishConfig: { outputs: [{ rtmpUrl: 'rtmp://example.com/live/key2' }] },
				}),
				red: request({
					webRecordingConfig: null,
					rtmpPublishConfig: { outputs: [{ rtmpUrl: 'https://example.com/live/key2' }] },
				}),
			},
		],
	},
	{
		id: 'rtmp-one',
		text: 'One CDN address at most',
		source: 'rest-api.md 3.7, 4',
		modes: WEB,
		kind: 'refused',
		examples: inStart(
			WEB,
			services(recorder(), push('rtmp://example.com/live/key')),
			services(recorder(), push('rtmp://example.com/live/a', 'rtmp://example.com/live/b')),
		),
	},
	// ------------------------------------------------------------------ update
	{
		id: 'update-scope',
		text: 'streamSubscribe belongs to individual and mix, webRecordingConfig and rtmpPublishConfig to web',
		source: 'rest-api.md 4',
		modes: ALL,
		kind: 'ignored',
		examples: [
			...each(
				RTC,
				'update',
				() => ({}),
				() => request({ webRecordingConfig: { onhold: true } }),
			),
			{
				operation: 'update',
				mode: 'web',
				green: {},
				red: request({ streamSubscribe: { audioUidList: { subscribeAudioUids: ['1'] } } }),
			},
		],
	},
	{
		id: 'update-stream-types',
		text: 'audioUidList only if streamTypes is 0 or 2, videoUidList only if 1 or 2',
		source: 'rest-api.md 4',
		modes: RTC,
		kind: 'own',
		examples: [],
	},
	{
		id: 'update-push',
		text: 'rtmpPublishConfig only in a recording that pushes to a CDN',
		source: 'rest-api.md 4',
		modes: WEB,
		kind: 'own',
		examples: [],
	},
	{
		id: 'layout-mode',
		text: 'updateLayout is for mix only',
		source: 'rest-api.md 1 (endpoints), 5, 10',
		modes: ['individual', 'web'],
		kind: 'refused',
		examples: [],
	},
	// ------------------------------------------------------------------ of old
	{
		id: 'scene-2-apps',
		text: 'Scene 2 goes with appsCollection and transcodeOptions, in individual mode only',
		source: 'rest-api.md 2, 3.1, 9 (S1); best-practices.md 12',
		modes: INDIVIDUAL,
		kind: 'advice',
		examples: [],
	},
	{
		id: 'combination-policy',
		text: 'combinationPolicy is postpone_transcoding or default',
		source: 'rest-api.md 9 (S1)',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: inStart(
			INDIVIDUAL,
			postponed({}),
			patch(postponed({}), request({ appsCollection: { combinationPolicy: 'postpone' } })),
		),
	},
	{
		id: 'trans-mode',
		text: 'transMode is required, postponeTranscoding or audioMix',
		source: 'rest-api.md 9 (S1)',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: inStart(
			INDIVIDUAL,
			postponed({}),
			postponed({ transConfig: { transMode: 'transcoding' } }),
		),
	},
	{
		id: 'trans-format',
		text: 'container.format: mp4 for transcoding; mp3, m4a or aac for mixing',
		source: 'rest-api.md 9 (S1)',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: [
			...inStart(
				INDIVIDUAL,
				postponed({ container: { format: 'mp4' } }),
				postponed({ container: { format: 'mp3' } }),
			),
			...inStart(
				INDIVIDUAL,
				mixing({ container: { format: 'aac' } }),
				mixing({ container: { format: 'mp4' } }),
			),
		],
	},
	{
		id: 'trans-audio',
		text: 'audio is for mixing only; sampleRate "48000", "32000" or "16000"; bitrate a number; channels "1" or "2"',
		source: 'rest-api.md 9 (S1)',
		modes: INDIVIDUAL,
		kind: 'refused',
		examples: [
			...inStart(
				INDIVIDUAL,
				mixing({ audio: { sampleRate: '32000' } }),
				mixing({ audio: { sampleRate: '44100' } }),
			),
			...inStart(
				INDIVIDUAL,
				mixing({ audio: { channels: '1' } }),
				mixing({ audio: { channels: '3' } }),
			),
			...inStart(
				INDIVIDUAL,
				mixing({ audio: { bitrate: '64000' } }),
				mixing({ audio: { bitrate: 'much' } }),
			),
		],
	},
	{
		id: 'mix-original',
		text: 'Postponed audio mixing is for individual audio without transcoding: streamMode original, streamTypes 0',
		source: 'S1 (acquire-request, scene 2)',
		modes: INDIVIDUAL,
		kind: 'advice',
		examples: inStart(
			INDIVIDUAL,
			mixing({}),
			patch(mixing({}), recording({ streamMode: 'standard', streamTypes: 2 })),
		),
	},
];

function request1(body: Body): Body {
	const { clientRequest } = body;
	return typeof clientRequest === 'object' &&
		clientRequest !== null &&
		!Array.isArray(clientRequest)
		? clientRequest
		: {};
}

function snapshot(change: Body): Body {
	return request({ snapshotConfig: patch({ captureInterval: 10, fileType: ['jpg'] }, change) });
}

function allStreams(subscribeAudioUids: string[]): Body {
	return request({ streamSubscribe: { audioUidList: { subscribeAudioUids } } });
}

/** Acquired with scene 2 */
export function postponed(change: Body): Body {
	return request({
		appsCollection: { combinationPolicy: 'postpone_transcoding' },
		transcodeOptions: patch({ transConfig: { transMode: 'postponeTranscoding' } }, change),
	});
}

function mixing(change: Body): Body {
	return request({
		recordingConfig: { streamTypes: 0, streamMode: 'original' },
		appsCollection: { combinationPolicy: 'postpone_transcoding' },
		transcodeOptions: patch({ transConfig: { transMode: 'audioMix' } }, change),
	});
}
