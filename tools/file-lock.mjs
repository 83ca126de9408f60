/** A lock between processes: a file that holds the owner's process id. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 500;
/** A lock file without a process id yet may be one that is being written. */
const EMPTY_FILE_GRACE_MS = 5_000;

/** @param {number} pid */
export function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/**
 * Runs `work` while no other process runs work under the same file.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withFileLock(file, work) {
	mkdirSync(path.dirname(file), { recursive: true });
	while (!take(file)) {
		if (isAbandoned(file)) rmSync(file, { force: true });
		else await sleep(POLL_MS);
	}
	const release = () => rmSync(file, { force: true });
	process.once('exit', release);
	try {
		return await work();
	} finally {
		process.off('exit', release);
		release();
	}
}

/** @param {string} file */
function take(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
		throw error;
	}
}

/** @param {string} file */
function isAbandoned(file) {
	try {
		const owner = Number(readFileSync(file, 'utf8'));
		if (owner > 0) return !isAlive(owner);
		return Date.now() - statSync(file).mtimeMs > EMPTY_FILE_GRACE_MS;
	} catch {
		return false;
	}
}
