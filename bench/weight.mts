/**
 * `npm run bench:weight`: what n8n loads when it loads this package, and how long that takes, beside built-in
 * nodes of like size. Each node is loaded by n8n-core's own loader, in a fresh process that has loaded n8n-core
 * and what n8n has loaded anyway; the nodes take turns.
 */
import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureN8n } from '../tools/n8n.mjs';
import { installPackage } from '../tools/n8n-server.mjs';
import { npm } from '../tools/npm.mjs';
import { runProgram } from '../tools/program.mjs';
import { step } from '../tools/progress.mjs';
import { measured } from '../tools/quality.mjs';
import { root } from '../tools/setup.mjs';

const ROUNDS = 15;
const OURS = 'Agora Cloud Recording';
/** Beside ours: files of n8n-nodes-base, below dist/nodes. */
const BUILT_IN: Record<string, string> = {
	Slack: 'Slack/Slack.node.js',
	'Google Drive': 'Google/Drive/GoogleDrive.node.js',
	HubSpot: 'Hubspot/Hubspot.node.js',
	Notion: 'Notion/Notion.node.js',
	'AWS S3': 'Aws/S3/AwsS3.node.js',
};

interface Loaded {
	ms: number;
	/** Of all modules of the package that were loaded for the node. */
	bytes: number;
	modules: number;
}

interface Loader {
	loadNodeFromFile: (file: string) => void;
}

/** In a process of its own. @param file the node's, absolute @param folder its package's */
function load(n8n: string, folder: string, file: string): Loaded {
	const require = createRequire(path.join(n8n, 'package.json'));
	require('reflect-metadata');
	for (const name of ['n8n-workflow', 'zod', 'luxon', 'lodash']) require(name);
	const { PackageDirectoryLoader } = require('n8n-core') as {
		PackageDirectoryLoader: new (folder: string) => Loader;
	};
	const loader = new PackageDirectoryLoader(folder);
	const before = new Set(Object.keys(require.cache));
	const startedAt = process.hrtime.bigint();
	loader.loadNodeFromFile(path.relative(folder, file));
	const ms = Number(process.hrtime.bigint() - startedAt) / 1e6;
	const own = Object.keys(require.cache).filter(
		(name) => !before.has(name) && name.startsWith(path.join(folder, 'dist')),
	);
	return {
		ms,
		bytes: own.reduce((sum, name) => sum + statSync(name).size, 0),
		modules: own.length,
	};
}

const median = (values: number[]) =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function main(): Promise<number> {
	const n8n = await ensureN8n({ lockFolder: path.join(root, 'demo', 'n8n') });
	const folder = mkdtempSync(path.join(tmpdir(), 'weight-'));
	try {
		await step('Build', () => npm('The build', root, ['run', 'build']));
		const [packed] = JSON.parse(
			await npm('Packing', root, [
				'pack',
				'--json',
				'--ignore-scripts',
				'--pack-destination',
				folder,
				'--silent',
			]),
		) as [{ filename: string; size: number; unpackedSize: number; entryCount: number }];
		await installPackage(folder, path.join(folder, packed.filename));
		const ours = path.join(folder, '.n8n/nodes/node_modules/n8n-nodes-agora-cloud-recording');
		const base = path.join(n8n.folder, 'node_modules/n8n-nodes-base');
		const nodes: Array<[name: string, folder: string, file: string]> = [
			[OURS, ours, path.join(ours, 'dist/nodes/AgoraCloudRecording/AgoraCloudRecording.node.js')],
			...Object.entries(BUILT_IN).map(([name, file]): [string, string, string] => [
				...([name, base, path.join(base, 'dist/nodes', file)] as const),
			]),
		];
		const runs = new Map<string, Loaded[]>(nodes.map(([name]) => [name, []]));
		await step(`Load each node ${ROUNDS} times`, async () => {
			for (let round = 0; round < ROUNDS; round++) {
				for (const [name, ...where] of nodes) {
					const told = execFileSync(process.execPath, [import.meta.filename], {
						encoding: 'utf8',
						env: {
							...process.env,
							// Where a package that is installed in n8n finds n8n's own modules.
							NODE_PATH: path.join(n8n.folder, 'node_modules'),
							N8N_USER_FOLDER: folder,
							WEIGHT: JSON.stringify([n8n.folder, ...where]),
						},
					});
					runs.get(name)?.push(JSON.parse(told.slice(told.lastIndexOf('{'))) as Loaded);
				}
			}
			await Promise.resolve();
		});
		const msOf = (name: string) => median((runs.get(name) ?? []).map(({ ms }) => ms));
		const rows = nodes.map(([name]) => {
			const [{ bytes, modules }] = runs.get(name) ?? [];
			return [
				name,
				{
					...{ modules, 'kB of code': Math.round(bytes / 1000) },
					'time to load, ours = 1': Number((msOf(name) / msOf(OURS)).toFixed(2)),
				},
			] as const;
		});
		console.table(Object.fromEntries(rows));
		measured('weight', 'npm run bench:weight', {
			'kB to download': Math.round(packed.size / 1000),
			'kB installed': Math.round(packed.unpackedSize / 1000),
			files: packed.entryCount,
			'dependencies at run time':
				globSync(path.join(folder, '.n8n/nodes/node_modules/*')).length - 1,
			'ms to load the node': Math.round(msOf(OURS)),
			'Loaded beside built-in nodes': Object.fromEntries(rows),
		});
		return 0;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

const { WEIGHT } = process.env;
if (WEIGHT === undefined) runProgram(main);
else console.log(JSON.stringify(load(...(JSON.parse(WEIGHT) as [string, string, string]))));
