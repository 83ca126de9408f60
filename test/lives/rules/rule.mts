import { isObject } from '../../support/json.mts';
import type { IDataObject } from 'n8n-workflow';
import { textOf } from '../../support/failures.mts';
import { bookOf, type Booked } from '../books.mts';
import type { ExecutionTold, Lived, NodeRun, Sent } from '../told.mts';

/** What must hold after every life. */
export interface Rule {
	/** By which it is known, in stories and in the table of bugs. */
	name: string;
	/** The number in the design's section on lives. */
	number: number;
	says: string;
	/** Each breach in words; none where the rule holds. */
	breaches: (lived: Lived) => string[];
}

/** Something that is said of a recording, in an item or an error that n8n keeps. */
export interface Statement {
	execution: ExecutionTold;
	run: NodeRun;
	/** The item that it is about; undefined where an error tells none. */
	item: number | undefined;
	/** Of an item that is no error. */
	outcome?: string;
	json: IDataObject;
	/** Of an error: identity, codes, `mayRun`. */
	details?: IDataObject;
	message?: string;
	description?: string;
	thrown: boolean;
}

export const isText = (value: unknown): value is string =>
	typeof value === 'string' && value !== '';

const asObject = (value: unknown): IDataObject => (isObject(value) ? value : {});

/** All that is said, in order. */
export const statementsOf = ({ executions }: Lived): Statement[] =>
	executions.flatMap((execution) =>
		execution.runs.filter(({ kept }) => kept).flatMap((run) => statementsOfRun(execution, run)),
	);

function statementsOfRun(execution: ExecutionTold, run: NodeRun): Statement[] {
	const items = [...run.success, ...run.errors].map(({ json, paired }): Statement => {
		const common = { execution, run, item: paired?.[0], json, thrown: false };
		if (isObject(json.error)) {
			const { message, description, details } = json.error;
			return {
				...common,
				message: textOf(message),
				description: textOf(description ?? ''),
				details: asObject(details),
			};
		}
		return { ...common, outcome: typeof json.outcome === 'string' ? json.outcome : undefined };
	});
	if (!run.thrown) return items;
	const { message, description, details } = run.thrown;
	const thrown = { execution, run, item: undefined, json: {}, message, description, details };
	return [...items, { ...thrown, thrown: true }];
}

export const isError = (
	statement: Statement,
): statement is Statement & { details: IDataObject; message: string } =>
	statement.details !== undefined;

/** The requests of a run of a node, oldest first. */
export const requestsOf = ({ requests }: Lived, run: NodeRun): Sent[] =>
	requests.filter(
		({ execution, node, runIndex }) =>
			execution === run.execution && node === run.node && runIndex === run.runIndex,
	);

/** The last request about a recording whose answer a run could know of. */
export function lastAnswerOf(lived: Lived, run: NodeRun, sid: string): Sent | undefined {
	const end = run.tries.at(-1)?.to ?? lived.endedAt;
	const about = (sent: Sent) =>
		sent.answeredAt !== undefined &&
		sent.status > 0 &&
		(sent.sid === sid || (sent.operation === 'start' && sent.answer?.sid === sid));
	return (
		requestsOf(lived, run).findLast(about) ??
		lived.requests.findLast(
			(sent) =>
				sent.execution === run.execution && about(sent) && (sent.answeredAt ?? Infinity) <= end,
		)
	);
}

/** Recordings that a run of a node started, as the books have them in the end, and by which request. */
export const startedBy = (
	lived: Lived,
	run: NodeRun,
): Array<{ booked: Booked; by: Sent & { began: string } }> =>
	startsIn(lived, requestsOf(lived, run));

export const startsIn = (
	{ page }: Pick<Lived, 'page'>,
	requests: readonly Sent[],
): Array<{ booked: Booked; by: Sent & { began: string } }> =>
	requests.flatMap((by) => {
		const booked = by.began === undefined ? undefined : bookOf(page, by.began);
		return booked && by.began ? [{ booked, by: { ...by, began: by.began } }] : [];
	});

/** Whether a recording lived at a moment. */
export const ranAt = ({ startedAt, endedAt }: Booked, at: number): boolean =>
	startedAt <= at && (endedAt === undefined || at < endedAt);

/** How a recording is called in a story. */
export const called = ({ cname, uid, sid }: Pick<Booked, 'cname' | 'uid' | 'sid'>): string =>
	`${cname} / ${uid} / ${sid.slice(0, 8)}`;
