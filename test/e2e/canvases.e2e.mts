/**
 * How each example looks on n8n's canvas, in the real editor: the note is as large as its text, and no
 * line runs through a note or a node. Takes a picture of each, light and dark:
 * .artifacts/screenshots/canvas-*.png.
 */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { lookAt } from './editor/canvas.mts';
import { openStage } from './editor/stage.mts';
import { exampleNames, readExample } from './examples/workflow.mts';

/** What lies over the canvas, and would only distract. */
const CLUTTER = `
	[data-test-id="canvas-controls"], [data-test-id="canvas-plus-button"], .el-notification,
	[data-test-id="canvas-handle-plus-wrapper"], [data-test-id="floating-node"],
	[data-test-id="minimap"] { visibility: hidden !important; }
`;
/** Fonts differ from machine to machine by a line or so. */
const SPARE_LINE = 24;

const stage = await openStage();
after(async () => await stage.close());
const { page, n8n } = stage;
await page.setViewportSize({ width: 1920, height: 1080 });

for (const name of exampleNames()) {
	it(name, async () => {
		const id = await n8n.rest.createWorkflow({ ...readExample(name) });
		await page.goto(`${n8n.url}/workflow/${id}`);
		await page.getByTestId('canvas-node').first().waitFor();
		await page.getByTestId('zoom-to-fit').click();
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await stage.picture(`canvas-${name}-${colorScheme}`, CLUTTER);
		}

		const { notes, crossings } = await lookAt(page);
		assert.equal(notes.length, 1);
		for (const { height, wanted } of notes) {
			const free = height - wanted;
			assert.ok(free >= 0 && free <= SPARE_LINE, `the note is ${height} high, not ${wanted}`);
		}
		assert.deepEqual(crossings, []);
	});
}
