import assert from 'node:assert/strict';
import type { Stage } from './stage.mts';

const TRIGGER = 'When a Recording Fails';
const HARMLESS = { cname: 'call-2', uid: '990', sid: 'f8e7d6c5b4a392817060594837261504' };
const CALL = { cname: 'call-3', uid: '990', sid: '0a1b2c3d4e5f60718293a4b5c6d7e8f9' };

/** A bucket that is not there, then what Agora may tell of other recordings, some of it more than once. */
export default async function alertOnFailedRecordings(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator({ buckets: [] });
	const agoraApi = await stage.agoraCredential(simulator);
	const { smtp, mails } = await stage.startMailbox();
	const workflow = await stage.importExample(
		{ agoraApi, smtp },
		{ Start: { options: { verifyPatience: 6 } } },
	);
	await stage.subscribe(workflow, TRIGGER, simulator);

	// The start sees it, and so does the trigger.
	const execution = await stage.run(workflow, 'When Clicking Execute');
	assert.equal(execution.status, 'success', execution.error);
	const [recording] = simulator.control.recordings();
	const find = async (subject: string, words: RegExp) =>
		await stage.eventually(`a mail "${subject}" with ${String(words)}`, () =>
			mails.find((mail) => mail.subject === subject && words.test(mail.text)),
		);
	const unstarted = await find('Recording of class-7 did not start', /./);
	assert.match(unstarted.text, /not seen to run/);
	assert.match(unstarted.text, new RegExp(recording.sid));
	const failed = await find('Recording of class-7 failed', /storage/i);
	assert.deepEqual([failed.from, failed.to], ['recordings@example.com', 'you@example.com']);
	assert.match(failed.text, /The configuration of the storage is wrong/);
	assert.match(failed.text, /Error level: fatal/);
	assert.match(failed.text, /Module: uploader/);
	assert.match(failed.text, /Code: 32/);
	assert.match(failed.text, new RegExp(recording.sid));

	const agora = simulator.control.notifications;
	await agora.idle();
	const count = mails.length;
	const error = (errorLevel: number) => ({
		...{ module: 1, errorLevel, errorCode: 47, stat: 1, errorMsg: 'upload failed' },
	});
	agora.send({ eventType: 1, sequence: 1, ...HARMLESS, details: error(3) });
	agora.send({ eventType: 11, sequence: 2, ...CALL, details: { exitStatus: 0 } });
	agora.send({ eventType: 31, sequence: 3, ...CALL });
	agora.send({ eventType: 1, sequence: 4, ...CALL, details: error(4) });
	await agora.idle();
	// The same notification once more.
	agora.send({ eventType: 1, sequence: 4, ...CALL, details: error(4) });
	agora.send({ eventType: 11, sequence: 6, ...CALL, details: { exitStatus: 1 } });
	agora.send({
		...{ eventType: 71, sequence: 7, ...CALL },
		details: { code: 5, message: 'access_url_failed', details: '' },
	});
	await agora.idle();
	for (const { attempts } of agora.notices()) assert.equal(attempts.at(-1)?.status, 200);

	await find(
		'Recording of call-3 failed',
		/A recorded file could not be uploaded[^]*upload failed/,
	);
	await find('Recording of call-3 failed', /Recording Ended[^]*Code: 1/);
	await find('Recording of call-3 failed', /The address of the page could not be opened/);
	// Once the last execution has ended, no further mail is on its way.
	const executions = await stage.executions(workflow, 5);
	for (const { status, error: why } of executions) assert.equal(status, 'success', why);
	assert.equal(mails.length - count, 3, mails.map(({ text }) => text).join('\n\n'));
}
