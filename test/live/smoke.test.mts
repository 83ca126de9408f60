import { EXAMPLE_ACCOUNT, startSimulator, type Simulator } from '../../simulator/index.mts';
import { run, SMOKE } from './running.mts';

/** `npm run smoke:live`, with the simulator in Agora's place. */

const [, secured] = EXAMPLE_ACCOUNT.apps;

const environment = (simulator: Simulator): Record<string, string> => ({
	PATH: process.env.PATH ?? '',
	AGORA_LIVE: 'yes',
	AGORA_CUSTOMER_ID: EXAMPLE_ACCOUNT.customerId,
	AGORA_CUSTOMER_SECRET: EXAMPLE_ACCOUNT.customerSecret,
	AGORA_APP_ID: secured.appId,
	AGORA_APP_CERTIFICATE: secured.certificate ?? '',
	AGORA_STORAGE_REGION: 'eu-central-1',
	AGORA_STORAGE_BUCKET: 'smoke',
	AGORA_STORAGE_ACCESS_KEY: 'AKIAEXAMPLE',
	AGORA_STORAGE_SECRET_KEY: 'example-secret-key',
	AGORA_BASE_URL: simulator.url,
	AGORA_RECORD_SECONDS: '2',
});

/** Interrupts once, as soon as something is said. */
function interruptAt(text: string) {
	let done = false;
	return (output: string, signal: (name: NodeJS.Signals) => void) => {
		if (done || !output.includes(text)) return;
		done = true;
		signal('SIGINT');
	};
}

const requests = (simulator: Simulator) =>
	simulator.control.requests().flatMap(({ operation }) => (operation ? [operation] : []));
/** Why each recording ended; null for one that runs. */
const endings = (simulator: Simulator) =>
	simulator.control.recordings().map(({ ended }) => ended?.cause ?? null);

/** A test with a simulator of its own, so that all can go on at the same time: the node's waits are real. */
const withSimulator = (work: (simulator: Simulator) => Promise<void>) => async () => {
	const simulator = await startSimulator({ clock: { speed: 10 } });
	try {
		await work(simulator);
	} finally {
		await simulator.close();
	}
};

const SECRETS = [EXAMPLE_ACCOUNT.customerSecret, secured.certificate, 'example-secret-key'];

describe('Without consent', () => {
	it.each([
		['says what it costs', { AGORA_LIVE: '' }, 'Agora bills'],
		['takes nothing else for a yes', { AGORA_LIVE: 'true' }, 'AGORA_LIVE is not "yes"'],
		['names what is missing', { AGORA_APP_ID: ' ' }, 'AGORA_APP_ID missing'],
		['never runs in continuous integration', { CI: 'true' }, 'CI is set'],
		['refuses a time without end', { AGORA_RECORD_SECONDS: '3000' }, 'AGORA_RECORD_SECONDS'],
	])('%s, and sends nothing', async (_title, change, said) => {
		const simulator = await startSimulator();
		const env = { ...environment(simulator), ...change };
		const { code, output } = await run(['scripts/smoke-live.mjs'], env);
		await simulator.close();
		expect(code).toBe(2);
		expect(output).toContain(said);
		expect(requests(simulator)).toEqual([]);
	});
});

