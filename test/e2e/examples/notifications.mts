import assert from 'node:assert/strict';
import { itemsOf, type Stage } from './stage.mts';

const TRIGGER = 'Agora Cloud Recording Trigger';
const LESSON = { cname: 'class-7', uid: '527841', sid: '38f8e3cfdc474cd56fc1ceba380d7e1a' };
const CALL = { cname: 'call-3', uid: '990', sid: '0a1b2c3d4e5f60718293a4b5c6d7e8f9' };

/** Agora tells of an upload three times and of a failure once, and of what nobody asked for. */
export default async function notifications(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample({ agoraApi });
	await stage.subscribe(workflow, TRIGGER, simulator);

	const agora = simulator.control.notifications;
	const uploaded = { eventType: 31, sequence: 9, ...LESSON };
	agora.send({ ...uploaded, noticeId: 'one' });
	await agora.idle();
	agora.send({ ...uploaded, noticeId: 'one' });
	agora.send({ ...uploaded, noticeId: 'redundant' });
	agora.send({ eventType: 40, sequence: 1, ...LESSON });
	await agora.idle();
	agora.send({ eventType: 1, sequence: 2, ...CALL });
	await agora.idle();
	for (const { attempts } of agora.notices()) {
		assert.deepEqual(
			attempts.map(({ status }) => status),
			[200],
		);
	}

	const executions = await stage.executions(workflow, 2);
	assert.equal(executions.length, 2);
	const [lesson, call] = executions;
	const { cname, sid } = LESSON;
	for (const item of itemsOf(lesson, 'One Item per File')) {
		assert.deepEqual([item.cname, item.sid, item.uploadStatus], [cname, sid, 'uploaded']);
	}
	assert.deepEqual(
		itemsOf(lesson, 'One Item per File').map(({ files }) => (files as { format: string }).format),
		['mp4', 'm3u8'],
	);
	assert.equal(lesson.runs['What Went Wrong'], undefined);
	const [wrong] = itemsOf(call, 'What Went Wrong');
	assert.deepEqual([wrong.cname, wrong.event], [CALL.cname, 'Error Reported']);
	assert.match(String(wrong.meaning), /storage/i);

	// After a restart the trigger has forgotten what it saw; the node behind it has not.
	const [{ dedupKey }] = itemsOf(lesson, TRIGGER);
	const [again] = itemsOf(await stage.run(workflow, TRIGGER, [{ dedupKey }]), TRIGGER);
	assert.deepEqual(again, { dedupKey });
	const forgotten = (await stage.executions(workflow, 3)).at(-1);
	assert.ok(forgotten);
	assert.deepEqual(itemsOf(forgotten, 'Each Notification Once'), []);
}
