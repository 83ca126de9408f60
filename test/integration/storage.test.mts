import type { IDataObject } from 'n8n-workflow';
import type { StorageFaultInput } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

/** What the bucket says never changes what a stop says: one row a trouble of the storage. */

const agora = useAgora({ storage: {} });

type Fault = StorageFaultInput['fault'];
interface File extends IDataObject {
	fileName: string;
	link: string | null;
	linkState: string;
	linkExpiresAt: string | null;
	whatToDo?: string;
}

const storage = () => {
	if (!agora.control.storage) throw new Error('The simulator has no storage');
	return agora.control.storage;
};
const credentials = (more: IDataObject = {}) => ({
	...agora.credentials,
	storageVendor: 's3Compatible',
	storageEndpoint: storage().url,
	storageBucket: 'recordings',
	storageAccessKey: 'example-access-key',
	storageSecretKey: 'example-secret-key',
	...more,
});

/** What Start told of a recording that has been running for a minute. */
async function started(parameters: IDataObject = {}): Promise<IDataObject> {
	const item = await agora.runOne(
		'start',
		{ channelName: 'class-7', fileNamePrefix: 'dir/sub', ...parameters },
		{ credentials: credentials() },
	);
	agora.time.pass(60_000);
	return item;
}

const stop = async (item: IDataObject, options: IDataObject = {}, more: IDataObject = {}) =>
	await agora.runOne('stop', { options }, { items: [item], credentials: credentials(more) });
const file = async (
	operation: 'getMany' | 'getPlaylist',
	item: IDataObject,
	parameters: IDataObject = {},
	more: IDataObject = {},
) =>
	(
		await agora.run(
			operation,
			{ resource: 'file', ...parameters },
			{ items: [item], credentials: credentials(more) },
		)
	).map(({ json }) => json as File);

const linkMembers = ['link', 'linkState', 'linkExpiresAt', 'whatToDo'];
/** An output without what the storage adds. */
const withoutLinks = (output: unknown): unknown => {
	if (Array.isArray(output)) return output.map(withoutLinks);
	if (typeof output !== 'object' || output === null) return output;
	return Object.fromEntries(
		Object.entries(output)
			.filter(([name]) => !linkMembers.includes(name))
			.map(([name, value]) => [name, withoutLinks(value)]),
	);
};
const mainOf = ({ mainFile }: IDataObject) => mainFile as File;

const STRANGE_WORDS = 'The response did not come from a storage';
/** What says yes to whatever it is asked, in place of the storage. */
const STRANGERS: Array<[what: string, fault: Fault]> = [
	['a login page', { kind: 'html' }],
	[
		'a login page of a web server, with an ETag',
		{
			kind: 'answer',
			status: 206,
			body: '<!doctype html>',
			headers: { 'content-type': 'text/html', etag: '"1"' },
		},
	],
	['an application', { kind: 'answer', status: 200, body: { ok: true } }],
	['somebody who says nothing', { kind: 'answer', status: 200, body: '' }],
];

/** A trouble, what a stop says of the link, and the words of both. */
const TROUBLES: Array<
	[what: string, fault: Fault, state: string, words: RegExp, more?: { match?: object }]
