import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { describeFailure, failureOf, textOf } from '../support/failures.mts';
import { builtModule } from '../support/host.mts';
import { useAgora } from '../support/setup.mts';
import { SPELLINGS, spellings, traceOf } from '../support/spellings.mts';
import { tokenFor } from '../support/tokens.mts';

const agora = useAgora();

/** What the credential holds, and what comes from the item: what is typed in n8n keeps by itself. */
const CREDENTIAL = {
	customerSecret: 'example-customer-secret',
	appCertificate: '5c6d5c6d5c6d5c6d5c6d5c6d5c6d5c6d',
	notificationSecret: 'notification-secret-1f4e',
	rtcNotificationSecret: 'rtc-notification-secret-9b',
	previousNotificationSecret: 'previous-secret-7d21',
	storageAccessKey: 'AKIAIOSFODNN7EXAMPLE',
	storageSecretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfi+CYEXAMPLEKEY',
};
const SECRETS = {
	token: '',
	stsAccessKey: 'ASIA"quoted\\access<key>&more',
	stsSecretKey: 'sts/secret+key=0123456789',
	stsToken: 'FwoGZXIvYXdzEBYaDK/sts+token/'.repeat(8),
	encryption: 'a pass phrase of the channel',
	salt: Buffer.from('0123456789abcdef0123456789abcdef').toString('base64'),
	streamKey: 'live_528_0Xk7Yq-stream-key',
	pagePassword: 'letmein-page-password',
	apiKey: 'sk-additional-0a1b2c3d4e5f',
};

const MORE = {
	clientRequest: { addedTomorrow: { apiKey: SECRETS.apiKey } },
};

const MIX = {
	mode: 'mix',
	channelName: 'class-7',
	tokenSource: 'manual',
	token: '={{ $json.token }}',
	recordingOptions: {
		decryptionMode: 7,
		secret: '={{ $json.encryption }}',
		salt: '={{ $json.salt }}',
	},
	storageOverrides: {
		stsAccessKey: '={{ $json.stsAccessKey }}',
		stsSecretKey: '={{ $json.stsSecretKey }}',
		stsToken: '={{ $json.stsToken }}',
		stsExpiration: '={{ $json.stsExpiration }}',
	},
};
const WEB = {
	mode: 'web',
	channelName: 'class-7',
	url: '={{ "https://example.com/room?password=" + $json.pagePassword }}',
	rtmpUrl: '={{ "rtmp://example.com/live/" + $json.streamKey }}',
};

const item = () => ({
	...SECRETS,
	more: MORE,
	stsExpiration: new Date(agora.time.now() + 50 * 3600_000).toISOString(),
});
const credentials = () => ({ ...agora.credentials, ...CREDENTIAL });
const basic = () => `${textOf(agora.credentials.customerId)}:${CREDENTIAL.customerSecret}`;

/** What an operation is given. `known` are the secrets that it, or the answer, could know of. */
const OPERATIONS = {
	acquire: { form: { ...MIX, sendStartSettings: true }, fails: 'acquire' },
	start: { form: MIX, fails: 'start' },
	'start, web': { form: WEB, fails: 'start' },
	'query of a start': { form: MIX, fails: 'query' },
	'query of a start, web': { form: WEB, fails: 'query' },
	query: { form: {}, fails: 'query' },
	'update, storage': {
		form: { change: 'storage', storageOverrides: MIX.storageOverrides },
		fails: 'update',
	},
	'update, web': { form: { mode: 'web', change: 'cdn', rtmpUrl: WEB.rtmpUrl }, fails: 'update' },
	updateLayout: { form: {}, fails: 'updateLayout' },
	stop: { form: {}, fails: 'stop' },
	getAll: { form: {}, fails: 'ncsIp' },
} as const;
type Name = keyof typeof OPERATIONS;

/** Which of the secrets an operation sends; all know the credential. */
const sentBy: Record<Name, ReadonlyArray<keyof typeof SECRETS>> = {
	acquire: ['token', 'stsAccessKey', 'stsSecretKey', 'stsToken', 'encryption', 'salt', 'apiKey'],
	start: ['token', 'stsAccessKey', 'stsSecretKey', 'stsToken', 'encryption', 'salt', 'apiKey'],
	'start, web': ['streamKey', 'pagePassword', 'apiKey'],
	'query of a start': ['token', 'stsAccessKey', 'stsSecretKey', 'stsToken', 'encryption', 'salt'],
	'query of a start, web': ['streamKey', 'pagePassword'],
	query: [],
	'update, storage': ['stsAccessKey', 'stsSecretKey', 'stsToken', 'apiKey'],
	'update, web': ['streamKey', 'apiKey'],
	updateLayout: ['apiKey'],
	stop: [],
	getAll: [],
};

