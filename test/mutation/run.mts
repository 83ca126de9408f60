import { globSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { LogLevel } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import jestConfig from '../../jest.config.mjs';
import { drawSample } from './sample.mts';
import { inOneLine, textAt } from './source.mts';
import { tables } from './tables.mts';
import { LEFT_OUT, type Tier } from './tiers.mts';
import { UNNOTICEABLE, type Unnoticeable } from './unnoticeable.mts';

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
	/** How many tests noticed, and how many of these because they came to no end. */
	noticed: number;
	timedOut: number;
	survivors: Survivor[];
	unnoticeable: Array<Survivor & { why: string }>;
	/** Left out, by reason. */
	leftOut: Record<string, number>;
	/** Percent, of those that can be noticed. */
	score: number;
}

export interface RunOptions {
	seed: number;
	/** So many mutants; 0: all. */
	sample: number;
	/** Globs in place of the tier's own. */
	mutate?: readonly string[];
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
/** Longer than a test of virtual time ever takes on a busy machine. */
const TIMEOUT_MS = 15_000;
const excludedMutations = Object.keys(LEFT_OUT);

/** Runs the tests of a tier against its mutants, each in a copy of the checkout outside of it. */
export async function runTier(tier: Tier, { seed, sample, mutate }: RunOptions): Promise<Result> {
	const globs = mutate ?? tier.mutate;
	const patterns = sample > 0 ? await sampleOf(globs, sample, seed) : [...globs];
	const mutants = await new Stryker({
		mutate: patterns,
		plugins: [
			'@stryker-mutator/jest-runner',
			here('fileByFile.mts'),
			here('tables.mts'),
			here('sample.mts'),
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
		disableTypeChecks: tier.built && 'nodes/**/*.ts',
		// The build comes before Stryker's own link to what is installed, and needs it.
		...(tier.built && { buildCommand: `ln -s ${resolve('node_modules')} . && npm run build` }),
		symlinkNodeModules: !tier.built,
		ignorePatterns: NOT_COPIED,
		tempDirName: join(tmpdir(), `mutation-${process.pid}`),
		cleanTempDir: 'always',
		timeoutMS: TIMEOUT_MS,
		concurrency: 2,
		maxTestRunnerReuse: 50,
		reporters: ['progress-append-only'],
		logLevel: 'warn' as LogLevel,
		allowEmpty: true,
		warnings: false,
	}).runMutationTest();
	return resultOf(mutants);
}

async function sampleOf(globs: readonly string[], size: number, seed: number): Promise<string[]> {
	const out = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
	const without = new Set(globSync(out));
	const files = globSync(globs.filter((glob) => !glob.startsWith('!')))
		.filter((file) => !without.has(file))
		.map((file) => resolve(file))
		.sort();
	return await drawSample(files, size, seed, { excludedMutations, ignorers: [tables] });
}

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

function resultOf(mutants: readonly Mutant[]): Result {
	const result: Result = {
		noticed: 0,
		timedOut: 0,
		survivors: [],
		unnoticeable: [],
		leftOut: {},
		score: 0,
	};
	for (const mutant of mutants) {
		const { status, statusReason = '' } = mutant;
		if (status === 'Killed' || status === 'Timeout') result.noticed++;
		if (status === 'Timeout') result.timedOut++;
		if (status === 'Ignored') {
			const [, kind = statusReason] = /excluded mutation "(\w+)"/.exec(statusReason) ?? [];
			const reason = LEFT_OUT[kind] ?? kind;
			result.leftOut[reason] = (result.leftOut[reason] ?? 0) + 1;
		}
		if (status !== 'Survived' && status !== 'NoCoverage') continue;
		const survivor = survivorOf(mutant);
		const known = UNNOTICEABLE.find((one) => isThat(survivor, one));
		if (known) result.unnoticeable.push({ ...survivor, why: known.why });
		else result.survivors.push(survivor);
	}
	const all = result.noticed + result.survivors.length;
	result.score = all === 0 ? 100 : (100 * result.noticed) / all;
	return result;
}

/** Stryker's results count lines and columns from 1. */
function survivorOf({ fileName, location, replacement, status }: Mutant): Survivor {
	const { start, end } = location;
	return {
		file: relative('.', fileName),
		line: start.line,
		code: textAt(readFileSync(fileName, 'utf8'), {
			start: { ...start, column: start.column - 1 },
			end: { ...end, column: end.column - 1 },
		}),
		by: inOneLine(replacement ?? ''),
		reached: status !== 'NoCoverage',
	};
}

const isThat = (survivor: Survivor, { file, code, by }: Unnoticeable) =>
	survivor.file.endsWith(file) && survivor.code === code && survivor.by === by;

const here = (file: string) => join(import.meta.dirname, file);
