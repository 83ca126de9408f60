import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { MANUAL_TRIGGER_TYPE, type Stage } from './stage.mts';

const NAME = 'Agora Cloud Recording';

/** What people type who do not know this package, for an action or for what starts a workflow. */
const WORDS = [
	...['agora', 'agora recording', 'cloud recording', 'recording', 'record', 'recorder'],
	...['record call', 'record meeting', 'record video', 'record channel', 'call recording'],
	...['meeting recording', 'video call', 'video recording', 'live stream', 'rtmp', 'rtc'],
	...['record web page', 'web page recording', 'screenshot', 'webhook agora', 'agora webhook'],
	...['agora trigger', 'recording uploaded', 'rtc token', 'recording notification'],
	...['start recording', 'stop recording', 'recording status', 'recording layout'],
	...['recording link', 'download recording', 'recording file', 'recording playlist'],
	...['channel users', 'whiteboard recording'],
];
/** Who searches looks at no more than these. */
const FIRST = 5;

/** Searching in the panel in which n8n offers nodes. */
export function finding({ openWorkflow, page, panel, photograph }: Stage): void {
	describe('Finding the nodes', () => {
		const creator = page.getByTestId('node-creator');
		const search = page.getByTestId('node-creator-search-bar');
		const names = creator.getByTestId('node-creator-item-name');

		before(async () => {
			await openWorkflow('Finding', [{ name: 'Manual', type: MANUAL_TRIGGER_TYPE }]);
			await page.getByTestId('node-creator-plus-button').click();
		});

		for (const words of WORDS) {
			it(`"${words}" finds it among the first ${FIRST}`, async () => {
				await search.fill('qqqqqq');
				await creator.getByTestId('node-creator-no-results').waitFor();
				await search.fill(words);
				await names.first().waitFor({ timeout: 5_000 });
				const found = await names.allInnerTexts();
				if (words === 'record call') await photograph('finding-record-call');
				assert.ok(
					found.slice(0, FIRST).some((name) => name.startsWith(NAME)),
					`found ${found.slice(0, 12).join(', ')}`,
				);
			});
		}

		it('offers its operations and what starts a workflow', async () => {
			await search.fill('agora');
			await names.filter({ hasText: NAME }).first().click();
			await creator.getByText('Start a recording').waitFor();
			await photograph('finding-actions');
			const texts = await creator.innerText();
			for (const action of ['Stop a recording', 'Query a recording', 'Update a recording']) {
				assert.ok(texts.includes(action), action);
			}
			// The list is folded where the workflow has a trigger already.
			await creator.getByText(/^Triggers \(/).click();
			await creator.getByText('On all files uploaded').waitFor();
			await photograph('finding-triggers');
			const triggers = (await creator.innerText()).match(/^On .*$/gm) ?? [];
			assert.deepEqual(triggers, [
				...['On all files uploaded', 'On all files in your storage', 'On recording started'],
				...['On recording ended', 'On recording failed', 'On web page time limit reached'],
				...['On screenshot taken', 'On any recording event', 'On channel created'],
				...['On user joined', 'On user left', 'On any channel event', 'On other events'],
			]);
		});

		it('adds the trigger that was chosen there, with its event', async () => {
			await creator.getByText('On user joined').click();
			await panel.form.getByText('Trigger On').waitFor();
			assert.ok((await panel.fields()).includes('Trigger On: User Joined'));
		});
	});
}
