import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type NoticeInput, type Simulator } from '../../../simulator/index.mts';
import {
	RTC_SECRET,
	SECRET,
	startWebhookHost,
	type WebhookHost,
} from '../../support/webhookHost.mts';

let simulator: Simulator;
let host: WebhookHost;

beforeAll(async () => {
	host = await startWebhookHost();
	simulator = await startSimulator({
		clock: { speed: 0 },
		webhooks: {
			3: { url: host.url, secret: SECRET },
			1: { url: host.url, secret: RTC_SECRET },
		},
	});
});
afterAll(async () => {
	await simulator.close();
	await host.close();
});

/** What a trigger makes of a notice of the simulator's; undefined where it starts nothing. */
async function told(notice: NoticeInput, events: string[]): Promise<IDataObject | undefined> {
	host.fresh({ parameters: { events } });
	const { notifications } = simulator.control;
	const [sent] = notifications.send(notice);
	await notifications.idle();
	expect(sent.attempts).toMatchObject([{ status: 200 }]);
	return host.executions.at(0);
}

const GROUPS = [
	...['all_files_uploaded', 'all_files_in_storage', 'recording_ended', 'recording_failed'],
	...['recording_started', 'web_time_limit'],
];
/** Whatever happens, of either product. */
const any = ['any_recording_event', 'any_channel_event'];

async function groupsOf(notice: NoticeInput): Promise<string[]> {
	const fitting: string[] = [];
	for (const group of GROUPS) if (await told(notice, [group])) fitting.push(group);
	return fitting;
}

/** Simulator and trigger have read the same pages, each for itself. */
describe('Notices of the simulator', () => {
	it.each<[number, 'documented' | 'abnormal' | 'other', string[]]>([
		[11, 'documented', ['recording_ended']],
		[11, 'abnormal', ['recording_ended', 'recording_failed']],
		[11, 'other', ['recording_ended']],
		[30, 'documented', []],
		[30, 'abnormal', ['recording_failed']],
		[31, 'documented', ['all_files_uploaded', 'all_files_in_storage']],
		[31, 'abnormal', ['recording_failed']],
		[31, 'other', ['all_files_uploaded', 'all_files_in_storage']],
		[32, 'documented', ['all_files_uploaded']],
		[32, 'abnormal', ['recording_failed']],
		[32, 'other', ['all_files_uploaded']],
		[40, 'documented', ['recording_started']],
		[40, 'abnormal', ['recording_failed']],
		[41, 'documented', []],
		[41, 'abnormal', ['recording_failed']],
		[70, 'documented', ['recording_started']],
		[71, 'documented', []],
		[71, 'abnormal', ['recording_failed']],
	])('%d (%s) are in the groups %j', async (eventType, sample, groups) => {
		expect(await groupsOf({ eventType, sample })).toEqual(groups);
	});

	it('of a page at its time limit are in a group of their own', async () => {
		const details = { code: 1, message: 'max_recording_hour', details: 'max recording hour is 4' };
		expect(await groupsOf({ eventType: 71, details })).toEqual(['web_time_limit']);
	});

	it.each([31, 32])('%d say uploaded only in the normal state', async (eventType) => {
		expect(await told({ eventType }, any)).toHaveProperty('uploadStatus');
		const abnormal = await told({ eventType, sample: 'abnormal' }, any);
		expect(abnormal).toMatchObject({ eventName: expect.stringMatching(/Abnormal/) as string });
		expect(abnormal).not.toHaveProperty('uploadStatus');
	});

	it.each(['documented', 'other'] as const)('name files in either spelling: %s', async (sample) => {
		const download = await told({ eventType: 90, sample }, any);
		expect(download).toMatchObject({ details: { fileNames: ['a.ts', 'b.ts'] } });
		const stopped = await told({ eventType: 71, sample }, any);
		expect(stopped).toMatchObject({ files: [{ fileName: 'xxx.m3u8' }] });
		const video = await told({ eventType: 44, sample }, any);
		expect(video).toMatchObject({ details: { changedAt: '2021-04-23T10:10:32.080Z' } });
	});

	it('name applets', async () => {
		const applet: NoticeInput = { productId: 1, eventType: 105, uid: '7', sample: 'other' };
		const joined = await told(applet, any);
		expect(joined).toMatchObject({ details: { clientTypeName: 'applet', account: 'user-1' } });
	});
});
