import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { having, INDIVIDUAL, MIX, startApi, STORAGE, webRequest } from './harness.mts';
import type { Api, Session } from './harness.mts';
import { FULL, S3, WRITER } from './s3.mts';

const NOW = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

let api: Api;
beforeAll(async () => {
	api = await startApi({ clock: { speed: 0, now: NOW }, storage: {} });
});
afterAll(() => api.sim.close());
beforeEach(() => api.sim.control.reset());

const storage = () => api.sim.control.storage;
const wait = (ms: number) => api.sim.control.advance(ms);
const text = (key: string) => storage().read('recordings', key).toString();
const into = (request: object, [accessKey, secretKey]: readonly [string, string] = FULL) => ({
	...request,
	storageConfig: {
		...STORAGE,
		bucket: 'recordings',
		accessKey,
		secretKey,
		fileNamePrefix: ['a', 'b'],
	},
});
const HLS = into(MIX);
const BOTH = having(HLS, 'recordingFileConfig.avFileType', ['hls', 'mp4']);
/** What lies in the bucket of a recording, without `<folder>/<sid>_<channel>`. */
const namesOf = ({ sid, cname }: Session) =>
	storage()
		.objects()
		.map(({ key }) => key.replace(`a/b/`, '').replace(`${sid}_${cname}`, ''));
const index = ({ sid, cname }: Session) => `a/b/${sid}_${cname}.m3u8`;
const stop = (session: Session) => api.stop(session);

