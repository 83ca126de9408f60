/**
 * `npm run test:e2e`: what only a real n8n can show, with the packed package installed in it. Installs
 * what is missing, also the AWS SDK, which fills the buckets of the examples; ends with the summary of
 * Node's own test runner.
 * `N8N_LOCK_FOLDER` names another n8n than that of the demo, by a folder with its package-lock.json.
 */
import path from 'node:path';
import { ensureJudges } from '../tools/judges.mjs';
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { step } from '../tools/progress.mjs';
import { ensureN8n } from '../tools/n8n.mjs';
import { sweeping } from '../tools/quality.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

/** @param {string[]} args */
async function main(args) {
	await ensureDependencies();
	await ensureJudges();
	await step('Build', () => npm('The build', root, ['run', 'build']));
	const { N8N_LOCK_FOLDER = path.join('demo', 'n8n') } = process.env;
	if (args.length === 0) await ensureN8n({ lockFolder: path.resolve(root, N8N_LOCK_FOLDER) });
	// One after the other: each runs an n8n of its own.
	const options = ['--test', '--test-concurrency=1', '--test-reporter=spec'];
	const files = args.length > 0 ? args : ['test/e2e/*.e2e.mts'];
	const command = ['npm run test:e2e', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
	return await sweeping('secretsEndToEnd', command, async (swept) => {
		const env = { ...process.env, ...swept };
		const { code } = await run(node24, [...options, ...files], {
			...{ cwd: root, env, output: 'inherit' },
		});
		return code;
	});
}

runProgram(() => main(process.argv.slice(2)));