> = [
	['a key that may not', { kind: 'error', code: 'AccessDenied' }, 'denied', /cannot/],
	['a missing file', { kind: 'error', code: 'NoSuchKey' }, 'missing', /object does not exist/],
	['a missing bucket', { kind: 'error', code: 'NoSuchBucket' }, 'denied', /no bucket "recordings"/],
	['an unknown key', { kind: 'error', code: 'InvalidAccessKeyId' }, 'denied', /does not know/],
	[
		'a wrong secret',
		{ kind: 'error', code: 'SignatureDoesNotMatch' },
		'denied',
		/rejected the signature/,
	],
	['expired keys', { kind: 'error', code: 'ExpiredToken' }, 'denied', /has expired/],
	[
		'a wrong clock',
		{
			kind: 'error',
			code: 'RequestTimeTooSkewed',
			headers: { date: 'Thu, 01 Jan 2026 02:00:00 GMT' },
		},
		'denied',
		/clock of n8n/,
	],
	[
		'a redirect',
		{ kind: 'redirect', endpoint: 'http://127.0.0.1:1' },
		'denied',
		/another region or at another address/,
	],
	['a page of a console', { kind: 'html', status: 403 }, 'denied', /returned a web page/],
	['a busy storage', { kind: 'slowDown' }, 'unchecked', /is busy/],
	['a fault of the storage', { kind: 'answer', status: 500, body: '' }, 'unchecked', /is busy/],
	['an answer of nobody', { kind: 'answer', status: 418, body: 'tea' }, 'unchecked', /status 418/],
	['a connection that breaks', { kind: 'reset' }, 'unchecked', /did not respond/],
	['an empty file', { kind: 'answer', status: 416, body: '' }, 'missing', /is empty/],
	[
		'an empty file without ranges',
		{ kind: 'answer', status: 200, body: '', headers: { etag: '"0"' } },
		'missing',
		/is empty/,
	],
	...STRANGERS.map(([what, fault]): (typeof TROUBLES)[number] => [
		...([what, fault, 'denied', new RegExp(STRANGE_WORDS)] as const),
	]),
];

