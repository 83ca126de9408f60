import { createHmac } from 'node:crypto';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { EVENTS } from '../../simulator/index.mts';
import type { HealthCheckInput, SubscriptionInput } from '../../simulator/index.mts';
import { selfSigned } from '../support/certificate.mts';
import { matching, startApi } from './harness.mts';
import type { Api } from './harness.mts';
import { pass, Receiver } from './receiver.mts';

const SECRET = 'webhook-secret';

/** notifications.md 5 and 6: number, name, service type; those that Console does not list last. */
const RECORDING_EVENTS: [number, string, number][] = [
	[1, 'cloud_recording_error', 0],
	[2, 'cloud_recording_warning', 0],
	[3, 'cloud_recording_status_update', 0],
	[4, 'cloud_recording_file_infos', 0],
	[11, 'session_exit', 0],
	[12, 'session_failover', 0],
	[30, 'uploader_started', 2],
	[31, 'uploaded', 2],
	[32, 'backuped', 2],
	[33, 'uploading_progress', 2],
	[40, 'recorder_started', 1],
	[41, 'recorder_leave', 1],
	[42, 'recorder_slice_start', 1],
	[43, 'recorder_audio_stream_state_changed', 1],
	[44, 'recorder_video_stream_state_changed', 1],
	[45, 'recorder_snapshot_file', 1],
	[60, 'vod_started', 4],
	[61, 'vod_triggered', 4],
	[70, 'web_recorder_started', 6],
	[71, 'web_recorder_stopped', 6],
	[72, 'web_recorder_capability_limit', 6],
	[73, 'web_recorder_reload', 6],
	[90, 'download_failed', 8],
	[100, 'rtmp_publish_status', 6],
	[1001, 'postpone_transcode_final_result', 0],
];
const UNLISTED = [13, 34, 46, 47, 80, 81, 110, 111, 112, 113];
const RTC_EVENTS = [101, 102, 103, 104, 105, 106, 107, 108, 111, 112];

test('the table of events is the reference’s', () => {
	const rows = [...(EVENTS.get(3) ?? [])];
	const listed = rows.filter(([, kind]) => kind.listed);
	expect(listed.map(([event, { name, serviceType }]) => [event, name, serviceType])).toEqual(
		RECORDING_EVENTS,
	);
	expect(rows.filter(([, kind]) => !kind.listed).map(([event]) => event)).toEqual(UNLISTED);
	expect([...(EVENTS.get(1)?.keys() ?? [])]).toEqual(RTC_EVENTS);
});

