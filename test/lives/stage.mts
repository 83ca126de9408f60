import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	NodeConnectionTypes,
	Workflow,
	type IConnections,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type ITaskData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { textOf } from '../support/failures.mts';
import { credentialsHelper, NODE_TYPE } from '../support/host.mts';
import type { VirtualTime } from '../support/virtualTime.mts';
import { acquireForm, inputItems, startForm, stepForm } from './forms.mts';
import type { Life } from './life.mts';
import type { NodeProcess } from './process.mts';
import type { ErrorTold, ExecutionTold, Leaving, LogLine, NodeRun } from './told.mts';
import type { Send, Wire } from './wire.mts';

/** Virtual time that n8n waits between two tries, by default. */
const BETWEEN_TRIES_MS = 1000;

const ITEMS = 'items';
const WAIT = 'wait';
const RESTART = 'restart';
const AGAIN = 'again';
const AGENT = 'agent';

/** What an execution of the workflow needs. */
export interface Surroundings {
	life: Life;
	name: string;
	/** Unique, as n8n's execution IDs are. */
	id: string;
	time: VirtualTime;
	wire: Wire;
	credentials: ICredentialDataDecryptedObject | undefined;
	/** The processes that it can run in; a restart leads to the next one. */
	processes: readonly NodeProcess[];
	/** The one that it begins in. */
	process: number;
	log: LogLine[];
	/** The order of what happens at the same time. */
	next: () => number;
}

/** n8n runs the workflow of a life; its own engine does the retries, the branches, the cancelling. */
export class Execution {
	/** The process was killed: nothing of it goes on. */
	dead = false;
	process: number;
	cancelledAt: number | undefined;
	/** Whether it came to its end by itself. */
	finished = false;
	/** Whether n8n itself is at work, and not a node that may wait for time. */
	busy = true;
	/** What n8n keeps; set when it has ended, was cancelled or killed. */
	told: ExecutionTold | undefined;
	readonly ended: Promise<void>;
	/** Is done once it was killed. */
	readonly killed: Promise<void>;
	private die: () => void = () => undefined;
	private readonly runs: NodeRun[] = [];
	private readonly attempts = new Map<string, { run: NodeRun; tries: number }>();
	private readonly engine: WorkflowExecute;
	private cancelEngine: () => void = () => undefined;

	private readonly around: Surroundings;

	constructor(around: Surroundings) {
		this.around = around;
		this.killed = new Promise((resolve) => (this.die = resolve));
		this.process = around.process;
		const { nodes, connections } = this.workflowNodes();
		const workflow = new Workflow({
			id: 'workflow',
			name: 'Lessons',
			nodes,
			connections,
			active: false,
			nodeTypes: this.nodeTypes(),
			settings: { executionOrder: 'v1' },
		});
		const [{ credentialType }] = around.processes;
		const additionalData = {
			executionId: around.id,
			credentialsHelper: this.credentialsHelper(credentialType.authenticate),
			webhookWaitingBaseUrl: 'http://127.0.0.1/webhook-waiting',
			formWaitingBaseUrl: 'http://127.0.0.1/form-waiting',
			restApiUrl: '',
			instanceBaseUrl: '',
			variables: {},
			currentNodeExecutionIndex: 0,
			hooks: new ExecutionLifecycleHooks('manual', around.id, {
				id: 'workflow',
				name: 'Lessons',
				nodes,
				connections,
				active: false,
				isArchived: false,
				createdAt: new Date(0),
				updatedAt: new Date(0),
				activeVersionId: null,
			}),
		} as unknown as IWorkflowExecuteAdditionalData;
		this.engine = new WorkflowExecute(additionalData, 'manual');
		const run = this.engine.run({ workflow, startNode: nodes[0] });
		this.cancelEngine = () => run.cancel();
		this.ended = run.then(
			(result) => {
				this.busy = false;
				this.finished = true;
				this.conclude(
					result.data.resultData.error ? 'error' : 'success',
					result.data.resultData.runData,
				);
			},
			() => {
				this.busy = false;
				this.finished = true;
			},
		);
	}

	/** The user, or the workflow's time-out, cancels. n8n keeps what it has by then. */
	cancel(): void {
		if (this.told) return;
		this.cancelledAt = this.around.time.now();
		const data = structuredClone(this.plainRunData());
		this.conclude('cancelled', data);
		this.cancelEngine();
	}

	/** The process is gone: what n8n stored of earlier nodes and the log are all there is. */
	kill(): void {
		if (this.dead) return;
		this.dead = true;
		this.busy = false;
		this.conclude('killed', structuredClone(this.plainRunData()));
		this.die();
	}

	/** It never came to an end. */
	giveUp(): void {
		this.conclude('endless', structuredClone(this.plainRunData()));
		this.dead = true;
		this.busy = false;
	}