describe('Links of a stop', () => {
	it('open, and tell when they end', async () => {
		const item = await started();
		const stopped = await stop(item);
		const { link, linkState, linkExpiresAt } = mainOf(stopped);
		expect(linkState).toBe('ready');
		expect(Date.parse(linkExpiresAt ?? '') - agora.time.now()).toBeLessThanOrEqual(24 * 3_600_000);
		// Agora is told the host alone; other nodes of n8n need the protocol, too.
		expect(mainOf(stopped).endpoint).toBe(storage().url);
		expect(agora.sent('start')[0].body).toMatchObject({
			clientRequest: {
				storageConfig: { extensionParams: { endpoint: new URL(storage().url).host } },
			},
		});
		const answer = await fetch(link ?? '');
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toBe('video/mp4');
		expect(stopped.files).toMatchObject([
			{ format: 'mp4', linkState: 'ready', link },
			{ format: 'm3u8', linkState: 'needsPlaylist', link: null },
		]);
		// The storage never hears of Agora's key.
		for (const { headerNames } of storage().requests()) {
			expect(headerNames).not.toContain('authorization');
		}
	});

	it.each(TROUBLES)('%s: nothing else changes', async (_what, fault, state, words) => {
		const item = await started();
		const plain = withoutLinks(await stop(item, { addLinks: false }));
		agora.fresh();
		const again = await started();
		storage().addFault({ match: { operation: 'get' }, times: 100, fault });
		const stopped = await stop(again);
		const ids = ['uid', 'resourceId', 'sid', 'requestId', 'startedAt', 'acquiredAt'];
		const comparable = (output: unknown) =>
			JSON.stringify(withoutLinks(output), (name, value: unknown) =>
				ids.includes(name) || name === 'fileName' || name === 'path' || /At$/.test(name)
					? null
					: value,
			);
		expect(comparable(stopped)).toBe(comparable(plain));
		expect(stopped).toMatchObject({ outcome: 'stopped', uploadStatus: 'uploaded' });
		const { link, linkState, whatToDo } = mainOf(stopped);
		expect({ link, linkState }).toEqual({ link: null, linkState: state });
		expect(whatToDo).toMatch(words);
		expect(agora.running()).toEqual([]);
	});

	it('of a storage that never answers do not keep the stop for long', async () => {
		const item = await started();
		storage().addFault({ times: 100, fault: { kind: 'reset' } });
		const before = agora.time.now();
		expect(mainOf(await stop(item)).linkState).toBe('unchecked');
		expect(agora.time.now() - before).toBeLessThan(5_000);
	});

	it('are signed for the region that an answer names', async () => {
		storage().setBucket({ name: 'recordings', region: 'eu-north-7' });
		const { link, linkState } = mainOf(await stop(await started()));
		expect(linkState).toBe('ready');
		expect(link).toContain('eu-north-7');
		expect((await fetch(link ?? '')).status).toBe(200);
	});

	it('are signed for another region once, however often another one is named', async () => {
		const item = await started();
		const fault = { kind: 'wrongRegion', region: 'eu-north-7' } as const;
		storage().addFault({ match: { operation: 'get' }, times: 100, fault });
		expect(mainOf(await stop(item)).linkState).toBe('denied');
		expect(storage().requests()).toHaveLength(2);
	});

	it('name both fields that let another key read', async () => {
		const item = await started();
		storage().setKey({
			...{ accessKey: 'example-access-key', secretKey: 'example-secret-key', rights: ['write'] },
		});
		const { whatToDo } = mainOf(await stop(item));
		expect(whatToDo).toMatch(/"s3:GetObject","Resource":"arn:aws:s3:::recordings\/dir\/sub\/\*"/);
		expect(whatToDo).toMatch(/fill in 'Read Access Key' and 'Read Secret Key'/);
	});

	it('are made with the key that reads, which Agora never gets', async () => {
		const item = await started();
		const { link } = mainOf(
			await stop(
				item,
				{},
				{
					readFilesWith: 'readKey',
					storageReadAccessKey: 'example-read-key',
					storageReadSecretKey: 'example-read-secret',
				},
			),
		);
		expect(link).toContain('X-Amz-Credential=example-read-key');
		expect(JSON.stringify(agora.sent())).not.toContain('example-read');
	});

	it.each([
		['not wanted', {}, { addLinks: false }],
		['of an agent’s tool', { asTool: true }, {}],
	])('%s are not made', async (_what, more, options) => {
		const item = await started();
		const byHand = { recordingSource: 'manual', mode: 'mix', channelName: 'class-7' };
		const { uid, resourceId, sid } = item;
		const [{ json }] = await agora.run(
			'stop',
			{
				...byHand,
				recorderUid: uid,
				resourceId,
				sid,
				options: { fileNamePrefix: 'dir/sub', ...options },
			},
			{ credentials: credentials(), ...more },
		);
		expect(mainOf(json)).not.toHaveProperty('link');
		expect(storage().requests()).toEqual([]);
	});

	it('are plain addresses below a public URL, also to playlists', async () => {
		const storagePublicUrl = `${storage().url}/public`;
		storage().addFault({
			match: { operation: 'get' },
			times: 100,
			fault: { kind: 'answer', status: 206, body: 'x' },
		});
		const stopped = await stop(await started(), {}, { storagePublicUrl, advanced: true });
		const { link, linkExpiresAt, path } = mainOf(stopped);
		expect({ link, linkExpiresAt }).toEqual({
			link: `${storagePublicUrl}/${textOf(path)}`,
			linkExpiresAt: null,
		});
		expect(stopped.files).toMatchObject([{ linkState: 'ready' }, { linkState: 'ready' }]);
	});

	it('live no longer than the credential allows', async () => {
		const stopped = await stop(await started(), { linkHours: 100 }, { maxLinkHours: 2 });
		const hours = (Date.parse(mainOf(stopped).linkExpiresAt ?? '') - agora.time.now()) / 3_600_000;
		expect(hours).toBeGreaterThan(1.9);
		expect(hours).toBeLessThanOrEqual(2);
	});

	it.each([
		['another endpoint', { endpoint: 'evil.example.com' }, /evil\.example\.com/],
		['another vendor', { vendor: 'amazonS3' }, /s3Compatible/],
		['no folder', { prefix: undefined }, /folder of the files is unknown/],
	])('are not made for an item with %s, and the stop goes on', async (_what, other, words) => {
		const item = await started();
		const told = { ...item, storage: { ...(item.storage as IDataObject), ...other } };
		const stopped = await stop(told);
		expect(stopped.outcome).toBe('stopped');
		expect(mainOf(stopped).linkState).toBe('unchecked');
		expect(mainOf(stopped).whatToDo).toMatch(words);
		expect(storage().requests()).toEqual([]);
	});
});

