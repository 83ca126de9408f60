import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Every page for readers: links between them, and to what is in the repository, lead somewhere. */

const PAGES = globSync(['*.md', 'docs/**/*.md', 'examples/*.md', 'simulator/*.md', '.github/*.md']);

/** Headings as GitHub makes anchors of them. */
function anchorsOf(file: string): Set<string> {
	const text = readFileSync(file, 'utf8').replaceAll(/^```[^]*?^```/gm, '');
	return new Set(
		[...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
			heading
				.toLowerCase()
				.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
				.trim()
				.replaceAll(' ', '-'),
		),
	);
}

describe.each(PAGES)('%s', (file) => {
	const text = readFileSync(file, 'utf8').replaceAll(/^```[^]*?^```/gm, '');
	const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);

	it('has links that lead somewhere', () => {
		const dead = links
			.filter((link) => !/^[a-z]+:/.test(link))
			.filter((link) => {
				const [path, anchor] = link.split('#');
				const target = path === '' ? file : join(dirname(file), path);
				if (!existsSync(target)) return true;
				return anchor !== undefined && !anchorsOf(target).has(anchor);
			});
		expect(dead).toEqual([]);
	});

	it('says nothing of the machine that it was written on', () => {
		expect(text).not.toMatch(/\/(home|root|tmp|work)\//);
	});
});

it('README leads to every example', () => {
	const text = readFileSync('README.md', 'utf8');
	const forgotten = globSync('examples/*.json').filter((file) => !text.includes(`(${file})`));
	expect(forgotten).toEqual([]);
});
