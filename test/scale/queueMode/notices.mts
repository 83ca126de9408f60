/** Many notices, copies and strays among them, over two webhook processes; one is killed, and PostgreSQL goes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../../../bench/load.mts';
import { RECIPES, type Recipe } from '../../e2e/queueMode/recipes.mts';
import { makeNotice, type Notice } from '../../support/notices.mts';
import { triggerPath } from '../../support/realN8n.mts';
import { counted, none, type Rule } from '../report.mts';
import { sendAsAgora, wasTaken, type Attempt } from './sender.mts';
import { SECRET, type Stage } from './stage.mts';
import type { StartsResult } from './starts.mts';

const NAME = 'notices';
/** Shares of all notices. */
const COPIES = 0.1;
const OUT_OF_ORDER = 0.1;
/** How many others come between a notice and its copy, or before one that is late. */
const APART = 15;
const NOTICES_OF_RECORDING = 20;
/** Agora's own figure is not known. */
const AT_ONCE = 32;
/** After so long a load balancer notices that a process does not answer its questions any more. */
const NOTICED_AFTER_MS = 2_000;
/** When what goes wrong does so, as a share of the notices that were sent. */
const KILLED_AFTER = 0.3;
const DATABASE_AWAY_AFTER = 0.7;
const DATABASE_AWAY_MS = 4_000;
const PATIENCE_MS = 120_000;
/** What a process answered so shortly before it was killed may not have been stored. */
const DYING_MS = 1_000;
const KILLED = 0;

const ID = /scale-notice-\d{6}/g;

/** Notices of recordings that went on side by side, in the order in which they are sent. */
export function makeNotices(count: number): { notices: Notice[]; copies: number; strays: number } {
	const copies = Math.round(count * COPIES);
	const events = Array.from({ length: count - copies }, (_, i) => {
		const sid = `scale${Math.floor(i / NOTICES_OF_RECORDING)}`;
		return makeNotice(
			{ sid, cname: sid, sequence: i % NOTICES_OF_RECORDING },
			{ sid, noticeId: `scale-notice-${String(i).padStart(6, '0')}` },
		);
	});
	// Places at which a notice is sent, the later the higher.
	const strays = Math.round(count * OUT_OF_ORDER);
	const every = (share: number) => Math.max(1, Math.floor(events.length / share));
	const places = events.flatMap((notice, i) => [
		{ notice, at: i % every(strays) === 0 ? i + APART + 0.5 : i },
		...(i % every(copies) === 1 && i / every(copies) < copies
			? [{ notice, at: i + (i % APART) + 0.7 }]
			: []),
	]);
	const sorted = places.sort((a, b) => a.at - b.at).map(({ notice }) => notice);
	return { notices: sorted, copies: sorted.length - events.length, strays };
}

/** Which notice the workflow handled: the members of `dedupKey` that are its own. */
const handledAs = ({ payload }: Notice) =>
	`:${String(payload.sid)}:${String(payload.uid)}:${String(payload.sequence)}:`;

