import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { golden, GOLDEN_NOTICES, makeNotice } from '../../support/notices.mts';
import { useAgora } from '../../support/setup.mts';
import {
	RTC_SECRET,
	SECRET,
	startWebhookHost,
	type WebhookHost,
} from '../../support/webhookHost.mts';

let host: WebhookHost;

beforeAll(async () => {
	host = await startWebhookHost();
});
afterEach(() => expect(host.thrown).toEqual([]));
afterAll(async () => await host.close());

const SID = 'd12fdce9024d37862a8f3a88e387c817';
const CREDENTIALS = {
	receiveNotifications: true,
	notificationSecret: SECRET,
	rtcNotificationSecret: RTC_SECRET,
	storageVendor: 'amazonS3',
	storageRegion: 'eu-central-1',
	storageBucket: ' lessons ',
	storageAccessKey: 'AKIAEXAMPLE',
	storageSecretKey: 'example-secret-key',
	// Left over from another vendor.
	storageEndpoint: 'storage.example.com',
};

const fresh = (folder?: string, credentials: object = {}, more: INodeParameters = {}) =>
	host.fresh({
		parameters: { options: { ...(folder !== undefined && { folder }), ...more } },
		credentials: { ...CREDENTIALS, ...credentials },
	});

const uploaded = (...names: string[]) =>
	makeNotice(
		{
			sid: SID,
			details: {
				msgName: 'uploaded',
				status: 0,
				fileList: names.map((fileName) => ({ fileName, trackType: 'audio_and_video', uid: '0' })),
			},
		},
		{ eventType: 31, sid: SID },
	);

async function received(notice: object): Promise<IDataObject> {
	expect(await host.sendNotice(notice)).toMatchObject({ status: 200, body: { started: true } });
	expect(host.executions).toHaveLength(1);
	return host.executions[0];
}

const PLACE = {
	bucket: 'lessons',
	regionCode: 'eu-central-1',
	endpoint: 'https://s3.eu-central-1.amazonaws.com',
};

describe('With Folder in Bucket, the trigger', () => {
	it('says of each file where it is assumed to be, as Start does', async () => {
		fresh(' /lessons//class7/ ');
		const item = await received(uploaded(`${SID}_class-7_0.mp4`, `bak0_${SID}_class-7.m3u8`));
		expect(item.storage).toEqual({
			...{ vendor: 'amazonS3', region: 'eu-central-1', bucket: 'lessons' },
			prefix: 'lessons/class7/',
		});
		expect(item.storageAssumed).toBe(true);
		expect(item.files).toMatchObject([
			{ ...PLACE, path: `lessons/class7/${SID}_class-7_0.mp4`, fileName: `${SID}_class-7_0.mp4` },
			{ ...PLACE, path: `lessons/class7/bak0_${SID}_class-7.m3u8` },
		]);
		const [file] = item.files as IDataObject[];
		expect(Object.keys(file).slice(0, 5)).toEqual([
			...['fileName', 'path', 'bucket', 'regionCode', 'endpoint'],
		]);
	});

	it('takes a slash for the top of the bucket', async () => {
		fresh('/');
		const item = await received(uploaded(`${SID}_class-7_0.mp4`));
		expect(item).toMatchObject({
			storage: { prefix: '' },
			files: [{ ...PLACE, path: `${SID}_class-7_0.mp4` }],
		});
	});

	it('joins a folder that the notice itself tells once', async () => {
		fresh('dir/sub');
		const name = `dir/sub/${SID}_class-7__uid_s_7__uid_e_video_20260101000000000.jpg`;
		const details = { msgName: 'recorder_snapshot_file', fileName: name };
		const item = await received(makeNotice({ sid: SID, details }, { eventType: 45, sid: SID }));
		expect(item.files).toMatchObject([{ path: name }]);
	});

	it('says so too where a notice tells of no files', async () => {
		fresh('a');
		const item = await received(makeNotice({ sid: SID }, { sid: SID }));
		expect(item).toMatchObject({ storage: { prefix: 'a/' }, storageAssumed: true, files: [] });
	});

	it.each([
		['climbs out', '../private.mp4', 'has ".." in its name'],
		['climbs out further down', `a/../${SID}_class-7_0.mp4`, 'has ".." in its name'],
		['is absolute', `/${SID}_class-7_0.mp4`, "is in a subfolder of the recording's folder"],
		['lies further down', `x/${SID}_class-7_0.mp4`, "is in a subfolder of the recording's folder"],
		['is of another recording', `${'e'.repeat(32)}_class-7_0.mp4`, 'belongs to another recording'],
		['is no recording', 'payroll.pdf', 'is not named like a recorded file'],
		['contains control characters', `${SID}_a\nb_0.mp4`, 'contains control characters in its name'],
	])('gives no path to a name that %s, and keeps the others', async (_how, name, why) => {
		fresh('a');
		const item = await received(uploaded(name, `${SID}_class-7_0.mp4`));
		expect(item.files).toMatchObject([
			{
				...{ path: null, toldName: name },
				whatToDo: `It has no path, because the file ${why}. Check the bucket.`,
			},
			{ path: `a/${SID}_class-7_0.mp4` },
		]);
		const [refused] = item.files as IDataObject[];
		expect(Object.keys(refused)).not.toEqual(expect.arrayContaining(['bucket']));
	});

	it.each([
		['amazonS3', {}, { region: 'eu-central-1' }],
		['googleCloud', {}, { region: null }],
		[
			's3Compatible',
			{ storageEndpoint: 'http://127.0.0.1:9000/' },
			{ region: null, endpoint: '127.0.0.1:9000' },
		],
	])('tells of %s what Start tells', async (storageVendor, changes, expected) => {
		fresh('a', { storageVendor, ...changes });
		const { storage } = await received(uploaded(`${SID}_class-7_0.mp4`));
		expect(storage).toEqual({
			vendor: storageVendor,
			bucket: 'lessons',
			prefix: 'a/',
			...expected,
		});
	});

	it('leaves what is no recording as it is', async () => {
		fresh('a');
		const captions = golden('cloudRecording-0031-captions');
		expect(await received(captions.notice)).toEqual(captions.expected);
		host.fresh({
			parameters: {
				events: ['any_channel_event'],
				filters: { includeRecorders: true },
				options: { folder: 'a' },
			},
			credentials: CREDENTIALS,
		});
		const { notice, expected } = golden('rtcChannel-0103');
		await host.sendNotice(notice, { secret: RTC_SECRET });
		expect(host.executions).toEqual([expected]);
	});

	it('adds it to the files of a web page that another notice told, too', async () => {
		fresh('a');
		const payload = { sid: SID, serviceType: 6 };
		const file = { filename: `${SID}_page_0.mp4`, sliceStartTime: 1 };
		const stopped = { msgName: 'web_recorder_stopped', fileList: [file] };
		await host.sendNotice(
			makeNotice({ ...payload, details: stopped }, { eventType: 71, sid: SID }),
		);
		host.executions.length = 0;
		const over = { msgName: 'uploaded', status: 0 };
		const item = await received(
			makeNotice({ ...payload, details: over }, { eventType: 31, sid: SID }),
		);
		expect(item.files).toMatchObject([{ ...PLACE, path: `a/${SID}_page_0.mp4` }]);
	});

	it('shows no key, and reads the credential no more than before', async () => {
		let reads = 0;
		host.fresh({
			parameters: { options: { folder: 'a' } },
			credentials: CREDENTIALS,
			onCredentials: () => reads++,
		});
		const item = await received(uploaded(`${SID}_class-7_0.mp4`));
		expect(JSON.stringify(item)).not.toMatch(/AKIAEXAMPLE|example-secret-key/);
		expect(reads).toBe(1);
	});

	it('reads the credential also where it verifies nothing', async () => {
		fresh('a', {}, { verifySignature: false });
		expect(await received(uploaded(`${SID}_class-7_0.mp4`))).toMatchObject({
			storageAssumed: true,
		});
	});

	it.each([
		['no folder', 'a/../b', {}],
		['no storage', 'a', { storageVendor: 'none' }],
		['no bucket', 'a', { storageBucket: '' }],
	])('loses no notice where there is %s', async (_what, folder, credentials) => {
		fresh(folder, credentials);
		const item = await received(uploaded(`${SID}_class-7_0.mp4`));
		expect(item).not.toHaveProperty('storage');
		expect(item.files).toMatchObject([{ path: `${SID}_class-7_0.mp4` }]);
	});
});

