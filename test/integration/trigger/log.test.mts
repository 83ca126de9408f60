import fc from 'fast-check';
import { printable } from '../../../nodes/AgoraCloudRecording/trigger/log.ts';
import { builtModule } from '../../support/host.mts';
import { makeNotice } from '../../support/notices.mts';
import { SECRET, startWebhookHost, type WebhookHost } from '../../support/webhookHost.mts';

const { clock } = builtModule<{ clock: { now: () => number } }>('process/clock.js');
const realNow = clock.now;

let host: WebhookHost;
let now = Date.UTC(2026, 0, 1);

beforeAll(async () => {
	clock.now = () => now;
	host = await startWebhookHost();
});
beforeEach(() => host.fresh({ workflowName: 'Lessons', nodeName: 'From Agora' }));
afterAll(async () => {
	clock.now = realNow;
	await host.close();
});

const forge = async () => await host.sendNotice(makeNotice({ cname: 'private' }), { secret: 'x' });
const failing = (message: string) => ({
	onCredentials: () => {
		throw new Error(message);
	},
});

const WHERE = 'Agora Cloud Recording Trigger "From Agora" in workflow "Lessons" (workflow):';

describe('The text of a line in the log, which is all that n8n prints,', () => {
	it('names the workflow and the node, and counts what was refused', async () => {
		await forge();
		await forge();
		await forge();
		now += 1000;
		await forge();
		expect(host.lines).toEqual([
			`${WHERE} refused a request that Agora did not sign`,
			`${WHERE} refused 3 requests that Agora did not sign`,
		]);
	});

	it('says what to look at where there is no secret', async () => {
		host.change({ credentials: { receiveNotifications: true, rtcNotificationSecret: SECRET } });
		await forge();
		expect(host.lines).toEqual([
			`${WHERE} refused a request that Agora did not sign: the credential has no notification secret for Cloud Recording`,
		]);
	});

	it('names the workflow, the node and the reason of what could not be handled', async () => {
		host.change(failing('SQLITE_BUSY: database is locked'));
		expect((await host.sendNotice(makeNotice())).status).toBe(503);
		expect(host.lines).toEqual([
			`${WHERE} could not handle a notification: The Agora API credential could not be read: SQLITE_BUSY: database is locked`,
		]);
	});

	it('is one line and short, whatever anybody calls things', async () => {
		const evil = `a\nFAKE LINE\r\u2028\u001b[2J\u202e${'x'.repeat(100_000)}`;
		host.fresh({ workflowName: evil, nodeName: evil, ...failing(evil) });
		expect((await host.sendNotice(makeNotice())).status).toBe(503);
		expect(host.lines).toHaveLength(1);
		expect(host.lines[0]).toMatch(/^Agora Cloud Recording Trigger "a FAKE LINE/);
		expect(host.lines[0]).toMatch(/could not handle a notification/);
		expect(host.lines[0]).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
		expect(host.lines[0].length).toBeLessThan(1200);
		expect(host.logged[0].length).toBeLessThan(110_000);
	});

	it('holds no secret and nothing of what was sent', async () => {
		await forge();
		host.change(failing('no'));
		now += 60_000;
		await host.sendNotice(makeNotice({ cname: 'private' }));
		expect(host.lines).toHaveLength(2);
		expect(host.logged.join()).not.toMatch(new RegExp(`${SECRET}|private`));
	});
});

describe('Text from somewhere else', () => {
	it('is printable and short, and what is so already stays', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
				const line = printable(text);
				expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
				expect([...line].length).toBeLessThanOrEqual(301);
				if (/^[!-~]{1,300}$/.test(text)) expect(line).toBe(text);
			}),
		);
	});
});