	/** Errors of n8n's hold what cannot be cloned. */
	private plainRunData(): Record<string, ITaskData[]> {
		const { runData } = this.engine.getFullRunData(new Date()).data.resultData;
		return JSON.parse(JSON.stringify(runData, plainly)) as Record<string, ITaskData[]>;
	}

	/** Takes down what n8n keeps of each run. */
	private conclude(status: ExecutionTold['status'], data: Record<string, ITaskData[]> = {}): void {
		if (this.told) {
			this.told.endedAt = this.around.time.now();
			// Cancelled, and killed before it came to its end.
			if (status === 'killed') Object.assign(this.told, { status, killedAt: this.told.endedAt });
			return;
		}
		const counts = new Map<string, number>();
		for (const run of this.runs) {
			const index = counts.get(run.node) ?? 0;
			counts.set(run.node, index + 1);
			if (run.tool) continue;
			const task = data[run.node]?.[index];
			if (!task) continue;
			run.kept = true;
			takeDown(run, task);
		}
		for (const run of this.runs.filter(({ tool }) => tool)) this.takeDownTool(run, data);
		this.told = {
			name: this.around.name,
			status,
			...(this.cancelledAt !== undefined && { cancelledAt: this.cancelledAt }),
			...(status === 'killed' && { killedAt: this.around.time.now() }),
			endedAt: this.around.time.now(),
			runs: this.runs,
		};
	}

	/** n8n keeps each try of a tool as a run of its own. */
	private takeDownTool(run: NodeRun, data: Record<string, ITaskData[]>): void {
		const tasks = data[run.node] ?? [];
		for (const { data: output, error } of tasks) {
			if (error) {
				run.kept = true;
				run.thrown = errorTold(error);
			}
			const answered = output?.ai_tool?.[0] ?? [];
			for (const { json } of answered) {
				const { response } = json;
				if (!Array.isArray(response)) continue;
				run.kept = true;
				delete run.thrown;
				run.success.push(...response.map((one) => ({ json: one as IDataObject, paired: [0] })));
			}
		}
		// Of a try that was cut off nothing is kept; what earlier ones said counts no more.
		if (run.tries.at(-1)?.to === undefined) {
			run.kept = false;
			delete run.thrown;
		}
	}