describe('notifications on request', () => {
	let api: Api;
	let receiver: Receiver;
	beforeAll(async () => {
		receiver = await new Receiver().listen();
		api = await startApi();
	});
	afterAll(async () => {
		await api.sim.close();
		await receiver.close();
	});
	beforeEach(() => {
		api.sim.control.reset();
		receiver.reset();
		webhook();
		webhook({}, 1);
	});

	const notifications = () => api.sim.control.notifications;
	const webhook = (more: Partial<SubscriptionInput> = {}, product: 1 | 3 = 3) =>
		notifications().setWebhook(product, { url: receiver.url, secret: SECRET, ...more });
	const wait = (ms = 0) => pass(api.sim, ms);
	const http = async (method: string, path: string, body?: unknown) => {
		const { status, data } = await api.request(method, `/__simulator${path}`, body);
		return { status, data };
	};

	test('any event with the sample of the documents', async () => {
		for (const [event] of RECORDING_EVENTS) notifications().send({ eventType: event });
		await wait();
		const told = receiver.received.map(({ body: { eventType, sid, payload } }) => ({
			eventType,
			same: sid === payload?.sid && matchesSid(sid),
			name: payload?.details.msgName,
			serviceType: payload?.serviceType,
		}));
		told.sort((a, b) => a.eventType - b.eventType);
		expect(told).toEqual(
			RECORDING_EVENTS.map(([eventType, name, serviceType]) => ({
				eventType,
				same: true,
				name,
				serviceType,
			})),
		);
	});
	const matchesSid = (sid: string | undefined): boolean => /^[0-9a-f]{32}$/.test(sid ?? '');

	test('an event that nobody selected is sent all the same', async () => {
		webhook({ events: [31] });
		notifications().send({ eventType: 40 });
		await wait();
		expect(receiver.events).toEqual([40]);
	});

	test('given details, identity and payload', async () => {
		const sid = 'c'.repeat(32);
		const who = { cname: 'room', uid: '5', sid, sequence: 9 };
		notifications().send({ eventType: 31, ...who, noticeId: 'n', details: { status: '0' } });
		notifications().send({ eventType: 999, ...who, serviceType: 3, details: { msgName: 'new' } });
		notifications().send({ eventType: 40, ...who, payload: { odd: true } });
		notifications().send({ eventType: 40, payload: null });
		await wait();
		const bodies = receiver.received.map(({ body }) => body);
		const find = (event: number, has: string) =>
			bodies.find((body) => body.eventType === event && JSON.stringify(body).includes(has));
		expect(find(31, 'room')).toMatchObject({
			noticeId: 'n',
			payload: { ...who, serviceType: 2, details: { msgName: 'uploaded', status: '0' } },
		});
		expect(find(999, 'room')).toMatchObject({
			payload: { serviceType: 3, details: { msgName: 'new' } },
		});
		expect(find(40, 'odd')).toMatchObject({ sid, payload: { odd: true } });
		const bare = bodies.find((body) => body.eventType === 40 && !('payload' in body));
		expect(Object.keys(bare ?? {})).toEqual(['noticeId', 'productId', 'eventType', 'notifyMs']);
	});

	test.each([
		[11, { exitStatus: 1 }],
		[30, { status: 1 }],
		[31, { status: 1, fileList: expect.any(Array) as unknown }],
		[32, { status: 1, fileList: expect.any(Array) as unknown }],
		[40, { status: 1 }],
		[41, { leaveCode: 0 }],
		[71, { code: 6, message: 'recorder_error ' }],
	])('%d in an abnormal state', async (eventType, details) => {
		notifications().send({ eventType, sample: 'abnormal' });
		await wait();
		expect(receiver.details(eventType)).toMatchObject([details]);
	});

	test.each([
		[31, { status: '0' }, []],
		[90, { vendor: 1, filename: 'a.ts;b.ts' }, ['fileName']],
		[44, { UtcMs: 1_619_172_632_080 }, ['utcMs']],
		[71, { code: 0, fileList: [{ fileName: 'xxx.m3u8' }] }, []],
		[40, { status: 0 }, []],
	])('%d as another page has it', async (eventType, details, absent) => {
		notifications().send({ eventType, sample: 'other' });
		await wait();
		const [told] = receiver.details(eventType);
		expect(told).toMatchObject(details);
		for (const name of absent) expect(told).not.toHaveProperty(name);
	});

	test('of RTC: seconds and no sid', async () => {
		notifications().send({ productId: 1, eventType: 104, cname: 'class7', uid: '9' });
		await wait();
		const { ts, ...payload } = receiver.received[0].body.payload as unknown as { ts: number };
		expect(String(ts)).toMatch(/^\d{10}$/);
		expect(payload).toEqual({
			channelName: 'class7',
			uid: 9,
			platform: 1,
			clientSeq: 1_625_051_030_789,
			reason: 1,
			duration: 600,
		});
		expect(receiver.received[0].body).not.toHaveProperty('sid');
	});

	test('another product’s events under Cloud Recording’s ID', async () => {
		notifications().send({ eventType: 110 });
		await wait();
		const { payload } = receiver.received[0].body;
		expect(payload).toMatchObject({
			serviceScene: 'rtsc/cloud-transcoder',
			instanceId: 'instance',
		});
		expect(payload).not.toHaveProperty('cname');
	});

	test('any bytes, headers, signatures and secrets', async () => {
		notifications().send({ eventType: 31, raw: '{"broken', headers: { 'Content-Type': 'text/x' } });
		await wait();
		notifications().send({ eventType: 31, secret: 'forged' });
		await wait();
		notifications().send({ eventType: 31, signatures: ['v1'] });
		await wait();
		notifications().send({ eventType: 31, signatures: [] });
		await wait();
		const [broken, forged, old, unsigned] = receiver.received;
		const sign = (raw: Buffer, secret: string) =>
			createHmac('sha256', secret).update(raw).digest('hex');
		expect(broken.raw.toString()).toBe('{"broken');
		expect(broken.headers['content-type']).toBe('text/x');
		expect(broken.headers['agora-signature-v2']).toBe(sign(broken.raw, SECRET));
		expect(forged.headers['agora-signature-v2']).toBe(sign(forged.raw, 'forged'));
		expect(old.headers).toHaveProperty('agora-signature');
		expect(old.headers).not.toHaveProperty('agora-signature-v2');
		expect(Object.keys(unsigned.headers).join()).not.toContain('agora');
	});

	describe('health check', () => {
		const check = (input: HealthCheckInput = {}, product: 1 | 3 = 3) =>
			notifications().check(product, input);

		test('one test for each selected event, once, outside the log', async () => {
			webhook({ events: [31, 40] });
			receiver.react = ({ body }) => (body.eventType === 40 ? 401 : 200);
			const { passed, results } = await check();
			expect(passed).toBe(false);
			expect(results).toMatchObject([
				{ eventType: 31, code: 200, json: true },
				{ eventType: 40, code: 401 },
			]);
			await wait(3_600_000);
			expect(receiver.events.sort()).toEqual([31, 40]);
			expect(notifications().notices()).toEqual([]);
		});

		test('all that Console lists when nothing was selected', async () => {
			expect((await check()).passed).toBe(true);
			expect(receiver.events.sort((a, b) => a - b)).toEqual(
				RECORDING_EVENTS.map(([event]) => event),
			);
			receiver.reset();
			expect((await check({}, 1)).results).toHaveLength(RTC_EVENTS.length);
			for (const { body } of receiver.received) {
				expect(body.payload).toMatchObject({ channelName: 'test_webhook' });
				const { uid } = body.payload ?? {};
				expect([undefined, 12_121_212]).toContain(uid);
			}
		});

		test.each([
			['full', { cname: 'test_webhook', uid: '12121212', sid: '', sequence: 0 }],
			['bare', { cname: 'test_webhook', uid: '12121212' }],
			['none', undefined],
		] as const)('%s', async (form, payload) => {
			webhook({ events: [31] });
			await check({ form });
			const { body } = receiver.received[0];
			if (payload === undefined) expect(body).not.toHaveProperty('payload');
			else expect(body.payload).toMatchObject(payload);
			expect('details' in (body.payload ?? {})).toBe(form === 'full');
		});

		test.each([
			[{}, true],
			[{ signed: false }, false],
		])('signed or not: %j', async (input, signed) => {
			webhook({ events: [31] });
			await check(input);
			const [{ headers, raw }] = receiver.received;
			const expected = createHmac('sha256', SECRET).update(raw).digest('hex');
			expect(headers['agora-signature-v2']).toBe(signed ? expected : undefined);
		});

		test('590: no answer in time', async () => {
			webhook({ events: [31], timeoutMs: 100 });
			receiver.react = () => 'hang';
			expect((await check()).results).toMatchObject([{ code: 590, json: false }]);
		});

		test('591: nobody there', async () => {
			const closed = await new Receiver().listen();
			await closed.close();
			webhook({ events: [31], url: closed.url });
			expect((await check()).results).toMatchObject([{ code: 591 }]);
		});

		test('592: a certificate that nobody vouches for', async () => {
			const server = https.createServer(selfSigned(), (_request, response) => response.end('{}'));
			await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
			const { port } = server.address() as AddressInfo;
			webhook({ events: [31], url: `https://127.0.0.1:${port}/` });
			expect(await check()).toMatchObject({
				passed: false,
				results: [{ code: 592, answer: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
			});
			server.closeAllConnections();
			server.close();
		});
	});

	describe('over HTTP', () => {
		test('webhooks', async () => {
			const set = await http('PUT', '/webhooks/3', {
				url: receiver.url,
				secret: 'hush-hush',
				events: [31],
			});
			expect(set.data).toMatchObject({ 3: { url: receiver.url, secret: '***', events: [31] } });
			expect(JSON.stringify(await http('GET', '/webhooks'))).not.toContain('hush');
			expect((await http('POST', '/webhooks/3/check', { signed: false })).data).toMatchObject({
				passed: true,
				results: [{ eventType: 31, code: 200 }],
			});
			expect((await http('DELETE', '/webhooks/3')).data).not.toHaveProperty('3');
			expect(await http('POST', '/webhooks/3/check')).toMatchObject({ status: 404 });
		});

		test('notices', async () => {
			const sent = await http('POST', '/notices', { eventType: 31, cname: 'room' });
			expect(sent.data).toMatchObject([{ eventType: 31, name: 'uploaded', kind: 'original' }]);
			await wait();
			expect((await http('GET', '/notices')).data).toMatchObject([
				{
					number: 1,
					state: 'delivered',
					payload: { cname: 'room' },
					attempts: [{ status: 200, answer: '{"ok":true}' }],
				},
			]);
			await http('DELETE', '/notices');
			expect((await http('GET', '/notices')).data).toEqual([]);
		});

		test('the table of events', async () => {
			const { data } = await http('GET', '/events');
			expect(data).toContainEqual(
				expect.objectContaining({ productId: 3, eventType: 31, name: 'uploaded', serviceType: 2 }),
			);
			expect(data).toHaveLength(RECORDING_EVENTS.length + UNLISTED.length + RTC_EVENTS.length);
		});

		test.each([
			['PUT', '/webhooks/3', { url: 'http://example.com', secret: 's' }, 400],
			['PUT', '/webhooks/3', { url: 'http://127.0.0.1' }, 400],
			['PUT', '/webhooks/4', { url: 'http://127.0.0.1', secret: 's' }, 400],
			['POST', '/webhooks/3/check', { form: 'other' }, 400],
			['POST', '/notices', {}, 400],
			['POST', '/notices', { eventType: 31, productId: 2 }, 400],
			['PUT', '/channels/c/users/7', { role: 'audience' }, 404],
		])('wrong: %s %s %j', async (method, path, body, status) => {
			const reply = await http(method, path, body);
			expect(reply).toMatchObject({ status, data: { error: matching(/./) } });
		});

		test('no webhook', async () => {
			notifications().setWebhook(1, null);
			expect(await http('POST', '/notices', { eventType: 101, productId: 1 })).toMatchObject({
				status: 404,
				data: { error: 'No webhook is set for product 1' },
			});
		});
	});

	test('reset goes back to the webhooks of the start', async () => {
		const other = await startApi({ webhooks: { 3: { url: receiver.url, secret: 'one' } } });
		const { control } = other.sim;
		control.notifications.setWebhook(3, null);
		control.notifications.setWebhook(1, { url: receiver.url, secret: 'two' });
		control.reset();
		expect(Object.keys(control.notifications.webhooks())).toEqual(['3']);
		await other.sim.close();
	});
});
