/** A real n8n with the packed node, and one simulator in a process of its own. */
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseFlatted, readJson } from '../tools/json.mjs';
import { npm } from '../tools/npm.mjs';
import { start } from '../tools/process.mjs';
import { step, Trouble } from '../tools/progress.mjs';
import { N8nRest } from '../tools/n8n-rest.mjs';
import { freePort, installPackage, startN8n } from '../tools/n8n-server.mjs';
import { ensureN8n } from '../tools/n8n.mjs';
import { node24, root } from '../tools/setup.mjs';

/** A request in the simulator's log, as far as it is read here. Times are real Unix milliseconds. */
export interface Sent {
	operation?: string;
	cname?: string;
	status: number | null;
	arrivedAt: number;
	answeredAt?: number;
}

export interface Execution {
	status: string;
	/** By node: when it began, and milliseconds until it was done. */
	times: Record<string, { startTime: number; executionTime: number }>;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** @param latencyMs how long the simulator holds back each answer */
export async function openStage(latencyMs: number) {
	const folder = mkdtempSync(path.join(tmpdir(), 'recording-bench-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
	const tarball = await step('Build and pack the package', async () => {
		await npm('The build', root, ['run', 'build']);
		await npm('Packing', root, ['pack', '--pack-destination', folder]);
		const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
		if (name === undefined) throw new Trouble('`npm pack` made no tarball.');
		return path.join(folder, name);
	});
	const n8n = await ensureN8n({ lockFolder: path.join(root, 'demo', 'n8n') });
	await step('Install it into a fresh n8n', () => installPackage(folder, tarball));
	const storagePort = await freePort();
	const simulatorUrl = await step('Start the simulator', () =>
		simulator(folder, latencyMs, storagePort),
	);
	const server = await step('Start n8n', async () =>
		startN8n(n8n, {
			userFolder: folder,
			port: await freePort(),
			logFile: path.join(folder, 'n8n.log'),
		}),
	);
	const rest = new N8nRest(server.url);
	await rest.setUpOwner({ email: 'bench@example.com', password: 'Bench-recording-1' });

	const control = async <T,>(method: string, what: string, body?: object): Promise<T> => {
		const response = await fetch(`${simulatorUrl}/__simulator${what}`, {
			method,
			...(body && { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Trouble(`The simulator refused ${what}.`, await response.text());
		return (await response.json()) as T;
	};

	return {
		rest,
		simulatorUrl,
		/** Fields of a credential for the simulator's bucket. */
		storage: {
			...{ storageVendor: 's3Compatible', storageRegion: '', storageBucket: 'recordings' },
			storageEndpoint: `http://127.0.0.1:${storagePort}`,
			...{ storageAccessKey: 'example-access-key', storageSecretKey: 'example-secret-key' },
		},
		control,
		/** Makes the node's credential, for so many requests a second. */
		async agoraCredential(requestsPerSecond: number): Promise<string> {
			const file = path.join(root, 'demo', 'credential.json');
			const demo = readJson(file) as { name: string; type: string; data: object };
			return await rest.createCredential({
				...demo,
				data: { ...demo.data, baseUrl: simulatorUrl, requestsPerSecond },
			});
		},
		/** Processor seconds that n8n has used so far, in the program and in the system. */
		cpuSeconds(): number {
			const stat = readFileSync(`/proc/${server.pid}/stat`, 'utf8');
			const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
			return (Number(fields[11]) + Number(fields[12])) / 100;
		},
		/** Waits until an execution has ended, with next to no work for n8n meanwhile. */
		async ended(id: string, withinMs = 180_000): Promise<Execution> {
			const deadline = Date.now() + withinMs;
			const filter = encodeURIComponent(JSON.stringify({ status: ['running', 'new'] }));
			while (Date.now() < deadline) {
				await sleep(150);
				const active = (await rest.call('GET', `/executions?filter=${filter}&limit=5`)) as {
					results: { id: string }[];
				};
				if (!active.results.some((one) => one.id === id)) return await execution(rest, id);
			}
			throw new Trouble(`Execution ${id} did not end within ${withinMs / 1000} s.`);
		},
	};
}

async function simulator(folder: string, latencyMs: number, storagePort: number): Promise<string> {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const log = openSync(path.join(folder, 'simulator.log'), 'w');
	const ports = ['--port', String(port), '--storage', String(storagePort)];
	const options = [...ports, '--latency', String(latencyMs)];
	start(node24, [path.join(root, 'simulator', 'cli.mts'), ...options], { cwd: root, output: log });
	closeSync(log);
	for (let tries = 0; tries < 100; tries++) {
		await sleep(100);
		const answer = await fetch(`${url}/__simulator/clock`).catch(() => undefined);
		if (answer?.ok) return url;
	}
	throw new Trouble('The simulator did not start.');
}

async function execution(rest: N8nRest, id: string): Promise<Execution> {
	const stored = (await rest.call('GET', `/executions/${id}`)) as { status: string; data: string };
	const { resultData } = parseFlatted(stored.data) as {
		resultData: { runData?: Record<string, { startTime: number; executionTime: number }[]> };
	};
	const runs = Object.entries(resultData.runData ?? {});
	return {
		status: stored.status,
		times: Object.fromEntries(runs.map(([name, [first]]) => [name, first])),
	};
}
