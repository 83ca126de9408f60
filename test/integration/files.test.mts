import type { IDataObject } from 'n8n-workflow';
import { failureOf, textOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();

const CHANNEL = { channelName: 'class-7', fileNamePrefix: 'dir/sub', fileFormat: 'hls' };
const COMPATIBLE = {
	storageVendor: 's3Compatible',
	storageRegion: '',
	storageEndpoint: 'storage.example.com:9000',
};

const credentialsWith = (changes: object) => ({ ...agora.credentials, ...changes });

async function recorded(parameters: object = {}, credentials = agora.credentials) {
	const started = await agora.runOne('start', { ...CHANNEL, ...parameters }, { credentials });
	agora.time.pass(60_000);
	const queried = await agora.runOne('query', {}, { items: [started], credentials });
	return { started, queried, credentials };
}

const stop = async (item: IDataObject, parameters: object = {}) =>
	await agora.runOne('stop', parameters, { items: [item] });

describe('Files', () => {
	it('say where they are, for nodes that download them', async () => {
		const { started, queried } = await recorded({ fileFormat: 'hlsAndMp4' });
		const name = `${textOf(started.sid)}_class-7`;
		const place = {
			bucket: 'lessons',
			regionCode: 'eu-central-1',
			endpoint: 'https://s3.eu-central-1.amazonaws.com',
			predicted: false,
		};
		const files = [`${name}_0.mp4`, `${name}.m3u8`].map((fileName) => ({
			...place,
			fileName,
			path: `dir/sub/${fileName}`,
		}));
		expect(queried).toMatchObject({ files });
		expect(await stop(queried)).toMatchObject({ outcome: 'stopped', files });
	});

	it('say so too where their names are worked out', async () => {
		const { started, queried } = await recorded();
		const fileName = `${textOf(started.sid)}_class-7.m3u8`;
		expect(await stop(queried, { options: { asyncStop: true } })).toMatchObject({
			outcome: 'stopping',
			files: [
				{
					predicted: true,
					bucket: 'lessons',
					path: `dir/sub/${fileName}`,
				},
			],
		});
	});

	it('of S3-compatible storage are at its endpoint, also after the storage was changed', async () => {
		const credentials = credentialsWith(COMPATIBLE);
		const override = { storageOverrides: { endpoint: 'eu.example.com' } };
		const { started, queried } = await recorded(override, credentials);
		expect(started.storage).toEqual({
			vendor: 's3Compatible',
			region: null,
			bucket: 'lessons',
			endpoint: 'eu.example.com',
			prefix: 'dir/sub/',
		});
		const path = `dir/sub/${textOf(started.sid)}_class-7.m3u8`;
		const file = { bucket: 'lessons', path, endpoint: 'https://eu.example.com' };
		expect(queried.files).toMatchObject([file]);

		const updated = await agora.runOne(
			'update',
			{ mode: 'mix', change: 'storage' },
			{ items: [queried], credentials },
		);
		expect(agora.sent('update')[0].body).toMatchObject({
			clientRequest: { storageConfig: { extensionParams: { endpoint: 'eu.example.com' } } },
		});
		expect((await stop(updated)).files).toMatchObject([file]);
	});

	it.each([
		['the item tells', undefined, true],
		['nobody tells', 's3Compatible', false],
	])('keep the endpoint that %s, not one that is gone', async (_what, bare, sent) => {
		const { queried } = await recorded({}, credentialsWith(COMPATIBLE));
		const credentials = credentialsWith({ ...COMPATIBLE, storageEndpoint: '' });
		const storage = bare ? { vendor: bare, bucket: 'lessons' } : queried.storage;
		const changed = agora.runOne(
			'update',
			{ mode: 'mix', change: 'storage' },
			{ items: [{ ...queried, storage }], credentials },
		);
		if (sent) expect(await changed).toMatchObject({ outcome: 'updated' });
		else expect((await failureOf(changed)).message).toMatch(/no storage yet: fill in 'Endpoint'$/);
		expect(agora.count('update')).toBe(sent ? 1 : 0);
	});

	it('are where additional fields have sent them', async () => {
		const storageConfig = { region: 4, bucket: 'elsewhere', fileNamePrefix: ['x'] };
		const extraBody = JSON.stringify({ clientRequest: { storageConfig } });
		const { started, queried } = await recorded({ options: { extraBody } });
		expect(started.storage).toEqual({
			vendor: 'amazonS3',
			region: 'eu-west-1',
			bucket: 'elsewhere',
			prefix: 'x/',
		});
		const fileName = `${textOf(started.sid)}_class-7.m3u8`;
		expect(queried.files).toMatchObject([
			{
				path: `x/${fileName}`,
				endpoint: 'https://s3.eu-west-1.amazonaws.com',
			},
		]);
	});

	it.each([
		['another vendor', { vendor: 6, region: 0 }, { vendor: 'googleCloud', region: null }],
		['a vendor to come', { vendor: 99 }, { vendor: '99', region: null, bucket: 'lessons' }],
		['no bucket', { bucket: null }, { bucket: 'lessons' }],
	])('are not said to be where they are not: %s', async (_what, storageConfig, storage) => {
		const extraBody = JSON.stringify({ clientRequest: { storageConfig } });
		agora.fail('start', {
			kind: 'answer',
			status: 200,
			body: { sid: '38f8e3cfdc474cd56fc1ceba380d7e1a' },
		});
		const started = await agora.runOne('start', {
			...CHANNEL,
			options: { extraBody, verify: false },
		});
		expect(started.storage).toMatchObject(storage);
	});

	it('of a recording entered by hand do not say where they are', async () => {
		const { started } = await recorded();
		const { files } = await agora.runOne('stop', {
			recordingSource: 'manual',
			mode: 'mix',
			channelName: started.cname,
			recorderUid: started.uid,
			resourceId: started.resourceId,
			sid: started.sid,
		});
		const [file] = files as IDataObject[];
		// The folder is Agora's own word: the form does not tell it.
		expect(file.path).toBe(`dir/sub/${textOf(started.sid)}_class-7.m3u8`);
		expect(Object.keys(file)).not.toEqual(expect.arrayContaining(['bucket']));
		expect(file).not.toHaveProperty('endpoint');
	});

	it.each([
		['something else', 7],
		['nothing in it', {}],
		['no bucket', { vendor: 'amazonS3', region: 'eu-central-1' }],
		['a bucket of another kind', { vendor: 'amazonS3', bucket: 5 }],
	])('of an item whose storage has %s are listed all the same', async (_what, storage) => {
		const { queried } = await recorded();
		const { files } = await stop({ ...queried, storage });
		expect(files).toHaveLength(1);
		expect((files as IDataObject[])[0]).not.toHaveProperty('bucket');
		// The item's own storage is handed on as it is, whatever it is.
		agora.outputs.length = 0;
	});
});

describe('Start', () => {
	it.each([
		['composite', { mode: 'mix' }, (48 + 2260) * 450_000],
		['composite, sound alone', { mode: 'mix', streamTypes: 0 }, 48 * 450_000],
		[
			'web page',
			{ mode: 'web', url: 'https://example.com', fileFormat: 'hlsAndMp4' },
			2 * (48 + 2000) * 450_000,
		],
		['individual', { mode: 'individual', subscribeUidGroup: 0 }, null],
	])('estimates the size of an hour: %s', async (_what, parameters, bytes) => {
		const started = await agora.runOne('start', {
			...CHANNEL,
			channelType: 1,
			...parameters,
		});
		expect(started.outcome).toBe('recording');
		expect(started.estimatedBytesPerHour).toBe(bytes);
	});
});
