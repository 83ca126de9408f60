import assert from 'node:assert/strict';
import type { Stage } from './stage.mts';

const TRIGGER = 'Open the Show';
const CHANNEL = 'my-show';

/** The director starts the show, switches twice, meets a refusal, and ends the show. */
export default async function switchLayoutLive(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator({ clock: { speed: 10 } });
	const { control } = simulator;
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample({ agoraApi });
	await stage.activate(workflow);
	const desk = new FormVisitor(stage, stage.productionUrl(workflow, TRIGGER));
	/** Regions of the picture now, and whom they are reserved for. */
	const regions = () => {
		const layout = control.recordings()[0].layout as { layoutConfig?: Array<{ uid?: string }> };
		return layout.layoutConfig?.map(({ uid }) => uid);
	};

	control.setPublishers(CHANNEL, []);
	assert.match(await desk.submit([CHANNEL]), /It records as soon as somebody sends\./);
	control.setPublishers(CHANNEL, null);
	assert.equal(control.recordings().length, 1);
	assert.deepEqual(regions(), [undefined, undefined, undefined, undefined]);

	assert.match(await desk.submit(['Presenter with strip', '123']), /The picture has changed\./);
	assert.deepEqual(regions(), ['123', undefined, undefined, undefined, undefined]);
	assert.match(await desk.submit(['Picture in picture', '']), /The picture has changed\./);
	assert.deepEqual(regions(), [undefined, undefined]);

	control.addFault({
		match: { operation: 'updateLayout' },
		fault: { kind: 'error', error: 'gateway.credentials' },
	});
	assert.match(await desk.submit(['Side by side', '']), /That did not work: /);
	assert.deepEqual(regions(), [undefined, undefined]);

	control.addFault({
		match: { operation: 'stop' },
		fault: { kind: 'error', error: 'gateway.credentials' },
	});
	assert.match(await desk.submit(['End the show', '']), /That did not work: /);
	assert.equal(control.recordings()[0].ended, undefined);
	const end = await desk.submit(['End the show', '']);
	const [recording, ...others] = control.recordings();
	assert.deepEqual(others, []);
	assert.equal(recording.ended?.cause, 'stop');
	assert.ok(recording.files.length > 0);
	for (const { fileName } of recording.files) assert.ok(end.includes(`shows/${fileName}`), end);

	await desk.leave();
	const [show, ...more] = await stage.executions(workflow, 1);
	assert.deepEqual(more, []);
	assert.equal(show.status, 'success', show.error);
	assert.equal(show.runs.Stop.at(-1)?.items[0].outcome, 'stopped');
}

/** Somebody who fills in the pages of an n8n form as a browser does. */
class FormVisitor {
	readonly #stage: Stage;
	#url: URL;

	constructor(stage: Stage, url: string) {
		this.#stage = stage;
		this.#url = new URL(url);
	}

	/** Sends the page with its fields filled in. @returns the page that comes next */
	async submit(fields: string[]): Promise<string> {
		const form = new FormData();
		for (const [i, field] of fields.entries()) form.append(`field-${i}`, field);
		const response = await fetch(this.#url, { method: 'POST', body: form, redirect: 'manual' });
		const text = await response.text();
		if (response.status === 200 && text.includes('formWaitingUrl')) {
			const { formWaitingUrl } = JSON.parse(text) as { formWaitingUrl: string };
			const { pathname, search } = new URL(formWaitingUrl);
			this.#url = new URL(pathname + search, this.#stage.n8n.url);
		} else {
			assert.equal(response.status, 307, text);
		}
		const status = new URL(this.#url);
		status.pathname += '/n8n-execution-status';
		await this.#stage.eventually('the next page is there', async () => {
			const answer = await (await fetch(status)).text();
			assert.match(answer, /waiting|running|success/);
			return ['form-waiting', 'success'].includes(answer.trim());
		});
		return words(await (await fetch(this.#url)).text());
	}

	/** What the browser sends by itself when it shows the last page. */
	async leave(): Promise<void> {
		const { status } = await fetch(this.#url, { method: 'POST', redirect: 'manual' });
		assert.equal(status, 200);
	}
}

/** What a page says, without style, script and markup. */
const words = (html: string): string =>
	html
		.replace(/<(style|script)\b.*?<\/\1>/gs, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');
