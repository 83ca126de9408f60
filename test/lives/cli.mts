import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { measured } from '../../tools/quality.mjs';
import { BUGS } from './bugs.mts';
import { RULES } from './rules/index.mts';
import { failureText, runLives, type RunOptions, type RunResult } from './run.mts';
import { beyondBounds, emptySummary, figuresOf, plus, summaryText } from './summary.mts';

/** The program behind `npm run test:lives`. */

const HELP = `npm run test:lives -- [options]

  --lives <n>     how many (default 500)
  --seed <n>      where chance begins (default: drawn)
  --path <path>   goes on where fast-check says, to see one life again
  --rule <name>   only this rule counts; may be given several times
  --workers <n>   processes side by side (default: one a core; 1 with --path)
  --bugs          puts every known bug back, one at a time, with three seeds
  --bug <name>    only this one
  --json          prints the result as JSON, in the last line`;

/** So many lives at most must it take to find a bug that was put back. */
const LIVES_FOR_A_BUG = 2000;
const SEEDS_FOR_A_BUG = 3;
const PROGRESS_EVERY = 500;

const { values } = parseArgs({
	options: {
		lives: { type: 'string', default: '500' },
		seed: { type: 'string' },
		path: { type: 'string' },
		rule: { type: 'string', multiple: true },
		workers: { type: 'string' },
		bugs: { type: 'boolean', default: false },
		bug: { type: 'string' },
		json: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

/** Runs lives in a process of its own; lives that it has lived are told as they go. */
function inProcess(options: RunOptions, onLives: (count: number) => void): Promise<RunResult> {
	const child = fork(import.meta.filename, [], {
		env: { ...process.env, LIVES_WORKER: JSON.stringify(options) },
	});
	return new Promise((resolve, reject) => {
		child.on('message', (message: { lives?: number; result?: RunResult; trouble?: string }) => {
			if (message.lives !== undefined) onLives(message.lives);
			if (message.result) resolve(message.result);
			if (message.trouble !== undefined) reject(new Error(message.trouble));
		});
		child.on('exit', (code) => reject(new Error(`A process of lives ended with ${code}`)));
	});
}

async function work(options: RunOptions): Promise<void> {
	const tell = (message: object) =>
		new Promise<void>((resolve) => process.send?.(message, () => resolve()));
	try {
		const result = await runLives({
			...options,
			onLife: (count) => {
				if (count % PROGRESS_EVERY === 0) void tell({ lives: PROGRESS_EVERY });
			},
		});
		await tell({ result });
	} catch (thrown) {
		await tell({
			trouble: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
		});
	}
	process.exit();
}

/** Lives side by side, each process with a seed of its own. */
async function liveAll(seed: number, lives: number, workers: number): Promise<RunResult> {
	const startedAt = Date.now();
	let done = 0;
	const results = await Promise.all(
		Array.from({ length: workers }, async (_, i) =>
			inProcess(
				{
					lives: Math.ceil(lives / workers),
					seed: seed + i,
					...(values.path !== undefined && { path: values.path }),
					...(values.rule && { rules: values.rule }),
				},
				(count) => {
					done += count;
					if (!values.json)
						console.log(`${done} lives, ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
				},
			),
		),
	);
	const failure = results.find((result) => result.failure)?.failure;
	return {
		summary: results.map(({ summary }) => summary).reduce(plus, emptySummary()),
		ms: Date.now() - startedAt,
		...(failure && { failure }),
	};
}

/** Puts bugs back, and tells after how many lives each is found. */
async function findBugs(seed: number, workers: number): Promise<boolean> {
	const bugs = BUGS.filter(({ name }) => values.bug === undefined || name === values.bug);
	if (bugs.length === 0) throw new Error(`No bug is called ${String(values.bug)}`);
	const tasks = bugs.flatMap((bug) =>
		Array.from({ length: SEEDS_FOR_A_BUG }, (_, i) => ({ bug, seed: seed + i })),
	);
	let missed = 0;
	const after: Record<string, Record<string, number | string>> = {};
	const queue = tasks.values();
	const worker = async () => {
		for (const { bug, seed: own } of queue) {
			const { failure, ms } = await inProcess(
				{
					lives: LIVES_FOR_A_BUG,
					seed: own,
					bug: bug.putBack,
					rules: bug.rules,
					shrink: false,
				},
				() => undefined,
			);
			if (!failure) missed++;
			(after[bug.name] ??= {})[`seed ${own}`] = failure?.after ?? 'not found';
			console.log(
				failure
					? `${bug.name}, seed ${own}: found after ${failure.after} lives by "${failure.rule}" (${(ms / 1000).toFixed(0)} s)`
					: `${bug.name}, seed ${own}: NOT FOUND in ${LIVES_FOR_A_BUG} lives`,
			);
		}
	};
	await Promise.all(Array.from({ length: workers }, worker));
	if (values.bug === undefined) {
		measured('bugs', `npm run test:lives -- --bugs --seed ${seed}`, {
			...{ bugs: bugs.length, seeds: SEEDS_FOR_A_BUG, 'not found': missed },
			'Found after so many lives': after,
		});
	}
	return missed === 0;
}

async function main(): Promise<number> {
	if (values.help) {
		console.log(HELP);
		return 0;
	}
	const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
	const workers = values.path === undefined ? Number(values.workers ?? availableParallelism()) : 1;
	if (values.bugs || values.bug !== undefined) return (await findBugs(seed, workers)) ? 0 : 1;
	const result = await liveAll(seed, Number(values.lives), workers);
	const beyond = beyondBounds(result.summary);
	// Not what `npm test` lives through, nor a life that is looked at again.
	if (!values.json && values.path === undefined && !values.rule) {
		measured(
			'lives',
			`npm run test:lives -- --lives ${values.lives} --seed ${seed} --workers ${workers}`,
			{
				...{ rules: RULES.length, 'rules broken': result.failure ? 1 : 0 },
				...{ 'shares beyond their bounds': beyond.length },
				...figuresOf(result.summary, result.ms),
			},
		);
	}
	const text = [
		summaryText(result.summary, result.ms),
		...beyond,
		result.failure ? failureText(result.failure) : `No rule was broken (seed ${seed})`,
	].join('\n');
	console.log(values.json ? JSON.stringify({ ...result, text }) : text);
	return result.failure || beyond.length > 0 ? 1 : 0;
}

const { LIVES_WORKER } = process.env;
if (LIVES_WORKER !== undefined) {
	await work(JSON.parse(LIVES_WORKER) as RunOptions);
} else {
	process.exitCode = await main();
}
