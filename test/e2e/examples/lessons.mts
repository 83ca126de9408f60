/** The table `agora_recordings`, and the workflow that fills it: four examples need both. */
import assert from 'node:assert/strict';
import type { Imported, Item, Stage } from './stage.mts';
import { readExample, type Parameters } from './workflow.mts';

const TABLE = 'agora_recordings';
const KEY = { name: 'X-Lesson-Key', value: 'example-lesson-key' };

/** What a webhook answered. */
export interface Called {
	status: number;
	body: unknown;
}

/** Changes to an example as given, and to every Data Table node: it uses another table. */
function inTable(
	table: string,
	example: string,
	changes: Record<string, Parameters>,
): Record<string, Parameters> {
	const nodes = readExample(example).nodes.filter(({ type }) => type.endsWith('.dataTable'));
	const moved = nodes.map(({ name, parameters }) => {
		const { tableName, dataTableId } = parameters as {
			tableName?: string;
			dataTableId?: { value: string };
		};
		assert.equal(tableName ?? dataTableId?.value, TABLE, `the table of ${name} in ${example}`);
		const place = tableName ? { tableName: table } : { dataTableId: { value: table } };
		return [name, { ...changes[name], ...place }] as const;
	});
	return { ...changes, ...Object.fromEntries(moved) };
}

/** Scenarios run side by side: each has a table and a webhook of its own. */
let opened = 0;

/**
 * Publishes `start-in-one-workflow`, whose table is there, and empty, until the scenario is over.
 * @param changes to that example, as in {@link Stage.importExample}
 */
export async function openLessons(
	stage: Stage,
	agoraApi: string,
	changes: Record<string, Parameters> = {},
) {
	const number = ++opened;
	const table = `${TABLE} of scenario ${number}`;
	stage.onEnd(() => stage.dropTable(table));
	const httpHeaderAuth = await stage.credential('httpHeaderAuth', KEY);
	const credentials = { agoraApi, httpHeaderAuth };
	const importExample = async (
		credentialsOfIt: Record<string, string>,
		example: string,
		changesToIt: Record<string, Parameters> = {},
	) => await stage.importExample(credentialsOfIt, inTable(table, example, changesToIt), example);
	const start = await importExample(credentials, 'start-in-one-workflow', {
		'Lesson Begins': { path: `lesson-begins-${number}` },
		...changes,
	});
	await stage.activate(start);

	/** Calls the production URL of a webhook of these lessons. */
	async function call(
		workflow: Imported,
		webhook: string,
		sent: Item,
		key = KEY.value,
	): Promise<Called> {
		const response = await fetch(stage.productionUrl(workflow, webhook), {
			method: 'POST',
			headers: { 'content-type': 'application/json', [KEY.name]: key },
			body: JSON.stringify(sent),
		});
		const isJson = (response.headers.get('content-type') ?? '').includes('json');
		const body: unknown = isJson ? await response.json() : await response.text();
		return { status: response.status, body };
	}

	// Refused for want of a channel, after the table was made: two calls at once could not make it.
	assert.equal((await call(start, 'Lesson Begins', { channel: '' })).status, 500);

	return {
		start,
		credentials,
		call,
		/** Imports an example that uses the table of these lessons. */
		importExample,
		/** Begins a lesson in each channel, all at once. @returns the row of each */
		async begin(channels: string[], minutes = 60): Promise<Item[]> {
			return await Promise.all(
				channels.map(async (channel) => {
					const { status, body } = await call(start, 'Lesson Begins', { channel, minutes });
					assert.equal(status, 200, `${JSON.stringify(body)}\n${stage.n8n.log().slice(-1000)}`);
					return body as Item;
				}),
			);
		},
		/** All rows, oldest first. */
		rows: async () => await stage.rows(table),
		/** Changes the rows of a channel. */
		setRow: async (cname: string, cells: Item) => await stage.setRows(table, { cname }, cells),
	};
}
