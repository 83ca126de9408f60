/** Brings the vendors' SDKs and azurite, which judge the storage, into a cache outside the checkout. */
import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { withFileLock } from './file-lock.mjs';
import { cacheFolder } from './n8n.mjs';
import { installLocked, isInstalled, lockHash } from './npm.mjs';
import { step } from './progress.mjs';
import { root } from './setup.mjs';

const lockFolder = path.join(root, 'test', 'vendors');

/** Where they are. Not in the checkout: the build packs every picture that it finds there. */
export const judgesFolder = path.join(cacheFolder, `judges-${lockHash(lockFolder).slice(0, 16)}`);

/** Loads one of their packages. */
export const loadJudge = createRequire(path.join(judgesFolder, 'package.json'));

/** Installs them, at the versions of their lock file, unless the cache has them. */
export async function ensureJudges() {
	if (isInstalled(judgesFolder)) return;
	await step("Install the vendors' SDKs", () =>
		withFileLock(`${judgesFolder}.lock`, async () => {
			if (isInstalled(judgesFolder)) return;
			mkdirSync(judgesFolder, { recursive: true });
			for (const file of ['package.json', 'package-lock.json']) {
				cpSync(path.join(lockFolder, file), path.join(judgesFolder, file));
			}
			await installLocked("Installing the vendors' SDKs", judgesFolder, [], async () => {});
		}),
	);
}
