/** npm, as an installer of exactly what a lock file says. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, tail } from './process.mjs';
import { Trouble } from './progress.mjs';

/**
 * Our environment without the `node_modules/.bin` that `npm run` put first in PATH: npm must not run
 * on a Node that it is about to replace.
 * @returns {NodeJS.ProcessEnv}
 */
function outerEnvironment() {
	const folders = (process.env.PATH ?? '').split(path.delimiter);
	const PATH = folders.filter((folder) => !folder.endsWith(path.join('node_modules', '.bin')));
	return { ...process.env, PATH: PATH.join(path.delimiter) };
}

/**
 * Runs npm and throws if it fails.
 * @param {string} what Completes "… failed" in the message, e.g. "Installing n8n"
 * @param {string} folder
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [extraEnvironment]
 * @returns {Promise<string>} What npm printed
 */
export async function npm(what, folder, args, extraEnvironment) {
	const env = { ...outerEnvironment(), ...extraEnvironment };
	const { code, output } = await run('npm', args, { cwd: folder, env });
	if (code !== 0) {
		throw new Trouble(
			`${what} failed: \`npm ${args.join(' ')}\` ended with ${code}.`,
			tail(output),
		);
	}
	return output;
}

/**
 * Installs what the folder's lock file says, development packages included. Install scripts run
 * only for `rebuild`, in that order. `check` throws if the outcome is no good: `isInstalled` is true
 * only after it did not.
 * @param {string} what
 * @param {string} folder
 * @param {string[]} rebuild
 * @param {(folder: string) => Promise<void>} check
 */
export async function installLocked(what, folder, rebuild, check) {
	const quiet = ['--no-audit', '--no-fund'];
	await npm(what, folder, ['ci', '--ignore-scripts', '--include=dev', ...quiet]);
	for (const name of rebuild) {
		await npm(what, folder, ['rebuild', name, '--ignore-scripts=false', ...quiet], {
			...nodeHeaders(folder),
		});
	}
	await check(folder);
	writeFileSync(stampOf(folder), lockHash(folder));
}

/**
 * Whether node_modules was completely installed from the lock file as it is now.
 * @param {string} folder
 */
export function isInstalled(folder) {
	const stamp = stampOf(folder);
	return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(folder);
}

/** @param {string} folder */
const stampOf = (folder) => path.join(folder, 'node_modules', '.installed-from-lock');

/**
 * @param {string} folder
 * @returns {string} The SHA-256 of its package-lock.json, hexadecimal
 */
export function lockHash(folder) {
	const lock = readFileSync(path.join(folder, 'package-lock.json'));
	return createHash('sha256').update(lock).digest('hex');
}

/**
 * The Node 24 that the npm package `node` brings into a folder's node_modules.
 * @param {string} folder
 */
export function nodeOf(folder) {
	const name = process.platform === 'win32' ? 'node.exe' : 'node';
	return path.join(folder, 'node_modules', 'node', 'bin', name);
}

/**
 * Throws unless the folder's own Node runs: npm skips install scripts without failing if it is set
 * up so.
 * @param {string} folder
 */
export async function checkNode(folder) {
	const { code, output } = await run(nodeOf(folder), ['--version']);
	if (code !== 0) {
		throw new Trouble(
			`The npm package "node" did not bring a Node that runs in ${folder}; are npm's install scripts switched off?`,
			tail(output),
		);
	}
}

/**
 * Lets node-gyp compile without fetching headers: the npm package `node` has brought them.
 * @param {string} folder
 * @returns {NodeJS.ProcessEnv}
 */
function nodeHeaders(folder) {
	const packages = path.join(folder, 'node_modules', 'node', 'node_modules');
	if (!existsSync(packages)) return {};
	const withHeaders = readdirSync(packages)
		.map((name) => path.join(packages, name))
		.find((candidate) => existsSync(path.join(candidate, 'include', 'node', 'node_api.h')));
	return withHeaders === undefined ? {} : { npm_config_nodedir: withHeaders };
}
