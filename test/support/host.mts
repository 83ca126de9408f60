import 'reflect-metadata';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'n8n-core-'));

import { ExecuteContext, PackageDirectoryLoader } from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/** The built package, as n8n loads it. */
export const PACKAGE_FOLDER = resolve('.');
const PACKAGE_NAME = 'n8n-nodes-agora-cloud-recording';
export const NODE_TYPE = `${PACKAGE_NAME}.agoraCloudRecording`;

/** n8n's own loader on the built package, once a test file. */
export async function loadPackage() {
	const loader = new PackageDirectoryLoader(PACKAGE_FOLDER);
	await loader.loadAll();
	return loader;
}

/** A module of the built package, the very one that the loaded node uses. */
export function builtModule<T>(path: string): T {
	// eslint-disable-next-line @typescript-eslint/no-require-imports
	return require(join(PACKAGE_FOLDER, 'dist/nodes/AgoraCloudRecording', path)) as T;
}

/** A request to Agora as it left, and the answer as it came; times in Unix milliseconds. */
export interface OverTheWire {
	method: string;
	url: string;
	status: number;
	body: unknown;
	answeredAt: number;
}

export interface RunOptions {
	credentials: ICredentialDataDecryptedObject;
	parameters: INodeParameters;
	items?: IDataObject[];
	onError?: INode['onError'];
	executionId?: string;
	nodeName?: string;
	runIndex?: number;
	cancel?: AbortSignal;
	/** Other nodes of the workflow and what leads where, for what the node looks up. */
	upstream?: INode[];
	/** Whether the node is run as an agent's tool. */
	asTool?: boolean;
	/** Gets the lines of n8n's log: by default n8n prints their text alone. */
	log?: string[];
	/** Time zone of the workflow, e.g. `Europe/Berlin`. */
	timezone?: string;
	/** Gets what the node tells the user beside its output. */
	hints?: string[];
	/** Stands for the network: gives the address that a request really goes to, or throws. */
	route?: (url: string) => string;
	/** The same for requests to the storage, of which none leaves this computer otherwise. */
	storageRoute?: (url: string) => string;
	/** Is told of each answer of Agora's. */
	heard?: (exchange: OverTheWire) => void;
}

/** Nobody is there: no test asks a storage of the world. */
function onlyHere(url: string): string {
	if (new URL(url).hostname === '127.0.0.1') return url;
	throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
}

type Loader = Awaited<ReturnType<typeof loadPackage>>;

