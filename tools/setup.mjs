/** Makes a checkout ready to build, test and run. Needs Node 20 and npm, nothing installed. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode, installLocked, isInstalled, nodeOf } from './npm.mjs';
import { step, Trouble } from './progress.mjs';

const OLDEST_NODE = 20;

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Node 24, which n8n needs and which runs our TypeScript as it is. There after `ensureDependencies`. */
export const node24 = nodeOf(root);

/** Installs what package-lock.json says, unless node_modules holds just that. */
export async function ensureDependencies() {
	if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
		throw new Trouble(
			`This needs Node ${OLDEST_NODE} or later to begin with; this is Node ${process.versions.node}.`,
		);
	}
	if (isInstalled(root)) return;
	await step('Install dependencies', () =>
		installLocked('Installing the dependencies', root, ['node'], checkNode),
	);
}
