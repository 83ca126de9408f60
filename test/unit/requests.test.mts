import {
	acquireClientRequest,
	acquireSchema,
	startSchema,
	type CompositeRequest,
} from '../../nodes/AgoraCloudRecording/agora/requests/start.ts';
import { updateLayoutSchema } from '../../nodes/AgoraCloudRecording/agora/requests/picture.ts';
import { rangeRule } from '../../nodes/AgoraCloudRecording/agora/requests/common.ts';
import { updateSchema } from '../../nodes/AgoraCloudRecording/agora/requests/update.ts';
import { webPageServices } from '../../nodes/AgoraCloudRecording/agora/requests/webPage.ts';
import { brokenRules, misshapen } from '../../nodes/AgoraCloudRecording/agora/requests/rules.ts';

const picture = { width: 1280, height: 720, fps: 15, bitrate: 2260, mixedVideoLayout: 1 };
const storage = { vendor: 1, region: 7, bucket: 'b', accessKey: 'ak', secretKey: 'sk' };
const config = { channelType: 0, streamTypes: 2, maxIdleTime: 300, transcodingConfig: picture };

const requestOf = (clientRequest: object) => ({ cname: 'class-7', uid: '527841', clientRequest });
const startOf = (changes: object = {}) =>
	requestOf({
		recordingConfig: { ...config, ...changes },
		recordingFileConfig: { avFileType: ['hls'] },
		storageConfig: storage,
	});
const withPicture = (changes: object) => startOf({ transcodingConfig: { ...picture, ...changes } });
const withStorage = (changes: object) =>
	requestOf({
		...startOf().clientRequest,
		storageConfig: { ...storage, ...changes },
	});

describe('An acquire', () => {
	it.each([
		['mix', 0],
		['individual', 0],
		['web', 1],
	] as const)('for mode %s has scene %i', (mode, scene) => {
		expect(acquireClientRequest(mode, {})).toEqual({ scene });
	});

	it('carries the start to come as it is', () => {
		const startParameter = startOf().clientRequest as CompositeRequest;
		const request = acquireClientRequest('mix', { region: 'EU' }, startParameter);
		expect(request).toEqual({ scene: 0, region: 'EU', startParameter });
	});

	it('has scene 2 for what is done afterwards', () => {
		expect(acquireClientRequest('individual', { postponed: true })).toEqual({ scene: 2 });
	});
});

