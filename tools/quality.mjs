/**
 * Figures that were measured. Each command leaves those of its last run in `.artifacts/quality`;
 * `npm run docs -- --quality` takes them over into docs/quality.json, from which docs/quality.md is made.
 */
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	readdirSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseJson, readJson } from './json.mjs';
import { root } from './setup.mjs';

/**
 * @typedef {object} Measured
 * @property {string} topic
 * @property {string} commit What was measured; with a `+` where files were changed and not committed
 * @property {string} date ISO 8601
 * @property {string} command With which it can be measured again
 * @property {Record<string, unknown>} figures Figures, and tables of one or two levels; what lies deeper is shown as text
 */

const FOLDER = path.join(root, '.artifacts', 'quality');
const COMMITTED = path.join(root, 'docs', 'quality.json');

/** The commit of the checkout. Outside of git, as in an unpacked tarball, it is `unknown`. */
function commit() {
	try {
		const args = ['describe', '--always', '--abbrev=7', '--exclude=*', '--dirty=+'];
		return execFileSync('git', args, {
			...{ cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
		}).trim();
	} catch {
		return 'unknown';
	}
}

/**
 * Leaves the figures of a run, in place of those of the run before.
 * @param {string} topic
 * @param {string} command
 * @param {Measured['figures']} figures
 */
export function measured(topic, command, figures) {
	mkdirSync(FOLDER, { recursive: true });
	const date = new Date().toISOString().slice(0, 10);
	const text = JSON.stringify({ topic, commit: commit(), date, command, figures }, null, '\t');
	writeFileSync(path.join(FOLDER, `${topic}.json`), `${text}\n`);
}

/**
 * Runs tests that look for secrets (test/support/sweep.mts) and keeps how much they searched. That nothing
 * was found is what the tests themselves say.
 * @param {string} topic
 * @param {string} command
 * @param {(environment: { SWEPT: string }) => Promise<number>} tests Gives the exit code
 * @returns {Promise<number>} The same
 */
export async function sweeping(topic, command, tests) {
	const folder = mkdtempSync(path.join(tmpdir(), 'swept-'));
	const SWEPT = path.join(folder, 'counts');
	writeFileSync(SWEPT, '');
	try {
		const code = await tests({ SWEPT });
		/** @type {Record<string, number>} */
		const searched = {};
		for (const line of readFileSync(SWEPT, 'utf8').split('\n').filter(Boolean)) {
			const counts = /** @type {Record<string, number>} */ (parseJson(line));
			for (const [kind, count] of Object.entries(counts)) {
				searched[kind] = (searched[kind] ?? 0) + count;
			}
		}
		measured(topic, command, { 'tests passed': code === 0, 'Searched for secrets': searched });
		return code;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Takes what was measured here over into docs/quality.json; topics that were not measured stay. */
export function keepMeasured() {
	const all = /** @type {Record<string, Measured>} */ (
		existsSync(COMMITTED) ? readJson(COMMITTED) : {}
	);
	for (const file of existsSync(FOLDER) ? readdirSync(FOLDER) : []) {
		if (!file.endsWith('.json')) continue;
		const one = /** @type {Measured} */ (readJson(path.join(FOLDER, file)));
		if (one.figures !== undefined) all[path.basename(file, '.json')] = one;
	}
	const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
	writeFileSync(COMMITTED, `${JSON.stringify(sorted, null, '\t')}\n`);
}
