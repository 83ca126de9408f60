import assert from 'node:assert/strict';
import { itemsOf, type Stage } from './stage.mts';

const SOON = { amount: 1, unit: 'seconds' };

export default async function webPageToCdn(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator({ clock: { speed: 10 } });
	const { control } = simulator;
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample(
		{ agoraApi },
		{ 'Until the Break': SOON, Break: SOON, 'Until the End': SOON },
	);
	const execution = await stage.run(workflow, 'When Clicking Execute');
	assert.equal(execution.status, 'success', execution.error);
	const [started] = itemsOf(execution, 'Start and Go Live');
	assert.deepEqual([started.outcome, started.onhold], ['recording', false]);
	assert.deepEqual(
		[itemsOf(execution, 'Pause')[0].onhold, itemsOf(execution, 'Resume')[0].onhold],
		[true, false],
	);

	const [recording, ...others] = control.recordings();
	assert.deepEqual(others, []);
	assert.deepEqual(recording.rtmpUrls, ['rtmp://live.example.com/app/YOUR-STREAM-KEY']);
	assert.equal(recording.ended?.cause, 'stop');
	const changes = control
		.requests()
		.filter(({ operation }) => ['start', 'update', 'stop'].includes(operation ?? ''))
		.map(({ operation, status, body }) => [operation, status, onholdIn(body)]);
	assert.deepEqual(changes, [
		['start', 200, undefined],
		['update', 200, true],
		['update', 200, false],
		['stop', 200, undefined],
	]);

	const [stopped] = itemsOf(execution, 'Stop');
	assert.equal(stopped.outcome, 'stopped');
	const files = stopped.files as Array<{ path: string }>;
	assert.deepEqual(
		files.map(({ path }) => path).sort(),
		recording.files.map(({ fileName }) => `shows/${fileName}`).sort(),
	);
	assert.ok(files.length > 0);
}

/** What an update says of pausing. */
function onholdIn(body: unknown): unknown {
	const { clientRequest } = body as {
		clientRequest?: { webRecordingConfig?: { onhold?: boolean } };
	};
	return clientRequest?.webRecordingConfig?.onhold;
}
