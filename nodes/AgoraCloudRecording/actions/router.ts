import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	JsonObject,
} from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { RUNNING_OUTCOMES } from '../agora/outcomes';
import { shownFor } from '../fields/form';
import { AgoraClient } from '../transport/client';
import { readCredentials } from '../transport/credentials';
import type { ItemRun, Operation } from './operation';
import { ItemParameters } from './parameters';
import { acquire } from './recording/acquire.operation';
import { query } from './recording/query.operation';
import { start } from './recording/start.operation';
import { stop } from './recording/stop.operation';

/** Every operation of the node, by resource and operation. */
const OPERATIONS: Record<string, Record<string, Operation>> = {
	recording: { acquire, query, start, stop },
};

/** The fields of all operations, each shown for its own. */
export const operationFields: INodeProperties[] = Object.entries(OPERATIONS).flatMap(
	([resource, operations]) =>
		Object.entries(operations).flatMap(([operation, { fields }]) =>
			shownFor({ resource: [resource], operation: [operation] }, fields),
		),
);

/** Items at work at the same time; the rate limit, not this, decides how fast they go. */
const CONCURRENCY = 100;

type ItemResult = { output: IDataObject } | { failure: unknown };

/**
 * Runs the chosen operation for every item: all are checked before the first request is sent, then
 * they run side by side, and the results keep the order of the items.
 */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const resource = this.getNodeParameter('resource', 0);
	const operationName = this.getNodeParameter('operation', 0);
	const operation = OPERATIONS[resource]?.[operationName];
	if (!operation) {
		throw new NodeOperationError(
			this.getNode(),
			`The operation '${operationName}' of '${resource}' does not exist`,
		);
	}
	const client = new AgoraClient(this, await readCredentials(this));
	const runs = items.map(({ json }, itemIndex): ItemRun => {
		const parameters = new ItemParameters(this, itemIndex, operation.fields);
		return { context: this, itemIndex, input: json, parameters, client };
	});

	const results = await runItems(runs, operation, this.continueOnFail());
	if (client.cancelled) await abandonAll(runs, operation, results);

	const failed = results.findIndex((result) => result !== undefined && 'failure' in result);
	if (failed >= 0 && !this.continueOnFail()) {
		throw nodeError(this, failed, results[failed], runningRecordings(results));
	}
	const hint = operation.hint?.(items.length);
	if (hint) this.addExecutionHints({ message: hint, location: 'outputPane' });
	return [
		results.flatMap((result, item) =>
			result ? [{ json: itemJson(this, item, result), pairedItem: { item } }] : [],
		),
	];
}

/**
 * @param goOn whether an item that fails leaves the others alone. Otherwise nothing is sent when one
 *   cannot be right, and no new item is begun once one has failed; those in flight come to their end.
 * @returns one result an item, undefined for those that were not begun
 */
async function runItems(
	runs: ItemRun[],
	operation: Operation,
	goOn: boolean,
): Promise<Array<ItemResult | undefined>> {
	const results: Array<ItemResult | undefined> = runs.map(() => undefined);
	const tasks = runs.flatMap((run) => {
		try {
			return [{ item: run.itemIndex, execute: operation.prepare(run) }];
		} catch (failure) {
			results[run.itemIndex] = { failure };
			return [];
		}
	});
	if (!goOn && tasks.length < runs.length) return results;

	let halted = false;
	const queue = tasks.values();
	const worker = async () => {
		for (const { item, execute } of queue) {
			if (halted) return;
			try {
				results[item] = { output: await execute() };
			} catch (failure) {
				results[item] = { failure };
				halted = !goOn;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(CONCURRENCY, tasks.length) }, worker));
	return results;
}

/** n8n drops the output of a cancelled node: what runs is ended, because nobody will hold it. */
async function abandonAll(
	runs: ItemRun[],
	operation: Operation,
	results: Array<ItemResult | undefined>,
): Promise<void> {
	await Promise.all(
		results.map(async (result, item) => {
			if (result && 'output' in result) await operation.abandon?.(runs[item], result.output);
		}),
	);
}

const isKnownError = (failure: unknown): failure is NodeApiError | NodeOperationError =>
	failure instanceof Error && ['NodeApiError', 'NodeOperationError'].includes(failure.name);

function itemJson(context: IExecuteFunctions, item: number, result: ItemResult): IDataObject {
	if ('output' in result) return result.output;
	const error = nodeError(context, item, result, []);
	const details = (error.context.details ?? {}) as IDataObject;
	return {
		error: error.message,
		details: { ...(error.description && { description: error.description }), ...details },
	};
}

/** Recordings among the results that run, or may run. */
function runningRecordings(results: Array<ItemResult | undefined>): IDataObject[] {
	return results.flatMap((result) =>
		result &&
		'output' in result &&
		RUNNING_OUTCOMES.some((known) => known === result.output.outcome)
			? [pickIdentity(result.output)]
			: [],
	);
}

const pickIdentity = ({ mode, cname, uid, resourceId, sid }: IDataObject): IDataObject => ({
	mode,
	cname,
	uid,
	resourceId,
	sid,
});

/**
 * The error to throw, or to show in the item. n8n drops the output of every item when the node
 * throws: so the error names each recording that other items have started and that goes on.
 */
function nodeError(
	context: IExecuteFunctions,
	itemIndex: number,
	result: ItemResult | undefined,
	running: IDataObject[],
): NodeApiError | NodeOperationError {
	const failure = result && 'failure' in result ? result.failure : undefined;
	const error = isKnownError(failure)
		? failure
		: new NodeApiError(
				context.getNode(),
				{ message: failure instanceof Error ? failure.message : 'Unknown' } as JsonObject,
				{
					itemIndex,
					message: failure instanceof Error ? failure.message : 'Something unexpected happened',
				},
			);
	if (running.length > 0) {
		const list = running.map(({ cname, uid, resourceId, sid }) =>
			[`cname: ${String(cname)}`, `uid: ${String(uid)}`, `resourceId: ${String(resourceId)}`]
				.concat(`sid: ${String(sid)}`)
				.join(', '),
		);
		error.description = [
			error.description,
			`These recordings of other items are running: ${list.join(' | ')}`,
		]
			.filter(Boolean)
			.join(' ');
		error.context.runningRecordings = running;
	}
	return error;
}
