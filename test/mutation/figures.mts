import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Result } from './run.mts';

/** What a tier came to, or those of its parts that were run. */
const tierFigures = z.object({
	/** 0: all mutants. */
	sample: z.number(),
	seed: z.number(),
	/** Such as 1/4. */
	shards: z.array(z.string()),
	/** Of the killed ones, those that came to no end. */
	timedOut: z.number(),
	/** Below the node's own. */
	folders: z.record(z.string(), z.object({ killed: z.number(), survived: z.number() })),
	/** Mutants that do not count, by reason. */
	ignored: z.record(z.string(), z.number()),
});
export type TierFigures = z.infer<typeof tierFigures>;
type Folders = TierFigures['folders'];

const FILE = resolve(import.meta.dirname, '../../.artifacts/quality/mutants.json');

function foldersOf({ noticed, survivors }: Result): Folders {
	const folders: Folders = {};
	const folderOf = (file: string) => {
		const name = dirname(file).replace(/^nodes\/AgoraCloudRecording\/?/, '') || '.';
		return (folders[name] ??= { killed: 0, survived: 0 });
	};
	for (const file of noticed) folderOf(file).killed++;
	for (const { file } of survivors) folderOf(file).survived++;
	return folders;
}

/** The figures of one run. */
export const figuresOf = (
	result: Result,
	{ shard, ...drawn }: { sample: number; seed: number; shard: string },
): TierFigures => ({
	...drawn,
	shards: [shard],
	timedOut: result.timedOut,
	folders: foldersOf(result),
	ignored: { ...result.leftOut, 'cannot be noticed': result.unnoticeable.length },
});

type Counts = Record<string, number>;

const plus = (one: Counts, other: Counts): Counts => {
	const sum = { ...one };
	for (const [name, count] of Object.entries(other)) sum[name] = (sum[name] ?? 0) + count;
	return sum;
};

function joined(one: TierFigures, other: TierFigures): TierFigures {
	const folders = { ...one.folders };
	for (const [name, { killed, survived }] of Object.entries(other.folders)) {
		const known = folders[name] ?? { killed: 0, survived: 0 };
		folders[name] = { killed: known.killed + killed, survived: known.survived + survived };
	}
	return {
		...{ ...other, folders },
		shards: [...one.shards, ...other.shards].sort(),
		timedOut: one.timedOut + other.timedOut,
		ignored: plus(one.ignored, other.ignored),
	};
}

/** Killed and survived in all, and the score: percent of those that can be noticed. */
export function totalOf(folders: Folders) {
	const { killed = 0, survived = 0 } = Object.values(folders).reduce(plus, {});
	const mutants = killed + survived;
	return { mutants, killed, survived, score: mutants === 0 ? 100 : (100 * killed) / mutants };
}

/** With a score, of one decimal. */
function scored(folders: Folders) {
	const total = totalOf(folders);
	return { ...total, score: Math.round(10 * total.score) / 10 };
}

const FOLDERS = ', by folder';
const IGNORED = ', left out';

/** As tables of figures at most: for docs/quality.md. */
const written = (name: string, { folders, ignored, shards, ...tier }: TierFigures) => ({
	[name]: { ...scored(folders), ...tier, shards: shards.join(' ') },
	[`${name}${FOLDERS}`]: Object.fromEntries(
		Object.entries(folders)
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([folder, its]) => [folder, scored({ its })]),
	),
	[`${name}${IGNORED}`]: ignored,
});

/** The commit that is checked out. */
export function commitNow(): string {
	try {
		const args = ['describe', '--always', '--abbrev=7', '--exclude=*', '--dirty=+'];
		return execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
	} catch {
		return 'unknown';
	}
}

const report = z.object({
	/** With a `+` where files were changed and not committed. */
	commit: z.string(),
	figures: z.record(z.string(), z.unknown()),
});

function lastReport() {
	try {
		return report.parse(JSON.parse(readFileSync(FILE, 'utf8')));
	} catch {
		return undefined;
	}
}

/** The opposite of {@link written}. */
function readTier(figures: Record<string, unknown>, name: string): TierFigures | undefined {
	const { data: tier } = z.object({ shards: z.string() }).passthrough().safeParse(figures[name]);
	return tierFigures.safeParse({
		...tier,
		shards: tier?.shards.split(' '),
		folders: figures[`${name}${FOLDERS}`],
		ignored: figures[`${name}${IGNORED}`],
	}).data;
}

/**
 * Leaves the figures of a run in `.artifacts/quality/mutants.json`: joined to those of the other parts
 * of its tier, if they are of the same commit and drawn alike; in place of any others.
 *
 * @param commit that was checked out when the run began
 * @returns the figures of the tier as far as it was run
 */
export function keepFigures(name: string, commit: string, figures: TierFigures): TierFigures {
	const last = lastReport();
	const before = last?.commit === commit ? last.figures : {};
	const known = readTier(before, name);
	const fits =
		known?.seed === figures.seed &&
		known.sample === figures.sample &&
		!known.shards.some((shard) => figures.shards.includes(shard));
	const now = fits ? joined(known, figures) : figures;
	const all = {
		topic: 'mutants',
		commit,
		date: new Date().toISOString().slice(0, 10),
		command: 'npm run test:mutation',
		figures: { ...before, ...written(name, now) },
	};
	mkdirSync(dirname(FILE), { recursive: true });
	writeFileSync(FILE, `${JSON.stringify(all, null, '\t')}\n`);
	return now;
}