describe('Without Folder in Bucket', () => {
	it.each([undefined, '', '  '])('everything stays as it was: %j', async (folder) => {
		for (const { name, notice, expected } of GOLDEN_NOTICES) {
			if (!name.startsWith('cloud')) continue;
			fresh(folder);
			await host.sendNotice(notice);
			expect(host.executions).toEqual([expected]);
		}
	});
});

describe('Publishing with Folder in Bucket', () => {
	it.each([
		['a/../b', {}, /^'Folder in Bucket' must be folders .*\(got "a\/..\/b"\)$/],
		['a', { storageVendor: 'none' }, /requires the storage.*choose a 'Storage Vendor'/],
		['a', { storageBucket: '' }, /requires the storage.*fill in 'Bucket'\.$/],
	])('is refused where it cannot work: %s', async (folder, credentials, message) => {
		fresh(folder, credentials);
		await expect(host.checkExists()).rejects.toThrow(message);
	});

	it('needs no keys, and no App ID', async () => {
		fresh('/', { storageAccessKey: '', storageSecretKey: '' });
		expect(await host.checkExists()).toBe(true);
	});

	it('does not look at it where no recording is waited for', async () => {
		host.fresh({
			parameters: {
				...{ events: ['other'], moreEvents: ['broadcaster_join'] },
				options: { folder: '..' },
			},
			credentials: { ...CREDENTIALS, storageVendor: 'none' },
		});
		expect(await host.checkExists()).toBe(true);
	});
});

describe('Behind the trigger, File → Get Many', () => {
	const agora = useAgora({ storage: { buckets: [{ name: 'lessons' }] } });

	it('finds the files and their links, and none that a notice made up', async () => {
		const { storage } = agora.control;
		storage?.put('lessons', `a/${SID}_class-7_0.mp4`, Buffer.from('12345'));
		storage?.put('lessons', 'private.mp4', Buffer.from('12345'));
		const bucket = {
			...{ storageVendor: 's3Compatible', storageEndpoint: storage?.url, storageBucket: 'lessons' },
			...{ storageAccessKey: 'example-access-key', storageSecretKey: 'example-secret-key' },
		};
		fresh('a', bucket);
		const item = await received(uploaded('../private.mp4', `${SID}_class-7_0.mp4`));
		const credentials = { ...agora.credentials, ...bucket };
		const files = await agora.run(
			'getMany',
			{ resource: 'file', recordingSource: 'input' },
			{ items: [item], credentials },
		);
		expect(files.map(({ json }) => json)).toMatchObject([
			{ path: `a/${SID}_class-7_0.mp4`, linkState: 'ready', complete: true },
		]);
		expect(JSON.stringify(files)).not.toContain('private');
		const asked = storage?.requests() ?? [];
		expect(asked.filter(({ key }) => key?.includes('private'))).toEqual([]);
	});
});
