import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { textOf } from '../support/failures.mts';
import { credentialsHelper } from '../support/host.mts';
import type { VirtualTime } from '../support/virtualTime.mts';
import { plainly, takeDown, takeDownTool, type RunData } from './kept.mts';
import type { Life } from './life.mts';
import type { NodeProcess } from './process.mts';
import type { ExecutionTold, LogLine, NodeRun } from './told.mts';
import type { PlainSend, StorageWire } from './storageWire.mts';
import type { Send, Wire } from './wire.mts';
import { nodeTypesOf, workflowOf } from './workflow.mts';

/** Virtual time that n8n waits between two tries, by default. */
const BETWEEN_TRIES_MS = 1000;

/** What an execution of the workflow needs. */
export interface Surroundings {
	life: Life;
	name: string;
	/** Unique, as n8n's execution IDs are. */
	id: string;
	time: VirtualTime;
	wire: Wire;
	storageWire: StorageWire;
	/** Is told of what a node hands out, by which run; time stands still meanwhile. */
	handedOut: (jsons: readonly IDataObject[], run: NodeRun) => Promise<void>;
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
		const { nodes, connections } = workflowOf(around.life);
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
	private plainRunData(): RunData {
		const { runData } = this.engine.getFullRunData(new Date()).data.resultData;
		return JSON.parse(JSON.stringify(runData, plainly)) as RunData;
	}

	/** Takes down what n8n keeps of each run. */
	private conclude(status: ExecutionTold['status'], data: RunData = {}): void {
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
		for (const run of this.runs.filter(({ tool }) => tool)) takeDownTool(run, data);
		this.told = {
			name: this.around.name,
			status,
			...(this.cancelledAt !== undefined && { cancelledAt: this.cancelledAt }),
			...(status === 'killed' && { killedAt: this.around.time.now() }),
			endedAt: this.around.time.now(),
			runs: this.runs,
		};
	}

	private nodeTypes(): INodeTypes {
		const { life, processes, time } = this.around;
		return nodeTypesOf(life, {
			wait: async (seconds, context) => {
				this.busy = false;
				const end = time.now() + seconds * 1000;
				while (time.now() < end && !context.getExecutionCancelSignal()?.aborted) {
					await time.after(Math.min(1000, end - time.now()));
				}
				this.busy = true;
			},
			restart: () => {
				this.process = Math.min(this.process + 1, processes.length - 1);
			},
			ours: (tool) => ({ ...processes[this.process].nodeType, execute: this.tapped(tool) }),
		});
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
					if (!execution.dead) {
						execution.busy = true;
						await around.handedOut(
							output.flat().map(({ json }) => json),
							run,
						);
					}
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
		const { helpers } = context as unknown as {
			helpers: {
				httpRequestWithAuthentication: Send;
				httpRequest: PlainSend;
				prepareBinaryData: (...file: unknown[]) => Promise<unknown>;
			};
		};
		const {
			httpRequestWithAuthentication: send,
			httpRequest: sendPlain,
			prepareBinaryData,
		} = helpers;
		const sender = { execution: this, ...who };
		helpers.httpRequestWithAuthentication = async function (type, options) {
			return await around.wire.send(sender, send, this, type, options);
		};
		helpers.httpRequest = async (options) =>
			await around.storageWire.send(sender, sendPlain, options);
		helpers.prepareBinaryData = async (...file) =>
			await around.wire.oneByOne(async () => await prepareBinaryData(...file));
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
