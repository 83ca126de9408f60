/**
 * Takes the pictures of the README in a real n8n, with the simulator in Agora's place: `npm run pictures`.
 * The package must be built. It fails where a picture would not show what the page says of it: what the
 * alternative text puts in quotation marks has to be readable in the picture.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { startMailbox, type ParseMail } from '../mailbox.mts';
import { MANUAL_TRIGGER_TYPE, NODE_TYPE, openStage, type StageNode } from './stage.mts';

const FOLDER = 'docs/images';
/** Pictures that do not show what they should, to be looked at. */
const REJECTED = '.artifacts/pictures';
const PAGE = 'README.md';

/** What lies over the canvas or the form, and would only distract. */
const CLUTTER = `
	[data-test-id="canvas-controls"], [data-test-id="canvas-plus-button"], .el-notification,
	[data-test-id="canvas-handle-plus-wrapper"], [data-test-id="floating-node"],
	[data-test-id="run-data-pane-header"], [data-test-id="node-feature-request"] {
		opacity: 0 !important;
	}
	/* That the simulator's storage has no HTTPS. */
	[class*="hintCallout"], [data-test-id="node-hint"] { display: none !important; }
`;

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

interface Margin {
	x: number;
	y: number;
	right: number;
	bottom: number;
}

/** Part of the page in which all of these are. */
async function around(parts: Locator, margin: Margin): Promise<Box> {
	const boxes = (await Promise.all((await parts.all()).map((part) => part.boundingBox()))).filter(
		(box) => box !== null,
	);
	const x = Math.min(...boxes.map((box) => box.x)) - margin.x;
	const y = Math.min(...boxes.map((box) => box.y)) - margin.y;
	const right = Math.max(...boxes.map((box) => box.x + box.width)) + margin.right;
	const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + margin.bottom;
	return { x, y, width: right - x, height: bottom - y };
}

/** What the alternative text of a picture says that it shows. */
function promisedBy(name: string): string[] {
	const text = readFileSync(PAGE, 'utf8');
	const [, alternative] =
		new RegExp(`!\\[([^\\]]+)\\]\\(${FOLDER}/${name}\\.webp\\)`).exec(text) ?? [];
	assert.ok(alternative, `${PAGE} does not show ${name}.webp`);
	const promised = [...alternative.matchAll(/"([^"]+)"/g)].map(([, words]) => words);
	assert.ok(promised.length > 0, `the alternative text of ${name}.webp promises nothing: "…"`);
	return promised;
}

/** All texts and entered values of the page that nothing covers, and where they are. Runs in the browser. */
const READABLE = `[...document.querySelectorAll('body *')].flatMap((element) => {
	if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return [];
	const parts = element.matches('input, textarea')
		? [[element.value, element.getBoundingClientRect()]]
		: [...element.childNodes]
				.filter((node) => node.nodeType === Node.TEXT_NODE)
				.map((node) => {
					const range = document.createRange();
					range.selectNodeContents(node);
					return [node.data, range.getBoundingClientRect()];
				});
	return parts.flatMap(([data, { x, y, width, height }]) => {
		const text = data.replace(/\\s+/g, ' ').trim();
		const seen = document.elementFromPoint(x + width / 2, y + height / 2);
		const covered = seen === null || !(element.contains(seen) || seen.contains(element));
		return text === '' || covered ? [] : [{ text, x, y, width, height }];
	});
})`;

const isWithin = (part: Box, whole: Box) =>
	part.x >= whole.x &&
	part.y >= whole.y &&
	part.x + part.width <= whole.x + whole.width &&
	part.y + part.height <= whole.y + whole.height;

/** Has the browser make a WebP of a PNG: the build copies every PNG into the package. */
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

/** What pictures would not show that the page promises. */
const failures: string[] = [];

