import { INDIVIDUAL, MIX, SECURED_APP_ID, startApi, webRequest, WHO } from './harness.mts';
import type { Api } from './harness.mts';

const MINUTE = 60_000;

describe('resource IDs and quotas', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const acquired = async (clientRequest: object = {}, who = WHO) =>
		((await api.acquire(clientRequest, who)).data as { resourceId: string }).resourceId;

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
		await api.begin('web', webRequest(), { who: { ...WHO, uid: '3' } });
		expect((await api.acquire()).status).toBe(200);
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
});
