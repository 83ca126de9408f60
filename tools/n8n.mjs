/** Brings an n8n, at the versions of a committed lock file, into a cache outside the checkout. */
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { isAlive, withFileLock } from './file-lock.mjs';
import { checkNode, installLocked, isInstalled, lockHash, nodeOf } from './npm.mjs';
import { run, tail } from './process.mjs';
import { step, Trouble } from './progress.mjs';

/**
 * An installed n8n: `node` runs `bin`.
 * @typedef {{ folder: string, node: string, bin: string }} N8n
 */

export const cacheFolder = path.join(
	process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
	'n8n-nodes-agora-cloud-recording',
);

/**
 * Installs n8n unless the cache has it. Safe to call from several processes at once and after an
 * interrupted installation: a folder gets its final name only when it is complete.
 * @param {{ lockFolder: string }} options Where package.json and package-lock.json of an n8n are
 * @returns {Promise<N8n>}
 */
export async function ensureN8n({ lockFolder }) {
	const folder = path.join(cacheFolder, `n8n-${lockHash(lockFolder).slice(0, 16)}`);
	if (!isInstalled(folder)) {
		await step('Install n8n (about 3 GB, some minutes, once)', () =>
			withFileLock(`${folder}.lock`, () => install(lockFolder, folder)),
		);
	}
	return installedIn(folder);
}

/**
 * @param {string} folder
 * @returns {N8n}
 */
const installedIn = (folder) => ({
	folder,
	node: nodeOf(folder),
	bin: path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n'),
});

/**
 * @param {string} lockFolder
 * @param {string} folder
 */
async function install(lockFolder, folder) {
	// Whoever had the lock before us may have done it.
	if (isInstalled(folder)) return;
	removeAbandoned(folder);
	const unfinished = `${folder}.unfinished-${process.pid}`;
	mkdirSync(unfinished, { recursive: true });
	for (const file of ['package.json', 'package-lock.json']) {
		cpSync(path.join(lockFolder, file), path.join(unfinished, file));
	}
	await installLocked('Installing n8n', unfinished, ['node', 'sqlite3'], async () => {
		await checkNode(unfinished);
		await checkDatabase(unfinished);
	});
	rmSync(folder, { recursive: true, force: true });
	renameSync(unfinished, folder);
}

/**
 * Throws unless sqlite3, the one native part that may have to be compiled, can be loaded.
 * @param {string} folder
 */
async function checkDatabase(folder) {
	const { code, output } = await run(nodeOf(folder), ['-e', "require('sqlite3')"], { cwd: folder });
	if (code === 0) return;
	throw new Trouble(
		'sqlite3, which n8n needs, was neither downloaded nor compiled; compiling it takes python3, make and a C++ compiler.',
		tail(output),
	);
}

/**
 * Removes what interrupted installations of this version left.
 * @param {string} folder
 */
function removeAbandoned(folder) {
	const prefix = `${path.basename(folder)}.unfinished-`;
	for (const name of readdirSync(path.dirname(folder))) {
		if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length)))) continue;
		rmSync(path.join(path.dirname(folder), name), { recursive: true, force: true });
	}
}
