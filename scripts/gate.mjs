/**
 * The gate before publishing: what n8n's reviewers run, on the source and on the packed tarball, and
 * the promises the package makes beyond that.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, globSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJson, readJson } from '../tools/json.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
/** What everyone downloads who installs the package. */
const MAX_TARBALL_BYTES = 180_000;
/** All that compiled files may ask for at run time, beside each other. */
const ALLOWED_MODULES = ['n8n-workflow', 'zod', 'node:crypto', 'luxon', 'lodash'];

/**
 * Packs the package and unpacks it again.
 *
 * @param {string} folder an empty folder
 * @returns {{ tarball: string, unpacked: string }}
 */
function pack(folder) {
	const answer = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename }] = /** @type {[{ filename: string }]} */ (parseJson(answer));
	const tarball = join(folder, filename);
	execFileSync('tar', ['-xzf', tarball, '-C', folder]);
	return { tarball, unpacked: join(folder, 'package') };
}

/**
 * Module names that compiled files ask for and may not.
 *
 * @param {string} unpacked folder of the unpacked package
 * @returns {string[]} one finding each
 */
function strayModules(unpacked) {
	return globSync('dist/**/*.js', { cwd: unpacked }).flatMap((file) => {
		const code = readFileSync(join(unpacked, file), 'utf8');
		return [...code.matchAll(/\b(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].flatMap(
			([, name]) => {
				if (name.startsWith('.')) {
					const target = join(unpacked, dirname(file), name);
					const found = [target, `${target}.js`, join(target, 'index.js')].some((path) =>
						existsSync(path),
					);
					return found ? [] : [`${file} asks for ${name}, which is not in the package`];
				}
				if (ALLOWED_MODULES.includes(name)) return [];
				const kind = builtinModules.includes(name.replace(/^node:/, '')) ? 'built-in' : 'installed';
				return [`${file} asks for the ${kind} module ${name}`];
			},
		);
	});
}

/**
 * Promises of package.json: no run-time dependency, and every registered file is in the tarball.
 *
 * @param {string} unpacked
 * @returns {string[]}
 */
function manifestFindings(unpacked) {
	const manifest =
		/** @type {{ dependencies?: object, optionalDependencies?: object, peerDependencies?: Record<string, string>, n8n: { nodes: string[], credentials: string[] } }} */ (
			readJson(join(unpacked, 'package.json'))
		);
	const findings = [];
	for (const kind of /** @type {const} */ (['dependencies', 'optionalDependencies'])) {
		const names = Object.keys(manifest[kind] ?? {});
		if (names.length > 0) findings.push(`package.json has ${kind}: ${names.join(', ')}`);
	}
	if (JSON.stringify(manifest.peerDependencies) !== '{"n8n-workflow":"*"}') {
		findings.push('package.json: peerDependencies must be n8n-workflow "*" alone');
	}
	for (const file of [...manifest.n8n.nodes, ...manifest.n8n.credentials]) {
		if (!existsSync(join(unpacked, file))) findings.push(`${file} is registered but not packed`);
	}
	return findings;
}

/**
 * Runs the whole gate on a built package.
 *
 * @throws Error listing what was found
 */
export async function runGate() {
	const scanner = await import('@n8n/scan-community-package/scanner/scanner.mjs');
	const folder = mkdtempSync(join(tmpdir(), 'gate-'));
	try {
		const { tarball, unpacked } = pack(folder);
		const { size } = statSync(tarball);
		const scans = [
			await scanner.analyzePackage(ROOT, scanner.SOURCE_FILE_PATTERNS),
			await scanner.analyzePackage(unpacked, ['**/*.js', 'package.json']),
		];
		const findings = [
			...scans
				.filter(({ passed }) => !passed)
				.map(({ message, details }) => `${message ?? 'The scanner refused'}\n${details ?? ''}`),
			...manifestFindings(unpacked),
			...strayModules(unpacked),
			...(size > MAX_TARBALL_BYTES ? [`The tarball has ${size} bytes`] : []),
		];
		if (findings.length > 0) throw new Error(`The gate found:\n${findings.join('\n')}`);
		console.log(`Gate: no findings in source and tarball (${(size / 1000).toFixed(1)} kB)`);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
