/**
 * The operations under each vendor's own host name: what n8n sends, and the very links that it hands out, come
 * to a real server over TLS with the `Host` and path that were signed. Ceph's S3 server stands for vendors whose
 * links are signed by AWS's Signature V4 (it takes any region); azurite for Azure. Vendors with a signature of
 * their own have no server here.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { EXAMPLE_ACCOUNT, startSimulator, type Simulator } from '../../simulator/index.mts';
import { loadJudge } from '../../tools/judges.mjs';
import { startAzurite, type Azurite } from '../support/azurite.mts';
import { selfSigned } from '../support/certificate.mts';
import { built, storage } from '../support/built.mts';
import { textOf } from '../support/failures.mts';
import { answerAs, type HostNames } from '../support/hostNames.mts';
import { startRadosgw, type Keys, type Radosgw } from '../support/radosgw.mts';
import { probed, recorded } from '../support/recordings.mts';
import { operations, type File, type Operations } from './operations.mts';
import { judged } from './outcome.mts';

interface S3 {
	S3Client: new (options: object) => { send: (command: object) => Promise<unknown> };
	CreateBucketCommand: new (input: object) => object;
	DeleteObjectCommand: new (input: object) => object;
	PutObjectCommand: new (input: object) => object;
}
const { S3Client, ...commands } = loadJudge('@aws-sdk/client-s3') as S3;

const ACCOUNT = 'lessons';
const ACCOUNT_KEY = Buffer.alloc(64, 'k').toString('base64');
const FOLDER = 'rec/class/';

interface Place {
	what: string;
	vendor: string;
	region?: string;
	bucket: string;
	/** To which requests go. */
	host: string;
	/** What is before the path of an object. */
	path: string;
}

const place = (
	what: string,
	vendor: string,
	region: string,
	bucket: string,
	serviceHost: string,
	before: boolean,
): Place => ({
	...{ what, vendor, bucket, ...(region && { region }) },
	host: before ? `${bucket}.${serviceHost}` : serviceHost,
	path: before ? '/' : `/${bucket}/`,
});

const PLACES: readonly Place[] = [
	place('Amazon S3', 'amazonS3', 'eu-central-1', 'amazon', 's3.eu-central-1.amazonaws.com', true),
	place(
		...(['Amazon S3, dots in the name of the bucket', 'amazonS3', 'eu-central-1'] as const),
		...(['dotted.lessons', 's3.eu-central-1.amazonaws.com', false] as const),
	),
	place('Google', 'googleCloud', '', 'google', 'storage.googleapis.com', false),
	place('Huawei', 'huaweiCloud', 'CN_North_4', 'huawei', 'obs.cn-north-4.myhuaweicloud.com', true),
	place('Kingsoft', 'kingsoftCloud', 'CN_Beijing', 'kingsoft', 'ks3-cn-beijing.ksyuncs.com', true),
	place('Qiniu', 'qiniuCloud', 'Huadong', 'qiniu', 's3-cn-east-1.qiniucs.com', false),
	place('Azure', 'microsoftAzure', '', 'recordings', `${ACCOUNT}.blob.core.windows.net`, false),
];
const isAzure = ({ vendor }: Place) => vendor === 'microsoftAzure';
const serviceOf = ({ host, bucket }: Place) => host.replace(`${bucket}.`, '');

