/** Runs one of our TypeScript programs as it is, which takes Node 24: `node scripts/run.mjs <file> …`. */
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

runProgram(async () => {
	await ensureDependencies();
	const { code } = await run(node24, process.argv.slice(2), { cwd: root, output: 'inherit' });
	return code;
});
