import type { Locator, Page } from 'playwright-core';
import { describeFields } from './describeFields.mts';

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();

/** n8n's view of one node: its form, and what goes in and out. Fields go by the label a person sees. */
export class Panel {
	readonly #page: Page;
	readonly form: Locator;
	readonly output: Locator;

	constructor(page: Page) {
		this.#page = page;
		this.form = page.getByTestId('node-parameters');
		this.output = page.getByTestId('output-panel');
	}

	/** Opens a node of the canvas by a double click. */
	async open(nodeName: string): Promise<void> {
		await this.#page
			.locator(`[data-test-id="canvas-node"][data-node-name="${nodeName}"]`)
			.dblclick();
		await this.form.locator('label.n8n-input-label').first().waitFor();
	}

	async close(): Promise<void> {
		await this.#page.getByTestId('ndv-close-button').click();
		await this.form.waitFor({ state: 'hidden' });
	}

	/** The field, or the group of fields, with this label. */
	field(label: string): Locator {
		const labels = this.#page.locator('label.n8n-input-label');
		return this.form
			.locator('.parameter-item:visible, .multi-parameter:visible')
			.filter({ has: labels.getByText(label, { exact: true }) })
			.last();
	}

	/** What the form shows from top to bottom, as test/golden/forms.md writes it. */
	async fields(): Promise<string[]> {
		return await this.form
			.locator('.parameter-item:visible, .multi-parameter:visible')
			.evaluateAll(describeFields);
	}

	/** What a group offers to add. */
	async entries(label: string): Promise<string[]> {
		return await this.#offered(this.field(label).getByTestId('collection-parameter-add').last());
	}

	/** What the list of a field offers; undefined where it is no list. */
	async options(label: string): Promise<string[] | undefined> {
		const field = this.field(label).and(this.#page.locator('.parameter-item'));
		const list = field.locator('.el-select').first();
		return (await list.count()) > 0 ? await this.#offered(list) : undefined;
	}

	/** Chooses from a list, turns a switch `on` or `off`, or adds an entry to a group (`+ Entry`). */
	async choose(label: string, value: string): Promise<void> {
		const field = this.field(label);
		if (value === 'on' || value === 'off') {
			await field.locator('.el-switch').click();
		} else if (value.startsWith('+ ')) {
			const add = field.getByTestId(/^(collection-parameter|fixed-collection)-add/).last();
			await add.click();
			// A group with one entry has a plain button.
			if ((await add.locator('.el-select').count()) > 0) await this.#pick(value.slice(2));
		} else {
			await field.locator('.el-select').first().click();
			await this.#pick(value);
			// A list of which several can be chosen stays open until one clicks elsewhere.
			if ((await field.locator('.el-tag').count()) > 0) await field.getByText(label).click();
		}
		await this.#list.waitFor({ state: 'hidden' });
	}

	/** Types into a field, in place of what is there. */
	async fill(label: string, text: string): Promise<void> {
		// Of a field with a list to choose from the first input is the one for how to choose.
		await this.field(label).locator('input:not([readonly]), textarea').first().fill(text);
	}

	/** Opens the list that a field offers beside entering. @returns what it offers */
	async openList(label: string): Promise<string[]> {
		const field = this.field(label);
		await field.locator('.el-select').first().click();
		// n8n's own words.
		await this.#pick('From list');
		await this.#list.waitFor({ state: 'hidden' });
		await field.getByTestId('rlc-input').click();
		const items = this.#page.getByTestId('rlc-item');
		await items.first().waitFor();
		return (await items.allInnerTexts()).map(plain);
	}

	/** Chooses from the list that was opened. */
	async chooseFromList(name: string): Promise<void> {
		await this.#page.getByTestId('rlc-item').getByText(name, { exact: true }).click();
	}

	/** Executes the step. */
	async run(): Promise<void> {
		await this.#page.getByTestId('node-execute-button').click();
	}

	/** What the output's table shows of its first item, as soon as that has this value in it. */
	async item(value: string): Promise<Record<string, string>> {
		await this.output.getByRole('radio', { name: 'Table' }).click();
		const row = this.output.locator('tbody tr').filter({ hasText: value }).first();
		await row.waitFor();
		const names = await this.output.locator('thead th').allInnerTexts();
		const values = await row.locator('td').allInnerTexts();
		return Object.fromEntries(names.map((name, i) => [plain(name), plain(values[i] ?? '')]));
	}

	/** What the output says of a step that failed. */
	async error(): Promise<{ message: string; description: string }> {
		const [message, description] = [
			this.output.getByTestId('node-error-message'),
			this.output.getByTestId('node-error-description'),
		];
		await message.waitFor();
		return {
			message: plain(await message.innerText()),
			description: plain((await description.allInnerTexts()).join(' ')),
		};
	}

	get #list(): Locator {
		return this.#page.locator('.el-select__popper:visible');
	}

	async #pick(name: string): Promise<void> {
		await this.#list.getByText(name, { exact: true }).click();
	}

	/** Opens a list, reads it, and closes it. */
	async #offered(list: Locator): Promise<string[]> {
		await list.click();
		const items = this.#list.locator('.el-select-dropdown__item');
		await items.first().waitFor();
		const texts = await items.allInnerTexts();
		await list.click();
		await this.#list.waitFor({ state: 'hidden' });
		return texts.map((text) => plain(text.split('\n')[0]));
	}
}
