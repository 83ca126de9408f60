/** The variable is how the runner tells jest's filter, of which jest loads a copy of its own. */
const VARIABLE = 'MUTATION_TEST_FILES';

/** Does `work`, in which jest runs these files of tests and no others. */
export async function onlyThese<T>(files: readonly string[], work: () => Promise<T>): Promise<T> {
	process.env[VARIABLE] = JSON.stringify(files);
	try {
		return await work();
	} finally {
		delete process.env[VARIABLE];
	}
}

/** For jest's `filter`. */
function filter(paths: string[]): { filtered: string[] } {
	const files = process.env[VARIABLE];
	const only = files === undefined ? paths : (JSON.parse(files) as string[]);
	return { filtered: paths.filter((path) => only.includes(path)) };
}

// Jest requires it, and takes what it gets for the function.
export { filter as 'module.exports' };