describe('What a recording leaves', () => {
	test('slices one by one, a playlist that grows, MP4 and an end', async () => {
		const session = await api.begin('mix', BOTH);
		wait(14_999);
		expect(namesOf(session)).toEqual([]);
		wait(1);
		expect(namesOf(session)).toEqual(['_20260101000000000.ts', '.m3u8']);
		const name = `${session.sid}_${session.cname}`;
		const head = [
			'#EXTM3U',
			'#EXT-X-VERSION:3',
			'#EXT-X-MEDIA-SEQUENCE:0',
			'#EXT-X-ALLOW-CACHE:YES',
			'#EXT-X-TARGETDURATION:15',
			'#EXT-X-DISCONTINUITY',
			'#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=AUDIO,TIME=20260101000000000',
			'#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=VIDEO,TIME=20260101000000000',
			'#EXTINF:15.000000',
			`${name}_20260101000000000.ts`,
		];
		expect(text(index(session))).toBe([...head, ''].join('\n'));
		wait(20_000);
		expect(storage().objects()).toMatchObject([
			{ modifiedAt: NOW + 15_000, type: 'binary/octet-stream' },
			{ modifiedAt: NOW + 30_000 },
			{ modifiedAt: NOW + 30_000 },
		]);
		await stop(session);
		expect(namesOf(session)).toEqual([
			'_20260101000000000.ts',
			'.m3u8',
			'_20260101000015000.ts',
			'_20260101000030000.ts',
			'_0.mp4',
		]);
		const rest = [
			'#EXTINF:15.000000',
			`${name}_20260101000015000.ts`,
			'#EXTINF:5.000000',
			`${name}_20260101000030000.ts`,
			'#EXT-X-ENDLIST',
		];
		expect(text(index(session))).toBe([...head, ...rest, ''].join('\n'));
	});

	test('comes when the upload ends, MP4 later', async () => {
		api.sim.control.configure({ uploadMs: 4000, mp4DelayMs: 10_000 });
		const session = await api.begin('mix', BOTH);
		wait(20_000);
		await api.stop(session, { async_stop: true });
		wait(3999);
		expect(text(index(session))).not.toContain('ENDLIST');
		expect(namesOf(session)).toHaveLength(2);
		wait(1);
		expect(text(index(session))).toContain('ENDLIST');
		expect(namesOf(session)).toHaveLength(3);
		wait(9999);
		expect(namesOf(session)).toHaveLength(3);
		wait(1);
		expect(namesOf(session).at(-1)).toBe('_0.mp4');
	});

	test('of users: playlists of each, and the merged one', async () => {
		api.sim.control.setPublishers('httpClient463224', ['7']);
		const standard = having(into(INDIVIDUAL), 'recordingConfig.streamMode', 'standard');
		const session = await api.begin('individual', standard);
		wait(16_000);
		await stop(session);
		const base = '__uid_s_7__uid_e_';
		expect(namesOf(session).sort()).toEqual(
			[
				...['audio.m3u8', 'audio_20260101000000000.ts', 'audio_20260101000015000.ts'],
				...['video.m3u8', 'video_20260101000000000.ts', 'video_20260101000015000.ts'],
				'av.m3u8',
			]
				.map((name) => base + name)
				.sort(),
		);
		const merged = text(`a/b/${session.sid}_${session.cname}${base}av.m3u8`);
		expect(merged).toContain(`URI="${session.sid}_${session.cname}${base}audio.m3u8"`);
		expect(merged).toContain(`\n${session.sid}_${session.cname}${base}video.m3u8\n`);
	});

	test('of screenshots: pictures', async () => {
		const session = await api.begin(
			'individual',
			into({
				recordingConfig: { channelType: 0, subscribeUidGroup: 0 },
				snapshotConfig: { captureInterval: 10, fileType: ['jpg'] },
			}),
		);
		wait(25_000);
		await stop(session);
		const name = '__uid_s_123__uid_e_video_202601010000';
		expect(namesOf(session)).toEqual(['00000', '10000', '20000'].map((at) => `${name}${at}.jpg`));
	});

	test('of a page', async () => {
		const request = into(webRequest({ maxVideoDuration: 30 }));
		const both = having(request, 'recordingFileConfig.avFileType', ['hls', 'mp4']);
		const session = await api.begin('web', both);
		wait(30 * MINUTE);
		expect(namesOf(session)).toHaveLength(122);
		await stop(session);
		expect(namesOf(session).slice(-2)).toEqual(['_0.mp4', '_1.mp4']);
	});

	test('with the comma that was asked for', async () => {
		const privateParams = JSON.stringify({ correctEXTINF: true });
		const session = await api.begin(
			'mix',
			having(HLS, 'recordingConfig.privateParams', privateParams),
		);
		wait(15_000);
		expect(text(index(session))).toContain('#EXTINF:15.000000,\n');
	});

	test('after a failover: another playlist, and a gap', async () => {
		const session = await api.begin('mix', HLS);
		wait(20_000);
		api.sim.control.failover(session.sid, 30_000);
		wait(40_000);
		await stop(session);
		expect(namesOf(session)).toEqual([
			'_20260101000000000.ts',
			'.m3u8',
			'bak0__20260101000050000.ts',
			'bak0_.m3u8',
		]);
		expect(text(index(session))).not.toContain('ENDLIST');
		const bak = text(index(session).replace('a/b/', 'a/b/bak0_'));
		expect(bak).toContain(
			`\nbak0_${session.sid}_${session.cname}_20260101000050000.ts\n#EXT-X-ENDLIST`,
		);
	});

	test('when it was killed: no end, and what was under way is lost', async () => {
		const session = await api.begin('mix', BOTH);
		wait(20_000);
		api.sim.control.kill(session.sid);
		wait(MINUTE);
		expect(namesOf(session)).toEqual(['_20260101000000000.ts', '.m3u8']);
		expect(text(index(session))).not.toContain('ENDLIST');
	});

	test('through the backup: later, under another name', async () => {
		api.sim.control.configure({ uploadingStatus: 'backuped', backupDelayMs: MINUTE });
		const session = await api.begin('mix', HLS);
		wait(20_000);
		await stop(session);
		wait(MINUTE - 1);
		expect(namesOf(session)).toEqual(['_20260101000000000.ts', '.m3u8']);
		wait(1);
		expect(namesOf(session)).toEqual([
			'_20260101000000000.ts',
			'.m3u8',
			'_20260101000015000.ts',
			`_${NOW + 20_000}_0.m3u8`,
		]);
		expect(text(index(session))).not.toContain('ENDLIST');
		expect(text(index(session).replace('.m3u8', `_${NOW + 20_000}_0.m3u8`))).toContain('ENDLIST');
	});

	test('nothing where nobody publishes', async () => {
		api.sim.control.setPublishers('httpClient463224', []);
		const session = await api.begin('mix', BOTH);
		wait(MINUTE);
		expect(namesOf(session)).toEqual([]);
	});
});