const SHAPES: Record<string, (text: string) => IDataObject> = {
	reason: (reason) => ({ code: 2, reason }),
	'reason without code': (reason) => ({ reason }),
	message: (message) => ({ message }),
	'words of a 404': (message) => ({ code: 404, serverResponse: { payload: { message } } }),
	'a file': (fileName) => ({ serverResponse: { status: 5, fileList: [{ fileName }] } }),
	'files as a text': (fileList) => ({ serverResponse: { status: 5, fileList } }),
	'an output': (status) => ({
		serverResponse: {
			status: 5,
			extensionServiceState: [
				{ serviceName: 'web_recorder_service', payload: { state: status } },
				{
					serviceName: 'rtmp_publish_service',
					payload: {
						outputs: [{ rtmpUrl: `rtmp://example.com/live/${SECRETS.streamKey}`, status }],
					},
				},
			],
		},
	}),
	'an upload': (uploadingStatus) => ({ serverResponse: { uploadingStatus } }),
	'a name': (name) => ({ [name]: 1 }),
	'deep in it': (text) => ({ a: [[{ b: { c: [text] } }]] }),
	'an address': (primaryIP) => ({ data: { service: { hosts: [{ primaryIP }] } } }),
};

const situations = fc.record({
	name: fc.constantFrom(...(Object.keys(OPERATIONS) as Name[])),
	secret: fc.nat(),
	spelling: spellings,
	shape: fc.constantFrom(...Object.keys(SHAPES)),
	status: fc.constantFrom(200, 200, 201, 206, 400, 401, 404, 429, 500, 503),
	ids: fc.boolean(),
	filler: fc.constantFrom(0, 0, 300, 5000, 300_000),
	cut: fc.boolean(),
	onError: fc.constantFrom(undefined, 'continueRegularOutput', 'continueErrorOutput'),
	asTool: fc.boolean(),
});

const FILLER = 'Ω';
const longestFiller = (text: string) =>
	Math.max(0, ...(text.match(/Ω+/g) ?? []).map(({ length }) => length));

describe('Whatever a server says, at any operation', () => {
	it('no secret is in items, errors, hints or log, and no text is long', async () => {
		const met = { secrets: 0, fillers: 0, failures: 0 };
		await fc.assert(
			fc.asyncProperty(situations, async ({ name, ...situation }) => {
				agora.fresh();
				const issuedAt = Math.floor(agora.time.now() / 1000);
				SECRETS.token = await tokenFor({ channel: '*', uid: '', issuedAt });
				const { form, fails } = OPERATIONS[name];
				const [operation] =
					name.split(/ of|,/)[0] === 'query' && name !== 'query' ? ['start'] : name.split(',');
				const items: IDataObject[] = [item()];
				if (['update', 'updateLayout', 'stop', 'query'].includes(operation)) {
					const parameters = name === 'update, web' ? WEB : { channelName: 'class-7' };
					const options = { verify: false };
					const started = await agora.runOne(
						'start',
						{ ...parameters, options },
						{ items, credentials: credentials() },
					);
					items[0] = { ...items[0], ...started };
				}
				const known: string[] = [
					...Object.values(CREDENTIAL),
					basic(),
					...sentBy[name].map((key) => SECRETS[key]),
				];
				const secret = known[situation.secret % known.length];
				const spelt = SPELLINGS[situation.spelling](secret);
				const echo = `The request was: "${spelt}" ${FILLER.repeat(situation.filler)}`;
				const text = situation.cut ? echo.slice(0, 17 + spelt.length - 1) : echo;
				const { sid, resourceId } = items[0];
				const body = {
					...(situation.ids && { sid, resourceId, cname: 'class-7' }),
					...SHAPES[situation.shape](text),
				};
				const { status } = situation;
				agora.control.addFault({
					match: { operation: fails },
					fault: {
						kind: 'answer',
						status,
						body,
						headers: { 'x-request-id': encodeURIComponent(text.slice(0, 1000)).slice(0, 3000) },
					},
					times: null,
				});

				const log: string[] = [];
				const hints: string[] = [];
				const options = {
					...(!/query|stop|getAll/.test(name) && {
						extraBody: '={{ $json.more }}',
					}),
					...(operation === 'start' && { verificationTimeout: 10 }),
					...(['query', 'stop'].includes(operation) && { retryWhileNotFound: 0 }),
				};
				const run = agora.run(
					operation,
					{
						recordingSource: 'input',
						...form,
						simplify: false,
						options,
						...(operation === 'getAll' && { resource: 'notificationServer' }),
					},
					{
						items,
						credentials: credentials(),
						log,
						hints,
						...(situation.onError && { onError: situation.onError as 'continueRegularOutput' }),
						asTool: situation.asTool,
					},
				);
				const result = await run.then(
					(output) => ({ output, failure: undefined }),
					(thrown: unknown) => ({ output: [], failure: describeFailure(thrown) }),
				);
				if (result.failure) met.failures++;
				const output = JSON.stringify(result.output);
				const seen = [output, result.failure?.everything, ...log, ...hints].join('\n');

				const trace = traceOf(secret, situation.spelling);
				expect([name, seen.includes(secret), seen.includes(trace)]).toEqual([name, false, false]);
				expect(seen).not.toContain(SECRETS.streamKey);
				if (seen.includes('***')) met.secrets++;

				const longest = longestFiller(seen);
				if (longest > 100) met.fillers++;
				expect(longest).toBeLessThanOrEqual(2000);
				expect(longestFiller(result.failure?.everything ?? '')).toBeLessThanOrEqual(400);
				for (const { json } of result.output) {
					expect(longestFiller(JSON.stringify(json.error ?? {}))).toBeLessThanOrEqual(400);
				}
			}),
			{ numRuns: 250 },
		);
		// It has to have met what it is about.
		expect(met.secrets).toBeGreaterThan(75);
		expect(met.fillers).toBeGreaterThan(10);
		expect(met.failures).toBeGreaterThan(30);
		// On a machine that is busy with something else it takes its time.
	}, 300_000);
});

