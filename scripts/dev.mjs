/**
 * `npm run dev`: n8n with this node, a simulator of Agora beside it, and a reload at every change.
 *
 * `n8n-node dev` fetches the newest n8n at every start and gives the node types other names
 * (`CUSTOM.…`), under which no example works. Here it is the n8n of the lock file, and the package lies
 * where n8n installs community nodes: the compiler writes straight into it, n8n watches it.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { startSimulator } from '../tools/simulator.mjs';
import { readJson } from '../tools/json.mjs';
import { start, tail } from '../tools/process.mjs';
import { endOnSignalWith, runProgram } from '../tools/program.mjs';
import { step, Trouble } from '../tools/progress.mjs';
import { prepareWorkbench } from '../tools/workbench.mjs';
import { N8nRest } from '../tools/n8n-rest.mjs';
import { portOr, startN8n } from '../tools/n8n-server.mjs';
import { cacheFolder, ensureN8n } from '../tools/n8n.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

const USAGE = `npm run dev                    n8n with this node; changes are compiled and loaded at once
npm run dev -- --port 5679     n8n's port; 5678, or any free one, by default
npm run dev -- --fresh         forget the workflows and credentials of earlier runs`;

const LOGIN = { email: 'dev@example.com', password: 'Dev-recording-1' };
const USUAL_PORT = 5678;
const COMPILED_WITHIN_MS = 120_000;
/** What the compiler says when it has looked at everything, and how many errors it found. */
const COMPILED = /Found (\d+) errors?\. Watching for file changes\./;
/** What n8n writes to its log when it has read the package anew. */
const RELOADED = 'Hot reload triggered for n8n-nodes-agora-cloud-recording';

/** @param {string[]} args */
function readOptions(args) {
	try {
		const { values } = parseArgs({
			args,
			options: { port: { type: 'string' }, fresh: { type: 'boolean', default: false } },
		});
		const port = values.port === undefined ? undefined : Number(values.port);
		if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
			throw new Error(`${values.port} is no port.`);
		}
		return { port, fresh: values.fresh };
	} catch (error) {
		throw new Trouble(`${error instanceof Error ? error.message : ''}\n\n${USAGE}`);
	}
}

/**
 * @param {string[]} args
 * @returns {Promise<never>} It goes on until Ctrl+C
 */
async function main(args) {
	const options = readOptions(args);
	await ensureDependencies();
	const n8n = await ensureN8n({ lockFolder: path.join(root, 'demo', 'n8n') });
	const folder = workFolder(options.fresh);
	const compiler = await step('Compile', () => compileInto(layOutPackage(folder)));
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
				port: options.port ?? (await portOr(USUAL_PORT)),
				logFile: path.join(folder, 'n8n.log'),
				env: { N8N_DEV_RELOAD: 'true' },
			}),
		({ url }) => url,
	);
	const workflowId = await step('Set up n8n, the credential and the workflows', () =>
		prepareWorkbench(new N8nRest(server.url), LOGIN, server.url, simulator),
	);
	console.log(`
n8n is open at     ${server.url}/workflow/${workflowId}
Log in with        ${LOGIN.email}   ${LOGIN.password}
The simulator is   ${simulator.url}   (what it can do: simulator/README.md)
Logs               ${folder}

Change something in nodes/ or credentials/ and save: it is compiled and loaded.
Ctrl+C ends everything; workflows and credentials are kept for the next time.
`);
	endOnSignalWith(0);
	compiler.showFromNowOn();
	void showReloads(server.log);
	const who = await Promise.race([
		server.ended.then(() => 'n8n'),
		simulator.ended.then(() => 'The simulator'),
		compiler.ended.then(() => 'The compiler'),
	]);
	throw new Trouble(`${who} has ended by itself. The logs are in ${folder}.`);
}

/**
 * The user folder of this checkout's n8n, in the cache.
 * @param {boolean} fresh
 */
function workFolder(fresh) {
	const checkout = createHash('sha256').update(root).digest('hex').slice(0, 8);
	const folder = path.join(cacheFolder, `dev-${checkout}`);
	if (fresh) rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	return folder;
}

/**
 * Puts everything but compiled code where n8n looks for community nodes.
 * @param {string} userFolder
 * @returns {string} Where compiled code goes
 */
function layOutPackage(userFolder) {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	const { name, version } = /** @type {{ name: string, version: string }} */ (
		readJson(path.join(root, 'package.json'))
	);
	const folder = path.join(nodes, 'node_modules', name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		path.join(nodes, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: { [name]: version } }),
	);
	cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
	cpSync(path.join(root, 'icons'), path.join(folder, 'dist', 'icons'), { recursive: true });
	return path.join(folder, 'dist');
}

/**
 * Compiles, and again at every change. Resolves after the first time.
 * @param {string} outDir
 * @returns {Promise<{ ended: Promise<unknown>, showFromNowOn: () => void }>}
 */
async function compileInto(outDir) {
	const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
	// What does not compile is not written, so that n8n goes on with what it has.
	const args = [tsc, '--watch', '--noEmitOnError', '--preserveWatchOutput', '--outDir', outDir];
	const child = start(node24, args, { cwd: root });
	const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
	let output = '';
	let shown = false;
	/** @param {Buffer} chunk */
	const hear = (chunk) => {
		const text = stripVTControlCharacters(chunk.toString());
		output += text;
		if (shown) process.stdout.write(text.replace(/^\s*\n/gm, ''));
	};
	child.stdout?.on('data', hear);
	child.stderr?.on('data', hear);
	const deadline = Date.now() + COMPILED_WITHIN_MS;
	let over = false;
	void ended.then(() => (over = true));
	while (!over && Date.now() < deadline) {
		const [, errors] = COMPILED.exec(output) ?? [];
		if (errors === '0') return { ended, showFromNowOn: () => (shown = true) };
		if (errors !== undefined) break;
		await sleep(100);
	}
	throw new Trouble('The code does not compile.', tail(output));
}

/**
 * Tells of every reload.
 * @param {() => string} log n8n's
 */
async function showReloads(log) {
	for (let seen = 0; ; await sleep(300)) {
		const count = log().split(RELOADED).length - 1;
		if (count > seen) console.log(`${new Date().toLocaleTimeString()} - n8n loads it.`);
		seen = count;
	}
}

runProgram(() => main(process.argv.slice(2)));