describe('A stop that waits for files', () => {
	it('returns when the MP4 is there', async () => {
		agora.control.configure({ uploadMs: 5_000, mp4DelayMs: 40_000 });
		const item = await started();
		const before = agora.time.now();
		agora.time.flowing = true;
		const stopped = await stop(item, { waitForFiles: 300 });
		expect(stopped).toMatchObject({
			outcome: 'stopped',
			filesComplete: true,
			failoverChecked: true,
		});
		expect(mainOf(stopped).linkState).toBe('ready');
		expect(mainOf(stopped).sizeBytes).toBeGreaterThan(0);
		expect((stopped.files as File[]).map(({ format }) => format)).toEqual(['mp4', 'm3u8']);
		const seconds = (agora.time.now() - before) / 1000;
		expect(seconds).toBeGreaterThan(40);
		expect(seconds).toBeLessThan(120);
	});

	it('says what is still to come when the time is over', async () => {
		agora.control.configure({ mp4DelayMs: 10 * 60_000 });
		const stopped = await stop(await started(), { waitForFiles: 60 });
		const name = `${textOf(stopped.sid)}_class-7_0.mp4`;
		expect(stopped).toMatchObject({
			...{ outcome: 'stopped', filesComplete: false, waitingFor: [name] },
			mainFile: { fileName: name, link: null, linkState: 'missing' },
		});
		expect(
			storage()
				.requests()
				.every(({ operation }) => operation === 'list'),
		).toBe(true);
	});

	it.each(TROUBLES.filter(([, { kind }]) => kind !== 'answer'))(
		'%s: the outcome stays, and the reason is told',
		async (_what, fault) => {
			const item = await started();
			storage().addFault({ match: { operation: 'list' }, times: 1000, fault });
			const stopped = await stop(item, { waitForFiles: 30 });
			expect(stopped).toMatchObject({
				...{ outcome: 'stopped', uploadStatus: 'uploaded', filesComplete: false },
				failoverChecked: false,
			});
			expect(stopped.whatToDo).toEqual(expect.stringMatching(/./));
			// Links do not need the list.
			expect(mainOf(stopped).linkState).toBe('ready');
		},
	);

	it('finds what a recorder left that took over', async () => {
		const item = await started();
		const path = `dir/sub/bak0_${textOf(item.sid)}_class-7_0.mp4`;
		storage().put('recordings', path, Buffer.from('more'));
		const stopped = await stop(item, { waitForFiles: 60 });
		expect((stopped.mainFiles as File[]).map((one) => [one.path, one.part, one.linkState])).toEqual(
			[
				[`dir/sub/${textOf(item.sid)}_class-7_0.mp4`, 1, 'ready'],
				[path, 2, 'ready'],
			],
		);
	});
});

