/** The REST API that n8n's own editor uses, as far as we need it. Not a public API: it may change. */
import { parseFlatted, parseJson } from './json.mjs';
import { Trouble } from './progress.mjs';

/** @typedef {{ email: string, password: string }} Login */

/**
 * An execution as n8n stored it.
 * @typedef {object} Execution
 * @property {string} id
 * @property {string} status `success`, `error`, `running`, …
 * @property {Record<string, NodeRun[]>} runs By node name
 * @property {string} [error] Why it failed, as the editor shows it
 */

/**
 * @typedef {object} NodeRun
 * @property {Record<string, unknown>[]} items The `json` of the items on the first output
 * @property {Record<string, BinaryFile>[]} binaries The files of the same items, by property
 * @property {string} [error]
 */

/**
 * A file that n8n keeps for an item.
 * @typedef {object} BinaryFile
 * @property {string} [id] Where it is stored; none if it is in `data`
 * @property {string} [data] Base64
 * @property {string} [fileName]
 * @property {string} [mimeType]
 */

/** A session of one user. */
export class N8nRest {
	/** @type {string} */
	#cookie = '';

	/** @param {string} url */
	constructor(url) {
		this.url = url;
	}

	/**
	 * @param {string} method
	 * @param {string} path Under /rest
	 * @param {unknown} [body]
	 * @returns {Promise<unknown>} The `data` of the answer
	 */
	async call(method, path, body) {
		const response = await fetch(`${this.url}/rest${path}`, {
			method,
			headers: { 'content-type': 'application/json', cookie: this.#cookie },
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(30_000),
		});
		const text = await response.text();
		if (!response.ok) {
			throw new Trouble(`n8n refused ${method} /rest${path} with ${response.status}.`, text);
		}
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (cookies.length > 0) this.#cookie = cookies.join('; ');
		const answer = /** @type {{ data: unknown }} */ (parseJson(text));
		return answer.data;
	}

	/**
	 * Makes the owner of a fresh n8n, who is logged in thereafter.
	 * @param {Login} login
	 */
	async setUpOwner({ email, password }) {
		await this.call('POST', '/owner/setup', {
			email,
			password,
			firstName: 'Demo',
			lastName: 'Owner',
		});
	}

	/** @param {Login} login */
	async logIn({ email, password }) {
		// n8n 1.x calls it `email` in its first releases, `emailOrLdapLoginId` since.
		await this.call('POST', '/login', { emailOrLdapLoginId: email, email, password });
	}

	/**
	 * @param {{ name: string, type: string, data: Record<string, unknown> }} credential
	 * @returns {Promise<string>} Its ID
	 */
	async createCredential(credential) {
		return idOf(await this.call('POST', '/credentials', credential));
	}

	/**
	 * @param {Record<string, unknown>} workflow
	 * @returns {Promise<string>} Its ID
	 */
	async createWorkflow(workflow) {
		// n8n 1.x wants to be told that it is not active yet.
		return idOf(await this.call('POST', '/workflows', { active: false, ...workflow }));
	}

	/**
	 * Runs a stored workflow as the editor's button does.
	 * @param {string} workflowId
	 * @param {string} trigger The name of the trigger node
	 * @returns {Promise<string>} The execution's ID
	 */
	async runWorkflow(workflowId, trigger) {
		// n8n 1.x runs the workflow that is sent along, 2.x the stored one.
		const workflowData = await this.call('GET', `/workflows/${workflowId}`);
		const answer = await this.call('POST', `/workflows/${workflowId}/run`, {
			workflowData,
			triggerToStartFrom: { name: trigger },
		});
		return /** @type {{ executionId: string }} */ (answer).executionId;
	}

	/**
	 * @param {string} id
	 * @returns {Promise<Execution>}
	 */
	async getExecution(id) {
		const stored = /** @type {{ status: string, data: string }} */ (
			await this.call('GET', `/executions/${id}`)
		);
		return {
			id,
			status: stored.status,
			...summarise(/** @type {RunData | undefined} */ (parseFlatted(stored.data))),
		};
	}

	/**
	 * @param {BinaryFile} file
	 * @returns {Promise<Buffer>} Its content
	 */
	async download({ id, data }) {
		if (!id) return Buffer.from(data ?? '', 'base64');
		const query = new URLSearchParams({ id, action: 'download' });
		const response = await fetch(`${this.url}/rest/binary-data?${query.toString()}`, {
			headers: { cookie: this.#cookie },
		});
		if (!response.ok) throw new Trouble(`n8n refused a file with ${response.status}.`);
		return Buffer.from(await response.arrayBuffer());
	}

	/**
	 * The names of the node types that n8n has loaded, e.g. `n8n-nodes-base.set`.
	 * @returns {Promise<string[]>}
	 */
	async nodeTypes() {
		const response = await fetch(`${this.url}/types/nodes.json`, {
			headers: { cookie: this.#cookie },
		});
		const types = /** @type {{ name: string }[]} */ (parseJson(await response.text()));
		return types.map(({ name }) => name);
	}
}

/** @param {unknown} answer */
const idOf = (answer) => /** @type {{ id: string }} */ (answer).id;

/**
 * The part of n8n's run data that we read.
 * @typedef {{ message?: string, description?: string | null }} StoredError
 * @typedef {{ json: Record<string, unknown>, binary?: Record<string, BinaryFile> }} StoredItem
 * @typedef {{ error?: StoredError, data?: { main?: (StoredItem[] | null)[] } }} StoredRun
 * @typedef {{ resultData: { error?: StoredError, runData?: Record<string, StoredRun[]> } }} RunData
 */

/**
 * @param {RunData | undefined} data There is none yet while an execution begins
 * @returns {Pick<Execution, 'runs' | 'error'>}
 */
function summarise(data) {
	const { error, runData = {} } = data?.resultData ?? {};
	/** @param {StoredError | undefined} stored */
	const say = (stored) => stored && [stored.message, stored.description].filter(Boolean).join('\n');
	const runs = Object.entries(runData).map(
		([name, nodeRuns]) =>
			/** @type {const} */ ([
				name,
				nodeRuns.map((nodeRun) => ({
					items: (nodeRun.data?.main?.[0] ?? []).map(({ json }) => json),
					binaries: (nodeRun.data?.main?.[0] ?? []).map(({ binary = {} }) => binary),
					error: say(nodeRun.error),
				})),
			]),
	);
	return { runs: Object.fromEntries(runs), error: say(error) };
}
