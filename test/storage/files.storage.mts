/** The operations that read a bucket, run in n8n-core before a real S3 server with real media. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { IDataObject } from 'n8n-workflow';
import { EXAMPLE_ACCOUNT, startSimulator, type Simulator } from '../../simulator/index.mts';
import { textOf } from '../support/failures.mts';
import type { Keys } from '../support/radosgw.mts';
import { built, storage } from '../support/built.mts';
import { probed, recorded } from '../support/recordings.mts';
import { privateBucket, type PrivateBucket } from '../support/s3.mts';
import { operations, type File, type Operations } from './operations.mts';
import { judged } from './outcome.mts';

const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';
const BUCKET = 'lessons';
const FOLDER = 'rec/class/';
const START = Date.UTC(2026, 8, 27, 12);

describe('Files in a private bucket', () => {
	let bucket: PrivateBucket;
	let simulator: Simulator;
	let media: Map<string, Buffer>;
	const { clock } = built('process/clock') as { clock: { sleep: unknown; now: () => number } };

	/** What a start has told of this recording. */
	const item = (more: IDataObject = {}): IDataObject => ({
		...{ sid: SID, cname: 'c', mode: 'mix', formats: ['hls', 'mp4'] },
		storage: { vendor: 's3Compatible', bucket: BUCKET, endpoint: bucket.host, prefix: FOLDER },
		...more,
	});
	const credentials = (keys: Keys, reader?: Keys) => ({
		customerId: EXAMPLE_ACCOUNT.customerId,
		customerSecret: EXAMPLE_ACCOUNT.customerSecret,
		appId: EXAMPLE_ACCOUNT.apps[0].appId,
		...{ advanced: true, apiDomain: 'custom', baseUrl: simulator.url },
		storageVendor: 's3Compatible',
		storageEndpoint: bucket.server.endpoint,
		storageBucket: BUCKET,
		storageAccessKey: keys.accessKey,
		storageSecretKey: keys.secretKey,
		...(reader && {
			readFilesWith: 'readKey',
			storageReadAccessKey: reader.accessKey,
			storageReadSecretKey: reader.secretKey,
		}),
	});
	/** As the README advises: the key that Agora has only writes, another one reads. */
	const both = () => credentials(bucket.keys.writer, bucket.keys.reader);

	let run: Operations['run'];
	let files: Operations['files'];
	let failed: Operations['failed'];
	const bytesAt = async (link: string) => {
		const answer = await fetch(link);
		assert.equal(answer.status, 200);
		return { headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
	};

	before(async () => {
		bucket = await privateBucket(BUCKET, 'rec');
		simulator = await startSimulator({ clock: { speed: 0 } });
		({ run, files, failed } = await operations(() => ({ credentials: both(), items: [item()] })));
		const base = `${SID}_c`;
		media = new Map([
			...(await recorded(base, { prefix: '', start: START, slices: 4, mp4: true })),
			// Two seconds are there twice.
			...(await recorded(base, { prefix: 'bak0_', start: START + 6000, slices: 3, mp4: true })),
		]);
		for (const [name, body] of media) await bucket.put(`${FOLDER}${name}`, body);
		await bucket.put(`${FOLDER}other_c_0.mp4`, 'another recording');
		await bucket.put(`${FOLDER}deeper/${SID}_c_9.mp4`, 'not of this folder');
		await bucket.put('rec/secret.txt', 'secret');
		clock.sleep = async () => await Promise.resolve();
	});
	after(async () => {
		await simulator?.close();
		await bucket?.server.stop();
	});

	it('gives a link that opens to every part of the MP4, failover among them', async () => {
		// Just uploaded: whether they stay as they are takes a second look, with a clock that stands.
		const found = await files('getMany', { options: { ifMissing: 'return', waitForFiles: 0 } });
		assert.deepEqual(
			found.map(({ fileName, part, parts, linkState, uid }) => [
				...[fileName, part, parts, linkState, uid],
			]),
			[
				[`${SID}_c_0.mp4`, 1, 2, 'ready', '0'],
				[`bak0_${SID}_c_0.mp4`, 2, 2, 'ready', '0'],
			],
		);
		for (const { fileName, link, linkExpiresAt, sizeBytes } of found) {
			const { bytes, headers } = await bytesAt(link);
			assert.deepEqual(bytes, media.get(fileName));
			assert.equal(headers.get('content-type'), 'video/mp4');
			assert.match(headers.get('content-disposition') ?? '', /^inline; filename="/);
			assert.equal(sizeBytes, bytes.length);
			const hours = (Date.parse(linkExpiresAt) - Date.now()) / 3_600_000;
			assert.ok(hours > 23.9 && hours <= 24, linkExpiresAt);
		}
	});

	it('returns each kind, and nothing of another recording or folder', async () => {
		const counts: Record<string, number> = {};
		for (const kind of ['main', 'mp4', 'playlists', 'slices', 'all']) {
			const options = { ifMissing: 'return', waitForFiles: 0, checkLinks: false };
			const found = await files('getMany', { files: kind, returnAll: true, options });
			counts[kind] = found.length;
			assert.ok(found.every(({ path }) => media.has(textOf(path).replace(FOLDER, ''))));
			assert.ok(
				found.every(({ linkState, format, link }) =>
					format === 'm3u8'
						? linkState === 'needsPlaylist' && link === null
						: linkState === 'unchecked' && link !== null,
				),
			);
		}
		assert.deepEqual(counts, { main: 2, mp4: 2, playlists: 2, slices: 7, all: 11 });
		const options = { ifMissing: 'return', waitForFiles: 0 };
		const one = await files('getMany', { files: 'slices', limit: 1, options });
		assert.deepEqual(one.length, 1);
	});

	it('makes a playlist that plays all of both servers, and no second twice', async () => {
		const [{ json, binary }] = await run('getPlaylist');
		const { playlist, ...facts } = json;
		assert.deepEqual(
			{ ...facts, linkExpiresAt: null },
			{
				...{ fileName: `${SID}_c.m3u8`, sid: SID, cname: 'c', uid: '0', track: 'audio_and_video' },
				...{ seconds: 12, segments: 6, startedAt: new Date(START).toISOString(), parts: 2 },
				...{ complete: true, gaps: [], overlapSeconds: 2, missing: [], linkExpiresAt: null },
			},
		);
		assert.equal(binary?.data.fileName, `${SID}_c.m3u8`);
		assert.equal(binary?.data.mimeType, 'application/vnd.apple.mpegurl');
		assert.equal(Buffer.from(binary?.data.data ?? '', 'base64').toString(), playlist);
		const folder = mkdtempSync(join(tmpdir(), 'agora-playlist-'));
		const file = join(folder, 'plays.m3u8');
		writeFileSync(file, textOf(playlist));
		assert.deepEqual(await probed(file), { seconds: 12, frames: 300 });
		judged('s3Compatible', ['playlist'], 'radosgw');
		judged('s3Compatible', ['playlist'], 'ffprobe');
		rmSync(folder, { recursive: true });
	});

	it('makes a playlist of each user and track of an individual recording, and each plays', async () => {
		const sid = '22222222222222222222222222222222';
		const sent = [
			['101__uid_e_av', { slices: 2, sound: true }],
			['102__uid_e_audio', { slices: 3, sound: true, picture: false }],
			['102__uid_e_video', { slices: 4 }],
		] as const;
		for (const [name, part] of sent) {
			const base = `${sid}_c__uid_s_${name}`;
			const own = await recorded(base, { prefix: '', start: START, ...part });
			for (const [file, body] of own) await bucket.put(`${FOLDER}${file}`, body);
		}
		const made = await run('getPlaylist', {}, { items: [item({ sid, mode: 'individual' })] });
		assert.deepEqual(
			made.map(({ json: { uid, track, seconds, complete } }) => [uid, track, seconds, complete]),
			[
				['101', 'audio_and_video', 4, true],
				['102', 'audio', 6, true],
				['102', 'video', 8, true],
			],
		);
		const folder = mkdtempSync(join(tmpdir(), 'agora-users-'));
		for (const { json } of made) {
			const file = join(folder, textOf(json.fileName));
			writeFileSync(file, textOf(json.playlist));
			const { seconds } = await probed(file);
			assert.ok(Math.abs(seconds - Number(json.seconds)) < 0.2, `${file}: ${seconds}`);
		}
		rmSync(folder, { recursive: true });
	});

	it('gives no link to a playlist as it lies there: it would open, and play nothing', async () => {
		const access = {
			...{ vendor: 's3Compatible', bucket: BUCKET, endpoint: bucket.server.endpoint },
			keys: bucket.keys.reader,
		};
		const links = storage.linksTo(access, { seconds: 60, now: Date.now() });
		const raw = links(`${FOLDER}${SID}_c.m3u8`).url;
		const { bytes } = await bytesAt(raw);
		const slice = bytes
			.toString()
			.split('\n')
			.find((line) => line.endsWith('.ts'));
		assert.equal((await fetch(new URL(slice ?? '', raw))).status, 403);
	});

	it('tells slices that are not there, and leaves them out when asked', async () => {
		const lost = `${SID}_c_20260927120002000.ts`;
		await bucket.remove(`${FOLDER}${lost}`);
		try {
			const told = await failed('getPlaylist', { options: { waitForFiles: 0 } });
			assert.match(told, /incomplete/);
			assert.match(told, new RegExp(`1 slices of ${SID}_c\\.m3u8`));
			const options = { ifSlicesMissing: 'skip', waitForFiles: 0 };
			const [{ json }] = await run('getPlaylist', { options });
			assert.deepEqual(
				[json.missing, json.gaps, json.complete, json.seconds],
				[[lost], [{ from: new Date(START + 2000).toISOString(), seconds: 2 }], false, 10],
			);
		} finally {
			await bucket.put(`${FOLDER}${lost}`, media.get(lost) ?? '');
		}
	});

	it('says what is denied to a key that only writes, and which fields would mend it', async () => {
		const told = await failed('getMany', {}, { credentials: credentials(bucket.keys.writer) });
		assert.match(told, /The key in 'Access Key' cannot list/);
		assert.match(told, /"s3:ListBucket","Resource":"arn:aws:s3:::lessons"/);
		assert.match(told, /'Separate Key' and fill in 'Read Access Key' and 'Read Secret Key'/);
	});

	const manual = (more: IDataObject = {}) => ({
		...{ recordingSource: 'manual', folder: 'rec/class', sid: SID },
		...more,
	});

	it('finds a recording by folder and SID alone, without its formats', async () => {
		const options = { waitForFiles: 0, ifMissing: 'return', linkAction: 'download' };
		const found = await files('getMany', manual({ options }), { items: [{}] });
		assert.equal(found.length, 2);
		const { headers } = await bytesAt(found[0].link);
		assert.match(headers.get('content-disposition') ?? '', /^attachment; filename="/);
	});

	it('says where it looked, and what for, where nothing is', async () => {
		const other = manual({ sid: 'ffffffffffffffffffffffffffffffff', options: { waitForFiles: 0 } });
		const told = await failed('getMany', other, { items: [{}] });
		assert.match(told, /no files of the recording in the folder "rec\/class\/" of the bucket/);
		assert.match(told, /names that begin with f{32}_/);
		const options = { waitForFiles: 0, ifMissing: 'return' };
		const [nothing, ...more] = await files('getMany', { ...other, options }, { items: [{}] });
		assert.deepEqual(more, []);
		assert.deepEqual([nothing.linkState, nothing.complete], ['missing', false]);
	});

	it('waits until a file is there', async () => {
		const sid = '11111111111111111111111111111111';
		let looks = 0;
		const real = { ...clock };
		let passed = 0;
		clock.now = () => Date.now() + passed;
		clock.sleep = async (ms: number) => {
			passed += ms;
			looks++;
			if (looks === 2) await bucket.put(`${FOLDER}${sid}_c_0.mp4`, 'a film');
		};
		try {
			const [file, ...more] = await files('getMany', {}, { items: [item({ sid })] });
			assert.deepEqual(more, []);
			assert.deepEqual([file.linkState, file.complete], ['ready', true]);
			assert.equal((await bytesAt(file.link)).bytes.toString(), 'a film');
			// Looked for at once, after 15 s and after 30 s: two looks say that it stays as it is.
			assert.ok(passed > 29_000 && passed < 45_000, String(passed));
			judged('s3Compatible', ['wait'], 'radosgw');
		} finally {
			Object.assign(clock, real);
		}
	});

	it('adds links to what Stop lists, with a key that may only read', async () => {
		const start = await run(
			'start',
			{
				...{ channelName: 'class-7', fileNamePrefix: 'rec/stop', options: { verify: false } },
			},
			{ items: [{}] },
		);
		const { json } = start[0];
		const name = `${textOf(json.sid)}_class-7_0.mp4`;
		await bucket.put(`rec/stop/${name}`, 'the lesson');
		simulator.control.advance(20_000);
		const [{ json: stopped }] = await run(
			'stop',
			{},
			{
				items: [json],
				credentials: credentials(bucket.keys.writer, bucket.keys.opener),
			},
		);
		const {
			mainFile,
			files: all,
			outcome,
			failoverChecked,
		} = stopped as never as {
			mainFile: File;
			files: File[];
			outcome: string;
			failoverChecked: boolean;
		};
		assert.equal(outcome, 'stopped');
		assert.deepEqual([mainFile.fileName, mainFile.linkState], [name, 'ready']);
		assert.equal((await bytesAt(mainFile.link)).bytes.toString(), 'the lesson');
		assert.equal(failoverChecked, false);
		assert.deepEqual(
			all.map(({ format, linkState }) => [format, linkState]),
			[
				['mp4', 'ready'],
				['m3u8', 'needsPlaylist'],
			],
		);
	});
});
