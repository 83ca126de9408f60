/** `npm run test:lives`: builds, then lets the node live through random lives (test/lives). */
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { step } from '../tools/progress.mjs';
import { runProgram } from '../tools/program.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

runProgram(async () => {
	await ensureDependencies();
	await step('Build', () => npm('The build', root, ['run', 'build']));
	const args = ['--import', './tools/before-n8n-core.mjs', 'test/lives/cli.mts'];
	const env = { ...process.env, N8N_LOG_LEVEL: 'silent' };
	const { code } = await run(node24, [...args, ...process.argv.slice(2)], {
		cwd: root,
		env,
		output: 'inherit',
	});
	return code;
});
