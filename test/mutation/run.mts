import { globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { LogLevel } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import jestConfig from '../../jest.config.mjs';
import { onEachMutant } from './atOnce.mts';
import { drawSample, isIn, type Shard } from './sample.mts';
import { inOneLine, textAt } from './source.mts';
import { tables } from './tables.mts';
import { LEFT_OUT, type Tier } from './tiers.mts';
import { UNNOTICEABLE } from './unnoticeable.mts';

/** A mutant that no test noticed. */
export interface Survivor {
	file: string;
	line: number;
	code: string;
	by: string;
	/** Whether any test runs this code. */
	reached: boolean;
}

export interface Result {
	/** The file of each mutant that tests noticed, and how many of these because they came to no end. */
	noticed: string[];
	timedOut: number;
	survivors: Survivor[];
	unnoticeable: Array<Survivor & { why: string }>;
	/** Left out, by reason. */
	leftOut: Record<string, number>;
}

export interface RunOptions {
	seed: number;
	/** So many mutants; 0: all. */
	sample: number;
	/** Which part of them this run takes, of how many. */
	shard: Shard;
	/** How many mutants are tested at a time. */
	concurrency: number;
	/** Is told of each as soon as it is known, as a run takes long. */
	onSurvivor: (survivor: Survivor) => void;
	/** Globs in place of the tier's own. */
	mutate: readonly string[] | undefined;
}

/** Folders that no test of a tier reads. */
const NOT_COPIED = [
	'dist',
	'.artifacts',
	'bench',
	'demo',
	'test/e2e',
	'test/lives',
	'test/golden/forms.md',
];
/** Far longer than any file of tests waits for, also on a busy machine: what takes longer has no end. */
const TIMEOUT_MS = 30_000;
const FIRST_RUN_MINUTES = 30;
const excludedMutations = Object.keys(LEFT_OUT);

/** Runs the tests of a tier against its mutants, each in a copy of the checkout outside of it. */
export async function runTier(tier: Tier, options: RunOptions): Promise<Result> {
	const { sample, seed, shard, concurrency, onSurvivor } = options;
	const all = filesOf(options.mutate ?? tier.mutate);
	const files = sample > 0 ? all : all.filter((_file, index) => isIn(shard, index));
	const patterns =
		sample > 0
			? await drawSample(files, sample, seed, shard, DRAWN)
			: files.map((file) => relative('.', file));
	// As they are now: somebody may work on them while this runs.
	const sources = new Map([...files].map((file) => [file, readFileSync(file, 'utf8')]));
	onEachMutant((mutant) => {
		const survivor = survivorAmong(mutant, sources);
		if (survivor && whyUnnoticeable(survivor) === undefined) onSurvivor(survivor);
	});
	const mutants = await new Stryker({
		mutate: patterns,
		plugins: [
			'@stryker-mutator/jest-runner',
			here('fileByFile.mts'),
			here('tables.mts'),
			here('sample.mts'),
			here('atOnce.mts'),
		],
		ignorers: ['tables', 'inSample'],
		mutator: { excludedMutations },
		testRunner: 'fileByFile',
		jest: {
			projectType: 'custom',
			enableFindRelatedTests: false,
			config: {
				...jestConfig,
				maxWorkers: 1,
				filter: here('onlyThese.mts'),
				setupFiles: [here('noShrinking.mts')],
				testEnvironment: here('failFast.mts'),
				watchman: false,
				noStackTrace: true,
				testMatch: [...tier.tests],
				testPathIgnorePatterns: [...tier.notTests],
			},
		},
		coverageAnalysis: 'perTest',
		ignoreStatic: tier.ignoreStatic,
		disableTypeChecks: tier.built && 'nodes/**/*.ts',
		// The build comes before Stryker's own link to what is installed, and needs it.
		...(tier.built && { buildCommand: `${process.execPath} ${here('build.mts')}` }),
		symlinkNodeModules: !tier.built,
		ignorePatterns: NOT_COPIED,
		tempDirName: join(tmpdir(), `mutation-${process.pid}`),
		cleanTempDir: 'always',
		timeoutMS: TIMEOUT_MS,
		dryRunTimeoutMinutes: FIRST_RUN_MINUTES,
		concurrency,
		maxTestRunnerReuse: 50,
		reporters: ['progress-append-only', 'atOnce'],
		logLevel: 'warn' as LogLevel,
		allowEmpty: true,
		warnings: false,
	}).runMutationTest();
	return resultOf(mutants, sources);
}

const DRAWN = { excludedMutations, ignorers: [tables] };

function filesOf(globs: readonly string[]): string[] {
	const without = new Set(
		globSync(globs.filter((glob) => glob[0] === '!').map((glob) => glob.slice(1))),
	);
	return globSync(globs.filter((glob) => glob[0] !== '!'))
		.filter((file) => !without.has(file))
		.map((file) => resolve(file))
		.sort();
}

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

function resultOf(mutants: readonly Mutant[], sources: ReadonlyMap<string, string>): Result {
	const result: Result = {
		noticed: [],
		timedOut: 0,
		survivors: [],
		unnoticeable: [],
		leftOut: {},
	};
	for (const mutant of mutants) {
		const { status, statusReason = '' } = mutant;
		if (status === 'Killed' || status === 'Timeout') {
			result.noticed.push(relative('.', mutant.fileName));
		}
		if (status === 'Timeout') result.timedOut++;
		if (status === 'Ignored') {
			const [, kind = statusReason] = /excluded mutation "(\w+)"/.exec(statusReason) ?? [];
			const reason = LEFT_OUT[kind] ?? kind;
			result.leftOut[reason] = (result.leftOut[reason] ?? 0) + 1;
		}
		const survivor = survivorAmong(mutant, sources);
		if (!survivor) continue;
		const why = whyUnnoticeable(survivor);
		if (why === undefined) result.survivors.push(survivor);
		else result.unnoticeable.push({ ...survivor, why });
	}
	return result;
}

/** A mutant that no test noticed. Stryker's results count lines and columns from 1. */
function survivorAmong(
	{ fileName, location, replacement, status }: Mutant,
	sources: ReadonlyMap<string, string>,
): Survivor | undefined {
	if (status !== 'Survived' && status !== 'NoCoverage') return undefined;
	const source = sources.get(fileName) ?? '';
	const { start, end } = location;
	return {
		file: relative('.', fileName),
		line: start.line,
		code: textAt(source, {
			start: { ...start, column: start.column - 1 },
			end: { ...end, column: end.column - 1 },
		}),
		by: inOneLine(replacement ?? ''),
		reached: status !== 'NoCoverage',
	};
}

const whyUnnoticeable = (survivor: Survivor): string | undefined =>
	UNNOTICEABLE.find(
		({ file, code, by }) =>
			survivor.file.endsWith(file) && survivor.code === code && survivor.by === by,
	)?.why;

const here = (file: string) => join(import.meta.dirname, file);
