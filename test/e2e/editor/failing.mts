import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { MANUAL_TRIGGER_TYPE, NODE_TYPE, type Stage } from './stage.mts';

/** What the editor shows of steps that fail. */
export function failing({ openWorkflow, panel, photograph, simulator }: Stage): void {
	describe('Failing', () => {
		beforeEach(async () => {
			simulator.control.reset();
			await openWorkflow('Failing', [
				{ name: 'Manual', type: MANUAL_TRIGGER_TYPE },
				{ name: 'Start', type: NODE_TYPE, credential: true },
			]);
			await panel.open('Start');
		});

		it('names a field that is filled in wrongly, and asks Agora nothing', async () => {
			await panel.fill('Channel Name', 'class-7');
			await panel.choose('Recording Options', '+ Recorder UID');
			await panel.fill('Recorder UID', 'the recorder');
			await panel.run();
			const { message, description } = await panel.error();
			await photograph('error-form');
			assert.match(message, /'Recorder UID'/);
			assert.match(`${message} ${description}`, /1 to 4294967295/);
			assert.deepEqual(simulator.control.requests(), []);
		});

		it('says what to do about a bucket that is not there, and which recording it was', async () => {
			simulator.control.configure({ buckets: [] });
			await panel.fill('Channel Name', 'class-7');
			await panel.choose('Options', '+ Verification Timeout (Seconds)');
			await panel.fill('Verification Timeout (Seconds)', '5');
			await panel.run();
			const { message, description } = await panel.error();
			await photograph('error-unconfirmed');
			const [{ sid }] = simulator.control.recordings();
			assert.ok(`${message} ${description}`.includes(sid), 'the SID is not shown');
			assert.match(description, /class-7/);
			assert.match(description, /bucket|storage/i);
		});

		it('says which keys to compare when Agora refuses them', async () => {
			const fault = { kind: 'error', error: 'gateway.credentials' } as const;
			simulator.control.addFault({ match: { operation: 'acquire' }, fault, times: null });
			await panel.fill('Channel Name', 'class-7');
			await panel.run();
			const { message, description } = await panel.error();
			await photograph('error-credential');
			assert.match(message, /rejected the Customer ID or Customer Secret/);
			assert.match(description, /RESTful API Keys/);
		});

		it("tells Agora's own words of what it does not accept, and of which recording", async () => {
			const fault = { kind: 'error', error: 'start.2' } as const;
			simulator.control.addFault({ match: { operation: 'start' }, fault, times: null });
			await panel.fill('Channel Name', 'class-7');
			await panel.run();
			const { description } = await panel.error();
			await photograph('error-refused');
			assert.match(description, /invalid clientRequest value/);
			assert.match(description, /class-7/);
			assert.doesNotMatch(description, /resourceId/);
		});

		it('says where the recording is to come from when the item has none', async () => {
			await panel.close();
			await openWorkflow('Failing to stop', [
				{ name: 'Manual', type: MANUAL_TRIGGER_TYPE },
				{ name: 'Stop', type: NODE_TYPE, credential: true, parameters: { operation: 'stop' } },
			]);
			await panel.open('Stop');
			await panel.run();
			const { message, description } = await panel.error();
			await photograph('error-no-recording');
			assert.match(message, /contains no recording/);
			assert.match(description, /Enter Manually/);
		});
	});
}
