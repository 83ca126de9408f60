import assert from 'node:assert/strict';
import { itemsOf, type Stage } from './stage.mts';

const TRIGGER = 'When a Channel Is Created';
const START = 'Start Once per Channel';
const CHANNEL = 'call-1';

/** Somebody joins, drops out and comes back; leaves for good; comes again. Then Agora refuses a channel. */
export default async function recordEveryChannel(stage: Stage): Promise<void> {
	// The two minutes until the recorder leaves take four seconds.
	const simulator = await stage.startSimulator({ clock: { speed: 30 } });
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample({ agoraApi });
	await stage.subscribe(workflow, TRIGGER, simulator, { duplicates: 1, redundant: true });
	const { control } = simulator;
	const { notifications } = control;
	const copies = () => notifications.notices().filter(({ eventType }) => eventType === 101);

	// The example's recorders hear live broadcasting, which users join unless told otherwise.
	notifications.users.join(CHANNEL, { uid: 7 });
	await stage.eventually('somebody is recorded', () => control.recordings().length === 1);
	// The channel was left and joined again before the recorder was in it.
	notifications.send({ productId: 1, eventType: 101, cname: CHANNEL });
	const [first, second, ...others] = await stage.executions(workflow, 2);
	assert.ok(copies().length >= 6, `${copies().length} notices`);
	assert.deepEqual(others, []);
	assert.equal(control.recordings().length, 1);
	const [recording] = itemsOf(first, START);
	assert.deepEqual([recording.cname, recording.outcome], [CHANNEL, 'recording']);
	assert.equal(recording.sid, control.recordings()[0].sid);
	assert.equal(second.status, 'success', second.error);
	assert.deepEqual(itemsOf(second, START), []);
	const [{ error }] = itemsOf(second, 'All Is Well') as Array<{
		error: { details: { code: number } };
	}>;
	assert.equal(error.details.code, 53);

	notifications.users.leave(CHANNEL, 7);
	await stage.eventually('the recorder has left', () => control.recordings()[0].ended);
	assert.equal(control.recordings()[0].ended?.cause, 'idle');
	await stage.eventually(
		'the channel is gone',
		() => notifications.users.list(CHANNEL).length === 0,
	);

	// Agora takes its time to forget the recorder that has just left.
	control.addFault({ match: { operation: 'start' }, fault: { kind: 'error', error: 'start.53' } });
	notifications.users.join(CHANNEL, { uid: 8 });
	const [, , third, ...more] = await stage.executions(workflow, 3);
	assert.deepEqual(more, []);
	assert.equal(itemsOf(third, START)[0].outcome, 'recording');
	assert.deepEqual(
		control.recordings().map(({ cname, ended }) => [cname, ended?.cause]),
		[
			[CHANNEL, 'idle'],
			[CHANNEL, undefined],
		],
	);

	control.addFault({
		match: { operation: 'acquire' },
		times: null,
		fault: { kind: 'error', error: 'acquire.405' },
	});
	notifications.users.join('call-2', { uid: 9 });
	const refused = (await stage.executions(workflow, 4)).at(-1);
	assert.equal(refused?.status, 'error');
	assert.match(refused.error ?? '', /no_active_status/);
	assert.equal(control.recordings().length, 2);
}