const started = async (parameters: object = {}) =>
	await agora.runOne('start', { channelName: 'class-7', ...parameters });
const answer = (operation: 'start' | 'query' | 'stop', status: number, body: unknown) =>
	agora.fail(operation, { kind: 'answer', status, body }, { times: null });

describe('An answer that is too large', () => {
	const MB = 1_000_000;

	it('leaves a few hundred characters of its words in an error, and in an item', async () => {
		const items = [await started()];
		answer('query', 400, { code: 2, reason: 'x'.repeat(10 * MB) });
		const failure = await failureOf(agora.run('query', {}, { items }));
		expect(failure.message).toBe('Agora rejected a value in the request');
		expect(failure.description.length).toBeLessThan(1500);
		expect(failure.everything.length).toBeLessThan(50_000);
		const more = { items, onError: 'continueRegularOutput' as const };
		const output = await agora.runOne('query', { simplify: false }, more);
		expect(JSON.stringify(output).length).toBeLessThan(5000);
	});

	it.each([
		['by one text', (): unknown => 'x'.repeat(5 * MB)],
		['by many', () => Array.from({ length: 50_000 }, (_, i) => `a text ${i}`)],
		['by many names', () => Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [i, i]))],
	])('%s is handed on in part, with a mark and a hint', async (_what, more) => {
		const item = await started();
		const body = {
			sid: item.sid,
			resourceId: item.resourceId,
			serverResponse: { status: 5, fileList: [{ fileName: 'a.m3u8' }] },
			more: more(),
		};
		answer('query', 200, body);
		const hints: string[] = [];
		const output = await agora.runOne('query', { simplify: false }, { items: [item], hints });
		expect(output).toMatchObject({ outcome: 'recording', files: [{ fileName: 'a.m3u8' }] });
		const text = JSON.stringify(output);
		expect(text.length).toBeLessThan(1_500_000);
		expect(text).toContain('… (cut)');
		expect(hints.filter((hint) => hint.includes('It was cut'))).toHaveLength(
			typeof body.more === 'string' ? 0 : 1,
		);
	});

	it('by files says that some are missing', async () => {
		const item = await started();
		const fileList = Array.from({ length: 20_000 }, (_, i) => ({ fileName: `file${i}.m3u8` }));
		const { sid, resourceId } = item;
		answer('query', 200, { sid, resourceId, serverResponse: { status: 5, fileList } });
		const hints: string[] = [];
		const output = await agora.runOne('query', {}, { items: [item], hints });
		const files = output.files as unknown[];
		expect(files.length).toBeGreaterThan(1000);
		expect(files.length).toBeLessThan(20_000);
		expect(hints).toEqual([expect.stringMatching(/files may be missing/)]);
	});

	it('by depth is handed on in part', async () => {
		const item = await started();
		const { sid, resourceId } = item;
		const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
		answer(
			'query',
			200,
			`{"sid":"${textOf(sid)}","resourceId":"${textOf(resourceId)}","serverResponse":{"status":5},"deep":${deep}}`,
		);
		const output = await agora.runOne('query', { simplify: false }, { items: [item] });
		expect(JSON.stringify(output.response)).toContain('[[[[[[[[["… (cut)"]]]]]]]]]');
	});

	it('but a resource ID of any length that Agora gives stays whole', async () => {
		const resourceId = 'JyvK8nXH-_'.repeat(150);
		agora.control.addFault({
			match: { operation: 'acquire' },
			fault: { kind: 'answer', status: 200, body: { cname: 'class-7', uid: '1', resourceId } },
		});
		expect(await agora.runOne('acquire', { channelName: 'class-7' })).toMatchObject({ resourceId });
	});
});

