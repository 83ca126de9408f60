/**
 * Takes the pictures of the README in a real n8n: `node test/e2e/editor/pictures.mts docs/images`.
 * The package must be built. They are WebP because the build copies every PNG into the package.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { openStage, MANUAL_TRIGGER_TYPE, NODE_TYPE, TRIGGER_TYPE } from './stage.mts';

/** What lies over the canvas or the form, and would only distract. */
const CLUTTER = `
	[data-test-id="canvas-controls"], [data-test-id="canvas-plus-button"], .el-notification,
	[data-test-id="canvas-handle-plus-wrapper"], [data-test-id="floating-node"],
	[data-test-id="run-data-pane-header"] { visibility: hidden !important; }
`;
const folder = resolve(process.argv[2] ?? 'docs/images');

interface Margin {
	x: number;
	y: number;
	right: number;
	bottom: number;
}

/** Part of the page in which all of these are. */
async function around(parts: Locator, margin: Margin) {
	const boxes = (await Promise.all((await parts.all()).map((part) => part.boundingBox()))).filter(
		(box) => box !== null,
	);
	const x = Math.min(...boxes.map((box) => box.x)) - margin.x;
	const y = Math.min(...boxes.map((box) => box.y)) - margin.y;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin.right;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin.bottom;
	return { x, y, width: right - x, height: bottom - y };
}

/** Has the browser make a WebP of a PNG. */
async function toWebp(page: Page, png: Buffer): Promise<Buffer> {
	const url = await page.evaluate<string>(`(async () => {
		const image = new Image();
		image.src = 'data:image/png;base64,${png.toString('base64')}';
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = image.width;
		canvas.height = image.height;
		canvas.getContext('2d').drawImage(image, 0, 0);
		return canvas.toDataURL('image/webp', 0.9);
	})()`);
	return Buffer.from(url.split(',')[1], 'base64');
}

const stage = await openStage({ scale: 2 });
try {
	const { openWorkflow, page, panel } = stage;
	const save = async (name: string, parts: Locator, margin: Margin) => {
		const png = await page.screenshot({ clip: await around(parts, margin), style: CLUTTER });
		const file = join(folder, `${name}.webp`);
		const webp = await toWebp(page, png);
		writeFileSync(file, webp);
		console.log(`${file}: ${Math.round(webp.length / 1024)} kB`);
	};
	mkdirSync(folder, { recursive: true });

	const node = { type: NODE_TYPE, credential: true };
	const next = { ...node, parameters: { operation: 'stop' } };
	await openWorkflow('Record a lesson', [
		{ name: 'When the lesson begins', type: MANUAL_TRIGGER_TYPE },
		{ name: 'Start recording', ...node, parameters: { channelName: 'class-7' } },
		{ name: 'Wait', type: 'n8n-nodes-base.wait', parameters: { amount: 1, unit: 'seconds' } },
		{ name: 'Stop recording', ...next },
		{ name: 'Files', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'files' } },
		{
			name: 'When Agora notifies',
			type: TRIGGER_TYPE,
			credential: true,
			webhookId: 'picture-hook',
			parameters: { events: ['all_files_uploaded'] },
		},
		{ name: 'Tell the team', type: 'n8n-nodes-base.set' },
	]);
	const begin = page.getByTestId('canvas-node').filter({ hasText: 'When the lesson begins' });
	await begin.hover();
	await begin.getByText('Execute workflow').click();
	const ticks = page.getByTestId('canvas-node-status-success');
	await ticks.nth(4).waitFor();
	await page.getByTestId('zoom-to-fit').click();
	// Names stand below their nodes, and are wider.
	await save('workflow', page.getByTestId('canvas-node'), { x: 70, y: 36, right: 28, bottom: 80 });

	await page.setViewportSize({ width: 1440, height: 800 });
	await panel.open('Start recording');
	await panel.output.getByRole('radio', { name: 'Schema' }).click();
	await panel.output.getByText('outcome', { exact: true }).first().waitFor();
	await save(
		'output',
		page.locator('[data-test-id="node-parameters"], [data-test-id="output-panel"]'),
		{ x: 0, y: 0, right: 0, bottom: 0 },
	);
} finally {
	await stage.close();
}
process.exit(0);
