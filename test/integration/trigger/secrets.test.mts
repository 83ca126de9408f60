import { builtModule } from '../../support/host.mts';
import { makeNotice } from '../../support/notices.mts';
import { startWebhookHost, type WebhookHost } from '../../support/webhookHost.mts';

const { clock } = builtModule<{ clock: { now: () => number } }>('process/clock.js');
const realNow = clock.now;

const secretOf = (notificationSecret: string) => ({
	...{ receiveNotifications: true, notificationSecret },
});

let host: WebhookHost;
let reads: number;
let now: number;

beforeAll(async () => {
	host = await startWebhookHost();
});
beforeEach(() => {
	reads = 0;
	now = Date.UTC(2026, 0, 1);
	clock.now = () => now;
	host.fresh({ credentials: secretOf('old'), onCredentials: () => reads++ });
});
afterAll(async () => {
	clock.now = realNow;
	await host.close();
});

const statusWith = async (secret: string) =>
	(await host.sendNotice(makeNotice(), { secret })).status;

describe('The credential', () => {
	it('is read once for many notices', async () => {
		await Promise.all(Array.from({ length: 20 }, () => statusWith('old')));
		expect(reads).toBe(1);
		expect(host.executions).toHaveLength(20);
	});

	it('is read at most once a second for whoever sends what is not signed', async () => {
		for (let i = 0; i < 30; i++) {
			now += 100;
			expect(await statusWith('wrong')).toBe(401);
		}
		expect(reads).toBeLessThanOrEqual(3);
		expect(host.logged).toHaveLength(3);
		expect(host.logged[2]).toMatch(/"requests":10/);
	});

	it('counts with a new secret from its first notice on', async () => {
		expect(await statusWith('old')).toBe(200);
		host.change({ credentials: secretOf('new') });
		now += 1_000;
		expect(await statusWith('new')).toBe(200);
		expect(await statusWith('old')).toBe(401);
	});

	it('counts no longer with a secret that left it ten seconds ago', async () => {
		expect(await statusWith('old')).toBe(200);
		host.change({ credentials: secretOf('new') });
		now += 9_999;
		expect(await statusWith('old')).toBe(200);
		now += 1;
		expect(await statusWith('old')).toBe(401);
	});

	it('is read again after it could not be read', async () => {
		host.change({
			onCredentials: () => {
				throw new Error('SQLITE_BUSY');
			},
		});
		expect(await statusWith('old')).toBe(503);
		host.change({ onCredentials: undefined });
		expect(await statusWith('old')).toBe(200);
	});

	it('of one trigger is not that of another', async () => {
		expect(await statusWith('old')).toBe(200);
		host.fresh({ credentials: secretOf('of another') });
		expect(await statusWith('old')).toBe(401);
		expect(await statusWith('of another')).toBe(200);
	});

	it('has a secret for each product', async () => {
		host.fresh({
			credentials: { ...secretOf('a'), rtcNotificationSecret: 'b' },
			parameters: { events: ['any_recording_event', 'any_channel_event'] },
		});
		expect(await statusWith('a')).toBe(200);
		const notice = { productId: 1, eventType: 101, payload: { channelName: 'x', ts: 1 } };
		expect((await host.sendNotice(notice, { secret: 'a' })).status).toBe(401);
		expect((await host.sendNotice(notice, { secret: 'b' })).status).toBe(200);
	});
});