describe('With consent', () => {
	it.concurrent(
		'starts, changes and stops a recording of a channel',
		withSimulator(async (simulator) => {
			const { code, output } = await run(SMOKE, environment(simulator));
			expect(output).toContain('All well');
			expect(code).toBe(0);
			expect(output).toContain('not run this against Agora');
			expect(output).toMatch(/Stop: stopped, files uploaded, n8nSmoke\/\S+\.mp4/);
			expect([...new Set(requests(simulator))]).toEqual([
				...[
					'ncsIp',
					'channelList',
					'channelUsers',
					'acquire',
					'start',
					'query',
					'update',
					'updateLayout',
					'stop',
				],
			]);
			expect(endings(simulator)).toEqual(['stop']);
			for (const secret of SECRETS) expect(output).not.toContain(secret);
		}),
	);

	it.concurrent(
		'does the same with a web page, which it pauses and resumes',
		withSimulator(async (simulator) => {
			const { code, output } = await run(SMOKE, {
				...environment(simulator),
				AGORA_PAGE_URL: 'https://example.com/lesson',
			});
			expect({ code, output }).toMatchObject({ code: 0 });
			expect(output).toMatch(/paused.*updated[^]*resumed.*updated/);
			expect(endings(simulator)).toEqual(['stop']);
		}),
	);

	it.concurrent(
		'starts nothing when the credential is wrong',
		withSimulator(async (simulator) => {
			const { code, output } = await run(SMOKE, {
				...environment(simulator),
				AGORA_CUSTOMER_SECRET: 'wrong-secret',
			});
			expect(code).toBe(1);
			expect(output).toContain('Agora rejected the Customer ID or Customer Secret');
			expect(requests(simulator)).toEqual(['ncsIp']);
		}),
	);
});

describe('It always stops', () => {
	it.concurrent(
		'when interrupted while it records',
		withSimulator(async (simulator) => {
			const { code, output } = await run(SMOKE, environment(simulator), interruptAt('"sid"'));
			expect(output).toContain('Interrupted. Stopping what was started');
			expect(code).toBe(130);
			expect(endings(simulator)).toEqual(['stop']);
			expect(requests(simulator)).not.toContain('update');
		}),
	);

	it.concurrent(
		'when interrupted before Agora has said that it runs',
		withSimulator(async (simulator) => {
			let done = false;
			const { code } = await run(SMOKE, environment(simulator), (output, signal) => {
				if (done || !output.includes('✓ Get Many')) return;
				done = true;
				const timer = setInterval(() => {
					if (simulator.control.recordings().length === 0) return;
					clearInterval(timer);
					signal('SIGINT');
				}, 5);
			});
			expect(code).toBe(130);
			expect(requests(simulator)).not.toContain('query');
			expect(endings(simulator)).toEqual(['stop']);
		}),
	);

	it.concurrent(
		'when a later step goes wrong',
		withSimulator(async (simulator) => {
			simulator.control.addFault({
				match: { operation: 'updateLayout' },
				fault: { kind: 'error', error: 'updateLayout.2' },
				times: null,
			});
			const { code, output } = await run(SMOKE, environment(simulator));
			expect(code).toBe(1);
			expect(output).toContain('Agora rejected a value in the request');
			expect(endings(simulator)).toEqual(['stop']);
		}),
	);

	it.concurrent(
		'when the recording is did not confirm that the recording is running',
		withSimulator(async (simulator) => {
			simulator.control.addFault({
				match: { operation: 'query' },
				fault: { kind: 'error', error: 'gateway.403' },
				times: null,
			});
			const { code, output } = await run(SMOKE, environment(simulator));
			expect(code).toBe(1);
			expect(output).toContain('did not confirm that the recording is running');
			expect(endings(simulator)).toEqual(['stop']);
		}),
	);

	it.concurrent(
		'or tells how to stop it by hand',
		withSimulator(async (simulator) => {
			simulator.control.addFault({
				match: { operation: 'stop' },
				fault: { kind: 'error', error: 'gateway.403' },
				times: null,
			});
			const { code, output } = await run(SMOKE, environment(simulator));
			expect(code).toBe(1);
			expect(output).toContain('IT MAY STILL RUN');
			expect(requests(simulator).filter((operation) => operation === 'stop')).toHaveLength(3);

			// The command does stop it.
			simulator.control.clearFaults();
			const [, body, url] = /curl -X POST [^]*-d '(.+)'[^]*'(http\S+)'/.exec(output) ?? [];
			const { customerId, customerSecret } = EXAMPLE_ACCOUNT;
			const authorization = `Basic ${Buffer.from(`${customerId}:${customerSecret}`).toString('base64')}`;
			const headers = { authorization, 'content-type': 'application/json' };
			expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(200);
			expect(endings(simulator)).toEqual(['stop']);
		}),
	);
});
