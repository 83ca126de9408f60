/** A production workflow that makes as many recordings as its webhook is asked for. */
import { node } from '../../support/workflowNode.mts';

const OUR_NODE = 'n8n-nodes-agora-cloud-recording.agoraCloudRecording';

/**
 * Webhook, which wants `{"prefix": …, "count": …}` → Start for each of so many channels → Stop.
 *
 * @param path of the webhook's URL
 * @param stops whether there is a Stop; else all recordings go on
 */
export function recordingWorkflow(path: string, credentialId: string, stops = true) {
	const credentials = { agoraApi: { id: credentialId, name: 'Agora' } };
	const nodes = [
		node(
			'Webhook',
			'n8n-nodes-base.webhook',
			2.1,
			{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
			{ webhookId: path },
		),
		node('Channels', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput:
				'={{ { "channel": Array.from({ length: $json.body.count }, (_, i) => $json.body.prefix + "-" + i) } }}',
			options: {},
		}),
		node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'channel', options: {} }),
		node(
			'Start',
			OUR_NODE,
			1,
			{
				...{ resource: 'recording', operation: 'start', mode: 'mix' },
				channelName: '={{ $json.channel }}',
			},
			{ credentials },
		),
		...(stops
			? [node('Stop', OUR_NODE, 1, { resource: 'recording', operation: 'stop' }, { credentials })]
			: []),
	];
	const connections = nodes
		.slice(0, -1)
		.map(({ name }, i) => [
			name,
			{ main: [[{ node: nodes[i + 1].name, type: 'main', index: 0 }]] },
		]);
	return {
		name: `Record by ${path}`,
		nodes,
		connections: Object.fromEntries(connections) as object,
		settings: { executionOrder: 'v1' },
	};
}
