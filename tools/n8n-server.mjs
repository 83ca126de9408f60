/** Runs an installed n8n in a user folder of its own: its server, its commands, its community packages. */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npm } from './npm.mjs';
import { run, start, stop, tail } from './process.mjs';
import { Trouble } from './progress.mjs';

/** @typedef {import('./n8n.mjs').N8n} N8n */
/** @typedef {Record<string, string>} Environment */
/** @typedef {'start' | 'webhook' | 'worker'} Command */

const READY_WITHIN_MS = 120_000;

/** What n8n may take from the outer environment. DB_TYPE and the like must not reach it. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LANG', 'TZ'];

/**
 * n8n's kinds of process by their command: what tells a port to each, and what answers in JSON at that
 * port once it is ready. The last two exist in queue mode only.
 * @type {Record<Command, { portVariable: string, ready: string[] }>}
 */
const PROCESSES = {
	start: { portVariable: 'N8N_PORT', ready: ['/healthz/readiness', '/rest/settings'] },
	webhook: { portVariable: 'N8N_PORT', ready: ['/healthz/readiness'] },
	worker: { portVariable: 'QUEUE_HEALTH_CHECK_PORT', ready: ['/healthz/readiness'] },
};

/** Ports that were given away and may not be in use yet. */
const given = new Set();

/** @returns {Promise<number>} A port of 127.0.0.1 that was free a moment ago, another each time */
export async function freePort() {
	for (;;) {
		const port = await unusedPort();
		if (!given.has(port)) {
			given.add(port);
			return port;
		}
	}
}

/**
 * @param {number} usual
 * @returns {Promise<number>} That port, or any other where it is taken
 */
export async function portOr(usual) {
	return await unusedPort(usual).catch(freePort);
}

/**
 * @param {number} [wanted] Any, if none is given
 * @returns {Promise<number>}
 */
function unusedPort(wanted = 0) {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(wanted, '127.0.0.1', () => {
			const address = server.address();
			const port = typeof address === 'object' && address ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}

/**
 * @param {N8n} n8n
 * @param {string} userFolder
 * @param {Environment} extra
 */
async function environment(n8n, userFolder, extra) {
	/** @type {Environment} */
	const inherited = {};
	for (const name of INHERITED) {
		const value = process.env[name];
		if (value !== undefined) inherited[name] = value;
	}
	// What n8n starts itself must run on its Node too.
	inherited.PATH = [path.dirname(n8n.node), inherited.PATH].join(path.delimiter);
	return {
		...inherited,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_SECURE_COOKIE: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		// Both ask hosts outside this machine.
		N8N_DISABLED_MODULES: 'mcp-registry',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		// Its default port is the same for every n8n on the machine.
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		...extra,
	};
}

/**
 * Installs a packed package as a community node, the way n8n does it for a user.
 * @param {string} userFolder
 * @param {string} tarball
 */
export async function installPackage(userFolder, tarball) {
	const folder = path.join(userFolder, '.n8n', 'nodes');
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		path.join(folder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
	);
	await npm('Installing the package into n8n', folder, [
		'install',
		path.resolve(tarball),
		'--ignore-scripts',
		'--no-audit',
		'--no-fund',
		'--legacy-peer-deps',
		'--omit=dev',
	]);
}

/**
 * Runs an n8n command (`import:workflow`, `execute`, …) to its end. No server may be using the
 * user folder meanwhile.
 * @param {N8n} n8n
 * @param {{ userFolder: string, args: string[], env?: Environment }} options
 * @returns {Promise<string>} What it printed
 */
export async function n8nCommand(n8n, { userFolder, args, env = {} }) {
	const { code, output } = await run(n8n.node, [n8n.bin, ...args], {
		env: await environment(n8n, userFolder, env),
	});
	if (code !== 0) {
		throw new Trouble(`\`n8n ${args.join(' ')}\` ended with ${code}.`, tail(output));
	}
	return output;
}

/**
 * A running process of n8n.
 * @typedef {object} N8nServer
 * @property {string} url A worker's answers questions after its health only
 * @property {number} pid
 * @property {() => string} log What it printed so far
 * @property {() => Promise<void>} stop
 * @property {Promise<number>} ended Its exit code, once it has ended
 */

/**
 * Starts n8n and resolves when it answers: the editor's server with its REST API, or another process.
 * @param {N8n} n8n
 * @param {object} options
 * @param {string} options.userFolder
 * @param {number} options.port
 * @param {string} options.logFile
 * @param {Environment} [options.env]
 * @param {Command} [options.command] Default `start`
 * @returns {Promise<N8nServer>}
 */
export async function startN8n(n8n, { userFolder, port, logFile, env = {}, command = 'start' }) {
	const { portVariable, ready } = PROCESSES[command];
	const file = openSync(logFile, 'w');
	const child = start(n8n.node, [n8n.bin, command], {
		env: await environment(n8n, userFolder, { [portVariable]: String(port), ...env }),
		output: file,
	});
	closeSync(file);
	const log = () => readFileSync(logFile, 'utf8');
	/** @type {Promise<number>} */
	const ended = new Promise((resolve) => {
		child.once('error', () => resolve(127));
		child.once('exit', (code) => resolve(code ?? 1));
	});
	const url = `http://127.0.0.1:${port}`;
	const urls = ready.map((path) => `${url}${path}`);
	const outcome = await Promise.race([ended, readyWithin(urls, READY_WITHIN_MS)]);
	if (outcome === 'ready') {
		return { url, pid: child.pid ?? 0, log, ended, stop: () => stop(child) };
	}
	await stop(child);
	throw new Trouble(
		outcome === 'late'
			? `n8n did not answer at ${url} within ${READY_WITHIN_MS / 1000} s.`
			: `n8n ended with ${outcome} before it was ready at ${url}.`,
		tail(log()),
	);
}

/**
 * @param {string[]} urls
 * @param {number} ms
 * @returns {Promise<'ready' | 'late'>}
 */
async function readyWithin(urls, ms) {
	const deadline = Date.now() + ms;
	while (Date.now() < deadline) {
		const all = await Promise.all(urls.map(answers));
		if (all.every(Boolean)) return 'ready';
		await sleep(200);
	}
	return 'late';
}

/** @param {string} url */
async function answers(url) {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
		// While n8n starts, every path answers with a waiting page.
		return response.ok && (response.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}
