import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { goldenForms } from './forms.mts';
import { NODE_TYPE, TRIGGER_TYPE, type Stage } from './stage.mts';

/** Reads a line of the golden list apart: `Options [A, B]`. */
const parts = (line: string) => /^(.*?)(?: \[(.*)\])?$/.exec(line) ?? [];

const fileName = (title: string) => title.toLowerCase().replace(/[^a-z]+/g, '-');

/** Every form of both nodes, chosen with the mouse, against a list written by hand. */
export function fields({ openWorkflow, panel, photograph }: Stage): void {
	describe('Fields', () => {
		const forms = goldenForms();
		const fresh = forms.filter((form) => form.fresh).map(({ title }) => title);
		let open = false;

		before(async () => {
			await openWorkflow(
				'Fields',
				fresh.map((name) => ({
					name,
					type: name === 'Trigger' ? TRIGGER_TYPE : NODE_TYPE,
					credential: true,
				})),
			);
		});

		for (const form of forms) {
			it(form.title, async () => {
				if (form.fresh) {
					if (open) await panel.close();
					await panel.open(form.title);
					open = true;
				}
				for (const [label, value] of form.choices) await panel.choose(label, value);
				assert.deepEqual(
					await panel.fields(),
					form.fields.map((line) => parts(line)[1]),
				);
				await photograph(`form-${fileName(form.title)}`);
				for (const line of form.fields) {
					const [, label, entries] = parts(line);
					if (entries !== undefined) {
						assert.equal((await panel.entries(label)).join(', '), entries, label);
					}
				}
			});
		}
	});
}
