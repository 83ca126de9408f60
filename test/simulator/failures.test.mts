import {
	containing,
	having,
	MIX,
	serverResponse,
	startApi,
	STORAGE,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api, Session } from './harness.mts';

describe('asynchronous failures', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const statusOf = async (session: Session) => {
		const reply = await api.query(session);
		return reply.status === 200 ? serverResponse(reply).status : reply.status;
	};

	describe('what start does not check ends the recording after a few seconds', () => {
		const diesOf = async (mode: string, request: object, because: string) => {
			const session = await api.begin(mode, request);
			api.sim.control.advance(2999);
			expect((await api.query(session)).status).toBe(200);
			api.sim.control.advance(1);
			expect((await api.query(session)).status).toBe(404);
			expect((await api.stop(session)).status).toBe(404);
			expect(api.sim.control.recording(session.sid).ended).toMatchObject({
				cause: 'failure',
				because: containing(because),
			});
		};

		test.each([
			['vendor', 2],
			['region', 1],
			['bucket', 'other'],
			['accessKey', 'other'],
			['secretKey', 'other'],
		])('another %s', async (name, value) => {
			api.sim.control.configure({ buckets: [STORAGE] });
			await diesOf('mix', having(MIX, `storageConfig.${name}`, value), 'bucket');
		});

		test('a region that the vendor does not have', () =>
			diesOf('mix', having(MIX, 'storageConfig.region', 26), 'region'));

		test('a uid that is in the channel already', async () => {
			api.sim.control.setPublishers(WHO.cname, [WHO.uid]);
			await diesOf('mix', MIX, 'uid');
		});

		test('a page that cannot be opened', async () => {
			api.sim.control.configure({ pages: { 'https://example.com/gone': 'unreachable' } });
			await diesOf('web', webRequest({ url: 'https://example.com/gone' }), 'page');
		});

		test.each([
			['fps 24 with 800 kbps', { width: 640, height: 360, fps: 24, bitrate: 800 }],
			['a bitrate that is too high', { width: 640, height: 360, fps: 15, bitrate: 801 }],
			['a bitrate that is too low', { width: 1280, height: 720, fps: 15, bitrate: 1000 }],
		])('%s, if strictProfiles is on', async (_what, transcodingConfig) => {
			const request = having(MIX, 'recordingConfig.transcodingConfig', transcodingConfig);
			const fine = await api.begin('mix', request);
			api.sim.control.advance(10_000);
			expect(await statusOf(fine)).toBe(5);
			await api.stop(fine);
			api.sim.control.configure({ strictProfiles: true });
			await diesOf('mix', request, 'fps');
		});

		test.each([{}, { width: 1280, height: 720, fps: 15, bitrate: 2260 }])(
			'strictProfiles lets %j pass',
			async (transcodingConfig) => {
				api.sim.control.configure({ strictProfiles: true, buckets: [STORAGE] });
				const request = having(MIX, 'recordingConfig.transcodingConfig', transcodingConfig);
				const session = await api.begin('mix', request);
				api.sim.control.advance(10_000);
				expect(await statusOf(session)).toBe(5);
			},
		);
	});

	test('a page that is never ready is given up after two time-outs', async () => {
		api.sim.control.configure({ pages: { 'https://example.com/slow': 'neverReady' } });
		const request = webRequest({ url: 'https://example.com/slow', readyTimeout: 20 });
		const session = await api.begin('web', request);
		api.sim.control.advance(39_999);
		expect(serverResponse(await api.query(session))).toMatchObject({
			extensionServiceState: [{ payload: { state: 'init' } }],
		});
		api.sim.control.advance(1);
		expect(await statusOf(session)).toBe(404);
	});
});
