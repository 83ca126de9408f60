import {
	cpSync,
	mkdtempSync,
	readFileSync,
	realpathSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { PACKAGE_FOLDER } from '../support/host.mts';
import type { NodeClock } from '../support/virtualTime.mts';

/** A change of one file of the built package, to put a bug back. */
export interface Replacement {
	/** Below `dist/nodes/AgoraCloudRecording`. */
	file: string;
	find: string;
	put: string;
}

/** The node's clock, as far as lives replace it. */
/** What one process of n8n has loaded, with a memory of its own. */
export interface NodeProcess {
	nodeType: INodeType;
	credentialType: ICredentialType;
	clock: NodeClock;
}

/** Where the node lies in the package. */
export const NODE = 'dist/nodes/AgoraCloudRecording';

/**
 * A copy of the built package that n8n can load.
 *
 * @throws Error where a text to replace is not there exactly once
 */
function copyPackage(replacements: readonly Replacement[]): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lives-')));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	cpSync(join(PACKAGE_FOLDER, 'dist'), join(folder, 'dist'), { recursive: true });
	cpSync(join(PACKAGE_FOLDER, 'package.json'), join(folder, 'package.json'));
	symlinkSync(join(PACKAGE_FOLDER, 'node_modules'), join(folder, 'node_modules'), 'dir');
	for (const { file, find, put } of replacements) {
		const path = join(folder, NODE, file);
		const parts = readFileSync(path, 'utf8').split(find);
		if (parts.length !== 2) {
			throw new Error(
				`${file} has this ${parts.length - 1} times, not once. Write the bug anew:\n${find}`,
			);
		}
		writeFileSync(path, parts.join(put));
	}
	return folder;
}

/** Loads the built package anew, as another process of n8n would. */
export async function loadProcess(replacements: readonly Replacement[] = []): Promise<NodeProcess> {
	const folder = copyPackage(replacements);
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const { type } = loader.getNode('agoraCloudRecording');
	if ('nodeVersions' in type) throw new Error('The node has versions: take the newest one here');
	const load = createRequire(join(folder, 'package.json'));
	const { clock } = load(join(folder, NODE, 'process/clock.js')) as { clock: NodeClock };
	return {
		nodeType: type,
		credentialType: loader.getCredential('agoraApi').type,
		clock,
	};
}
