import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { MANUAL_TRIGGER_TYPE, NODE_TYPE, type Stage } from './stage.mts';

/** Start, Update Layout and Stop, each run with its button; the last two have nothing filled in. */
export function running({ openWorkflow, panel, photograph, simulator }: Stage): void {
	describe('Running by hand', () => {
		const node = { type: NODE_TYPE, credential: true };
		let sid = '';

		before(async () => {
			simulator.control.reset();
			await openWorkflow('By hand', [
				{ name: 'Manual', type: MANUAL_TRIGGER_TYPE },
				{ name: 'Start', ...node },
				{ name: 'Update Layout', ...node, parameters: { operation: 'updateLayout' } },
				{ name: 'Stop', ...node, parameters: { operation: 'stop' } },
			]);
		});

		/** Runs one step and returns what the editor shows of it. */
		const run = async (name: string, outcome: string) => {
			await panel.run();
			const item = await panel.item(outcome);
			await photograph(`run-${name}`);
			await panel.close();
			return item;
		};

		it('Start shows a recording that Agora knows', async () => {
			await panel.open('Start');
			await panel.fill('Channel Name', 'class-7');
			const item = await run('start', 'recording');
			const recordings = simulator.control.recordings();
			assert.deepEqual(
				recordings.map(({ cname }) => cname),
				['class-7'],
			);
			({ sid } = recordings[0]);
			assert.deepEqual([item.outcome, item.sid, item.cname], ['recording', sid, 'class-7']);
		});

		it('Update Layout finds that recording by itself', async () => {
			await panel.open('Update Layout');
			await panel.choose('Layout', 'Best Fit');
			const item = await run('update-layout', 'updated');
			assert.deepEqual([item.outcome, item.sid], ['updated', sid]);
		});

		it('Stop too, and lists its files', async () => {
			await panel.open('Stop');
			const item = await run('stop', 'stopped');
			assert.deepEqual([item.outcome, item.sid], ['stopped', sid]);
			assert.match(item.files, /\.m3u8/);
			assert.ok(simulator.control.recording(sid)?.ended, 'it goes on');
		});

		it('spent no request beside those', () => {
			const asked = simulator.control.requests().map(({ operation }) => operation);
			const once = asked.filter((operation) => operation !== 'query');
			assert.deepEqual(once, ['channelUsers', 'acquire', 'start', 'updateLayout', 'stop']);
		});

		it('records a channel that was chosen from the list', async () => {
			simulator.control.reset();
			simulator.control.setPublishers('small', ['1']);
			simulator.control.setPublishers('large', ['1', '2', '3']);
			await openWorkflow('Chosen', [
				{ name: 'Manual', type: MANUAL_TRIGGER_TYPE },
				{ name: 'Start', ...node },
			]);
			await panel.open('Start');
			const offered = await panel.openList('Channel Name');
			await photograph('choose-channel');
			assert.deepEqual(offered, ['large', 'small']);
			await panel.chooseFromList('small');
			const item = await run('chosen', 'recording');
			assert.equal(item.cname, 'small');
		});
	});
}
