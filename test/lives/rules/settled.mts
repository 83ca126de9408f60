import { bookOf } from '../books.mts';
import type { Lived, Sent } from '../told.mts';
import { isError, requestsOf, statementsOf, type Rule, type Statement } from './rule.mts';

/**
 * Against too much caution where something did go wrong: what is known in the end must be said, and
 * nobody may give up before the time, or the number of tries, that the design (section 4) promises.
 */

/** Seconds that a start is asked about, by default: `readyTimeout` of the lives' web pages is 0. */
const PATIENCE_S = { channel: 90, web: 30 };
/** Of a request whose answer is lost. */
const FEWEST_TRIES = 3;

/** Agora's "runs already", of which no SID is documented: there is nothing more to be had. */
const ALREADY_STARTED = 201;

/** Nobody can tell whether the request had its effect; nothing refuses it either. */
const isLost = ({ trouble, status, operation }: Sent): boolean =>
	trouble !== undefined &&
	status !== ALREADY_STARTED &&
	(status < 300 || status >= 500 || (status === 404 && operation === 'query')) &&
	(['reset', 'hang', 'truncatedJson', 'emptyBody', 'otherRecording'].includes(trouble.kind) ||
		(trouble.kind === 'slow' && status === 0));

/** What is not known at the end of a run: `mayRun`, `unconfirmed`, `unknown`. */
const isOpen = (statement: Statement): boolean =>
	isError(statement)
		? statement.details.mayRun === true
		: ['unconfirmed', 'unknown'].includes(statement.outcome ?? '');

/** What was asked about a recording in the last try of a run, oldest first. */
function askedAbout(lived: Lived, { run, json, details }: Statement): Sent[] {
	const { sid, resourceId } = details ?? json;
	return requestsOf(lived, run).filter(
		(sent) =>
			sent.attempt === run.tries.length &&
			((sid !== undefined && (sent.sid === sid || sent.answer?.sid === sid)) ||
				(resourceId !== undefined && sent.resourceId === resourceId)),
	);
}

/** A last answer that leaves nothing open, although the run says that something is. */
function answeredWell(statement: Statement, asked: Sent[]): string | undefined {
	const last = asked.at(-1);
	if (!last || last.trouble || !last.arrived || last.status !== 200) return undefined;
	const booked = bookOf(last.page, last.sid ?? last.answer?.sid);
	const waits = last.operation === 'query' && (booked?.status ?? 0) < 4;
	if (statement.run.operation === 'start' && (waits || booked?.running === false)) return undefined;
	return `request ${last.number} (${last.operation}) was answered as it should be`;
}

/** Tries of a request whose answers were lost, fewer than there should be. */
function gaveUp(statement: Statement, asked: Sent[]): string | undefined {
	const { operation } = statement.run;
	const last = asked.at(-1);
	if (last?.operation !== operation || !isLost(last)) return undefined;
	const tries = asked.filter((sent) => sent.operation === operation).length;
	return tries < FEWEST_TRIES ? `${operation} was sent ${tries} times only` : undefined;
}

/** A start that was asked about for less time than it has. */
function askedTooShort(lived: Lived, { run }: Statement, asked: Sent[]): string | undefined {
	const { start, mode } = lived.life;
	const last = asked.at(-1);
	if (run.operation !== 'start' || !start.verify || last?.operation !== 'query') return undefined;
	const over = bookOf(last.page, last.sid)?.running === false;
	if (over || (last.trouble && !isLost(last))) return undefined;
	const patience = start.verificationTimeout ?? PATIENCE_S[mode === 'web' ? 'web' : 'channel'];
	const startedAt = bookOf(last.page, last.sid)?.startedAt ?? last.sentAt;
	const end = run.tries.at(-1)?.to ?? lived.endedAt;
	return end - startedAt < patience * 1000
		? `it was asked about for ${(end - startedAt) / 1000} s of ${patience} s`
		: undefined;
}

export const settled: Rule = {
	name: 'settled',
	number: 9,
	says: 'Where faults end before the waits do, what is known in the end is said.',
	breaches: (lived) =>
		statementsOf(lived)
			.filter(({ execution }) => execution.cancelledAt === undefined)
			.filter(isOpen)
			.flatMap((statement) => {
				const asked = askedAbout(lived, statement);
				const why =
					answeredWell(statement, asked) ??
					gaveUp(statement, asked) ??
					askedTooShort(lived, statement, asked);
				return why
					? [
							`${statement.run.execution}: ${statement.run.node} says that it does not know (${statement.outcome ?? statement.message}), but ${why}`,
						]
					: [];
			}),
};
