/**
 * `npm run bench:first-hour`: what a builder enters for the tasks of the first hour, with this package's
 * nodes and by hand. Each workflow is run in a real n8n against the simulator first, so that only those
 * that do the task are counted.
 */
import assert from 'node:assert/strict';
import { readJson } from '../tools/json.mjs';
import { runProgram } from '../tools/program.mjs';
import { Trouble } from '../tools/progress.mjs';
import { makeNotice } from '../test/support/notices.mts';
import { signatures } from '../test/support/signatures.mts';
import { tasks, type Entered, type Side, type Task } from './firstHourTasks.mts';
import { openStage, type Stage } from './stage.mts';

const BEGIN = 'When clicking Execute';
const DEMO = readJson('demo/credential.json') as { data: Record<string, string> };
/** The project of the simulator's account that asks for no token: by hand there is none. */
const APP_ID = '00112233445566778899aabbccddeeff';
const SECRET = DEMO.data.notificationSecret;

const CREDENTIALS = {
	agora: 'agoraApi',
	basic: 'httpBasicAuth',
	crypto: 'crypto',
};
type CredentialIds = Record<keyof typeof CREDENTIALS, string>;

const quote = (body: object) => JSON.stringify(body, null, 1);

function workflowOf(workflow: string, kind: Task['kind'], { nodes }: Side, ids: CredentialIds) {
	const begin = {
		name: BEGIN,
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		parameters: {},
	};
	const all: Entered[] = kind === 'recording' ? [begin, ...nodes] : nodes;
	return {
		name: workflow,
		settings: { executionOrder: 'v1' },
		nodes: all.map(({ name, type, typeVersion, parameters, body, credential }, i) => ({
			...{ name, type, typeVersion },
			id: `${workflow}-${i}`,
			webhookId: `${workflow}-${i}`,
			position: [i * 220, 0],
			parameters: { ...parameters, ...(body && { jsonBody: `=${quote(body)}` }) },
			...(credential && {
				credentials: { [CREDENTIALS[credential]]: { id: ids[credential], name: credential } },
			}),
		})),
		connections: Object.fromEntries(
			all.map(({ name: from, to }, i) => [
				from,
				{ main: outputsOf(to, all, i).map((names) => names.map(link)) },
			]),
		) as object,
	};
}

const link = (node: string) => ({ node, type: 'main', index: 0 });

/** Where the outputs lead: the first to the next node, unless it is said otherwise. */
function outputsOf(to: string[][] | undefined, all: Entered[], i: number): string[][] {
	const next = all.slice(i + 1).find(({ name }) => !(to ?? []).flat().includes(name));
	if (to === undefined) return next ? [[next.name]] : [];
	return to.map((names, output) =>
		names.length === 0 && output === 0 && next ? [next.name] : names,
	);
}

/** Values that are entered: leaves of the parameters and of a body. */
function leaves(value: unknown): unknown[] {
	if (typeof value !== 'object' || value === null) return [value];
	return Object.values(value).flatMap(leaves);
}

/** Nodes, fields filled in, and expressions typed, of a side. */
function count({ nodes }: Side) {
	const entered = nodes.flatMap(({ parameters, body }) => leaves([parameters, body ?? []]));
	const expressions = entered.map((value) => String(value).split('{{').length - 1);
	return {
		nodes: nodes.length,
		fields: entered.length,
		expressions: expressions.reduce((sum, each) => sum + each, 0),
	};
}

/** The workflow makes one recording of the channel, and ends it. */
async function runRecording(stage: Stage, id: string, channel: string) {
	const executionId = await stage.rest.runWorkflow(id, BEGIN);
	await stage.ended(executionId);
	const { status, error, runs } = await stage.rest.getExecution(executionId);
	assert.equal(status, 'success', `${channel}: ${error} after ${Object.keys(runs).join(', ')}`);
	const all = await stage.control<{ cname: string; status: number; ended?: { by: string } }[]>(
		'GET',
		'/recordings',
	);
	const [recording, ...more] = all.filter(({ cname }) => cname === channel);
	assert.ok(recording?.ended, `${channel} was not recorded and stopped`);
	assert.equal(more.length, 0, `${channel} was recorded more than once`);
}

/** Signed ones start it once each, forged ones are refused. */
async function runNotice(stage: Stage, id: string, url: string) {
	const { versionId } = (await stage.rest.call('GET', `/workflows/${id}`)) as { versionId: string };
	await stage.rest.call('POST', `/workflows/${id}/activate`, { versionId });
	const post = async (secret: string) => {
		const body = JSON.stringify(
			makeNotice({ details: { status: 0, fileList: [] } }, { eventType: 31 }),
		);
		const headers = { 'content-type': 'application/json', ...signatures(body, secret) };
		return (await fetch(url, { method: 'POST', body, headers })).status;
	};
	for (let tries = 0; (await post(SECRET)) === 404; tries++) {
		if (tries > 50) throw new Trouble(`${url} stays 404.`);
		await new Promise((later) => setTimeout(later, 200));
	}
	assert.equal(await post(SECRET), 200, url);
	assert.equal(await post('forged'), 401, url);
}

runProgram(async () => {
	const stage = await openStage(0);
	const { customerId, customerSecret } = DEMO.data;
	const credential = async (type: string, data: Record<string, unknown>) =>
		await stage.rest.createCredential({ name: type, type, data });
	const ids: CredentialIds = {
		agora: await credential(CREDENTIALS.agora, {
			...DEMO.data,
			...{ appId: APP_ID, appCertificate: '', baseUrl: stage.simulatorUrl },
			...stage.storage,
		}),
		basic: await credential(CREDENTIALS.basic, { user: customerId, password: customerSecret }),
		crypto: await credential(CREDENTIALS.crypto, { hmacSecret: SECRET }),
	};
	const worldOf = (id: string) => ({ id, simulatorUrl: stage.simulatorUrl, appId: APP_ID });
	const rows = [];
	for (const task of tasks(worldOf)) {
		for (const [who, side] of Object.entries({ ours: task.ours, byHand: task.byHand })) {
			const name = `${tasks(worldOf).findIndex((one) => one.name === task.name)}-${who}`;
			const id = await stage.rest.createWorkflow(workflowOf(name, task.kind, side, ids));
			if (task.kind === 'recording') {
				await runRecording(stage, id, channelOf(side));
			} else {
				await runNotice(stage, id, `${stage.rest.url}/webhook/${pathOf(name, side)}`);
			}
		}
		rows.push({ task, ours: count(task.ours), byHand: count(task.byHand) });
	}
	console.log(
		'| Task | | Nodes | Fields filled in | Expressions | Without |\n|---|---|---|---|---|---|',
	);
	for (const { task, ours, byHand } of rows) {
		const row = (
			label: string,
			who: string,
			{ nodes, fields, expressions }: typeof ours,
			{ without }: Side,
		) =>
			console.log(
				`| ${label} | ${who} | ${nodes} | ${fields} | ${expressions} | ${without.join('; ') || '–'} |`,
			);
		row(task.name, 'this package', ours, task.ours);
		row('', 'by hand', byHand, task.byHand);
	}
	return 0;
});

/** The channel that a side records. */
function channelOf({ nodes: [first] }: Side): string {
	const { cname } = (first.body ?? {}) as { cname?: string };
	const { channelName, recordingName } = first.parameters;
	return cname ?? String(channelName ?? recordingName);
}

const pathOf = (name: string, { nodes: [first] }: Side): string =>
	typeof first.parameters.path === 'string'
		? first.parameters.path
		: `${name}-0/agora-notifications`;
