import assert from 'node:assert/strict';
import type { Stage } from './stage.mts';

const TRIGGER = 'Every Minute';
const TABLE = 'agora_channels';

/** Channels fill, empty and fill again, between rounds and during two that overlap. */
export default async function recordEveryChannelWithoutWebhooks(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample(
		{ agoraApi },
		// A recording that is over is believed to be at once.
		{ 'Is It Still Recorded': { options: { retryWhileNotFound: 0 } } },
	);
	stage.onEnd(() => stage.dropTable(TABLE));
	const { control } = simulator;
	const round = async () => {
		const { status, error } = await stage.run(workflow, TRIGGER);
		assert.equal(status, 'success', error);
	};
	const recorded = () =>
		control
			.recordings()
			.map(({ cname, ended }) => `${cname} ${ended === undefined ? 'runs' : 'has ended'}`)
			.sort();
	const states = async () =>
		(await stage.rows(TABLE)).map(({ cname, state }) => `${String(cname)} ${String(state)}`).sort();

	await round();
	assert.deepEqual([recorded(), await states()], [[], []]);

	for (const channel of ['a', 'b']) control.setPublishers(channel, ['7']);
	await Promise.all([round(), round()]);
	await round();
	assert.deepEqual(recorded(), ['a runs', 'b runs']);
	assert.deepEqual(await states(), ['a running', 'b running']);

	// Everybody leaves, and the recorder goes a while later.
	control.setPublishers('a', []);
	control.setPublishers('c', ['8']);
	const [a] = control.recordings().filter(({ cname }) => cname === 'a');
	control.kill(a.sid);
	await round();
	await round();
	assert.deepEqual(recorded(), ['a has ended', 'b runs', 'c runs']);
	assert.deepEqual(await states(), ['a over', 'b running', 'c running']);

	control.setPublishers('a', ['9']);
	await round();
	assert.deepEqual(recorded(), ['a has ended', 'a runs', 'b runs', 'c runs']);
}
