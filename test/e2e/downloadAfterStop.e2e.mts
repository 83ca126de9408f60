/**
 * `npm run test:e2e`: examples/download-after-stop.json in a real n8n. The recording is the simulator's,
 * its files lie in storage of the test, and n8n's own S3 node downloads them from there.
 */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npm } from '../../scripts/lib/npm.mjs';
import { tail } from '../../scripts/lib/process.mjs';
import { runProgram } from '../../scripts/lib/program.mjs';
import { step, Trouble } from '../../scripts/lib/progress.mjs';
import { N8nRest } from '../../scripts/n8n-rest.mjs';
import { freePort, installPackage, startN8n } from '../../scripts/n8n-server.mjs';
import { cacheFolder, ensureN8n } from '../../scripts/n8n.mjs';
import { root } from '../../scripts/setup.mjs';
import { EXAMPLE_ACCOUNT, startSimulator } from '../../simulator/index.mts';
import { startObjectStore, type ObjectStore } from './objectStore.mts';

const REGION = 'eu-central-1';
const ACCESS_KEY = 'example-access-key';
const BUCKET = 'lessons';
const RUN_WITHIN_MS = 120_000;

interface Workflow {
	name: string;
	nodes: Array<{
		name: string;
		parameters: Record<string, unknown>;
		credentials?: Record<string, { id: string }>;
	}>;
}

/** The example as a user imports it, with credentials chosen and a shorter wait. */
function readExample(credentials: Record<string, string>): Record<string, unknown> {
	const file = path.join(root, 'examples', 'download-after-stop.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as Workflow;
	for (const node of workflow.nodes) {
		for (const [type, reference] of Object.entries(node.credentials ?? {})) {
			reference.id = credentials[type];
		}
		if (node.name === 'Wait') node.parameters.amount = 3;
	}
	return { ...workflow };
}

async function setUp(rest: N8nRest, simulatorUrl: string, storeUrl: string): Promise<string> {
	await rest.setUpOwner({ email: 'e2e@example.com', password: 'Demo-recording-1' });
	const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
	const agoraApi = await rest.createCredential({
		name: 'Agora',
		type: 'agoraApi',
		data: {
			customerId,
			customerSecret,
			// The project that asks for tokens.
			appId: apps[1].appId,
			appCertificate: apps[1].certificate,
			apiDomain: 'custom',
			baseUrl: simulatorUrl,
			requestsPerSecond: 10,
			storageVendor: 's3Compatible',
			storageBucket: BUCKET,
			storageEndpoint: new URL(storeUrl).host,
			storageAccessKey: ACCESS_KEY,
			storageSecretKey: 'example-secret-key',
		},
	});
	const s3 = await rest.createCredential({
		name: 'S3',
		type: 's3',
		data: {
			endpoint: storeUrl,
			region: REGION,
			accessKeyId: ACCESS_KEY,
			secretAccessKey: 'example-secret-key',
			forcePathStyle: true,
			ignoreSSLIssues: false,
		},
	});
	return rest.createWorkflow(readExample({ agoraApi, s3 }));
}

async function runToEnd(rest: N8nRest, workflowId: string) {
	const id = await rest.runWorkflow(workflowId, 'When clicking Execute');
	const deadline = Date.now() + RUN_WITHIN_MS;
	while (Date.now() < deadline) {
		const execution = await rest.getExecution(id);
		if (!['new', 'running', 'waiting'].includes(execution.status)) return execution;
		await sleep(300);
	}
	throw new Trouble(`The workflow did not end within ${RUN_WITHIN_MS / 1000} s.`);
}

/** What was downloaded is what was uploaded, and is what its name says. */
async function check(
	rest: N8nRest,
	execution: Awaited<ReturnType<typeof runToEnd>>,
	store: ObjectStore,
): Promise<string[]> {
	assert.equal(execution.status, 'success', execution.error);
	const [{ items: stopped }] = execution.runs.Stop;
	assert.equal(stopped[0].outcome, 'stopped');
	assert.equal(stopped[0].uploadStatus, 'uploaded');
	const [{ items, binaries }] = execution.runs.Download;
	assert.deepEqual(
		items.map(({ format }) => format),
		['m3u8', 'mp4'],
	);
	const lines = [];
	for (const [i, { path: key, bucket }] of items.entries()) {
		const object = store.objects.get(`${String(bucket)}/${String(key)}`);
		assert.ok(object, `${String(key)} was never uploaded`);
		assert.equal(object.reads, 1);
		const downloaded = await rest.download(binaries[i].data);
		assert.ok(downloaded.equals(object.bytes), `${String(key)} came out otherwise`);
		assert.equal(binaries[i].data.fileName, items[i].fileName);
		lines.push(`${String(bucket)}/${String(key)}: ${downloaded.length} bytes, ${object.type}`);
	}
	const [playlist, movie] = await Promise.all(
		binaries.map(async ({ data }) => await rest.download(data)),
	);
	assert.match(playlist.toString(), /^#EXTM3U\n/);
	const slice = /^[^#].*\.ts$/m.exec(playlist.toString())?.[0] ?? '';
	const stream = store.objects.get(`${BUCKET}/lessons/class7/${slice}`);
	assert.ok(stream, 'the playlist names a slice that is not there');
	assert.equal(stream.bytes.length % 188, 0);
	assert.equal(movie.toString('latin1', 4, 8), 'ftyp');
	return lines;
}

async function main(): Promise<number> {
	const all = path.join(cacheFolder, 'e2e');
	mkdirSync(all, { recursive: true });
	const folder = mkdtempSync(path.join(all, 'run-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

	const tarball = await step('Build and pack the package', async () => {
		await npm('The build', root, ['run', 'build']);
		await npm('Packing', root, ['pack', '--pack-destination', folder]);
		return path.join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '');
	});
	const n8n = await ensureN8n({ lockFolder: path.join(root, 'demo', 'n8n') });
	await step('Install the package into a fresh n8n', () => installPackage(folder, tarball));
	const store = await startObjectStore(REGION, ACCESS_KEY);
	// Agora names the first file some 15 s after the start.
	const simulator = await startSimulator({ uploadTo: store.url, clock: { speed: 10 } });
	const server = await step('Start n8n', async () =>
		startN8n(n8n, {
			userFolder: folder,
			port: await freePort(),
			logFile: path.join(folder, 'n8n.log'),
			env: { N8N_DISABLED_MODULES: 'mcp-registry', N8N_VERIFIED_PACKAGES_ENABLED: 'false' },
		}),
	);
	try {
		const rest = new N8nRest(server.url);
		const workflowId = await setUp(rest, simulator.url, store.url);
		const execution = await step('Run Start, Stop, Download', () => runToEnd(rest, workflowId));
		const lines = await check(rest, execution, store);
		console.log(lines.join('\n'));
		console.log('1 passed, 0 failed');
		return 0;
	} catch (error) {
		console.error(tail(server.log(), 25));
		throw error;
	} finally {
		await server.stop();
		await simulator.close();
		await store.close();
	}
}

runProgram(main);
