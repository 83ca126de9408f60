import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { displayNames, shownFor } from '../form/fields';
import { ABSENT, ItemParameters, remembered } from '../form/parameters';
import { AgoraClient } from '../transport/client';
import { CREDENTIAL_TYPE, parseCredentials } from '../transport/credentials';
import {
	asHtml,
	cancelledError,
	credentialError,
	detailsOf,
	errorOf,
	errorToThrow,
	type ItemOutput,
	type ItemResult,
} from '../errors';
import { FileOutput, type ItemRun, type Operation, type Task } from './operation';
import { getMany as getManyChannels } from './channel/getMany.operation';
import { getUsers } from './channel/getUsers.operation';
import { getMany as getManyFiles } from './file/getMany.operation';
import { getPlaylist } from './file/getPlaylist.operation';
import { generate } from './rtcToken/generate.operation';
import { getAll } from './notificationServer/getAll.operation';
import { acquire } from './recording/acquire.operation';
import { query } from './recording/query.operation';
import { start } from './recording/start/start.operation';
import { stop } from './recording/stop.operation';
import { check } from './setup/check.operation';
import { update } from './recording/update.operation';
import { updateLayout } from './recording/updateLayout.operation';

/** Every operation of the node, by resource and operation. */
const OPERATIONS: Record<string, Record<string, Operation>> = {
	recording: { acquire, query, start, stop, update, updateLayout },
	file: { getMany: getManyFiles, getPlaylist },
	channel: { getMany: getManyChannels, getUsers },
	notificationServer: { getAll },
	rtcToken: { generate },
	setup: { check },
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
 * they run side by side, and the results keep the order of the items. What concerns all of them, such
 * as a credential that cannot be used, is an error of each: thrown, it would send every item out of
 * the success branch where the node is to go on.
 */
export async function router(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = this.getInputData();
	const warnings = new Map<string, number[]>();
	let results: Array<ItemResult | undefined>;
	try {
		const { operation, runs } = await begin(this, warnings);
		results = await runItems(runs, operation, this.continueOnFail());
		const hint = operation.hint?.(items.length);
		if (hint) showHint(this, hint);
	} catch (failure) {
		results = items.map(() => ({ failure }));
	}

	const failed = results.findIndex((result) => result !== undefined && 'failure' in result);
	if (failed >= 0 && !this.continueOnFail()) {
		throw errorToThrow(this, failed, results);
	}
	for (const message of warningTexts(warnings, items.length)) showHint(this, message);
	return [
		results.flatMap((result, item) =>
			result ? outputsOf(this, item, result).map((own) => ({ ...own, pairedItem: { item } })) : [],
		),
	];
}

const showHint = (context: IExecuteFunctions, message: string) =>
	context.addExecutionHints({ message: asHtml(message), location: 'outputPane', type: 'warning' });

/**
 * The chosen operation, and what it needs for each item.
 *
 * @throws NodeOperationError when there is no such operation, or the credential cannot be used
 */
async function begin(context: IExecuteFunctions, warnings: Map<string, number[]>) {
	const node = context.getNode();
	const resource = context.getNodeParameter('resource', 0);
	const operationName = context.getNodeParameter('operation', 0);
	const operation = OPERATIONS[resource]?.[operationName];
	if (!operation) {
		throw new NodeOperationError(
			node,
			`The operation '${operationName}' of '${resource}' does not exist`,
		);
	}
	const credentials = parseCredentials(await context.getCredentials(CREDENTIAL_TYPE));
	if ('refusal' in credentials) throw credentialError(node, credentials.refusal);
	const client = new AgoraClient(context, credentials);
	const names = displayNames(operation.fields, node);
	// The same for all items; worked out once, because n8n's expressions take their time.
	const runIndex = Number(context.evaluateExpression('{{ $runIndex }}', 0));
	const runs = context.getInputData().map(({ json }, itemIndex): ItemRun => {
		const parameters = new ItemParameters({
			node,
			itemIndex,
			valueOf: remembered((name) => context.getNodeParameter(name, itemIndex, ABSENT)),
			names,
			prefix: '',
			title: '',
		});
		const warn = (message: string) => {
			warnings.set(message, [...(warnings.get(message) ?? []), itemIndex]);
		};
		return { context, itemIndex, runIndex, input: json, parameters, credentials, client, warn };
	});
	return { operation, runs };
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
	return left > 0 ? [...texts.slice(0, SHOWN_WARNINGS), `${left} more warnings like this`] : texts;
}

/**
 * None is begun once the user has cancelled: n8n runs a node that is to retry again all the same.
 *
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
	const tasks: Array<{ run: ItemRun; task: Task }> = [];
	for (const run of runs) {
		try {
			tasks.push({ run, task: await operation.prepare(run) });
		} catch (failure) {
			results[run.itemIndex] = { failure };
		}
	}
	if (!goOn && tasks.length < runs.length) return results;

	let halted = false;
	const queue = tasks.values();
	const worker = async () => {
		for (const { run, task } of queue) {
			if (halted || run.client.cancelled) return;
			try {
				results[run.itemIndex] = { output: asOutputs(await task.execute()) };
			} catch (failure) {
				results[run.itemIndex] = { failure };
				halted = !goOn;
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(CONCURRENCY, tasks.length) }, worker));

	if (runs.some(({ client }) => client.cancelled)) {
		// n8n drops output and errors of a cancelled node: what runs is ended, nobody will hold it.
		await Promise.all(
			tasks.map(async ({ run, task }) => {
				const over = await task.abandon?.();
				const result = results[run.itemIndex];
				if (!over || !result) return;
				const ran = 'output' in result || detailsOf(result.failure).mayRun === true;
				if (ran) results[run.itemIndex] = { failure: cancelledError(run.context, run.itemIndex) };
			}),
		);
	}
	return results;
}

/** What an operation returned, as n8n wants it. */
const asOutputs = (output: Awaited<ReturnType<Task['execute']>>): ItemOutput[] =>
	(Array.isArray(output) ? output : [output]).map((own) =>
		own instanceof FileOutput ? { json: own.json, binary: own.binary } : { json: own },
	);

function outputsOf(context: IExecuteFunctions, item: number, result: ItemResult): ItemOutput[] {
	if ('output' in result) return result.output;
	const error = errorOf(context, item, result.failure);
	// One key only: with more, n8n 1.123 would send the item out of the success branch.
	return [
		{
			json: {
				error: {
					message: error.message,
					description: error.description,
					details: detailsOf(error),
				},
			},
		},
	];
}
