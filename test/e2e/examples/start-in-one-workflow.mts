import assert from 'node:assert/strict';
import { openLessons } from './lessons.mts';
import type { Item, Stage } from './stage.mts';

const MINUTE_MS = 60_000;

/** A lesson is recorded once, however often it is begun, and its row says all that a stop needs. */
export default async function startInOneWorkflow(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const lessons = await openLessons(stage, await stage.agoraCredential(simulator));
	const { call, start } = lessons;
	const begin = async (channel: string) =>
		await call(start, 'Lesson Begins', { channel, minutes: 30 });

	const stranger = await call(start, 'Lesson Begins', { channel: 'class-7' }, 'guessed');
	assert.equal(stranger.status, 403);
	assert.deepEqual(await lessons.rows(), []);

	const before = Date.now();
	const answers = await Promise.all([begin('class-7'), begin('class-7')]);
	assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 500]);
	const starts = simulator.control.requests().filter(({ operation }) => operation === 'start');
	assert.deepEqual(starts.map(({ cname, uid, status }) => [cname, uid, status]).sort(), [
		['class-7', '900001', 200],
		['class-7', '900001', 400],
	]);
	const [recording] = simulator.control.recordings();

	const [row, ...otherRows] = await lessons.rows();
	assert.deepEqual(otherRows, []);
	const { cname, uid, resourceId, sid } = recording;
	assert.deepEqual(
		[row.cname, row.uid, row.sid, row.state, row.outcome],
		[cname, uid, sid, 'running', 'recording'],
	);
	assert.deepEqual([cname, row.restarts, row.files], ['class-7', 0, '']);
	const lasts = Date.parse(String(row.endsAt)) - before;
	assert.ok(lasts >= 30 * MINUTE_MS && lasts < 31 * MINUTE_MS, `it ends at ${String(row.endsAt)}`);
	const remembered = JSON.parse(String(row.recording)) as Item;
	assert.deepEqual(
		[remembered.cname, remembered.uid, remembered.resourceId, remembered.sid, remembered.mode],
		[cname, uid, resourceId, sid, 'mix'],
	);

	const again = await begin('class-7');
	assert.equal(again.status, 200);
	assert.equal((again.body as Item).sid, sid, 'the answer is not the row that is there');
	assert.equal(simulator.control.recordings().length, 1);
}
