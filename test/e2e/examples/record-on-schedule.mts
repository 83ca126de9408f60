import assert from 'node:assert/strict';
import type { Control } from '../../../simulator/index.mts';
import { itemsOf, type Stage } from './stage.mts';

const TRIGGER = 'Every Weekday at Nine';
const CHANNEL = 'class-7';

/** A lesson; one to which nobody came; one that Agora lost; one that could not begin. */
export default async function recordOnSchedule(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator({ clock: { speed: 10 } });
	const { smtp, mails } = await stage.startMailbox();
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample(
		{ agoraApi, smtp },
		{
			'Wait for the Lesson': { amount: 2, unit: 'seconds' },
			Stop: { options: { notFoundPatience: 0 } },
		},
	);
	const { control } = simulator;
	/** Runs the workflow once more. @returns the only mail that came of it, and the newest recording */
	const lesson = async () => {
		const before = mails.length;
		const execution = await stage.run(workflow, TRIGGER);
		assert.equal(execution.status, 'success', execution.error);
		assert.equal(mails.length, before + 1);
		const mail = mails[before];
		assert.deepEqual([mail.from, mail.to], ['recordings@example.com', 'you@example.com']);
		return { execution, mail, recording: newest(control) };
	};

	const held = await lesson();
	const [mp4, more] = held.recording.files.filter(({ fileName }) => fileName.endsWith('.mp4'));
	assert.equal(more, undefined);
	assert.equal(held.recording.ended?.cause, 'stop');
	assert.equal(held.mail.subject, `Recorded: ${CHANNEL}`);
	assert.ok(
		held.mail.text.includes(
			`\nhttps://example-bucket.s3.eu-central-1.amazonaws.com/lessons/${mp4.fileName}\n`,
		),
		held.mail.text,
	);
	assert.equal(held.mail.text.match(/https:/g)?.length, 1);

	control.setPublishers(CHANNEL, []);
	const missed = await lesson();
	assert.equal(itemsOf(missed.execution, 'Start')[0].outcome, 'ready');
	assert.equal(itemsOf(missed.execution, 'Stop')[0].outcome, 'noRecordedData');
	assert.notEqual(missed.recording.sid, held.recording.sid);
	assert.equal(missed.mail.subject, `Nothing recorded: ${CHANNEL}`);
	assert.match(missed.mail.text, /nobody sent audio or video/);
	control.setPublishers(CHANNEL, null);

	const losing = lesson();
	await stage.eventually('the third recording was seen to run', () =>
		control.requests().some(({ operation, sid, status }) => {
			return operation === 'query' && status === 200 && sid === control.recordings()[2]?.sid;
		}),
	);
	control.kill(newest(control).sid);
	const lost = await losing;
	assert.equal(itemsOf(lost.execution, 'Stop')[0].outcome, 'notFound');
	assert.equal(lost.mail.subject, `Please look after the recording of ${CHANNEL}`);
	assert.match(lost.mail.text, /ended with: notFound\n\n.*\n- \S/);

	control.addFault({
		match: { operation: 'acquire' },
		fault: { kind: 'error', error: 'acquire.405' },
	});
	const refused = await lesson();
	assert.equal(refused.recording.sid, lost.recording.sid);
	assert.equal(refused.mail.subject, `Please look after the recording of ${CHANNEL}`);
	assert.match(refused.mail.text, /no_active_status/);
}

/** The recording that was started last. */
function newest(control: Control) {
	const recording = control.recordings().at(-1);
	assert.ok(recording);
	return recording;
}
