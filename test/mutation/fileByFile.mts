import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
	commonTokens,
	declareFactoryPlugin,
	PluginKind,
	tokens,
	type Injector,
	type PluginContext,
} from '@stryker-mutator/api/plugin';
import {
	MutantRunStatus,
	type DryRunOptions,
	type DryRunResult,
	type MutantRunOptions,
	type MutantRunResult,
	type TestRunner,
} from '@stryker-mutator/api/test-runner';
import { strykerPlugins as jestPlugins } from '@stryker-mutator/jest-runner';
import { onlyThese } from './onlyThese.mts';

/** What the first run saw: files of tests, quickest first, and the names of their tests. */
type Seen = Array<{ file: string; names: string[] }>;

/** In the copy of the checkout, which the processes of Stryker share and work in. */
const seenFile = () => resolve('test-files.json');

/**
 * Stryker's runner for jest loads every file of tests for every mutant, and goes on after a failure. This
 * one gives it a file at a time, those alone that reach the mutant, until one fails.
 */
class FileByFile implements TestRunner {
	private seen: Seen | undefined;
	/** For each mutated file the file of tests that noticed a mutant of it last. */
	private readonly noticedBy = new Map<string, string>();
	private readonly loaded = new Map<string, ReadonlySet<string>>();
	private readonly jest: TestRunner;

	constructor(jest: TestRunner) {
		this.jest = jest;
	}

	capabilities() {
		return this.jest.capabilities();
	}

	async init(): Promise<void> {
		await this.jest.init?.();
	}

	async dryRun(options: DryRunOptions): Promise<DryRunResult> {
		const result = await this.jest.dryRun(options);
		if ('tests' in result) {
			const files = new Map<string, { file: string; names: string[]; ms: number }>();
			for (const { fileName: file = '', name, timeSpentMs } of result.tests) {
				const known = files.get(file) ?? { file, names: [], ms: 0 };
				known.names.push(name);
				known.ms += timeSpentMs;
				files.set(file, known);
			}
			const seen: Seen = [...files.values()].sort((one, other) => one.ms - other.ms);
			writeFileSync(seenFile(), JSON.stringify(seen));
		}
		return result;
	}

	async mutantRun(options: MutantRunOptions): Promise<MutantRunResult> {
		const { sandboxFileName: mutated } = options;
		let nrOfTests = 0;
		for (const file of this.filesFor(options)) {
			const result = await onlyThese([file], () => this.jest.mutantRun(options));
			if (result.status !== MutantRunStatus.Survived) {
				this.noticedBy.set(mutated, file);
				return result;
			}
			nrOfTests += result.nrOfTests;
		}
		return { status: MutantRunStatus.Survived, nrOfTests };
	}

	async dispose(): Promise<void> {
		await this.jest.dispose?.();
	}

	/**
	 * Files with tests that reach the mutant: what noticed another mutant of the same file last, then
	 * those with the most of such tests.
	 */
	private filesFor({ sandboxFileName: mutated, testFilter }: MutantRunOptions): string[] {
		const last = this.noticedBy.get(mutated);
		const reaching = testFilter && new Set(testFilter);
		const reach = (file: string, names: string[]) =>
			reaching
				? names.filter((name) => reaching.has(name)).length
				: Number(this.imports(file).has(mutated));
		return this.files()
			.map(({ file, names }) => ({ file, reach: reach(file, names) }))
			.filter((tests) => tests.reach > 0)
			.map((tests) => (tests.file === last ? { ...tests, reach: Infinity } : tests))
			.sort((one, other) => other.reach - one.reach)
			.map(({ file }) => file);
	}

	/** What a file of tests loads: what runs while a module is loaded belongs to no test. */
	private imports(file: string): ReadonlySet<string> {
		const known = this.loaded.get(file) ?? importsOf(file);
		this.loaded.set(file, known);
		return known;
	}

	private files(): Seen {
		return (this.seen ??= JSON.parse(readFileSync(seenFile(), 'utf8')) as Seen);
	}
}

/** A file, what it imports, what that imports, and so on. */
function importsOf(file: string, found = new Set<string>()): Set<string> {
	found.add(file);
	for (const [, path] of readFileSync(file, 'utf8').matchAll(/ from ["'](\.[^"']+)["']/g)) {
		const place = resolve(dirname(file), path);
		const imported = [place, `${place}.ts`].find((candidate) => existsSync(candidate));
		if (imported !== undefined && !found.has(imported)) importsOf(imported, found);
	}
	return found;
}

function fileByFile(injector: Injector<PluginContext>): TestRunner {
	return new FileByFile(injector.injectFunction(jestPlugins[0].factory));
}
fileByFile.inject = tokens(commonTokens.injector);

export const strykerPlugins = [
	declareFactoryPlugin(PluginKind.TestRunner, 'fileByFile', fileByFile),
];
