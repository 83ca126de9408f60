/**
 * `npm test`: build, lint, gate, jest. On a fresh clone it installs first.
 * With arguments (`npm test -- --testPathPatterns agora`) only build and jest, which gets them.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readJson } from '../tools/json.mjs';
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { sweeping } from '../tools/quality.mjs';
import { duration, report, step, Trouble } from '../tools/progress.mjs';
import { runProgram } from '../tools/program.mjs';
import { ensureDependencies, node24, root } from '../tools/setup.mjs';

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * The part of jest's report that we count.
 * @typedef {object} JestReport
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numRuntimeErrorTestSuites Files that could not be run at all
 */

/**
 * @param {string} title
 * @param {() => Promise<unknown>} work Throws if the check fails
 * @returns {Promise<Count>}
 */
async function check(title, work) {
	try {
		await step(title, work);
		return { passed: 1, failed: 0 };
	} catch (error) {
		report(error);
		return { passed: 0, failed: 1 };
	}
}

/**
 * @param {string[]} args
 * @returns {Promise<Count>}
 */
async function jest(args) {
	const startedAt = Date.now();
	const folder = mkdtempSync(path.join(tmpdir(), 'jest-report-'));
	const file = path.join(folder, 'report.json');
	try {
		const bin = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
		const toFile = ['--json', `--outputFile=${file}`];
		const all = async (swept = {}) => {
			const env = { ...process.env, ...swept };
			return await run(node24, [bin, ...toFile, ...args], { cwd: root, env, output: 'inherit' });
		};
		const code =
			args.length > 0
				? (await all()).code
				: await sweeping('secrets', 'npm test', async (swept) => (await all(swept)).code);
		if (!existsSync(file)) throw new Trouble(`No test ran: jest ended with ${code}.`);
		const count = countTests(file);
		const mark = code === 0 ? '✓' : '✗';
		console.log(`${mark} Tests: ${count.passed} passed (${duration(Date.now() - startedAt)})`);
		if (count.passed + count.failed === 0) throw new Trouble('No test ran.');
		// Jest may fail for another reason than a test, such as a coverage threshold.
		if (code !== 0 && count.failed === 0) return { ...count, failed: 1 };
		return count;
	} catch (error) {
		report(error);
		return { passed: 0, failed: 1 };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/**
 * @param {string} file
 * @returns {Count}
 */
function countTests(file) {
	const jestReport = /** @type {JestReport} */ (readJson(file));
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = jestReport;
	return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

/** @param {string[]} jestArguments */
async function main(jestArguments) {
	try {
		await ensureDependencies();
	} catch (error) {
		report(error);
		return conclude([{ passed: 0, failed: 1 }]);
	}
	const counts = [await check('Build', () => npm('The build', root, ['run', 'build']))];
	if (jestArguments.length === 0) {
		counts.push(await check('Lint', () => npm('Lint', root, ['run', 'lint'])));
		counts.push(await check('Gate', () => npm('The gate', root, ['exec', '--', 'gulp', 'gate'])));
	}
	counts.push(await jest(jestArguments));
	return conclude(counts);
}

/**
 * Prints the sum in the form that other programs look for.
 * @param {Count[]} counts
 * @returns {number} The exit code
 */
function conclude(counts) {
	const passed = counts.reduce((sum, count) => sum + count.passed, 0);
	const failed = counts.reduce((sum, count) => sum + count.failed, 0);
	console.log(`${passed} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}

runProgram(() => main(process.argv.slice(2)));
