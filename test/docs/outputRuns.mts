import { textOf } from '../support/failures.mts';
import { EXAMPLE_ACCOUNT } from '../../simulator/index.mts';
import { setUp, type Setup } from '../support/setup.mts';
import type { Output } from '../support/outputs.mts';

/** Runs of every operation in which it puts out all that it can: what the output schemas are made from. */

const MINUTE_MS = 60_000;
const [, { appId: APP_ID, certificate: CERTIFICATE = '' }] = EXAMPLE_ACCOUNT.apps;

/** The vendor whose bucket the simulator serves; Amazon's, which others have, does not answer. */
const SERVED = 's3Compatible';
const CALL = { channelName: 'class-7', fileNamePrefix: 'dir/sub' };
const PAGE = { mode: 'web', channelName: 'page', url: 'https://example.com/lesson' };
const VERTICAL = { layout: 'vertical', maxResolutionUid: '5' };
const ON_HOLD = '{"clientRequest":{"webRecordingConfig":{"onhold":false}}}';
const BEST_FIT = '{"clientRequest":{"mixedVideoLayout":1}}';
const OVERRIDE = '{"clientRequest":{"recordingConfig":{"maxIdleTime":60}}}';
const NOT_SIMPLIFIED = { simplify: false };

/** Settings of Start: every mode, and what adds to its output. */
const STARTS: object[] = [
	{
		layout: 'grid',
		layoutUsers: 2,
		background: {
			backgroundColor: '#112233',
			backgroundImage: 'https://example.com/background.jpg',
			defaultUserBackgroundImage: 'https://example.com/user.jpg',
			userImages: {
				user: [{ uid: '5', image_url: 'https://example.com/five.jpg', render_mode: 0 }],
			},
		},
		options: NOT_SIMPLIFIED,
	},
	{ ...VERTICAL, fileFormat: 'hls', options: { extraBody: OVERRIDE } },
	{ mode: 'individual', individualOutput: 'both' },
	{ ...PAGE, recordingOptions: { rtmpUrl: 'rtmp://live.example.com/app/stream' } },
];

type Bucket = NonNullable<Setup['control']['storage']>;

function bucketOf({ control }: Setup): Bucket {
	if (!control.storage) throw new Error('The simulator serves no bucket');
	return control.storage;
}

type Run = (agora: Setup, credentials: Setup['credentials']) => Promise<unknown>;

/** The life of a recording, with every operation about it. */
const life =
	(start: object): Run =>
	async (agora, credentials) => {
		const storage = bucketOf(agora);
		// So that it is late when Start sees it record, and has files.
		agora.fail('query', { kind: 'reset', effect: false }, { times: 2 });
		const started = await agora.runOne('start', { ...CALL, ...start }, { credentials });
		const { mode } = started;
		const run = async (operation: string, parameters: object, item = started) =>
			(await agora.run(operation, parameters, { credentials, items: [item] }))[0]?.json;
		agora.time.pass(MINUTE_MS);
		await run('query', { options: { addLinks: true, ...NOT_SIMPLIFIED } });
		await run('update', { mode, change: 'storage', options: NOT_SIMPLIFIED });
		if (mode === 'web') {
			await run('update', { mode, change: 'pause', options: { extraBody: ON_HOLD } });
		} else {
			await run('update', { mode, change: 'subscription', audioSubscription: 'nobody' });
		}
		if (mode === 'mix') {
			const options = { extraBody: BEST_FIT, ...NOT_SIMPLIFIED };
			await run('updateLayout', { layout: 'floating', options });
			await run('updateLayout', { layout: 'grid', layoutUsers: 2 });
			await run('updateLayout', VERTICAL);
		}
		agora.control.failover(textOf(started.sid), MINUTE_MS / 2);
		agora.time.pass(2 * MINUTE_MS);
		const stopped = await run('stop', { options: { waitForFiles: 60, ...NOT_SIMPLIFIED } });
		for (const operation of ['query', 'stop']) {
			await run(operation, { options: { retryWhileNotFound: 0 } });
		}
		if (credentials.storageVendor !== SERVED) return;
		const inBucket = { resource: 'file', returnAll: true };
		const atOnce = { ifMissing: 'return', ifSlicesMissing: 'skip', waitForFiles: 0 };
		await run('getMany', { ...inBucket, files: 'all', options: atOnce }, stopped);
		const remove = (ending: string, most = Infinity) => {
			const objects = storage.objects().filter(({ key }) => key.endsWith(ending));
			for (const { bucket, key } of objects.slice(0, most)) storage.remove(bucket, key);
		};
		remove('.ts', 1);
		if (mode === 'mix') {
			const playlist = { ...inBucket, options: atOnce };
			await run('getPlaylist', playlist, stopped);
			// Of a public bucket links never end.
			const open = { ...credentials, storagePublicUrl: 'https://example.com' };
			await agora.run('getPlaylist', playlist, { credentials: open, items: [stopped] });
		}
		remove('');
		await run('getMany', { ...inBucket, options: atOnce }, stopped);
	};

