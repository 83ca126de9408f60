/** Tests are `.mts` files: Node 24 could run them as they are, and n8n's lint leaves them alone. */
export default {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	// Property tests through n8n take their time on a busy machine; nothing here is about speed.
	testTimeout: 60_000,
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json', 'node'],
	transform: {
		'^.+\\.m?ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
};
