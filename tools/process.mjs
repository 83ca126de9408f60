/** Child processes: started so that none outlives us, with their last words kept for error messages. */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const onWindows = process.platform === 'win32';
const TAIL_CHARACTERS = 200_000;
const GRACE_MS = 10_000;

/** @type {Set<ChildProcess>} */
const running = new Set();

/**
 * Signals a child and everything it started: on POSIX each child leads a process group of its own.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalTree(child, signal) {
	if (child.pid === undefined) return;
	if (onWindows) {
		spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
		return;
	}
	try {
		process.kill(-child.pid, signal);
	} catch {
		// The group is gone already.
	}
}

/** @param {ChildProcess} child */
const hasEnded = (child) => child.exitCode !== null || child.signalCode !== null;

/**
 * Asks a child to end, waits up to ten seconds, then ends it by force.
 * @param {ChildProcess} child
 */
export async function stop(child) {
	signalTree(child, 'SIGTERM');
	const deadline = Date.now() + GRACE_MS;
	while (!hasEnded(child) && Date.now() < deadline) await sleep(50);
	signalTree(child, 'SIGKILL');
	running.delete(child);
}

/** Stops every child that is still running. */
export async function stopAll() {
	await Promise.all([...running].map(stop));
}

process.on('exit', () => {
	for (const child of running) signalTree(child, 'SIGKILL');
});

/**
 * @typedef {object} StartOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] The whole environment, not an addition to ours
 * @property {'pipe' | 'inherit' | number} [output] Default `pipe`; a number is an open file
 */

/**
 * Starts a child without standard input.
 * @param {string} command
 * @param {string[]} args
 * @param {StartOptions} [options]
 * @returns {ChildProcess}
 */
export function start(command, args, { cwd, env, output = 'pipe' } = {}) {
	const child = spawn(command, args, {
		cwd,
		env,
		stdio: ['ignore', output, output],
		detached: !onWindows,
		// npm is a .cmd file there, which only a shell can start.
		shell: onWindows && command === 'npm',
	});
	running.add(child);
	// Its own end does not mean that its descendants ended: whatever is left in the group goes too.
	child.once('exit', () => {
		signalTree(child, 'SIGKILL');
		running.delete(child);
	});
	return child;
}

/**
 * Runs a command to its end. Does not throw for a non-zero exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {StartOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `output`: the last 200,000 characters
 */
export function run(command, args, options) {
	return new Promise((resolve) => {
		const child = start(command, args, options);
		let output = '';
		/** @param {Buffer} chunk */
		const keep = (chunk) => {
			output = (output + chunk.toString()).slice(-TAIL_CHARACTERS);
		};
		child.stdout?.on('data', keep);
		child.stderr?.on('data', keep);
		child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }));
		child.once('close', (code) => resolve({ code: code ?? 1, output }));
	});
}

/**
 * @param {string} text
 * @param {number} [lines]
 */
export const tail = (text, lines = 40) => text.trimEnd().split('\n').slice(-lines).join('\n');