describe('Get Many', () => {
	const refused = async (item: IDataObject, options: IDataObject = { waitForFiles: 0 }) =>
		await failureOf(file('getMany', item, { options }));

	const ofLists = TROUBLES.filter(
		(row) => !['answer', 'reset', 'slowDown'].includes(row[1].kind) && !row[3].test(STRANGE_WORDS),
	);
	it.each(ofLists)('%s: says so', async (_what, fault, _state, words) => {
		const item = await stop(await started());
		storage().addFault({ match: { operation: 'list' }, times: 1000, fault });
		const { told } = await refused(item);
		// A list has no single file to miss.
		if (!/NoSuchKey/.test(JSON.stringify(fault))) expect(told).toMatch(words);
	});

	it.each([
		['never ends', { kind: 'endlessList' }],
		['goes in circles', { kind: 'repeatedToken' }],
	] as Array<[string, Fault]>)('refuses a list that %s', async (_what, fault) => {
		const item = await stop(await started());
		const key = `dir/sub/${textOf(item.sid)}`;
		storage().addFault({ match: { operation: 'list', key }, times: 100_000, fault });
		expect((await refused(item)).told).toMatch(/page was repeated, or the list has no end/);
	});

	it('waits for every MP4 file that Agora told of, not for the first alone', async () => {
		const item = await stop(await started());
		const [video] = item.files as File[];
		const second = video.fileName.replace('_0.mp4', '_1.mp4');
		const strange = { ...video, fileName: 'ffffffffffffffffffffffffffffffff_class-7_7.mp4' };
		agora.time.pass(10 * 60_000);
		const [found] = await file(
			'getMany',
			{ ...item, formats: undefined, files: [video, { ...video, fileName: second }, strange] },
			{ options: { waitForFiles: 0, ifMissing: 'return' } },
		);
		expect(found).toMatchObject({ linkState: 'ready', complete: false, waitingFor: [second] });
	});

	it('gives a file that vanished after the list no link', async () => {
		const item = await stop(await started());
		storage().addFault({ match: { operation: 'list' }, fault: { kind: 'vanish', key: '.mp4' } });
		agora.time.pass(10 * 60_000);
		const [found] = await file('getMany', item);
		expect(found).toMatchObject({ format: 'mp4', link: null, linkState: 'missing' });
	});

	it('does not take in what a server sends that ignores the range', async () => {
		const item = await stop(await started());
		agora.time.pass(10 * 60_000);
		storage().addFault({ match: { operation: 'get' }, fault: { kind: 'ignoreRange' } });
		const [found] = await file('getMany', item);
		expect(found.linkState).toBe('ready');
		expect(storage().requests().at(-1)?.sentBytes).toBeLessThan(20_000_000);
	});

	it('asks for no more links once the key is known to be wrong', async () => {
		const item = await started();
		agora.time.pass(3_600_000);
		const stopped = await stop(item, { addLinks: false });
		agora.time.pass(10 * 60_000);
		const fault = { kind: 'error', code: 'SignatureDoesNotMatch' } as const;
		storage().addFault({ match: { operation: 'get', key: '.ts' }, times: 1000, fault });
		const found = await file('getMany', stopped, { files: 'slices', returnAll: true });
		expect(found.length).toBeGreaterThan(200);
		expect(found.every(({ linkState }) => linkState === 'denied')).toBe(true);
		const asked = storage()
			.requests()
			.filter(({ key }) => key?.endsWith('.ts'));
		expect(asked.length).toBeLessThanOrEqual(10);
	});

	it('refuses an item without a folder, and says that nothing was searched', async () => {
		const { told } = await refused({ sid: '0123456789abcdef0123456789abcdef' });
		expect(told).toMatch(/does not contain the folder/);
		expect(told).toMatch(/Fallback Folder/);
		expect(storage().requests()).toEqual([]);
	});

	it.each([
		['.', 'dir/./sub'],
		['..', '../other'],
		['control characters', 'dir/\u0000'],
	])('refuses a folder with %s', async (_what, prefix) => {
		const item = { sid: '0123456789abcdef0123456789abcdef', storage: { prefix } };
		expect((await refused(item)).told).toMatch(/storage\.prefix in the incoming item/);
	});

	it('says that it is the storage that does not answer, and where', async () => {
		const item = await stop(await started());
		const storageEndpoint = 'http://127.0.0.1:9';
		const moved = {
			...item,
			storage: { ...(item.storage as IDataObject), endpoint: storageEndpoint },
		};
		const { told } = await failureOf(
			file('getMany', moved, { options: { waitForFiles: 0 } }, { storageEndpoint }),
		);
		expect(told).toMatch(/^The storage \(127\.0\.0\.1:9\) did not respond: ECONNREFUSED/);
	});

	it('sends the keys to no endpoint that an item names', async () => {
		const item = await stop(await started());
		const other = { ...(item.storage as IDataObject), endpoint: 'evil.example.com' };
		const { told } = await refused({ ...item, storage: other });
		expect(told).toMatch(/storage\.endpoint in the incoming item/);
		expect(
			storage()
				.requests()
				.filter(({ operation }) => operation === 'list'),
		).toEqual([]);
	});

	it('does not show the link that a server repeats in what it says', async () => {
		const item = await stop(await started(), { addLinks: false });
		agora.time.pass(10 * 60_000);
		const before = await file('getMany', item);
		const { link } = before[0];
		const signature = new URL(link ?? '').searchParams.get('X-Amz-Signature') ?? '';
		expect(signature).toMatch(/^[0-9a-f]{64}$/);
		// The same moment, and so the same signature.
		const body = `<Error><Code>Strange</Code><Message>could not pass on ${link?.replaceAll('&', '&amp;')}</Message></Error>`;
		storage().addFault({
			match: { operation: 'get' },
			times: 10,
			fault: { kind: 'answer', status: 400, body },
		});
		const [{ whatToDo }] = await file('getMany', item);
		expect(whatToDo).toMatch(/could not pass on/);
		expect(whatToDo).not.toContain(signature.slice(0, 12));
	});

	it('ends when the user cancels while it waits', async () => {
		const item = await started();
		const cancel = new AbortController();
		const running = agora.run(
			'getMany',
			{ resource: 'file', options: { waitForFiles: 600 } },
			{ items: [item], credentials: credentials(), cancel: cancel.signal },
		);
		void agora.time.after(20_000).then(() => cancel.abort());
		const before = agora.time.now();
		await expect(running).rejects.toThrow();
		expect(agora.time.now() - before).toBeLessThan(22_000);
	});
});

