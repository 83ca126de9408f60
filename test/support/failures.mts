import { inspect } from 'node:util';
import type { IDataObject, NodeApiError } from 'n8n-workflow';

/** What a node threw, as far as users and workflows see it. */
export interface Failure {
	/** Class of the error. */
	name: string;
	message: string;
	description: string;
	/** Both, as they are read: title and lines. */
	told: string;
	httpCode: string | null;
	itemIndex: unknown;
	/** Identity, codes and request ID for error branches. */
	details: IDataObject;
	/** Recordings of other items that go on. */
	runningRecordings: IDataObject[];
	/** Everything that any log, editor or API could show of it. */
	everything: string;
}

/** The error that `work` ends in. @throws Error when it ends well */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
	let output: unknown;
	try {
		output = await work;
	} catch (thrown) {
		return describeFailure(thrown);
	}
	throw new Error(`It should have failed, but gave ${JSON.stringify(output)}`);
}

/** What n8n draws of a description. */
const plain = (html: string) =>
	html.replace(/<br>/g, '\n').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');

/** The same for an error at hand. */
export function describeFailure(thrown: unknown): Failure {
	if (!(thrown instanceof Error)) throw new Error(`Not an error: ${inspect(thrown)}`);
	const error = thrown as NodeApiError;
	const context: IDataObject = error.context ?? {};
	return {
		name: error.name,
		message: error.message,
		description: error.description ?? '',
		told: [error.message, plain(error.description ?? '')].filter(Boolean).join('. '),
		httpCode: error.httpCode ?? null,
		itemIndex: context.itemIndex,
		details: (context.details ?? {}) as IDataObject,
		runningRecordings: (context.runningRecordings ?? []) as IDataObject[],
		everything: [
			error.message,
			error.description,
			error.stack,
			JSON.stringify(error),
			JSON.stringify(context),
			inspect(error, { depth: 12, showHidden: true }),
		].join('\n'),
	};
}

/** A value that a test knows to be text, or what it is instead, to be seen in the message. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : `not a text: ${inspect(value)}`;
}
