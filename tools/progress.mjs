/** One line a step: what is being done, for how long, and how it ended. */

/** Something went wrong that the reader can act on: shown without a stack trace. */
export class Trouble extends Error {
	/**
	 * @param {string} message One clear sentence
	 * @param {string} [evidence] The tail of an output or a log
	 */
	constructor(message, evidence = '') {
		super(message);
		this.evidence = evidence;
	}
}

const INTERVAL_WITHOUT_TERMINAL_MS = 20_000;
const isTerminal = process.stdout.isTTY && !process.env.CI;

/** @param {number} ms */
export function duration(ms) {
	const seconds = ms / 1000;
	if (seconds < 60) return `${seconds.toFixed(1)} s`;
	return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}

/**
 * Runs `work` and shows its title with the seconds elapsed. A title with a result of `work` added
 * (`describe`) tells more than a bare tick.
 * @template T
 * @param {string} title
 * @param {() => Promise<T> | T} work
 * @param {(result: T) => string} [describe]
 * @returns {Promise<T>}
 */
export async function step(title, work, describe = () => '') {
	const startedAt = Date.now();
	const elapsed = () => duration(Date.now() - startedAt);
	const show = () => {
		if (isTerminal) process.stdout.write(`\r\x1b[K… ${title} (${elapsed()})`);
		else console.log(`… ${title} (${elapsed()})`);
	};
	const timer = setInterval(show, isTerminal ? 500 : INTERVAL_WITHOUT_TERMINAL_MS);
	if (isTerminal) show();
	/** @param {string} line */
	const finish = (line) => {
		clearInterval(timer);
		console.log(`${isTerminal ? '\r\x1b[K' : ''}${line} (${elapsed()})`);
	};
	try {
		const result = await work();
		const detail = describe(result);
		finish(`✓ ${title}${detail && `: ${detail}`}`);
		return result;
	} catch (error) {
		finish(`✗ ${title}`);
		throw error;
	}
}

/**
 * Shows an error: a `Trouble` as its sentence and evidence, anything else with its stack.
 * @param {unknown} error
 */
export function report(error) {
	if (!(error instanceof Trouble)) {
		console.error(error);
		return;
	}
	if (error.evidence) console.error(`\n${error.evidence.replace(/^/gm, '  | ')}`);
	console.error(`\n${error.message}`);
}
