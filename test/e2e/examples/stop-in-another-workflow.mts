import assert from 'node:assert/strict';
import { openLessons } from './lessons.mts';
import type { Item, Stage } from './stage.mts';

/** The second recorder of a channel: its start does not ask for the first one's row. */
const SECOND_RECORDER = {
	'Lesson Begins': { path: 'lesson-begins-again' },
	'Running Already': {
		filters: { conditions: [{ keyName: 'uid', condition: 'eq', keyValue: '900002' }] },
	},
	Start: { recordingOptions: { recorderUid: '900002' } },
};

/** One row, several, none; a recording that is gone, one without files, and one that Agora won't stop. */
export default async function stopInAnotherWorkflow(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator({ clock: { speed: 10 } });
	const { control } = simulator;
	control.setPublishers('empty', []);
	const lessons = await openLessons(stage, await stage.agoraCredential(simulator));
	const stop = await lessons.importExample(lessons.credentials, 'stop-in-another-workflow', {
		Stop: { options: { retryWhileNotFound: 1 } },
	});
	await stage.activate(stop);
	const end = async (channel: string) => {
		const { status, body } = await lessons.call(stop, 'Lesson Ended', { channel });
		assert.equal(status, 200, JSON.stringify(body));
		return body as Item[];
	};
	const outcomes = (rows: Item[]) => rows.map(({ outcome }) => outcome);

	const second = await lessons.importExample(
		lessons.credentials,
		'start-in-one-workflow',
		SECOND_RECORDER,
	);
	await stage.activate(second);
	await Promise.all([
		lessons.begin(['once', 'twice', 'gone', 'empty', 'stuck']),
		lessons.call(second, 'Lesson Begins', { channel: 'twice' }),
	]);
	assert.equal(control.recordings().length, 6);
	const gone = control.recordings().find(({ cname }) => cname === 'gone');
	control.kill(String(gone?.sid));
	const stuck = control.addFault({
		match: { operation: 'stop', cname: 'stuck' },
		times: null,
		fault: { kind: 'error', error: 'stop.65' },
	});

	const [once, twice, lost, empty, unstopped, unknown] = await Promise.all(
		['once', 'twice', 'gone', 'empty', 'stuck', 'never begun'].map(end),
	);
	assert.deepEqual(outcomes(once), ['stopped']);
	assert.deepEqual(outcomes(twice), ['stopped', 'stopped']);
	assert.deepEqual(outcomes(lost), ['notFound']);
	assert.deepEqual(outcomes(empty), ['noRecordedData']);
	assert.deepEqual(outcomes(unstopped), ['mayStillRun']);
	assert.match(String(unstopped[0].advice), /Run Stop again/);
	assert.deepEqual(outcomes(unknown), ['nothingToStop']);

	// The files are named with the folder in which they are, which only the start knew.
	const { sid } = control.recordings().find(({ cname }) => cname === 'once') ?? {};
	assert.equal(once[0].files, `lessons/${sid}_once_0.mp4, lessons/${sid}_once.m3u8`);

	const running = async () =>
		(await lessons.rows()).filter(({ state }) => state === 'running').map(({ cname }) => cname);
	assert.deepEqual(await running(), ['stuck']);
	control.clearFaults(stuck);
	assert.deepEqual(outcomes(await end('stuck')), ['stopped']);
	assert.deepEqual(await running(), []);
	assert.deepEqual(
		control.recordings().filter(({ ended }) => ended === undefined),
		[],
	);
}