describe('What n8n draws as HTML', () => {
	const NAME = 'a<b>c&d';
	const reason = 'see <a href="https://evil.example">this</a> & that';

	it('is escaped in the description of an error, and told in full', async () => {
		answer('start', 400, { code: 2, reason });
		const failure = await failureOf(agora.run('start', { channelName: NAME }));
		expect(failure.description).toContain('cname: a&lt;b&gt;c&amp;d');
		expect(failure.description).toContain(
			'see &lt;a href="https://evil.example"&gt;this&lt;/a&gt; &amp; that',
		);
		// Nothing but our own line breaks is a tag.
		expect(failure.description.replaceAll('<br>', '')).not.toMatch(/<|&(?!lt;|gt;|amp;)/);
		expect(failure.details).toMatchObject({ cname: NAME, reason });
	});

	it('is plain text in an item', async () => {
		answer('start', 400, { code: 2, reason });
		const more = { onError: 'continueErrorOutput' as const };
		const { error } = await agora.runOne('start', { channelName: NAME }, more);
		expect(error).toMatchObject({
			description: expect.stringContaining(`Agora's message: "${reason}"`) as string,
			details: { cname: NAME },
		});
		expect((error as IDataObject).description).toContain(`cname: ${NAME}`);
	});

	it('is plain text in what an agent is told', async () => {
		answer('start', 400, { code: 2, reason });
		const failure = await failureOf(agora.run('start', { channelName: NAME }, { asTool: true }));
		expect(failure.message).toContain(`cname: ${NAME}`);
		expect(failure.message).toContain(reason);
	});

	it('is escaped in a hint beside the output', async () => {
		const { acquire } = builtModule<{ acquire: { hint: unknown } }>(
			'actions/recording/acquire.operation.js',
		);
		const { hint } = acquire;
		const hints: string[] = [];
		try {
			acquire.hint = () => `Channel ${NAME}`;
			await agora.run('acquire', { channelName: 'class-7' }, { hints });
		} finally {
			acquire.hint = hint;
		}
		expect(hints).toEqual(['Channel a&lt;b&gt;c&amp;d']);
	});

	it('is escaped in the names of other items’ recordings', async () => {
		agora.control.addFault({
			match: { operation: 'start', cname: 'class-8' },
			fault: { kind: 'answer', status: 400, body: { code: 2, reason } },
		});
		const failure = await failureOf(
			agora.run(
				'start',
				{ channelName: '={{ $json.name }}' },
				{ items: [{ name: NAME }, { name: 'class-8' }] },
			),
		);
		expect(failure.description).toMatch(/Recordings of other items .*cname: a&lt;b&gt;c&amp;d/);
		expect(failure.runningRecordings).toMatchObject([{ cname: NAME }]);
	});
});

describe('The key of a stream', () => {
	const KEY = 'live-stream-key-4711';
	const web = { mode: 'web', url: 'https://example.com', simplify: false };
	const rtmpUrl = `rtmp://example.com/live/${KEY}`;
	const masked = [{ rtmpUrl: 'rtmp://example.com/live/***', status: 'publishing' }];

	it('is not in what Start, Query, Update and Stop tell, nor in Agora’s own answers', async () => {
		const log: string[] = [];
		const item = await agora.runOne('start', { ...web, channelName: 'class-7', rtmpUrl }, { log });
		expect(item.outputs).toEqual(masked);
		const items = [item];
		const queried = await agora.runOne('query', { simplify: false }, { items, log });
		expect(queried.outputs).toEqual(masked);
		expect(JSON.stringify(queried.response)).toContain('rtmp://example.com/live/***');
		const change = { mode: 'web', change: 'cdn', rtmpUrl: `${rtmpUrl}-2`, simplify: false };
		const updated = await agora.runOne('update', change, { items, log });
		const again = await agora.runOne('query', { simplify: false }, { items: [updated], log });
		const stopped = await agora.runOne('stop', { simplify: false }, { items: [again], log });
		const all = JSON.stringify([item, queried, updated, again, stopped, log]);
		expect(all).not.toContain(KEY);
		expect(agora.control.recordings()[0].rtmpUrls).toEqual([`${rtmpUrl}-2`]);
	});

	it('is not in the error that an answer with it leads to', async () => {
		const items = [await started()];
		answer('query', 400, { code: 2, reason: `${rtmpUrl} cannot be reached` });
		const failure = await failureOf(agora.run('query', {}, { items }));
		expect(failure.description).toContain('"rtmp://example.com/live/*** cannot be reached"');
		expect(failure.everything).not.toContain(KEY);
	});
});
