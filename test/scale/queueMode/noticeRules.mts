/** What came of the notices: the sender's books against what n8n stored and what was handled. */
import { percentile } from '../../../bench/load.mts';
import type { Recipe } from '../../e2e/queueMode/recipes.mts';
import type { Notice } from '../../support/notices.mts';
import { counted, none, type Result, type Rule } from '../report.mts';
import { wasTaken, type Attempt } from './sender.mts';
import type { Stored } from './stage.mts';

/** What a process answered so shortly before it was killed may not have been stored. */
const DYING_MS = 1_000;
const ARRIVES = 0.9;

/** Unix milliseconds of what happened while notices came; infinite for what did not. */
export interface Moments {
	beganAt: number;
	sentAllAt: number;
	/** When a webhook process was killed, and when it was ready again. */
	killedAt: number;
	backAt: number;
	/** When the database went, and when it could be reached again. */
	awayAt: number;
	againAt: number;
}

/** Everything that is known afterwards. */
export interface Books {
	notices: readonly Notice[];
	recipe: Recipe;
	attempts: readonly Attempt[];
	/** Which process was killed. */
	killed: number;
	moments: Moments;
	stored: readonly Stored[];
	/** Every `dedupKey` that was handled, as often as it was. */
	heard: readonly string[];
	/** Rows in the table of the recipe `postgres`. */
	rows: number;
}

/** Which notice the workflow handled: the members of `dedupKey` that are its own. */
const handledAs = ({ payload }: Notice) =>
	`:${String(payload.sid)}:${String(payload.uid)}:${String(payload.sequence)}:`;

/** Each event with what the sender was told of it, what n8n has of it, and how often it was handled. */
function eventsOf({ notices, attempts, killed, moments, stored, heard }: Books) {
	const executionsOf = new Map<string, string[]>();
	for (const { status, notice } of stored) {
		if (notice === undefined) continue;
		executionsOf.set(notice, [...(executionsOf.get(notice) ?? []), status]);
	}
	const timesOf = counted(
		heard.map((key) => key.replace(/^[^:]*:[^:]*/, '').replace(/[^:]*$/, '')),
	);
	const takenOf = new Map<string, Attempt[]>();
	for (const attempt of attempts.filter(wasTaken)) {
		takenOf.set(attempt.noticeId, [...(takenOf.get(attempt.noticeId) ?? []), attempt]);
	}
	const byTheDying = ({ process, answeredAt }: Attempt) =>
		process === killed && Math.abs(answeredAt - moments.killedAt) <= DYING_MS;
	const events = new Map(notices.map((notice) => [notice.noticeId, notice]));
	return [...events.values()].map((notice) => {
		const taken = takenOf.get(notice.noticeId) ?? [];
		return {
			id: notice.noticeId,
			taken: taken.length > 0,
			answers: taken.map(({ answer }) => answer),
			byTheDying: taken.length > 0 && taken.every(byTheDying),
			statuses: executionsOf.get(notice.noticeId) ?? [],
			handled: timesOf[handledAs(notice)] ?? 0,
		};
	});
}

function answersOf(attempts: readonly Attempt[], from: number, to: number): Record<string, number> {
	const then = attempts.filter(({ answeredAt }) => answeredAt >= from && answeredAt <= to);
	return counted(then.map(({ answer }) => answer));
}

export function judgeNotices(books: Books): Result {
	const { notices, recipe, attempts, moments, stored, heard, rows } = books;
	const { beganAt, sentAllAt, killedAt, backAt, awayAt, againAt } = moments;
	const seconds = (at: number) => Math.round((at - beganAt) / 1000);
	const events = eventsOf(books);
	const taken = events.filter((event) => event.taken);
	const notStored = taken.filter(({ statuses }) => statuses.length === 0);
	const lost = notStored.filter(({ byTheDying }) => !byTheDying);
	const notRun = taken.filter(({ handled, statuses }) => handled === 0 && statuses.length > 0);
	const ran = events.filter(({ statuses }) => statuses.includes('success')).length;
	const times = attempts
		.filter(wasTaken)
		.map(({ sentAt, answeredAt }) => answeredAt - sentAt)
		.sort((a, b) => a - b);

	const rules: Rule[] = [
		none('Nothing is lost that a process that lived answered with 200', lost),
		none(
			'What n8n stored and did not run shows it',
			notRun.filter(({ statuses }) => statuses.every((status) => status === 'success')),
		),
		none(
			`Nothing is handled twice (${recipe})`,
			events.filter(({ handled }) => handled > 1),
		),
		{
			// Else the machine was too busy for the rest to prove anything.
			rule: 'Nine notices in ten arrive with three repeats',
			holds: taken.length >= ARRIVES * events.length,
			found: `${taken.length} of ${events.length}`,
		},
		{
			rule: 'A webhook process was killed and PostgreSQL was away while notices came',
			holds: killedAt < sentAllAt && awayAt < sentAllAt && !attempts.every(wasTaken),
			found: `after ${seconds(killedAt)} and ${seconds(awayAt)} of ${seconds(sentAllAt)} s`,
		},
	];
	if (recipe === 'postgres') {
		rules.push({
			rule: 'The table has one row for each notice of which an execution went well',
			holds: rows >= ran && rows <= events.length,
			found: `${rows} rows, ${ran} such notices of ${events.length}`,
		});
	}
	return {
		figures: {
			...{ sent: notices.length, events: events.length, recipe },
			sentInS: seconds(sentAllAt),
			answers: counted(attempts.map(({ answer }) => answer)),
			answerMs: { median: percentile(times, 0.5), p99: percentile(times, 0.99) },
			webhookProcessAway: {
				forS: Math.round((backAt - killedAt) / 1000),
				answers: answersOf(attempts, killedAt, backAt),
			},
			databaseAway: {
				forS: Math.round((againAt - awayAt) / 1000),
				answers: answersOf(attempts, awayAt, againAt),
			},
			repeated: attempts.length - notices.length,
			// After all repeats: the sender knows that these did not arrive.
			neverTaken: events.length - taken.length,
			executions: counted(stored.map(({ status }) => status)),
			handled: heard.length,
			answeredByTheDyingAndNotStored: notStored.length - lost.length,
			storedAndNotRun: counted(notRun.map(({ statuses }) => statuses.join(' '))),
			// n8n shows these as failed, but not with what: nobody can retry them.
			failedWithoutTheirNotice: stored.filter(
				({ notice, data }) => notice !== undefined && !data.includes(notice),
			).length,
		},
		rules,
	};
}
