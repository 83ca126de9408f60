import type { IDataObject, IExecuteFunctions, INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { RUNNING_OUTCOMES } from '../agora/outcomes';
import { identityText } from '../transport/errors';

/** What an item came to. */
export type ItemResult = { output: IDataObject[] } | { failure: unknown };

type NodeError = NodeApiError | NodeOperationError;

const isKnownError = (failure: unknown): failure is NodeError =>
	failure instanceof Error && ['NodeApiError', 'NodeOperationError'].includes(failure.name);

/** What an error carries beside its text; see `ErrorDetails`. */
export const detailsOf = (failure: unknown): IDataObject =>
	isKnownError(failure) ? ((failure.context.details ?? {}) as IDataObject) : {};

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
		return details.mayRun === true ? [pickIdentity(details)] : [];
	});
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
	return error;
}

/** n8n gives the node another name where an agent uses it. */
const isTool = ({ type }: INode): boolean => type.endsWith('Tool');

/** All that n8n tells an agent of an error is its message: the advice has to be in it. */
function putAllInMessage(error: NodeError): void {
	error.message = [error.message, error.description].filter(Boolean).join('. ');
}
