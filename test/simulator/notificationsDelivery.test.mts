import { createHmac } from 'node:crypto';
import { Lanes } from '../../simulator/notifications/lanes.mts';
import { signatureHeaders } from '../../simulator/notifications/signature.mts';
import type { NoticeInput, SubscriptionInput } from '../../simulator/index.mts';
import { startApi } from './harness.mts';
import type { Api } from './harness.mts';
import { pass, Receiver } from './receiver.mts';
import type { Reaction } from './receiver.mts';

const SECRET = 'webhook-secret';
const hex = (hash: string, secret: string, raw: Buffer): string =>
	createHmac(hash, secret).update(raw).digest('hex');

/** notifications.md 2: the published vector, and two that were computed for bodies of newer pages. */
describe('signatures', () => {
	test.each([
		[
			'{"eventMs":1560408533119,"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}',
			'033c62f40f687675f17f0f41f91a40c71c0f134c',
			'6d3320c60b11101395b7fc8f9068748808a0aa1bfa064438e39d1bc2c7d74d99',
		],
		[
			'{"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e-53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}',
			'5a3bb6a6d9fad2ea9ae3fb707a14c9d7f3136df1',
			'de96da5acf03b0021ac3b4fa2225e7ae6f3533a30d50bb02c08ea4fa748bda24',
		],
		[
			'{"eventType":10,"noticeId":"4eb720f0-8da7-11e9-a43e53f411c2761f","notifyMs":1560408533119,"payload":{"a":"1","b":2},"productId":1}',
			'92ea60c5249b641f80de046d11e1cb2d15f1d1b2',
			'6ba85d7c1122f6c51143cce7765f06c601c0fbd691987f4510e45b943b2639e8',
		],
	])('%s', (body, v1, v2) => {
		expect(signatureHeaders('secret', Buffer.from(body), ['v1', 'v2'])).toEqual({
			'Agora-Signature': v1,
			'Agora-Signature-V2': v2,
		});
	});
});

test('lanes: one after the other, all together within the limit', async () => {
	const lanes = new Lanes();
	const seen: string[] = [];
	let running = 0;
	let most = 0;
	const work = (name: string) => async () => {
		most = Math.max(most, ++running);
		await new Promise((resolve) => setImmediate(resolve));
		seen.push(name);
		running--;
	};
	for (const name of ['a1', 'a2', 'b1', 'c1', 'b2', 'a3']) {
		lanes.add(name.slice(0, 1), 2, work(name));
	}
	lanes.add(undefined, 2, work('free'));
	await lanes.idle();
	expect(most).toBe(2);
	expect(seen).toHaveLength(7);
	for (const lane of ['a', 'b']) {
		const own = seen.filter((name) => name.startsWith(lane));
		expect(own).toEqual([...own].sort());
	}
	await lanes.idle();
});

