import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { goldenForms } from './forms.mts';
import { NODE_TYPE, TRIGGER_TYPE, type Stage } from './stage.mts';

/** Reads a line of the golden list apart: `Options [A, B]`. */
const parts = (line: string) => /^(.*?)(?: \[(.*)\])?$/.exec(line) ?? [];

const fileName = (title: string) => title.toLowerCase().replace(/[^a-z]+/g, '-');

/** Every form of both nodes, chosen with the mouse, against a list written by hand. */
export function fields({ openWorkflow, page, panel, photograph }: Stage): void {
	describe('Fields', () => {
		const forms = goldenForms();
		const fresh = forms.filter((form) => form.fresh).map(({ title }) => title);
		let open = false;

		const window = page.viewportSize() ?? { width: 1440, height: 1000 };

		before(async () => {
			// So high that the pictures show whole forms.
			await page.setViewportSize({ ...window, height: 1900 });
			await openWorkflow(
				'Fields',
				fresh.map((name) => ({
					name,
					type: name.startsWith('Trigger') ? TRIGGER_TYPE : NODE_TYPE,
					credential: true,
				})),
			);
		});

		after(async () => await page.setViewportSize(window));

		for (const form of forms) {
			it(form.title, async () => {
				if (form.fresh) {
					if (open) await panel.close();
					await panel.open(form.title);
					open = true;
				}
				for (const [label, value] of form.choices) await panel.choose(label, value);
				await photograph(`form-${fileName(form.title)}`);
				assert.deepEqual(
					await panel.fields(),
					form.fields.map((line) => parts(line)[1]),
				);
				for (const line of form.fields) {
					const [, label, entries] = parts(line);
					if (entries !== undefined) {
						assert.equal((await panel.entries(label)).join(', '), entries, label);
					}
				}
			});
		}

		it('Every list of an individual start opens and names its options', async () => {
			await panel.close();
			await panel.open('Start, individual');
			const labels = (await panel.fields()).map((line) => line.split(/ \*|: /)[0]);
			let lists = 0;
			for (const label of labels) {
				const options = await panel.options(label);
				if (options === undefined) continue;
				lists++;
				assert.ok(options.length > 1, label);
				for (const option of options) assert.match(option, /^[^{}[\]]+$/, label);
				assert.ok(!options.includes('undefined'), label);
			}
			assert.ok(lists >= 7, `${lists} lists`);
		});
	});
}
