/** What we sign and read, before a real S3 server: Ceph's radosgw. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BucketAccess } from '../../nodes/AgoraCloudRecording/storage/access.ts';
import type {
	ListPosition,
	StoredObject,
} from '../../nodes/AgoraCloudRecording/storage/listings.ts';
import { loadJudge } from '../../tools/judges.mjs';
import { startRadosgw, type Keys, type Radosgw } from '../support/radosgw.mts';
import { storage } from '../support/built.mts';
import { objects, ODD_KEYS, tampered } from './keys.mts';
import { judged } from './outcome.mts';
import { opened, sent } from './sent.mts';

interface S3 {
	S3Client: new (options: object) => { send: (command: object) => Promise<SdkList> };
	CreateBucketCommand: new (input: object) => object;
	PutBucketPolicyCommand: new (input: object) => object;
	PutObjectCommand: new (input: object) => object;
	ListObjectsV2Command: new (input: object) => object;
}
interface SdkList {
	Contents?: Array<{ Key: string; Size: number; ETag: string; LastModified: Date }>;
}

const BUCKET = 'lessons';
const { S3Client, ...commands } = loadJudge('@aws-sdk/client-s3') as S3;

describe('radosgw', () => {
	let server: Radosgw;
	const users: Record<string, Keys> = {};
	let owner: InstanceType<S3['S3Client']>;
	const stored = objects(ODD_KEYS);
	const now = () => Date.now();
	const access = (user: string, more: Partial<BucketAccess> = {}): BucketAccess => ({
		...{ vendor: 's3Compatible', bucket: BUCKET, endpoint: server.endpoint, keys: users[user] },
		...more,
	});
	const question = (user: string, permission: 'list' | 'read' | 'write') => ({
		...{ storage: access(user), permission, folder: 'rec', now: now() },
		fields: { accessKey: 'Storage Access Key', secretKey: 'Storage Secret Key' },
	});
	const link = (key: string, user = 'reader', at = now(), seconds = 600) =>
		storage.linksTo(access(user), { seconds, now: at })(key).url;

	const seen = (...columns: Parameters<typeof judged>[1]) =>
		judged('s3Compatible', columns, 'radosgw');

	before(async () => {
		server = await startRadosgw();
		for (const name of ['owner', 'reader', 'writer']) users[name] = await server.addUser(name);
		owner = new S3Client({
			...{ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true },
			credentials: {
				...{ accessKeyId: users.owner.accessKey, secretAccessKey: users.owner.secretKey },
			},
		});
		await owner.send(new commands.CreateBucketCommand({ Bucket: BUCKET }));
		for (const [Key, Body] of stored) {
			await owner.send(new commands.PutObjectCommand({ Bucket: BUCKET, Key, Body }));
		}
		// The smallest policies that the messages name.
		const place = { vendor: 's3Compatible', bucket: BUCKET, folder: 'rec' };
		const statements = [
			...statementsFor('reader', storage.smallestPolicy(place, ['list', 'read'])),
			...statementsFor('writer', storage.smallestPolicy(place, ['write'])),
		];
		const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
		await owner.send(new commands.PutBucketPolicyCommand({ Bucket: BUCKET, Policy }));
	});
	after(async () => await server?.stop());

	function statementsFor(user: string, told: string): object[] {
		const policy = JSON.parse(told.replace('Minimum policy: ', '')) as { Statement: object[] };
		const Principal = { AWS: [`arn:aws:iam:::user/${user}`] };
		return policy.Statement.map((statement) => ({ ...statement, Principal }));
	}

	for (const key of ODD_KEYS) {
		it(`opens a link: ${key.slice(0, 60)}`, async () => {
			const { status, bytes } = await opened(link(key));
			assert.equal(status, 200);
			assert.deepEqual(bytes, stored.get(key));
			seen('link');
		});
	}

	it('opens a link as fetch sends it, too', async () => {
		for (const [key, bytes] of stored) {
			const answer = await fetch(link(key));
			assert.deepEqual(Buffer.from(await answer.arrayBuffer()), bytes, key);
		}
	});

	it('answers with the type and the name that the link says', async () => {
		const fileName = 'Übung "1".mp4';
		const links = storage.linksTo(access('reader'), { seconds: 60, now: now() });
		const { headers } = await opened(links('rec/plain.mp4', { use: 'download', fileName }).url);
		assert.equal(headers['content-type'], 'video/mp4');
		assert.equal(
			headers['content-disposition'],
			`attachment; filename="_bung _1_.mp4"; filename*=UTF-8''%C3%9Cbung%20%221%22.mp4`,
		);
	});

	it('tells the range that was asked for', async () => {
		const request = storage.readRequest(access('reader'), 'rec/plain.mp4', now(), [0, 0]);
		const { status, bytes } = await sent(request);
		assert.equal(status, 206);
		assert.deepEqual(bytes, stored.get('rec/plain.mp4')?.subarray(0, 1));
	});

	it('refuses a link that was changed', async () => {
		const url = link('rec/plain.mp4');
		const changed = [
			tampered(url),
			url.replace('plain.mp4', '100%25.ts'),
			url.replace('video%2Fmp4', 'text%2Fhtml'),
			url.replace('X-Amz-Expires=900', 'X-Amz-Expires=90000'),
			`${url}&response-cache-control=no-store`,
			url.replace(/\?.*/, ''),
		];
		for (const other of changed) {
			assert.notEqual(other, url);
			assert.equal((await opened(other)).status, 403, other);
		}
		assert.equal((await opened(url, 'HEAD')).status, 403);
		assert.equal((await opened(url)).status, 200);
		seen('tampered');
	});

	it('refuses a link that has expired', async () => {
		const past = await opened(link('rec/plain.mp4', 'reader', now() - 62_000, 60));
		assert.equal(past.status, 403);
		assert.equal((await opened(link('rec/plain.mp4', 'reader', now() - 50_000, 60))).status, 200);
		seen('expired');
	});

	it('takes a link of seven days, and what a fast clock signs', async () => {
		const long = link('rec/plain.mp4', 'reader', now(), 10_000_000);
		assert.match(long, /X-Amz-Expires=604800/);
		assert.equal((await opened(long)).status, 200);
		const fast = link('rec/plain.mp4', 'reader', now() + 240_000);
		assert.equal((await opened(fast)).status, 200);
	});

	async function listed(from: ListPosition | undefined, maxKeys = 3): Promise<StoredObject[]> {
		const follower = new storage.ListFollower();
		const all: StoredObject[] = [];
		let position = from;
		do {
			const asked = { prefix: 'rec/', maxKeys, ...(position && { position }) };
			const { status, body } = await sent(storage.listRequest(access('reader'), asked, now()));
			assert.equal(status, 200, body);
			const page = storage.readListPage(position?.dialect ?? 's3v2', body);
			assert.ok(page.objects.length <= maxKeys);
			all.push(...page.objects);
			position = follower.next(page);
		} while (position);
		return all;
	}

	it('lists all objects page by page, as the SDK reads them', async () => {
		const sdk = await owner.send(
			new commands.ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'rec/' }),
		);
		const theirs = (sdk.Contents ?? []).map(({ Key, Size, ETag, LastModified }) => ({
			...{ key: Key, sizeBytes: Size, lastModified: LastModified.toISOString() },
			etag: ETag.replaceAll('"', ''),
		}));
		assert.equal(theirs.length, ODD_KEYS.length);
		for (const maxKeys of [1, 3, 1000]) assert.deepEqual(await listed(undefined, maxKeys), theirs);
		// Version 1, from the first name on.
		const [first, ...rest] = theirs;
		assert.deepEqual(await listed({ dialect: 's3v1', after: first.key }), rest);
		seen('list');
	});

	it('lists folders', async () => {
		const question = { prefix: '', delimiter: '/' };
		const { body } = await sent(storage.listRequest(access('owner'), question, now()));
		assert.deepEqual(storage.readListPage('s3v2', body), { objects: [], folders: ['rec/'] });
	});

	it('lets the storage key write and not read, and the read key read and not write', async () => {
		const object = { key: 'rec/check +.txt', text: 'äöü\n', contentType: 'text/plain' };
		const write = storage.writeRequest(access('writer'), object, now());
		assert.equal((await sent(write)).status, 200);
		assert.equal((await sent(write)).status, 200);
		assert.equal((await opened(link(object.key))).body, object.text);
		const refused = await sent(storage.writeRequest(access('reader'), object, now()));
		assert.equal(refused.status, 403);
		const told = storage.troubleOf(refused, question('reader', 'write'));
		assert.equal(told.kind, 'denied');
		assert.match(told.whatToDo, /"s3:PutObject","Resource":"arn:aws:s3:::lessons\/rec\/\*"/);
		// What it wrote is its own; what others wrote is not.
		const unread = await opened(link('rec/plain.mp4', 'writer'));
		assert.equal(unread.status, 403);
		assert.equal(storage.troubleOf(unread, question('writer', 'read')).kind, 'denied');
	});

	it('refuses a body that is not the one that was signed', async () => {
		const object = { key: 'rec/check.txt', text: 'one', contentType: 'text/plain' };
		const write = storage.writeRequest(access('writer'), object, now());
		assert.equal((await sent({ ...write, body: 'two' })).status, 400);
	});

	const wrong = { accessKey: 'AKWRITER', secretKey: 'wrong' };
	const troubles: Array<
		[
			what: string,
			kind: string,
			of: () => { method: string; url: string; headers: Record<string, string> },
		]
	> = [
		[
			'a wrong secret',
			'wrongSecret',
			() => storage.readRequest(access('', { keys: wrong }), 'rec/plain.mp4', now()),
		],
		[
			'an unknown key',
			'unknownKey',
			() =>
				storage.readRequest(
					access('', { keys: { accessKey: 'AKNOBODY', secretKey: 'x' } }),
					...(['rec/plain.mp4', now()] as const),
				),
		],
		[
			'a missing bucket',
			'noBucket',
			() => storage.listRequest(access('owner', { bucket: 'elsewhere' }), { prefix: '' }, now()),
		],
		[
			'a missing object',
			'noObject',
			() => storage.readRequest(access('owner'), 'rec/none.mp4', now()),
		],
		[
			'a list outside of the folder',
			'denied',
			() => storage.listRequest(access('reader'), { prefix: 'other/' }, now()),
		],
	];
	for (const [what, kind, request] of troubles) {
		it(`tells ${what}`, async () => {
			const answer = await sent(request());
			assert.equal(storage.troubleOf(answer, question('owner', 'read')).kind, kind, answer.body);
		});
	}

	// It takes signatures of the future: a clock that is ahead is told by what is replayed in unit tests.
	it('tells a clock that is two hours behind', async () => {
		const at = now() - 7_200_000;
		const answer = await sent(storage.readRequest(access('owner'), 'rec/plain.mp4', at));
		assert.equal(answer.status, 403);
		const told = storage.troubleOf(answer, { ...question('owner', 'read'), now: at });
		assert.equal(told.kind, 'wrongClock');
		assert.ok(Math.abs((told.clockAheadSeconds ?? 0) + 7200) < 30);
	});
});
