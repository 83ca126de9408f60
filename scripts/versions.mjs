/**
 * `npm run test:versions`: the package, once through, in the oldest n8n that is supported, on Node 20, and in
 * the one of the demo. `-- latest` takes the newest of the registry instead, whose lock file it leaves in
 * `.artifacts/n8n-latest`. Each n8n is 3 GB to install, which takes minutes, once.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readJson } from '../tools/json.mjs';
import { npm } from '../tools/npm.mjs';
import { ensureN8n } from '../tools/n8n.mjs';
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { step, Trouble } from '../tools/progress.mjs';
import { measured } from '../tools/quality.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

/** @typedef {{ dependencies: { n8n: string, node: string } }} Manifest */

/** @type {Record<string, string>} */
const LOCK_FOLDERS = {
	oldest: path.join('test', 'e2e', 'oldestN8n'),
	newest: path.join('demo', 'n8n'),
	latest: path.join('.artifacts', 'n8n-latest'),
};

/** Locks the newest n8n that the registry has. */
async function lockLatest() {
	const folder = path.join(root, LOCK_FOLDERS.latest);
	mkdirSync(folder, { recursive: true });
	const manifest = {
		...{ name: 'latest-n8n-under-test', private: true },
		dependencies: { n8n: 'latest', node: '^24' },
	};
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
	const quiet = ['--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
	await npm('Looking for the newest n8n', folder, ['install', ...quiet]);
}

/**
 * @param {string} name
 * @returns {Promise<Record<string, string | boolean>>} What was tried, and whether it passed
 */
async function tryVersion(name) {
	const lockFolder = LOCK_FOLDERS[name];
	if (lockFolder === undefined) {
		throw new Trouble(`There are ${Object.keys(LOCK_FOLDERS).join(', ')}, and no ${name}.`);
	}
	if (name === 'latest') await lockLatest();
	const n8n = await ensureN8n({ lockFolder: path.join(root, lockFolder) });
	const { code } = await run(
		node24,
		['--test', '--test-reporter=spec', 'test/e2e/versions/versions.e2e.mts'],
		{ cwd: root, env: { ...process.env, N8N_LOCK_FOLDER: lockFolder }, output: 'inherit' },
	);
	const installed = (/** @type {string} */ what) => {
		const file = path.join(n8n.folder, 'node_modules', what, 'package.json');
		return /** @type {{ version: string }} */ (readJson(file)).version;
	};
	return { n8n: installed('n8n'), 'Node.js': installed('node'), passed: code === 0 };
}

/** @param {string[]} args */
async function main(args) {
	await ensureDependencies();
	await step('Build', () => npm('The build', root, ['run', 'build']));
	const names = args.length > 0 ? args : ['oldest', 'newest'];
	/** @type {Record<string, Awaited<ReturnType<typeof tryVersion>>>} */
	const tried = {};
	for (const name of names) tried[name] = await tryVersion(name);
	const command = ['npm run test:versions', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
	measured('versions', command, { Versions: tried });
	return Object.values(tried).every(({ passed }) => passed) ? 0 : 1;
}

runProgram(() => main(process.argv.slice(2)));
