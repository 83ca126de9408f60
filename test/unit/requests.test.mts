import {
	acquireClientRequest,
	acquireSchema,
	startSchema,
	type CompositeRequest,
} from '../../nodes/AgoraCloudRecording/agora/requests/start.ts';
import { brokenRules } from '../../nodes/AgoraCloudRecording/agora/requests/rules.ts';

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
];

describe('The rules of a request', () => {
	const rows = [
		...START_RULES.map((row) => [...row, startSchema('mix')] as const),
		...ACQUIRE_RULES.map((row) => [...row, acquireSchema('mix')] as const),
	];

	it.each(rows)('with %s', (_what, request, field, schema) => {
		const broken = brokenRules(schema, request);
		if (field === undefined) {
			expect(broken).toEqual([]);
			return;
		}
		expect(broken[0].path).toMatch(new RegExp(`${field}$`));
		expect(broken[0].allowed).toMatch(/\w{2,}/);
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
			{ path: 'uid', value: 7, allowed: 'a text' },
			{
				path: 'clientRequest.recordingConfig.maxIdleTime',
				value: 'soon',
				allowed: 'a number',
			},
		]);
	});
});