describe('delivery', () => {
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
	});

	const notifications = () => api.sim.control.notifications;
	const webhook = (more: Partial<SubscriptionInput> = {}) =>
		notifications().setWebhook(3, { url: receiver.url, secret: SECRET, ...more });
	const send = (eventType: number, more: Partial<NoticeInput> = {}) =>
		notifications().send({ eventType, sid: 'a'.repeat(32), ...more });
	const wait = (ms = 0) => pass(api.sim, ms);
	const ids = () => receiver.received.map(({ body }) => body.noticeId);
	const states = () =>
		notifications()
			.notices()
			.map(({ state }) => state);

	test('signs the bytes as they are', async () => {
		send(31, { cname: 'Ünï "chännel" \u2028' });
		await wait();
		const [{ raw, headers }] = receiver.received;
		expect(headers['content-type']).toBe('application/json');
		expect(headers['agora-signature']).toBe(hex('sha1', SECRET, raw));
		expect(headers['agora-signature-v2']).toBe(hex('sha256', SECRET, raw));
		expect(headers['content-length']).toBe(String(raw.length));
	});

	test('over one connection that is kept', async () => {
		const before = receiver.connections;
		for (let number = 0; number < 10; number++) {
			send(31);
			await wait();
		}
		expect(receiver.received).toHaveLength(10);
		expect(receiver.connections - before).toBeLessThanOrEqual(1);
	});

	test.each<[string, Reaction, object]>([
		['500', 500, { status: 500 }],
		['201', 201, { status: 201 }],
		['204', 204, { status: 204 }],
		['a redirect', 302, { status: 302 }],
		['a cut connection', 'cut', { status: null, problem: 'closed' }],
		['no answer in time', 'hang', { status: null, problem: 'timeout' }],
	])(
		'%s is a failure: sent again at once, then twice after growing waits',
		async (_, react, seen) => {
			if (react === 'hang') webhook({ timeoutMs: 100 });
			receiver.react = () => react;
			const [notice] = send(31);
			await wait();
			expect(receiver.received).toHaveLength(2);
			expect(notice.state).toBe('waiting');
			await wait(9999);
			expect(receiver.received).toHaveLength(2);
			await wait(1);
			expect(receiver.received).toHaveLength(3);
			await wait(29_999);
			expect(receiver.received).toHaveLength(3);
			await wait(1);
			expect(receiver.received).toHaveLength(4);
			await wait(3_600_000);
			expect(receiver.received).toHaveLength(4);
			expect(notice.state).toBe('failed');
			expect(notice.attempts).toMatchObject(Array(4).fill(seen));
		},
	);

	test('a resend has the same ID and payload, another notifyMs and signature', async () => {
		receiver.react = () => (receiver.received.length < 3 ? 500 : 200);
		const [notice] = send(31);
		await wait();
		await wait(10_000);
		expect(notice.state).toBe('delivered');
		expect(notice.attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
		expect(notice.attempts.at(-1)).toMatchObject({ answer: '{"ok":true}' });
		const bodies = receiver.received.map(({ body }) => body);
		expect(new Set(ids()).size).toBe(1);
		expect(new Set(bodies.map(({ payload }) => JSON.stringify(payload))).size).toBe(1);
		const times = bodies.map(({ notifyMs }) => notifyMs);
		expect(times).toEqual(notice.attempts.map(({ notifyMs }) => notifyMs));
		expect(times[1]).toBeGreaterThan(times[0]);
		expect(times[2]).toBeGreaterThanOrEqual(times[0] + 10_000);
		for (const { raw, headers } of receiver.received) {
			expect(headers['agora-signature-v2']).toBe(hex('sha256', SECRET, raw));
		}
		await wait(3_600_000);
		expect(receiver.received).toHaveLength(3);
	});

	test('nobody there', async () => {
		const closed = await new Receiver().listen();
		await closed.close();
		webhook({ url: closed.url, retryAfterMs: [0] });
		const [notice] = send(31);
		await wait();
		expect(notice).toMatchObject({
			state: 'failed',
			attempts: Array(2).fill({ status: null, problem: 'unreachable', answer: 'ECONNREFUSED' }),
		});
	});

	test('a notice that fails does not hold up those behind it', async () => {
		receiver.react = ({ body }) => (body.eventType === 40 ? 500 : 200);
		[30, 40, 41].forEach((event) => send(event));
		await wait();
		expect(receiver.events.filter((event) => event !== 40)).toEqual([30, 41]);
		expect(states()).toEqual(['delivered', 'waiting', 'delivered']);
	});

	test('a resend does not wait for those behind it either', async () => {
		let secondTry: () => void = () => {};
		const tried = new Promise<void>((resolve) => (secondTry = resolve));
		receiver.react = async ({ body }) => {
			if (body.eventType === 40) await tried;
			else if (receiver.received.filter((one) => one.body.eventType === 30).length === 2)
				secondTry();
			else return 500;
			return 200;
		};
		[30, 40].forEach((event) => send(event));
		await wait();
		expect(states()).toEqual(['delivered', 'delivered']);
	});

	test('notices of a recording arrive in order, those of several at the same time', async () => {
		const delays = [20, 0, 10, 0];
		receiver.react = async ({ body }) => {
			await new Promise((resolve) => setTimeout(resolve, delays[body.eventType % 4]));
			return 200;
		};
		const events = [30, 31, 32, 33, 40, 41];
		for (const event of events) {
			send(event, { sid: '1'.repeat(32) });
			send(event, { sid: '2'.repeat(32) });
		}
		await wait();
		for (const digit of ['1', '2']) {
			const own = receiver.received.filter(({ body }) => body.sid?.startsWith(digit));
			expect(own.map(({ body }) => body.eventType)).toEqual(events);
		}
		expect(receiver.busiest).toBe(2);
	});

	test('no more at the same time than wanted', async () => {
		webhook({ concurrency: 3 });
		receiver.react = () => new Promise((resolve) => setTimeout(() => resolve(200), 5));
		for (let number = 0; number < 20; number++) send(31, { sid: undefined });
		await wait();
		expect(receiver.received).toHaveLength(20);
		expect(receiver.busiest).toBe(3);
	});

	test('duplicates: the same ID, another notifyMs', async () => {
		webhook({ duplicates: 2 });
		expect(send(31).map(({ kind }) => kind)).toEqual(['original', 'duplicate', 'duplicate']);
		await wait();
		expect(receiver.received).toHaveLength(3);
		expect(new Set(ids()).size).toBe(1);
		expect(new Set(receiver.received.map(({ body }) => body.notifyMs)).size).toBe(3);
	});

	test('redundant mode: the same payload under two IDs', async () => {
		webhook({ redundant: true });
		send(31);
		await wait();
		const [one, two] = receiver.received.map(({ body }) => body);
		expect(one.noticeId).not.toBe(two.noticeId);
		expect(one.payload).toEqual(two.payload);
		expect(receiver.received).toHaveLength(2);
	});

	test('the next notice overtakes every second one; the last waits in vain', async () => {
		webhook({ reorder: true });
		[30, 40, 43, 44, 41].forEach((event) => send(event));
		send(31, { sid: 'b'.repeat(32) });
		await wait();
		expect(receiver.events).toEqual([40, 30, 44, 43]);
		await wait(4999);
		expect(receiver.events).toHaveLength(4);
		await wait(1);
		expect(receiver.events.slice(4).sort()).toEqual([31, 41]);
	});

	test('late: all, or some', async () => {
		webhook({ delayMs: 1000, late: { 31: 60_000, 11: 0 } });
		[31, 40, 11].forEach((event) => send(event));
		await wait();
		expect(receiver.events).toEqual([11]);
		await wait(1000);
		expect(receiver.events).toEqual([11, 40]);
		await wait(58_999);
		expect(receiver.events).toEqual([11, 40]);
		await wait(1);
		expect(receiver.events).toEqual([11, 40, 31]);
		const { notifyMs, payload } = receiver.received[2].body;
		expect(notifyMs - (payload?.sendts ?? 0)).toBe(60_000);
	});

	test('lost: some events, or every nth notice', async () => {
		webhook({ lose: [31], loseEvery: 3 });
		[30, 31, 40, 43, 44, 41].forEach((event) => send(event));
		await wait(3_600_000);
		expect(receiver.events).toEqual([30, 43, 44]);
		expect(states()).toEqual(['delivered', 'lost', 'lost', 'delivered', 'delivered', 'lost']);
	});

	test.each([
		'http://example.com/hook',
		'https://127.0.0.1.example.com/',
		'http://127.0.0.1@example.com/',
		'http://0.0.0.0/',
		'http://192.168.0.1/',
		'http://[::2]/',
		'ftp://127.0.0.1/',
		'127.0.0.1',
	])('does not send to %s', (url) => {
		expect(() => webhook({ url })).toThrow('only http(s) URLs of this machine');
	});

	test.each(['http://localhost:1/', 'https://[::1]/x', 'http://127.1.2.3/', 'http://2130706433/'])(
		'sends to %s',
		(url) => expect(() => webhook({ url })).not.toThrow(),
	);

	test('reset forgets what is on its way', async () => {
		receiver.react = () => 500;
		webhook({ delayMs: 0, late: { 40: 5000 } });
		send(31);
		send(40);
		await wait();
		api.sim.control.reset();
		receiver.reset();
		await wait(3_600_000);
		expect(receiver.received).toEqual([]);
		expect(notifications().notices()).toEqual([]);
		expect(notifications().webhooks()).toEqual({});
	});

	test('reset in the middle of a delivery', async () => {
		let answer: (reaction: Reaction) => void = () => {};
		receiver.react = () => new Promise((resolve) => (answer = resolve));
		const [notice] = send(31);
		send(40);
		while (receiver.received.length === 0) await new Promise((resolve) => setImmediate(resolve));
		api.sim.control.reset();
		answer(500);
		await notifications().idle();
		expect(receiver.events).toEqual([31]);
		expect(notice.attempts).toEqual([]);
	});

	test('tells of every delivery', async () => {
		const seen: [number, string][] = [];
		const other = await startApi({
			webhooks: { 3: { url: receiver.url, secret: SECRET } },
			onNotice: ({ eventType, state }) => seen.push([eventType, state]),
		});
		receiver.react = () => (receiver.received.length < 2 ? 500 : 200);
		other.sim.control.notifications.send({ eventType: 31 });
		await other.sim.control.notifications.idle();
		expect(seen).toEqual([
			[31, 'waiting'],
			[31, 'delivered'],
		]);
		await other.sim.close();
	});
});
