/**
 * `npm run docs`: makes the pages in docs/ and the output schemas that come from the code. The tests hold
 * them against it. With `--quality`, docs/quality.md gets the figures that were last measured here.
 */
import path from 'node:path';
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { step } from '../tools/progress.mjs';
import { keepMeasured } from '../tools/quality.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

async function main() {
	await ensureDependencies();
	if (process.argv.includes('--quality')) keepMeasured();
	await step('Build', () => npm('The build', root, ['run', 'build']));
	const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const { code } = await run(
		node24,
		[jest, 'test/docs/pages.test.mts', 'test/docs/schemas.test.mts', '--forceExit'],
		{
			cwd: root,
			env: { ...process.env, WRITE_DOCS: 'yes' },
			output: 'inherit',
		},
	);
	return code;
}

runProgram(main);
