import assert from 'node:assert/strict';
import { itemsOf, type Stage } from './stage.mts';

const CHANNEL = 'class-7';
const SECOND = { amount: 1, unit: 'seconds' };

/** The host drops out for a moment, comes back, and leaves for good while an audience stays. */
export default async function stopWhenTheHostHasLeft(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const agoraApi = await stage.agoraCredential(simulator);
	const { control } = simulator;
	control.setPublishers(CHANNEL, ['7']);
	control.setAudience(CHANNEL, ['8', '9']);
	control.setProfile(CHANNEL, 'liveBroadcasting');
	// A minute takes a second.
	const workflow = await stage.importExample(
		{ agoraApi },
		{ 'Wait a Minute': SECOND, 'Wait Another Minute': SECOND },
	);
	const looks = () =>
		control.requests().filter(({ operation }) => operation === 'channelUsers').length;
	/** Is done once so many more looks have been taken. */
	const looked = async (more: number) => {
		const before = looks();
		await stage.eventually(`${more} more looks`, () => looks() >= before + more);
	};

	const meet = async () => {
		await stage.eventually('it is recorded', () => control.recordings().length === 1);
		await looked(2);
		control.setPublishers(CHANNEL, []);
		await looked(1);
		control.setPublishers(CHANNEL, ['7']);
		await looked(3);
		assert.equal(control.recordings()[0].ended, undefined);
		// Agora does not answer: that is not nobody.
		control.addFault({
			match: { operation: 'channelUsers' },
			fault: { kind: 'error', error: 'channels.403' },
		});
		await looked(2);
		assert.equal(control.recordings()[0].ended, undefined);
		control.setPublishers(CHANNEL, []);
	};
	const [execution] = await Promise.all([stage.run(workflow, 'When the Lesson Begins'), meet()]);

	assert.equal(execution.status, 'success', execution.error);
	const [started] = itemsOf(execution, 'Start');
	assert.deepEqual(
		[started.outcome, started.channelProfile, started.channelProfileFrom],
		['recording', 'liveBroadcasting', 'channel'],
	);
	const [stopped] = itemsOf(execution, 'Stop');
	assert.equal(stopped.outcome, 'stopped');
	assert.deepEqual(
		control.recordings().map(({ sid, ended }) => [sid, ended?.cause]),
		[[started.sid, 'stop']],
	);
}