/** rest-api.md 2, 3.2 to 3.5: a value that is right, or what is wrong with it. */
const START_RULES: ReadonlyArray<readonly [string, object, string | undefined]> = [
	['the sample', startOf(), undefined],
	['no channel', { ...startOf(), cname: '' }, 'cname'],
	['a channel of 64 bytes', { ...startOf(), cname: 'x'.repeat(64) }, 'cname'],
	['a channel with a slash', { ...startOf(), cname: 'a/b' }, 'cname'],
	['UID 0', { ...startOf(), uid: '0' }, 'uid'],
	['idle for 5 s', startOf({ maxIdleTime: 5 }), undefined],
	['idle for 4 s', startOf({ maxIdleTime: 4 }), 'maxIdleTime'],
	['idle for 30 days', startOf({ maxIdleTime: 2_592_000 }), undefined],
	['idle for longer', startOf({ maxIdleTime: 2_592_001 }), 'maxIdleTime'],
	['idle for 5.5 s', startOf({ maxIdleTime: 5.5 }), 'maxIdleTime'],
	['channel type 1', startOf({ channelType: 1 }), undefined],
	['channel type 2', startOf({ channelType: 2 }), 'channelType'],
	['stream types 0', startOf({ streamTypes: 0, transcodingConfig: undefined }), undefined],
	['stream types 1', startOf({ streamTypes: 1 }), undefined],
	['stream types 3', startOf({ streamTypes: 3 }), 'streamTypes'],
	['video stream 1', startOf({ videoStreamType: 1 }), undefined],
	['video stream 2', startOf({ videoStreamType: 2 }), 'videoStreamType'],
	['audio profile 2', startOf({ audioProfile: 2 }), undefined],
	['audio profile 3', startOf({ audioProfile: 3 }), 'audioProfile'],
	['1920 × 1080', withPicture({ width: 1920, height: 1080 }), undefined],
	['1080 × 1920', withPicture({ width: 1080, height: 1920 }), undefined],
	['1920 × 1081', withPicture({ width: 1920, height: 1081 }), 'width'],
	['1921 wide', withPicture({ width: 1921, height: 100 }), 'width'],
	['0 high', withPicture({ height: 0 }), 'height'],
	...[1, 7, 10, 15, 24, 30, 60].map(
		(fps) => [`${fps} frames per second`, withPicture({ fps }), undefined] as const,
	),
	['25 frames per second', withPicture({ fps: 25 }), 'fps'],
	['6500 kbps', withPicture({ bitrate: 6500 }), undefined],
	['6501 kbps', withPicture({ bitrate: 6501 }), 'bitrate'],
	['0 kbps', withPicture({ bitrate: 0 }), 'bitrate'],
	['background #00ff7F', withPicture({ backgroundColor: '#00ff7F' }), undefined],
	['background red', withPicture({ backgroundColor: 'red' }), 'backgroundColor'],
	['background #fff', withPicture({ backgroundColor: '#fff' }), 'backgroundColor'],
	[
		'large picture of 0',
		withPicture({ mixedVideoLayout: 2, maxResolutionUid: '0' }),
		'maxResolutionUid',
	],
	[
		'large picture of 123',
		withPicture({ mixedVideoLayout: 2, maxResolutionUid: '123' }),
		undefined,
	],
	['no bucket', withStorage({ bucket: '' }), 'bucket'],
	['no access key', withStorage({ accessKey: '' }), 'accessKey'],
	['no secret key', withStorage({ secretKey: '' }), 'secretKey'],
	['directories', withStorage({ fileNamePrefix: ['directory1', 'A9'] }), undefined],
	['a directory with -', withStorage({ fileNamePrefix: ['ok', 'a-b'] }), 'fileNamePrefix.1'],
	['a prefix of 128', withStorage({ fileNamePrefix: ['a'.repeat(64), 'b'.repeat(62)] }), undefined],
	['a prefix of 129', withStorage({ fileNamePrefix: ['a'.repeat(64), 'b'.repeat(63)] }), 'Prefix'],
	['encryption kms', withStorage({ extensionParams: { sse: 'kms' } }), undefined],
	['encryption des', withStorage({ extensionParams: { sse: 'des' } }), 'sse'],
	['a host', withStorage({ extensionParams: { endpoint: 's3.example.com:9000' } }), undefined],
	['a URL', withStorage({ extensionParams: { endpoint: 'https://s3.example.com' } }), 'endpoint'],
];

const SALT = `${'A'.repeat(43)}=`;
const UIDS = Array.from({ length: 32 }, (_, i) => String(i + 1));
const region = { x_axis: 0.5, y_axis: 0.25, width: 0.5, height: 0.75 };
const withRegion = (changes: object) => ({
	mixedVideoLayout: 3,
	layoutConfig: [{ ...region, ...changes }],
});

/** rest-api.md 3.3: whom to record, and encryption. */
const CHANNEL_RULES: ReadonlyArray<readonly [string, object, string | undefined]> = [
	['AES without key', { decryptionMode: 1 }, 'secret'],
	['AES with an empty key', { decryptionMode: 1, secret: '' }, 'secret'],
	['AES', { decryptionMode: 6, secret: 'k' }, undefined],
	['GCM2 without salt', { decryptionMode: 7, secret: 'k' }, 'salt'],
	['GCM2 with a short salt', { decryptionMode: 7, secret: 'k', salt: 'AAAA' }, 'salt'],
	['GCM2 with a long salt', { decryptionMode: 7, secret: 'k', salt: `A${SALT}` }, 'salt'],
	['GCM2 with more after the salt', { decryptionMode: 7, secret: 'k', salt: `${SALT}A` }, 'salt'],
	['GCM2', { decryptionMode: 8, secret: 'k', salt: SALT }, undefined],
	['encryption 9', { decryptionMode: 9, secret: 'k', salt: SALT }, 'decryptionMode'],
	['no encryption', { decryptionMode: 0 }, undefined],
	['one to hear', { subscribeAudioUids: ['5'] }, undefined],
	['everyone to hear', { subscribeAudioUids: ['#allstream#'] }, undefined],
	['everyone and one', { subscribeAudioUids: ['#allstream#', '5'] }, 'subscribeAudioUids'],
	['nobody to hear', { subscribeAudioUids: [] }, 'subscribeAudioUids'],
	['a name to hear', { subscribeAudioUids: ['Ann'] }, 'subscribeAudioUids.0'],
	['32 to see', { subscribeVideoUids: UIDS }, undefined],
	['33 to see', { subscribeVideoUids: [...UIDS, '33'] }, 'subscribeVideoUids'],
	['all but one to hear', { unSubscribeAudioUids: ['5'] }, undefined],
	['all but nobody', { unSubscribeAudioUids: [] }, 'unSubscribeAudioUids'],
	['all but everyone', { unSubscribeAudioUids: ['#allstream#'] }, 'unSubscribeAudioUids.0'],
	['all but 32', { unsubscribeVideoUids: UIDS }, undefined],
	['all but 33', { unsubscribeVideoUids: [...UIDS, '33'] }, 'unsubscribeVideoUids'],
	...['unSubscribeVideoUids', 'unsubscribeVideoUids'].map(
		(name) =>
			[
				`some, and ${name}`,
				{ subscribeVideoUids: ['5'], [name]: ['6'] },
				'subscribeVideoUids',
			] as const,
	),
	['whom to see of sound', { streamTypes: 0, subscribeVideoUids: ['5'] }, 'subscribeVideoUids'],
	['whom to hear of sound', { streamTypes: 0, subscribeAudioUids: ['5'] }, undefined],
	[
		'whom not to hear of video',
		{ streamTypes: 1, unSubscribeAudioUids: ['5'] },
		'subscribeAudioUids',
	],
	['whom to see of video', { streamTypes: 1, subscribeVideoUids: ['5'] }, undefined],
];

