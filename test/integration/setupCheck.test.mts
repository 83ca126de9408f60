import {
	createServer,
	type IncomingHttpHeaders,
	type RequestListener,
	type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { EXAMPLE_ACCOUNT, type ErrorName } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import type { RunOptions } from '../support/host.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora({
	storage: { buckets: [{ name: 'lessons' }, { name: 'locked', checksum: true }] },
});

const CHECKS = [
	...['apiDomain', 'accountKeys', 'appId', 'appCertificate', 'channelProfile'],
	...['storage', 'https', 'bucket', 'bucketRegion', 'area'],
	...['readKey', 'readFiles', 'publicUrl', 'writeFiles', 'notificationSecrets'],
];
const TEST_FILE = 'agora-setup-check.txt';

interface Finding {
	ok: boolean | null;
	found: string;
	whatToDo: string;
}

/** The credential with the simulator's bucket in it. */
const withBucket = (changes: object = {}) => ({
	...agora.credentials,
	storageVendor: 's3Compatible',
	storageRegion: '',
	storageEndpoint: agora.control.storage?.url ?? '',
	storageAccessKey: 'example-write-key',
	storageSecretKey: 'example-write-secret',
	readFilesWith: 'readKey',
	storageReadAccessKey: 'example-read-key',
	storageReadSecretKey: 'example-read-secret',
	...changes,
});

const bucket = () => {
	const { storage } = agora.control;
	if (!storage) throw new Error('The simulator serves no bucket');
	return storage;
};

const run = async (parameters: object = {}, more: Partial<RunOptions> = {}) =>
	await agora.run(
		'check',
		{ resource: 'setup', ...parameters },
		{ credentials: withBucket(), ...more },
	);

/** All findings by the name of their check. */
async function check(
	credentials: object = {},
	parameters: object = {},
	more: Partial<RunOptions> = {},
): Promise<Record<string, Finding>> {
	const items = await run(parameters, { credentials: withBucket(credentials), ...more });
	const found = items.map(({ json }) => json as IDataObject & Finding & { check: string });
	expect(found.map((json) => json.check)).toEqual(CHECKS);
	for (const json of found) {
		expect(Object.keys(json)).toEqual(['check', 'ok', 'found', 'whatToDo']);
		expect([json.check, json.found]).toEqual([json.check, expect.stringMatching(/[.]$/)]);
		expect([json.check, typeof json.whatToDo]).toEqual([json.check, 'string']);
	}
	return Object.fromEntries(found.map(({ check: name, ...rest }) => [name, rest]));
}

