import { createServer, type AddressInfo } from 'node:net';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/index.mts';
import { matching } from '../simulator/harness.mts';
import { runSmoke, type Ended } from './running.mts';

/** `npm run smoke:live -- --report`, with a simulator in Agora's place whose answers differ. */

/** Everything that is somebody's, so marked that it is recognised wherever it turns up. */
const PRIVATE = {
	AGORA_CUSTOMER_ID: 'marked-customer-id-5f1c9',
	AGORA_CUSTOMER_SECRET: 'marked-customer-secret-8d27b',
	AGORA_APP_ID: 'aaaabbbbccccddddeeeeffff00001111',
	AGORA_APP_CERTIFICATE: '1111aaaa2222bbbb3333cccc4444dddd',
	AGORA_STORAGE_BUCKET: 'marked-bucket-40e6a',
	AGORA_STORAGE_ACCESS_KEY: 'MARKEDACCESSKEY7Q2ZK',
	AGORA_STORAGE_SECRET_KEY: 'marked/storage+secret=c93d1',
	AGORA_NOTIFICATION_SECRET: 'marked_notification_secret_b7a58',
	AGORA_CHANNEL: 'marked room e20f4',
};
const USER = '3987654321';

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	await new Promise((closed) => server.close(closed));
	return port;
}

interface Run extends Ended {
	simulator: Simulator;
	/** Between the dashed lines. */
	report: string;
	/** What the report says to each question, by its ID. */
	answers: Record<string, string>;
}

async function runReport(
	options: SimulatorOptions,
	meanwhile: (simulator: Simulator) => void = () => undefined,
): Promise<Run> {
	const noticesPort = await freePort();
	const simulator = await startSimulator({
		clock: { speed: 10 },
		channels: { [PRIVATE.AGORA_CHANNEL]: [USER] },
		accounts: [
			{
				customerId: PRIVATE.AGORA_CUSTOMER_ID,
				customerSecret: PRIVATE.AGORA_CUSTOMER_SECRET,
				apps: [{ appId: PRIVATE.AGORA_APP_ID, certificate: PRIVATE.AGORA_APP_CERTIFICATE }],
			},
		],
		webhooks: {
			3: {
				url: `http://127.0.0.1:${noticesPort}/`,
				secret: PRIVATE.AGORA_NOTIFICATION_SECRET,
			},
		},
		...options,
	});
	let started = false;
	try {
		const ended = await runSmoke(
			['--report'],
			{
				...PRIVATE,
				AGORA_STORAGE_REGION: 'eu-central-1',
				AGORA_BASE_URL: simulator.url,
				AGORA_RECORD_SECONDS: '2',
				AGORA_NOTICES_PORT: String(noticesPort),
			},
			(output) => {
				if (started || !output.includes('✓ Start')) return;
				started = true;
				meanwhile(simulator);
			},
		);
		const [, report = ''] = /-----8<-----\n([^]*)----->8-----/.exec(ended.output) ?? [];
		const answers = Object.fromEntries(
			[...report.matchAll(/^\| ([a-z0-9-]+): [^|]*\| ([^|]*) \|/gm)].map(([, id, answer]) => [
				id,
				answer,
			]),
		);
		return { ...ended, simulator, report, answers };
	} finally {
		await simulator.close();
	}
}

/** What must stand in no report. */
function privateTexts({ simulator }: Run): string[] {
	const { cname, uid, resourceId, sid } = simulator.control.recordings()[0];
	return [
		...Object.values(PRIVATE),
		...[cname, uid, resourceId, sid, USER, simulator.url, '127.0.0.1', '203.0.113.1'],
		Buffer.from(`${PRIVATE.AGORA_CUSTOMER_ID}:${PRIVATE.AGORA_CUSTOMER_SECRET}`).toString('base64'),
	];
}

// A process, in real time: far more than it takes, for machines that are busy with something else.
jest.setTimeout(240_000);

describe('The report', () => {
	it.concurrent('answers what a run shows, as the simulator has it', async () => {
		const run = await runReport({});
		expect(run.code).toBe(0);
		expect(run.answers).toEqual({
			'recorder-listed': matching(
				/^Yes, as host, seen [\d.]+ s after Start; 2 in the list of users; `user_count` 2$/,
			),
			'recorder-gone': matching(/^Gone [\d.]+ s after Stop$/),
			'channel-mode': 'before: mode 2; running: mode 2',
			'uid-types': matching(/^number \(\d+ looked at\)$/),
			'channels-regional': 'not observed',
			'unsubscribe-spelling': 'Both are known',
			'slice-start-unit': 'query: milliseconds; stop: milliseconds',
			'folder-in-file-name': 'query: with the folder; stop: without the folder',
			status: matching(/^status 5 at [\d.]+ s \(\d+ looks, users before: 1\)$/),
			'start-code': 'No',
			'after-stop': matching(/^query: HTTP 404, code 404.*; stop: HTTP \d+, code \d+/),
			'ip-list': '`/v1/ncs/ip`: 2 addresses; `/v2/ncs/ip`: 2 addresses; the same',
			'event-13': matching(/^No; others: .*\b40 at [\d.]+ s.*\b11 at/),
			signatures: matching(/^sha1: (\d+) of \1 fit; sha256: \1 of \1 fit$/),
		});
		for (const text of privateTexts(run)) expect(run.report).not.toContain(text);
	});

	it.concurrent('answers otherwise where Agora does', async () => {
		const run = await runReport(
			{
				channelLists: { recorders: 'hidden' },
				profiles: { [PRIVATE.AGORA_CHANNEL]: 'communication' },
				openQuestions: {
					unsubscribeSpelling: 'unsubscribe',
					sliceStartTime: 'seconds',
					ipLists: 'v2',
				},
				prefixInFileNames: false,
				uploadMs: 0,
			},
			(simulator) => {
				const { cname, sid } = simulator.control.recordings()[0];
				simulator.control.notifications.send({ productId: 3, eventType: 13, cname, sid });
			},
		);
		expect(run.answers).toMatchObject({
			'recorder-listed': matching(/^No, not until [\d.]+ s after Start; 1 in the/),
			'recorder-gone': 'not observed',
			'channel-mode': 'before: mode 1; running: mode 1',
			'unsubscribe-spelling': '`unsubscribe…` alone is known',
			'ip-list': matching(/^`\/v1\/ncs\/ip`: HTTP 404.*`\/v2\/ncs\/ip`: 2 addresses$/),
			'event-13': matching(/^Yes, [\d.]+ s after Start; others/),
		});
		for (const text of privateTexts(run)) expect(run.report).not.toContain(text);
	});
});
