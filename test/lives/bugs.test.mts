import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_FOLDER } from '../support/host.mts';
import { BUGS } from './bugs.mts';
import { NODE } from './process.mts';
import { RULES } from './rules/index.mts';

describe('The bugs that the lives have to find', () => {
	it.each(BUGS.map((bug) => [bug.name, bug] as const))(
		'%s can be put back into what is built',
		(_name, { putBack, rules }) => {
			expect(putBack).not.toEqual([]);
			for (const { file, find, put } of putBack) {
				const text = readFileSync(join(PACKAGE_FOLDER, NODE, file), 'utf8');
				expect([file, find, text.split(find).length - 1]).toEqual([file, find, 1]);
				expect(put).not.toBe(find);
				// What another module gives is called so by the compiler, and by nobody who writes it.
				for (const [module] of put.matchAll(/\w+_\d+(?=\.)/g))
					expect(text).toContain(`const ${module} =`);
			}
			expect(RULES.map(({ name }) => name)).toEqual(expect.arrayContaining(rules));
		},
	);
});
