/** Tests are `.mts` files: Node 24 could run them as they are, and n8n's lint leaves them alone. */
export default {
	testEnvironment: 'node',
	// In one process, which is jest's choice on two cores, they take twice as long.
	maxWorkers: '100%',
	// Nothing waits for real; this is for machines that are busy with something else.
	testTimeout: 60_000,
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json', 'node'],
	transform: {
		'^.+\\.m?ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
};