/** rest-api.md 3.4. */
const LAYOUT_RULES: ReadonlyArray<readonly [string, object, string | undefined]> = [
	['a region to the edge', withRegion({}), undefined],
	['a region over the right edge', withRegion({ width: 0.500001 }), 'width'],
	['a region over the lower edge', withRegion({ height: 0.750001 }), 'height'],
	['a region of six decimals', withRegion({ width: 0.123456 }), undefined],
	['a region of seven decimals', withRegion({ width: 0.1234567 }), 'width'],
	['a region left of the picture', withRegion({ x_axis: -0.1 }), 'x_axis'],
	['a region of all', withRegion({ x_axis: 0, y_axis: 0, width: 1, height: 1 }), undefined],
	['a region wider than all', withRegion({ x_axis: 0, width: 1.1 }), 'width'],
	['a region that crops', withRegion({ render_mode: 0, alpha: 0.5, uid: '5' }), undefined],
	['a region that turns', withRegion({ render_mode: 2 }), 'render_mode'],
	['no region', { mixedVideoLayout: 3 }, 'layoutConfig'],
	['an empty list of regions', { mixedVideoLayout: 3, layoutConfig: [] }, 'layoutConfig'],
	['17 regions', { mixedVideoLayout: 3, layoutConfig: Array(17).fill(region) }, undefined],
	['18 regions', { mixedVideoLayout: 3, layoutConfig: Array(18).fill(region) }, 'layoutConfig'],
	['a region of another layout', { mixedVideoLayout: 1, layoutConfig: [region] }, 'layoutConfig'],
	['no list of another layout', { mixedVideoLayout: 1, layoutConfig: [] }, undefined],
	['layout 4', { mixedVideoLayout: 4 }, 'mixedVideoLayout'],
	['a large one of all alike', { mixedVideoLayout: 1, maxResolutionUid: '5' }, 'maxResolutionUid'],
	['a color with more', { mixedVideoLayout: 0, backgroundColor: '#0011223' }, 'backgroundColor'],
	['more with a color', { mixedVideoLayout: 0, backgroundColor: 'a#001122' }, 'backgroundColor'],
	['an image', { mixedVideoLayout: 0, backgroundImage: 'HTTPS://example.com/a' }, undefined],
	['an image by name', { mixedVideoLayout: 0, backgroundImage: 'example.com' }, 'backgroundImage'],
	['an image elsewhere', { mixedVideoLayout: 0, backgroundImage: 'ftp://a.b' }, 'backgroundImage'],
	['half an image', { mixedVideoLayout: 0, backgroundImage: 'https://' }, 'backgroundImage'],
	[
		'an image of a user',
		{
			mixedVideoLayout: 0,
			backgroundConfig: [{ uid: '5', image_url: 'http://a.b/c', render_mode: 1 }],
		},
		undefined,
	],
	[
		'an image that turns',
		{
			mixedVideoLayout: 0,
			backgroundConfig: [{ uid: '5', image_url: 'http://a.b/c', render_mode: 2 }],
		},
		'render_mode',
	],
];

