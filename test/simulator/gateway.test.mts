import { APP_ID, matching, MIX, SECRET, startApi, until, WHO } from './harness.mts';
import type { Api } from './harness.mts';

const ACQUIRE = `/v1/apps/${APP_ID}/cloud_recording/acquire`;
const BODY = { ...WHO, clientRequest: {} };
const DISABLED = 'd'.repeat(32);
const OVERDUE = 'e'.repeat(32);
const FOREIGN = 'f'.repeat(32);
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('gateway', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi({
			accounts: [
				{
					customerId: 'example-customer-id',
					customerSecret: SECRET,
					apps: [
						{ appId: APP_ID },
						{ appId: DISABLED, enabled: false },
						{ appId: OVERDUE, overdue: true },
					],
				},
				{ customerId: 'other', customerSecret: 'other', apps: [{ appId: FOREIGN }] },
			],
		});
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const acquireFor = (appId: string) =>
		api.request('POST', `/v1/apps/${appId}/cloud_recording/acquire`, BODY);

	test('a missing Authorization header', async () => {
		const reply = await api.request('POST', ACQUIRE, BODY, { Authorization: '' });
		expect(reply.status).toBe(401);
		expect(reply.data).toEqual({ message: 'Unauthorized' });
	});

	test.each([
		['wrong secret', basic('example-customer-id:wrong')],
		['wrong id', basic(`nobody:${SECRET}`)],
		['no Basic', Buffer.from(`example-customer-id:${SECRET}`).toString('base64')],
		['another scheme', 'Bearer abc'],
	])('%s', async (_what, Authorization) => {
		const reply = await api.request('POST', ACQUIRE, BODY, { Authorization });
		expect(reply.status).toBe(401);
		expect(reply.data).toEqual({ message: 'Invalid authentication credentials' });
	});

	test('an App ID of another account', async () => {
		const reply = await acquireFor(FOREIGN);
		expect(reply.status).toBe(401);
		expect(reply.data).toEqual({ message: 'Invalid authentication credentials' });
	});

	test.each(['nonsense', '0'.repeat(32)])('App ID %s is invalid', async (appId) => {
		const reply = await acquireFor(appId);
		expect(reply.status).toBe(400);
		expect(reply.data).toEqual({ message: 'appid is invalid' });
	});

	test('an App ID without the service: acquire says it in its own way', async () => {
		expect((await acquireFor(DISABLED)).data).toEqual({ code: 400, reason: 'invalid_appid' });
		const { data } = await api.start('x', 'mix', MIX, WHO, DISABLED);
		expect(data).toEqual({ message: 'appid is invalid' });
	});

	test('an overdue account', async () => {
		const reply = await acquireFor(OVERDUE);
		expect(reply.status).toBe(400);
		expect(reply.data).toEqual({ code: 405, reason: 'no_active_status' });
	});

	test.each([
		['GET', ACQUIRE],
		['PUT', ACQUIRE],
		['POST', '/v1/apps'],
		['POST', `/v1/apps/${APP_ID}/acquire`],
		['POST', `/v1/apps/${APP_ID}/Cloud_Recording/acquire`],
		['POST', `/v1/apps/${APP_ID}/cloud_recording/resourceid/r/mode/Web/start`],
		['POST', `/v1/apps/${APP_ID}/cloud_recording/resourceid/r/sid/s/mode/web/updateLayout`],
		['POST', `/v1/apps/${APP_ID}/cloud_recording/resourceid/r/sid/s/mode/mix/query`],
		['GET', '/%zz'],
	])('no route: %s %s', async (method, path) => {
		const reply = await api.request(method, path, method === 'GET' ? undefined : BODY);
		expect(reply.status).toBe(404);
		expect(reply.data).toEqual({ message: 'no Route matched with those values' });
		expect(reply.headers['x-request-id']).toMatch(/./);
	});

	test('authentication comes before routing', async () => {
		const reply = await api.request('GET', '/nowhere', undefined, { Authorization: '' });
		expect(reply.status).toBe(401);
	});

	test.each([
		['text/plain', JSON.stringify(BODY)],
		['application/json; charset=latin1', JSON.stringify(BODY)],
		['nonsense', JSON.stringify(BODY)],
		['application/json', '{'],
		['application/json', ''],
	])('%s with body %j is code 8', async (type, body) => {
		const reply = await api.request('POST', ACQUIRE, Buffer.from(body), {
			'Content-Type': type,
		});
		expect(reply.status).toBe(400);
		expect(reply.data).toMatchObject({ code: 8 });
	});

	test.each([
		'application/json',
		'application/json;charset=utf-8',
		'application/json; charset=UTF-8',
	])('%s is accepted', async (type) => {
		const reply = await api.request('POST', ACQUIRE, BODY, { 'Content-Type': type });
		expect(reply.status).toBe(200);
	});

	test('X-Request-Id is on every answer, differs, and is in the log', async () => {
		const replies = [await api.acquire(), await api.acquire({ scene: 9 })];
		const ids = replies.map(({ headers }) => headers['x-request-id']);
		expect(new Set(ids).size).toBe(2);
		expect(api.sim.control.requests().map(({ requestId }) => requestId)).toEqual(ids);
	});

	test.each(['/v1/ncs/ip', '/v2/ncs/ip'])('%s lists addresses', async (path) => {
		const reply = await api.request('GET', path);
		expect(reply.status).toBe(200);
		expect(reply.data).toMatchObject({
			data: { service: { hosts: [{ primaryIP: matching(/^[\d.]+$/) }, {}] } },
		});
		expect((await api.request('GET', path, undefined, { Authorization: '' })).status).toBe(401);
	});

	test('latency holds answers back, not what is asked', async () => {
		api.sim.control.configure({ latencyMs: 20 });
		const acquiring = api.acquire();
		await until(() => api.sim.control.resources().length === 1);
		expect(api.sim.control.requests()[0]?.answeredAt).toBeUndefined();
		expect((await acquiring).status).toBe(200);
	});

	test('ten requests a second per App ID; then 429 without effect', async () => {
		api.sim.control.configure({ requestsPerSecond: 10, rateClock: 'virtual' });
		for (let count = 0; count < 10; count++) expect((await api.acquire()).status).toBe(200);
		const refused = await api.acquire();
		expect(refused.status).toBe(429);
		expect(refused.data).toEqual({ message: 'API rate limit exceeded' });
		expect(api.sim.control.resources()).toHaveLength(10);
		expect((await acquireFor(OVERDUE)).status).toBe(400);
		api.sim.control.advance(999);
		// Refused requests do not count, however many they are.
		for (let count = 0; count < 11; count++) expect((await api.acquire()).status).toBe(429);
		api.sim.control.advance(1);
		expect((await api.acquire()).status).toBe(200);
	});
});
