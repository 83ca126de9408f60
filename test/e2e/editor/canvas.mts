/** What n8n's canvas shows of the workflow that is open, measured in the page. */
import type { Page } from 'playwright-core';

/** What a person would call ugly. Lengths are pixels of the canvas, whatever its zoom. */
export interface CanvasLook {
	/** The height that the text of each sticky note takes, with the same margin above and below. */
	notes: Array<{ height: number; wanted: number }>;
	/** Lines that run through a node, its name or a note that they do not belong to: `line: what`. */
	crossings: string[];
}

// Scripts of the page are texts: these files know no DOM.
const LOOK = `(() => {
	const zoom = (element) => element.getBoundingClientRect().height / element.offsetHeight;
	const notes = [...document.querySelectorAll('[data-test-id="sticky"]')].map((note) => {
		const text = note.querySelector('h2').parentElement.getBoundingClientRect();
		const { top } = note.getBoundingClientRect();
		const pixels = (length) => length / zoom(note);
		return {
			height: note.offsetHeight,
			wanted: Math.round(pixels(text.bottom - top) + pixels(text.top - top)),
		};
	});
	const boxes = (name, elements) =>
		[...elements].map((element) => ({ name, box: element.getBoundingClientRect() }));
	const solid = [
		...boxes('a note', document.querySelectorAll('[data-test-id="sticky"]')),
		...[...document.querySelectorAll('[data-test-id="canvas-node"]')].flatMap((node) =>
			boxes(node.dataset.nodeName, [
				node.querySelector('[data-canvas-node-render-type]'),
				...node.querySelectorAll('[class*="_description_"] > *'),
			]),
		),
	];
	const inside = ({ x, y }, { left, right, top, bottom }) =>
		left < x && x < right && top < y && y < bottom;
	const crossings = [...document.querySelectorAll('[data-test-id="edge"]')].flatMap((edge) => {
		const { sourceNodeName, targetNodeName } = edge.dataset;
		const points = [...edge.querySelectorAll('path.vue-flow__edge-path')].flatMap((path) => {
			const matrix = path.getScreenCTM();
			const step = path.getTotalLength() / 200;
			return Array.from({ length: 201 }, (_, i) =>
				path.getPointAtLength(i * step).matrixTransform(matrix),
			);
		});
		return solid
			.filter(({ name }) => name !== sourceNodeName && name !== targetNodeName)
			.filter(({ box }) => points.some((point) => inside(point, box)))
			.map(({ name }) => sourceNodeName + ' → ' + targetNodeName + ': ' + name);
	});
	return { notes, crossings: [...new Set(crossings)] };
})()`;

export const lookAt = async (page: Page): Promise<CanvasLook> =>
	await page.evaluate<CanvasLook>(LOOK);
