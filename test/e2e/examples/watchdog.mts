import assert from 'node:assert/strict';
import { openLessons } from './lessons.mts';
import type { Item, Stage } from './stage.mts';

const TRIGGER = 'Every Two Minutes';
/** In place of the 90 s within which Agora moves a recording. */
const PATIENCE_S = 6;
const FAILOVER_MS = 3_000;

/** Of what is lost, only what should go on is started anew, and once, also by two runs that overlap. */
export default async function watchdog(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const { control } = simulator;
	const agoraApi = await stage.agoraCredential(simulator);
	const lessons = await openLessons(stage, agoraApi);
	const workflow = await stage.importExample(
		{ agoraApi },
		{ 'Is It Still There': { options: { notFoundPatience: PATIENCE_S } } },
	);
	// The first also makes the table, which calls at the same time could not.
	await lessons.begin(['over'], 0);
	await lessons.begin(['well', 'moving', 'lost', 'broken']);
	const sidOf = (channel: string) =>
		String(control.recordings().find(({ cname }) => cname === channel)?.sid);
	control.kill(sidOf('over'));
	control.kill(sidOf('lost'));
	control.kill(sidOf('broken'), { abnormal: true });
	control.failover(sidOf('moving'), FAILOVER_MS);
	const [lost, broken] = ['lost', 'broken'].map(sidOf);

	const overlapping = await Promise.all([
		stage.run(workflow, TRIGGER),
		stage.run(workflow, TRIGGER),
	]);
	for (const { status, error } of overlapping) assert.equal(status, 'success', error);

	const recorders = (channel: string) =>
		control
			.recordings()
			.filter(({ cname }) => cname === channel)
			.map(({ uid, ended }) => `${uid} ${ended === undefined ? 'runs' : 'has ended'}`);
	assert.deepEqual(recorders('well'), ['900001 runs']);
	assert.deepEqual(recorders('over'), ['900001 has ended']);
	assert.equal(recorders('moving').length, 1);
	assert.match(recorders('moving')[0], /runs$/);
	assert.deepEqual(recorders('lost'), ['900001 has ended', '900002 runs']);
	assert.deepEqual(recorders('broken'), ['900001 has ended', '900002 runs']);

	const rows = await lessons.rows();
	const row = (channel: string) => rows.find(({ cname }) => cname === channel) as Item;
	assert.equal(rows.length, 5);
	const states = ['over', 'well', 'moving', 'lost', 'broken'].map((channel) => [
		row(channel).state,
		row(channel).restarts,
	]);
	assert.deepEqual(states, [
		['over', 0],
		['running', 0],
		['running', 0],
		['running', 1],
		['running', 1],
	]);
	assert.equal(row('over').outcome, 'notFound');
	for (const [channel, old] of Object.entries({ lost, broken })) {
		const { sid, recording } = row(channel);
		const { sid: living } = control.recordings().findLast(({ cname }) => cname === channel) ?? {};
		assert.notEqual(sid, old);
		assert.deepEqual([sid, (JSON.parse(String(recording)) as Item).sid], [living, living]);
	}

	// Whoever was started anew three times is left alone.
	await lessons.setRow('lost', { restarts: 3 });
	control.kill(String(row('lost').sid));
	const last = await stage.run(workflow, TRIGGER);
	assert.equal(last.status, 'success', last.error);
	assert.equal(recorders('lost').length, 2);
	assert.equal((await lessons.rows()).find(({ cname }) => cname === 'lost')?.state, 'over');
	assert.equal(control.recordings().length, 7);
}
