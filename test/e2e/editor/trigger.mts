import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { NOTIFICATION_SECRET, TRIGGER_TYPE, type Stage } from './stage.mts';

const CLOUD_RECORDING = 3;
const UPLOADED = 31;

/** The trigger's panel, and a test event of the simulator received in the editor. */
export function trigger({ openWorkflow, page, panel, photograph, simulator }: Stage): void {
	describe('The trigger', () => {
		const listen = page.getByTestId('trigger-execute-button').first();
		let testUrl = '';

		before(async () => {
			await openWorkflow('Trigger', [
				{ name: 'Agora', type: TRIGGER_TYPE, credential: true, webhookId: 'editor-hook' },
			]);
			await panel.open('Agora');
		});

		it('waits for an event to be chosen', async () => {
			await photograph('trigger-new');
			const execute = page.getByTestId('node-execute-button').first();
			assert.ok(await execute.isDisabled());
		});

		it('then says what to do, and shows its URLs', async () => {
			await panel.choose('Trigger On', 'All Files Uploaded');
			await page.getByText('Start this workflow with notifications from Agora').waitFor();
			await page.getByText('Agora Console needs the production URL').waitFor();
			await page.getByText('When will this node trigger my flow?').click();
			await page.getByText('paste the production URL of this node').waitFor();
			await page.getByText('Webhook URLs').click();
			const url = page.locator('.webhook-url');
			await url.getByText('/webhook-test/').waitFor();
			testUrl = (await url.innerText()).replace(/\s/g, '');
			assert.match(testUrl, /\/webhook-test\/editor-hook\/agora-notifications$/);
			await photograph('trigger-chosen');
			await page.getByText('Production URL', { exact: true }).click();
			await url.getByText('/webhook/').waitFor();
		});

		it('shows a signed test event', async () => {
			await listen.click();
			await page.getByText('Waiting for a notification from Agora').first().waitFor();
			await photograph('trigger-listening');
			const { notifications } = simulator.control;
			notifications.setWebhook(CLOUD_RECORDING, { url: testUrl, secret: NOTIFICATION_SECRET });
			notifications.send({
				productId: CLOUD_RECORDING,
				eventType: UPLOADED,
				cname: 'class-7',
			});
			const item = await panel.item('class-7');
			await photograph('trigger-event');
			assert.equal(item.cname, 'class-7', JSON.stringify(item));
		});
	});
}