const individualOf = (changes: object = {}, more: object = {}) =>
	requestOf({
		recordingConfig: { channelType: 0, subscribeUidGroup: 0, ...changes },
		storageConfig: storage,
		...more,
	});
const transcoding = (transMode: string, format?: string, audio?: object) =>
	individualOf(
		{},
		{
			transcodeOptions: {
				transConfig: { transMode },
				...(format !== undefined && { container: { format } }),
				...(audio && { audio }),
			},
		},
	);
const snapshots = (changes: object = {}, captureInterval = 10) =>
	individualOf(changes, { snapshotConfig: { captureInterval, fileType: ['jpg'] } });

/** rest-api.md 3.3, 3.5, 3.6 and section 9. */
const INDIVIDUAL_RULES: ReadonlyArray<readonly [string, object, string | undefined]> = [
	['the sample', individualOf(), undefined],
	['group 5', individualOf({ subscribeUidGroup: 5 }), undefined],
	['group 6', individualOf({ subscribeUidGroup: 6 }), 'subscribeUidGroup'],
	['group -1', individualOf({ subscribeUidGroup: -1 }), 'subscribeUidGroup'],
	['no group', individualOf({ subscribeUidGroup: undefined }), 'subscribeUidGroup'],
	['AES without key', individualOf({ decryptionMode: 1 }), 'secret'],
	['original video', individualOf({ streamMode: 'original' }), 'streamMode'],
	['original audio', individualOf({ streamMode: 'original', streamTypes: 0 }), undefined],
	['standard video', individualOf({ streamMode: 'standard' }), undefined],
	['HLS', individualOf({}, { recordingFileConfig: { avFileType: ['hls'] } }), undefined],
	['MP4', individualOf({}, { recordingFileConfig: { avFileType: ['hls', 'mp4'] } }), 'avFileType'],
	['screenshots', snapshots(), undefined],
	['a screenshot each hour', snapshots({}, 3600), undefined],
	['screenshots more seldom', snapshots({}, 3601), 'captureInterval'],
	['screenshots at once', snapshots({}, 0), 'captureInterval'],
	[
		'screenshots as PNG',
		individualOf({}, { snapshotConfig: { fileType: ['png'] } }),
		'snapshotConfig.fileType',
	],
	['screenshots of sound', snapshots({ streamTypes: 0 }), 'streamTypes'],
	['screenshots of whom to hear', snapshots({ subscribeAudioUids: ['5'] }), 'subscribeVideoUids'],
	[
		'screenshots of whom to see',
		snapshots({ subscribeAudioUids: ['5'], subscribeVideoUids: ['5'] }),
		undefined,
	],
	['whom to hear alone', individualOf({ subscribeAudioUids: ['5'] }), undefined],
	['transcoding', transcoding('postponeTranscoding'), undefined],
	['transcoding to MP4', transcoding('postponeTranscoding', 'mp4'), undefined],
	['transcoding to MP3', transcoding('postponeTranscoding', 'mp3'), 'format'],
	['mixing', transcoding('audioMix', 'mp3', { bitrate: '48000' }), undefined],
	['mixing to MP4', transcoding('audioMix', 'mp4'), 'format'],
	['mixing at 0 bits', transcoding('audioMix', 'aac', { bitrate: '0' }), 'bitrate'],
	['mixing at 4.8 bits', transcoding('audioMix', 'aac', { bitrate: '4.8' }), 'bitrate'],
	['mixing at 8000 Hz', transcoding('audioMix', 'aac', { sampleRate: '8000' }), 'sampleRate'],
	['mixing of 3 channels', transcoding('audioMix', 'aac', { channels: '3' }), 'channels'],
];

const pageOf = (changes: object, ...rtmpUrl: string[]) =>
	requestOf({
		extensionServiceConfig: webPageServices(
			{
				...{ url: 'https://example.com', audioProfile: 0, maxRecordingHour: 1 },
				...{ videoWidth: 1280, videoHeight: 720 },
				...changes,
			},
			...rtmpUrl,
		),
		storageConfig: storage,
	});

