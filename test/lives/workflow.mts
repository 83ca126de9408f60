import {
	NodeConnectionTypes,
	type IConnections,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { NODE_TYPE } from '../support/host.mts';
import { acquireForm, inputItems, startForm, stepForm } from './forms.mts';
import type { Life } from './life.mts';

/** The workflow of a life, and the nodes in it that are n8n's. */

/** Names of node types that stand for n8n's own. */
const ITEMS = 'items';
const WAIT = 'wait';
const RESTART = 'restart';
const AGAIN = 'again';
const AGENT = 'agent';

/** The nodes of a life's workflow, and how they are connected. */
export function workflowOf(life: Life): { nodes: INode[]; connections: IConnections } {
	const nodes: INode[] = [node(ITEMS, ITEMS, {})];
	const connections: IConnections = {};
	let [last] = nodes;
	/** A branch of its own: what is chained after it has the same items. */
	const branch = (next: INode): void => {
		const [first, ...others] = connections[last.name]?.main ?? [];
		const link = { node: next.name, type: NodeConnectionTypes.Main, index: 0 };
		connections[last.name] = { main: [[...(first ?? []), link], ...others] };
		nodes.push(next);
	};
	const chain = (next: INode): void => {
		branch(next);
		last = next;
	};
	const { onError, tries, tool } = life.node;
	const settings = {
		onError,
		...(tries > 1 && { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 }),
	};
	const ours = (name: string, parameters: INodeParameters): INode =>
		node(name, NODE_TYPE, parameters, {
			...settings,
			credentials: { agoraApi: { id: '1', name: 'Agora' } },
		});
	if (tool) {
		const start: INode = { ...ours('Start', startForm(life)), type: `${NODE_TYPE}Tool` };
		chain(node('Agent', AGENT, {}));
		connections.Start = {
			ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]],
		};
		return { nodes: [...nodes, start], connections };
	}
	if (life.start.acquiredBefore) chain(ours('Acquire', acquireForm(life)));
	chain(ours('Start', startForm(life)));
	life.steps.forEach((step, i) => {
		const name = `${i + 1} ${step.do}`;
		if (step.do === 'wait') chain(node(name, WAIT, { seconds: step.seconds }));
		else if (step.do === 'restart') chain(node(name, RESTART, {}));
		else if (step.do === 'again') {
			if (nodes.some(({ type }) => type === AGAIN)) return;
			chain(node(name, AGAIN, {}));
			connections[name] = {
				main: [[], [{ node: nodes[1].name, type: NodeConnectionTypes.Main, index: 0 }]],
			};
		} else if (step.do === 'getMany' || step.do === 'getPlaylist') {
			branch(ours(name, stepForm(life, step)));
		} else if (step.do !== 'updateLayout' || life.mode === 'mix') {
			chain(ours(name, stepForm(life, step)));
		}
	});
	return { nodes, connections };
}

/** What the nodes of a life do outside of themselves. */
export interface Backstage {
	/** Waits in virtual time, unless the execution is cancelled meanwhile. */
	wait: (seconds: number, context: IExecuteFunctions) => Promise<void>;
	/** The execution goes on in another process. */
	restart: () => void;
	/** The node under test, as the process has it in which the execution is. */
	ours: (tool: boolean) => INodeType;
}

/** n8n's nodes of a life, and ours. */
export function nodeTypesOf(life: Life, backstage: Backstage): INodeTypes {
	const items = inputItems(life);
	let rounds = 0;
	const types: Record<string, INodeType> = {
		[ITEMS]: simple(ITEMS, () => Promise.resolve([items.map((json) => ({ json }))])),
		[WAIT]: simple(
			WAIT,
			async (context) => {
				await backstage.wait(Number(context.getNodeParameter('seconds', 0)), context);
				return [context.getInputData()];
			},
			[{ displayName: 'Seconds', name: 'seconds', type: 'number', default: 0 }],
		),
		[RESTART]: simple(RESTART, (context) => {
			backstage.restart();
			return Promise.resolve([context.getInputData()]);
		}),
		[AGAIN]: simple(
			AGAIN,
			(context) => {
				rounds++;
				const first = items.map((json, item) => ({ json, pairedItem: { item } }));
				return Promise.resolve(rounds > 1 ? [context.getInputData(), []] : [[], first]);
			},
			[],
			{ outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main] },
		),
		[AGENT]: simple(AGENT, agent, [], {
			inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		}),
	};
	const typeOf = (name: string): INodeType => types[name] ?? ours(name.endsWith('Tool'));
	const ours = (tool: boolean): INodeType => {
		const nodeType = backstage.ours(tool);
		const asTool = {
			name: 'agoraCloudRecordingTool',
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		};
		return tool ? { ...nodeType, description: { ...nodeType.description, ...asTool } } : nodeType;
	};
	return { getByName: typeOf, getByNameAndVersion: typeOf, getKnownTypes: () => ({}) };
}

/** As n8n's agent does it: an error is what the model is told. */
async function agent(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const tools = (await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Array<{
		invoke: (given: object) => Promise<unknown>;
	}>;
	try {
		return [[{ json: { output: (await tools[0].invoke({})) as string } }]];
	} catch (thrown) {
		return [[{ json: { output: (thrown as Error).message } }]];
	}
}

const node = (name: string, type: string, parameters: INodeParameters, more = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
	...more,
});

/** A node type of the harness. */
function simple(
	name: string,
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
	properties: INodeType['description']['properties'] = [],
	more: Partial<INodeType['description']> = {},
): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: name,
			defaults: { name },
			inputs: name === ITEMS ? [] : [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties,
			...more,
		},
		async execute() {
			return await execute(this);
		},
	};
}
