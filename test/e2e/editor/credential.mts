import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { EXAMPLE_ACCOUNT } from '../../../simulator/index.mts';
import { NODE_TYPE, type Stage } from './stage.mts';

/** A credential made in its form, tested with a wrong and with the right key. */
export function credential({ openWorkflow, page, panel, photograph, simulator }: Stage): void {
	describe('The credential', () => {
		const dialog = page.getByTestId('credential-edit-dialog');
		const input = (name: string) => dialog.getByTestId(`parameter-input-${name}`);
		const fill = async (name: string, text: string) =>
			await input(name).locator('input').fill(text);
		const choose = async (name: string, option: string) => {
			await input(name).locator('.el-select').click();
			await page.locator('.el-select__popper:visible').getByText(option, { exact: true }).click();
		};
		const save = async () =>
			await page.getByRole('button', { name: 'Save', exact: true }).first().click();

		before(async () => {
			await openWorkflow('Credential', [{ name: 'Start', type: NODE_TYPE }]);
			await panel.open('Start');
		});

		it('asks for the address and the region where they depend on a choice', async () => {
			await page.getByText('Connect to Agora').click();
			await input('customerId').waitFor();
			assert.equal(await input('baseUrl').count(), 0);
			await photograph('credential-empty');
			await choose('apiDomain', 'Custom');
			await input('baseUrl').waitFor();
			assert.equal(await input('storageEndpoint').count(), 0);
			await choose('storageVendor', 'S3-Compatible Storage');
			await input('storageEndpoint').waitFor();
			assert.equal(await input('storageRegion').count(), 0);
			await choose('storageVendor', 'Amazon S3');
			await choose('storageRegion', 'eu-central-1');
		});

		it('is red with a wrong secret, and says what to compare', async () => {
			await fill('customerId', EXAMPLE_ACCOUNT.customerId);
			await fill('customerSecret', 'not-the-secret');
			await fill('appId', EXAMPLE_ACCOUNT.apps[0].appId);
			await fill('baseUrl', simulator.url);
			await save();
			await dialog.getByText('More details').click();
			const told = dialog.getByText('Agora refused this Customer ID and Customer Secret.');
			await told.waitFor();
			await photograph('credential-wrong-secret');
		});

		it('is green with the right one', async () => {
			await fill('customerSecret', EXAMPLE_ACCOUNT.customerSecret);
			await save();
			// n8n closes the form of a credential that works.
			await dialog.waitFor({ state: 'hidden' });
			await page.getByTestId('credential-edit-button').click();
			await dialog.getByTestId('credentials-config-container-test-success').waitFor();
			await photograph('credential-right-secret');
		});
	});
}
