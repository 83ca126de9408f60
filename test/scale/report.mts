/** What a long run came to: shown, left in a file, and told by the exit code. */
import { cpus, loadavg } from 'node:os';
import { duration } from '../../tools/progress.mjs';
import { measured } from '../../tools/quality.mjs';

/** Something that has to hold. */
export interface Rule {
	rule: string;
	holds: boolean;
	/** What was found, in a few words. */
	found: string;
}

/** What a part of a run came to. */
export interface Result {
	figures: Record<string, unknown>;
	rules: Rule[];
}

/** A rule by which there is to be nothing of a kind. */
export const none = (rule: string, found: readonly unknown[]): Rule => ({
	rule,
	holds: found.length === 0,
	found: found.length === 0 ? 'none' : `${found.length}: ${JSON.stringify(found.slice(0, 5))}`,
});

/** How often each value is there. */
export function counted(values: Iterable<string | number>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}

/** Above this many waiting or running programs a core, what is measured is told to be of a busy machine. */
const QUIET_LOAD = 0.25;

/** Load of the machine, and whether something else keeps it busy; to be asked before a run begins. */
export function machine() {
	const [load] = loadavg();
	const cores = cpus().length;
	return {
		...{ cores, model: cpus()[0].model, node: process.version },
		loadBefore: Math.round(100 * load) / 100,
		busyBefore: load / cores > QUIET_LOAD,
	};
}

/**
 * Shows figures and rules, and leaves them in `.artifacts/quality/<topic>.json`.
 *
 * @param beganAt Unix milliseconds
 * @returns the exit code: 1 where a rule does not hold
 */
export function conclude(topic: string, beganAt: number, { figures, rules }: Result): number {
	const took = duration(Date.now() - beganAt);
	const command = process.env.QUALITY_COMMAND ?? process.argv.join(' ');
	const found = Object.fromEntries(
		rules.map(({ rule, holds, found }) => [rule, `${holds ? 'holds' : 'broken'}: ${found}`]),
	);
	measured(topic, command, { ...figures, took, rules: found });
	console.log(`\n${JSON.stringify(figures, null, 2)}\n`);
	for (const { rule, holds, found } of rules) {
		console.log(`${holds ? '✓' : '✗'} ${rule}: ${found}`);
	}
	const broken = rules.filter(({ holds }) => !holds).length;
	console.log(`\n${rules.length - broken} rules hold, ${broken} broken (${took}).`);
	return broken === 0 ? 0 : 1;
}
