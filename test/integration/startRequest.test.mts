import type { IDataObject } from 'n8n-workflow';
import { type Setup, useAgora } from '../support/setup.mts';
import { tokenFor } from '../support/tokens.mts';

const agora = useAgora();

const CHANNEL = { channelName: 'class-7' };
const requestOf = (operation: string) => {
	const { body } = agora.sent(operation)[0];
	return (body as { clientRequest: Record<string, unknown> }).clientRequest;
};
const start = async (parameters: object, credentials: IDataObject = {}) =>
	await agora.runOne(
		'start',
		{ ...CHANNEL, ...parameters },
		{ credentials: { ...agora.credentials, ...credentials } as Setup['credentials'] },
	);

describe('What Start sends', () => {
	it('is, untouched, a composite recording of everybody', async () => {
		await start({});
		expect(requestOf('start')).toEqual({
			recordingConfig: {
				channelType: 1,
				streamTypes: 2,
				maxIdleTime: 300,
				transcodingConfig: {
					width: 1280,
					height: 720,
					fps: 15,
					bitrate: 2260,
					mixedVideoLayout: 0,
				},
			},
			recordingFileConfig: { avFileType: ['hls', 'mp4'] },
			storageConfig: {
				vendor: 1,
				region: 7,
				bucket: 'lessons',
				accessKey: '***',
				secretKey: '***',
			},
		});
	});

	it('is told to acquire beforehand, exactly as it will be', async () => {
		await start({
			fileFormat: 'hlsAndMp4',
			layout: 'bestFit',
			fileNamePrefix: 'lessons/class7',
			options: { region: 'EU', resourceExpiredHour: 24 },
		});
		const { startParameter, ...acquire } = requestOf('acquire');
		expect(acquire).toEqual({ scene: 0, region: 'EU', resourceExpiredHour: 24 });
		expect(startParameter).toEqual(requestOf('start'));
	});

	it('raises no warning of the documents', async () => {
		const started = await start({ options: { region: 'EU' } });
		agora.time.pass(60_000);
		await agora.run('query', {}, { items: [started] });
		await agora.run('stop', {}, { items: [started] });
		expect(agora.sent().flatMap(({ warnings }) => warnings)).toEqual([]);
	});

	it.each([
		['Audio and Video', 2],
		['Video Only', 1],
	])('for %s has a picture', async (_name, streamTypes) => {
		const started = await start({ streamTypes });
		expect(requestOf('start')).toMatchObject({
			recordingConfig: { streamTypes, transcodingConfig: { width: 1280 } },
		});
		expect(started).toMatchObject({ layout: { mixedVideoLayout: 0 } });
	});

	it('for Audio Only has no picture and no layout', async () => {
		const started = await start({ streamTypes: 0 });
		expect(started).toMatchObject({ outcome: 'recording' });
		expect(started).not.toHaveProperty('layout');
		expect(requestOf('start').recordingConfig).toEqual({
			channelType: 1,
			streamTypes: 0,
			maxIdleTime: 300,
		});
	});

	it('has the files that were chosen', async () => {
		const started = await start({ fileFormat: 'hlsAndMp4' });
		agora.time.pass(30_000);
		expect(requestOf('start').recordingFileConfig).toEqual({ avFileType: ['hls', 'mp4'] });
		const stopped = await agora.runOne('stop', {}, { items: [started] });
		expect(stopped.files).toMatchObject([
			{ format: 'mp4', track: 'audio_and_video', mixedAllUsers: true },
			{ format: 'm3u8', track: 'audio_and_video', mixedAllUsers: true },
		]);
	});

	it('goes to the storage of the credential, with what the form overrides', async () => {
		const started = await start({
			fileNamePrefix: 'lessons/class7',
			storageOverrides: { bucket: 'other', region: 'us-west-2', sse: 'kms', tag: 'a=b' },
		});
		expect(requestOf('start').storageConfig).toEqual({
			vendor: 1,
			region: 3,
			bucket: 'other',
			accessKey: '***',
			secretKey: '***',
			fileNamePrefix: ['lessons', 'class7'],
			extensionParams: { sse: 'kms', tag: 'a=b' },
		});
		expect(started.storage).toEqual({
			vendor: 'amazonS3',
			region: 'us-west-2',
			bucket: 'other',
			prefix: 'lessons/class7/',
			sse: 'kms',
			tag: 'a=b',
		});
	});

	it('reaches S3-compatible storage by its endpoint', async () => {
		await start(
			{ storageOverrides: { endpoint: 'override.example.com' } },
			{ storageVendor: 's3Compatible', storageEndpoint: 's3.example.com' },
		);
		expect(requestOf('start').storageConfig).toMatchObject({
			vendor: 11,
			region: 0,
			extensionParams: { endpoint: 'override.example.com' },
		});
	});

	it('carries the token where one is given', async () => {
		const token = await tokenFor({ channel: '*', uid: '' });
		await start({ tokenSource: 'manual', token: ` ${token} ` });
		expect(requestOf('start').token).toBe('***');
		expect(agora.control.recordings()[0].request).toHaveProperty('token');
	});

	it('is under the UID of the user, or one that is the same whenever it is run again', async () => {
		expect(await start({ recorderUid: '527841' })).toMatchObject({ uid: '527841' });
		const { uid } = await agora.runOne('acquire', CHANNEL, { executionId: 'x' });
		expect(await agora.runOne('acquire', CHANNEL, { executionId: 'x' })).toMatchObject({ uid });
		expect((await agora.runOne('acquire', CHANNEL)).uid).not.toBe(uid);
	});
});