describe('Setup → Check', () => {
	it('finds nothing wrong where nothing is, and says what nobody can know', async () => {
		bucket().put('lessons', 'class7/recorded.mp4', Buffer.from('12345'));
		const found = await check(
			{ receiveNotifications: true, notificationSecret: 'a', rtcNotificationSecret: 'b' },
			{ fileNamePrefix: 'class7', writeTestFile: true },
		);
		expect(Object.fromEntries(Object.entries(found).map(([name, { ok }]) => [name, ok]))).toEqual({
			...{ apiDomain: true, accountKeys: true, appId: true, appCertificate: null },
			channelProfile: null,
			// The simulator's bucket has no certificate.
			...{ storage: true, https: false, bucket: true, bucketRegion: null, area: null },
			...{ readKey: true, readFiles: true, publicUrl: null, writeFiles: true },
			notificationSecrets: true,
		});
		const asked = agora.sent().map(({ operation }) => operation);
		expect(asked).toEqual(['ncsIp', 'acquire']);
		expect(agora.count('channelList')).toBe(1);
		expect(agora.control.recordings()).toEqual([]);
	});

	it('writes only where it is told to, and lists no more than it needs', async () => {
		const { writeFiles, readFiles } = await check();
		expect(writeFiles).toMatchObject({
			ok: null,
			found: expect.stringMatching(/is off/) as string,
		});
		expect(readFiles.ok).toBe(null);
		expect(bucket().objects()).toEqual([]);
		expect(bucket().requests()).toMatchObject([
			{ operation: 'list', accessKey: 'example-read-key', query: { 'max-keys': '1' } },
		]);
	});

	it('asks Agora once for all items, and each item’s own folder', async () => {
		bucket().put('lessons', 'a/x.mp4', Buffer.from('12345'));
		const items = await run(
			{ fileNamePrefix: '={{ $json.folder }}' },
			{ items: [{ folder: 'a' }, { folder: 'b' }] },
		);
		expect(items).toHaveLength(2 * CHECKS.length);
		const reads = items.filter(({ json }) => json.check === 'readFiles');
		expect(reads.map(({ json }) => json.ok)).toEqual([true, null]);
		expect(reads.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(agora.sent()).toHaveLength(2);
	});

	it('shows no secret, and no key', async () => {
		const secrets = { notificationSecret: 'secret-of-notices', appCertificate: 'c'.repeat(32) };
		const found = await check({ ...secrets, receiveNotifications: true }, { writeTestFile: true });
		const { storageAccessKey, storageSecretKey, storageReadSecretKey } = withBucket();
		const all = JSON.stringify(found);
		for (const hidden of [
			...Object.values(secrets),
			...[storageAccessKey, storageSecretKey, storageReadSecretKey],
			textOf(agora.credentials.customerSecret),
		]) {
			expect(all).not.toContain(hidden);
		}
	});
});

describe('What Agora says', () => {
	it('of keys that it does not know is found, and the App ID then left alone', async () => {
		const { apiDomain, accountKeys, appId } = await check({ customerSecret: 'wrong' });
		expect(apiDomain.ok).toBe(true);
		expect(accountKeys).toMatchObject({
			ok: false,
			found: expect.stringMatching(/rejected the Customer ID.*Invalid authentication/) as string,
		});
		expect(appId.ok).toBe(null);
		expect(agora.count('acquire')).toBe(0);
	});

	it.each<[ErrorName, boolean | null, RegExp]>([
		['acquire.400', false, /does not know this App ID, or Cloud Recording is not enabled/],
		['acquire.405', false, /project is not available/],
		['acquire.406', true, /reached Agora's limit of concurrent recordings/],
		['acquire.500', null, /./],
		['gateway.appid', false, /does not know this App ID/],
	])('to acquire, %s, makes the App ID %s', async (error, ok, words) => {
		agora.fail('acquire', { kind: 'error', error }, { times: 9 });
		const { appId, accountKeys } = await check();
		expect(appId).toMatchObject({ ok, found: expect.stringMatching(words) as string });
		expect(accountKeys.ok).toBe(true);
		expect(agora.count('acquire')).toBe(1);
	});

	it('is nothing where nobody answers: then the keys are not judged', async () => {
		agora.control.addFault({
			match: { operation: 'ncsIp' },
			fault: { kind: 'reset', effect: false },
			times: null,
		});
		const { apiDomain, accountKeys, appId } = await check();
		expect([apiDomain.ok, accountKeys.ok, appId.ok]).toEqual([false, null, null]);
	});

	it('is not what a portal says', async () => {
		agora.control.addFault({
			match: { operation: 'ncsIp' },
			fault: { kind: 'html', status: 200 },
			times: null,
		});
		const { apiDomain, accountKeys } = await check();
		expect([apiDomain.ok, accountKeys.ok]).toEqual([false, null]);
	});

	it('comes from a host that stands in, and that is told', async () => {
		const { url } = agora.simulator;
		const route = (address: string) => {
			if (new URL(address).host === 'api-eu-west-1.agora.io') {
				throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
			}
			return address.replace(/^https:\/\/[^/]+/, url);
		};
		const domain = { apiDomain: 'api-eu-west-1.agora.io' };
		const { apiDomain } = await check(domain, {}, { route });
		expect(apiDomain).toEqual({
			ok: true,
			found: 'api-eu-west-1.agora.io does not respond. Using api-eu-west-1.sd-rtn.com instead.',
			whatToDo: '',
		});
	});
});

describe('Certificate and secrets', () => {
	it('are not said to be right: nobody here can know', async () => {
		const [, { certificate }] = EXAMPLE_ACCOUNT.apps;
		const { appCertificate } = await check({ appCertificate: certificate });
		expect(appCertificate).toMatchObject({
			ok: null,
			found: expect.stringMatching(/^Tokens can be generated/) as string,
		});
	});

	it.each([
		[{ receiveNotifications: false, notificationSecret: 'left over' }, null, /is off/],
		[{ receiveNotifications: true }, false, /no secret/],
		[{ receiveNotifications: true, notificationSecret: 'a' }, true, /for Cloud Recording\. /],
		[{ receiveNotifications: true, rtcNotificationSecret: 'b' }, true, /for RTC Channel Events\. /],
	])('%j', async (credentials, ok, words) => {
		const { notificationSecrets } = await check(credentials);
		expect(notificationSecrets).toMatchObject({
			ok,
			found: expect.stringMatching(words) as string,
		});
	});
});

describe('The channel profile', () => {
	const found = async (channelProfile: string) =>
		(await check({ advanced: true, channelProfile })).channelProfile;

	it.each([
		['liveBroadcasting', 'liveBroadcasting', true],
		['communication', 'liveBroadcasting', false],
		['liveBroadcasting', 'communication', false],
		['communication', 'communication', true],
	] as const)('of channels: %s, in the credential: %s', async (real, said, ok) => {
		agora.control.setPublishers('class-7', ['123']);
		agora.control.setProfile('class-7', real);
		const finding = await found(said);
		expect(finding.ok).toBe(ok);
		if (!ok) {
			const name = real === 'communication' ? 'Communication' : 'Live Broadcasting';
			expect(finding.whatToDo).toContain(`'Channel Profile of Your App' to '${name}'`);
		}
	});

	it('is not said to be wrong where channels have both, or Agora does not tell', async () => {
		agora.control.setPublishers('class-7', ['123']);
		agora.control.setProfile('class-7', 'communication');
		agora.control.setPublishers('class-8', ['124']);
		agora.control.setProfile('class-8', 'liveBroadcasting');
		expect(await found('communication')).toMatchObject({
			ok: null,
			found: expect.stringContaining('both') as string,
		});
		agora.fresh();
		agora.control.setPublishers('class-7', ['123']);
		agora.control.addFault({
			match: { operation: ['channelList', 'channelUsers'] },
			times: 100,
			fault: { kind: 'error', error: 'channels.500' },
		});
		expect((await found('communication')).ok).toBeNull();
	});
});

describe('The storage', () => {
	const STORAGE = CHECKS.slice(CHECKS.indexOf('storage'), -1);

	it('is not looked for where there is none', async () => {
		const found = await check({ storageVendor: 'none' });
		for (const name of STORAGE) expect([name, found[name].ok]).toEqual([name, null]);
	});

	it('that is not complete is named, with all that is missing, and nothing else is asked', async () => {
		const { storage, ...others } = await check({ storageBucket: '', storageSecretKey: '' });
		expect(storage).toMatchObject({
			ok: false,
			found: 'The credential has no storage yet.',
			whatToDo: "Fill in 'Bucket' and 'Secret Key'.",
		});
		for (const name of STORAGE.slice(1)) expect([name, others[name].ok]).toEqual([name, null]);
		expect(others.accountKeys.ok).toBe(true);
		expect(bucket().requests()).toEqual([]);
	});

	it('with a region that is left over from another vendor is named', async () => {
		const { storage } = await check({ storageVendor: 'amazonS3', storageRegion: 'AP_Beijing' });
		expect(storage).toMatchObject({
			ok: false,
			found: expect.stringMatching(
				/'Region in the credential' must .*\(got "AP_Beijing"\)/,
			) as string,
		});
	});

	it.each([
		[{ fileNamePrefix: 'a/../b' }, "'Folder in Bucket' must"],
		[
			{ options: { storageOverrides: { storage: { tag: 'a=b' } } } },
			"'Storage Overrides → Tag' must",
		],
		[{ options: { requestTimeout: 0 } }, "'Request Timeout (Seconds)' must"],
	])('is not asked where the form is wrong: %j', async (parameters, message) => {
		const failure = await failureOf(run(parameters));
		expect(failure.message).toContain(message);
		expect(agora.sent()).toEqual([]);
		expect(bucket().requests()).toEqual([]);
	});

	it('may be another one than the credential’s', async () => {
		const options = { storageOverrides: { storage: { bucket: 'locked' } } };
		const { storage, writeFiles } = await check({}, { options, writeTestFile: true });
		expect(storage.found).toContain('"locked"');
		// Such a bucket takes nothing without a checksum.
		expect(writeFiles.ok).toBe(true);
		expect(bucket().objects()).toMatchObject([{ bucket: 'locked', key: TEST_FILE }]);
	});

	it.each([
		['a bucket that is not there', { storageBucket: 'nowhere' }, /There is no bucket "nowhere"/],
		[
			'a key that nobody knows',
			{ storageReadAccessKey: 'unknown' },
			/does not know the key in 'Read Access Key'/,
		],
		[
			'a secret of another key',
			{ storageReadSecretKey: 'wrong' },
			/'Read Secret Key' does not match/,
		],
		['nobody there', { storageEndpoint: 'http://127.0.0.1:9' }, /did not respond: ECONNREFUSED/],
	])('is named: %s', async (_what, credentials, words) => {
		const { bucket: finding, readFiles, storage } = await check(credentials);
		expect(finding).toMatchObject({ ok: false, found: expect.stringMatching(words) as string });
		expect([readFiles.ok, storage.ok]).toEqual([null, true]);
	});

	it('whose bucket no address can have is named', async () => {
		const { bucket: finding, writeFiles } = await check(
			{ storageBucket: 'a/b' },
			{ writeTestFile: true },
		);
		for (const { ok, found } of [finding, writeFiles]) {
			expect([ok, found]).toEqual([false, 'The bucket name is invalid.']);
		}
	});

	it('tells http from https', async () => {
		const { https } = await check({ storageEndpoint: 'storage.example.com' });
		expect(https).toMatchObject({
			ok: true,
			found: 'Requests are sent to https://storage.example.com.',
		});
	});
});

describe('Keys', () => {
	it('that are both wrong are each named', async () => {
		const {
			writeFiles,
			bucket: listed,
			bucketRegion,
			readFiles,
		} = await check(
			{ storageAccessKey: 'nobody', storageReadSecretKey: 'wrong' },
			{ writeTestFile: true },
		);
		expect(writeFiles).toMatchObject({
			ok: false,
			found: "S3-Compatible Storage does not know the key in 'Access Key'.",
		});
		expect(listed).toMatchObject({
			ok: false,
			found: expect.stringMatching(/'Read Secret Key' does not match 'Read Access Key'/) as string,
		});
		expect([bucketRegion.ok, readFiles.ok]).toEqual([null, null]);
	});

	it('that may not list are told so, with the smallest policy; reading is tried with the test file', async () => {
		bucket().setKey({
			accessKey: 'example-read-key',
			secretKey: 'example-read-secret',
			rights: ['read'],
		});
		const { bucket: finding, readFiles } = await check({}, { writeTestFile: true });
		expect(finding).toMatchObject({
			ok: false,
			found: expect.stringMatching(/'Read Access Key' cannot list/) as string,
			whatToDo: expect.stringMatching(/s3:ListBucket.*Links do not/) as string,
		});
		expect(readFiles.ok).toBe(true);
	});

	it('that may not read are told so', async () => {
		bucket().setKey({
			accessKey: 'example-read-key',
			secretKey: 'example-read-secret',
			rights: ['list'],
		});
		bucket().put('lessons', 'recorded.mp4', Buffer.from('12345'));
		const { bucket: finding, readFiles } = await check();
		expect(finding.ok).toBe(true);
		expect(readFiles).toMatchObject({
			ok: false,
			whatToDo: expect.stringMatching(/s3:GetObject/) as string,
		});
	});

	it('read of a file no more than a byte, and an empty one, too', async () => {
		bucket().put('lessons', 'a/', Buffer.from(''));
		expect((await check({}, { fileNamePrefix: 'a' })).readFiles.ok).toBe(true);
		bucket().put('lessons', 'recorded.mp4', Buffer.alloc(100_000));
		bucket().clearRequests();
		await check();
		expect(
			bucket()
				.requests()
				.filter(({ operation }) => operation === 'get'),
		).toMatchObject([{ range: 'bytes=0-0' }]);
	});

	it('that are the same for Agora and n8n are told to be', async () => {
		const { readKey } = await check({ readFilesWith: 'storageKey' });
		expect(readKey).toMatchObject({
			ok: true,
			found: expect.stringMatching(/which Agora also uses/) as string,
		});
		const { readKey: other } = await check();
		expect(other.found).toMatch(/never sent to Agora/);
	});

	it('that are missing for reading are named, and Agora’s is still tried', async () => {
		const {
			readKey,
			bucket: finding,
			writeFiles,
		} = await check({ storageReadSecretKey: '' }, { writeTestFile: true });
		expect(readKey).toEqual({
			ok: false,
			found: 'The credential has no key for reading files.',
			whatToDo: "Fill in 'Read Access Key' and 'Read Secret Key'.",
		});
		expect([finding.ok, writeFiles.ok]).toEqual([null, true]);
	});
});

describe('The test file', () => {
	it('is written twice, below the folder, with the key that Agora gets', async () => {
		const { writeFiles } = await check({}, { fileNamePrefix: 'a/b', writeTestFile: true });
		expect(writeFiles).toMatchObject({
			ok: true,
			found: `"a/b/${TEST_FILE}" was written and overwritten with the key in 'Access Key', which Agora also uses.`,
			whatToDo: expect.stringMatching(/^The file stays in the bucket/) as string,
		});
		expect(bucket().objects()).toMatchObject([{ key: `a/b/${TEST_FILE}` }]);
		const puts = bucket()
			.requests()
			.filter(({ operation }) => operation === 'put');
		expect(puts).toMatchObject([
			{ accessKey: 'example-write-key', status: 200 },
			{ accessKey: 'example-write-key', status: 200 },
		]);
	});

	it('that cannot be written over is the finding', async () => {
		bucket().setBucket({ name: 'lessons', writeOnce: true });
		const { writeFiles } = await check({}, { writeTestFile: true });
		expect(writeFiles).toMatchObject({
			ok: false,
			found: expect.stringMatching(
				/^The bucket is write-once.*Playlists will be lost\.$/,
			) as string,
		});
	});

	it('that is there from an earlier check may be why it is refused', async () => {
		bucket().setBucket({ name: 'lessons', writeOnce: true });
		bucket().put('lessons', TEST_FILE, Buffer.from('old'));
		const { writeFiles } = await check({}, { writeTestFile: true });
		expect(writeFiles).toMatchObject({
			ok: false,
			whatToDo: expect.stringMatching(/from an earlier check.*write-once/) as string,
		});
	});

	it('that is not taken says what the key lacks', async () => {
		const key = { storageAccessKey: 'example-read-key', storageSecretKey: 'example-read-secret' };
		const { writeFiles } = await check(key, { writeTestFile: true });
		expect(writeFiles).toMatchObject({
			ok: false,
			found: expect.stringMatching(/cannot write to the bucket/) as string,
			whatToDo: expect.stringMatching(/s3:PutObject/) as string,
		});
	});

	it('is not said to be written by somebody who takes anything', async () => {
		const html = { 'content-type': 'text/html' };
		const anybody: RequestListener = (request, response) =>
			void request.resume().on('end', () => response.writeHead(200, html).end('<html>Log in'));
		await served(anybody, async (url) => {
			const {
				writeFiles,
				bucket: listed,
				readFiles,
			} = await check(AMAZON, { writeTestFile: true }, routed(url));
			expect(writeFiles).toMatchObject({
				ok: false,
				found: expect.stringMatching(/^The response did not come from a storage/) as string,
			});
			expect(listed).toMatchObject({
				ok: false,
				found: expect.stringMatching(/did not return a list of objects/) as string,
			});
			expect(readFiles.ok).toBe(null);
		});
	});

	it('is not judged where the storage is busy the second time', async () => {
		bucket().addFault({
			match: { operation: 'put' },
			nth: 2,
			times: null,
			fault: { kind: 'slowDown' },
		});
		const { writeFiles } = await check({}, { writeTestFile: true });
		expect(writeFiles.ok).toBe(null);
	});
});

/** A server that takes unsigned requests: what it answers is replayed from the documents. */
async function served(listener: RequestListener, use: (url: string) => Promise<void>) {
	const server: Server = createServer(listener);
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	try {
		await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	} finally {
		server.closeAllConnections();
		await new Promise((closed) => server.close(closed));
	}
}

const AMAZON = {
	...{ storageVendor: 'amazonS3', storageRegion: 'eu-central-1', storageEndpoint: '' },
};
/** Sends what goes to a host of the world to the test's server, with that host before the path. */
const routed = (url: string) => ({
	storageRoute: (asked: string) => asked.replace(/^https:\/\//, `${url}/`),
});
const EMPTY_LIST =
	'<ListBucketResult><IsTruncated>false</IsTruncated><KeyCount>0</KeyCount></ListBucketResult>';

describe('The region of the bucket', () => {
	const inRegion =
		(region: string): RequestListener =>
		(request, response) => {
			if (request.url?.startsWith(`/lessons.s3.${region}.amazonaws.com/`)) {
				response.end(EMPTY_LIST);
				return;
			}
			response
				.writeHead(400)
				.end(
					`<Error><Code>AuthorizationQueryParametersError</Code><Message>the region is wrong; expecting '${region}'</Message><Region>${region}</Region></Error>`,
				);
		};

	it.each([
		['eu-central-1', true, 'The bucket is in eu-central-1.', ''],
		[
			...(['eu-west-1', false] as const),
			'The bucket "lessons" is in the region eu-west-1, not in eu-central-1. With the wrong region, Agora uploads nothing.',
			"Choose eu-west-1 in 'Region'.",
		],
		[
			...(['ap-southeast-9', false] as const),
			'The bucket "lessons" is in the region ap-southeast-9.',
			'Agora does not support this region. Use a bucket in a supported region.',
		],
	])('that is %s', async (region, ok, found, whatToDo) => {
		await served(inRegion(region), async (url) => {
			const { bucketRegion } = await check(AMAZON, {}, routed(url));
			expect(bucketRegion).toEqual({ ok, found, whatToDo });
		});
	});

	it('is not known where the bucket may not be listed', async () => {
		const denied: RequestListener = (_request, response) => {
			response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
		};
		await served(denied, async (url) => {
			const { bucketRegion } = await check(AMAZON, {}, routed(url));
			expect(bucketRegion.ok).toBe(null);
		});
	});

	it('to sign for is told for S3-compatible storage', async () => {
		bucket().setBucket({ name: 'lessons', region: 'garage' });
		const { bucketRegion, bucket: finding } = await check();
		expect(finding.ok).toBe(true);
		expect(bucketRegion).toMatchObject({
			ok: null,
			found: expect.stringMatching(/signed for garage/) as string,
			whatToDo: expect.stringMatching(/'Signing Region'/) as string,
		});
	});

	it.each([
		['api-eu-west-1.agora.io', true],
		['api-us-west-1.agora.io', false],
		['api-cn-east-1.sd-rtn.com', false],
		['api.agora.io', null],
	])('and %s lie in one area: %s', async (apiDomain, ok) => {
		const route = (url: string) => url.replace(/^https:\/\/[^/]+/, agora.simulator.url);
		await served(inRegion('eu-central-1'), async (url) => {
			const { area } = await check({ ...AMAZON, apiDomain }, {}, { route, ...routed(url) });
			expect(area.ok).toBe(ok);
			expect(area.found).toContain('Europe');
		});
	});
});

it('The test file is written as Start would have it: with encryption, tag and checksum', async () => {
	const written: IncomingHttpHeaders[] = [];
	const taking: RequestListener = (request, response) => {
		if (request.method === 'PUT') written.push(request.headers);
		response.setHeader('etag', '"1"');
		request.resume().on('end', () => response.end(request.method === 'PUT' ? '' : EMPTY_LIST));
	};
	const storage = { sse: 'kms', tag: 'project=lessons' };
	await served(taking, async (url) => {
		const { writeFiles } = await check(
			AMAZON,
			{ writeTestFile: true, options: { storageOverrides: { storage } } },
			routed(url),
		);
		expect(writeFiles.ok).toBe(true);
	});
	const headers = {
		'x-amz-server-side-encryption': 'aws:kms',
		'x-amz-tagging': 'project=lessons',
		'content-md5': expect.stringMatching(/^.{22}==$/) as string,
		'content-type': 'text/plain',
	};
	expect(written).toMatchObject([headers, headers]);
});

describe('The public URL', () => {
	const answering = (status: number) => async (work: (url: string) => Promise<void>) =>
		await served((_request, response) => void response.writeHead(status).end('1'), work);

	it.each([
		[206, true, true],
		[403, true, false],
		[403, false, null],
		[404, false, null],
	])('that answers %s, with a file to try %s, is %s', async (status, there, ok) => {
		if (there) bucket().put('lessons', 'recorded.mp4', Buffer.from('12345'));
		await answering(status)(async (url) => {
			const { publicUrl, readFiles } = await check({ storagePublicUrl: url });
			expect(publicUrl.ok).toBe(ok);
			// What is read is signed all the same.
			expect(readFiles.ok).toBe(there || null);
		});
	});

	it('says nothing of signed requests, be it that of the storage itself', async () => {
		const { bucket: finding } = await check({
			storagePublicUrl: `${bucket().url}/lessons`,
			storageReadSecretKey: 'wrong',
		});
		expect(finding.found).toMatch(/'Read Secret Key' does not match/);
	});

	it('that nobody answers is wrong', async () => {
		const { publicUrl } = await check({ storagePublicUrl: 'http://127.0.0.1:9' });
		expect(publicUrl).toMatchObject({
			ok: false,
			found: expect.stringMatching(/did not respond/) as string,
		});
	});
});

it('ends when the user cancels', async () => {
	const cancelling = new AbortController();
	bucket().addFault({ match: {}, times: null, fault: { kind: 'slowDown' } });
	void agora.time.after(500).then(() => cancelling.abort());
	const failure = await failureOf(run({}, { cancel: cancelling.signal }));
	expect(failure.message).toMatch(/cancelled/);
	expect(bucket().requests()).toHaveLength(1);
});
