/** A playlist of a recording with a failover, played by ffmpeg from a private bucket of a real S3 server. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { BucketAccess } from '../../nodes/AgoraCloudRecording/storage/access.ts';
import { run } from '../../tools/process.mjs';
import { loadJudge } from '../../tools/judges.mjs';
import { startRadosgw, type Radosgw } from '../support/radosgw.mts';
import { playlists, storage } from './built.mts';
import { sent } from './sent.mts';

interface S3 {
	S3Client: new (options: object) => { send: (command: object) => Promise<unknown> };
	CreateBucketCommand: new (input: object) => object;
	PutObjectCommand: new (input: object) => object;
}
const { S3Client, ...commands } = loadJudge('@aws-sdk/client-s3') as S3;

const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';
const BUCKET = 'lessons';
const recording = { folder: 'rec/class', sid: SID };
const T0 = Date.UTC(2026, 8, 27, 12);
const stamp = (time: number) => new Date(time).toISOString().replace(/\D/g, '');

/** Runs a program that has to end well. */
async function must(program: string, ...args: string[]): Promise<string> {
	const { code, output } = await run(program, args);
	assert.equal(code, 0, `${program} (Debian: apt-get install ffmpeg): ${output}`);
	return output;
}

describe('A playlist from a private bucket', () => {
	let server: Radosgw;
	let access: BucketAccess;
	let folder: string;

	/** Records slices of two seconds, and stores them with a playlist as Agora writes it. */
	async function record(
		client: InstanceType<S3['S3Client']>,
		prefix: string,
		start: number,
		slices: number,
	): Promise<void> {
		const store = async (name: string, Body: Buffer | string) =>
			await client.send(
				new commands.PutObjectCommand({ Bucket: BUCKET, Key: `rec/class/${name}`, Body }),
			);
		const pattern = join(folder, `${prefix}slice%d.ts`);
		const source = ['-f', 'lavfi', '-i', `testsrc=size=160x120:rate=25:duration=${slices * 2}`];
		const keyFrames = ['-g', '50', '-keyint_min', '50', '-sc_threshold', '0'];
		const cut = ['-f', 'segment', '-segment_time', '2', '-segment_format', 'mpegts'];
		await must(
			'ffmpeg',
			'-v',
			'error',
			...source,
			'-c:v',
			'libx264',
			...keyFrames,
			...cut,
			pattern,
		);
		const lines = ['#EXTM3U', '#EXT-X-TARGETDURATION:1', '#EXT-X-DISCONTINUITY'];
		for (let index = 0; index < slices; index++) {
			const name = `${prefix}${SID}_c_${stamp(start + index * 2000)}.ts`;
			await store(name, readFileSync(pattern.replace('%d', String(index))));
			lines.push('#EXTINF:2.000000', name);
		}
		await store(`${prefix}${SID}_c.m3u8`, `${lines.join('\n')}\n`);
	}

	before(async () => {
		folder = mkdtempSync(join(tmpdir(), 'agora-playlist-'));
		server = await startRadosgw();
		const keys = await server.addUser('owner');
		access = { vendor: 's3Compatible', bucket: BUCKET, endpoint: server.endpoint, keys };
		const client = new S3Client({
			...{ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true },
			credentials: { accessKeyId: keys.accessKey, secretAccessKey: keys.secretKey },
		});
		await client.send(new commands.CreateBucketCommand({ Bucket: BUCKET }));
		await record(client, '', T0, 4);
		// It took over at the sixth second: two seconds are there twice, and there is no gap.
		await record(client, 'bak0_', T0 + 6000, 3);
	});
	after(async () => {
		await server?.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	it('plays as long as both servers recorded, and no second twice', async () => {
		const now = Date.now();
		const listed = await sent(storage.listRequest(access, { prefix: 'rec/class/' }, now));
		const { objects } = storage.readListPage('s3v2', listed.body);
		assert.equal(objects.length, 9);
		const [group, ...others] = playlists.playlistGroups(objects, recording);
		assert.deepEqual(others, []);
		const parts = [];
		for (const { key } of group.playlists) {
			const { body } = await sent(storage.readRequest(access, key, now));
			parts.push(playlists.parsePlaylist(body));
		}
		const joined = playlists.joinPlaylists(parts);
		assert.deepEqual([joined.seconds, joined.overlapSeconds, joined.gaps], [12, 2, []]);
		const links = storage.linksTo(access, { seconds: 600, now });
		const text = playlists.playlistText(
			joined.segments,
			(uri) => links(playlists.segmentKey(uri, recording)).url,
		);
		const file = join(folder, 'plays.m3u8');
		writeFileSync(file, text);
		const from = ['-v', 'error', '-protocol_whitelist', 'file,http,tcp'];
		const length = await must('ffprobe', ...from, '-show_entries', 'format=duration', file);
		assert.match(length, /duration=12\.0/);
		// Every picture of twelve seconds can be read.
		const counted = [
			'-count_frames',
			'-select_streams',
			'v',
			'-show_entries',
			'stream=nb_read_frames',
		];
		const frames = await must('ffprobe', ...from, ...counted, '-of', 'csv=p=0', file);
		assert.equal(parseInt(frames, 10), 300);
		// As it lies in the bucket it opens and plays nothing: players ask for the slices without a signature.
		const raw = links(group.playlists[0].key).url;
		assert.equal((await fetch(raw)).status, 200);
		assert.equal((await fetch(new URL(parts[0].segments[0].uri, raw))).status, 403);
	});
});
