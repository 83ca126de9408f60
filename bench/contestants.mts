/** The workflows that are compared: each makes N recordings in the same n8n. */
import { node } from '../test/support/workflowNode.mts';

/** What a contestant is told. */
export interface Task {
	/** Recordings to make; their channels begin with `prefix`. */
	items: number;
	prefix: string;
	simulatorUrl: string;
	credentialIds: { agora: string; basic: string };
}

/** A way to start recordings with n8n. */
export interface Contestant {
	name: string;
	/** Its settings, in words. */
	settings: string;
	/** Names of the nodes whose time counts. */
	timed: string[];
	nodes: (task: Task) => object[];
}

export const TRIGGER = 'Begin';
const APP_ID = '00112233445566778899aabbccddeeff';

/** N items with a channel each, by means of n8n itself. */
const items = ({ items: count, prefix }: Task) => [
	node(TRIGGER, 'n8n-nodes-base.manualTrigger', 1, {}),
	node('Channels', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: `={{ { "channel": Array.from({ length: ${count} }, (_, i) => "${prefix}-" + i) } }}`,
		options: {},
	}),
	node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'channel', options: {} }),
];

/** This package's node. */
export function ourNode(verify: boolean): Contestant {
	return {
		name: verify ? 'node, verified' : 'node',
		settings: `one Start node, Verify Start ${verify ? 'on' : 'off'}, everything else as it comes`,
		timed: ['Start'],
		nodes: (task) => [
			...items(task),
			node(
				'Start',
				'n8n-nodes-agora-cloud-recording.agoraCloudRecording',
				1,
				{
					resource: 'recording',
					operation: 'start',
					mode: 'mix',
					channelName: '={{ $json.channel }}',
					...(!verify && { options: { verify: false } }),
				},
				{ credentials: { agoraApi: { id: task.credentialIds.agora, name: 'Agora' } } },
			),
		],
	};
}

const START_BODY = {
	recordingConfig: { channelType: 0, streamTypes: 2, maxIdleTime: 300 },
	recordingFileConfig: { avFileType: ['hls'] },
	storageConfig: {
		vendor: 1,
		region: 20,
		bucket: 'bench',
		accessKey: 'example-access-key',
		secretKey: 'example-secret-key',
	},
};

/** As text for an expression, which must not hold two closing braces in a row. */
const START_TEXT = JSON.stringify(START_BODY).replaceAll('}', ' }');

/**
 * HTTP Request nodes, acquire then start.
 *
 * @param batching requests a second that each node sends; undefined sends all at once
 */
export function httpChain(batching?: number): Contestant {
	const request = (name: string, path: string, jsonBody: string, task: Task) =>
		node(
			name,
			'n8n-nodes-base.httpRequest',
			4.2,
			{
				method: 'POST',
				url: `=${task.simulatorUrl}/v1/apps/${APP_ID}/cloud_recording/${path}`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpBasicAuth',
				sendBody: true,
				specifyBody: 'json',
				jsonBody,
				options: batching
					? { batching: { batch: { batchSize: batching, batchInterval: 1100 } } }
					: {},
			},
			{
				credentials: { httpBasicAuth: { id: task.credentialIds.basic, name: 'Agora REST' } },
				onError: 'continueRegularOutput',
			},
		);
	return {
		name: batching ? 'HTTP Request, batched' : 'HTTP Request',
		settings: `two HTTP Request nodes, ${batching ? `Batching: ${batching} items every 1100 ms` : 'no batching (all at once)'}, On Error: Continue`,
		timed: ['Acquire', 'Start'],
		nodes: (task) => [
			...items(task),
			request(
				'Acquire',
				'acquire',
				'={{ { "cname": $json.channel, "uid": "527841", "clientRequest": { "scene": 0 } } }}',
				task,
			),
			request(
				'Start',
				'resourceid/{{ $json.resourceId }}/mode/mix/start',
				`={{ { "cname": $("Items").item.json.channel, "uid": "527841", "clientRequest": ${START_TEXT} } }}`,
				task,
			),
		],
	};
}

/** A workflow as n8n stores it. */
export function workflowOf(contestant: Contestant, task: Task): Record<string, unknown> {
	const nodes = contestant.nodes(task) as { name: string }[];
	const connections = nodes
		.slice(0, -1)
		.map(({ name }, i) => [
			name,
			{ main: [[{ node: nodes[i + 1].name, type: 'main', index: 0 }]] },
		]);
	return {
		name: `${contestant.name} × ${task.items}`,
		nodes,
		connections: Object.fromEntries(connections) as object,
		settings: { executionOrder: 'v1' },
	};
}
