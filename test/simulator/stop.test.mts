import {
	APP_ID,
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

describe('the end of a recording', () => {
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

		test('web: a page on hold from the start is 200 without files', async () => {
			const session = await api.begin('web', webRequest({ onhold: true }));
			const reply = await api.stop(session);
			expect(reply.status).toBe(200);
			expect(serverResponse(reply)).toMatchObject({
				extensionServiceState: [{ payload: { fileList: [] } }, {}],
			});
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

		test('that meets a query on its way is 206 too', async () => {
			const session = await api.begin('mix', MIX);
			const match = { operation: 'query' } as const;
			api.sim.control.addFault({ match, fault: { kind: 'slow', ms: 300 } });
			const query = api.query(session);
			await until(() => api.sim.control.requests().at(-1)?.fault !== undefined);
			expect((await api.stop(session)).status).toBe(206);
			await query;
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
});
