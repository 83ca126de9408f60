import {
	APP_ID,
	having,
	HLS,
	INDIVIDUAL,
	MIX,
	SECURED_APP_ID,
	serverResponse,
	startApi,
	STORAGE,
	until,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api, Session } from './harness.mts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOT_FOUND = 'failed to find worker';

describe('lives', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const acquired = async (clientRequest: object = {}, who = WHO) =>
		((await api.acquire(clientRequest, who)).data as { resourceId: string }).resourceId;
	const statusOf = async (session: Session) => {
		const reply = await api.query(session);
		return reply.status === 200 ? serverResponse(reply).status : reply.status;
	};

	describe('resource ID', () => {
		test('is new with every acquire', async () => {
			expect(await acquired()).not.toBe(await acquired());
		});

		test('lives five minutes', async () => {
			const resourceId = await acquired();
			api.sim.control.advance(5 * MINUTE);
			expect((await api.start(resourceId, 'mix', MIX)).status).toBe(200);
			const late = await acquired({}, { ...WHO, uid: '2' });
			api.sim.control.advance(5 * MINUTE + 1);
			const reply = await api.start(late, 'mix', MIX, { ...WHO, uid: '2' });
			expect(reply.status).toBe(400);
			expect(reply.data).toMatchObject({ code: 433 });
		});

		test('serves one start: 201/7 while that runs, refused afterwards', async () => {
			const session = await api.begin('mix', MIX);
			const again = await api.start(session.resourceId, 'mix', MIX);
			expect(again.status).toBe(201);
			expect(again.data).toEqual({ code: 7, reason: 'already started' });
			await api.stop(session);
			const { data } = await api.start(session.resourceId, 'mix', MIX);
			expect(data).toMatchObject({ code: 433 });
			expect(api.sim.control.recordings()).toHaveLength(1);
		});

		test('that is damaged cannot be parsed: 1001', async () => {
			const resourceId = await acquired();
			for (const damaged of [resourceId.slice(0, -1), `x${resourceId}`, 'abc']) {
				const { data, status } = await api.start(damaged, 'mix', MIX);
				expect({ data, status }).toMatchObject({ status: 400, data: { code: 1001 } });
			}
		});

		test('belongs to an App ID (1003), a channel and a uid (432)', async () => {
			const resourceId = await acquired();
			const other = await api.start(resourceId, 'mix', MIX, WHO, SECURED_APP_ID);
			expect(other.data).toMatchObject({ code: 1003 });
			for (const who of [
				{ ...WHO, cname: 'other' },
				{ ...WHO, uid: '1' },
			]) {
				const { data } = await api.start(resourceId, 'mix', MIX, who);
				expect(data).toMatchObject({ code: 432 });
			}
		});

		test('with startParameter binds the start to it', async () => {
			const same = { ...MIX, recordingConfig: { maxIdleTime: 30, channelType: 0 } };
			const swapped = { ...MIX, recordingConfig: { channelType: 0, maxIdleTime: 30 } };
			const refused = await api.tryStart('mix', MIX, { acquire: { startParameter: same } });
			expect(refused.status).toBe(400);
			expect(refused.data).toMatchObject({ code: 2 });
			const fine = await api.tryStart('mix', swapped, { acquire: { startParameter: same } });
			expect(fine.status).toBe(200);
		});

		test('with a startParameter that is no good is given out all the same', async () => {
			expect((await api.acquire({ startParameter: { nonsense: true } })).status).toBe(200);
		});
	});

	test('one recording per App ID, channel and uid at a time', async () => {
		const first = await api.begin('mix', MIX);
		const conflict = await api.tryStart('mix', MIX);
		expect(conflict.status).toBe(400);
		expect(conflict.data).toEqual({ code: 53, reason: 'task conflict' });
		await api.begin('mix', MIX, { who: { ...WHO, uid: '2' } });
		await api.begin('mix', MIX, { who: { ...WHO, cname: 'other' } });
		await api.stop(first);
		await api.begin('mix', MIX);
	});

	test('quotas: acquire is refused, and so is a start that got in before', async () => {
		api.sim.control.configure({ pcw: { recording: 2 } });
		const spare = await acquired({}, { ...WHO, uid: '9' });
		const first = await api.begin('mix', MIX, { who: { ...WHO, uid: '1' } });
		await api.begin('individual', INDIVIDUAL, { who: { ...WHO, uid: '2' } });
		const refused = await api.acquire();
		expect(refused.status).toBe(400);
		expect(refused.data).toEqual({ code: 406, reason: 'vendor_over_load' });
		const start = await api.start(spare, 'mix', MIX, { ...WHO, uid: '9' });
		expect(start.status).toBe(500);
		expect(start.data).toEqual({ code: 502, reason: 'Failed to allocate worker' });
		expect((await api.acquire({ scene: 1 })).status).toBe(200);
		await api.stop(first);
		expect((await api.acquire()).status).toBe(200);
	});

	test('default quotas are 50 and 200', () => {
		expect(api.sim.control.settings().pcw).toEqual({ recording: 50, web: 200 });
	});

	test('status goes from 0 to 5', async () => {
		const session = await api.begin('mix', MIX);
		const seen = [];
		for (let step = 0; step < 7; step++) {
			seen.push(await statusOf(session));
			api.sim.control.advance(400);
		}
		expect(seen).toEqual([0, 1, 2, 3, 4, 5, 5]);
	});

	test('status stays 4 until somebody publishes', async () => {
		api.sim.control.setPublishers(WHO.cname, []);
		const session = await api.begin('mix', MIX);
		api.sim.control.advance(10_000);
		expect(await statusOf(session)).toBe(4);
		api.sim.control.setPublishers(WHO.cname, ['7']);
		expect(await statusOf(session)).toBe(5);
	});

	describe('idle exit', () => {
		test('after maxIdleTime without publishers, 30 s by default', async () => {
			const session = await api.begin('mix', MIX);
			api.sim.control.advance(HOUR);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.setPublishers(WHO.cname, []);
			api.sim.control.advance(29_999);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.advance(1);
			expect(await statusOf(session)).toBe(7);
			expect((await api.stop(session)).data).toMatchObject({ code: 49 });
			api.sim.control.advance(5000);
			expect(await statusOf(session)).toBe(404);
			expect((await api.stop(session)).status).toBe(404);
			expect(api.sim.control.recording(session.sid).ended).toMatchObject({ cause: 'idle' });
		});

		test('a publisher who comes in time starts the count anew', async () => {
			const request = having(MIX, 'recordingConfig.maxIdleTime', 60);
			api.sim.control.setPublishers(WHO.cname, []);
			const session = await api.begin('mix', request);
			api.sim.control.advance(59_000);
			api.sim.control.setPublishers(WHO.cname, ['7']);
			api.sim.control.advance(HOUR);
			api.sim.control.setPublishers(WHO.cname, []);
			api.sim.control.advance(59_000);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.advance(7000);
			expect(await statusOf(session)).toBe(404);
		});

		test('channels can be planned when the simulator starts', async () => {
			const planned = await startApi({
				channels: {
					[WHO.cname]: [
						{ afterMs: 0, uids: ['7'] },
						{ afterMs: 20_000, uids: [] },
					],
				},
			});
			const session = await planned.begin('mix', MIX);
			planned.sim.control.advance(49_000);
			expect((await planned.query(session)).status).toBe(200);
			planned.sim.control.advance(7000);
			expect((await planned.query(session)).status).toBe(404);
			await planned.sim.close();
		});

		test('does not concern web pages, which end after maxRecordingHour', async () => {
			const { cname } = WHO;
			api.sim.control.setPublishers(cname, []);
			const session = await api.begin('web', webRequest({ maxRecordingHour: 2 }));
			api.sim.control.advance(2 * HOUR - 1);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.advance(1);
			expect(await statusOf(session)).toBe(7);
			api.sim.control.advance(5000);
			expect(await statusOf(session)).toBe(404);
		});
	});

	describe('stop', () => {
		test('again: 400/49 for a while, then 404; query is 404 at once', async () => {
			const session = await api.begin('mix', MIX);
			expect((await api.stop(session)).status).toBe(200);
			const again = await api.stop(session);
			expect(again.status).toBe(400);
			expect(again.data).toEqual({ code: 49, reason: 'invalid operation' });
			expect(await statusOf(session)).toBe(404);
			api.sim.control.advance(5000);
			expect((await api.stop(session)).status).toBe(404);
			expect(api.sim.control.recording(session.sid).ended?.cause).toBe('stop');
		});

		test.each(['mix', 'individual'])('%s: nobody ever published is 206/435', async (mode) => {
			api.sim.control.setPublishers(WHO.cname, []);
			const session = await api.begin(mode, mode === 'mix' ? MIX : INDIVIDUAL);
			api.sim.control.advance(10_000);
			const reply = await api.stop(session);
			expect(reply.status).toBe(206);
			expect(reply.data).toEqual({ code: 435, reason: 'no recorded data' });
		});

		test('waits for the upload, and says uploaded', async () => {
			api.sim.control.configure({ uploadMs: 8000 });
			const session = await api.begin('mix', MIX);
			let answered = false;
			const stopping = api.stop(session).finally(() => (answered = true));
			await until(() => api.sim.control.recording(session.sid).phase === 'exiting');
			api.sim.control.advance(7999);
			expect((await api.stop(session)).data).toMatchObject({ code: 49 });
			expect(answered).toBe(false);
			api.sim.control.advance(1);
			const reply = await stopping;
			expect(reply.status).toBe(200);
			expect(serverResponse(reply).uploadingStatus).toBe('uploaded');
		});

		test('gives up on an upload of more than 20 s: code 50', async () => {
			api.sim.control.configure({ uploadMs: 20_001 });
			const session = await api.begin('mix', MIX);
			const stopping = api.stop(session);
			await until(() => api.sim.control.recording(session.sid).phase === 'exiting');
			api.sim.control.advance(20_000);
			const reply = await stopping;
			expect(reply.status).toBe(206);
			expect(reply.data).toMatchObject({ code: 50 });
		});

		test('asynchronously: at once, then status 6, 7 and 404', async () => {
			api.sim.control.configure({ uploadMs: 8000 });
			const session = await api.begin('mix', MIX);
			const reply = await api.stop(session, { async_stop: true });
			expect(reply.status).toBe(200);
			expect(reply.data).toMatchObject({ sid: session.sid });
			expect(await statusOf(session)).toBe(6);
			api.sim.control.advance(8000);
			expect(await statusOf(session)).toBe(7);
			api.sim.control.advance(5000);
			expect(await statusOf(session)).toBe(404);
		});

		test('with a query meanwhile is 206 without fileList', async () => {
			api.sim.control.configure({ uploadMs: 8000 });
			const session = await api.begin('mix', MIX);
			const stopping = api.stop(session);
			await until(() => api.sim.control.recording(session.sid).phase === 'exiting');
			expect(await statusOf(session)).toBe(6);
			expect(api.sim.control.requests().at(-1)?.warnings.join()).toContain('errors.md 7');
			api.sim.control.advance(8000);
			const reply = await stopping;
			expect(reply.status).toBe(206);
			expect(serverResponse(reply)).not.toHaveProperty('fileList');
		});

		test('reports backuped when the temporary credential has run out', async () => {
			const expires = Math.floor(api.sim.control.clock().now / 1000) + 5 * 3600;
			const request = {
				...MIX,
				storageConfig: { ...STORAGE, stsToken: 't', stsExpiration: expires },
			};
			const session = await api.begin('mix', request);
			api.sim.control.advance(6 * HOUR);
			expect(serverResponse(await api.stop(session)).uploadingStatus).toBe('backuped');
		});

		test.each(['backuped', 'unknown'] as const)('can be told to report %s', async (status) => {
			api.sim.control.configure({ uploadingStatus: status });
			const session = await api.begin('mix', MIX);
			expect(serverResponse(await api.stop(session)).uploadingStatus).toBe(status);
		});
	});

	describe('404', () => {
		test('has the shape seen in the field', async () => {
			const session = await api.begin('mix', MIX);
			api.sim.control.kill(session.sid);
			for (const reply of [await api.query(session), await api.stop(session)]) {
				const { resourceId, sid } = session;
				expect(reply.status).toBe(404);
				expect(reply.data).toMatchObject({ ...WHO, resourceId, sid, code: 404 });
				expect(serverResponse(reply)).toMatchObject({ payload: { message: NOT_FOUND } });
				expect(reply.data).not.toHaveProperty('reason');
			}
		});

		test('can have the documented shape', async () => {
			api.sim.control.configure({ notFoundForm: 'documented' });
			const session = await api.begin('mix', MIX);
			api.sim.control.kill(session.sid);
			expect((await api.query(session)).data).toEqual({ code: 404, reason: NOT_FOUND });
		});

		test('comes when resourceExpiredHour is over, though the recording runs on', async () => {
			const session = await api.begin('mix', MIX, { acquire: { resourceExpiredHour: 1 } });
			api.sim.control.advance(HOUR - 1);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.advance(1);
			expect(await statusOf(session)).toBe(404);
			expect((await api.stop(session)).status).toBe(404);
			expect((await api.post(session, 'update', {})).status).toBe(404);
			expect(api.sim.control.recording(session.sid).phase).toBe('running');
		});

		test('comes for a resource that was never started', async () => {
			const resourceId = await acquired();
			const session = { ...WHO, appId: APP_ID, mode: 'mix', resourceId, sid: 'a'.repeat(32) };
			expect(await statusOf(session)).toBe(404);
		});
	});

	test('an abnormal end shows as status 20 for a while', async () => {
		const session = await api.begin('mix', MIX);
		api.sim.control.kill(session.sid, { abnormal: true });
		expect(await statusOf(session)).toBe(20);
		api.sim.control.advance(5000);
		expect(await statusOf(session)).toBe(404);
	});

	test('later calls name what was started: sid (1003), channel and uid (432), mode (2)', async () => {
		const session = await api.begin('mix', MIX);
		const sid = { ...session, sid: 'a'.repeat(32) };
		expect((await api.query(sid)).data).toMatchObject({ code: 1003 });
		expect((await api.stop({ ...session, cname: 'other' })).data).toMatchObject({ code: 432 });
		expect((await api.stop({ ...session, uid: '1' })).data).toMatchObject({ code: 432 });
		expect((await api.query({ ...session, mode: 'individual' })).data).toMatchObject({ code: 2 });
		expect((await api.query({ ...session, resourceId: 'x' })).data).toMatchObject({ code: 1001 });
		expect((await api.query({ ...session, appId: SECURED_APP_ID })).data).toMatchObject({
			code: 1003,
		});
		expect(await statusOf(session)).toBe(0);
	});

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
				because: expect.stringContaining(because),
			});
		};

		test.each(['bucket', 'accessKey', 'secretKey'])('a wrong %s', async (name) => {
			api.sim.control.configure({ buckets: [STORAGE] });
			await diesOf('mix', having(MIX, `storageConfig.${name}`, 'wrong'), 'bucket');
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

	test('individual needs nothing but hls, and screenshots nothing at all', async () => {
		await api.begin('individual', { ...INDIVIDUAL, recordingFileConfig: HLS });
		await api.begin(
			'individual',
			{
				...having(INDIVIDUAL, 'recordingFileConfig', undefined),
				snapshotConfig: { fileType: ['jpg'] },
			},
			{ who: { ...WHO, uid: '2' } },
		);
		const warned = api.sim.control.requests().filter(({ warnings }) => warnings.length > 0);
		expect(warned).toEqual([]);
	});
});
