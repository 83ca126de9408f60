import assert from 'node:assert/strict';
import { startChatModel, type Line, type Question } from '../../support/chatModel.mts';
import { itemsOf, type Item, type Stage } from './stage.mts';

const TRIGGER = 'When Chat Message Received';
const TOOLS = { start: 'Start_a_Recording', query: 'Query_a_Recording', stop: 'Stop_a_Recording' };

/** What the tool that was called last answered, as the model sees it. */
function lastResult({ messages }: Question): Item {
	const { role, content } = messages.at(-1) ?? {};
	assert.equal(role, 'tool', 'the model was not given the answer of its tool');
	const [item, ...others] = JSON.parse(String(content)) as Item[];
	assert.deepEqual(others, []);
	return item;
}

/** What names a recording, as a model copies it from the answer of the start. */
const named = ({ cname, resourceId, sid }: Item) => ({
	Channel_Name: cname,
	Resource_ID: resourceId,
	SID: sid,
});

/** The model starts, starts once more, asks and stops, and the recording in the simulator is real. */
export default async function recordingAgent(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator({ clock: { speed: 10 } });
	const { control } = simulator;
	let started: Item = {};
	let again: Item = {};
	let asked: Item = {};
	let stopped: Item = {};
	const script: Line[] = [
		() => ({ call: TOOLS.start, arguments: { Channel_Name: 'class-7' } }),
		(question) => {
			started = lastResult(question);
			assert.equal(control.recordings()[0]?.status, 5, 'nothing is really recorded');
			return { call: TOOLS.start, arguments: { Channel_Name: 'class-7' } };
		},
		(question) => {
			again = lastResult(question);
			return { call: TOOLS.query, arguments: named(started) };
		},
		(question) => {
			asked = lastResult(question);
			return { call: TOOLS.stop, arguments: named(started) };
		},
		(question) => {
			stopped = lastResult(question);
			return { say: 'class-7 was recorded and is stopped.' };
		},
	];
	const model = await startChatModel(script);
	stage.onEnd(() => model.close());
	const openAiApi = await stage.credential('openAiApi', {
		...{ apiKey: 'example-model-key', url: model.url, organizationId: '', header: false },
	});
	const agoraApi = await stage.agoraCredential(simulator);
	const workflow = await stage.importExample({ agoraApi, openAiApi });

	const chatInput = 'Record class-7 for a moment.';
	const execution = await stage.run(workflow, TRIGGER, [
		{ action: 'sendMessage', sessionId: 'example-session', chatInput },
	]);
	assert.equal(execution.status, 'success', execution.error);
	const [{ output }] = itemsOf(execution, 'Recording Agent');
	assert.equal(output, 'class-7 was recorded and is stopped.');
	assert.equal(model.questions.length, script.length);

	checkTools(model.questions[0]);
	// No part of what the model is sent may hold what is secret.
	const secrets = ['example-customer-secret', 'example-access-key', 'example-secret-key'];
	for (const { raw } of model.questions) {
		for (const secret of secrets) assert.ok(!raw.includes(secret), `the model is told ${secret}`);
	}

	const [recording, ...others] = control.recordings();
	assert.deepEqual(others, [], 'the second start made a second recording');
	const { cname, uid, resourceId, sid } = recording;
	assert.deepEqual(
		[started.outcome, started.cname, started.uid, started.resourceId, started.sid],
		['recording', cname, uid, resourceId, sid],
	);
	assert.equal(cname, 'class-7');
	// By default an agent is told of an error's message alone; the advice is in it.
	assert.match(String(again.error), /is already running[^]*Stop it first/);
	assert.deepEqual([asked.outcome, asked.sid], ['recording', sid]);
	assert.deepEqual([stopped.outcome, stopped.sid], ['stopped', sid]);
	assert.equal((stopped.files as Item[]).length, 2);
	assert.equal(recording.ended?.cause, 'stop');
}

/** What the model may fill in is what the example leaves to it, and every part of that is explained. */
function checkTools({ tools }: Question): void {
	assert.deepEqual(tools.map(({ name }) => name).sort(), Object.values(TOOLS).sort());
	const recording = ['Channel_Name', 'Resource_ID', 'SID'];
	const expected: Record<string, string[]> = {
		[TOOLS.start]: ['Channel_Name'],
		[TOOLS.query]: recording,
		[TOOLS.stop]: recording,
	};
	for (const { name, description, parameters } of tools) {
		assert.ok(description.length > 20, `${name} has no description`);
		assert.deepEqual(Object.keys(parameters.properties), expected[name]);
		assert.deepEqual(parameters.required, expected[name]);
		for (const [field, schema] of Object.entries(parameters.properties)) {
			assert.equal(schema.type, 'string');
			assert.ok((schema.description ?? '').length > 20, `${name}, ${field} has no description`);
		}
	}
}
