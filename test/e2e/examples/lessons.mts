/** The table `agora_recordings`, and the workflow that fills it: four examples need both. */
import assert from 'node:assert/strict';
import type { Imported, Item, Stage } from './stage.mts';
import type { Parameters } from './workflow.mts';

const TABLE = 'agora_recordings';
const KEY = { name: 'X-Lesson-Key', value: 'example-lesson-key' };

/** What a webhook answered. */
export interface Called {
	status: number;
	body: unknown;
}

/** Every time another path: n8n takes a moment to forget one that was in use. */
let opened = 0;

/**
 * Publishes `start-in-one-workflow` until the scenario is over. Its table goes with it, so that the next
 * scenario begins with none.
 * @param changes to that example, as in {@link Stage.importExample}
 */
export async function openLessons(
	stage: Stage,
	agoraApi: string,
	changes: Record<string, Parameters> = {},
) {
	stage.onEnd(() => stage.dropTable(TABLE));
	const httpHeaderAuth = await stage.credential('httpHeaderAuth', KEY);
	const credentials = { agoraApi, httpHeaderAuth };
	const start = await stage.importExample(
		credentials,
		{ 'Lesson Begins': { path: `lesson-begins-${++opened}` }, ...changes },
		'start-in-one-workflow',
	);
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
		/** Begins a lesson in each channel, all at once. @returns the row of each */
		async begin(channels: string[], minutes = 60): Promise<Item[]> {
			return await Promise.all(
				channels.map(async (channel) => {
					const { status, body } = await call(start, 'Lesson Begins', { channel, minutes });
					assert.equal(status, 200, JSON.stringify(body));
					return body as Item;
				}),
			);
		},
		/** All rows, oldest first. */
		rows: async () => await stage.rows(TABLE),
		/** Changes the rows of a channel. */
		setRow: async (cname: string, cells: Item) => await stage.setRows(TABLE, { cname }, cells),
	};
}
