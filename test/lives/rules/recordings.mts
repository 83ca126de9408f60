import type { IDataObject } from 'n8n-workflow';
import { bookOf, type Booked } from '../books.mts';
import { CHANNELS } from '../life.mts';
import type { Lived, NodeRun } from '../told.mts';
import {
	called,
	isError,
	ranAt,
	requestsOf,
	startedBy,
	startsIn,
	statementsOf,
	type Rule,
} from './rule.mts';

/** Rules about what runs, and who is told of it. */

/** Runs of nodes that begin recordings. */
const startRuns = ({ executions }: Lived): NodeRun[] =>
	executions.flatMap(({ runs }) => runs.filter(({ operation }) => operation === 'start'));

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export const one: Rule = {
	name: 'one',
	number: 2,
	says: 'One recording runs at a time for each item of a start, retries included.',
	breaches: (lived) =>
		startRuns(lived).flatMap((run) => {
			const started = startedBy(lived, run).map(({ booked }) => booked);
			return CHANNELS.flatMap((cname) => {
				const own = started.filter((booked) => booked.cname === cname);
				const items = run.tool
					? 1
					: run.input.filter((json) => (json.channel ?? json.cname) === cname).length;
				const most = Math.max(
					0,
					...own.map(({ startedAt }) => own.filter((other) => ranAt(other, startedAt)).length),
				);
				return most > items
					? [
							`${run.execution}: ${run.node} has ${items} items of ${cname}, but ${most} recordings ran at the same time: ${own.map(called).join(', ')}`,
						]
					: [];
			});
		}),
};

/** Everything that n8n keeps of a life as data, piece by piece. */
function kept(lived: Lived): IDataObject[] {
	return statementsOf(lived).flatMap((statement) => [
		statement.json,
		...(statement.details ? [statement.details] : []),
		...(statement.thrown ? (statement.run.thrown?.runningRecordings ?? []) : []),
	]);
}

const namesBySid = (piece: IDataObject, { sid }: Booked) =>
	piece.sid === sid || (isText(piece.message) && piece.message.includes(sid));

const namesByUid = (piece: IDataObject, { cname, uid }: Booked) =>
	piece.cname === cname && piece.uid === uid;

/** What a model is told of, in words. */
const textsOf = (lived: Lived): string[] =>
	statementsOf(lived).flatMap(({ message, description }) =>
		message === undefined ? [] : [`${message} ${description ?? ''}`],
	);

/** Whether some line of the log names a recording. */
const inLog = ({ log }: Lived, { sid, cname, uid }: Booked) =>
	log.some(
		({ text, level }) =>
			level !== 'debug' && (text.includes(sid) || (text.includes(cname) && text.includes(uid))),
	);

/** Whether the process had read the sid in an answer before it ended, or was restarted. */
const sidWasKnown = (lived: Lived, run: NodeRun, sid: string) =>
	requestsOf(lived, run).some(
		({ operation, answer, answeredAt }) =>
			operation === 'start' && answeredAt !== undefined && answer?.sid === sid,
	);

export const named: Rule = {
	name: 'named',
	number: 3,
	says: 'What runs at the end is named: in an item, in an error, or in the text of the log.',
	breaches: (lived) => {
		const pieces = kept(lived);
		const texts = textsOf(lived);
		return lived.executions.flatMap((execution) =>
			startsIn(
				lived,
				lived.requests.filter((sent) => sent.execution === execution.name),
			)
				.filter(({ booked }) => booked.running)
				.flatMap(({ booked, by }) => {
					const run = execution.runs.find(
						({ node, runIndex }) => node === by.node && runIndex === by.runIndex,
					);
					if (!run) return [];
					const data =
						pieces.some((piece) => namesBySid(piece, booked)) ||
						texts.some((text) => text.includes(booked.sid));
					if (data) return [];
					const byUid =
						pieces.some((piece) => namesByUid(piece, booked)) ||
						texts.some((text) => text.includes(booked.uid));
					const which = `${execution.name}: ${run.node} leaves ${called(booked)} running`;
					if (execution.status === 'killed') {
						return byUid || inLog(lived, booked)
							? []
							: [`${which}, killed, and no line of the log names it`];
					}
					if (!run.kept) {
						return inLog(lived, booked)
							? []
							: [`${which}, cancelled, and no line of the log names it`];
					}
					if (!byUid) return [`${which}, and no item and no error names it`];
					return sidWasKnown(lived, run, booked.sid)
						? [`${which}, and it is told without the sid, which was known`]
						: [];
				}),
		);
	},
};

export const logged: Rule = {
	name: 'logged',
	number: 3,
	says: 'Each start has a line in the log with channel and recorder UID, and one with its sid once that is known.',
	breaches: (lived) =>
		lived.requests
			.filter(({ operation, left }) => operation === 'start' && left)
			.flatMap(({ execution, node, cname = '', uid = '', answer, status, answeredAt, sentAt }) => {
				const lines = lived.log.filter(
					(line) => line.execution === execution && line.level !== 'debug',
				);
				const before = lines.some(
					({ at, text }) => at <= sentAt && text.includes(cname) && text.includes(uid),
				);
				if (!before)
					return [
						`${execution}: ${node} sends a start of ${cname} / ${uid}, and no line names it before`,
					];
				const sid = status === 200 && isText(answer?.sid) ? answer.sid : undefined;
				const own = sid !== undefined && bookOf(lived.page, sid)?.cname === cname;
				if (!own || answeredAt === undefined || answer?.code !== undefined) return [];
				const killed = lived.executions.find(({ name }) => name === execution)?.killedAt;
				if (killed !== undefined && killed <= answeredAt) return [];
				return lines.some(({ text }) => text.includes(sid))
					? []
					: [
							`${execution}: ${node} knows the sid ${sid} of ${cname} / ${uid}, and no line of the log has it`,
						];
			}),
};