	private workflowNodes(): { nodes: INode[]; connections: IConnections } {
		const { life } = this.around;
		const nodes: INode[] = [node(ITEMS, ITEMS, {})];
		const connections: IConnections = {};
		const chain = (next: INode): void => {
			const previous = nodes[nodes.length - 1];
			connections[previous.name] = {
				main: [[{ node: next.name, type: NodeConnectionTypes.Main, index: 0 }]],
			};
			nodes.push(next);
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
			} else if (step.do !== 'updateLayout' || life.mode === 'mix') {
				chain(ours(name, stepForm(life, step)));
			}
		});
		return { nodes, connections };
	}

	private nodeTypes(): INodeTypes {
		const { around } = this;
		const items = inputItems(around.life);
		const wait = async (context: IExecuteFunctions) => {
			const given = context.getInputData();
			this.busy = false;
			const end = around.time.now() + Number(context.getNodeParameter('seconds', 0)) * 1000;
			while (around.time.now() < end && !context.getExecutionCancelSignal()?.aborted) {
				await around.time.after(Math.min(1000, end - around.time.now()));
			}
			this.busy = true;
			return [given];
		};
		let rounds = 0;
		const types: Record<string, INodeType> = {
			[ITEMS]: simple(ITEMS, () => Promise.resolve([items.map((json) => ({ json }))])),
			[WAIT]: simple(WAIT, wait, [
				{ displayName: 'Seconds', name: 'seconds', type: 'number', default: 0 },
			]),
			[RESTART]: simple(RESTART, (context) => {
				this.process = Math.min(this.process + 1, around.processes.length - 1);
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
			[AGENT]: simple(AGENT, (context) => this.agent(context), [], {
				inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
			}),
		};
		const typeOf = (name: string): INodeType => {
			const known = types[name];
			if (known) return known;
			const tool = name.endsWith('Tool');
			const { nodeType } = around.processes[this.process];
			return {
				...nodeType,
				description: {
					...nodeType.description,
					...(tool && {
						name: 'agoraCloudRecordingTool',
						inputs: [],
						outputs: [NodeConnectionTypes.AiTool],
					}),
				},
				execute: this.tapped(tool),
			};
		};
		return {
			getByName: typeOf,
			getByNameAndVersion: typeOf,
			getKnownTypes: () => ({}),
		};
	}

	/** As n8n's agent does it: an error is what the model is told. */
	private async agent(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const tools = (await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Array<{
			invoke: (given: object) => Promise<unknown>;
		}>;
		try {
			return [[{ json: { output: (await tools[0].invoke({})) as string } }]];
		} catch (thrown) {
			return [[{ json: { output: (thrown as Error).message } }]];
		}
	}

	private credentialsHelper(authenticate: unknown): object {
		const { credentials } = this.around;
		const helper = credentialsHelper(authenticate, credentials ?? {});
		return credentials
			? helper
			: {
					...helper,
					getDecrypted: () => Promise.reject(new Error('Credential with ID "1" does not exist')),
				};
	}

	/** The node's own `execute`, with its requests, its log and its beginning and end listened to. */
	private tapped(tool: boolean): NonNullable<INodeType['execute']> {
		const execution = this as Execution;
		const { around } = this;
		const { attempts } = this;
		return async function (this: IExecuteFunctions) {
			const { name, parameters, onError } = this.getNode();
			// Of a tool each try has a run index of its own.
			const runIndex = tool ? 0 : Number(this.evaluateExpression('{{ $runIndex }}', 0));
			const key = `${name} ${runIndex}`;
			const known = attempts.get(key) ?? { run: undefined, tries: 0 };
			known.tries++;
			const run: NodeRun = known.run ?? {
				execution: around.name,
				node: name,
				runIndex,
				operation: textOf(parameters.operation),
				input: this.getInputData().map(({ json }) => structuredClone(json)),
				tries: [],
				success: [],
				errors: [],
				hints: [],
				kept: false,
				tool,
				goesOn: onError === 'continueRegularOutput' || onError === 'continueErrorOutput',
			};
			if (!known.run) execution.runs.push(run);
			attempts.set(key, { run, tries: known.tries });
			execution.busy = false;
			try {
				if (known.tries > 1) await around.time.after(BETWEEN_TRIES_MS);
				const attempt: NodeRun['tries'][number] = {
					order: around.next(),
					from: around.time.now(),
				};
				run.tries.push(attempt);
				execution.listen(this, { node: name, runIndex, attempt: known.tries });
				const { nodeType } = around.processes[execution.process];
				try {
					const output = (await nodeType.execute?.call(this)) as INodeExecutionData[][];
					run.hints = this instanceof Object && 'hints' in this ? hintsOf(this.hints) : [];
					return output;
				} catch (thrown) {
					attempt.failed = true;
					throw thrown;
				} finally {
					if (!execution.dead) attempt.to = around.time.now();
				}
			} finally {
				execution.busy = !execution.dead;
			}
		};
	}

	private listen(
		context: IExecuteFunctions,
		who: { node: string; runIndex: number; attempt: number },
	): void {
		const { around } = this;
		const { helpers } = context as unknown as { helpers: { httpRequestWithAuthentication: Send } };
		const send = helpers.httpRequestWithAuthentication;
		const sender = { execution: this, ...who };
		helpers.httpRequestWithAuthentication = async function (type, options) {
			return await around.wire.send(sender, send, this, type, options);
		};
		const write = (level: LogLine['level']) => (text: string, more?: object) => {
			if (this.dead) return;
			around.log.push({
				order: around.next(),
				at: around.time.now(),
				level,
				text,
				more: more ? JSON.stringify(more, plainly) : '',
				execution: around.name,
			});
		};
		const logger: IExecuteFunctions['logger'] = {
			error: write('error'),
			warn: write('warn'),
			info: write('info'),
			debug: write('debug'),
		};
		Object.defineProperty(context, 'logger', { value: logger });
	}

	get name(): string {
		return this.around.name;
	}
}

const hintsOf = (hints: unknown): string[] =>
	Array.isArray(hints) ? hints.map(({ message }: { message: string }) => message) : [];

/** For JSON: an error with all that n8n would store of it. */
function plainly(_key: string, value: unknown): unknown {
	return value instanceof Error
		? { ...value, node: undefined, name: value.name, message: value.message, stack: value.stack }
		: value;
}

function takeDown(run: NodeRun, { data, error }: ITaskData): void {
	if (error) run.thrown = errorTold(error);
	const [success, errors] = data?.main ?? [];
	run.success = (success ?? []).map(leaving);
	run.errors = (errors ?? []).map(leaving);
}

function leaving({ json, pairedItem }: INodeExecutionData): Leaving {
	const links = pairedItem === undefined ? undefined : [pairedItem].flat();
	return {
		json: structuredClone(json),
		...(links && { paired: links.map((link) => (typeof link === 'number' ? link : link.item)) }),
	};
}

function errorTold(error: object): ErrorTold {
	const { message, description, context } = error as {
		message?: string;
		description?: string;
		context?: IDataObject;
	};
	return {
		message: message ?? '',
		description: description ?? '',
		details: (context?.details ?? {}) as IDataObject,
		runningRecordings: (context?.runningRecordings ?? []) as IDataObject[],
		// n8n itself keeps the node with every error, and with it what was typed into its form.
		stored: JSON.stringify({ ...error, node: undefined }, plainly),
	};
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
