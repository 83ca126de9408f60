/**
 * `npm run smoke:live`: the whole life of one recording against Agora itself, by the built node.
 * Looks at the environment first, so that nothing is installed or built only to be refused.
 */
import { spawn } from 'node:child_process';
import { readSettings, wantsReport } from '../test/live/settings.mjs';
import { npm } from '../tools/npm.mjs';
import { report, step, Trouble } from '../tools/progress.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

const REFUSED = 2;
/** `--report`, or nothing. */
const args = process.argv.slice(2);

async function main() {
	try {
		readSettings(process.env);
		wantsReport(args);
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		report(error);
		return REFUSED;
	}
	await ensureDependencies();
	await step('Build', () => npm('The build', root, ['run', 'build']));
	return await runSmoke();
}

/**
 * Not by lib/process.mjs, which ends children after ten seconds: stopping a recording can take longer.
 * @returns {Promise<number>} Its exit code
 */
function runSmoke() {
	const child = spawn(
		node24,
		['--import', './tools/before-n8n-core.mjs', 'test/live/smoke.mts', ...args],
		{
			cwd: root,
			stdio: 'inherit',
			// A process group of its own, so that it gets a signal once: from us.
			detached: true,
		},
	);
	for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
		process.on(signal, () => child.kill(signal));
	}
	return new Promise((resolve) => {
		child.once('error', (error) => {
			report(new Trouble(`The test did not start: ${error.message}`));
			resolve(1);
		});
		child.once('exit', (code) => resolve(code ?? 1));
	});
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error) => {
		report(error);
		process.exitCode = 1;
	},
);
