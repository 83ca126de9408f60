/**
 * `npm run demo`: records a channel with a real n8n, against the local simulator of Agora's API.
 * Nothing but Node 20 and npm is needed; what it installs stays in this checkout and in the cache.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { isAlive } from '../tools/file-lock.mjs';
import { readJson } from '../tools/json.mjs';
import { npm } from '../tools/npm.mjs';
import { tail } from '../tools/process.mjs';
import { endOnSignalWith, runProgram } from '../tools/program.mjs';
import { step, Trouble } from '../tools/progress.mjs';
import { N8nRest } from '../tools/n8n-rest.mjs';
import { freePort, installPackage, startN8n } from '../tools/n8n-server.mjs';
import { cacheFolder, ensureN8n } from '../tools/n8n.mjs';
import { ensureDependencies, root } from '../tools/setup.mjs';
import { openInBrowser } from './browser.mjs';
import { compare, opened } from './compare.mjs';
import { farewell } from './farewell.mjs';
import { heard, subscribe } from '../tools/notifications.mjs';
import { startSimulator } from '../tools/simulator.mjs';

/** @typedef {{ name: string, type: string, webhookId?: string, credentials?: Record<string, { id: string }> }} WorkflowNode */
/** @typedef {{ name: string, nodes: WorkflowNode[] }} Workflow */
/** @typedef {{ name: string, type: string, data: Record<string, unknown> }} Credential */

const USAGE = `npm run demo             record in a fresh n8n, then open its editor in your browser
npm run demo -- --exit   end after the recording; exit code 0 only if it really took place`;

const LOGIN = { email: 'demo@example.com', password: 'Demo-recording-1' };
const TRIGGER = 'When Clicking Execute';
const NODE_TYPE = 'n8n-nodes-agora-cloud-recording.agoraCloudRecording';
const RUN_WITHIN_MS = 180_000;

/** @param {string[]} args */
async function main(args) {
	const unknown = args.find((arg) => arg !== '--exit');
	if (unknown !== undefined) throw new Trouble(`There is no option ${unknown}.\n\n${USAGE}`);

	await ensureDependencies();
	const folder = freshFolder();
	const tarball = await step('Build and pack the package', () => pack(folder));
	const n8n = await ensureN8n({ lockFolder: path.join(root, 'demo', 'n8n') });
	await step('Install the package into a fresh n8n', () => installPackage(folder, tarball));
	const simulator = await step(
		"Start the simulator of Agora's API",
		() => startSimulator(path.join(folder, 'simulator.log')),
		({ url }) => url,
	);
	const server = await step(
		'Start n8n',
		async () =>
			startN8n(n8n, {
				userFolder: folder,
				port: await freePort(),
				logFile: path.join(folder, 'n8n.log'),
			}),
		({ url }) => url,
	);
	try {
		const rest = new N8nRest(server.url);
		const { workflowId, listenerId } = await step(
			'Set up n8n, the credential and the workflows',
			async () => {
				await rest.setUpOwner(LOGIN);
				await checkNodeType(rest);
				return importWorkflows(rest, server.url, simulator);
			},
		);
		const executionId = await step('Run the workflow: Start, Query, Stop', () =>
			runToEnd(rest, workflowId),
		);
		const recordings = await simulator.recordings();
		const execution = await rest.getExecution(executionId);
		const made = compare(execution, recordings);
		const link = await step('Open the link to its MP4', () => opened(execution));
		const told = await step('Wait for the notifications of its end', () =>
			heard(rest, listenerId, recordings[0]?.sid),
		);
		console.log(`\n${[...made.lines, ...link.lines, ...told.lines].join('\n')}\n`);
		const differences = [...made.differences, ...link.differences, ...told.differences];
		if (differences.length > 0) {
			throw new Trouble(differences.join('\n'), tail(simulator.log(), 12));
		}
		if (args.includes('--exit')) return 0;

		const editor = `${server.url}/workflow/${workflowId}/executions/${executionId}`;
		const inBrowser = await openInBrowser(editor);
		console.log(
			farewell({ editor, inBrowser, login: LOGIN, simulator: simulator.url, mp4: link.url }),
		);
		endOnSignalWith(0);
		const who = await Promise.race([
			server.ended.then(() => 'n8n'),
			simulator.ended.then(() => 'The simulator'),
		]);
		throw new Trouble(`${who} has ended by itself.`);
	} catch (error) {
		if (error instanceof Trouble) {
			error.evidence ||= lastWords(server.log());
			error.message += `\nThe logs are in ${folder} until the next run.`;
		}
		throw error;
	}
}