const OVER = ['stopped', 'noRecordedData', 'ended', 'failed', 'skipped'];

export const over: Rule = {
	name: 'over',
	number: 4,
	says: 'What is said to be over, or never begun, does not run.',
	breaches: (lived) => {
		const statements = statementsOf(lived);
		const wrongly = statements.flatMap(({ outcome, json, run }) => {
			const booked = bookOf(lived.page, json.sid);
			return outcome && OVER.includes(outcome) && booked?.running
				? [`${run.execution}: ${run.node} says '${outcome}' of ${called(booked)}, which runs`]
				: [];
		});
		// A run that is not kept says nothing.
		const denied = startRuns(lived)
			.filter(({ kept: isKept }) => isKept)
			.flatMap((run) => {
				const end = run.tries.at(-1)?.to ?? lived.endedAt;
				const own = statements.filter((statement) => statement.run === run);
				const admitted = own.flatMap((statement) => [
					...(statement.outcome ? [statement.json] : []),
					...(isError(statement) && statement.details.mayRun === true ? [statement.details] : []),
					...(statement.thrown ? (run.thrown?.runningRecordings ?? []) : []),
				]);
				return startedBy(lived, run)
					.filter(({ booked }) => ranAt(booked, end))
					.filter(
						({ booked }) =>
							!admitted.some(
								(piece) =>
									piece.sid === booked.sid ||
									(piece.sid === undefined && namesByUid(piece, booked)),
							),
					)
					.map(
						({ booked }) =>
							`${run.execution}: ${run.node} ends, ${called(booked)} runs, and no item and no error says that it does, or may`,
					);
			});
		const stops = statements.flatMap((statement) => {
			const { run } = statement;
			if (!isError(statement) || run.operation !== 'stop') return [];
			const booked = bookOf(lived.page, statement.details.sid);
			const end = run.tries.at(-1)?.to ?? lived.endedAt;
			return booked && ranAt(booked, end) && statement.details.mayRun !== true
				? [
						`${run.execution}: ${run.node} fails (${statement.message}), ${called(booked)} runs, and mayRun is not said`,
					]
				: [];
		});
		return [...wrongly, ...denied, ...stops];
	},
};

export const listed: Rule = {
	name: 'listed',
	number: 4,
	says: 'Recordings that an error lists as running are not known to be stopped.',
	breaches: (lived) =>
		statementsOf(lived).flatMap(({ run, thrown }) =>
			!thrown
				? []
				: (run.thrown?.runningRecordings ?? []).flatMap(({ sid }) => {
						const booked = bookOf(lived.page, sid);
						const end = run.tries.at(-1)?.to ?? lived.endedAt;
						const told = requestsOf(lived, run).some(
							(sent) =>
								sent.operation === 'stop' &&
								sent.sid === sid &&
								// A try of Stop knows nothing of the one before it.
								sent.attempt === run.tries.length &&
								sent.status === 200 &&
								sent.answer?.sid === sid &&
								sent.arrived,
						);
						return booked && told && !ranAt(booked, end)
							? [
									`${run.execution}: ${run.node} lists ${called(booked)} as running, which it has stopped itself`,
								]
							: [];
					}),
		),
};

/** Agora's code for a start that meets a recording of the same channel and UID. */
const TASK_CONFLICT = 53;

export const identity: Rule = {
	name: 'identity',
	number: 3,
	says: 'Who is told that a recording runs already is given no resource ID but its own.',
	breaches: (lived) =>
		statementsOf(lived).flatMap((statement) => {
			if (!isError(statement) || statement.run.operation === 'acquire') return [];
			const { cname, uid, resourceId, sid, code } = statement.details;
			if (!isText(resourceId) || code !== TASK_CONFLICT) return [];
			// What went wrong on the way leaves open whether it was this resource ID that it began under.
			const open = lived.requests.some(
				(sent) =>
					sent.execution === statement.run.execution &&
					sent.operation === 'start' &&
					sent.resourceId === resourceId &&
					sent.trouble !== undefined,
			);
			if (open) return [];
			const same = lived.page.filter((booked) => booked.cname === cname && booked.uid === uid);
			const right = same.some(
				(booked) => booked.resourceId === resourceId && (!isText(sid) || booked.sid === sid),
			);
			const end = statement.run.tries.at(-1)?.to ?? lived.endedAt;
			const running = same.find((booked) => ranAt(booked, end));
			return running && !right
				? [
						`${statement.run.execution}: ${statement.run.node} (${statement.message}) names ${called(running)} by the resource ID ${resourceId.slice(0, 12)}…, which is another one's`,
					]
				: [];
		}),
};

export const mine: Rule = {
	name: 'mine',
	number: 11,
	says: "No update or stop reaches another item's or another execution's recording.",
	breaches: (lived) =>
		lived.executions.flatMap(({ name, runs }) =>
			runs.flatMap((run) => {
				const own = new Set([
					...run.input.map(({ sid }) => sid),
					...startedBy(lived, run).map(({ booked }) => booked.sid),
					// A retry may go on with what an earlier run of this node in the same execution started.
					...runs
						.filter(({ node }) => node === run.node)
						.flatMap((same) => startedBy(lived, same).map(({ booked }) => booked.sid)),
				]);
				return requestsOf(lived, run)
					.filter(({ operation }) => ['stop', 'update', 'updateLayout'].includes(operation))
					.filter(({ sid = '' }) => !own.has(sid) || lived.strangers.includes(sid))
					.map(
						({ operation, sid, number }) =>
							`${name}: ${run.node} sends ${operation} (request ${number}) to ${String(sid)}, which is none of its own`,
					);
			}),
		),
};
