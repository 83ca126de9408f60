import type { IDataObject, IExecuteFunctions, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { RecordingIdentity } from '../agora/identity';
import { RUNNING_OUTCOMES } from '../agora/answers/outcomes';
import { asHtml, identityText, operationError } from '../transport/errors';
import type { ItemRun } from './operation';

/** What an item came to. */
export type ItemResult = { output: IDataObject[] } | { failure: unknown };

type NodeError = NodeApiError | NodeOperationError;

const isKnownError = (failure: unknown): failure is NodeError =>
	failure instanceof Error && ['NodeApiError', 'NodeOperationError'].includes(failure.name);

/** What an error carries beside its text; see `ErrorDetails`. */
export const detailsOf = (failure: unknown): IDataObject =>
	isKnownError(failure) ? ((failure.context.details ?? {}) as IDataObject) : {};

/** What an item comes to that the user cancelled, and of which nothing runs. */
export const cancelledError = ({ context, itemIndex }: Pick<ItemRun, 'context' | 'itemIndex'>) =>
	operationError(context.getNode(), itemIndex, {
		message: 'The execution was cancelled',
		advice: 'What this item had started was stopped.',
	});

/** The failure of an item as an error of the node. */
export function errorOf(
	context: IExecuteFunctions,
	itemIndex: number,
	failure: unknown,
): NodeError {
	if (isKnownError(failure)) return failure;
	const message = failure instanceof Error ? failure.message : undefined;
	return new NodeApiError(context.getNode(), { message: message ?? 'Unknown' } as JsonObject, {
		itemIndex,
		message: message ?? 'Something unexpected happened',
	});
}

/**
 * Recordings among the results that run, or may run: those in outputs, and those of items that failed
 * after Agora may have started something.
 */
function runningRecordings(results: ReadonlyArray<ItemResult | undefined>): IDataObject[] {
	return results.flatMap((result) => {
		if (!result) return [];
		if ('output' in result) {
			return result.output
				.filter(({ outcome }) => RUNNING_OUTCOMES.some((known) => known === outcome))
				.map(pickIdentity);
		}
		const details = detailsOf(result.failure);
		const others = Array.isArray(details.others) ? (details.others as IDataObject[]) : [];
		return details.mayRun === true ? [pickIdentity(details), ...others] : [];
	});
}

/**
 * Adds to a failure the recordings that may be running all the same, from starts whose answers never
 * came. Without a recording of its own it gets the identity of the last of them.
 *
 * @returns the failure
 */
export function alsoRunning(
	failure: unknown,
	recordings: ReadonlyArray<Partial<RecordingIdentity>>,
): unknown {
	if (!isKnownError(failure)) return failure;
	const details = detailsOf(failure);
	const unnamed = recordings.filter(({ resourceId }) => resourceId !== details.resourceId);
	const last = unnamed.at(-1);
	if (!last) return failure;
	const others = details.mayRun === true ? unnamed : unnamed.slice(0, -1);
	failure.context.details = {
		...details,
		...(details.mayRun !== true && last),
		mayRun: true,
		...(others.length > 0 && { others }),
	};
	failure.description = [
		failure.description,
		`An earlier start was not answered, and its recording may be running: ${unnamed.map((recording) => identityText({ ...recording })).join(' | ')}.`,
	]
		.filter(Boolean)
		.join(' ');
	return failure;
}

const pickIdentity = ({ mode, cname, uid, resourceId, sid }: IDataObject): IDataObject => ({
	mode,
	cname,
	uid,
	resourceId,
	sid,
});

/**
 * The error that the node throws for the item that failed. n8n drops the output of every item when the
 * node throws: so the error names each recording that other items have started and that goes on.
 */
export function errorToThrow(
	context: IExecuteFunctions,
	itemIndex: number,
	results: ReadonlyArray<ItemResult | undefined>,
): NodeError {
	const result = results[itemIndex];
	const failure = result && 'failure' in result ? result.failure : undefined;
	const error = errorOf(context, itemIndex, failure);
	const running = runningRecordings(results);
	if (running.length > 0) error.context.runningRecordings = running;
	// Its own recording the error names by itself.
	const { resourceId: own } = detailsOf(error);
	const others = running.filter(({ resourceId }) => resourceId !== own);
	if (others.length > 0) {
		const list = others.map(({ cname, uid, resourceId, sid }) =>
			identityText({ cname, uid, resourceId, sid }),
		);
		error.description = [
			error.description,
			`Of other items these recordings are running, or may be: ${list.join(' | ')}.`,
		]
			.filter(Boolean)
			.join(' ');
	}
	if (isTool(context.getNode())) putAllInMessage(error);
	if (error.description) error.description = asHtml(error.description);
	return error;
}

/** n8n gives the node another name where an agent uses it. */
const isTool = ({ type }: INode): boolean => type.endsWith('Tool');

/** All that n8n tells an agent of an error is its message: the advice has to be in it. */
function putAllInMessage(error: NodeError): void {
	error.message = [error.message, error.description].filter(Boolean).join('. ');
}
