import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { describeFailure, failureOf, type Failure } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

/** What the JSON field of additional fields may do to a request, and what the node makes of it after. */

const agora = useAgora();

const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';
const IDENTITY = {
	cname: 'class-7',
	uid: '527841',
	resourceId: 'JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8',
	sid: SID,
};
const FIELD = 'Additional Request Fields (JSON)';

const START = {
	mix: { mode: 'mix', channelName: 'class-7', recorderUid: '527841', fileFormat: 'hlsAndMp4' },
	individual: {
		...{ mode: 'individual', channelName: 'class-7', recorderUid: '527841' },
		...{ subscribeUidGroup: 0, individualOutput: 'both' },
	},
	web: {
		...{ mode: 'web', channelName: 'class-7', recorderUid: '527841' },
		...{ url: 'https://example.com/room', rtmpUrl: 'rtmp://example.com/live/key' },
	},
};

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const under = (path: readonly string[], value: Json): Json =>
	path.reduceRight<Json>((inner, name) => ({ [name]: inner }), value);

/** Starts, and lets Agora take whatever is sent: what the node makes of it afterwards must hold too. */
async function startWith(
	mode: keyof typeof START,
	patch: Json,
	field = 'extraBody',
): Promise<IDataObject> {
	agora.fail('start', {
		kind: 'answer',
		status: 200,
		body: { ...IDENTITY, resourceId: undefined },
	});
	const options = { [field]: JSON.stringify(patch), ifNotConfirmed: 'return' };
	return await agora.runOne('start', { ...START[mode], options });
}

const changeWith = async (operation: string, mode: string, parameters: object, patch: Json) =>
	await agora.runOne(
		operation,
		{
			...(operation === 'update' && { mode }),
			...parameters,
			options: { extraBody: JSON.stringify(patch) },
		},
		{ items: [{ ...IDENTITY, mode }] },
	);

