import assert from 'node:assert/strict';
import { itemsOf, type Stage } from './stage.mts';

const TRIGGER = 'When a Recording Fails';
const HARMLESS = { cname: 'call-2', uid: '990', sid: 'f8e7d6c5b4a392817060594837261504' };
const CALL = { cname: 'call-3', uid: '990', sid: '0a1b2c3d4e5f60718293a4b5c6d7e8f9' };

/**
 * A bucket that is not there, then what Agora may tell of other recordings, some of it more than once;
 * at last recordings that start well, of which some record nothing.
 */
export default async function alertOnFailedRecordings(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator({ buckets: [] });
	const agoraApi = await stage.agoraCredential(simulator);
	const { smtp, mails } = await stage.startMailbox();
	const workflow = await stage.importExample(
		{ agoraApi, smtp },
		{
			Start: { options: { verificationTimeout: 6 } },
			'A Minute Later': { amount: 3, unit: 'seconds' },
			'Does It Record': { options: { retryWhileNotFound: 0 } },
		},
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
	assert.match(unstarted.text, /did not confirm that the recording is running/);
	assert.match(unstarted.text, new RegExp(recording.sid));
	const failed = await find('Recording of class-7 failed', /storage/i);
	assert.deepEqual([failed.from, failed.to], ['recordings@example.com', 'you@example.com']);
	assert.match(failed.text, /The storage configuration is wrong/);
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
	await find('Recording of call-3 failed', /The page could not be opened/);
	// Once the last execution has ended, no further mail is on its way.
	const executions = await stage.executions(workflow, 5);
	for (const { status, error: why } of executions) assert.equal(status, 'success', why);
	assert.equal(mails.length - count, 3, mails.map(({ text }) => text).join('\n\n'));

	// Each of these starts well.
	const { control } = simulator;
	control.configure({ buckets: null });
	/** @returns what Start and Does It Record ended in, and the mails that came of it */
	const start = async () => {
		const before = mails.length;
		const started = await stage.run(workflow, 'When Clicking Execute');
		assert.equal(started.status, 'success', started.error);
		assert.equal(started.runs['Why It Did Not Start'], undefined);
		const outcomes = ['Start', 'Does It Record'].map((node) => itemsOf(started, node)[0].outcome);
		return { outcomes, mailed: mails.slice(before) };
	};

	const well = await start();
	assert.deepEqual(well.outcomes, ['recording', 'recording']);
	assert.deepEqual(well.mailed, []);
	control.kill(control.recordings()[1].sid);

	control.setPublishers('class-7', []);
	const quiet = await start();
	assert.deepEqual(quiet.outcomes, ['ready', 'ready']);
	assert.equal(quiet.mailed.length, 1);
	assert.equal(quiet.mailed[0].subject, 'Recording of class-7: nothing is recorded');
	assert.match(quiet.mailed[0].text, /ready \(status 4\)[^]*Mostly nobody sends/);
	assert.match(quiet.mailed[0].text, /it ends by itself at \d{4}-.*Z\./);
	assert.match(quiet.mailed[0].text, new RegExp(control.recordings()[2].sid));

	// It is ready as well, and lost before it is asked about.
	const losing = start();
	const asked = await stage.eventually('the start is verified', () => {
		const sid = control.recordings()[3]?.sid;
		const queries = control
			.requests()
			.filter(({ operation, sid: of }) => operation === 'query' && of === sid);
		return queries.length === 2 && sid;
	});
	control.kill(asked);
	const lost = await losing;
	assert.deepEqual(lost.outcomes, ['ready', 'notFound']);
	assert.equal(lost.mailed.length, 1);
	assert.match(lost.mailed[0].text, /notFound[^]*Likely causes, in this order:\n- \S/);
}