describe('A stranger in place of the storage', () => {
	it.each(STRANGERS)('%s: gives no list', async (_what, fault) => {
		const item = await stop(await started());
		storage().addFault({ match: { operation: 'list' }, times: 1000, fault });
		const { told } = await failureOf(file('getMany', item, { options: { waitForFiles: 0 } }));
		expect(told).toMatch(/did not return a list of objects/);
		expect(told).toMatch(/Check the endpoint/);
	});

	it.each(STRANGERS)('%s: gives no playlist', async (_what, fault) => {
		const item = await stop(await started({ fileFormat: 'hls' }));
		agora.time.pass(10 * 60_000);
		storage().addFault({ match: { operation: 'get', key: '.m3u8' }, times: 1000, fault });
		const { told } = await failureOf(file('getPlaylist', item, { options: { waitForFiles: 0 } }));
		expect(told).toMatch(/did not come from a storage|is not a playlist/);
	});

	it('opens nothing below a public URL, where a site answers for files that it lacks', async () => {
		storage().addFault({ match: { operation: 'get' }, times: 100, fault: { kind: 'html' } });
		const more = { storagePublicUrl: `${storage().url}/public`, advanced: true };
		expect(mainOf(await stop(await started(), {}, more))).toMatchObject({
			linkState: 'denied',
			whatToDo: expect.stringMatching(/returned a page instead of the file/) as string,
		});
	});

	it('says that the storage is away where a load balancer says so with a page', async () => {
		storage().addFault({ match: { operation: 'get' }, fault: { kind: 'html', status: 502 } });
		expect(mainOf(await stop(await started()))).toMatchObject({ linkState: 'ready' });
	});
});

