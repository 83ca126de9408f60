/** What a developer finds in n8n: a user, a credential of the simulator, workflows to try. */
import path from 'node:path';
import { subscribe } from './notifications.mjs';
import { root } from './setup.mjs';
import { readJson } from './json.mjs';

/** @typedef {import('./n8n-rest.mjs').N8nRest} N8nRest */
/** @typedef {import('./simulator.mjs').RunningSimulator} RunningSimulator */
/** @typedef {{ name: string, nodes: { name: string, webhookId?: string, credentials?: Record<string, { id: string }> }[] }} Workflow */
/** @typedef {{ name: string, type: string, data: Record<string, unknown> }} Credential */
/** @typedef {{ id: string, name: string }} Stored */

/**
 * Sets up a fresh n8n, or leads one that was set up before to the simulator of this run.
 * @param {N8nRest} rest
 * @param {{ email: string, password: string }} login
 * @param {string} n8nUrl
 * @param {RunningSimulator} simulator
 * @returns {Promise<string>} The ID of the workflow to begin with
 */
export async function prepareWorkbench(rest, login, n8nUrl, simulator) {
	const settings = /** @type {{ userManagement: { showSetupOnFirstLoad: boolean } }} */ (
		await rest.call('GET', '/settings')
	);
	if (settings.userManagement.showSetupOnFirstLoad) await rest.setUpOwner(login);
	else await rest.logIn(login);

	const credential = /** @type {Credential} */ (readJson(inDemo('credential.json')));
	credential.data.baseUrl = simulator.url;
	credential.data.storageEndpoint = simulator.storageUrl;
	const credentialId = await storeCredential(rest, credential);
	const workflow = (/** @type {string} */ file) => {
		const read = /** @type {Workflow} */ (readJson(inDemo(file)));
		for (const { credentials } of read.nodes) {
			const reference = credentials?.[credential.type];
			if (reference) reference.id = credentialId;
		}
		return read;
	};
	const known = /** @type {Stored[]} */ (await rest.call('GET', '/workflows'));
	const idOf = (/** @type {string} */ name) => known.find((one) => one.name === name)?.id;

	const listener = workflow('notifications.json');
	const secret = String(credential.data.notificationSecret);
	if (idOf(listener.name) === undefined) {
		await subscribe(rest, n8nUrl, listener, simulator, secret);
	} else {
		const url = `${n8nUrl}/webhook/${listener.nodes[0].webhookId}/agora-notifications`;
		await simulator.setWebhook({ url, secret });
	}
	const recorder = workflow('workflow.json');
	return idOf(recorder.name) ?? (await rest.createWorkflow(recorder));
}

/**
 * @param {N8nRest} rest
 * @param {Credential} credential
 * @returns {Promise<string>} Its ID
 */
async function storeCredential(rest, credential) {
	const known = /** @type {Stored[]} */ (await rest.call('GET', '/credentials'));
	const id = known.find(({ name }) => name === credential.name)?.id;
	if (id === undefined) return await rest.createCredential(credential);
	await rest.call('PATCH', `/credentials/${id}`, credential);
	return id;
}

/** @param {string} name */
const inDemo = (name) => path.join(root, 'demo', name);
