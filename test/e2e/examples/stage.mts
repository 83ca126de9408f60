/** What the scenario of an example has to do with: n8n, Agora, mail. All of it ends with the scenario. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Execution } from '../../../tools/n8n-rest.mjs';
import { EXAMPLE_ACCOUNT, startSimulator } from '../../../simulator/index.mts';
import type { Simulator, SimulatorOptions, SubscriptionInput } from '../../../simulator/index.mts';
import type { Radosgw } from '../../support/radosgw.mts';
import type { RealN8n } from '../../support/realN8n.mts';
import { SERVED_STORAGE, storageOf } from '../../support/servedStorage.mts';
import { startMailbox, type Mail, type ParseMail } from '../mailbox.mts';
import type { Services } from '../services.mts';
import { fillIn, nodeOf, readExample, type Parameters, type Workflow } from './workflow.mts';

/** Everything that a scenario waits for comes within this time, or not at all, unless it says otherwise. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 100;

const NOTIFICATION_SECRETS = {
	notificationSecret: 'example-recording-secret',
	rtcNotificationSecret: 'example-channel-secret',
};

/** Agora's products, each with its secret: Cloud Recording, RTC channel events. */
const PRODUCTS = [
	{ id: 3, secret: NOTIFICATION_SECRETS.notificationSecret },
	{ id: 1, secret: NOTIFICATION_SECRETS.rtcNotificationSecret },
] as const;

/** Storage of the world, which nothing reaches: for examples that need regions, or keys of AWS. */
export const AMAZON_S3: Parameters = {
	...{ storageVendor: 'amazonS3', storageRegion: 'eu-central-1', storageEndpoint: '' },
	storageBucket: 'example-bucket',
};

/** An example in n8n. */
export interface Imported extends Workflow {
	id: string;
}

/** The `json` of an item, or a row of a data table. */
export type Item = Record<string, unknown>;

/** What stands around an example. */
interface Surroundings {
	n8n: RealN8n;
	storage?: Radosgw;
	services?: Services;
	patienceMs?: number;
}

export class Stage {
	readonly #cleanups: Array<() => unknown> = [];
	readonly #surroundings: Surroundings;
	/** File name of the example that is tried, without `.json`. */
	readonly example: string;

	constructor(example: string, surroundings: Surroundings) {
		this.#surroundings = surroundings;
		this.example = example;
	}

	get n8n(): RealN8n {
		return this.#surroundings.n8n;
	}

	/** A real S3 server. */
	get storage(): Radosgw {
		const { storage } = this.#surroundings;
		assert.ok(storage, 'there is no S3 server');
		return storage;
	}

	get services(): Services {
		const { services } = this.#surroundings;
		assert.ok(services, 'there are no services');
		return services;
	}

	/** Something to be done when the scenario is over; what came last is done first. */
	onEnd(cleanup: () => unknown): void {
		this.#cleanups.unshift(cleanup);
	}

	async close(): Promise<void> {
		for (const cleanup of this.#cleanups) await cleanup();
	}

	/** Agora for this scenario alone. Most want a fast clock: Agora names no file for 15 s. */
	async startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
		const simulator = await startSimulator({ ...SERVED_STORAGE, ...options });
		this.onEnd(() => simulator.close());
		return simulator;
	}

	/** An Agora credential, complete, for the simulator's project that asks for tokens. @returns its ID */
	async agoraCredential(simulator: Simulator, more: Parameters = {}): Promise<string> {
		const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
		return await this.credential('agoraApi', {
			...{ customerId, customerSecret },
			...{ appId: apps[1].appId, appCertificate: apps[1].certificate },
			...{ advanced: true, apiDomain: 'custom', baseUrl: simulator.url, requestsPerSecond: 10 },
			...storageOf(simulator),
			receiveNotifications: true,
			...NOTIFICATION_SECRETS,
			...more,
		});
	}

	/** @returns the ID of a new credential of any type */
	async credential(type: string, data: Parameters): Promise<string> {
		return await this.n8n.rest.createCredential({ name: `${this.example} ${type}`, type, data });
	}

