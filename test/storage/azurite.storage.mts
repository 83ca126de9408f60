/** What we sign and read, before Microsoft's emulator of Azure Blob Storage. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BucketAccess } from '../../nodes/AgoraCloudRecording/storage/access.ts';
import type {
	ListPosition,
	StoredObject,
} from '../../nodes/AgoraCloudRecording/storage/listings.ts';
import { startAzurite, type Azurite, type Container } from '../support/azurite.mts';
import { storage } from '../support/built.mts';
import { objects, ODD_KEYS, tampered } from './keys.mts';
import { judged } from './outcome.mts';
import { opened, sent } from './sent.mts';

const ACCOUNT = 'lessons';
const KEY = Buffer.alloc(64, 'k').toString('base64');
const CONTAINER = 'recordings';
/** A backslash is a slash to Azure. */
const KEYS = ODD_KEYS.filter((key) => !key.includes('\\'));

describe('azurite', () => {
	let server: Azurite;
	const stored = objects(KEYS);
	let container: Container;
	const now = () => Date.now();
	const access = (more: Partial<BucketAccess> = {}): BucketAccess => ({
		...{ vendor: 'microsoftAzure', bucket: CONTAINER, endpoint: server.endpoint },
		...{ keys: { accessKey: ACCOUNT, secretKey: KEY }, ...more },
	});
	const question = () => ({
		...{ storage: access(), permission: 'read' as const, folder: 'rec', now: now() },
		fields: { accessKey: 'Storage Access Key', secretKey: 'Storage Secret Key' },
	});
	const link = (key: string, at = now(), seconds = 600) =>
		storage.linksTo(access(), { seconds, now: at })(key).url;

	const seen = (...columns: Parameters<typeof judged>[1]) =>
		judged('microsoftAzure', columns, 'azurite');

	before(async () => {
		server = await startAzurite(ACCOUNT, KEY);
		container = server.container(CONTAINER);
		await container.create();
		for (const [key, bytes] of stored) {
			await container.getBlockBlobClient(key).uploadData(bytes);
		}
	});
	after(async () => await server?.stop());

	for (const key of KEYS) {
		it(`opens a link: ${key.slice(0, 60)}`, async () => {
			const { status, bytes, body } = await opened(link(key));
			assert.equal(status, 200, body);
			assert.deepEqual(bytes, stored.get(key));
			seen('link');
		});
	}

	it('answers with the type and the name that the link says', async () => {
		const links = storage.linksTo(access(), { seconds: 60, now: now() });
		const use = { use: 'open' as const, fileName: 'a b.mp4' };
		const { headers } = await opened(links('rec/plain.mp4', use).url);
		assert.equal(headers['content-type'], 'video/mp4');
		assert.equal(headers['content-disposition'], 'inline; filename="a b.mp4"');
	});

	it('refuses a link that was changed, and one that has expired', async () => {
		const url = link('rec/plain.mp4');
		const signature = /sig=[^&]*/.exec(url)?.[0] ?? '';
		const changed = [
			url.replace(signature, `sig=${tampered(signature.slice(4, 20))}${signature.slice(20)}`),
			url.replace('plain.mp4', '100%25.ts'),
			url.replace('video%2Fmp4', 'text%2Fhtml'),
			url.replace('sp=r', 'sp=rw'),
			url.replace(/\?.*/, ''),
			link('rec/plain.mp4', now() - 62_000, 60),
		];
		for (const other of changed) {
			assert.notEqual(other, url);
			assert.equal((await opened(other)).status, 403, other);
		}
		assert.equal((await opened(url)).status, 200);
		seen('tampered', 'expired');
	});

	it('lists all objects page by page, as the SDK reads them', async () => {
		const theirs: StoredObject[] = [];
		for await (const { name, properties } of container.listBlobsFlat()) {
			theirs.push({
				...{ key: name, sizeBytes: properties.contentLength },
				lastModified: properties.lastModified.toISOString(),
				etag: properties.etag.replaceAll('"', ''),
			});
		}
		assert.equal(theirs.length, KEYS.length);
		for (const maxKeys of [1, 4, 1000]) {
			const follower = new storage.ListFollower();
			const all: StoredObject[] = [];
			let position: ListPosition | undefined;
			do {
				const asked = { prefix: 'rec/', maxKeys, ...(position && { position }) };
				const { status, body } = await sent(storage.listRequest(access(), asked, now()));
				assert.equal(status, 200, body);
				const page = storage.readListPage('azure', body);
				all.push(...page.objects);
				position = follower.next(page);
			} while (position);
			assert.deepEqual(all, theirs);
		}
		seen('list');
	});

	it('writes, and writes over', async () => {
		const object = { key: 'rec/check +.txt', text: 'äöü\n', contentType: 'text/plain' };
		const write = storage.writeRequest(access(), object, now());
		assert.equal((await sent(write)).status, 201);
		assert.equal((await sent(write)).status, 201);
		assert.equal((await opened(link(object.key))).body, object.text);
	});

	it('tells what is missing', async () => {
		const blob = await opened(link('rec/none.mp4'));
		assert.equal(storage.troubleOf(blob, question()).kind, 'noObject');
		const elsewhere = access({ bucket: 'elsewhere' });
		const list = await sent(storage.listRequest(elsewhere, { prefix: '' }, now()));
		assert.equal(storage.troubleOf(list, question()).kind, 'noBucket', list.body);
	});
});
