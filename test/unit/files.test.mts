import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	filesOf,
	isoTime,
	objectPath,
	predictedFiles,
} from '../../nodes/AgoraCloudRecording/agora/files/shape.ts';
import { parseAnswerBody } from '../../nodes/AgoraCloudRecording/agora/answers/responses.ts';
import {
	uploadStatusOf,
	webStateOf,
} from '../../nodes/AgoraCloudRecording/agora/answers/serviceStates.ts';

const responseOf = (serverResponse: unknown) => parseAnswerBody({ serverResponse }).serverResponse;
const read = (serverResponse: unknown, prefix = '') => filesOf(responseOf(serverResponse), prefix);

const MS = 1_562_724_971_626;
const TIME = '2019-07-10T02:16:11.626Z';

const entry = (changes: object = {}) => ({
	fileName: 'xxx.m3u8',
	trackType: 'audio_and_video',
	uid: '123',
	mixedAllUser: true,
	isPlayable: true,
	sliceStartTime: MS,
	...changes,
});

const webServices = (key: 'payload' | 'playload') => ({
	extensionServiceState: [
		{
			serviceName: 'web_recorder_service',
			[key]: {
				state: 'exit',
				fileList: [
					{ filename: 'a836_QIBO.m3u8', sliceStartTime: 1_625_663_059_301 },
					{ filename: 'a836_QIBO_0.mp4', sliceStartTime: 1_625_663_059_301 },
				],
			},
		},
		{ serviceName: 'rtmp_publish_service', [key]: { state: 'onhold' } },
		{ serviceName: 'upload_service', [key]: { uploadingStatus: 'uploaded' } },
	],
});

describe('Files of an answer', () => {
	it('reads the list of individual mode, and of composite mode with MP4', () => {
		const list = { fileListMode: 'json', status: 5, sliceStartTime: MS, fileList: [entry()] };
		expect(read(list)).toEqual([
			{
				fileName: 'xxx.m3u8',
				path: 'xxx.m3u8',
				format: 'm3u8',
				track: 'audio_and_video',
				uid: '123',
				mixedAllUsers: true,
				isPlayable: true,
				startedAt: TIME,
				predicted: false,
			},
		]);
	});

	it('says where they are, where the storage is known', () => {
		const storage = { vendor: 'amazonS3', region: 'eu-west-1', bucket: 'lessons' };
		const response = responseOf({ fileList: 'sid_class.m3u8' });
		const [file] = filesOf(response, 'a/', storage);
		expect(file).toMatchObject({
			bucket: 'lessons',
			endpoint: 'https://s3.eu-west-1.amazonaws.com',
		});
		expect(filesOf(response, 'a/')[0]).not.toHaveProperty('endpoint');
		const recording = { mode: 'mix', sid: 's1d', cname: 'class-7' } as const;
		const predicted = predictedFiles(recording, 'a/', ['hls', 'mp4'], storage);
		expect(predicted).toMatchObject([
			{ path: 'a/s1d_class-7.m3u8', predicted: true, mixedAllUsers: true, bucket: 'lessons' },
			{ path: 'a/s1d_class-7_0.mp4', predicted: true },
		]);
		expect(predictedFiles(recording, '', ['mp4']).map(({ path }) => path)).toEqual([
			's1d_class-7_0.mp4',
		]);
	});

	it('reads the single name of composite mode with HLS alone', () => {
		const [file, ...others] = read({ fileListMode: 'string', fileList: 'sid_class.m3u8' }, 'a/');
		expect(file).toMatchObject({ fileName: 'sid_class.m3u8', path: 'a/sid_class.m3u8', uid: '0' });
		expect(file).toMatchObject({ mixedAllUsers: true, format: 'm3u8', predicted: false });
		expect(others).toEqual([]);
	});

	it.each(['payload', 'playload'] as const)('reads the services of web page mode (%s)', (key) => {
		const files = read(webServices(key));
		expect(files.map(({ fileName, format }) => [fileName, format])).toEqual([
			['a836_QIBO.m3u8', 'm3u8'],
			['a836_QIBO_0.mp4', 'mp4'],
		]);
		expect(files[0].startedAt).toBe('2021-07-07T13:04:19.301Z');
	});

	it.each([
		['no answer', undefined],
		['no list', { status: 2 }],
		['an empty name', { fileListMode: 'string', fileList: '' }],
		['an empty list', { fileListMode: 'json', fileList: [] }],
		['a list of null', { fileList: [null] }],
		['entries without a name', { fileList: [{ uid: '1' }, { fileName: '' }] }],
		['something else', { fileList: 5, extensionServiceState: 'none' }],
		['services without files', { extensionServiceState: [{ serviceName: 'x' }, null] }],
	])('finds none in %s', (_what, serverResponse) => {
		expect(read(serverResponse)).toEqual([]);
	});

	it('reads the other entries when one is unreadable', () => {
		const list = { fileList: [entry(), 7, entry({ fileName: 'b.mp4', sliceStartTime: 'soon' })] };
		expect(read(list).map(({ fileName, startedAt }) => [fileName, startedAt])).toEqual([
			['xxx.m3u8', TIME],
			['b.mp4', null],
		]);
	});

	it.each([
		['audio', 'audio'],
		['video', 'video'],
		['audio_and_video', 'audio_and_video'],
		['subtitles', null],
		[undefined, null],
	])('takes the track %p for %p', (trackType, track) => {
		expect(read({ fileList: [entry({ trackType })] })[0].track).toBe(track);
	});

	it.each([
		['xxx.m3u8', 'm3u8'],
		['xxx.MP4', 'mp4'],
		['a.b.jpg', 'jpg'],
		['nothing', null],
		['.hidden', null],
	])('takes the format from the name %s', (fileName, format) => {
		expect(read({ fileList: [entry({ fileName })] })[0].format).toBe(format);
	});

	it('takes a numeric uid for the text that it stands for', () => {
		expect(read({ fileList: [entry({ uid: 123 })] })[0].uid).toBe('123');
	});
});