/** rest-api.md 3.7. */
const PAGE_RULES: ReadonlyArray<readonly [string, object, string | undefined]> = [
	['the sample', pageOf({}), undefined],
	['1920 × 1080', pageOf({ videoWidth: 1920, videoHeight: 1080 }), undefined],
	['1920 × 1081', pageOf({ videoWidth: 1920, videoHeight: 1081 }), 'videoWidth'],
	['239 high', pageOf({ videoHeight: 239 }), 'videoHeight'],
	['240 high', pageOf({ videoHeight: 240 }), undefined],
	['720 hours', pageOf({ maxRecordingHour: 720 }), undefined],
	['721 hours', pageOf({ maxRecordingHour: 721 }), 'maxRecordingHour'],
	['a page by name', pageOf({ url: 'example.com' }), 'url'],
	['a push', pageOf({}, 'rtmps://example.com/live/key'), undefined],
	['a push to a page', pageOf({}, 'https://example.com/live/key'), 'rtmpUrl'],
];

const updateOf = (clientRequest: object) => ({ clientRequest });
const streams = (audioUidList: object, videoUidList: object = {}) =>
	updateOf({ streamSubscribe: { audioUidList, videoUidList } });
const push = (...urls: string[]) =>
	updateOf({ rtmpPublishConfig: { outputs: urls.map((rtmpUrl) => ({ rtmpUrl })) } });

/** rest-api.md section 4. */
const UPDATE_RULES: ReadonlyArray<readonly ['mix' | 'web', string, object, string | undefined]> = [
	['mix', 'one to hear', streams({ subscribeAudioUids: ['5'] }), undefined],
	[
		'mix',
		'one to hear, and nothing said of others',
		streams({ subscribeAudioUids: ['5'], unSubscribeAudioUids: undefined }),
		undefined,
	],
	[
		'mix',
		'one to hear, and one not',
		streams({ subscribeAudioUids: ['5'], unSubscribeAudioUids: ['6'] }),
		'audioUidList',
	],
	[
		'mix',
		'two spellings',
		streams({}, { unsubscribeVideoUids: ['5'], unSubscribeVideoUids: ['6'] }),
		'videoUidList',
	],
	['mix', 'a storage without keys', updateOf({ storageConfig: {} }), 'vendor'],
	['web', 'a pause', updateOf({ webRecordingConfig: { onhold: true } }), undefined],
	['web', 'half a pause', updateOf({ webRecordingConfig: {} }), 'onhold'],
	['web', 'one push', push('rtmp://example.com/live/key'), undefined],
	['web', 'no push', push(), 'outputs'],
	['web', 'two pushes', push('rtmp://a.b/c/d', 'rtmp://a.b/c/e'), 'outputs'],
];

const acquireOf = (changes: object) => ({
	cname: 'class-7',
	uid: '527841',
	clientRequest: { scene: 0, ...changes },
});
const ACQUIRE_RULES: ReadonlyArray<readonly [string, object, string | undefined]> = [
	['the sample', acquireOf({}), undefined],
	['1 hour', acquireOf({ resourceExpiredHour: 1 }), undefined],
	['720 hours', acquireOf({ resourceExpiredHour: 720 }), undefined],
	['0 hours', acquireOf({ resourceExpiredHour: 0 }), 'resourceExpiredHour'],
	['721 hours', acquireOf({ resourceExpiredHour: 721 }), 'resourceExpiredHour'],
	['1.5 hours', acquireOf({ resourceExpiredHour: 1.5 }), 'resourceExpiredHour'],
	...['CN', 'AP', 'EU', 'NA'].map((region) => [region, acquireOf({ region }), undefined] as const),
	['region US', acquireOf({ region: 'US' }), 'region'],
	['region eu', acquireOf({ region: 'eu' }), 'region'],
	['scene 3', acquireOf({ scene: 3 }), 'scene'],
	['two resources to leave out', acquireOf({ excludeResourceIds: ['a', 'b'] }), undefined],
	['no resource to leave out', acquireOf({ excludeResourceIds: [] }), 'excludeResourceIds'],
];

