import type { IDataObject } from 'n8n-workflow';
import { bookOf, type Booked } from '../books.mts';
import type { Lived, NodeRun } from '../told.mts';
import { called, isText, requestsOf, startsIn, statementsOf, type Rule } from './rule.mts';

/** Rules about where a recording is named: in what n8n keeps as data, and in its log. */

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

export const namesByUid = (piece: IDataObject, { cname, uid }: Booked) =>
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