describe('Screenshots', () => {
	const hintsOf = async (captureInterval: number) => {
		const hints: string[] = [];
		const parameters = {
			...CHANNEL,
			...{ mode: 'individual', subscribeUidGroup: 0, individualOutput: 'screenshots' },
			captureInterval,
		};
		await agora.run('start', parameters, { hints });
		expect(requestOf('start').snapshotConfig).toEqual({ captureInterval, fileType: ['jpg'] });
		return hints;
	};

	it.each([1, 4])('every %i seconds come with a warning', async (seconds) => {
		expect(await hintsOf(seconds)).toEqual([
			expect.stringMatching(/every 5 seconds.*'Screenshot Interval \(Seconds\)' to 5/),
		]);
	});

	it.each([5, 60])('every %i seconds come without one', async (seconds) => {
		expect(await hintsOf(seconds)).toEqual([]);
	});
});

describe('Acquire', () => {
	it('gives what Start needs, and when it was acquired', async () => {
		const acquired = await agora.runOne('acquire', {
			...CHANNEL,
			recorderUid: 527_841,
			options: { region: 'NA', resourceExpiredHour: 720 },
		});
		const [resource] = agora.control.resources();
		expect(acquired).toEqual({
			outcome: 'acquired',
			mode: 'mix',
			cname: 'class-7',
			uid: '527841',
			resourceId: resource.resourceId,
			acquiredAt: new Date(agora.time.now()).toISOString(),
			requestId: agora.sent('acquire')[0].requestId,
		});
		expect(requestOf('acquire')).toEqual({ scene: 0, region: 'NA', resourceExpiredHour: 720 });
		expect(agora.count('start')).toBe(0);
	});

	it('of several items says that starts will come too late', async () => {
		const hints: string[] = [];
		await agora.run('acquire', CHANNEL, { hints });
		expect(hints).toEqual([]);
		await agora.run('acquire', CHANNEL, { hints, items: [{}, {}] });
		expect(hints).toEqual([expect.stringMatching(/two seconds/)]);
	});

	it('gives Agora’s answer as it came when it is not to be simplified', async () => {
		const raw = await agora.runOne('acquire', { ...CHANNEL, simplify: false });
		expect(raw).toMatchObject({ response: { cname: 'class-7', resourceId: raw.resourceId } });
	});
});
