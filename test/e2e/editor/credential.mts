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
		const turnOn = async (name: string) => await input(name).locator('.el-switch').click();
		const save = async () =>
			await page.getByRole('button', { name: 'Save', exact: true }).first().click();

		before(async () => {
			await openWorkflow('Credential', [{ name: 'Start', type: NODE_TYPE }]);
			await panel.open('Start');
		});

		it('shows what few need only when a switch is on', async () => {
			await page.getByText('Connect to Agora').click();
			await input('customerId').waitFor();
			await photograph('credential-empty');
			for (const name of ['apiDomain', 'notificationSecret', 'previousNotificationSecret']) {
				assert.equal(await input(name).count(), 0, name);
			}
			await turnOn('receiveNotifications');
			await input('notificationSecret').waitFor();
			await turnOn('advanced');
			await input('previousNotificationSecret').waitFor();
			assert.equal(await input('baseUrl').count(), 0);
			await choose('apiDomain', 'Custom');
			await input('baseUrl').waitFor();
			await photograph('credential-switches');
		});

		it('asks for the storage in the words of its vendor', async () => {
			const names = async () =>
				(await dialog.locator('label.n8n-input-label .n8n-text').allInnerTexts())
					.map((label) => label.replace('*', '').trim())
					.filter((label, i, all) => all.indexOf(label) === i);
			const between = async () => {
				const all = await names();
				return all.slice(all.indexOf('Storage Vendor') + 1, all.indexOf('Receive Notifications'));
			};
			const vendors: Array<[string, string[]]> = [
				['None (Trigger Only)', []],
				['Microsoft Azure Blob Storage', ['Container', 'Storage Account Name', 'Account Key']],
				['S3-Compatible Storage', ['Endpoint', 'Bucket', 'Access Key', 'Secret Key']],
				['Amazon S3', ['Region', 'Bucket', 'Access Key ID', 'Secret Access Key']],
			];
			for (const [vendor, fields] of vendors) {
				await choose('storageVendor', vendor);
				await input('advanced').scrollIntoViewIfNeeded();
				const read = fields.length > 0 ? ['Key for Reading Files'] : [];
				assert.deepEqual(await between(), [...fields, ...read], vendor);
				await photograph(`credential-${vendor.split(' ')[0].toLowerCase()}`);
			}
			await choose('readFilesWith', 'Separate Key');
			assert.deepEqual((await between()).slice(-3), [
				...['Key for Reading Files', 'Read Access Key ID', 'Read Secret Access Key'],
			]);
			await photograph('credential-read-key');
			await choose('readFilesWith', 'Same Key');
			await choose('storageRegion', 'eu-central-1');
		});

		it('is red with a wrong secret, and says what to compare', async () => {
			await fill('customerId', EXAMPLE_ACCOUNT.customerId);
			await fill('customerSecret', 'not-the-secret');
			await fill('appId', EXAMPLE_ACCOUNT.apps[0].appId);
			await fill('baseUrl', simulator.url);
			await save();
			await dialog.getByText('More details').click();
			const told = dialog.getByText('Agora rejected the Customer ID or Customer Secret.');
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