/** Takes a picture of these parts: for the page, if everything that it promises can be read. */
async function take(page: Page, name: string, parts: Locator, margin: Margin): Promise<void> {
	await page.addStyleTag({ content: CLUTTER });
	const clip = await around(parts, margin);
	const readable = (await page.evaluate<Array<Box & { text: string }>>(READABLE))
		.filter((part) => isWithin(part, clip))
		.map(({ text }) => text);
	const missing = promisedBy(name).filter((words) => !readable.includes(words));
	if (missing.length > 0) {
		failures.push(`${name}: "${missing.join('", "')}" cannot be read, but ${readable.join(' · ')}`);
	}
	const folder = missing.length > 0 ? REJECTED : FOLDER;
	mkdirSync(folder, { recursive: true });
	const file = `${folder}/${name}.webp`;
	writeFileSync(file, await toWebp(page, await page.screenshot({ clip })));
	console.log(file);
}

const stage = await openStage({ scale: 2 });
const mailbox = await startMailbox(
	(stage.n8n.require('mailparser') as { simpleParser: ParseMail }).simpleParser,
);
try {
	const { n8n, openWorkflow, page, panel } = stage;
	const smtp = {
		name: 'SMTP',
		type: 'smtp',
		data: {
			...{ host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true },
			...{ user: '', password: '', hostName: '' },
		},
	};
	const agora = { type: NODE_TYPE, credential: true };
	const nodes: StageNode[] = [
		{ name: 'When the lesson begins', type: MANUAL_TRIGGER_TYPE },
		{ name: 'Start', ...agora, parameters: { channelName: 'class-7', fileNamePrefix: 'lessons' } },
		{ name: 'Wait', type: 'n8n-nodes-base.wait', parameters: { amount: 3, unit: 'seconds' } },
		{ name: 'Stop', ...agora, parameters: { operation: 'stop' } },
		{
			name: 'Mail the link',
			type: 'n8n-nodes-base.emailSend',
			typeVersion: 2.1,
			credentials: { smtp: { id: await n8n.rest.createCredential(smtp), name: smtp.name } },
			parameters: {
				...{ fromEmail: 'recordings@example.com', toEmail: 'team@example.com' },
				...{ subject: 'Lesson recorded', emailFormat: 'text' },
				text: '={{ $json.mainFile.link }}',
				options: { appendAttribution: false },
			},
		},
	];
	await openWorkflow('Record a lesson', nodes);
	const begin = page.getByTestId('canvas-node').filter({ hasText: nodes[0].name });
	await begin.hover();
	await begin.getByText('Execute workflow').click();
	await page
		.getByTestId('canvas-node-status-success')
		.nth(nodes.length - 1)
		.waitFor();
	const opened = await fetch(mailbox.mails[0].text.trim());
	assert.equal(opened.headers.get('content-type'), 'video/mp4', 'the link that was mailed opens');
	await page.getByTestId('zoom-to-fit').click();
	await page.mouse.move(0, 0);
	// Names stand below their nodes, and are wider.
	const canvasMargin = { x: 70, y: 36, right: 28, bottom: 80 };
	await take(page, 'workflow', page.getByTestId('canvas-node'), canvasMargin);

	await panel.open('Stop');
	await panel.output.getByRole('radio', { name: 'Schema' }).click();
	await panel.output.getByText('outcome', { exact: true }).first().waitFor();
	const shown = await panel.fields();
	for (const field of ['Resource: Recording', 'Operation: Stop']) {
		assert.ok(shown.includes(field), `the form is of another operation: ${shown.join(', ')}`);
	}
	await page.setViewportSize({ width: 1440, height: 620 });
	const sides = page.locator('[data-test-id="node-parameters"], [data-test-id="output-panel"]');
	await take(page, 'result', sides, { x: 0, y: 0, right: 0, bottom: 0 });
} finally {
	await mailbox.close();
	await stage.close();
}
for (const failure of failures) console.error(failure);
process.exit(failures.length > 0 ? 1 : 0);