/**
 * A folder of this run's own, below the cache. It is removed unless the run fails; what failed runs
 * have left is removed now.
 */
function freshFolder() {
	const all = path.join(cacheFolder, 'demo');
	mkdirSync(all, { recursive: true });
	for (const pid of readdirSync(all)) {
		if (Number(pid) === process.pid || !isAlive(Number(pid))) {
			rmSync(path.join(all, pid), { recursive: true, force: true });
		}
	}
	const folder = path.join(all, String(process.pid));
	mkdirSync(folder);
	process.on('exit', (code) => {
		if (code === 0) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	});
	return folder;
}

/**
 * @param {string} folder
 * @returns {Promise<string>} The tarball, as npm would publish it
 */
async function pack(folder) {
	await npm('The build', root, ['run', 'build']);
	await npm('Packing', root, ['pack', '--pack-destination', folder]);
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Trouble('`npm pack` made no tarball.');
	return path.join(folder, tarball);
}

/** @param {N8nRest} rest */
async function checkNodeType(rest) {
	if ((await rest.nodeTypes()).includes(NODE_TYPE)) return;
	throw new Trouble(`n8n did not load the node type ${NODE_TYPE} from the installed package.`);
}

/**
 * @param {N8nRest} rest
 * @param {string} n8nUrl
 * @param {import('../tools/simulator.mjs').RunningSimulator} simulator
 * @returns {Promise<{ workflowId: string, listenerId: string }>} The workflow that records, and the one
 *   that hears of it
 */
async function importWorkflows(rest, n8nUrl, simulator) {
	const credential = /** @type {Credential} */ (readJson(inDemo('credential.json')));
	credential.data.baseUrl = simulator.url;
	credential.data.storageEndpoint = simulator.storageUrl;
	const credentialId = await rest.createCredential(credential);
	const withCredential = (/** @type {string} */ file) => {
		const workflow = /** @type {Workflow} */ (readJson(inDemo(file)));
		for (const { credentials } of workflow.nodes) {
			const reference = credentials?.[credential.type];
			if (reference) reference.id = credentialId;
		}
		return workflow;
	};
	const secret = String(credential.data.notificationSecret);
	const listener = withCredential('notifications.json');
	return {
		workflowId: await rest.createWorkflow(withCredential('workflow.json')),
		listenerId: await subscribe(rest, n8nUrl, listener, simulator, secret),
	};
}

/** @param {string} name */
const inDemo = (name) => path.join(root, 'demo', name);

/**
 * @param {N8nRest} rest
 * @param {string} workflowId
 * @returns {Promise<string>} The execution's ID, once it has ended
 */
async function runToEnd(rest, workflowId) {
	const id = await rest.runWorkflow(workflowId, TRIGGER);
	const deadline = Date.now() + RUN_WITHIN_MS;
	while (Date.now() < deadline) {
		const { status } = await rest.getExecution(id);
		if (!['new', 'running', 'waiting'].includes(status)) return id;
		await new Promise((resolve) => setTimeout(resolve, 300));
	}
	throw new Trouble(`The workflow did not end within ${RUN_WITHIN_MS / 1000} s.`);
}

/**
 * The end of n8n's log, without the hundreds of migrations that its first start reports.
 * @param {string} log
 */
const lastWords = (log) => tail(log.replace(/^.*(Starting|Finished) migration.*\n/gm, ''), 25);

runProgram(() => main(process.argv.slice(2)));
