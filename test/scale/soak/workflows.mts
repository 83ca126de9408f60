/** What an n8n is kept busy with: recordings and notifications, by the package or by n8n's own nodes. */
import { triggerPath, triggerWorkflow } from '../../support/realN8n.mts';
import { node } from '../../support/workflowNode.mts';

const OUR_NODE = 'n8n-nodes-agora-cloud-recording.agoraCloudRecording';
const RECORD = 'record';
const HEAR = 'hear';
/** Executions that went well are not kept, so that the database is as large in the end as it was. */
const SETTINGS = { executionOrder: 'v1', saveDataSuccessExecution: 'none' };

/** Credentials by their ID in n8n. */
export interface Credentials {
	agora: string;
	basic: string;
}

/** Two production workflows; the paths are those of their webhooks. */
export interface Subject {
	record: { path: string; workflow: object };
	hear: { path: string; workflow: object };
}

/** Webhook, which wants `{"channels": ["…"], "verify": false}` and answers at the end → one item each → … */
function recordingWorkflow(steps: readonly { name: string }[]) {
	const nodes = [
		node(
			'Webhook',
			'n8n-nodes-base.webhook',
			2.1,
			{ httpMethod: 'POST', path: RECORD, responseMode: 'lastNode', options: {} },
			{ webhookId: RECORD },
		),
		node('Channels', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'body.channels',
			options: { destinationFieldName: 'channel' },
		}),
		...steps,
	];
	const links = nodes
		.slice(0, -1)
		.map(({ name }, i) => [
			name,
			{ main: [[{ node: nodes[i + 1].name, type: 'main', index: 0 }]] },
		]);
	return {
		name: 'Record',
		nodes,
		connections: Object.fromEntries(links) as object,
		settings: SETTINGS,
	};
}

/** Start, verified where that is asked for, → Query → Stop; and the trigger with a filter. */
export function ofThePackage({ agora }: Credentials): Subject {
	const credentials = { agoraApi: { id: agora, name: 'Agora' } };
	const verify = "$('Webhook').first().json.body.verify";
	const step = (name: string, parameters: object) =>
		node(name, OUR_NODE, 1, { resource: 'recording', ...parameters }, { credentials });
	return {
		record: {
			path: RECORD,
			workflow: recordingWorkflow([
				step('Start', {
					...{ operation: 'start', mode: 'mix', channelName: '={{ $json.channel }}' },
					// Questions about channels have a limit of their own, far below that of this load.
					recordingOptions: {
						channelProfile: `={{ ${verify} ? "automatic" : "liveBroadcasting" }}`,
					},
					options: { verify: `={{ ${verify} }}` },
				}),
				step('Query', { operation: 'query' }),
				step('Stop', { operation: 'stop' }),
			]),
		},
		hear: {
			path: triggerPath(HEAR),
			workflow: triggerWorkflow(HEAR, agora, { filters: { channelName: 'class-*' } }, SETTINGS),
		},
	};
}

/** The same requests by HTTP Request nodes, and a Webhook node that takes whatever comes. */
export function ofN8nAlone({ basic }: Credentials, simulatorUrl: string, appId: string): Subject {
	const startBody = {
		recordingConfig: { channelType: 1, streamTypes: 2, maxIdleTime: 300 },
		storageConfig: {
			...{ vendor: 1, region: 20, bucket: 'soak' },
			...{ accessKey: 'example-write-key', secretKey: 'example-write-secret' },
		},
	};
	// An expression must not hold two closing braces in a row.
	const startText = JSON.stringify(startBody).replaceAll('}', ' }');
	const request = (name: string, method: 'GET' | 'POST', path: string, body?: string) =>
		node(
			name,
			'n8n-nodes-base.httpRequest',
			4.2,
			{
				method,
				url: `=${simulatorUrl}/v1/apps/${appId}/cloud_recording/${path}`,
				authentication: 'genericCredentialType',
				genericAuthType: 'httpBasicAuth',
				...(body !== undefined && { sendBody: true, specifyBody: 'json', jsonBody: body }),
				options: {},
			},
			{ credentials: { httpBasicAuth: { id: basic, name: 'Agora REST' } } },
		);
	const channel = '$("Channels").item.json.channel';
	const recording = (last: string) =>
		`resourceid/{{ $("Start").item.json.resourceId }}/sid/{{ $("Start").item.json.sid }}/mode/mix/${last}`;
	const named = (clientRequest: string) =>
		`={{ { "cname": ${channel}, "uid": "527841", "clientRequest": ${clientRequest} } }}`;
	return {
		record: {
			path: RECORD,
			workflow: recordingWorkflow([
				request('Acquire', 'POST', 'acquire', named('{ "scene": 0 }')),
				request(
					'Start',
					'POST',
					'resourceid/{{ $json.resourceId }}/mode/mix/start',
					named(startText),
				),
				request('Query', 'GET', recording('query')),
				request('Stop', 'POST', recording('stop'), named('{ }')),
			]),
		},
		hear: {
			path: HEAR,
			workflow: {
				name: 'Hear',
				nodes: [
					node(
						'Webhook',
						'n8n-nodes-base.webhook',
						2.1,
						{ httpMethod: 'POST', path: HEAR, options: {} },
						{ webhookId: HEAR },
					),
				],
				connections: {},
				settings: SETTINGS,
			},
		},
	};
}
