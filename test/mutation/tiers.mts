/** What is mutated, by which tests it should be noticed, and how much of it has to be. */
export interface Tier {
	title: string;
	/** Globs of what is mutated. */
	mutate: readonly string[];
	/** Files of tests, as jest's `testMatch`. */
	tests: readonly string[];
	/** Files of tests that would only take time, as jest's `testPathIgnorePatterns`. */
	notTests: readonly string[];
	/** Whether the tests run against `dist`, which then has to be built with the mutants. */
	built: boolean;
	/** Whether to leave out what runs only while a module is loaded: nothing tells which tests reach it. */
	ignoreStatic: boolean;
	/** So many mutants are drawn; absent: all. */
	sample?: number;
	/** Percent of the mutants that the tests have to notice. */
	goal: number;
}

const NODES = 'nodes/AgoraCloudRecording';
const PURE = [`${NODES}/agora/**/*.ts`, `${NODES}/storage/**/*.ts`];

export const TIERS: Readonly<Record<string, Tier>> = {
	1: {
		title: 'agora/ and storage/, by the unit tests',
		mutate: PURE,
		tests: ['<rootDir>/test/unit/**/*.test.mts'],
		// They are about other folders.
		notTests: [
			'client',
			'deduplication',
			'errors',
			'guards',
			'jsonPlace',
			'knownSecrets',
			'parameters',
			'rate\\w+',
			'memory',
			'reading',
			'settings',
			'waiting',
		].map((name) => `/${name}\\.test`),
		built: false,
		ignoreStatic: false,
		goal: 90,
	},
	2: {
		title: 'the rest of nodes/, by the integration tests',
		mutate: ['nodes/**/*.ts', ...PURE.map((glob) => `!${glob}`)],
		tests: ['<rootDir>/test/integration/**/*.test.mts', '<rootDir>/test/unit/**/*.test.mts'],
		// Minutes for each survivor, and what they find in the end a test beside the code finds at once.
		notTests: ['faultMatrix', 'integration/rules', 'serverTexts'],
		built: true,
		// Fields of the form and the like; each mutant of them would need all tests, which take minutes.
		ignoreStatic: true,
		sample: 250,
		goal: 85,
	},
};

/** Kinds of mutants that are left out everywhere, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
	StringLiteral: 'texts: a test that knows the wording would only repeat it',
	Regex: 'patterns: up to twenty of each, most told apart only by texts that nobody writes',
	ObjectLiteral: 'an object without its fields is mostly no request, no item: not worth a run',
};
