import type { ExecutionTold, Lived, NodeRun, Sent } from '../told.mts';
import { requestsOf, type Rule } from './rule.mts';

/** Rules about time: nothing waits too long, nothing goes too fast. */

const SECOND = 1000;
/** Ten requests within a second keep the next one back for a second and a margin for its journey. */
const TURN_MS = SECOND + 50;
/** Requests a second that the credential allows. */
const RATE = 10;
/** Agora wants a start so soon after its acquire. */
const PAIR_MS = 2000;

/** The node that was at work when the execution was cancelled. */
const cutOff = ({ runs, cancelledAt }: ExecutionTold): NodeRun | undefined =>
	cancelledAt === undefined
		? undefined
		: runs.find(
				({ tries, kept }) =>
					!kept &&
					tries.some(({ from, to = Infinity }) => from <= cancelledAt && cancelledAt <= to),
			);

const time = (ms: number, { beganAt }: Lived) => `${((ms - beganAt) / 1000).toFixed(1)} s`;

export const cancelling: Rule = {
	name: 'cancelling',
	number: 6,
	says: 'After a cancel no wait between requests lasts longer than a second; at most one question and one stop follow for each recording.',
	breaches: (lived) =>
		lived.executions.flatMap((execution) => {
			const { name, cancelledAt } = execution;
			const run = cutOff(execution);
			if (!run || cancelledAt === undefined) return [];
			const sent = requestsOf(lived, run);
			const breaches: string[] = [];
			for (const { from, to = lived.endedAt } of run.tries.filter(
				({ to: end = Infinity }) => end >= cancelledAt,
			)) {
				// n8n itself may still wait, and try once more.
				const since = Math.max(from, cancelledAt);
				// What Agora has slowed down takes turns of more than a second.
				const slowed = sent.some(({ trouble }) => trouble?.kind === 'rateLimited');
				for (const gap of gapsBetween(sent, since, to, slowed ? 2 * SECOND : TURN_MS)) {
					breaches.push(
						`${name}: ${run.node} was cancelled at ${time(cancelledAt, lived)}, and waited from ${time(gap.from, lived)} to ${time(gap.to, lived)} without a request`,
					);
				}
			}
			// What met the limit of requests was not taken, and is sent again.
			const later = sent.filter(
				({ afterCancel, left, trouble }) => afterCancel && left && trouble?.kind !== 'rateLimited',
			);
			for (const [what, group] of Object.entries(groupedByRecording(later))) {
				const stops = group.filter(({ operation }) => operation === 'stop').length;
				const questions = group.length - stops;
				if (stops > 1 || questions > 1) {
					breaches.push(
						`${name}: ${run.node} was cancelled, and sent ${questions} questions and ${stops} stops for ${what} (requests ${group.map(({ number }) => number).join(', ')})`,
					);
				}
			}
			return breaches;
		}),
};

/** Times of more than `longest` milliseconds in which no request was under way. */
function gapsBetween(sent: readonly Sent[], since: number, end: number, longest: number) {
	const busy = sent
		.map(({ sentAt, answeredAt = Infinity }) => ({ from: sentAt, to: answeredAt }))
		.filter(({ from, to }) => to >= since && from <= end)
		.sort((a, b) => a.from - b.from);
	const gaps: Array<{ from: number; to: number }> = [];
	let reached = since;
	for (const { from, to } of [...busy, { from: end, to: end }]) {
		if (from - reached > longest) gaps.push({ from: reached, to: from });
		reached = Math.max(reached, to);
	}
	return gaps;
}

/** Requests by what they may have begun: each resource ID makes one recording. */
function groupedByRecording(requests: readonly Sent[]): Record<string, Sent[]> {
	const groups: Record<string, Sent[]> = {};
	for (const sent of requests) {
		const { cname, uid, resourceId = 'none yet' } = sent;
		const what = `${String(cname)} / ${String(uid)} (${resourceId.slice(0, 8)})`;
		(groups[what] ??= []).push(sent);
	}
	return groups;
}

export const abandoned: Rule = {
	name: 'abandoned',
	number: 6,
	says: 'What a cancelled start had begun is stopped, where the network lets it.',
	breaches: (lived) =>
		lived.executions.flatMap((execution) => {
			const run = cutOff(execution);
			if (!run || run.operation !== 'start' || execution.status !== 'cancelled') return [];
			return requestsOf(lived, run).flatMap(({ began, cname, uid, number }) => {
				const booked = lived.page.find(({ sid }) => sid === began);
				if (!booked?.running) return [];
				const after = requestsOf(lived, run).filter(
					(sent) =>
						// Where the first start never arrived, the question about it began the recording.
						(sent.number > number || (sent.number === number && sent.afterCancel)) &&
						sent.cname === cname &&
						sent.uid === uid &&
						(sent.afterCancel || sent.operation === 'stop'),
				);
				// It moves, what was sent for it went wrong, or Agora says "already started" and no sid.
				const hindered =
					after.some(
						({ trouble, status, answer }) =>
							trouble !== undefined || status === 404 || (status === 201 && !answer?.sid),
					) || booked.moving;
				return hindered
					? []
					: [
							`${execution.name}: ${run.node} was cancelled, and ${booked.cname} / ${booked.uid} goes on although nothing kept it from being stopped`,
						];
			});
		}),
};

export const ends: Rule = {
	name: 'ends',
	number: 6,
	says: 'Nothing waits without end.',
	breaches: ({ executions }) =>
		executions
			.filter(({ status }) => status === 'endless')
			.map(({ name }) => `${name} did not come to an end in three hours`),
};

export const rate: Rule = {
	name: 'rate',
	number: 8,
	says: 'No more requests a second than the credential allows, from each process.',
	breaches: ({ requests }) =>
		[0, 1].flatMap((process) => {
			const times = requests
				.filter((sent) => sent.process === process && sent.left)
				.map(({ sentAt }) => sentAt);
			const most = Math.max(
				0,
				...times.map((from) => times.filter((at) => at >= from && at < from + SECOND).length),
			);
			return most > RATE ? [`process ${process} sent ${most} requests within a second`] : [];
		}),
};

export const pairs: Rule = {
	name: 'pairs',
	number: 8,
	says: 'The first start follows its acquire within two seconds.',
	breaches: (lived) =>
		lived.executions.flatMap(({ runs }) =>
			runs
				.filter(({ operation }) => operation === 'start')
				.flatMap((run) => {
					const sent = requestsOf(lived, run);
					// A refusal for the rate holds back everything, which is right.
					if (
						lived.requests.some(
							({ trouble, status }) => trouble?.kind === 'rateLimited' || status === 429,
						)
					)
						return [];
					return sent
						.filter(({ operation, answer }) => operation === 'acquire' && answer?.resourceId)
						.flatMap(({ answer, answeredAt = 0, number }) => {
							const first = sent.find(
								({ operation, resourceId }) =>
									operation === 'start' && resourceId === answer?.resourceId,
							);
							return first && first.sentAt - answeredAt > PAIR_MS
								? [
										`${run.execution}: start (request ${first.number}) came ${first.sentAt - answeredAt} ms after its acquire (request ${number})`,
									]
								: [];
						});
				}),
		),
};