export async function runNotices(
	stage: Stage,
	{ count, perSecond, recipe }: { count: number; perSecond: number; recipe: Recipe },
): Promise<StartsResult> {
	const { n8n, listener, places } = stage;
	const { notices, copies, strays } = makeNotices(count);
	const workflow = RECIPES[recipe](NAME, { ...places, listener: listener.urlOf(NAME) });
	const workflowId = await n8n.activate(workflow);
	const path = `/webhook/${triggerPath(NAME)}`;
	await n8n.reachable(path);

	const beganAt = Date.now();
	let killedAt = Infinity;
	let backAt = Infinity;
	let awayAt = Infinity;
	let restarted: Promise<void> | undefined;
	let away: Promise<void> | undefined;
	const attempts = await sendAsAgora(
		notices,
		SECRET,
		{ perSecond, atOnce: AT_ONCE },
		{
			count: n8n.webhooks.length,
			urlOf: (process) => `${n8n.webhooks[process].url}${path}`,
			// n8n says at /healthz/readiness when it is ready again; before it answers whatever it likes.
			works: (process) =>
				process !== KILLED || Date.now() < killedAt + NOTICED_AFTER_MS || Date.now() > backAt,
		},
		(sent) => {
			if (sent >= notices.length * KILLED_AFTER && !restarted) {
				killedAt = Date.now();
				restarted = n8n.restartWebhook(KILLED).then(() => {
					backAt = Date.now();
				});
			}
			if (sent >= notices.length * DATABASE_AWAY_AFTER && !away) {
				awayAt = Date.now();
				away = n8n.database.close(DATABASE_AWAY_MS);
			}
		},
	);
	const sentAllAt = Date.now();
	await Promise.all([restarted, away]);
	await stage.settled(workflowId, PATIENCE_MS);
	const tookMs = Date.now() - beganAt;
	// What an execution told last may still be on its way.
	await sleep(1_000);

	const stored = await stage.stored(workflowId);
	const executionsOf = new Map<string, string[]>();
	for (const { status, data } of stored) {
		for (const id of new Set(data.match(ID))) {
			executionsOf.set(id, [...(executionsOf.get(id) ?? []), status]);
		}
	}
	const heard = listener.heard(NAME);
	const timesOf = counted(
		heard.map((key) => key.replace(/^[^:]*:[^:]*/, '').replace(/[^:]*$/, '')),
	);
	const triesOf = new Map<string, Attempt[]>();
	for (const attempt of attempts) {
		triesOf.set(attempt.noticeId, [...(triesOf.get(attempt.noticeId) ?? []), attempt]);
	}
	const byTheDying = ({ process, answeredAt }: Attempt) =>
		process === KILLED && answeredAt <= killedAt + DYING_MS && answeredAt >= killedAt - DYING_MS;

	const events = [...new Map(notices.map((notice) => [notice.noticeId, notice])).values()].map(
		(notice) => {
			const tries = triesOf.get(notice.noticeId) ?? [];
			const taken = tries.filter(wasTaken);
			return {
				id: notice.noticeId,
				taken: taken.length > 0,
				byTheDying: taken.length > 0 && taken.every(byTheDying),
				statuses: executionsOf.get(notice.noticeId) ?? [],
				handled: timesOf[handledAs(notice)] ?? 0,
			};
		},
	);
	const takenEvents = events.filter(({ taken }) => taken);
	const notStored = takenEvents.filter(({ statuses }) => statuses.length === 0);
	const lost = notStored.filter(({ byTheDying }) => !byTheDying);
	const unhandled = takenEvents.filter(
		({ handled, statuses }) => handled === 0 && statuses.length > 0,
	);
	const silent = unhandled.filter(({ statuses }) => statuses.every((one) => one === 'success'));
	const rows = await n8n.database.query('SELECT count(*) AS number FROM seen');
	const tookOf = (some: Attempt[]) => {
		const times = some.map(({ sentAt, answeredAt }) => answeredAt - sentAt).sort((a, b) => a - b);
		return { median: percentile(times, 0.5), p99: percentile(times, 0.99) };
	};
	const within = (from: number, to: number) =>
		counted(
			attempts
				.filter(({ answeredAt }) => answeredAt >= from && answeredAt <= to)
				.map(({ answer }) => answer),
		);

	const rules: Rule[] = [
		none('Nothing is lost that a process that lived answered with 200', lost),
		none('What n8n stored and did not run shows it', silent),
		none(
			`Nothing is handled twice (${recipe})`,
			events.filter(({ handled }) => handled > 1),
		),
		{
			rule: 'A webhook process was killed and PostgreSQL was away while notices came',
			holds: killedAt < sentAllAt && awayAt < sentAllAt && attempts.some((one) => !wasTaken(one)),
			found: `after ${Math.round((killedAt - beganAt) / 1000)} and ${Math.round((awayAt - beganAt) / 1000)} of ${Math.round((sentAllAt - beganAt) / 1000)} s`,
		},
	];
	if (recipe === 'postgres') {
		const keys = Number(rows[0].number);
		const ran = events.filter(({ statuses }) => statuses.includes('success')).length;
		rules.push({
			rule: 'The table has one row for each notice of which an execution went well',
			holds: keys >= ran && keys <= events.length,
			found: `${keys} rows, ${ran} such notices of ${events.length}`,
		});
	}
	return {
		figures: {
			...{ sent: notices.length, events: events.length, copies, outOfOrder: strays, recipe },
			tookS: Math.round(tookMs / 1000),
			perSecond: Math.round((10_000 * attempts.length) / (sentAllAt - beganAt)) / 10,
			answers: counted(attempts.map(({ answer }) => answer)),
			answerMs: tookOf(attempts.filter(wasTaken)),
			webhookProcessAway: {
				forS: Math.round((backAt - killedAt) / 1000),
				answers: within(killedAt, backAt),
			},
			databaseAway: {
				forS: DATABASE_AWAY_MS / 1000,
				answers: within(awayAt, awayAt + DATABASE_AWAY_MS + 2_000),
			},
			repeated: attempts.length - notices.length,
			// After all repeats: the sender knows that these did not arrive.
			neverTaken: events.length - takenEvents.length,
			executions: counted(stored.map(({ status }) => status)),
			handled: heard.length,
			answeredByTheDyingAndNotStored: notStored.length - lost.length,
			storedAndNotRun: counted(unhandled.map(({ statuses }) => statuses.join(' '))),
		},
		rules,
	};
}
