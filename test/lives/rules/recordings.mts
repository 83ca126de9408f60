import { bookOf } from '../books.mts';
import { CHANNELS } from '../life.mts';
import type { Lived, NodeRun } from '../told.mts';
import { namesByUid } from './naming.mts';
import {
	called,
	isError,
	isText,
	ranAt,
	requestsOf,
	startedBy,
	statementsOf,
	type Rule,
} from './rule.mts';

/** Rules about what runs, and who is told of it. */

/** Runs of nodes that begin recordings. */
const startRuns = ({ executions }: Lived): NodeRun[] =>
	executions.flatMap(({ runs }) => runs.filter(({ operation }) => operation === 'start'));

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
		statementsOf(lived).flatMap(({ run, thrown, execution: { cancelledAt = Infinity } }) =>
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
								// What n8n keeps of a cancelled execution it keeps from then.
								sent.sentAt <= cancelledAt &&
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
