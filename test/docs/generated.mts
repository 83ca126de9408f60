import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** `npm run docs` writes what is made from the code; every other run holds the committed files against the code. */
const WRITE = process.env.WRITE_DOCS === 'yes';

/** Holds a committed file against what the code makes of it, or writes it. @throws Error with the first line */
export function expectUpToDate(file: string, wanted: string): void {
	if (WRITE) writeFileSync(file, wanted);
	const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
	if (committed !== wanted) {
		const lines = committed.split('\n');
		const differs = wanted.split('\n').findIndex((line, i) => line !== lines[i]);
		throw new Error(
			`${file} is not what the code makes of it, from line ${differs + 1} on. \`npm run docs\` makes it anew.\n${wanted.split('\n')[differs]}`,
		);
	}
}
