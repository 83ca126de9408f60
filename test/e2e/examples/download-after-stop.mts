import assert from 'node:assert/strict';
import { startObjectStore } from '../objectStore.mts';
import { itemsOf, type Stage } from './stage.mts';

const REGION = 'eu-central-1';
const ACCESS_KEY = 'example-access-key';
const SECRET_KEY = 'example-secret-key';
const BUCKET = 'lessons';

/** The recording's files lie in storage of the test, and n8n's own S3 node downloads them from there. */
export default async function downloadAfterStop(stage: Stage): Promise<void> {
	const store = await startObjectStore(REGION, ACCESS_KEY);
	stage.onEnd(() => store.close());
	const simulator = await stage.startSimulator({ uploadTo: store.url, clock: { speed: 10 } });
	const agoraApi = await stage.agoraCredential(simulator, {
		storageVendor: 's3Compatible',
		storageRegion: '',
		storageBucket: BUCKET,
		storageEndpoint: new URL(store.url).host,
	});
	const s3 = await stage.credential('s3', {
		...{ endpoint: store.url, region: REGION, forcePathStyle: true, ignoreSSLIssues: false },
		...{ accessKeyId: ACCESS_KEY, secretAccessKey: SECRET_KEY },
	});
	const workflow = await stage.importExample({ agoraApi, s3 }, { Wait: { amount: 3 } });

	const execution = await stage.run(workflow, 'When clicking Execute');
	assert.equal(execution.status, 'success', execution.error);
	const [stopped] = itemsOf(execution, 'Stop');
	assert.deepEqual([stopped.outcome, stopped.uploadStatus], ['stopped', 'uploaded']);

	// What was downloaded is what was uploaded, and is what its name says.
	const items = itemsOf(execution, 'Download');
	const files = execution.runs.Download[0].binaries.map(({ data }) => data);
	assert.deepEqual(
		items.map(({ format }) => format),
		['mp4', 'm3u8'],
	);
	const downloads = await Promise.all(files.map((file) => stage.n8n.rest.download(file)));
	for (const [i, { path: key, bucket, fileName }] of items.entries()) {
		const object = store.objects.get(`${String(bucket)}/${String(key)}`);
		assert.ok(object, `${String(key)} was never uploaded`);
		assert.equal(object.reads, 1);
		assert.ok(downloads[i].equals(object.bytes), `${String(key)} came out otherwise`);
		assert.equal(files[i].fileName, fileName);
	}
	const [movie, playlist] = downloads;
	assert.match(playlist.toString(), /^#EXTM3U\n/);
	const slice = /^[^#].*\.ts$/m.exec(playlist.toString())?.[0] ?? '';
	const stream = store.objects.get(`${BUCKET}/lessons/class7/${slice}`);
	assert.ok(stream, 'the playlist names a slice that is not there');
	assert.equal(stream.bytes.length % 188, 0);
	assert.equal(movie.toString('latin1', 4, 8), 'ftyp');
}
