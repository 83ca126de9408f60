import assert from 'node:assert/strict';
import type { Item, Stage } from './stage.mts';

const CHANNEL = 'class-7';
const RECORDER = '900001';
const TABLES = { consents: 'agora_consents', recordings: 'agora_consented_recordings' };
const KEY = { name: 'X-Consent-Key', value: 'example-consent-key' };
/** Milliseconds that a start hangs at Agora: time enough for a withdrawal to pass it. */
const SLOW_START_MS = 4000;

/** What the app is told. */
interface Told {
	channel: string;
	recorded: boolean | null;
	recorderUid: string;
	waitingFor?: string[];
	message: string;
}

/**
 * Two users agree, one withdraws, twice; somebody joins unasked; a withdrawal passes a start; Agora does
 * not say who is there, whether it records, or whether it has stopped.
 */
export default async function consentGate(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const { control } = simulator;
	const httpHeaderAuth = await stage.credential('httpHeaderAuth', KEY);
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample(
		{ agoraApi, httpHeaderAuth },
		{ Start: { options: { verificationTimeout: 6 } } },
	);
	for (const table of Object.values(TABLES)) stage.onEnd(() => stage.dropTable(table));
	await stage.activate(workflow);
	const url = stage.productionUrl(workflow, 'Somebody Answers');
	const post = async (uid: string, consent: string, key = KEY.value) =>
		await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', [KEY.name]: key },
			body: JSON.stringify({ channel: CHANNEL, uid, consent }),
		});
	const answer = async (uid: string, consent: string): Promise<Told> => {
		const response = await post(uid, consent);
		const text = await response.text();
		assert.equal(response.status, 200, text);
		return JSON.parse(text) as Told;
	};
	const living = () =>
		control
			.recordings()
			.filter(({ ended }) => ended === undefined)
			.map(({ cname, uid }) => [cname, uid]);
	const states = async () => (await stage.rows(TABLES.recordings)).map(({ state }) => state);
	const consents = async () =>
		(await stage.rows(TABLES.consents)).map(({ uid, consent }: Item) => [uid, consent]);

	control.setProfile(CHANNEL, 'communication');
	control.setPublishers(CHANNEL, ['1', '2']);
	assert.equal((await post('1', 'yes', 'guessed')).status, 403);

	// One has agreed, one has not been asked, then has refused.
	const first = await answer('1', 'yes');
	assert.deepEqual([first.recorded, first.waitingFor], [false, ['2']]);
	const refusal = await answer('2', 'no');
	assert.deepEqual([refusal.recorded, refusal.waitingFor], [false, ['2']]);
	assert.deepEqual((await answer('1', 'yes')).waitingFor, ['2']);
	assert.deepEqual(control.recordings(), []);

	// Agora does not say who is there.
	control.addFault({
		match: { operation: 'channelUsers' },
		times: null,
		fault: { kind: 'error', error: 'channels.403' },
	});
	assert.equal((await answer('2', 'yes')).recorded, null);
	assert.deepEqual(living(), []);
	control.clearFaults();

	const all = await answer('2', 'yes');
	assert.deepEqual([all.recorded, all.recorderUid], [true, RECORDER]);
	assert.match(all.message, new RegExp(`recorded by UID ${RECORDER}`));
	assert.deepEqual(living(), [[CHANNEL, RECORDER]]);

	// The withdrawal is done even if Agora does not say who is there.
	control.addFault({
		match: { operation: 'channelUsers' },
		times: null,
		fault: { kind: 'error', error: 'channels.403' },
	});
	const withdrawn = await answer('1', 'withdrawn');
	control.clearFaults();
	assert.deepEqual([withdrawn.recorded, withdrawn.waitingFor], [false, ['1']]);
	assert.match(withdrawn.message, /has been stopped/);
	assert.deepEqual(living(), []);
	assert.equal(control.recordings()[0].ended?.cause, 'stop');
	assert.deepEqual(await states(), ['stopped']);
	assert.deepEqual(await consents(), [
		['1', 'withdrawn'],
		['2', 'yes'],
	]);
	const again = await answer('1', 'withdrawn');
	assert.deepEqual(
		[again.recorded, again.message],
		[false, 'Not everybody has agreed. Nothing is recorded.'],
	);

	// Somebody joins who was not asked: the next answer tells.
	assert.equal((await answer('1', 'yes')).recorded, true);
	control.setPublishers(CHANNEL, ['1', '2', '3']);
	const joined = await answer('1', 'yes');
	assert.deepEqual([joined.recorded, joined.waitingFor], [false, ['3']]);
	assert.deepEqual(living(), []);

	// The withdrawal comes while Agora starts: nothing is there to be stopped yet.
	control.addFault({
		match: { operation: 'start' },
		fault: { kind: 'slow', ms: SLOW_START_MS },
	});
	const starting = answer('3', 'yes');
	await stage.eventually('it is starting', () => living().length === 1);
	const passing = await answer('3', 'withdrawn');
	assert.deepEqual(
		[passing.recorded, passing.message],
		[false, 'Not everybody has agreed. Nothing is recorded.'],
	);
	const overtaken = await starting;
	assert.deepEqual(
		[overtaken.recorded, overtaken.message],
		[false, 'The recording has been stopped.'],
	);
	assert.deepEqual(living(), []);

	// Agora takes the start, and confirms nothing; then it does not say whether it has stopped.
	control.addFault({
		match: { operation: 'query' },
		times: null,
		fault: { kind: 'error', error: 'query.65' },
	});
	const unconfirmed = await answer('3', 'yes');
	assert.deepEqual([unconfirmed.recorded, unconfirmed.recorderUid], [null, RECORDER]);
	assert.match(unconfirmed.message, /has not confirmed/);
	control.addFault({
		match: { operation: 'stop' },
		times: null,
		fault: { kind: 'error', error: 'stop.65' },
	});
	const unstopped = await answer('2', 'withdrawn');
	assert.equal(unstopped.recorded, null);
	assert.match(unstopped.message, /could not be stopped/);
	control.clearFaults();
	assert.equal((await answer('2', 'withdrawn')).recorded, false);
	assert.deepEqual(living(), []);
	assert.ok(!(await states()).includes('running'));
}