	/** A mail server. @returns the ID of a credential for n8n's Send Email node, and what it will have sent */
	async startMailbox(): Promise<{ smtp: string; mails: Mail[] }> {
		const { simpleParser } = this.n8n.require('mailparser') as { simpleParser: ParseMail };
		const mailbox = await startMailbox(simpleParser);
		this.onEnd(() => mailbox.close());
		const { port, mails } = mailbox;
		const smtp = await this.credential('smtp', {
			...{ host: '127.0.0.1', port, secure: false, disableStartTls: true },
			...{ user: '', password: '', hostName: '' },
		});
		return { smtp, mails };
	}

	/**
	 * Imports the example as a user does: as it is, with credentials chosen. What else differs is listed
	 * in `changes`, by node and parameter.
	 * @param example another than the one that is tried
	 */
	async importExample(
		credentials: Record<string, string>,
		changes: Record<string, Parameters> = {},
		example = this.example,
	): Promise<Imported> {
		const workflow = fillIn(readExample(example), credentials, changes);
		const id = await this.n8n.rest.createWorkflow({ ...workflow });
		return { ...workflow, id };
	}

	/** Publishes the workflow until the scenario is over, and waits until its production URLs are there. */
	async activate(workflow: Imported): Promise<void> {
		const path = `/workflows/${workflow.id}`;
		const { versionId } = (await this.n8n.rest.call('GET', path)) as { versionId: string };
		await this.n8n.rest.call('POST', `${path}/activate`, { versionId });
		this.onEnd(() => this.n8n.rest.call('POST', `${path}/deactivate`));
		for (const { name, webhookId, type, parameters } of workflow.nodes) {
			if (webhookId === undefined || !/trigger$|\.webhook$/i.test(type)) continue;
			const url = this.productionUrl(workflow, name);
			const { httpMethod = 'GET' } = parameters as { httpMethod?: string };
			const method = type.endsWith('.webhook') ? httpMethod : 'POST';
			// Asked this way, n8n tells whether it knows the URL, and starts nothing.
			await this.eventually(`${url} is there`, async () => {
				const headers = { origin: this.n8n.url, 'access-control-request-method': method };
				const { headers: answered } = await fetch(url, { method: 'OPTIONS', headers });
				return answered.get('access-control-allow-methods')?.includes(method);
			});
		}
	}

	/** The production URL of an Agora, Webhook or Form trigger. */
	productionUrl(workflow: Imported, trigger: string): string {
		const { type, webhookId = '', parameters } = nodeOf(workflow, trigger);
		if (type.endsWith('agoraCloudRecordingTrigger')) {
			return `${this.n8n.url}/webhook/${webhookId}/agora-notifications`;
		}
		const { path, options } = parameters as { path?: string; options?: { path?: string } };
		const kind = type.endsWith('.formTrigger') ? 'form' : 'webhook';
		return `${this.n8n.url}/${kind}/${path ?? options?.path ?? webhookId}`;
	}

	/**
	 * Activates the workflow, and enters the URL of its Agora trigger into Agora Console, for both products.
	 * @param how which events, and how badly notices travel (simulator/README.md)
	 */
	async subscribe(
		workflow: Imported,
		trigger: string,
		simulator: Simulator,
		how: Partial<SubscriptionInput> = {},
	): Promise<void> {
		await this.activate(workflow);
		const url = this.productionUrl(workflow, trigger);
		for (const { id, secret } of PRODUCTS) {
			simulator.control.notifications.setWebhook(id, { url, secret, ...how });
		}
	}

	/**
	 * Runs the workflow from a trigger, as the editor's button does.
	 * @param pinned items that the trigger puts out, as a user pins them in the editor
	 * @returns the execution once it has ended
	 */
	async run(workflow: Imported, trigger: string, pinned?: Item[]): Promise<Execution> {
		const path = `/workflows/${workflow.id}`;
		if (pinned !== undefined) {
			const { versionId } = (await this.n8n.rest.call('GET', path)) as { versionId: string };
			const pinData = { [trigger]: pinned.map((json) => ({ json })) };
			await this.n8n.rest.call('PATCH', path, { versionId, pinData });
		}
		const id = await this.n8n.rest.runWorkflow(workflow.id, trigger);
		return await this.eventually(`execution ${id} has ended`, async () => {
			const execution = await this.n8n.rest.getExecution(id);
			return hasEnded(execution) && execution;
		});
	}

