import type { IDataObject, INodeExecutionData, ITaskData } from 'n8n-workflow';
import type { ErrorTold, Leaving, NodeRun } from './told.mts';

/** What n8n keeps of a run of a node. */

export type RunData = Record<string, ITaskData[]>;

/** For JSON: an error with all that n8n would store of it. */
export function plainly(_key: string, value: unknown): unknown {
	return value instanceof Error
		? { ...value, node: undefined, name: value.name, message: value.message, stack: value.stack }
		: value;
}

export function takeDown(run: NodeRun, { data, error }: ITaskData): void {
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

/** n8n keeps each try of a tool as a run of its own. */
export function takeDownTool(run: NodeRun, data: RunData): void {
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
