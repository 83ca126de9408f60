/**
 * `npm run test:storage`: what the package signs and reads, before the vendors' own SDKs, a real S3 server
 * (Ceph's radosgw, from Debian's packages) and Microsoft's azurite. Installs SDKs and azurite. Who has seen
 * what is in `.artifacts/quality/storage.json` then. `-- --vectors` makes the vectors of the unit tests anew;
 * other arguments are files to run.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ensureJudges } from '../tools/judges.mjs';
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { step } from '../tools/progress.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

const OUTCOME = '.artifacts/quality/storage.json';

/** @param {string[]} args */
async function main(args) {
	await ensureDependencies();
	await ensureJudges();
	if (args.includes('--vectors')) {
		const made = await run(node24, ['test/vendors/vectors.mts'], {
			...{ cwd: root, output: 'inherit' },
		});
		return made.code;
	}
	await step('Build', () => npm('The build', root, ['run', 'build']));
	const hooks = ['--import', './tools/before-n8n-core.mjs'];
	const options = [...hooks, '--test', '--test-concurrency=1', '--test-reporter=spec'];
	const files = args.length > 0 ? args : ['test/storage/*.storage.mts'];
	// What is no longer seen must not stay there.
	if (args.length === 0) rmSync(path.join(root, OUTCOME), { force: true });
	const { code } = await run(node24, [...options, ...files], { cwd: root, output: 'inherit' });
	return code;
}

runProgram(() => main(process.argv.slice(2)));
