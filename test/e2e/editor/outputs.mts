import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { MANUAL_TRIGGER_TYPE, NODE_TYPE, type Stage } from './stage.mts';

/**
 * What a node behind ours can take from it before anything has run, or been paid for: n8n shows it as the
 * input of that node, and nowhere else.
 */
export function outputs({ openWorkflow, page, panel, photograph, simulator }: Stage): void {
	describe('Outputs before anything has run', () => {
		const behind = { type: 'n8n-nodes-base.set' };

		before(async () => {
			simulator.control.reset();
			await openWorkflow('Not run yet', [
				{ name: 'Manual', type: MANUAL_TRIGGER_TYPE },
				{ name: 'Stop', type: NODE_TYPE, parameters: { operation: 'stop' } },
				{ name: 'Behind Stop', ...behind },
				{ name: 'Check', type: NODE_TYPE, parameters: { resource: 'setup', operation: 'check' } },
				{ name: 'Behind Check', ...behind },
			]);
		});

		/** The fields that the input of a node offers, from the top. */
		const offered = async (name: string) => {
			await panel.open(name);
			await page.getByTestId('schema-preview-warning').waitFor();
			// n8n draws what is in view, and uses elements again in any order.
			const items = await page.getByTestId('run-data-schema-item').all();
			const drawn = await Promise.all(
				items.map(async (item) => ({
					y: (await item.boundingBox())?.y ?? Infinity,
					text: (await item.innerText()).trim(),
				})),
			);
			const labels = drawn.sort((one, other) => one.y - other.y).map(({ text }) => text);
			await photograph(`not-run-${name.toLowerCase().replaceAll(' ', '-')}`);
			await panel.close();
			// Above them stand n8n's own, $now and $today.
			return labels.filter((label) => !label.startsWith('$'));
		};

		it('Stop offers its outcome first, then the file to open, with its members', async () => {
			const fields = await offered('Behind Stop');
			assert.equal(fields[0], 'outcome');
			const from = fields.indexOf('mainFile');
			assert.deepEqual(fields.slice(from, from + 2), ['mainFile', 'fileName']);
		});

		it('Check offers what each of its items says', async () => {
			assert.deepEqual(await offered('Behind Check'), ['check', 'ok', 'found', 'whatToDo']);
		});

		it('spent no request', () => {
			assert.deepEqual(simulator.control.requests(), []);
		});
	});
}
