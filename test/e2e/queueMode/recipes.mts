/** Ways to handle each notification once, whatever process its copies came to, as whole workflows. */
import { readFileSync } from 'node:fs';
import { triggerWorkflow } from '../../support/realN8n.mts';

/** Where a workflow reads and tells. */
export interface Places {
	agoraCredential: string;
	redisCredential: string;
	/** Of a database with a table `seen`, whose text column `key` is unique. */
	postgresCredential?: string;
	/** Of keys that may be used in that Redis. */
	redisPrefix: string;
	/** Takes `{"key":"…"}` of every notification that is handled. */
	listener: string;
}

interface Node {
	name: string;
	webhookId?: string;
	parameters: Record<string, unknown>;
	credentials?: { agoraApi: { id: string } };
}

interface Target {
	node: string;
	type: string;
	index: number;
}

interface Workflow {
	nodes: Node[];
	connections: Record<string, { main: Target[][] }>;
}

const TRIGGER = 'Agora Cloud Recording Trigger';
const KEY = `$('${TRIGGER}').item.json.dedupKey`;

const node = (name: string, type: string, typeVersion: number, parameters: object, more = {}) => ({
	id: name,
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters: { ...parameters },
	...more,
});

const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });

/** What is done with a notification. */
const handling = (listener: string) =>
	node('Handle', 'httpRequest', 4.2, {
		method: 'POST',
		url: listener,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify({ key: ${KEY} }) }}`,
		options: {},
	});

/** Nodes in a row between the trigger and what is done. */
const inARow =
	(between: (places: Places) => Node[]) =>
	(webhookId: string, places: Places): Workflow => {
		const trigger = triggerWorkflow(webhookId, places.agoraCredential);
		const nodes = [...trigger.nodes, ...between(places), handling(places.listener)];
		const links = nodes.slice(0, -1).map(({ name }, i) => [name, to(nodes[i + 1].name)]);
		return { ...trigger, nodes, connections: Object.fromEntries(links) as Workflow['connections'] };
	};

/** examples/notifications.json for every event, up to the node that puts the notification out. */
function example(webhookId: string, places: Places): Workflow {
	const workflow = JSON.parse(readFileSync('examples/notifications.json', 'utf8')) as Workflow;
	for (const { name, parameters, credentials } of workflow.nodes) {
		if (name === TRIGGER) parameters.events = ['any_recording_event'];
		if (credentials) credentials.agoraApi.id = places.agoraCredential;
	}
	const handle = handling(places.listener);
	const nodes = workflow.nodes.map((one) => (one.webhookId ? { ...one, webhookId } : one));
	return {
		...workflow,
		nodes: [...nodes, handle],
		connections: { ...workflow.connections, Notification: to(handle.name) },
	};
}

export const RECIPES = {
	nothing: inARow(() => []),
	removeDuplicates: inARow(() => [
		node('Remove Duplicates', 'removeDuplicates', 2, {
			operation: 'removeItemsSeenInPreviousExecutions',
			logic: 'removeItemsWithAlreadySeenKeyValues',
			dedupeValue: '={{ $json.dedupKey }}',
			options: {},
		}),
	]),
	example,
	redis: inARow(({ redisCredential, redisPrefix }) => [
		node(
			'Count the Key',
			'redis',
			1,
			{
				operation: 'incr',
				key: `=${redisPrefix}:{{ $json.dedupKey }}`,
				expire: true,
				ttl: 604_800,
			},
			{ credentials: { redis: { id: redisCredential, name: 'Redis' } } },
		),
		node('Only the First', 'filter', 2.2, {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: 'first',
						leftValue: '={{ Object.values($json)[0] }}',
						rightValue: 1,
						operator: { type: 'number', operation: 'equals' },
					},
				],
				combinator: 'and',
			},
			options: {},
		}),
	]),
	postgres: inARow(({ postgresCredential }) => [
		node(
			'Note the Key',
			'postgres',
			2.6,
			{
				operation: 'executeQuery',
				query: 'INSERT INTO seen (key) VALUES ($1) ON CONFLICT DO NOTHING RETURNING key',
				options: { queryReplacement: '={{ [$json.dedupKey] }}' },
			},
			{ credentials: { postgres: { id: postgresCredential, name: 'PostgreSQL' } } },
		),
		node('Only New Keys', 'filter', 2.2, {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
				conditions: [
					{
						id: 'new',
						leftValue: '={{ $json.key }}',
						rightValue: '',
						operator: { type: 'string', operation: 'exists', singleValue: true },
					},
				],
				combinator: 'and',
			},
			options: {},
		}),
	]),
};

export type Recipe = keyof typeof RECIPES;
