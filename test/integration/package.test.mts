import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_TYPE, loadPackage, PACKAGE_FOLDER } from '../support/host.mts';

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

	it.each(scripts)('%s needs nothing that n8n does not have', (file) => {
		const source = readFileSync(join(DIST, file), 'utf8');
		const needed = [...source.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
		const allowed = /^(n8n-workflow|zod|node:crypto|luxon|\.{1,2}\/.*)$/;
		expect(needed.filter((name) => !allowed.test(name))).toEqual([]);
	});

	it('keeps Agora’s world free of n8n and of input and output', () => {
		const ofAgora = scripts.filter((file) => file.includes('agora/'));
		expect(ofAgora.length).toBeGreaterThan(5);
		for (const file of ofAgora) {
			const source = readFileSync(join(DIST, file), 'utf8');
			expect([file, source]).toEqual([file, expect.not.stringMatching(/n8n-(workflow|core)/)]);
			expect([file, source]).toEqual([
				file,
				expect.not.stringMatching(/require\("\.\.\/(transport|actions|fields)/),
			]);
		}
	});
});
