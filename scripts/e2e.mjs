/**
 * `npm run test:e2e`: what only a real n8n can show, with the packed package installed in it. Installs
 * what is missing, also the AWS SDK, which fills the buckets of the examples; ends with the summary of
 * Node's own test runner.
 *
 * `npm run test:oldest`, before a release: the same package in the oldest n8n that is supported, on Node
 * 20. It is another 3 GB to install, which takes minutes.
 */
import path from 'node:path';
import { ensureJudges } from '../tools/judges.mjs';
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { step } from '../tools/progress.mjs';
import { ensureN8n } from '../tools/n8n.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

/** @param {string[]} args */
async function main(args) {
	await ensureDependencies();
	await ensureJudges();
	await step('Build', () => npm('The build', root, ['run', 'build']));
	if (args.length === 0) await ensureN8n({ lockFolder: path.join(root, 'demo', 'n8n') });
	// One after the other: each runs an n8n of its own.
	const options = ['--test', '--test-concurrency=1', '--test-reporter=spec'];
	const files = args.length > 0 ? args : ['test/e2e/*.e2e.mts'];
	const { code } = await run(node24, [...options, ...files], { cwd: root, output: 'inherit' });
	return code;
}

runProgram(() => main(process.argv.slice(2)));
