import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadPackage, NODE_TYPE } from './host.mts';
import { signatures } from './signatures.mts';
import { HookContext, WebhookContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

export const SECRET = 'cloud-recording-secret';
export const RTC_SECRET = 'rtc-channel-secret';

/** What a request sent, as n8n's own reader leaves it, and Express' short ways to answer. */
type WebhookRequest = IncomingMessage & {
	body?: unknown;
	rawBody?: Buffer;
	readRawBody?: () => Promise<void>;
};
type WebhookResponse = ServerResponse & {
	status: (code: number) => WebhookResponse;
	json: (body: unknown) => void;
};

export interface HostOptions {
	parameters?: INodeParameters;
	credentials?: ICredentialDataDecryptedObject;
	mode?: WorkflowExecuteMode;
	/** Stores an execution; when it throws, n8n answers 500. */
	store?: (item: IDataObject) => Promise<void> | void;
	/** Called for each look at the credential. */
	onCredentials?: () => void;
}

export interface Answer {
	status: number;
	type: string;
	body: unknown;
}

export interface SendOptions {
	/** `null` sends no signature. */
	secret?: string | null;
	headers?: Record<string, string | string[]>;
	/** Milliseconds after which the sender hangs up. */
	patience?: number;
}

/**
 * The trigger of the built package behind real HTTP, in n8n-core's own contexts. Around it stands what
 * n8n does with a webhook that answers when its execution is stored: `executeWebhook` of n8n 2.41.
 */
export async function startWebhookHost(options: HostOptions = {}) {
	const loader = await loadPackage();
	const { type } = loader.getNode('agoraCloudRecordingTrigger');
	if ('nodeVersions' in type) throw new Error('The node has versions: take the newest one here');
	const nodeType: INodeType = type;
	const settings = { ...options };
	const logged: string[] = [];
	const executions: IDataObject[] = [];
	let triggers = 0;

	const makeContext = () => {
		const node: INode = {
			id: `node-${triggers}`,
			name: 'Agora Cloud Recording Trigger',
			type: `${NODE_TYPE}Trigger`,
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { product: 'cloudRecording', events: ['any'], ...settings.parameters },
			credentials: { agoraApi: { id: '1', name: 'Agora' } },
		};
		const nodeTypes = {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		} as unknown as INodeTypes;
		const workflow = new Workflow({
			id: 'workflow',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
		});
		const credentials = settings.credentials ?? {
			notificationSecret: SECRET,
			rtcNotificationSecret: RTC_SECRET,
			previousNotificationSecret: '',
		};
		const additionalData = {
			credentialsHelper: {
				isCredentialUsableByNode: () => true,
				getParentTypes: () => [],
				getDecrypted: () => {
					settings.onCredentials?.();
					return Promise.resolve(credentials);
				},
			},
			variables: {},
		} as unknown as IWorkflowExecuteAdditionalData;
		const webhookDescription = nodeType.description.webhooks?.[0];
		if (!webhookDescription) throw new Error('The trigger has no webhook');
		const webhookData = { webhookDescription } as IWebhookData;
		return { node: workflow.getNode(node.name) ?? node, workflow, additionalData, webhookData };
	};

	async function handle(req: WebhookRequest, res: WebhookResponse): Promise<void> {
		const chunks: Buffer[] = [];
		// n8n leaves forms with files to another reader, which takes the bytes with it.
		const contentType = req.headers['content-type']?.split(';')[0];
		for await (const chunk of req) chunks.push(chunk as Buffer);
		if (contentType === 'multipart/form-data') {
			req.readRawBody = () => Promise.reject(new Error('Request body stream is not readable'));
			req.body = { data: {}, files: {} };
		} else {
			req.rawBody = Buffer.concat(chunks);
			req.readRawBody = () => Promise.resolve();
			if (contentType === 'application/json' && req.rawBody.length > 0) {
				try {
					req.body = JSON.parse(req.rawBody.toString('utf8'));
				} catch {
					return res.status(422).json({ message: 'Failed to parse request body' });
				}
			}
		}
		const { workflow, node, additionalData, webhookData } = makeContext();
		Object.assign(additionalData, { httpRequest: req, httpResponse: res });
		const context = new WebhookContext(
			workflow,
			node,
			additionalData,
			settings.mode ?? 'webhook',
			webhookData,
			[],
			null,
		);
		for (const level of ['warn', 'error'] as const) {
			context.logger[level] = (message, meta) => {
				logged.push(`${level} ${message} ${JSON.stringify(meta)}`);
			};
		}
		const result = await nodeType.webhook?.call(context);
		if (!result?.workflowData) {
			if (result?.noWebhookResponse !== true) res.status(200).json(result?.webhookResponse);
			return;
		}
		try {
			const [[{ json }]] = result.workflowData;
			await settings.store?.(json);
			executions.push(JSON.parse(JSON.stringify(json)) as IDataObject);
		} catch {
			return res.status(500).json({ message: 'There was a problem executing the workflow' });
		}
		const { responseData } = webhookData.webhookDescription;
		if (responseData !== '') throw new Error('n8n would not answer what the trigger says');
		res.status(200).json(result.webhookResponse);
	}

	const thrown: unknown[] = [];
	const server = createServer((req, plain) => {
		const res = Object.assign(plain, {
			status(code: number) {
				plain.statusCode = code;
				return res;
			},
			json(body: unknown) {
				plain.setHeader('content-type', 'application/json; charset=utf-8');
				plain.end(JSON.stringify(body));
			},
		});
		handle(req, res).catch((error: unknown) => {
			thrown.push(error);
			if (!res.headersSent) res.status(500).json({ thrown: String(error) });
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;

	/** Sends bytes as they are; signed with the secret of Cloud Recording unless told otherwise. */
	async function send(body: string | Buffer, more: SendOptions = {}): Promise<Answer> {
		const { secret = SECRET } = more;
		return await new Promise((resolve, reject) => {
			const headers = {
				'Content-Type': 'application/json',
				...(secret !== null && signatures(body, secret)),
				...more.headers,
			};
			const req = request({ port, method: 'POST', host: '127.0.0.1', headers }, (res) => {
				const chunks: Buffer[] = [];
				res.on('data', (chunk: Buffer) => chunks.push(chunk));
				res.on('end', () => {
					const text = Buffer.concat(chunks).toString('utf8');
					resolve({
						status: res.statusCode ?? 0,
						type: res.headers['content-type'] ?? '',
						body: text === '' ? undefined : JSON.parse(text),
					});
				});
			});
			req.on('error', reject);
			req.end(body);
			if (more.patience !== undefined) setTimeout(() => req.destroy(), more.patience);
		});
	}

	return {
		nodeType,
		executions,
		logged,
		thrown,
		send,
		/** Sends a notice as JSON. */
		sendNotice: async (notice: object, more?: SendOptions) =>
			await send(JSON.stringify(notice), more),
		/** Begins anew as another trigger, with other settings: nothing seen, nothing executed. */
		fresh(changes: HostOptions = {}): void {
			for (const name of Object.keys(settings)) delete settings[name as keyof HostOptions];
			Object.assign(settings, options, changes);
			triggers++;
			executions.length = 0;
			logged.length = 0;
			thrown.length = 0;
		},
		/** Changes settings of the same trigger. */
		change(changes: HostOptions): void {
			Object.assign(settings, changes);
		},
		/** What n8n calls when the workflow is activated or its test begins. */
		async checkExists(): Promise<boolean | undefined> {
			const { workflow, node, additionalData, webhookData } = makeContext();
			const context = new HookContext(
				workflow,
				node,
				additionalData,
				'webhook',
				'activate',
				webhookData,
			);
			return await nodeType.webhookMethods?.default?.checkExists.call(context);
		},
		async close(): Promise<void> {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

export type WebhookHost = Awaited<ReturnType<typeof startWebhookHost>>;
