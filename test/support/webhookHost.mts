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
	store?: (item: IDataObject, delivery: string) => Promise<void> | void;
	/** Called when n8n or the trigger answers, be the sender still there or not. */
	onAnswer?: (delivery: string, status: number, body: unknown) => void;
	/** Called for each look at the credential. */
	onCredentials?: () => void;
	workflowName?: string;
	nodeName?: string;
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
	/** The sender hangs up when this is done. */
	hangUp?: Promise<void>;
	/** What `store` and `onAnswer` get, to tell requests apart. */
	delivery?: string;
}

/** How far a request and its answer are. */
interface Passage {
	hasArrived: boolean;
	isAnswered: boolean;
	/** The sender has its answer, or knows that there is none. */
	isOver: boolean;
	hungUp: boolean;
	/** The connection is gone on n8n's side. */
	isClosed: boolean;
}

/** Whether something is on its way, be it a request, an answer, or the news of a hang-up. */
const isMoving = ({ hasArrived, isAnswered, isOver, hungUp, isClosed }: Passage) =>
	(!hasArrived && !isClosed) || ((isAnswered || hungUp || isOver) && !(isOver && isClosed));

const DELIVERY = 'x-delivery';

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
	const lines: string[] = [];
	const executions: IDataObject[] = [];
	const passages = new Map<string, Passage>();
	let triggers = 0;
	let sent = 0;

	const makeContext = () => {
		const node: INode = {
			id: `node-${triggers}`,
			name: settings.nodeName ?? 'Agora Cloud Recording Trigger',
			type: `${NODE_TYPE}Trigger`,
			typeVersion: 1.1,
			position: [0, 0],
			parameters: { events: ['any_recording_event'], ...settings.parameters },
			credentials: { agoraApi: { id: '1', name: 'Agora' } },
		};
		const nodeTypes = {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		} as unknown as INodeTypes;
		const workflow = new Workflow({
			id: 'workflow',
			name: settings.workflowName ?? 'Lessons',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes,
		});
		const credentials = settings.credentials ?? {
			receiveNotifications: true,
			notificationSecret: SECRET,
			rtcNotificationSecret: RTC_SECRET,
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
		const process = triggers;
		const delivery = String(req.headers[DELIVERY]);
		const chunks: Buffer[] = [];
		// n8n leaves forms with files to another reader, which takes the bytes with it.
		const contentType = req.headers['content-type']?.split(';')[0];
		for await (const chunk of req) chunks.push(chunk as Buffer);
		note(delivery, { hasArrived: true });
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
				lines.push(message);
				logged.push(`${level} ${message} ${JSON.stringify(meta)}`);
			};
		}
		const result = await nodeType.webhook?.call(context);
		if (process !== triggers) return;
		if (!result?.workflowData) {
			if (result?.noWebhookResponse !== true) res.status(200).json(result?.webhookResponse);
			return;
		}
		try {
			const [[{ json }]] = result.workflowData;
			await settings.store?.(json, delivery);
			if (process !== triggers) return;
			executions.push(JSON.parse(JSON.stringify(json)) as IDataObject);
		} catch {
			if (process !== triggers) return;
			return res.status(500).json({ message: 'There was a problem executing the workflow' });
		}
		const { responseData } = webhookData.webhookDescription;
		if (responseData !== '') throw new Error('n8n would not answer what the trigger says');
		res.status(200).json(result.webhookResponse);
	}

	const thrown: unknown[] = [];
	const note = (delivery: string, change: Partial<Passage>) => {
		const passage = passages.get(delivery);
		if (passage) Object.assign(passage, change);
	};
	const server = createServer((req, plain) => {
		const delivery = String(req.headers[DELIVERY]);
		plain.once('close', () => note(delivery, { isClosed: true }));
		const res = Object.assign(plain, {
			status(code: number) {
				plain.statusCode = code;
				return res;
			},
			json(body: unknown) {
				settings.onAnswer?.(delivery, plain.statusCode, body);
				note(delivery, { isAnswered: true });
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
		const { secret = SECRET, delivery = `request ${++sent}` } = more;
		const passage = { hasArrived: false, isAnswered: false, isOver: false };
		passages.set(delivery, { ...passage, hungUp: false, isClosed: false });
		return await new Promise((resolve, reject) => {
			const headers = {
				'Content-Type': 'application/json',
				[DELIVERY]: delivery,
				...(secret !== null && signatures(body, secret)),
				...more.headers,
			};
			// A connection for each: one that is kept could be closed by a restart as it is used again.
			const target = { port, method: 'POST', host: '127.0.0.1', agent: false };
			const req = request({ ...target, headers }, (res) => {
				const chunks: Buffer[] = [];
				res.on('data', (chunk: Buffer) => chunks.push(chunk));
				res.on('end', () => {
					const text = Buffer.concat(chunks).toString('utf8');
					note(delivery, { isOver: true });
					resolve({
						status: res.statusCode ?? 0,
						type: res.headers['content-type'] ?? '',
						body: text === '' ? undefined : JSON.parse(text),
					});
				});
			});
			req.on('error', (error) => {
				note(delivery, { isOver: true });
				reject(error);
			});
			req.end(body);
			const hangUp = () => {
				if (passages.get(delivery)?.isOver) return;
				note(delivery, { hungUp: true });
				req.destroy(new Error('The sender hung up'));
			};
			if (more.patience !== undefined) setTimeout(hangUp, more.patience);
			void more.hangUp?.then(hangUp);
		});
	}

	return {
		nodeType,
		url: `http://127.0.0.1:${port}/`,
		executions,
		/** Level, text and fields of each line for n8n's log. */
		logged,
		/** Its text alone, which is what n8n prints by default. */
		lines,
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
			passages.clear();
			executions.length = 0;
			logged.length = 0;
			lines.length = 0;
			thrown.length = 0;
		},
		/** Changes settings of the same trigger. */
		change(changes: HostOptions): void {
			Object.assign(settings, changes);
		},
		/** How many requests, answers and hang-ups are on their way and have not been noticed. */
		moving: () => [...passages.values()].filter(isMoving).length,
		/**
		 * Kills the process and begins another: its connections break, what it was at is left undone, and
		 * the trigger, being another one, knows nothing. What was stored stays.
		 */
		restart(): void {
			triggers++;
			server.closeAllConnections();
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
