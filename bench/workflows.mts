/** What the trigger is measured against. */

const POSITION = [0, 0];

const workflow = (name: string, nodes: object[], connections: object = {}) => ({
	name,
	nodes,
	connections,
	settings: { executionOrder: 'v1' },
});

/** The built-in Webhook node and nothing else. Like the trigger, n8n answers when it has stored. */
export const emptyWebhook = (path: string) =>
	workflow('Webhook alone', [
		{
			id: path,
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			position: POSITION,
			webhookId: path,
			parameters: { httpMethod: 'POST', path, options: {} },
		},
	]);

/** The least that a trigger can do: see `minimalTrigger`. It refuses, or accepts, whatever comes. */
export const leastTrigger = (webhookId: string, accept: boolean) =>
	workflow(accept ? 'Accept everything' : 'Only 401', [
		{
			id: webhookId,
			name: 'Minimal Trigger',
			type: 'CUSTOM.minimalTrigger',
			typeVersion: 1.1,
			position: POSITION,
			webhookId,
			parameters: { accept },
		},
	]);

/** The same check by hand: the raw body, a Crypto node, an IF node, and an answer of its own. */
export function checkByHand(path: string, secret: string) {
	const respond = (name: string, responseCode: number) => ({
		id: `${path}-${responseCode}`,
		name,
		type: 'n8n-nodes-base.respondToWebhook',
		typeVersion: 1.1,
		position: POSITION,
		parameters: { respondWith: 'json', responseBody: '{}', options: { responseCode } },
	});
	const to = (...names: string[]) => ({
		main: names.map((node) => [{ node, type: 'main', index: 0 }]),
	});
	return workflow(
		'Webhook, Crypto, IF',
		[
			{
				id: path,
				name: 'Webhook',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2.1,
				position: POSITION,
				webhookId: path,
				parameters: {
					...{ httpMethod: 'POST', path, responseMode: 'responseNode' },
					options: { rawBody: true },
				},
			},
			{
				id: `${path}-crypto`,
				name: 'Crypto',
				type: 'n8n-nodes-base.crypto',
				typeVersion: 1,
				position: POSITION,
				parameters: {
					...{ action: 'hmac', binaryData: true, binaryPropertyName: 'data', type: 'SHA256' },
					...{ dataPropertyName: 'hmac', secret, encoding: 'hex' },
				},
			},
			{
				id: `${path}-if`,
				name: 'IF',
				type: 'n8n-nodes-base.if',
				typeVersion: 1,
				position: POSITION,
				parameters: {
					conditions: {
						string: [
							{
								value1: '={{ $json.hmac }}',
								value2: "={{ $('Webhook').item.json.headers['agora-signature-v2'] }}",
							},
						],
					},
				},
			},
			respond('Accept', 200),
			respond('Refuse', 401),
		],
		{ Webhook: to('Crypto'), Crypto: to('IF'), IF: to('Accept', 'Refuse') },
	);
}

/** Source of a trigger that verifies nothing, for a folder of custom nodes. */
export const minimalTrigger = `
class MinimalTrigger {
	description = {
		displayName: 'Minimal Trigger',
		name: 'minimalTrigger',
		group: ['trigger'],
		version: 1.1,
		description: 'Accepts or refuses',
		defaults: { name: 'Minimal Trigger' },
		inputs: [],
		outputs: ['main'],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'minimal',
				responseMode: 'onReceived',
				responseData: '',
			},
		],
		properties: [
			{ displayName: 'Accept', name: 'accept', type: 'boolean', default: false },
		],
	};
	webhookMethods = {
		default: {
			checkExists: async () => true,
			create: async () => true,
			delete: async () => true,
		},
	};
	async webhook() {
		if (this.getNodeParameter('accept')) {
			return {
				webhookResponse: { received: true },
				workflowData: [[{ json: this.getBodyData() }]],
			};
		}
		this.getResponseObject().status(401).json({ received: false });
		return { noWebhookResponse: true };
	}
}
module.exports = { MinimalTrigger };
`;
