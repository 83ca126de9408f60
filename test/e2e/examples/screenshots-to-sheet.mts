import assert from 'node:assert/strict';
import { itemsOf, type Stage } from './stage.mts';

const TRIGGER = 'When a Screenshot Was Taken';
const TABLE = 'Agora screenshots';
const CHANNEL = 'class-7';

export default async function screenshotsToSheet(stage: Stage): Promise<void> {
	// A minute takes two seconds.
	const simulator = await stage.startSimulator({
		clock: { speed: 30 },
		channels: { [CHANNEL]: ['101', '102'] },
	});
	const { control } = simulator;
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample({ agoraApi });
	await stage.subscribe(workflow, TRIGGER, simulator);

	const started = await stage.run(workflow, 'When Clicking Execute');
	assert.equal(started.status, 'success', started.error);
	const [{ sid, outcome }] = itemsOf(started, 'Start Screenshots');
	assert.equal(outcome, 'recording');
	const shots = () => control.notifications.notices().filter(({ eventType }) => eventType === 45);
	await stage.eventually('three pictures of each were taken', () => shots().length >= 6);
	control.setPublishers(CHANNEL, []);
	await control.notifications.idle();

	const taken = shots().map(
		({ payload }) => (payload as { details: { fileName: string } }).details,
	);
	const pictures = taken.map(({ fileName }) => fileName);
	await stage.executions(workflow, 1 + pictures.length);
	const rows = await stage.rows(TABLE);
	assert.deepEqual(rows.map(({ picture }) => picture).sort(), [...pictures].sort());
	const perUser = (uid: string) => rows.filter(({ user }) => user === uid);
	assert.deepEqual(
		[perUser('101').length, perUser('102').length],
		[rows.length / 2, rows.length / 2],
	);
	for (const { channel, recording, picture } of rows) {
		assert.deepEqual([channel, recording], [CHANNEL, sid]);
		assert.match(String(picture), /^screenshots\/.*\.jpg$/);
	}
	const minutes = perUser('101').map(({ takenAt }) => Date.parse(String(takenAt)) / 60_000);
	for (const [i, minute] of minutes.slice(1).entries()) {
		assert.ok(Math.abs(minute - minutes[i] - 1) < 0.01, minutes.join());
	}

	// A notification that comes again after a restart, which the trigger has forgotten, makes no second row.
	const again = itemsOf((await stage.executions(workflow, 2))[1], TRIGGER);
	const repeated = await stage.run(workflow, TRIGGER, again);
	assert.equal(repeated.status, 'success', repeated.error);
	assert.equal((await stage.rows(TABLE)).length, rows.length);
}