	/**
	 * All executions of the workflow, oldest first, once there are as many as expected and all have
	 * ended. There may be more.
	 */
	async executions(workflow: Imported, expected: number): Promise<Execution[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow.id }));
		return await this.eventually(`${expected} executions have ended`, async () => {
			const { results } = (await this.n8n.rest.call(
				'GET',
				`/executions?filter=${filter}&limit=100`,
			)) as { results: Array<{ id: string; status: string }> };
			if (results.length < expected || !results.every(hasEnded)) return false;
			const ids = results.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
			return await Promise.all(ids.map((id) => this.n8n.rest.getExecution(id)));
		});
	}

	/** The rows of a data table, oldest first. @throws AssertionError if there is no such table */
	async rows(table: string): Promise<Item[]> {
		const path = await this.#table(table);
		assert.ok(path, `there is no data table ${table}`);
		const rows = (await this.n8n.rest.call('GET', `${path}/rows?take=250`)) as { data: Item[] };
		return rows.data.sort((a, b) => Number(a.id) - Number(b.id));
	}

	/** Changes cells in the rows of a data table whose other cells are as given. */
	async setRows(table: string, where: Item, cells: Item): Promise<void> {
		const filters = Object.entries(where).map(([columnName, value]) => ({
			...{ columnName, condition: 'eq', value },
		}));
		await this.n8n.rest.call('PATCH', `${await this.#table(table)}/rows`, {
			filter: { type: 'and', filters },
			data: cells,
		});
	}

	/** Deletes a data table, if there is one. */
	async dropTable(table: string): Promise<void> {
		const path = await this.#table(table);
		if (path !== undefined) await this.n8n.rest.call('DELETE', path);
	}

	/** Where a data table is; undefined if it is nowhere. */
	async #table(table: string): Promise<string | undefined> {
		const tables = await this.#tables();
		const { data } = (await this.n8n.rest.call('GET', tables)) as {
			data: Array<{ id: string; name: string }>;
		};
		const found = data.find(({ name }) => name === table);
		return found && `${tables}/${found.id}`;
	}

	/** Where the owner's data tables are. */
	async #tables(): Promise<string> {
		const { id } = (await this.n8n.rest.call('GET', '/projects/personal')) as { id: string };
		return `/projects/${id}/data-tables`;
	}

	/**
	 * Asks until there is an answer.
	 * @param what says in the message what did not come about
	 * @throws AssertionError if none comes in time
	 */
	async eventually<Answer>(
		what: string,
		ask: () => Answer | Promise<Answer>,
	): Promise<Exclude<Awaited<Answer>, false | null | undefined>> {
		const { patienceMs = PATIENCE_MS } = this.#surroundings;
		const deadline = Date.now() + patienceMs;
		for (;;) {
			const answer = await ask();
			if (answer !== false && answer !== null && answer !== undefined) {
				return answer as Exclude<Awaited<Answer>, false | null | undefined>;
			}
			if (Date.now() > deadline) {
				assert.fail(`not within ${patienceMs / 1000} s: ${what}\n${this.n8n.log().slice(-2000)}`);
			}
			await sleep(LOOK_EVERY_MS);
		}
	}
}

const hasEnded = ({ status }: { status: string }): boolean =>
	!['new', 'running', 'waiting'].includes(status);

/** The items of a node's only run. @throws AssertionError if it ran never or twice, or failed */
export function itemsOf({ runs, error }: Execution, node: string): Item[] {
	assert.equal(runs[node]?.length, 1, `${node} did not run once (${error ?? 'no error'})`);
	assert.equal(runs[node][0].error, undefined);
	return runs[node][0].items;
}
