import fc from 'fast-check';
import { lives } from './arbitrary.mts';
import type { Life } from './life.mts';
import type { Replacement } from './process.mts';
import { RULES, type Rule } from './rules/index.mts';
import { storyOf, type Broken } from './story.mts';
import { emptySummary, note, type Summary } from './summary.mts';
import { World } from './world.mts';

export interface RunOptions {
	lives: number;
	seed: number;
	/** Where fast-check is to go on, to see one life again. */
	path?: string;
	/** Names of the rules that count; all where absent. */
	rules?: readonly string[];
	/** What to put back into the package. */
	bug?: readonly Replacement[];
	/** Whether a life that broke a rule is made as small as it can be. */
	shrink?: boolean;
	/** Is told of every life. */
	onLife?: (lived: number) => void;
}

export interface RunResult {
	summary: Summary;
	ms: number;
	/** The first life that broke a rule, shrunk. */
	failure?: {
		/** After how many lives it was met. */
		after: number;
		rule: string;
		seed: number;
		path: string;
		story: string;
		life: Life;
	};
}

/** The rules of that name. @throws Error where there is none */
function rulesNamed(names: readonly string[] | undefined): readonly Rule[] {
	for (const name of names ?? []) {
		if (!RULES.some((rule) => rule.name === name)) throw new Error(`There is no rule "${name}"`);
	}
	return names ? RULES.filter(({ name }) => names.includes(name)) : RULES;
}

/** Lives as many random lives, until one breaks a rule. */
export async function runLives(options: RunOptions): Promise<RunResult> {
	const rules = rulesNamed(options.rules);
	const world = await World.create(options.bug);
	const summary = emptySummary();
	const startedAt = Date.now();
	let count = 0;
	let first: { after: number; rule: string } | undefined;
	let story = '';
	try {
		const details = await fc.check(
			fc.asyncProperty(lives, async (life) => {
				const lived = await world.live(life);
				if (!first) {
					count++;
					note(summary, lived);
					options.onLife?.(count);
				}
				const broken = rules
					.map((rule): Broken => ({ rule, breaches: rule.breaches(lived) }))
					.filter(({ breaches }) => breaches.length > 0);
				if (broken.length === 0) return;
				first ??= { after: count, rule: broken[0].rule.name };
				// While it is made smaller it must not turn into another story.
				if (!broken.some(({ rule }) => rule.name === first?.rule)) return;
				story = storyOf(lived, broken);
				throw new Error(`Rule ${first.rule} is broken`);
			}),
			{
				numRuns: options.lives,
				seed: options.seed,
				...(options.path !== undefined && { path: options.path }),
				endOnFailure: options.shrink === false,
			},
		);
		const ms = Date.now() - startedAt;
		if (!details.failed) return { summary, ms };
		if (!first || !details.counterexample) throw details.errorInstance as Error;
		const [life] = details.counterexample;
		const { seed, counterexamplePath } = details;
		return {
			summary,
			ms,
			failure: { ...first, seed, path: counterexamplePath ?? '', story, life },
		};
	} finally {
		await world.close();
	}
}

/** What is printed of a life that broke a rule. */
export const failureText = ({
	rule,
	after,
	seed,
	path,
	story,
}: NonNullable<RunResult['failure']>) =>
	[
		'',
		`A life broke the rule "${rule}", the ${after}th of seed ${seed}. As small as it could be made:`,
		'',
		story,
		'',
		`To see it again: npm run test:lives -- --seed ${seed} --path ${path} --rule ${rule}`,
	].join('\n');
