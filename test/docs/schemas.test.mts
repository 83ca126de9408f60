import { textOf } from '../support/failures.mts';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHost, loadPackage } from '../support/host.mts';
import { isObject } from '../support/json.mts';
import { misfit, schemaFile, SCHEMAS, VERSION, type Output } from '../support/outputs.mts';
import { expectUpToDate } from './generated.mts';
import { outputsOfRuns } from './outputRuns.mts';
import { outputSchema } from './outputSchemas.mts';

/** Every operation of the form. */
async function operations() {
	const { description } = createHost(await loadPackage()).nodeType;
	const found = description.properties.flatMap(({ name, options = [], displayOptions }) =>
		name === 'operation'
			? (displayOptions?.show?.resource ?? []).flatMap((resource) =>
					options.flatMap((option) =>
						'value' in option
							? [{ resource: textOf(resource), operation: String(option.value) }]
							: [],
					),
				)
			: [],
	);
	return { found, version: description.version };
}

describe('What the editor says of outputs', () => {
	let outputs: Output[];
	beforeAll(async () => {
		outputs = await outputsOfRuns();
	});

	it('is what they put out', async () => {
		for (const operated of (await operations()).found) {
			const own = outputs.filter(
				({ resource, operation }) =>
					resource === operated.resource && operation === operated.operation,
			);
			mkdirSync(dirname(schemaFile(operated)), { recursive: true });
			expectUpToDate(schemaFile(operated), `${JSON.stringify(outputSchema(own), null, '\t')}\n`);
		}
		expect(outputs.flatMap((output) => misfit(output) ?? [])).toEqual([]);
	});

	it('is there for every operation of this version of the node, and for no other', async () => {
		const { found, version } = await operations();
		expect(found.length).toBeGreaterThan(10);
		expect(`v${[...String(version).split('.'), '0', '0'].slice(0, 3).join('.')}`).toBe(VERSION);
		expect(globSync(`${SCHEMAS}/**/*.json`).sort()).toEqual(found.map(schemaFile).sort());
	});

	it('holds for the files of Agora’s own samples', () => {
		const golden = globSync('test/golden/files/*.json');
		const files = golden.flatMap((file) => {
			const sample: unknown = JSON.parse(readFileSync(file, 'utf8'));
			return isObject(sample) && Array.isArray(sample.files) ? [{ files: sample.files }] : [];
		});
		expect(files.length).toBeGreaterThan(10);
		for (const operation of ['start', 'query', 'stop']) {
			const misfits = files.flatMap(
				(json) => misfit({ resource: 'recording', operation, json }) ?? [],
			);
			expect(misfits).toEqual([]);
		}
	});
});