describe('The rules of a request', () => {
	const rows = [
		...START_RULES.map((row) => [...row, startSchema('mix')] as const),
		...CHANNEL_RULES.map(
			([what, changes, field]) => [what, startOf(changes), field, startSchema('mix')] as const,
		),
		...LAYOUT_RULES.map(
			([what, layout, field]) =>
				[what, { clientRequest: layout }, field, updateLayoutSchema] as const,
		),
		...INDIVIDUAL_RULES.map((row) => [...row, startSchema('individual')] as const),
		...PAGE_RULES.map((row) => [...row, startSchema('web')] as const),
		...UPDATE_RULES.map(([mode, ...row]) => [...row, updateSchema(mode)] as const),
		...ACQUIRE_RULES.map((row) => [...row, acquireSchema('mix')] as const),
	];

	it.each(rows)('with %s', (_what, request, field, schema) => {
		const broken = brokenRules(schema, request);
		if (field === undefined) {
			expect(broken).toEqual([]);
			return;
		}
		expect(broken[0]?.path).toMatch(new RegExp(`${field}$`));
		expect(broken[0].rule).toMatch(/^must \w{2,}/);
	});

	it('refuse each MP4 without HLS', () => {
		const request = requestOf({
			...startOf().clientRequest,
			recordingFileConfig: { avFileType: ['mp4'] },
		});
		expect(brokenRules(startSchema('mix'), request)).toMatchObject([
			{ path: 'clientRequest.recordingFileConfig.avFileType' },
		]);
	});

	it('name the value, and the type where that is wrong', () => {
		const request = { ...startOf({ maxIdleTime: 'soon' }), uid: 7 };
		expect(brokenRules(startSchema('mix'), request)).toEqual([
			{ path: 'uid', value: 7, rule: 'must be text' },
			{
				path: 'clientRequest.recordingConfig.maxIdleTime',
				value: 'soon',
				rule: 'must be a number',
			},
		]);
	});

	it('are told in words', () => {
		const ruleOf = (changes: object) => brokenRules(startSchema('mix'), startOf(changes))[0].rule;
		const seconds = 'must be a whole number from 5 to 2592000 seconds (30 days)';
		expect(ruleOf({ maxIdleTime: 5.5 })).toBe(seconds);
		expect(ruleOf({ maxIdleTime: 4 })).toBe(seconds);
		expect(rangeRule(0, 5)).toBe('must be a whole number from 0 to 5');
		expect(rangeRule(1, Number.MAX_SAFE_INTEGER)).toBe('must be a whole number from 1');
		expect(ruleOf({ streamTypes: 0, subscribeVideoUids: ['5'] })).toBe(
			'must be empty unless video is recorded',
		);
	});

	it('are broken by a layout within a start as well', () => {
		const broken = brokenRules(startSchema('mix'), withPicture({ mixedVideoLayout: 3 }));
		expect(broken).toMatchObject([{ rule: 'must contain at least one region' }]);
	});

	it('tell of the storage what goes together', () => {
		const fieldsOf = (changes: object) =>
			brokenRules(startSchema('mix'), withStorage(changes)).map(({ path }) =>
				path.replace('clientRequest.storageConfig.', ''),
			);
		const sts = { stsToken: 'token', stsExpiration: 1_800_000_000 };
		expect(fieldsOf(sts)).toEqual([]);
		expect(fieldsOf({ ...sts, vendor: 6 })).toEqual(['stsToken']);
		expect(fieldsOf({ stsToken: 'token' })).toEqual(['stsExpiration']);
		expect(fieldsOf({ stsExpiration: 1_800_000_000 })).toEqual(['stsExpiration']);
		expect(fieldsOf({ vendor: 11 })).toEqual(['extensionParams.endpoint']);
		expect(fieldsOf({ vendor: 11, extensionParams: {} })).toEqual(['extensionParams.endpoint']);
		const trailing = { endpoint: 's3.example.com/path' };
		expect(fieldsOf({ extensionParams: trailing })).toEqual(['extensionParams.endpoint']);
		const port = { endpoint: 's3.example.com:' };
		expect(fieldsOf({ extensionParams: port })).toEqual(['extensionParams.endpoint']);
		expect(fieldsOf({ extensionParams: { tag: '' } })).toEqual(['extensionParams.tag']);
	});

	it('see another thing in the place of an object or a list', () => {
		const request = startOf({ transcodingConfig: 'HD', maxIdleTime: 'soon' });
		const changed = { ...request, clientRequest: { ...request.clientRequest, storageConfig: [] } };
		expect(misshapen(startSchema('mix'), changed)).toEqual([
			{
				path: 'clientRequest.recordingConfig.transcodingConfig',
				value: 'HD',
				rule: 'must be an object',
			},
			{ path: 'clientRequest.storageConfig', value: [], rule: 'must be an object' },
		]);
		expect(misshapen(startSchema('mix'), { cname: 'class-7', uid: '5' })).toEqual([]);
		const list = {
			recordingConfig: config,
			storageConfig: storage,
			recordingFileConfig: { avFileType: 'hls' },
		};
		expect(misshapen(startSchema('mix'), requestOf(list))).toMatchObject([
			{ rule: 'must be a list' },
		]);
	});
});