/** Runs the node in n8n-core's own execution context, as a workflow would. */
export function createHost(loader: Loader) {
	const { type } = loader.getNode('agoraCloudRecording');
	if ('nodeVersions' in type) throw new Error('The node has versions: take the newest one here');
	const nodeType: INodeType = type;
	const credentialType = loader.getCredential('agoraApi').type;
	const toolType: INodeType = {
		...nodeType,
		description: { ...nodeType.description, name: 'agoraCloudRecordingTool' },
	};
	const typeOf = (name: string) => (name.endsWith('Tool') ? toolType : nodeType);
	let underWay = 0;
	const nodeTypes = {
		getByName: typeOf,
		getByNameAndVersion: typeOf,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;

	async function runNode(options: RunOptions): Promise<INodeExecutionData[]> {
		const node: INode = {
			id: 'b5f1c7d0-0000-4000-8000-000000000001',
			name: options.nodeName ?? 'Agora Cloud Recording',
			type: options.asTool ? `${NODE_TYPE}Tool` : NODE_TYPE,
			typeVersion: 1,
			position: [0, 0],
			parameters: options.parameters,
			credentials: { agoraApi: { id: '1', name: 'Agora' } },
			...(options.onError && { onError: options.onError }),
		};
		const upstream = options.upstream ?? [];
		const workflow = new Workflow({
			id: 'workflow',
			nodes: [...upstream, node],
			connections: Object.fromEntries(
				[...upstream, node].slice(0, -1).map(({ name }, i) => [
					name,
					{
						main: [[{ node: [...upstream, node][i + 1].name, type: 'main' as const, index: 0 }]],
					},
				]),
			),
			active: false,
			nodeTypes,
			...(options.timezone && { settings: { timezone: options.timezone } }),
		});
		const items = (options.items ?? [{}]).map((json, item) => ({ json, pairedItem: { item } }));
		const additionalData = {
			executionId: options.executionId ?? 'execution',
			credentialsHelper: credentialsHelper(credentialType.authenticate, options.credentials),
			webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
			formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
			restApiUrl: '',
			instanceBaseUrl: '',
			variables: {},
			currentNodeParameters: node.parameters,
		} as unknown as IWorkflowExecuteAdditionalData;
		const inputData = { main: [items] };
		const executeData: IExecuteData = { node, data: inputData, source: null };
		const context = new ExecuteContext(
			workflow,
			workflow.getNode(node.name) ?? node,
			additionalData,
			'manual',
			createRunExecutionData(),
			options.runIndex ?? 0,
			items,
			inputData,
			executeData,
			[],
			options.cancel,
		);
		const { helpers } = context as unknown as {
			helpers: Record<string, (this: unknown, ...request: unknown[]) => Promise<unknown>>;
		};
		const counted = async (work: () => Promise<unknown>) => {
			underWay++;
			try {
				return await work();
			} finally {
				underWay--;
			}
		};
		const { httpRequestWithAuthentication: send, httpRequest: sendPlain } = helpers;
		helpers.httpRequestWithAuthentication = async function (...request) {
			const { route = (url) => url, heard } = options;
			const [type, sent, ...more] = request as [string, IHttpRequestOptions];
			const answer = await counted(
				async () => await send.call(this, type, { ...sent, url: route(sent.url) }, ...more),
			);
			const { statusCode: status, body } = answer as { statusCode: number; body: unknown };
			const { method = 'GET', url } = sent;
			heard?.({ method, url, status, body, answeredAt: Date.now() });
			return answer;
		};
		// The node's own: what signs a request asks by another one.
		helpers.httpRequest = async function (...request) {
			const [sent] = request as [IHttpRequestOptions];
			const { storageRoute = onlyHere } = options;
			return await counted(
				async () => await sendPlain.call(this, { ...sent, url: storageRoute(sent.url) }),
			);
		};
		for (const level of ['info', 'warn', 'error'] as const) {
			context.logger[level] = (message) => void options.log?.push(message);
		}
		const output = await nodeType.execute?.call(context);
		options.hints?.push(...context.hints.map(({ message }) => message));
		if (!Array.isArray(output)) throw new Error('The node gave no items');
		return output[0];
	}

	return {
		runNode,
		nodeType,
		credentialType,
		toolType,
		/** Requests of the node that have no answer yet. */
		requestsUnderWay: () => underWay,
	};
}

/** Signs requests as the credential's own `authenticate` says, as n8n does. */
export function credentialsHelper(
	authenticate: unknown,
	credentials: ICredentialDataDecryptedObject,
): object {
	const resolveValue = (expression: unknown) =>
		String(expression).replace(/^=\{\{ \$credentials\.(\w+) \}\}$/, (_, field: string) => {
			const value = credentials[field];
			return typeof value === 'string' ? value : '';
		});
	const { auth } = (authenticate as IAuthenticateGeneric).properties;
	return {
		isCredentialUsableByNode: () => true,
		getParentTypes: () => [],
		preAuthentication: () => Promise.resolve(undefined),
		getDecrypted: () => Promise.resolve(credentials),
		authenticate: (_credentials: unknown, _type: string, request: IHttpRequestOptions) =>
			Promise.resolve({
				...request,
				auth: {
					username: resolveValue(auth?.username),
					password: resolveValue(auth?.password),
				},
			}),
	};
}

/** Parameters as n8n fills them in: the given ones, and the defaults of every field that is shown. */
export function withDefaults(nodeType: INodeType, parameters: INodeParameters): INodeParameters {
	return (
		NodeHelpers.getNodeParameters(
			nodeType.description.properties,
			parameters,
			true,
			false,
			{ typeVersion: 1 },
			nodeType.description,
		) ?? {}
	);
}
