import assert from 'node:assert/strict';
import { openLessons } from './lessons.mts';
import type { Item, Stage } from './stage.mts';

const TRIGGER = 'Every Two Minutes';
/** In place of the 90 s within which Agora moves a recording. */
const PATIENCE_S = 5;
const FAILOVER_MS = 3_000;

/** Of what is lost, only what should go on is started anew, and once, also by two runs that overlap. */
export default async function watchdog(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const { control } = simulator;
	const agoraApi = await stage.agoraCredential(simulator);
	const lessons = await openLessons(stage, agoraApi);
	const workflow = await lessons.importExample({ agoraApi }, 'watchdog', {
		'Is It Still There': { options: { retryWhileNotFound: PATIENCE_S } },
	});
	control.setPublishers('quiet', []);
	await Promise.all([
		lessons.begin(['over'], 0),
		lessons.begin(['well', 'quiet', 'moving', 'lost', 'broken', 'often', 'stopped', 'mute']),
	]);
	await lessons.setRow('often', { restarts: 3 });
	const sidOf = (channel: string) =>
		String(control.recordings().find(({ cname }) => cname === channel)?.sid);
	for (const channel of ['over', 'lost', 'often', 'stopped', 'mute']) control.kill(sidOf(channel));
	control.kill(sidOf('broken'), { abnormal: true });
	const [lost, broken] = ['lost', 'broken'].map(sidOf);
	control.addFault({
		match: { operation: 'query', cname: 'moving' },
		fault: { kind: 'failover', ms: FAILOVER_MS },
	});

	// Whether the old one is over is not known.
	control.addFault({
		match: { operation: 'stop', cname: 'mute' },
		times: null,
		fault: { kind: 'error', error: 'gateway.credentials' },
	});

	/** The lesson ends while Agora is being asked. */
	const stopMeanwhile = async () => {
		await stage.eventually('a query of `stopped`', () =>
			control
				.requests()
				.find(({ operation, cname }) => operation === 'query' && cname === 'stopped'),
		);
		await lessons.setRow('stopped', { state: 'over' });
	};
	control.clearRequests();
	const [, ...overlapping] = await Promise.all([
		stopMeanwhile(),
		stage.run(workflow, TRIGGER),
		stage.run(workflow, TRIGGER),
	]);
	for (const { status, error } of overlapping) assert.equal(status, 'success', error);

	const recorders = (channel: string) =>
		control
			.recordings()
			.filter(({ cname }) => cname === channel)
			.map(({ uid, ended }) => `${uid} ${ended === undefined ? 'runs' : 'has ended'}`);
	// Nobody sends in it: that is no loss.
	for (const channel of ['well', 'quiet']) {
		assert.deepEqual(recorders(channel), ['900001 runs']);
	}
	for (const channel of ['over', 'often', 'stopped', 'mute']) {
		assert.deepEqual(recorders(channel), ['900001 has ended']);
	}
	assert.equal(recorders('moving').length, 1);
	assert.match(recorders('moving')[0], /runs$/);
	assert.deepEqual(recorders('lost'), ['900001 has ended', '900002 runs']);
	assert.deepEqual(recorders('broken'), ['900001 has ended', '900002 runs']);

	const rows = await lessons.rows();
	const row = (channel: string) => rows.find(({ cname }) => cname === channel) as Item;
	assert.equal(rows.length, 9);
	const channels = [
		'over',
		'often',
		'stopped',
		'well',
		'quiet',
		'mute',
		'moving',
		'lost',
		'broken',
	];
	const states = channels.map((channel) => [row(channel).state, row(channel).restarts]);
	assert.deepEqual(states, [
		['over', 0],
		['over', 3],
		['over', 0],
		['running', 0],
		['running', 0],
		['running', 0],
		['running', 0],
		['running', 1],
		['running', 1],
	]);
	assert.equal(row('over').outcome, 'notFound');
	assert.equal(row('quiet').outcome, 'ready');
	for (const [channel, old] of Object.entries({ lost, broken })) {
		const { sid, recording } = row(channel);
		const { sid: living } = control.recordings().findLast(({ cname }) => cname === channel) ?? {};
		assert.notEqual(sid, old);
		assert.deepEqual([sid, (JSON.parse(String(recording)) as Item).sid], [living, living]);
	}
}
