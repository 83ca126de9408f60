import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { displayNames, shownFor } from '../fields/form';
import { AgoraClient } from '../transport/client';
import { readCredentials } from '../transport/credentials';
import { detailsOf, errorOf, errorToThrow, type ItemResult } from './failures';
import type { ItemRun, Operation } from './operation';
import { generate } from './rtcToken/generate.operation';
import { ABSENT, ItemParameters, remembered } from './parameters';
import { getAll } from './notificationServer/getAll.operation';
import { acquire } from './recording/acquire.operation';
import { query } from './recording/query.operation';
import { start } from './recording/start.operation';
import { stop } from './recording/stop.operation';
import { update } from './recording/update.operation';
import { updateLayout } from './recording/updateLayout.operation';

/** Every operation of the node, by resource and operation. */
const OPERATIONS: Record<string, Record<string, Operation>> = {
	recording: { acquire, query, start, stop, update, updateLayout },
	notificationServer: { getAll },
	rtcToken: { generate },
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
	const node = this.getNode();
	const names = displayNames(operation.fields, node);
	// The same for all items; worked out once, because n8n's expressions take their time.
	const runIndex = Number(this.evaluateExpression('{{ $runIndex }}', 0));
	const warnings = new Map<string, number[]>();
	const runs = items.map(({ json }, itemIndex): ItemRun => {
		const parameters = new ItemParameters({
			node,
			itemIndex,
			valueOf: remembered((name) => this.getNodeParameter(name, itemIndex, ABSENT)),
			names,
			prefix: '',
			title: '',
		});
		const warn = (message: string) => {
			warnings.set(message, [...(warnings.get(message) ?? []), itemIndex]);
		};
		return { context: this, itemIndex, runIndex, input: json, parameters, client, warn };
	});

	const results = await runItems(runs, operation, this.continueOnFail());
	if (client.cancelled) await abandonAll(runs, operation, results);

	const failed = results.findIndex((result) => result !== undefined && 'failure' in result);
	if (failed >= 0 && !this.continueOnFail()) {
		throw errorToThrow(this, failed, results);
	}
	const hint = operation.hint?.(items.length);
	for (const message of [...(hint ? [hint] : []), ...warningTexts(warnings, items.length)]) {
		this.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
	return [
		results.flatMap((result, item) =>
			result ? itemJsons(this, item, result).map((json) => ({ json, pairedItem: { item } })) : [],
		),
	];
}

/** Different warnings that are shown; the others are counted. */
const SHOWN_WARNINGS = 5;

/** Warnings with the items that they are about, where they are not about all. */
function warningTexts(warnings: Map<string, number[]>, items: number): string[] {
	const texts = [...warnings].map(([message, about]) =>
		about.length === items
			? message
			: `Item ${about.slice(0, SHOWN_WARNINGS).join(', ')}${about.length > SHOWN_WARNINGS ? ', …' : ''}: ${message}`,
	);
	const left = texts.length - SHOWN_WARNINGS;
	return left > 0
		? [...texts.slice(0, SHOWN_WARNINGS), `${left} more warnings of this kind`]
		: texts;
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
	const tasks: Array<{ item: number; execute: Awaited<ReturnType<Operation['prepare']>> }> = [];
	for (const run of runs) {
		try {
			tasks.push({ item: run.itemIndex, execute: await operation.prepare(run) });
		} catch (failure) {
			results[run.itemIndex] = { failure };
		}
	}
	if (!goOn && tasks.length < runs.length) return results;

	let halted = false;
	const queue = tasks.values();
	const worker = async () => {
		for (const { item, execute } of queue) {
			if (halted) return;
			try {
				const output = await execute();
				results[item] = { output: Array.isArray(output) ? output : [output] };
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
			if (!result || !('output' in result)) return;
			for (const output of result.output) await operation.abandon?.(runs[item], output);
		}),
	);
}

function itemJsons(context: IExecuteFunctions, item: number, result: ItemResult): IDataObject[] {
	if ('output' in result) return result.output;
	const error = errorOf(context, item, result.failure);
	// One key only: with more, n8n 1.123 would send the item out of the success branch.
	return [
		{
			error: { message: error.message, description: error.description, details: detailsOf(error) },
		},
	];
}