/** Every list of files that the reference and the seeds show, and what has to come of it. */
interface Golden {
	source: string;
	prefix: string;
	serverResponse: unknown;
	files: unknown[];
}

const GOLDEN = join(import.meta.dirname, '../golden/files');

describe('The lists of Agora’s own pages', () => {
	it.each(readdirSync(GOLDEN))('%s', (name) => {
		const { prefix, serverResponse, files } = JSON.parse(
			readFileSync(join(GOLDEN, name), 'utf8'),
		) as Golden;
		expect(read(serverResponse, prefix)).toEqual(files);
	});
});

describe('Times', () => {
	it.each([
		[MS, TIME],
		[1_562_724_971, '2019-07-10T02:16:11.000Z'],
		[99_999_999_999, '5138-11-16T09:46:39.000Z'],
		[100_000_000_000, '1973-03-03T09:46:40.000Z'],
		[0, null],
		[-5, null],
		[undefined, null],
		[Infinity, null],
		[1e300, null],
	])('%p is %p', (time, iso) => {
		expect(isoTime(time)).toBe(iso);
	});

	it('are the same in seconds and milliseconds', () => {
		const seconds = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });
		fc.assert(fc.property(seconds, (time) => isoTime(time) === isoTime(time * 1000)));
	});
});

describe('Paths', () => {
	it.each([
		['', 'x.ts', 'x.ts'],
		['dir/sub/', 'x.ts', 'dir/sub/x.ts'],
		['dir/sub', 'x.ts', 'dir/sub/x.ts'],
		['dir/sub/', 'dir/sub/x.ts', 'dir/sub/x.ts'],
		['dir', 'directory.ts', 'dir/directory.ts'],
	])('%p and %p make %p', (prefix, name, path) => {
		expect(objectPath(prefix, name)).toBe(path);
		expect(read({ fileList: [entry({ fileName: name })] }, prefix)[0]).toMatchObject({
			path,
			fileName: name.split('/').at(-1),
		});
	});

	it('get the prefix once, whether the name has it or not', () => {
		const segment = fc.stringMatching(/^[a-z0-9]{1,6}$/);
		const prefixes = fc
			.array(segment, { maxLength: 3 })
			.map((all) => all.map((s) => `${s}/`).join(''));
		fc.assert(
			fc.property(
				prefixes,
				fc.stringMatching(/^[0-9a-f]{32}_[a-z]{1,5}\.m3u8$/),
				(prefix, name) => {
					const path = objectPath(prefix, name);
					expect(path).toBe(`${prefix}${name}`);
					expect(objectPath(prefix, path)).toBe(path);
				},
			),
		);
	});
});

describe('State of the upload', () => {
	it.each([
		[{ uploadingStatus: 'uploaded' }, 'uploaded'],
		[{ uploadingStatus: 'backuped' }, 'backuped'],
		[{ uploadingStatus: 'unknown' }, 'unknown'],
		[{ uploadingStatus: 'unknow' }, 'unknown'],
		[{ uploadingStatus: 'constructor' }, 'unknown'],
		[{ uploadingStatus: 7 }, 'unknown'],
		[{}, 'unknown'],
		[undefined, 'unknown'],
		[webServices('payload'), 'uploaded'],
		[webServices('playload'), 'uploaded'],
	])('%j is %s', (serverResponse, status) => {
		expect(uploadStatusOf(responseOf(serverResponse))).toBe(status);
	});
});

describe('State of a web page recording', () => {
	it('is that of the page recorder, with the targets of the CDN push', () => {
		const state = webStateOf(
			responseOf({
				status: 4,
				extensionServiceState: [
					{
						serviceName: 'web_recorder_service',
						payload: { fileList: [], onhold: true, state: 'inProgress' },
					},
					{
						serviceName: 'rtmp_publish_service',
						payload: { outputs: [{ rtmpUrl: 'rtmp://xxx', status: 'publishing' }, null] },
					},
				],
			}),
		);
		expect(state).toEqual({
			state: 'inProgress',
			onhold: true,
			outputs: [{ rtmpUrl: 'rtmp://xxx', status: 'publishing' }],
		});
	});

	it('is absent where there are no services', () => {
		expect(webStateOf(responseOf({ status: 5 }))).toBeUndefined();
		expect(webStateOf(undefined)).toBeUndefined();
	});

	it('is read past services that say nothing, in either spelling', () => {
		const extensionServiceState = [
			null,
			{ serviceName: 'web_recorder_service', playload: { state: 'exit' } },
			{ serviceName: 'rtmp_publish_service', payload: { outputs: [{}] } },
			{ serviceName: 'upload_service' },
			{ serviceName: 'another', playload: { uploadingStatus: 'backuped' } },
		];
		const response = responseOf({ extensionServiceState });
		const outputs = [{ rtmpUrl: null, status: null }];
		expect(webStateOf(response)).toEqual({ state: 'exit', outputs });
		expect(uploadStatusOf(response)).toBe('backuped');
		expect(filesOf(response, '')).toEqual([]);
		const [recorder] = extensionServiceState.slice(1);
		const alone = responseOf({ extensionServiceState: [recorder] });
		expect(webStateOf(alone)).toEqual({ state: 'exit' });
		const none = responseOf({ extensionServiceState: [{ serviceName: 'another' }] });
		expect(webStateOf(none)).toEqual({});
	});
});
