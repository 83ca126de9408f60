/**
 * `npm run test:scale` and `npm run test:soak`: more work for n8n than the other tests have, for long. Builds,
 * then runs one of the programs of test/scale.
 */
import path from 'node:path';
import { ensureN8n } from '../tools/n8n.mjs';
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { step } from '../tools/progress.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

const PROGRAMS = { scale: 'queueMode.mts', soak: 'soak.mts' };

/** @param {string[]} args */
async function main([name, ...options]) {
	const program = PROGRAMS[/** @type {keyof typeof PROGRAMS} */ (name)];
	await ensureDependencies();
	await step('Build', () => npm('The build', root, ['run', 'build']));
	await ensureN8n({ lockFolder: path.join(root, 'demo', 'n8n') });
	const command = ['npm run', `test:${name}`, ...(options.length > 0 ? ['--', ...options] : [])];
	const { code } = await run(node24, [path.join(root, 'test', 'scale', program), ...options], {
		cwd: root,
		env: { ...process.env, QUALITY_COMMAND: command.join(' ') },
		output: 'inherit',
	});
	return code;
}

runProgram(() => main(process.argv.slice(2)));
