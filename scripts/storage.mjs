/**
 * `npm run test:storage`: what the package signs and reads, before the vendors' own SDKs, a real S3 server
 * (Ceph's radosgw, from Debian's packages) and Microsoft's azurite. Installs SDKs and azurite. Who has seen
 * what is among the figures of docs/quality.md then. `-- --vectors` makes the vectors of the unit tests anew;
 * other arguments are files to run.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { readJson } from '../tools/json.mjs';
import { ensureJudges } from '../tools/judges.mjs';
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { step } from '../tools/progress.mjs';
import { measured } from '../tools/quality.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

/**
 * @typedef {object} Seen As test/storage/outcome.mts leaves it
 * @property {Record<string, string[]>} judges
 * @property {{ equalTo: string, counts: Record<string, number> }} [signatures]
 */

const OUTCOME = path.join(root, '.artifacts', 'storage.json');

/** The figures of a whole run: who has seen what of each vendor, and how many URLs were compared. */
function keepOutcome() {
	const { vendors } = /** @type {{ vendors: Record<string, Seen> }} */ (readJson(OUTCOME));
	const seen = Object.entries(vendors);
	const columns = ['link', 'tampered', 'expired', 'list', 'wait', 'playlist', 'check'];
	measured('storage', 'npm run test:storage', {
		'Who has seen it': Object.fromEntries(
			seen.map(([vendor, { judges }]) => [
				vendor,
				Object.fromEntries(columns.map((column) => [column, judges[column]?.join('; ') ?? '–'])),
			]),
		),
		'URLs equal to those of the SDK': Object.fromEntries(
			seen.flatMap(([vendor, { signatures }]) =>
				signatures ? [[vendor, { ...signatures.counts, SDK: signatures.equalTo }]] : [],
			),
		),
	});
}

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
	if (args.length === 0) rmSync(OUTCOME, { force: true });
	const { code } = await run(node24, [...options, ...files], { cwd: root, output: 'inherit' });
	if (args.length === 0 && code === 0) keepOutcome();
	return code;
}

runProgram(() => main(process.argv.slice(2)));