describe('Whether it may be stored', () => {
	test('the key writes, and can do nothing else', async () => {
		const session = await api.begin('mix', into(MIX, WRITER));
		wait(16_000);
		await stop(session);
		expect(namesOf(session)).toHaveLength(3);
		const s3 = new S3(api.sim);
		const place = `/recordings/${index(session)}`;
		expect((await s3.get(place, { keys: WRITER })).status).toBe(403);
		expect((await s3.get(place)).body.toString()).toContain('ENDLIST');
	});

	test.each([
		['may not write', ['example-read-key', 'example-read-secret'] as const],
		['has another secret', ['example-access-key', 'x'] as const],
		['is unknown', ['x', 'x'] as const],
	])('a key that %s: the recording fails and leaves nothing', async (_what, keys) => {
		const session = await api.begin('mix', into(MIX, keys));
		wait(20_000);
		expect(api.sim.control.recording(session.sid).failure).toMatchObject({
			blame: 'storage',
			because: 'the access key may not write there',
		});
		expect((await api.query(session)).status).toBe(404);
		expect(namesOf(session)).toEqual([]);
	});

	test('of other buckets nothing is known', async () => {
		const session = await api.begin('mix', MIX);
		wait(20_000);
		expect((await stop(session)).status).toBe(200);
		expect(storage().objects()).toEqual([]);
	});

	test('a key that loses the right meanwhile', async () => {
		const session = await api.begin('mix', HLS);
		wait(15_000);
		storage().setKey({ accessKey: FULL[0], secretKey: FULL[1], rights: ['read', 'list'] });
		wait(15_000);
		expect(namesOf(session)).toHaveLength(2);
		storage().setKey({ accessKey: FULL[0], secretKey: FULL[1] });
		expect(namesOf(session)).toHaveLength(3);
	});

	test('a write-once bucket keeps the first playlist', async () => {
		storage().setBucket({ name: 'recordings', writeOnce: true });
		const session = await api.begin('mix', HLS);
		wait(40_000);
		await stop(session);
		expect(text(index(session)).match(/EXTINF/g)).toHaveLength(1);
		expect(namesOf(session)).toHaveLength(4);
	});

	test('what was uploaded before an update lies where it lay', async () => {
		storage().setBucket({ name: 'other' });
		const session = await api.begin('mix', HLS);
		wait(15_000);
		const { storageConfig } = HLS;
		const elsewhere = { ...storageConfig, bucket: 'other' };
		await api.post(session, 'update', { storageConfig: elsewhere });
		wait(15_000);
		const buckets = storage()
			.objects()
			.map(({ bucket }) => bucket);
		expect(buckets).toEqual(['recordings', 'recordings', 'other', 'other']);
	});

	test('what was removed does not come again', async () => {
		const session = await api.begin('mix', HLS);
		wait(16_000);
		await stop(session);
		storage().remove('recordings', index(session));
		wait(MINUTE);
		expect(namesOf(session)).toHaveLength(2);
	});
});

describe('What is in it', () => {
	const media = join(import.meta.dirname, '../../simulator/media');

	test('a real MP4 file and real slices, small ones', async () => {
		const session = await api.begin('mix', BOTH);
		wait(15_000);
		await stop(session);
		const base = `a/b/${session.sid}_${session.cname}`;
		const mp4 = storage().read('recordings', `${base}_0.mp4`);
		expect(mp4).toEqual(readFileSync(join(media, 'recording.mp4')));
		// Its index stands before the content, so that a browser plays it while it comes.
		expect(mp4.toString('latin1', 4, 8)).toBe('ftyp');
		expect(mp4.indexOf('moov')).toBeLessThan(mp4.indexOf('mdat'));
		const slice = storage().read('recordings', `${base}_20260101000000000.ts`);
		expect([slice[0], slice.length % 188]).toEqual([0x47, 0]);
		for (const file of [mp4, slice]) expect(file.length).toBeLessThan(40 * 1024);
	});

	test('what the test wants: a function, or a folder', async () => {
		const given = [(kind: string, key: string) => Buffer.from(`${kind} of ${key}`), media];
		for (const one of given) {
			const other = await startApi({ clock: { speed: 0, now: NOW }, storage: { media: one } });
			const session = await other.begin('mix', HLS);
			other.sim.control.advance(15_000);
			const key = `a/b/${session.sid}_${session.cname}_20260101000000000.ts`;
			const slice = other.sim.control.storage.read('recordings', key);
			if (typeof one === 'string') expect(slice[0]).toBe(0x47);
			else expect(slice.toString()).toBe(`slice.mpegts of ${key}`);
			await other.sim.close();
		}
	});
});