describe('Under the own host name of', () => {
	let ceph: Radosgw;
	let azurite: Azurite;
	let owner: Keys;
	let simulator: Simulator;
	let names: HostNames;
	let media: Map<string, Buffer>;
	let admin: InstanceType<S3['S3Client']>;
	const { clock } = built('process/clock') as { clock: { sleep: unknown; now: () => number } };
	const real = { ...clock };
	const folder = mkdtempSync(join(tmpdir(), 'agora-own-hosts-'));

	const keysOf = (where: Place): Keys =>
		isAzure(where) ? { accessKey: ACCOUNT, secretKey: ACCOUNT_KEY } : owner;
	const credentials = (
		where: Place,
		more: ICredentialDataDecryptedObject = {},
	): ICredentialDataDecryptedObject => ({
		customerId: EXAMPLE_ACCOUNT.customerId,
		customerSecret: EXAMPLE_ACCOUNT.customerSecret,
		appId: EXAMPLE_ACCOUNT.apps[0].appId,
		...{ advanced: true, apiDomain: 'custom', baseUrl: simulator.url },
		storageVendor: where.vendor,
		storageRegion: where.region ?? '',
		storageBucket: where.bucket,
		storageAccessKey: keysOf(where).accessKey,
		storageSecretKey: keysOf(where).secretKey,
		...more,
	});
	const containerOf = (name: string) =>
		azurite.container(name, `https://${ACCOUNT}.blob.core.windows.net`);
	async function put({ bucket, ...where }: Place, key: string, bytes: Buffer) {
		if (where.vendor !== 'microsoftAzure') {
			await admin.send(new commands.PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes }));
			return;
		}
		await containerOf(bucket).getBlockBlobClient(key).uploadData(bytes);
	}

	before(async () => {
		const ofCeph = PLACES.filter((where) => !isAzure(where));
		ceph = await startRadosgw({ hostNames: [...new Set(ofCeph.map(serviceOf))] });
		const certificate = { cert: join(folder, 'azurite.pem'), key: join(folder, 'azurite.key') };
		const signed = selfSigned();
		writeFileSync(certificate.cert, signed.cert);
		writeFileSync(certificate.key, signed.key);
		azurite = await startAzurite(ACCOUNT, ACCOUNT_KEY, certificate);
		simulator = await startSimulator({ clock: { speed: 0 } });
		owner = await ceph.addUser('owner');
		const { accessKey: accessKeyId, secretKey: secretAccessKey } = owner;
		admin = new S3Client({
			...{ endpoint: ceph.endpoint, region: 'us-east-1', forcePathStyle: true },
			credentials: { accessKeyId, secretAccessKey },
		});
		for (const { bucket } of ofCeph) {
			await admin.send(new commands.CreateBucketCommand({ Bucket: bucket }));
		}
		const s3 = { port: Number(new URL(ceph.endpoint).port), tls: false };
		const blobs = { port: azurite.port, tls: true };
		names = await answerAs(
			Object.fromEntries(PLACES.map((where) => [where.host, isAzure(where) ? blobs : s3])),
		);
		for (const where of PLACES.filter(isAzure)) await containerOf(where.bucket).create();
		const start = Date.UTC(2026, 8, 27, 12);
		media = new Map([
			...(await recorded('base', { prefix: '', start, slices: 4, mp4: true })),
			...(await recorded('base', { prefix: 'bak0_', start: start + 6000, slices: 3, mp4: true })),
		]);
	});
	after(async () => {
		Object.assign(clock, real);
		names?.close();
		await simulator?.close();
		await azurite?.stop();
		await ceph?.stop();
		rmSync(folder, { recursive: true });
	});

	/** A recording's files, as of media that was made once. */
	function filesOf(base: string): Map<string, Buffer> {
		const named = (text: string) => text.replaceAll('base', base);
		return new Map(
			[...media].map(([name, bytes]) => [
				named(name),
				name.endsWith('.m3u8') ? Buffer.from(named(bytes.toString())) : bytes,
			]),
		);
	}

	for (const where of PLACES) {
		describe(where.what, () => {
			let run: Operations['run'];
			let files: Operations['files'];
			let failed: Operations['failed'];
			let findings: Operations['findings'];
			let item: IDataObject;
			let stopped: IDataObject;
			let uploaded: Map<string, Buffer>;
			const judge = isAzure(where) ? 'azurite' : 'radosgw';
			const seen = (...columns: Parameters<typeof judged>[1]) =>
				judged(where.vendor, columns, `${judge}, through its own host name`);
			/** Runs some work while the node's waits take no time. */
			async function quickly<T>(work: () => Promise<T>): Promise<T> {
				let passed = 0;
				clock.now = () => Date.now() + passed;
				clock.sleep = async (ms: number) => {
					passed += ms;
					await Promise.resolve();
				};
				try {
					return await work();
				} finally {
					Object.assign(clock, real);
				}
			}

			before(async () => {
				const given = () => ({
					...{ credentials: credentials(where), items: [item] },
					storageRoute: (url: string) => names.route(url),
				});
				({ run, files, failed, findings } = await operations(given));
				const parameters = { channelName: 'class-7', fileNamePrefix: 'rec/class' };
				const started = await quickly(
					async () =>
						await run(
							'start',
							{ ...parameters, options: { verify: false } },
							// Another execution: a repeated one would meet its own recording.
							{ items: [{}], executionId: where.bucket },
						),
				);
				item = started[0].json;
				uploaded = filesOf(`${textOf(item.sid)}_class-7`);
				for (const [name, bytes] of uploaded) await put(where, `${FOLDER}${name}`, bytes);
				simulator.control.advance(20_000);
			});

			const addressOf = (name: string) => `https://${where.host}${where.path}${FOLDER}${name}`;

			it('Stop waits for the files, and gives links that open', async () => {
				[{ json: stopped }] = await quickly(
					async () => await run('stop', { options: { waitForFiles: 60 } }),
				);
				const { outcome, filesComplete, failoverChecked } = stopped;
				assert.deepEqual(
					{ outcome, filesComplete, failoverChecked },
					{ outcome: 'stopped', filesComplete: true, failoverChecked: true },
				);
				const mainFiles = stopped.mainFiles as File[];
				assert.deepEqual(
					mainFiles.map(({ fileName, linkState }) => [fileName.slice(0, 5), linkState]),
					[
						[textOf(item.sid).slice(0, 5), 'ready'],
						['bak0_', 'ready'],
					],
				);
				for (const { fileName, link } of mainFiles) {
					assert.equal(link.replace(/\?.*/, ''), addressOf(fileName));
					const { status, headers, bytes, body } = await names.opened(link);
					assert.equal(status, 200, body);
					assert.deepEqual(bytes, uploaded.get(fileName));
					assert.equal(headers['content-type'], 'video/mp4');
					assert.equal(headers['content-disposition'], `inline; filename="${fileName}"`);
				}
				seen('link', 'wait');
			});

			it('refuses a link that was changed, and one that has expired', async () => {
				const [{ link, fileName }] = stopped.mainFiles as File[];
				const changed = [
					link.replace(/((?:Signature|sig)=)(.)/, (_all, name: string, first: string) =>
						[name, first === '0' ? '1' : '0'].join(''),
					),
					link.replace(fileName, `bak0_${fileName}`),
					link.replace('video%2Fmp4', 'text%2Fhtml'),
					link.replace(/\?.*/, ''),
				];
				for (const other of changed) {
					assert.notEqual(other, link);
					assert.equal((await names.opened(other)).status, 403, other);
				}
				assert.equal((await names.opened(link)).status, 200);
				seen('tampered');

				const { vendor, region, bucket } = where;
				const access = { vendor, region, bucket, keys: keysOf(where) };
				const madeAgo = (minutes: number) =>
					storage.linksTo(access, { seconds: 3600, now: Date.now() - minutes * 60_000 });
				const key = `${FOLDER}${fileName}`;
				assert.equal((await names.opened(madeAgo(58)(key).url)).status, 200);
				assert.equal((await names.opened(madeAgo(62)(key).url)).status, 403);
				seen('expired');
			});

			it('Get Many lists the recording, page by page', async () => {
				const options = { ifMissing: 'return', waitForFiles: 0, checkLinks: false };
				const found = await quickly(
					async () => await files('getMany', { files: 'all', returnAll: true, options }),
				);
				assert.deepEqual(found.map(({ fileName }) => fileName).sort(), [...uploaded.keys()].sort());
				for (const { fileName, sizeBytes } of found) {
					assert.equal(sizeBytes, uploaded.get(fileName)?.length);
				}
				seen('list');
			});

			it('Get Playlist makes one that ffprobe plays', async () => {
				const [{ json }] = await quickly(async () => await run('getPlaylist'));
				assert.deepEqual(
					[json.seconds, json.segments, json.parts, json.complete],
					[12, 6, 2, true],
				);
				const file = join(folder, `${where.bucket}.m3u8`);
				writeFileSync(file, textOf(json.playlist));
				assert.match(textOf(json.playlist), new RegExp(`^https://${where.host}/`, 'm'));
				assert.deepEqual(await probed(file, names.proxy), { seconds: 12, frames: 300 });
				seen('playlist');
				judged(where.vendor, ['playlist'], 'ffprobe');
			});

			it('opens a file whose name has 1,024 bytes, not all of them ASCII', async () => {
				const sid = 'f'.repeat(32);
				const long = `rec/你好 🎬+%41é'()*!~&=;,@$/${'é'.repeat(200)}`;
				const withChannel = (cname: string) => `${sid}_${cname}_0.mp4`;
				const left = 1024 - Buffer.byteLength(`${long}/${withChannel('+ %')}`);
				const name = withChannel(`+ %${'é'.repeat(Math.floor(left / 2))}${'x'.repeat(left % 2)}`);
				const bytes = Buffer.from(where.what);
				await put(where, `${long}/${name}`, bytes);
				assert.equal(Buffer.byteLength(`${long}/${name}`), 1024);
				const [{ link, linkState, path }] = await quickly(
					async () => await files('getMany', { recordingSource: 'manual', folder: long, sid }),
				);
				assert.deepEqual([linkState, path], ['ready', `${long}/${name}`]);
				assert.deepEqual((await names.opened(link)).bytes, bytes);
			});

			it('Setup → Check writes, lists and reads', async () => {
				const { writeFiles, bucket, readFiles, https } = await findings(
					{ fileNamePrefix: 'rec/class', writeTestFile: true },
					{ items: [{}] },
				);
				assert.deepEqual(
					[writeFiles.ok, bucket.ok, readFiles.ok, https],
					[
						...[true, true, true],
						{ ok: true, found: `Requests are sent to https://${where.host}.`, whatToDo: '' },
					],
					JSON.stringify({ writeFiles, bucket, readFiles }),
				);
				seen('check');
			});

			it('Get Many tells a missing bucket, and a wrong secret', async () => {
				const told = async (more: ICredentialDataDecryptedObject, bucket = where.bucket) =>
					await failed(
						'getMany',
						{ options: { waitForFiles: 0 } },
						{
							items: [{ ...item, storage: { ...(item.storage as IDataObject), bucket } }],
							credentials: credentials(where, more),
						},
					);
				const wrong = isAzure(where) ? Buffer.alloc(64, 'w').toString('base64') : 'wrong';
				assert.match(
					await told({ storageSecretKey: wrong }),
					// The emulator has one code for all that it refuses; Azure's own is in the unit tests.
					isAzure(where) ? /cannot list|firewall/ : /rejected the signature/,
				);
				// Where the bucket stands before the host, a missing one has no address here.
				if (where.path === '/') return;
				const missing = where.bucket.includes('.') ? 'missing.lessons' : 'missing';
				assert.match(await told({}, missing), new RegExp(`There is no bucket "${missing}"`));
			});
		});
	}
});