/** Each for itself: what one does to the account or to the network the next does not meet. */
const RUNS: Run[] = [
	async ({ run }, credentials) => {
		await run('acquire', { ...CALL, options: NOT_SIMPLIFIED }, { credentials });
		const extraBody = '{"clientRequest":{"resourceExpiredHour":24}}';
		await run('acquire', { ...CALL, options: { extraBody } }, { credentials });
	},
	...STARTS.map(life),
	async (agora) => {
		await life({ storageOverrides: { sse: 'kms', tag: 'a=b' } })(agora, agora.credentials);
	},
	// Long enough for an MP4 to be in the bucket while the recording goes on.
	async (agora, credentials) => {
		const item = await agora.runOne('start', CALL, { credentials });
		agora.time.pass(3 * 60 * MINUTE_MS);
		const options = { addLinks: true };
		await agora.run('query', { options }, { credentials, items: [item] });
	},
	// Little is known of the storage, and Agora says little of the files.
	async (agora) => {
		const answer = (body: object) => ({ kind: 'answer', status: 200, body }) as const;
		const fileList = [{ fileName: 'a name' }, { fileName: 'a.mp4' }];
		const extensionServiceState = [
			{ serviceName: 'web_recorder_service', payload: { state: 'inProgress', onhold: false } },
			{ serviceName: 'rtmp_publish_service', payload: { outputs: [{}] } },
		];
		const told = answer({ serverResponse: { status: 5, fileList, extensionServiceState } });
		const item = await agora.runOne('start', CALL);
		const items = [{ ...item, storage: { vendor: 'amazonS3', bucket: 'lessons' } }];
		for (const operation of ['query', 'stop'] as const) {
			agora.fail(operation, told);
			await agora.run(operation, { options: { addLinks: true } }, { items });
		}
		const extraBody = '{"clientRequest":{"storageConfig":{"vendor":99}}}';
		agora.fail('start', answer({ sid: 'f'.repeat(32) }));
		agora.fail('query', told);
		await agora.run('start', { ...CALL, options: { extraBody } });
	},
	async (agora) => {
		agora.fail('start', { kind: 'reset', effect: true }, { times: 4 });
		await agora.run('start', { ...CALL, options: { ifNoResponse: 'startAnother' } });
	},
	async ({ run, control }) => {
		control.setPublishers(CALL.channelName, []);
		control.setAudience(CALL.channelName, ['7']);
		await run('start', CALL);
	},
	async ({ run, control }) => {
		control.setPublishers(CALL.channelName, ['1', '2']);
		control.setAudience(CALL.channelName, ['3']);
		control.setPublishers('call', ['1']);
		control.setProfile('call', 'communication');
		control.setPublishers('nobody', []);
		await run('getMany', { resource: 'channel' });
		for (const channelName of ['class-7', 'call', 'nobody']) {
			await run('getUsers', { resource: 'channel', channelName });
		}
	},
	// Another vendor than the one whose bucket is served here: Amazon says in which region it is.
	async (agora) => {
		const storage = bucketOf(agora);
		const sid = 'f'.repeat(32);
		const file = `<Contents><Key>${sid}_class-7_0.mp4</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`;
		// One list of this server's files, then those of servers that took over.
		for (const [times, content] of [[1, file] as const, [9, ''] as const]) {
			const body = `<ListBucketResult>${content}</ListBucketResult>`;
			storage.addFault({ times, fault: { kind: 'answer', status: 200, body } });
		}
		await agora.run(
			'getMany',
			{ resource: 'file', options: { ifMissing: 'return', waitForFiles: 0 } },
			{
				items: [{ sid, storage: { vendor: 'amazonS3', bucket: 'lessons', prefix: '' } }],
				storageRoute: (asked) => `${storage.url}${new URL(asked).pathname}`,
			},
		);
	},
	async ({ run }) => await run('getAll', { resource: 'notificationServer' }),
	async ({ run }, credentials) => {
		await run('generate', { resource: 'rtcToken', channelName: 'class-7' }, { credentials });
	},
	async ({ run }, credentials) => await run('check', { resource: 'setup' }, { credentials }),
];

/** All outputs of all runs. */
export async function outputsOfRuns(): Promise<Output[]> {
	const agora = await setUp({ storage: {} });
	const credentials = {
		...agora.credentials,
		appId: APP_ID,
		appCertificate: CERTIFICATE,
		storageVendor: SERVED,
		storageEndpoint: bucketOf(agora).url,
		storageBucket: 'recordings',
		storageAccessKey: 'example-access-key',
		storageSecretKey: 'example-secret-key',
	};
	try {
		for (const run of RUNS) {
			await run(agora, credentials);
			agora.fresh();
		}
		return agora.outputs;
	} finally {
		await agora.tearDown();
	}
}
