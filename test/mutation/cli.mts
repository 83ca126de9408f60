import { parseArgs } from 'node:util';
import { runTier, type Result } from './run.mts';
import { TIERS, type Tier } from './tiers.mts';

/** The program behind `npm run test:mutation`. */

const HELP = `npm run test:mutation -- [options]

  --tier <n>      ${Object.entries(TIERS)
		.map(([name, { title }]) => `${name}: ${title}`)
		.join('; ')} (default: each)
  --sample <n>    so many mutants, drawn; 0: all (default: what the tier says)
  --seed <n>      where chance begins (default 1)
  --mutate <glob> only these files; may be given several times`;

const MOST_OF_A_LINE = 140;

const { values } = parseArgs({
	options: {
		tier: { type: 'string', multiple: true },
		sample: { type: 'string' },
		seed: { type: 'string', default: '1' },
		mutate: { type: 'string', multiple: true },
		help: { type: 'boolean', default: false },
	},
});

const short = (code: string) =>
	code.length > MOST_OF_A_LINE ? `${code.slice(0, MOST_OF_A_LINE)} …` : code;

function textOf(result: Result): string {
	const { noticed, timedOut, survivors, unnoticeable, leftOut } = result;
	const each = (list: typeof survivors) =>
		list.flatMap(({ file, line, code, by, reached }) => [
			`${file}:${line}${reached ? '' : ' (no test runs this)'}`,
			`  - ${short(code)}`,
			`  + ${short(by)}`,
		]);
	return [
		...each(survivors),
		'',
		...Object.entries(leftOut).map(([reason, count]) => `Left out: ${count}, ${reason}`),
		...unnoticeable.map(({ file, line, why }) => `Cannot be noticed: ${file}:${line}, ${why}`),
		`${noticed + survivors.length + unnoticeable.length} mutants: ${noticed} noticed (${timedOut} of them by coming to no end), ` +
			`${survivors.length} survived, ${unnoticeable.length} cannot be noticed`,
	].join('\n');
}

async function test(name: string, tier: Tier): Promise<boolean> {
	console.log(`\nTier ${name}: ${tier.title}`);
	const startedAt = Date.now();
	const result = await runTier(tier, {
		seed: Number(values.seed),
		sample: Number(values.sample ?? tier.sample ?? 0),
		...(values.mutate && { mutate: values.mutate }),
	});
	const reached = result.score >= tier.goal;
	const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
	console.log(
		`\n${textOf(result)}\n${reached ? '✓' : '✗'} Score: ${result.score.toFixed(1)} % (goal: ${tier.goal} %), ${minutes} min`,
	);
	return reached;
}

async function main(): Promise<number> {
	if (values.help) {
		console.log(HELP);
		return 0;
	}
	const names = values.tier ?? Object.keys(TIERS);
	const unknown = names.find((name) => !Object.hasOwn(TIERS, name));
	if (unknown !== undefined) throw new Error(`There is no tier ${unknown}`);
	let reached = true;
	for (const name of names) reached = (await test(name, TIERS[name])) && reached;
	return reached ? 0 : 1;
}

process.exitCode = await main();
