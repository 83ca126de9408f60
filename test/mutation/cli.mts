import { parseArgs } from 'node:util';
import { commitNow, figuresOf, keepFigures, totalOf } from './figures.mts';
import { runTier, type Result, type Survivor } from './run.mts';
import type { Shard } from './sample.mts';
import { TIERS, type Tier } from './tiers.mts';

/** The program behind `npm run test:mutation`. */

const HELP = `npm run test:mutation -- [options]

  --tier <n>      ${Object.entries(TIERS)
		.map(([name, { title }]) => `${name}: ${title}`)
		.join('; ')} (default: each)
  --sample <n>    so many mutants, drawn; 0: all (default: what the tier says)
  --seed <n>      where chance begins (default 1)
  --shard <n/of>  a part of the tier, such as 2/4; the parts of one commit add up (default 1/1)
  --mutate <glob> only these files; may be given several times
  --concurrency <n>  so many at a time (default 2)

What came of a tier, or of parts of it, stands in .artifacts/quality/mutants.json.`;

const MOST_OF_A_LINE = 140;

const { values } = parseArgs({
	options: {
		tier: { type: 'string', multiple: true },
		sample: { type: 'string' },
		seed: { type: 'string', default: '1' },
		shard: { type: 'string', default: '1/1' },
		mutate: { type: 'string', multiple: true },
		concurrency: { type: 'string', default: '2' },
		help: { type: 'boolean', default: false },
	},
});

const short = (code: string) =>
	code.length > MOST_OF_A_LINE ? `${code.slice(0, MOST_OF_A_LINE)} …` : code;

const tell = ({ file, line, code, by, reached }: Survivor) =>
	console.log(
		[
			`${file}:${line}${reached ? '' : ' (no test runs this)'}`,
			`  - ${short(code)}`,
			`  + ${short(by)}`,
		].join('\n'),
	);

function textOf({ unnoticeable, leftOut }: Result): string {
	return [
		...Object.entries(leftOut).map(([reason, count]) => `Left out: ${count}, ${reason}`),
		...unnoticeable.map(({ file, line, why }) => `Cannot be noticed: ${file}:${line}, ${why}`),
	].join('\n');
}

function shardOf(text: string): Shard {
	const [nth, of] = text.split('/').map(Number);
	if (!(nth >= 1 && nth <= of)) throw new Error(`There is no part ${text}`);
	return { nth, of };
}

async function test(name: string, tier: Tier): Promise<boolean> {
	console.log(`\nTier ${name}: ${tier.title}`);
	const startedAt = Date.now();
	const commit = commitNow();
	const { shard, mutate } = values;
	const drawn = { seed: Number(values.seed), sample: Number(values.sample ?? tier.sample ?? 0) };
	const result = await runTier(tier, {
		...{ ...drawn, shard: shardOf(shard), mutate },
		concurrency: Number(values.concurrency),
		onSurvivor: tell,
	});
	const own = figuresOf(result, { ...drawn, shard });
	// Some files say nothing of a tier: they are told by their names.
	const what = [`tier ${name}`, ...(mutate ?? [])].join(' ');
	const figures = keepFigures(what, commit, own);
	const { killed, survived, score } = totalOf(figures.folders);
	const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1);
	const reached = score >= tier.goal;
	console.log(`
${textOf(result)}
${killed + survived} mutants that can be noticed${figures.shards.length > 1 ? `, parts ${figures.shards.join(', ')}` : ''}: ${killed} were (${figures.timedOut} of them by coming to no end), ${survived} survived
${reached ? '✓' : '✗'} Score: ${score.toFixed(1)} % (goal: ${tier.goal} %), ${minutes} min`);
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
