/** The demo's second workflow: the trigger hears of the recording that the first one makes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Trouble } from './progress.mjs';

/** @typedef {import('./n8n-rest.mjs').N8nRest} N8nRest */
/** @typedef {import('./simulator.mjs').RunningSimulator} RunningSimulator */
/** @typedef {{ nodes: { name: string, webhookId?: string }[] }} TriggerWorkflow */

/**
 * A notification as the trigger put it out.
 * @typedef {object} Heard
 * @property {string} event
 * @property {number} eventType
 * @property {string} [sid]
 * @property {number} [sequence]
 */

const ACTIVE_WITHIN_MS = 30_000;
const HEARD_WITHIN_MS = 60_000;
/** Agora Console's path of the trigger's URL; the workflow's webhook ID stands before it. */
const PATH = 'agora-notifications';
/** What Agora tells of every composite recording: it began, all is uploaded, it is over. */
const EXPECTED = [40, 31, 11];

/**
 * Stores and activates the trigger's workflow and enters its production URL into the simulator, as a
 * user would into Agora Console.
 * @param {N8nRest} rest
 * @param {string} n8nUrl
 * @param {TriggerWorkflow} workflow
 * @param {RunningSimulator} simulator
 * @param {string} secret
 * @returns {Promise<string>} The workflow's ID
 */
export async function subscribe(rest, n8nUrl, workflow, simulator, secret) {
	const created = /** @type {{ id: string, versionId: string }} */ (
		await rest.call('POST', '/workflows', workflow)
	);
	await rest.call('POST', `/workflows/${created.id}/activate`, { versionId: created.versionId });
	const url = `${n8nUrl}/webhook/${workflow.nodes[0].webhookId}/${PATH}`;
	await reachable(url);
	await simulator.setWebhook({ url, secret });
	return created.id;
}

/** @param {string} url */
async function reachable(url) {
	const deadline = Date.now() + ACTIVE_WITHIN_MS;
	while (Date.now() < deadline) {
		const { status } = await fetch(url, { method: 'POST' });
		if (status !== 404) return;
		await sleep(200);
	}
	throw new Trouble(`The trigger's URL ${url} is not there: the workflow did not become active.`);
}

/**
 * Waits until the trigger has heard of a recording's end.
 * @param {N8nRest} rest
 * @param {string} workflowId
 * @param {unknown} sid
 * @returns {Promise<{ lines: string[], differences: string[] }>} What to show of the expected ones; what
 *   did not come
 */
export async function heard(rest, workflowId, sid) {
	const deadline = Date.now() + HEARD_WITHIN_MS;
	for (;;) {
		const events = (await executionsOf(rest, workflowId)).filter((event) => event.sid === sid);
		const missing = EXPECTED.filter((type) => !events.some(({ eventType }) => eventType === type));
		if (missing.length === 0 || Date.now() > deadline) {
			return {
				lines: events
					.filter(({ eventType }) => EXPECTED.includes(eventType))
					.map(({ event, eventType }) => `Trigger     ${event} (${eventType})`),
				differences: missing.map((type) => `The trigger did not hear of event ${type}.`),
			};
		}
		await sleep(500);
	}
}

/**
 * @param {N8nRest} rest
 * @param {string} workflowId
 * @returns {Promise<Heard[]>} What the trigger put out in each execution, in the order of the events
 */
async function executionsOf(rest, workflowId) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const { results } = /** @type {{ results: { id: string }[] }} */ (
		await rest.call('GET', `/executions?filter=${filter}&limit=100`)
	);
	const executions = await Promise.all(results.map(({ id }) => rest.getExecution(id)));
	return executions
		.flatMap(({ runs }) => Object.values(runs).flatMap(([run]) => run.items))
		.map((item) => /** @type {Heard} */ (/** @type {unknown} */ (item)))
		.sort((a, b) => (a.sequence ?? 0) - (b.sequence ?? 0));
}
