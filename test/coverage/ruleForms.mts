/**
 * What to enter to keep and to break each rule of rules.mts, and the field that the refusal has to name. By
 * rule. Choices are broken as an expression can break them: the list does not offer such a value.
 *
 * Three kinds of rules have no red form:
 * - `construction`: nothing that can be entered breaks it. `attempts` are what comes closest, and `holds`
 *   says what the body must be like then
 * - `open`: the node does not check it, and the reference only advises it or the node cannot know
 * - `elsewhere`: checked in a test of its own
 */

import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { recorderToken, SECURED, valuesAt, type Form } from '../support/capture.mts';
import type { Mode, Operation } from './fields.mts';

export interface Pair {
	operation: Operation;
	mode: Mode;
	green: Form;
	red: Form;
	/** Display name of the field, in the form or in the credential */
	field: string;
	/** With which credential a recording was started that is changed; that of `red` where it differs */
	begun?: Form;
}

interface Construction {
	operation: Operation;
	mode: Mode;
	form: Form;
	/** Whether the body, and that of acquire, keep the rule */
	holds: (body: IDataObject, acquire: IDataObject) => boolean;
}

export interface RuleForms {
	pairs?: Pair[];
	construction?: { why: string; attempts: Construction[] };
	open?: string;
	elsewhere?: string;
}

const ALL: Mode[] = ['mix', 'individual', 'web'];
const RTC: Mode[] = ['mix', 'individual'];
const MIX: Mode[] = ['mix'];
const INDIVIDUAL: Mode[] = ['individual'];
const WEB: Mode[] = ['web'];

const form = (parameters: INodeParameters): Form => ({ parameters });

function pairs(
	operation: Operation,
	modes: Mode[],
	field: string,
	green: INodeParameters | Form,
	red: INodeParameters | Form,
): Pair[] {
	const asForm = (one: INodeParameters | Form): Form =>
		'parameters' in one || 'credentials' in one ? one : form(one as INodeParameters);
	return modes.map((mode) => ({ operation, mode, field, green: asForm(green), red: asForm(red) }));
}

/** The same fields stand in Acquire and in Start */
const inNew = (
	modes: Mode[],
	field: string,
	green: INodeParameters,
	red: INodeParameters,
): Pair[] => [
	...pairs('acquire', modes, field, green, red),
	...pairs('start', modes, field, green, red),
];

/** The same fields stand in Start and in Update Layout */
const inLayouts = (field: string, green: INodeParameters, red: INodeParameters): Pair[] => [
	...pairs('start', MIX, field, green, red),
	...pairs('updateLayout', MIX, field, green, red),
];

/** The same fields stand in Start and, with Storage Credentials chosen, in Update */
const inStorages = (field: string, green: Form, red: Form): Pair[] => [
	...pairs('start', ALL, field, green, red),
	...pairs(
		'update',
		ALL,
		field,
		{ ...green, parameters: { change: 'storage', ...green.parameters } },
		{ ...red, parameters: { change: 'storage', ...red.parameters } },
	).map((pair) => ({ ...pair, begun: red.credentials?.storageRegion ? red : green })),
];

const overrides = (storageOverrides: INodeParameters): Form => form({ storageOverrides });
const HUAWEI = { storageVendor: 'huaweiCloud', storageRegion: 'CN_North_4' };
const TENCENT = { storageVendor: 'tencentCloud', storageRegion: 'AP_Tokyo' };

const STS: INodeParameters = {
	stsAccessKey: 'ASIAEXAMPLE',
	stsSecretKey: 'temporary',
	stsToken: 'session-token',
	stsExpiration: '2030-01-01T00:00:00Z',
};

const recording = (recordingOptions: INodeParameters): INodeParameters => ({ recordingOptions });
const SALT = Buffer.alloc(32, 1).toString('base64');

const uids = (count: number) => Array.from({ length: count }, (_, i) => String(1001 + i)).join(',');

/** A list of each kind, for each medium, in Start and in Update */
const inLists = (green: string, red: string, field = ' UIDs'): Pair[] =>
	(['Audio', 'Video'] as const).flatMap((medium) =>
		['only', 'except'].flatMap((who) => {
			const listed = (text: string): INodeParameters => ({
				[`${medium.toLowerCase()}Subscription`]: who,
				[`${medium.toLowerCase()}Uids`]: text,
			});
			return [
				...pairs('start', RTC, `${medium}${field}`, listed(green), listed(red)),
				...pairs('update', RTC, `${medium}${field}`, listed(green), listed(red)),
			];
		}),
	);

const region = (...rows: INodeParameters[]): INodeParameters => ({
	layout: 'custom',
	regions: {
		region: rows.map((row) => ({ x_axis: 0, y_axis: 0, width: 0.5, height: 0.5, ...row })),
	},
});
const video = (change: INodeParameters): INodeParameters => ({
	videoProfile: 'custom',
	video: { width: 640, height: 360, fps: 15, bitrate: 500, ...change },
});
const userImage = (image: INodeParameters): INodeParameters => ({
	background: {
		userImages: { user: [{ uid: '5', image_url: 'https://example.com/5.jpg', ...image }] },
	},
});
const background = (change: INodeParameters): INodeParameters => ({ background: change });

const PAGE = 'clientRequest.extensionServiceConfig.extensionServices[web_recorder_service]';
const option = (recordingOptions: INodeParameters): INodeParameters => ({ recordingOptions });
const postponed = (change: INodeParameters): INodeParameters => ({
	recordingOptions: { transMode: 'postponeTranscoding', ...change },
});
const mixing = (change: INodeParameters): INodeParameters => ({
	streamTypes: 0,
	originalAudio: true,
	recordingOptions: { transMode: 'audioMix', ...change },
});

