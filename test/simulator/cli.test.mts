import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Receiver } from './receiver.mts';

const CLI = join(__dirname, '../../simulator/cli.mts');

/** Runs the command line tool; `onOutput` sees all output so far and may end it. */
function run(args: string[], onOutput: (output: string, end: () => void) => void) {
	return new Promise<{ code: number | null; output: string }>((resolve) => {
		const child = spawn(process.execPath, [CLI, ...args]);
		let output = '';
		const add = (chunk: Buffer): void => {
			output += chunk.toString();
			onOutput(output, () => child.kill('SIGTERM'));
		};
		child.stdout.on('data', add);
		child.stderr.on('data', add);
		child.on('close', (code) => resolve({ code, output }));
	});
}

describe('command line', () => {
	test('prints what to enter, logs requests without secrets, and ends cleanly', async () => {
		let asked = false;
		const { code, output } = await run(
			['--port', '0', '--account', 'me:hush', '--app', `${'a'.repeat(32)}:${'b'.repeat(32)}`],
			(soFar, end) => {
				const [url] = /http:\S+/.exec(soFar) ?? [];
				if (soFar.includes('Control:') && !asked && url !== undefined) {
					asked = true;
					const authorization = `Basic ${Buffer.from('me:hush').toString('base64')}`;
					void fetch(`${url}/v1/ncs/ip`, { headers: { authorization } });
				}
				if (soFar.includes('ncsIp -> 200')) end();
			},
		);
		expect(code).toBe(0);
		expect(output).toContain(`App ID           ${'a'.repeat(32)}`);
		expect(output).toContain('Customer ID      me');
		expect(output).not.toContain('hush');
		expect(output).not.toContain('b'.repeat(32));
	});

	test('serves a bucket, and says what to enter', async () => {
		const { code, output } = await run(['--port', '0', '--storage', '0'], (soFar, end) => {
			if (soFar.includes('Control:')) end();
		});
		expect(code).toBe(0);
		expect(output).toMatch(/Bucket 'recordings' at http:\/\/127\.0\.0\.1:\d+,/);
		expect(output).toContain('example-access-key  example-secret-key  (list, read, write)');
	});

	test('sends notifications where it was told to, and keeps their secret', async () => {
		const receiver = await new Receiver().listen();
		let asked = false;
		const { code, output } = await run(
			[
				...['--port', '0', '--webhook', receiver.url, '--webhook-secret', 'hush'],
				...['--webhook-events', '31,40', '--rtc-webhook', receiver.url],
			],
			(soFar, end) => {
				const [url] = /http:\S+/.exec(soFar) ?? [];
				if (soFar.includes('Control:') && !asked && url !== undefined) {
					asked = true;
					const body = JSON.stringify({ eventType: 31 });
					void fetch(`${url}/__simulator/notices`, { method: 'POST', body });
				}
				if (soFar.includes('delivered')) end();
			},
		);
		expect(code).toBe(0);
		expect(output).toMatch(/notice 3\/31 uploaded -> 200 \(\d+ ms\) delivered/);
		expect(output).toContain(`Notifications of RTC channel events go to ${receiver.url}`);
		expect(output).toContain('Secret           example-webhook-secret');
		expect(output).not.toContain('hush');
		expect(receiver.events).toEqual([31]);
		await receiver.close();
	});

	test.each([
		[['--webhook', 'http://example.com'], 1, 'webhooks.3.url: only http(s) URLs of this machine'],
		[['--help'], 0, '--speed'],
		[['--app', 'short'], 1, 'accounts.0.apps.0.appId'],
		[['--nonsense'], 1, 'nonsense'],
	])('%j', async (args, expected, text) => {
		const { code, output } = await run(args, () => {});
		expect(code).toBe(expected);
		expect(output).toContain(text);
		expect(output).not.toContain('at file:');
	});
});
