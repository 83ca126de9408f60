import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { NODE_TYPE, loadPackage, PACKAGE_FOLDER } from '../support/host.mts';
import { SCHEMAS } from '../support/outputs.mts';

const DIST = join(PACKAGE_FOLDER, 'dist');
const scripts = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter((file) =>
	file.endsWith('.js'),
);

describe('The built package', () => {
	it('is loaded by n8n with its node and its credential', async () => {
		const { known } = await loadPackage();
		expect(Object.keys(known.nodes)).toContain(NODE_TYPE.split('.')[1]);
		expect(Object.keys(known.credentials)).toEqual(['agoraApi']);
	});

	it('has the schemas of its outputs beside the node, where n8n looks', async () => {
		const { known } = await loadPackage();
		const folder = join(dirname(known.nodes.agoraCloudRecording.sourcePath), '__schema__');
		const inside = (path: string) => globSync('**/*.json', { cwd: path }).sort();
		expect(inside(SCHEMAS).length).toBeGreaterThan(10);
		expect(inside(folder)).toEqual(inside(SCHEMAS));
		for (const file of inside(SCHEMAS)) {
			expect(readFileSync(join(folder, file), 'utf8')).toBe(
				readFileSync(join(SCHEMAS, file), 'utf8'),
			);
		}
	});

	it.each(scripts)('%s needs nothing that n8n does not have', (file) => {
		const source = readFileSync(join(DIST, file), 'utf8');
		const needed = [...source.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
		const allowed = /^(n8n-workflow|zod|node:crypto|luxon|\.{1,2}\/.*)$/;
		expect(needed.filter((name) => !allowed.test(name))).toEqual([]);
	});

	const rooms = {
		// What each room may need of the house; the rest of its files it may always.
		'agora/': ['agora', 'storage'],
		'storage/': ['storage'],
		'process/': ['process', 'agora'],
		'transport/': ['transport', 'process', 'agora', 'storage'],
	};

	it.each(Object.entries(rooms))('lets %s know no more of the house than %j', (room, known) => {
		const home = join('nodes', 'AgoraCloudRecording');
		const own = scripts.filter((file) => file.startsWith(join(home, room)));
		expect(own.length).toBeGreaterThan(1);
		for (const file of own) {
			const source = readFileSync(join(DIST, file), 'utf8');
			const needed = [...source.matchAll(/require\("(\.[^"]+)"\)/g)].map(([, name]) =>
				relative(home, join(dirname(file), name)),
			);
			const strange = needed.filter((name) => !known.includes(name.split(sep)[0]));
			expect([file, strange]).toEqual([file, []]);
		}
	});

	it.each(['agora/', 'storage/'])('keeps %s free of n8n and of input and output', (room) => {
		const own = scripts.filter((file) => file.includes(`/${room}`));
		expect(own.length).toBeGreaterThan(1);
		for (const file of own) {
			const source = readFileSync(join(DIST, file), 'utf8');
			expect([file, source]).toEqual([file, expect.not.stringMatching(/n8n-(workflow|core)/)]);
		}
	});
});
