import { EXAMPLE_ACCOUNT } from '../../simulator/index.mts';
import { setUp, type Setup } from '../support/setup.mts';
import type { Output } from '../support/outputs.mts';

/** Runs of every operation in which it puts out all that it can: what the output schemas are made from. */

const MINUTE_MS = 60_000;
const [, { appId: APP_ID, certificate: CERTIFICATE = '' }] = EXAMPLE_ACCOUNT.apps;

const CALL = { channelName: 'class-7', fileNamePrefix: 'dir/sub' };
const PAGE = { mode: 'web', channelName: 'page', url: 'https://example.com/lesson' };
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
	{ fileFormat: 'hls', options: { extraBody: OVERRIDE } },
	{ mode: 'individual', individualContent: 'both' },
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
		const started = await agora.runOne('start', { ...CALL, ...start }, { credentials });
		const { mode } = started;
		const run = async (operation: string, parameters: object, item = started) =>
			(await agora.run(operation, parameters, { credentials, items: [item] }))[0]?.json;
		await run('query', { options: { addLinks: true, ...NOT_SIMPLIFIED } });
		await run('update', { mode, change: 'storage', options: NOT_SIMPLIFIED });
		if (mode === 'web') {
			await run('update', { mode, change: 'pause', options: { extraBody: ON_HOLD } });
			await run('query', {});
		} else {
			await run('update', { mode, change: 'subscription', audioSubscription: 'nobody' });
		}
		if (mode === 'mix') {
			await run('updateLayout', { layout: 'bestFit', options: NOT_SIMPLIFIED });
			await run('updateLayout', { layout: 'floating', options: { extraBody: BEST_FIT } });
		}
		agora.time.pass(2 * MINUTE_MS);
		const stopped = await run('stop', { options: { ...NOT_SIMPLIFIED } });
		await run('query', { options: { notFoundPatience: 0 } });
		await run('stop', { options: { notFoundPatience: 0 } });
		const ofFiles = async (operation: string, parameters: object = {}) =>
			await run(operation, { resource: 'file', ...parameters }, stopped);
		const ifMissing = { options: { ifMissing: 'return', waitForFiles: 0 } };
		await ofFiles('getMany', { files: 'all', returnAll: true, ...ifMissing });
		await ofFiles('getMany', { files: 'main' });
		if (mode !== 'web') await ofFiles('getPlaylist');
	};

/** Each for itself: what one does to the account or to the network the next does not meet. */
const RUNS: Run[] = [
	async ({ run }, credentials) => {
		await run('acquire', { ...CALL, options: NOT_SIMPLIFIED }, { credentials });
		const extraBody = '{"clientRequest":{"resourceExpiredHour":24}}';
		await run('acquire', { ...CALL, options: { extraBody } }, { credentials });
	},
	...STARTS.map(life),
	async ({ run, fail }) => {
		fail('start', { kind: 'reset', effect: true }, { times: 4 });
		await run('start', { ...CALL, options: { ifNotAnswered: 'startAnother' } });
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
		await run('getMany', { resource: 'channel' });
		for (const channelName of ['class-7', 'call', 'nobody']) {
			await run('getUsers', { resource: 'channel', channelName });
		}
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
		storageVendor: 's3Compatible',
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