const FOUR_USERS: INodeParameters = {
	videoSubscription: 'only',
	videoUids: '100, 101, 102',
	audioSubscription: 'only',
	audioUids: '101, 102, 103',
};

/** The token counts where the project has a certificate */
const ours = { appId: SECURED.appId };
const withToken = (green: string, red: string): Pair[] => {
	const entered = (token: string): Form => ({
		parameters: { tokenSource: 'manual', token },
		credentials: SECURED,
	});
	return pairs('start', RTC, 'RTC Token', entered(green), entered(red));
};

/** None of these members, whatever is entered */
const absent =
	(...members: string[]) =>
	(body: IDataObject) =>
		members.every((path) => valuesAt(body, `clientRequest.${path}`).length === 0);

const first = (body: IDataObject, path: string): unknown =>
	valuesAt(body, `clientRequest.${path}`)[0];

const attempts = (
	operation: Operation,
	modes: Mode[],
	parameters: INodeParameters,
	holds: Construction['holds'],
): Construction[] => modes.map((mode) => ({ operation, mode, form: form(parameters), holds }));

export const RULE_FORMS: Record<string, RuleForms> = {
	// ------------------------------------------------------------------ who records what
	'cname-required': {
		pairs: [
			...inNew(RTC, 'Channel Name', {}, { channelName: '' }),
			...inNew(WEB, 'Recording Name', {}, { channelName: '' }),
		],
	},
	'cname-length': {
		pairs: inNew(
			RTC,
			'Channel Name',
			{ channelName: 'c'.repeat(63) },
			{ channelName: 'c'.repeat(64) },
		),
	},
	'cname-charset': {
		pairs: [
			...inNew(
				RTC,
				'Channel Name',
				{ channelName: 'aZ9 !#$%&()+-:;<=.>?@[]^_{}|~,' },
				{ channelName: 'https://xxxxx' },
			),
			...inNew(RTC, 'Channel Name', {}, { channelName: 'Füchse' }),
		],
	},
	'cname-length-web': {
		pairs: inNew(
			WEB,
			'Recording Name',
			{ channelName: 'w'.repeat(1024) },
			{ channelName: 'w'.repeat(1025) },
		),
	},
	'uid-integer': {
		pairs: inNew(ALL, 'Recorder UID', { recorderUid: '1' }, { recorderUid: 'recorder' }),
	},
	'uid-zero': {
		pairs: [
			...inNew(ALL, 'Recorder UID', { recorderUid: '1' }, { recorderUid: '0' }),
			...inNew(ALL, 'Recorder UID', { recorderUid: '1' }, { recorderUid: '01' }),
		],
	},
	'uid-range': {
		pairs: inNew(ALL, 'Recorder UID', { recorderUid: '4294967295' }, { recorderUid: '4294967296' }),
	},
	// ------------------------------------------------------------------ acquire
	'scene-web': {
		construction: {
			why: 'The scene follows from the mode',
			attempts: [
				...attempts('start', RTC, {}, (_, acquire) => first(acquire, 'scene') === 0),
				...attempts('start', WEB, {}, (_, acquire) => first(acquire, 'scene') === 1),
				...attempts('acquire', WEB, {}, (acquire) => first(acquire, 'scene') === 1),
			],
		},
	},
	'resource-hours': {
		pairs: [0, 721, 1.5].flatMap((hours) =>
			inNew(
				ALL,
				'Controllable For (Hours)',
				{ options: { resourceExpiredHour: hours < 1 ? 3 : 720 } },
				{ options: { resourceExpiredHour: hours } },
			),
		),
	},
	'acquire-region': {
		// The bucket of the tests lies in Europe
		pairs: inNew(
			ALL,
			'Recorder Region',
			{ options: { region: 'EU' } },
			{ options: { region: 'SA' } },
		),
	},
	'region-of-storage': {
		pairs: [
			...inNew(
				ALL,
				'Recorder Region',
				{ options: { region: 'EU' } },
				{ options: { region: 'NA' } },
			),
			...inNew(
				ALL,
				'Recorder Region',
				{ options: { region: 'storage' } },
				{ options: { region: 'storage' }, storageOverrides: { region: 'sa-east-1' } },
			),
		],
	},
	'region-and-scene-2': { open: 'A recommendation only' },
	'start-parameter': {
		construction: {
			why: 'One object is sent twice',
			attempts: attempts(
				'start',
				ALL,
				{ options: { extraBody: '{"clientRequest":{"recordingFileConfig":null}}' } },
				(body, acquire) =>
					JSON.stringify(first(acquire, 'startParameter')) === JSON.stringify(body.clientRequest),
			),
		},
	},
	// ------------------------------------------------------------------ token
	'token-required': {
		pairs: pairs(
			'start',
			RTC,
			'Token → Source',
			{ parameters: { tokenSource: 'automatic' }, credentials: SECURED },
			{ parameters: { tokenSource: 'none' }, credentials: SECURED },
		),
	},
	'token-scope': {
		construction: {
			why: 'The form has no token for web pages',
			attempts: attempts(
				'start',
				WEB,
				{ tokenSource: 'manual', token: '<token if any>' },
				absent('token'),
			),
		},
	},
	'token-form': {
		pairs: [
			...['<token if any>', '006eJxTYBBbsMMnKq7p9Hf', '007nonsense', ''].flatMap((token) =>
				withToken(recorderToken(ours), token),
			),
			// For another project, another channel, another user
			...withToken(recorderToken(ours), recorderToken()),
			...withToken(
				recorderToken({ ...ours, channel: '*' }),
				recorderToken({ ...ours, channel: 'class-8' }),
			),
			...withToken(recorderToken({ ...ours, uid: '' }), recorderToken({ ...ours, uid: '527842' })),
		],
	},
	'token-lifetime': {
		pairs: [
			...withToken(
				recorderToken({ ...ours, expire: 600 }),
				recorderToken({ ...ours, issuedAt: Date.UTC(2025, 11, 31) / 1000, expire: 86_000 }),
			),
		],
	},
	// ------------------------------------------------------------------ storage
	'storage-required': {
		pairs: [
			// Update takes the bucket from the incoming item, if it is there
			...pairs('start', ALL, 'Bucket', {}, { credentials: { storageBucket: ' ' } }),
			...inStorages('Access Key ID', {}, { credentials: { storageAccessKey: '' } }),
			...inStorages('Secret Access Key', {}, { credentials: { storageSecretKey: '' } }),
			...pairs('start', ALL, 'Region', {}, { credentials: { storageRegion: '' } }),
			...inStorages('Storage Vendor', {}, { credentials: { storageVendor: '' } }),
		],
	},
	'storage-vendor': {
		pairs: inStorages(
			'Storage Vendor',
			{ credentials: { storageVendor: 'microsoftAzure' } },
			{ credentials: { storageVendor: '9' } },
		),
	},
	'storage-region': {
		pairs: [
			...inStorages(
				'Storage Overrides → Region',
				overrides({ region: 'il-central-1' }),
				overrides({ region: 'eu-central-7' }),
			),
			// A region left over from another vendor
			...pairs(
				'start',
				ALL,
				'Region',
				{ credentials: HUAWEI },
				{ credentials: { storageVendor: 'huaweiCloud', storageRegion: 'eu-central-1' } },
			),
		],
	},
	'sts-vendor': {
		pairs: inStorages(
			'STS Token',
			{ credentials: TENCENT, ...overrides(STS) },
			{ credentials: HUAWEI, ...overrides(STS) },
		),
	},
	'sts-together': {
		pairs: [
			...inStorages('STS Expiration', overrides(STS), overrides({ ...STS, stsExpiration: '' })),
			...inStorages('STS Token', overrides(STS), overrides({ ...STS, stsToken: '' })),
		],
	},
	// The clock of the tests begins with 2026
	'sts-lifetime': {
		pairs: inStorages(
			'STS Expiration',
			overrides({ ...STS, stsExpiration: '2026-06-01T00:00:00Z' }),
			overrides({ ...STS, stsExpiration: '2026-01-01T03:59:00Z' }),
		),
	},
	'sts-seconds': {
		pairs: [
			...inStorages(
				'STS Expiration',
				overrides({ ...STS, stsExpiration: '1893456000' }),
				overrides({ ...STS, stsExpiration: '1893456000000' }),
			),
			...inStorages(
				'STS Expiration',
				overrides({ ...STS, stsExpiration: '2030-01-01' }),
				overrides({ ...STS, stsExpiration: 'tomorrow' }),
			),
		],
	},
	'prefix-charset': {
		pairs: ['a_b', 'a-b', 'a b', 'a/(b)', 'ä'].flatMap((prefix) =>
			inStorages(
				'Folder in Bucket',
				form({ fileNamePrefix: '/directory1/Directory2/' }),
				form({ fileNamePrefix: prefix }),
			),
		),
	},
	'prefix-length': {
		pairs: inStorages(
			'Folder in Bucket',
			form({ fileNamePrefix: `${'a'.repeat(63)}/${'b'.repeat(63)}` }),
			form({ fileNamePrefix: `${'a'.repeat(63)}/${'b'.repeat(64)}` }),
		),
	},
	'sse-vendor': {
		pairs: inStorages('Storage Overrides → Encryption', overrides({ sse: 'kms' }), {
			credentials: TENCENT,
			...overrides({ sse: 'kms' }),
		}),
	},
	'sse-value': {
		pairs: inStorages(
			'Storage Overrides → Encryption',
			overrides({ sse: 'aes256' }),
			overrides({ sse: 'AES256' }),
		),
	},
	'tag-vendor': {
		pairs: inStorages('Storage Overrides → Tag', overrides({ tag: 'lesson' }), {
			credentials: TENCENT,
			...overrides({ tag: 'lesson' }),
		}),
	},
	'endpoint-required': {
		// Update takes the endpoint from the incoming item, as it does the bucket: files.test.mts
		pairs: pairs(
			'start',
			ALL,
			'Endpoint',
			{ credentials: { storageVendor: 's3Compatible', storageEndpoint: 's3.example.com' } },
			{ credentials: { storageVendor: 's3Compatible', storageEndpoint: '' } },
			// In update the recording tells its endpoint, which is therefore always there.
		).filter(({ operation }) => operation === 'start'),
	},
	// ------------------------------------------------------------------ recordingConfig
	'recording-config-scope': {
		construction: {
			why: 'It is sent in channel modes and in no other',
			attempts: [
				...attempts('start', RTC, {}, (body) => first(body, 'recordingConfig') !== undefined),
				...attempts(
					'start',
					WEB,
					{ channelProfile: 'communication', maxIdleTime: 60 },
					absent('recordingConfig'),
				),
			],
		},
	},
	'channel-type': {
		pairs: pairs(
			'start',
			RTC,
			'Channel Profile',
			{ channelProfile: 'liveBroadcasting' },
			{ channelProfile: 'broadcasting' },
		),
	},
	'decryption-mode': {
		pairs: pairs(
			'start',
			RTC,
			'Encryption → Mode',
			recording({ decryptionMode: 8, secret: 'key', salt: SALT }),
			recording({ decryptionMode: 9, secret: 'key', salt: SALT }),
		),
	},
	'secret-required': {
		pairs: [1, 6].flatMap((decryptionMode) =>
			pairs(
				'start',
				RTC,
				'Encryption → Key',
				recording({ decryptionMode, secret: 'key' }),
				recording({ decryptionMode }),
			),
		),
	},
	'salt-required': {
		pairs: [7, 8].flatMap((decryptionMode) =>
			pairs(
				'start',
				RTC,
				'Encryption → Salt',
				recording({ decryptionMode, secret: 'key', salt: SALT }),
				recording({ decryptionMode, secret: 'key' }),
			),
		),
	},
	'salt-bytes': {
		pairs: [
			Buffer.alloc(31).toString('base64'),
			Buffer.alloc(33).toString('base64'),
			'salt!',
			// Not Base64 but base64url, and Base64 without its last character
			Buffer.alloc(32, 0xfb).toString('base64url'),
			SALT.replace('=', ''),
		].flatMap((salt) =>
			pairs(
				'start',
				RTC,
				'Encryption → Salt',
				recording({ decryptionMode: 8, secret: 'key', salt: SALT }),
				recording({ decryptionMode: 8, secret: 'key', salt }),
			),
		),
	},
	'idle-time': {
		pairs: [
			...pairs('start', RTC, 'Stop After Idle (Seconds)', { maxIdleTime: 5 }, { maxIdleTime: 4 }),
			...pairs(
				'start',
				RTC,
				'Stop After Idle (Seconds)',
				{ maxIdleTime: 2_592_000 },
				{ maxIdleTime: 2_592_001 },
			),
			...pairs(
				'start',
				RTC,
				'Stop After Idle (Seconds)',
				{ maxIdleTime: '60' },
				{ maxIdleTime: 'a minute' },
			),
		],
	},
	'stream-types': {
		pairs: pairs('start', RTC, 'Record', { streamTypes: 2 }, { streamTypes: 3 }),
	},
	'video-stream-type': {
		pairs: pairs(
			'start',
			RTC,
			'Video Stream',
			recording({ videoStreamType: 1 }),
			recording({ videoStreamType: 2 }),
		),
	},
	// ------------------------------------------------------------------ subscriptions
	'lists-exclusive': {
		construction: {
			why: 'Whose streams are recorded is one choice a medium',
			attempts: ['only', 'except'].flatMap((audioSubscription) => [
				...attempts(
					'start',
					RTC,
					{ audioSubscription, audioUids: '1', videoSubscription: 'except', videoUids: '2' },
					(body) =>
						['Audio', 'Video'].every(
							(medium) =>
								absent(`recordingConfig.subscribe${medium}Uids`)(body) !==
								absent(`recordingConfig.unSubscribe${medium}Uids`)(body),
						),
				),
				...attempts('update', RTC, { audioSubscription, audioUids: '1' }, (body) => {
					const lists = first(body, 'streamSubscribe.audioUidList') as IDataObject;
					return Object.keys(lists).length === 1;
				}),
			]),
		},
	},
	'lists-length': { pairs: inLists(uids(32), uids(33)) },
	'lists-not-empty': { pairs: inLists('1', '') },
	'lists-uids': {
		pairs: [
			...inLists('1, 4294967295', 'alice'),
			...inLists('1', '0'),
			...inLists('1', '4294967296'),
		],
	},
	'lists-allstream-alone': {
		pairs: (['Audio', 'Video'] as const).flatMap((medium) => {
			const only = (list: string): INodeParameters => ({
				[`${medium.toLowerCase()}Subscription`]: 'only',
				[`${medium.toLowerCase()}Uids`]: list,
			});
			return [
				...pairs('start', RTC, `${medium} UIDs`, only('#allstream#'), only('#allstream#, 1')),
				...pairs('update', RTC, `${medium} UIDs`, only('#allstream#'), only('#allstream#, 1')),
			];
		}),
	},
	'audio-only-lists': {
		construction: {
			why: 'Lists of video are hidden where audio alone is recorded',
			attempts: attempts(
				'start',
				RTC,
				{
					streamTypes: 0,
					streamMode: 'default',
					audioSubscription: 'only',
					audioUids: '1',
					videoSubscription: 'only',
					videoUids: '1',
				},
				absent('recordingConfig.subscribeVideoUids'),
			),
		},
	},
	'video-only-lists': {
		construction: {
			why: 'Lists of audio are hidden where video alone is recorded',
			attempts: attempts(
				'start',
				RTC,
				{
					streamTypes: 1,
					audioSubscription: 'only',
					audioUids: '1',
					videoSubscription: 'only',
					videoUids: '1',
				},
				absent('recordingConfig.subscribeAudioUids'),
			),
		},
	},
	'lists-silence': {
		construction: {
			why: 'Everyone of the other medium is said with #allstream#',
			attempts: [
				...attempts(
					'start',
					RTC,
					{ audioSubscription: 'only', audioUids: '1' },
					(body) =>
						JSON.stringify(first(body, 'recordingConfig.subscribeVideoUids')) === '["#allstream#"]',
				),
				...attempts(
					'start',
					RTC,
					{ videoSubscription: 'except', videoUids: '1' },
					(body) =>
						JSON.stringify(first(body, 'recordingConfig.subscribeAudioUids')) === '["#allstream#"]',
				),
				...attempts(
					'start',
					RTC,
					{ videoSubscription: 'nobody' },
					(body) =>
						JSON.stringify(first(body, 'recordingConfig.subscribeAudioUids')) ===
							'["#allstream#"]' &&
						absent('recordingConfig.subscribeVideoUids')(body) &&
						absent('recordingConfig.unSubscribeVideoUids')(body),
				),
			],
		},
	},
	'lists-one-spelling': {
		construction: {
			why: 'The spelling is one choice',
			attempts: attempts(
				'start',
				RTC,
				{
					audioSubscription: 'except',
					audioUids: '1',
					recordingOptions: { unsubscribeSpelling: 'unsubscribe' },
				},
				(body) =>
					absent('recordingConfig.unSubscribeAudioUids')(body) &&
					!absent('recordingConfig.unsubscribeAudioUids')(body),
			),
		},
	},
	'uid-group-required': {
		pairs: pairs(
			'start',
			INDIVIDUAL,
			'Maximum Concurrent Users',
			{ subscribeUidGroup: 1 },
			{ subscribeUidGroup: -1 },
		),
	},
	'uid-group-range': {
		pairs: pairs(
			'start',
			INDIVIDUAL,
			'Maximum Concurrent Users',
			{ subscribeUidGroup: 5 },
			{ subscribeUidGroup: 6 },
		),
	},
	'uid-group-count': {
		// The lists of the reference have 4 users in all.
		pairs: pairs(
			'start',
			INDIVIDUAL,
			'Maximum Concurrent Users',
			{ subscribeUidGroup: 1, ...FOUR_USERS },
			{ subscribeUidGroup: 0, ...FOUR_USERS },
		),
	},
	// ------------------------------------------------------------------ individual
	'stream-mode': {
		pairs: pairs(
			'start',
			INDIVIDUAL,
			'Stream Mode',
			{ streamMode: 'standard' },
			{ streamMode: 'Standard' },
		),
	},
	'original-audio': {
		construction: {
			why: 'The form asks for it where audio alone is recorded',
			attempts: [1, 2].flatMap((streamTypes) =>
				attempts(
					'start',
					INDIVIDUAL,
					{ originalAudio: true, streamTypes },
					(body) => first(body, 'recordingConfig.streamMode') === 'standard',
				),
			),
		},
	},
	'individual-scope': {
		construction: {
			why: 'Hidden in composite mode',
			attempts: attempts(
				'start',
				MIX,
				{ streamMode: 'standard', subscribeUidGroup: 1, individualOutput: 'both' },
				absent('snapshotConfig', 'recordingConfig.streamMode', 'recordingConfig.subscribeUidGroup'),
			),
		},
	},
	// ------------------------------------------------------------------ composite
	'mix-scope': {
		construction: {
			why: 'Hidden in individual mode',
			attempts: attempts(
				'start',
				INDIVIDUAL,
				{ ...video({}), layout: 'bestFit', recordingOptions: { audioProfile: 1 } },
				absent('recordingConfig.transcodingConfig', 'recordingConfig.audioProfile'),
			),
		},
	},
	'audio-profile': {
		pairs: pairs(
			'start',
			MIX,
			'Audio Quality',
			recording({ audioProfile: 2 }),
			recording({ audioProfile: 3 }),
		),
	},
	'private-params': {
		construction: {
			why: 'A switch, written as JSON by the node',
			attempts: attempts(
				'start',
				RTC,
				recording({ correctEXTINF: true }),
				(body) =>
					(JSON.parse(first(body, 'recordingConfig.privateParams') as string) as IDataObject)
						.correctEXTINF === true,
			),
		},
	},
	'canvas-size': {
		pairs: [
			...pairs(
				'start',
				MIX,
				'Width (Pixels)',
				video({ width: 1920, height: 1080 }),
				video({ width: 1920, height: 1088 }),
			),
			...pairs(
				'start',
				MIX,
				'Width (Pixels)',
				video({ width: 1080, height: 1920 }),
				video({ width: 1088, height: 1920 }),
			),
		],
	},
	'canvas-fps': {
		pairs: pairs('start', MIX, 'Frames per Second', video({ fps: 24 }), video({ fps: 25 })),
	},
	'canvas-bitrate': {
		pairs: pairs(
			'start',
			MIX,
			'Bitrate (Kbps)',
			video({ bitrate: 6500 }),
			video({ bitrate: 6501 }),
		),
	},
	'canvas-together': {
		construction: {
			why: 'Left out ones are filled in',
			attempts: attempts(
				'start',
				MIX,
				{ videoProfile: 'custom', video: { width: 640, height: 360 } },
				(body) =>
					['width', 'height', 'fps', 'bitrate'].every(
						(name) => typeof first(body, `recordingConfig.transcodingConfig.${name}`) === 'number',
					),
			),
		},
	},
	// ------------------------------------------------------------------ layout
	'layout-kind': { pairs: inLayouts('Layout', { layout: 'bestFit' }, { layout: 'diagonal' }) },
	'layout-big-window': {
		construction: {
			why: 'Hidden with every other layout',
			attempts: [
				...attempts(
					'start',
					MIX,
					{ layout: 'bestFit', maxResolutionUid: '5' },
					absent('recordingConfig.transcodingConfig.maxResolutionUid'),
				),
				...attempts(
					'updateLayout',
					MIX,
					{ layout: 'floating', maxResolutionUid: '5' },
					absent('maxResolutionUid'),
				),
			],
		},
	},
	'layout-big-window-uid': {
		pairs: ['0', '4294967296', 'alice'].flatMap((maxResolutionUid) =>
			inLayouts(
				'Large Window UID',
				{ layout: 'vertical', maxResolutionUid: '4294967295' },
				{ layout: 'vertical', maxResolutionUid },
			),
		),
	},
	'layout-custom-needs-regions': {
		pairs: inLayouts('Regions', region({}), { layout: 'custom' }),
	},
	'layout-regions-need-custom': {
		construction: {
			why: 'Hidden with every other layout',
			attempts: [
				...attempts(
					'start',
					MIX,
					{ ...region({}), layout: 'bestFit' },
					absent('recordingConfig.transcodingConfig.layoutConfig'),
				),
				...attempts(
					'updateLayout',
					MIX,
					{ ...region({}), layout: 'floating' },
					absent('layoutConfig'),
				),
			],
		},
	},
	'layout-17': {
		pairs: [
			...inLayouts(
				'Regions',
				region(...Array.from({ length: 17 }, () => ({}))),
				region(...Array.from({ length: 18 }, () => ({}))),
			),
			...inLayouts(
				'Number of Users',
				{ layout: 'grid', layoutUsers: 17 },
				{ layout: 'grid', layoutUsers: 18 },
			),
		],
	},
	'layout-unit': {
		pairs: [
			...inLayouts('Regions 1 → Left', region({ x_axis: 0.5 }), region({ x_axis: -0.1 })),
			...inLayouts('Regions 1 → Top', region({ y_axis: 0.5 }), region({ y_axis: 1.1 })),
			...inLayouts('Regions 2 → Width', region({}, { width: 1 }), region({}, { width: 1.1 })),
			...inLayouts('Regions 1 → Height', region({ height: 1 }), region({ height: -0.1 })),
		],
	},
	'layout-inside': {
		pairs: [
			...inLayouts('Regions 1 → Width', region({ x_axis: 0.5 }), region({ x_axis: 0.6 })),
			...inLayouts('Regions 1 → Height', region({ y_axis: 0.5 }), region({ y_axis: 0.6 })),
		],
	},
	'layout-decimals': {
		pairs: inLayouts(
			'Regions 1 → Left',
			region({ x_axis: 0.333333 }),
			region({ x_axis: 0.3333333 }),
		),
	},
	'layout-alpha': {
		pairs: inLayouts('Regions 1 → Opacity', region({ alpha: 0 }), region({ alpha: 1.5 })),
	},
	'layout-render-mode': {
		pairs: [
			...inLayouts('Regions 1 → Scaling', region({ render_mode: 1 }), region({ render_mode: 2 })),
			...inLayouts('Scaling', userImage({ render_mode: 1 }), userImage({ render_mode: 2 })),
		],
	},
	'layout-uid': {
		pairs: [
			...inLayouts('Regions 1 → UID', region({ uid: '4294967295' }), region({ uid: '4294967296' })),
			...inLayouts(
				'UIDs in Order',
				{ layout: 'grid', layoutUids: '1, 2' },
				{ layout: 'grid', layoutUids: '1, bob' },
			),
		],
	},
	'background-color': {
		pairs: inLayouts(
			'Background Color',
			background({ backgroundColor: '#ff0000' }),
			background({ backgroundColor: 'red' }),
		),
	},
	'background-image-url': {
		pairs: [
			...inLayouts(
				'Background Image',
				background({ backgroundImage: 'https://example.com/canvas.jpg' }),
				background({ backgroundImage: 'canvas.jpg' }),
			),
			...inLayouts(
				'Default User Image',
				background({ defaultUserBackgroundImage: 'https://example.com/user.jpg' }),
				background({ defaultUserBackgroundImage: 'user.jpg' }),
			),
		],
	},
	'background-config-required': {
		pairs: [
			...inLayouts('UID', userImage({}), userImage({ uid: '' })),
			...inLayouts('Image', userImage({}), userImage({ image_url: '' })),
		],
	},
	'background-config-url': {
		pairs: inLayouts('Image', userImage({}), userImage({ image_url: 'ftp://example.com/a.jpg' })),
	},
	// ------------------------------------------------------------------ files
	'mp4-alone': {
		pairs: pairs(
			'start',
			['mix', 'web'],
			'File Format',
			{ fileFormat: 'hlsAndMp4' },
			{ fileFormat: 'mp4' },
		),
	},
	'mp4-individual': {
		construction: {
			why: 'Hidden in individual mode',
			attempts: attempts(
				'start',
				INDIVIDUAL,
				{ fileFormat: 'hlsAndMp4' },
				(body) => JSON.stringify(first(body, 'recordingFileConfig.avFileType')) === '["hls"]',
			),
		},
	},
	'file-type': {
		pairs: pairs(
			'start',
			['mix', 'web'],
			'File Format',
			{ fileFormat: 'hls' },
			{ fileFormat: 'webm' },
		),
	},
	// ------------------------------------------------------------------ screenshots
	'snapshot-interval': {
		pairs: [0, 3601, 7.5].flatMap((captureInterval) =>
			['both', 'screenshots'].flatMap((individualOutput) =>
				pairs(
					'start',
					INDIVIDUAL,
					'Screenshot Interval (Seconds)',
					{ individualOutput, captureInterval: captureInterval < 1 ? 1 : 3600 },
					{ individualOutput, captureInterval },
				),
			),
		),
	},
	'snapshot-file-type': {
		construction: {
			why: 'There is no choice',
			attempts: attempts(
				'start',
				INDIVIDUAL,
				{ individualOutput: 'both' },
				(body) => JSON.stringify(first(body, 'snapshotConfig.fileType')) === '["jpg"]',
			),
		},
	},
	'snapshot-video': {
		pairs: pairs(
			'start',
			INDIVIDUAL,
			'Record',
			{ individualOutput: 'both', streamTypes: 1 },
			{ individualOutput: 'both', streamTypes: 0, streamMode: 'default' },
		),
	},
	'snapshot-lists': {
		pairs: ['both', 'screenshots'].flatMap((individualOutput) =>
			pairs(
				'start',
				INDIVIDUAL,
				'Video',
				{ individualOutput, audioSubscription: 'only', audioUids: '1' },
				{
					individualOutput,
					audioSubscription: 'only',
					audioUids: '1',
					videoSubscription: 'nobody',
				},
			),
		),
	},
	'snapshot-files': {
		construction: {
			why: 'It follows from what is to be made',
			attempts: [
				...attempts(
					'start',
					INDIVIDUAL,
					{ individualOutput: 'screenshots', streamTypes: 0, fileFormat: 'hls' },
					(body) =>
						absent('recordingFileConfig')(body) && first(body, 'recordingConfig.streamTypes') !== 0,
				),
				...attempts(
					'start',
					INDIVIDUAL,
					{ individualOutput: 'both' },
					(body) => !absent('recordingFileConfig')(body),
				),
				...attempts(
					'start',
					INDIVIDUAL,
					{ individualOutput: 'recording', captureInterval: 5 },
					absent('snapshotConfig'),
				),
			],
		},
	},
	// ------------------------------------------------------------------ web page
	'web-required': {
		pairs: [
			...pairs('start', WEB, 'Page URL', {}, { url: '' }),
			...pairs('start', WEB, 'Width (Pixels)', {}, { pageSize: 'custom', videoWidth: '' }),
			...pairs(
				'start',
				WEB,
				'Height (Pixels)',
				{},
				{ pageSize: 'custom', videoHeight: null as unknown as string },
			),
			...pairs('start', WEB, 'Stop After (Hours)', {}, { maxRecordingHour: '' }),
		],
	},
	'web-audio-profile-required': {
		construction: {
			why: 'Always sent',
			attempts: attempts(
				'start',
				WEB,
				{},
				(body) => valuesAt(body, `${PAGE}.serviceParam.audioProfile`)[0] === 0,
			),
		},
	},
	'web-url': {
		pairs: ['example', 'ftp://example.com/', 'example.com/room'].flatMap((url) =>
			pairs('start', WEB, 'Page URL', { url: 'http://example.com/' }, { url }),
		),
	},
	'web-audio-profile': {
		pairs: pairs('start', WEB, 'Audio Quality', { audioProfile: 2 }, { audioProfile: 3 }),
	},
	'web-size': {
		pairs: pairs(
			'start',
			WEB,
			'Width (Pixels)',
			{ pageSize: 'custom', videoWidth: 1080, videoHeight: 1920 },
			{ pageSize: 'custom', videoWidth: 1920, videoHeight: 1088 },
		),
	},
	'web-side': {
		pairs: [
			...pairs(
				'start',
				WEB,
				'Width (Pixels)',
				{ pageSize: 'custom', videoWidth: 240 },
				{ pageSize: 'custom', videoWidth: 239 },
			),
			...pairs(
				'start',
				WEB,
				'Width (Pixels)',
				{ pageSize: 'custom', videoWidth: 1920 },
				{ pageSize: 'custom', videoWidth: 1921 },
			),
			...pairs(
				'start',
				WEB,
				'Height (Pixels)',
				{ pageSize: 'custom', videoHeight: 240 },
				{ pageSize: 'custom', videoHeight: 239 },
			),
			...pairs(
				'start',
				WEB,
				'Height (Pixels)',
				{ pageSize: 'custom', videoHeight: 1080 },
				{ pageSize: 'custom', videoHeight: 1921 },
			),
		],
	},
	'web-hours': {
		pairs: [0, 721, 1.5].flatMap((hours) =>
			pairs(
				'start',
				WEB,
				'Stop After (Hours)',
				{ maxRecordingHour: hours < 1 ? 1 : 720 },
				{ maxRecordingHour: hours },
			),
		),
	},
	'web-hours-resource': {
		construction: {
			why: 'resourceExpiredHour is raised to cover the recording',
			attempts: [
				...attempts(
					'start',
					WEB,
					{ maxRecordingHour: 25, options: { resourceExpiredHour: 24 } },
					(_, acquire) => first(acquire, 'resourceExpiredHour') === 25,
				),
				// 72 hours is Agora's own default
				...attempts(
					'start',
					WEB,
					{ maxRecordingHour: 73 },
					(_, acquire) => first(acquire, 'resourceExpiredHour') === 73,
				),
				...attempts('start', WEB, { maxRecordingHour: 72 }, (_, acquire) =>
					absent('resourceExpiredHour')(acquire),
				),
				...attempts(
					'acquire',
					WEB,
					{ maxRecordingHour: 720, options: { resourceExpiredHour: 24 } },
					(acquire) => first(acquire, 'resourceExpiredHour') === 720,
				),
			],
		},
	},
	'web-bitrate': {
		pairs: [49, 8001].flatMap((videoBitrate) =>
			pairs(
				'start',
				WEB,
				'Bitrate (Kbps)',
				option({ videoBitrate: videoBitrate < 50 ? 50 : 8000 }),
				option({ videoBitrate }),
			),
		),
	},
	'web-fps': {
		pairs: [4, 61].flatMap((videoFps) =>
			pairs(
				'start',
				WEB,
				'Frames per Second',
				option({ videoFps: videoFps < 5 ? 5 : 60 }),
				option({ videoFps }),
			),
		),
	},
	'web-mp4-minutes': {
		pairs: [29, 241].flatMap((maxVideoDuration) =>
			pairs(
				'start',
				WEB,
				'MP4 File Length (Minutes)',
				option({ maxVideoDuration: maxVideoDuration < 30 ? 30 : 240 }),
				option({ maxVideoDuration }),
			),
		),
	},
	'web-ready-timeout': {
		pairs: [-1, 61, 20.5].flatMap((readyTimeout) =>
			pairs(
				'start',
				WEB,
				'Page Ready Timeout (Seconds)',
				option({ readyTimeout: readyTimeout < 0 ? 0 : 60 }),
				option({ readyTimeout }),
			),
		),
	},
	'web-services': {
		construction: {
			why: 'The page recorder is always there, the push only with an address',
			attempts: [
				...attempts('start', WEB, {}, (body) => serviceNames(body) === 'web_recorder_service'),
				...attempts(
					'start',
					WEB,
					{ rtmpUrl: 'rtmp://example.com/live/key' },
					(body) => serviceNames(body) === 'web_recorder_service,rtmp_publish_service',
				),
			],
		},
	},
	'web-scope': {
		construction: {
			why: 'Hidden in channel modes',
			attempts: attempts(
				'start',
				RTC,
				{ url: 'https://example.com/', rtmpUrl: 'rtmp://example.com/live/key' },
				absent('extensionServiceConfig'),
			),
		},
	},
	'web-error-policy': {
		construction: {
			why: 'There is no choice',
			attempts: attempts(
				'start',
				WEB,
				{ rtmpUrl: 'rtmp://example.com/live/key' },
				(body) =>
					first(body, 'extensionServiceConfig.errorHandlePolicy') === 'error_abort' &&
					valuesAt(
						body,
						'clientRequest.extensionServiceConfig.extensionServices[].errorHandlePolicy',
					).join() === 'error_abort,error_ignore',
			),
		},
	},
	'rtmp-scheme': {
		pairs: ['https://example.com/live/key', 'example.com/live', 'rtmpt://example.com/a'].flatMap(
			(rtmpUrl) => [
				...pairs(
					'start',
					WEB,
					'CDN Push URL',
					{ rtmpUrl: 'rtmps://example.com/live/key' },
					{ rtmpUrl },
				),
				...pairs(
					'update',
					WEB,
					'CDN Push URL',
					{ change: 'cdn', rtmpUrl: 'rtmps://example.com/live/key' },
					{ change: 'cdn', rtmpUrl },
				),
			],
		),
	},
	'rtmp-one': {
		construction: {
			why: 'There is one field',
			attempts: [
				...attempts(
					'start',
					WEB,
					{ rtmpUrl: 'rtmp://example.com/live/key' },
					(body) =>
						valuesAt(
							body,
							'clientRequest.extensionServiceConfig.extensionServices[].serviceParam.outputs[]',
						).length === 1,
				),
				...attempts(
					'update',
					WEB,
					{ change: 'cdn', rtmpUrl: 'rtmp://example.com/live/key' },
					(body) => valuesAt(body, 'clientRequest.rtmpPublishConfig.outputs[]').length === 1,
				),
			],
		},
	},
	// ------------------------------------------------------------------ update
	'update-scope': {
		pairs: [
			...pairs('update', WEB, 'Change', { change: 'pause' }, { change: 'subscription' }),
			...pairs('update', RTC, 'Change', { change: 'subscription' }, { change: 'pause' }),
			...pairs('update', RTC, 'Change', { change: 'subscription' }, { change: 'cdn' }),
		],
	},
	'update-stream-types': {
		open: "An item of Start tells it, and the other list is left out; one of the user's own need not tell",
	},
	'update-push': { open: 'The item does not tell whether the recording pushes to a CDN' },
	'layout-mode': { elsewhere: 'Update Layout for a recording of another mode' },
	// ------------------------------------------------------------------ of old
	'scene-2-apps': {
		construction: {
			why: 'All three follow from one choice',
			attempts: [
				...attempts(
					'start',
					INDIVIDUAL,
					postponed({}),
					(body, acquire) =>
						first(acquire, 'scene') === 2 && !absent('appsCollection', 'transcodeOptions')(body),
				),
				...attempts(
					'start',
					INDIVIDUAL,
					{ recordingOptions: { postponedProcessing: true } },
					(body, acquire) =>
						first(acquire, 'scene') === 0 && absent('appsCollection', 'transcodeOptions')(body),
				),
				...attempts(
					'start',
					['mix', 'web'],
					postponed({}),
					(body, acquire) =>
						first(acquire, 'scene') !== 2 && absent('appsCollection', 'transcodeOptions')(body),
				),
			],
		},
	},
	'combination-policy': {
		construction: {
			why: 'It follows from the choice',
			attempts: attempts(
				'start',
				INDIVIDUAL,
				postponed({}),
				(body) => first(body, 'appsCollection.combinationPolicy') === 'postpone_transcoding',
			),
		},
	},
	'trans-mode': {
		pairs: pairs(
			'start',
			INDIVIDUAL,
			'Postponed Processing (Legacy) → Processing',
			postponed({}),
			postponed({ transMode: 'transcoding' }),
		),
	},
	'trans-format': {
		pairs: [
			...pairs(
				'start',
				INDIVIDUAL,
				'Postponed Processing (Legacy) → File Format',
				mixing({ format: 'm4a' }),
				mixing({ format: 'mp4' }),
			),
			...pairs(
				'start',
				INDIVIDUAL,
				'Postponed Processing (Legacy) → File Format',
				mixing({ format: 'aac' }),
				mixing({ format: 'ogg' }),
			),
		],
	},
	'trans-audio': {
		pairs: [
			...pairs(
				'start',
				INDIVIDUAL,
				'Postponed Processing (Legacy) → Sample Rate',
				mixing({ sampleRate: '16000' }),
				mixing({ sampleRate: '44100' }),
			),
			...pairs(
				'start',
				INDIVIDUAL,
				'Postponed Processing (Legacy) → Audio Channels',
				mixing({ channels: '1' }),
				mixing({ channels: '3' }),
			),
			...pairs(
				'start',
				INDIVIDUAL,
				'Postponed Processing (Legacy) → Audio Bitrate',
				mixing({ audioBitrate: '64000' }),
				mixing({ audioBitrate: 'much' }),
			),
		],
	},
	'mix-original': {
		open: 'S1 words it as where the scene applies; nothing says what becomes of others',
	},
};

function serviceNames(body: IDataObject): string {
	return valuesAt(
		body,
		'clientRequest.extensionServiceConfig.extensionServices[].serviceName',
	).join();
}