describe('Something else in place of an object or a list', () => {
	const secret = 'what-stands-here-4711';

	it.each<[keyof typeof START, string, string, string]>([
		['mix', 'recordingConfig', 'extraBody', 'an object'],
		['mix', 'recordingConfig.transcodingConfig', 'extraBody', 'an object'],
		['mix', 'recordingConfig.transcodingConfig.layoutConfig', 'extraBody', 'a list'],
		['mix', 'recordingFileConfig', 'extraBody', 'an object'],
		['mix', 'recordingFileConfig.avFileType', 'extraBody', 'a list'],
		['mix', 'storageConfig', 'extraBody', 'an object'],
		['mix', 'storageConfig.extensionParams', 'extraBody', 'an object'],
		['mix', 'storageConfig.fileNamePrefix', 'extraBody', 'a list'],
		['individual', 'snapshotConfig', 'extraBody', 'an object'],
		['web', 'extensionServiceConfig', 'extraBody', 'an object'],
		['web', 'extensionServiceConfig.extensionServices', 'extraBody', 'a list'],
		['mix', 'startParameter', 'extraAcquireBody', 'an object'],
		['mix', 'startParameter.recordingConfig', 'extraAcquireBody', 'an object'],
	])('is refused by its place (%s, %s, %s)', async (mode, place, field, allowed) => {
		const path = ['clientRequest', ...place.split('.')];
		const failure = await failureOf(startWith(mode, under(path, secret), field));
		const name = field === 'extraBody' ? FIELD : 'Additional Acquire Fields (JSON)';
		expect(failure.name).toBe('NodeOperationError');
		expect(failure.told).toBe(`'${name} → ${path.join('.')}' must be ${allowed} (got text)`);
		expect(failure.told + failure.description).not.toContain(secret);
		expect(agora.sent()).toEqual([]);
	});

	it.each<[string, Json]>([
		['a number', 5],
		['a list', [1]],
		['true or false', true],
	])('is told as %s', async (what, value) => {
		const patch = { clientRequest: { recordingConfig: value } };
		const { told: message } = await failureOf(startWith('mix', patch));
		expect(message).toBe(
			`'${FIELD} → clientRequest.recordingConfig' must be an object (got ${what})`,
		);
	});

	it('is refused in a list too', async () => {
		const patch = { clientRequest: { extensionServiceConfig: { extensionServices: [null] } } };
		const { told: message } = await failureOf(startWith('web', patch));
		expect(message).toMatch(
			/extensionServiceConfig\.extensionServices\.0' must be .*\(got nothing\)$/,
		);
	});

	it.each<[string, Json]>([
		['no clientRequest', { clientRequest: null }],
		['a number as clientRequest', { clientRequest: 1 }],
	])('is refused: %s', async (_what, patch) => {
		const attempts = [
			startWith('mix', patch),
			startWith('mix', patch, 'extraAcquireBody'),
			changeWith('update', 'mix', { change: 'storage' }, patch),
			changeWith('update', 'web', { change: 'pause' }, patch),
			changeWith('updateLayout', 'mix', {}, patch),
			agora.runOne('acquire', { ...START.mix, options: { extraBody: JSON.stringify(patch) } }),
		];
		for (const attempt of attempts) {
			const { told: message } = await failureOf(attempt);
			expect(message).toMatch(
				/^'Additional .* → clientRequest' must be an object \(got (nothing|a number)\)$/,
			);
		}
		expect(agora.sent()).toEqual([]);
	});

	it('is refused where a recording is changed', async () => {
		const subscription = { clientRequest: { streamSubscribe: 7 } };
		const { told: message } = await failureOf(changeWith('update', 'mix', {}, subscription));
		expect(message).toMatch(
			/ → clientRequest\.streamSubscribe' must be an object \(got a number\)$/,
		);
		const layout = { clientRequest: { layoutConfig: 'none' } };
		const failure = await failureOf(changeWith('updateLayout', 'mix', {}, layout));
		expect(failure.told).toMatch(/ → clientRequest\.layoutConfig' must be a list \(got text\)$/);
	});

	it('names of the recording are refused without showing the rest', async () => {
		const failure = await failureOf(startWith('mix', { cname: 'other', token: secret }));
		expect(failure.told).toMatch(/ → cname' must be set in its own field of the form$/);
		expect(failure.told).not.toContain(secret);
	});
});

describe('What may be left out or of another kind', () => {
	it.each<[keyof typeof START, Json]>([
		['mix', { recordingFileConfig: null, recordingConfig: { transcodingConfig: null } }],
		['individual', { snapshotConfig: null, recordingConfig: { streamMode: null } }],
		['mix', { storageConfig: { fileNamePrefix: null }, newField: { a: [1, null] } }],
	])('goes to Agora as it is (%s, %j)', async (mode, clientRequest) => {
		expect(await startWith(mode, { clientRequest })).toMatchObject({ outcome: 'unconfirmed' });
		expect(agora.count('start')).toBe(1);
	});

	it.each<Json>(['soon', -5, 1e300, true, [30], { seconds: 30 }])(
		'an idle time of %j leads to no endless question, and is not told as one',
		async (maxIdleTime) => {
			const patch = { clientRequest: { recordingConfig: { maxIdleTime } } };
			const output = await startWith('mix', patch);
			expect(output).not.toHaveProperty('maxIdleTime');
			expect(agora.count('query')).toBeLessThan(20);
		},
	);

	it.each<[keyof typeof START, Json]>([
		['mix', { recordingConfig: { maxIdleTime: 'soon' } }],
		['mix', { recordingConfig: null }],
		['web', { extensionServiceConfig: null }],
		['web', { extensionServiceConfig: { extensionServices: [] } }],
	])('ends at no undefined time (%s, %j)', async (mode, clientRequest) => {
		agora.fail('start', { kind: 'error', error: 'start.62' }, { times: null });
		const options = { extraBody: JSON.stringify({ clientRequest }) };
		const failure = await failureOf(agora.run('start', { ...START[mode], options }));
		expect(failure.description).toMatch(/it ends by itself after the time set at the start/);
		expect(failure.everything).not.toMatch(/undefined (hours|seconds)/);
	});

	it('a page that takes anything to load is waited for as any other', async () => {
		for (const readyTimeout of ['long', 0.3, 1e9]) {
			const services = [
				{ serviceName: 'web_recorder_service', serviceParam: { readyTimeout } },
			] as Json;
			const extensionServiceConfig = { extensionServices: services };
			const patch = { clientRequest: { extensionServiceConfig } };
			expect(await startWith('web', patch)).toMatchObject({ outcome: 'unconfirmed' });
		}
	});

	it('the token stays in the start, and out of acquire, whatever stands beside it', async () => {
		const started = await agora
			.runOne(
				'start',
				{
					...START.mix,
					options: {
						extraBody: '{"clientRequest":{"scene":0}}',
						extraAcquireBody: '{"clientRequest":{"scene":null,"startParameter":null}}',
						verify: false,
					},
				},
				{ credentials: { ...agora.credentials, appCertificate: '0'.repeat(32) } },
			)
			.catch(() => undefined);
		expect(started).toBeUndefined(); // the simulator knows no scene in a start
		const [acquire, start] = agora.sent();
		expect(acquire.body).toEqual({ cname: 'class-7', uid: '527841', clientRequest: {} });
		expect(start.body).toHaveProperty('clientRequest.token');
	});
});

describe('What the output tells', () => {
	it('of fresh storage credentials is the bucket that they were sent for', async () => {
		const started = await agora.runOne('start', START.mix);
		const extraBody = '{"clientRequest":{"storageConfig":{"bucket":"elsewhere"}}}';
		const updated = await agora.runOne(
			'update',
			{ change: 'storage', options: { extraBody } },
			{ items: [started] },
		);
		expect(agora.sent('update')[0].body).toMatchObject({
			clientRequest: { storageConfig: { bucket: 'elsewhere' } },
		});
		expect(updated).toMatchObject({ outcome: 'updated', storage: { bucket: 'elsewhere' } });
	});

	it('of storage that was not sent after all is what was known before', async () => {
		const started = await agora.runOne('start', START.mix);
		const parameters = { change: 'storage', storageOverrides: { bucket: 'elsewhere' } };
		const options = { extraBody: '{"clientRequest":{"storageConfig":null}}' };
		const updated = await agora.runOne('update', { ...parameters, options }, { items: [started] });
		expect(updated.storage).toEqual(started.storage);
	});

	it('of a pause is what was sent', async () => {
		const page = { mode: 'web', channelName: 'page', url: 'https://example.com/room' };
		const started = await agora.runOne('start', page);
		const updated = await agora.runOne(
			'update',
			{
				...{ mode: 'web', change: 'pause' },
				options: { extraBody: '{"clientRequest":{"webRecordingConfig":{"onhold":false}}}' },
			},
			{ items: [started] },
		);
		expect(updated).toMatchObject({ onhold: false });
	});
});

/** Paths of everything in a request. */
const placesIn = (value: unknown, path: readonly string[] = []): string[][] =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
		? Object.entries(value).flatMap(([name, inner]) => [
				[...path, name],
				...placesIn(inner, [...path, name]),
			])
		: [];

const anything = fc.letrec<{ json: Json }>((tie) => ({
	json: fc.oneof(
		{ depthSize: 'small' },
		fc.constantFrom<Json>(null, true, false, '', '#allstream#', 'hls', 0, 1, -1, 0.5, 1e300),
		fc.integer(),
		fc.string(),
		fc.array(tie('json'), { maxLength: 3 }),
		fc.dictionary(
			fc.constantFrom('serviceName', 'serviceParam', 'uid', 'width', 'token', 'a'),
			tie('json'),
			{ maxKeys: 3 },
		),
	),
})).json;

/** Words that only a mistake of ours would put before a user. */
const MISTAKE =
	/Cannot (read|use|convert|mix|destructure)|not iterable|is not a function|\bundefined\b|\bNaN\b|Unknown|An unexpected error occurred/;

describe('Any JSON at any place', () => {
	const CASES: Array<[string, string, (patch: Json) => Promise<unknown>]> = [
		...(['mix', 'individual', 'web'] as const).flatMap(
			(mode): Array<[string, string, (patch: Json) => Promise<unknown>]> => [
				['start', mode, async (patch) => await startWith(mode, patch)],
				['acquire', mode, async (patch) => await startWith(mode, patch, 'extraAcquireBody')],
				[
					'update',
					mode,
					async (patch) => await changeWith('update', mode, { change: 'storage' }, patch),
				],
			],
		),
		[
			'update',
			'web',
			async (patch) =>
				await changeWith(
					'update',
					'web',
					{ change: 'cdn', rtmpUrl: 'rtmp://example.com/a' },
					patch,
				),
		],
		[
			'update',
			'mix',
			async (patch) =>
				await changeWith('update', 'mix', { audioSubscription: 'only', audioUids: '1' }, patch),
		],
		[
			'updateLayout',
			'mix',
			async (patch) => await changeWith('updateLayout', 'mix', { layout: 'grid' }, patch),
		],
	];

	it.each(CASES)('of %s (%s) is refused by name, or is sent', async (operation, _mode, run) => {
		const everyPlace = await (async () => {
			await run({}).catch(() => undefined);
			const [{ body }] = agora.sent(operation);
			agora.fresh();
			return placesIn((body as { clientRequest: object }).clientRequest);
		})();
		expect(everyPlace.length).toBeGreaterThan(0);
		const patches = fc.tuple(
			fc.constantFrom([], ...everyPlace),
			fc.option(fc.constantFrom('recordingConfig', 'extensionServiceConfig', 'snapshotConfig')),
			anything,
		);
		await fc.assert(
			fc.asyncProperty(patches, async ([place, more, value]) => {
				agora.fresh();
				const path = ['clientRequest', ...(more === null ? place : [more])];
				let failure: Failure | undefined;
				let output: unknown;
				try {
					output = await run(under(path, value));
				} catch (thrown) {
					failure = describeFailure(thrown);
				}
				if (!failure) {
					expect(output).toMatchObject({ outcome: expect.stringMatching(/\w/) as string });
					return;
				}
				const sent = agora.sent().length > 0;
				expect(failure.name).toMatch(sent ? /^Node(Api|Operation)Error$/ : /^NodeOperationError$/);
				expect(`${failure.told} ${failure.description}`).not.toMatch(MISTAKE);
				if (!sent) expect(failure.told).toMatch(/^'.+' must .+/);
			}),
			{ numRuns: 60 },
		);
		// Outputs hand on what was sent, whatever it is.
		agora.outputs.length = 0;
	});
});