describe('Two things that go wrong at once', () => {
	it('a stop that is sent again, and a link whose try fails: both tell the truth', async () => {
		const item = await started();
		agora.fail('stop', { kind: 'html', status: 502, effect: true });
		storage().addFault({ match: { operation: 'get' }, times: 2, fault: { kind: 'slowDown' } });
		const stopped = await stop(item);
		expect(agora.count('stop')).toBeGreaterThan(1);
		expect(['stopped', 'stopping', 'notFound']).toContain(stopped.outcome);
		expect(agora.running()).toEqual([]);
		for (const one of stopped.files as File[]) {
			if (one.format === 'mp4') expect(one).toMatchObject({ link: null, linkState: 'unchecked' });
		}
	});

	it('a list whose second page says that the bucket is elsewhere goes on there', async () => {
		const item = await started();
		agora.time.pass(8 * 3_600_000);
		const stopped = await stop(item, { addLinks: false });
		agora.time.pass(10 * 60_000);
		const all = storage()
			.objects()
			.filter(({ key }) => key.endsWith('.ts')).length;
		expect(all).toBeGreaterThan(1000);
		const key = `dir/sub/${textOf(item.sid)}`;
		const fault = { kind: 'wrongRegion', region: 'eu-west-1' } as const;
		storage().addFault({ match: { operation: 'list', key }, nth: 2, fault });
		const options = { checkLinks: false };
		const found = await file('getMany', stopped, { files: 'slices', returnAll: true, options });
		expect(found).toHaveLength(all);
		// Another region is named where the list went on: that is told, and nothing is lost silently.
		storage().addFault({ match: { operation: 'list', key }, nth: 2, times: 1000, fault });
		const { told } = await failureOf(
			file('getMany', stopped, { files: 'slices', options: { waitForFiles: 0 } }),
		);
		expect(told).toMatch(/is in another region or at another address/);
	});

	it('a playlist that could not be read is read again while another one is waited for', async () => {
		const sid = '55555555555555555555555555555555';
		const put = (name: string, text: string) =>
			storage().put('recordings', `dir/sub/${name}`, Buffer.from(text));
		const slices = [`${sid}_c_20260101000000000.ts`, `bak0_${sid}_c_20260101000002000.ts`];
		const listOf = (slice: string) => `#EXTM3U\n#EXTINF:2.0,\n${slice}\n#EXT-X-ENDLIST\n`;
		put(`${sid}_c.m3u8`, listOf(slices[0]));
		put(`bak0_${sid}_c.m3u8`, listOf(slices[1]));
		put(slices[0], 'a slice');
		const denied = { kind: 'error', code: 'AccessDenied' } as const;
		storage().addFault({ match: { operation: 'get', key: `sub/${sid}_c.m3u8` }, fault: denied });
		void agora.time.after(10_000).then(() => put(slices[1], 'another'));
		const parameters = { recordingSource: 'manual', folder: 'dir/sub', sid };
		const [made] = await file('getPlaylist', {}, parameters);
		expect(made).toMatchObject({ segments: 2, parts: 2, complete: true, missing: [] });
	});

	it('thousands of files of other recordings in the folder are not even listed', async () => {
		const item = await stop(await started());
		for (let i = 0; i < 10_000; i++) {
			const sid = i.toString(16).padStart(32, 'a');
			storage().put('recordings', `dir/sub/${sid}_class-7_0.mp4`, Buffer.from('1'));
		}
		agora.time.pass(10 * 60_000);
		const before = storage().requests().length;
		expect(await file('getMany', item)).toMatchObject([{ linkState: 'ready', complete: true }]);
		const asked = storage().requests().slice(before);
		expect(asked.filter(({ operation }) => operation === 'list').length).toBeLessThanOrEqual(4);
	});

	it('temporary keys that end while files are waited for are named, and the stop stays one', async () => {
		const ends = agora.time.now() + 90_000;
		storage().setKey({
			...{ accessKey: 'temporary', secretKey: 'temporary-secret', sessionToken: 'a-token' },
			expiresAt: ends,
		});
		const item = await started();
		const keys = {
			...{ stsAccessKey: 'temporary', stsSecretKey: 'temporary-secret', stsToken: 'a-token' },
		};
		const temporaryKeys = { keys: { ...keys, stsExpiration: new Date(ends).toISOString() } };
		const options = { temporaryKeys, waitForFiles: 300 };
		const { told } = await failureOf(file('getMany', item, { options }));
		expect(told).toMatch(/temporary storage keys expired at/);
		expect(told).toMatch(/Get new temporary keys/);
	});
});
