import { mp4, transportStream } from '../../simulator/media.mts';
import { startObjectStore, type ObjectStore } from '../e2e/objectStore.mts';
import { INDIVIDUAL, MIX, startApi, STORAGE, type Api } from './harness.mts';

let api: Api;
let store: ObjectStore;

beforeAll(async () => {
	store = await startObjectStore('eu-central-1', 'example-access-key');
	api = await startApi({ uploadTo: store.url, clock: { speed: 0, now: Date.UTC(2026, 0, 1) } });
});
afterAll(async () => {
	await api.sim.close();
	await store.close();
});
beforeEach(() => {
	api.sim.control.reset();
	store.objects.clear();
});

const WITH_PREFIX = { ...STORAGE, fileNamePrefix: ['a', 'b'] };
const keys = () => [...store.objects.keys()];

describe('A stop uploads', () => {
	test('playlist, slice and MP4 files, below bucket and prefix', async () => {
		const session = await api.begin('mix', {
			...MIX,
			recordingFileConfig: { avFileType: ['hls', 'mp4'] },
			storageConfig: WITH_PREFIX,
		});
		api.sim.control.advance(60_000);
		expect(keys()).toEqual([]);
		expect((await api.stop(session)).status).toBe(200);
		const name = `b/a/b/${session.sid}_${session.cname}`;
		expect(keys()).toEqual([`${name}.m3u8`, `${name}_20260101000000000.ts`, `${name}_0.mp4`]);
		const playlist = store.objects.get(`${name}.m3u8`)?.bytes.toString() ?? '';
		expect(playlist).toContain(`\n${session.sid}_${session.cname}_20260101000000000.ts\n`);
		expect(playlist).toMatch(/^#EXTM3U\n[^]*#EXT-X-ENDLIST\n$/);
	});

	test('the playlists of users', async () => {
		const session = await api.begin('individual', INDIVIDUAL);
		api.sim.control.advance(60_000);
		await api.stop(session);
		expect(keys().length).toBeGreaterThan(0);
		expect(keys().every((key) => /__uid_s_\d+__uid_e_(audio|video)/.test(key))).toBe(true);
	});

	test('nothing when it is refused', async () => {
		const session = await api.begin('mix', MIX);
		api.sim.control.setPublishers(session.cname, []);
		api.sim.control.advance(10_000);
		expect((await api.stop(session)).status).toBe(206);
		expect(keys()).toEqual([]);
	});
});

describe('What is uploaded', () => {
	test('is an MP4 file: boxes that fill it', () => {
		const file = mp4(1000);
		const types: string[] = [];
		for (let at = 0; at < file.length; at += file.readUInt32BE(at)) {
			types.push(file.toString('latin1', at + 4, at + 8));
		}
		expect(types).toEqual(['ftyp', 'moov', 'mdat']);
		expect(file.readUInt32BE(file.indexOf('mvhd') - 4)).toBe(108);
	});

	test('is a transport stream: packets of 188 bytes, tables first', () => {
		const stream = transportStream();
		expect(stream.length % 188).toBe(0);
		const pids = [];
		for (let at = 0; at < stream.length; at += 188) {
			expect(stream[at]).toBe(0x47);
			pids.push(stream.readUInt16BE(at + 1) & 0x1fff);
		}
		expect(pids).toEqual([0, 0x100, 0x1fff, 0x1fff]);
	});
});
