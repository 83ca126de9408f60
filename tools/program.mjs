/** What a script of ours is as a program: exit code, errors, Ctrl+C. */
import { stopAll } from './process.mjs';
import { report } from './progress.mjs';

const SIGNALS = /** @type {const} */ ({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 });

let ending = false;
/** @type {number | undefined} */
let codeOnSignal;

/**
 * From now on a signal is the ordinary way to end, not an abort.
 * @param {number} code The exit code then
 */
export function endOnSignalWith(code) {
	codeOnSignal = code;
}

/**
 * Runs `main` and exits with the code that it returns, or with 1 after showing what it threw. Every
 * child that is still running is stopped first, also on Ctrl+C; at a second Ctrl+C by force.
 * @param {() => Promise<number>} main
 */
export function runProgram(main) {
	for (const [signal, number] of Object.entries(SIGNALS)) {
		process.on(signal, () => {
			if (ending) process.exit();
			void end(codeOnSignal ?? 128 + number);
		});
	}
	endWithNpm();
	main().then(end, (error) => {
		// Children that fail because we stop them are no news.
		if (!ending) report(error);
		return end(1);
	});
}

/** A terminated npm takes the shell between it and us along, but does not tell us. */
function endWithNpm() {
	if (process.env.npm_lifecycle_event === undefined) return;
	const shell = process.ppid;
	setInterval(() => {
		if (process.ppid !== shell) void end(128 + SIGNALS.SIGTERM);
	}, 1_000).unref();
}

/**
 * The first to call decides the code.
 * @param {number} code
 */
async function end(code) {
	if (ending) return;
	ending = true;
	process.exitCode = code;
	await stopAll();
	process.exit();
}
