/** Many notices, copies and strays among them, over two webhook processes; one is killed, and PostgreSQL goes. */
import { setTimeout as sleep } from 'node:timers/promises';
import { RECIPES, type Recipe } from '../../e2e/queueMode/recipes.mts';
import { makeNotice, type Notice } from '../../support/notices.mts';
import { triggerPath } from '../../support/realN8n.mts';
import type { Result } from '../report.mts';
import { judgeNotices, type Moments } from './noticeRules.mts';
import { sendAsAgora } from './sender.mts';
import { SECRET, type Stage } from './stage.mts';

const NAME = 'notices';
/** Shares of all notices. */
const COPIES = 0.1;
const OUT_OF_ORDER = 0.1;
/** How many others come between a notice and its copy, or before one that is late. */
const APART = 15;
const NOTICES_OF_RECORDING = 20;
/** Agora's own figure is not known. */
const AT_ONCE = 16;
/** After so long a load balancer notices that a process does not answer its questions any more. */
const NOTICED_AFTER_MS = 2_000;
/** When what goes wrong does so, as a share of the notices that were sent. */
const KILLED_AFTER = 0.3;
const DATABASE_AWAY_AFTER = 0.7;
const DATABASE_AWAY_MS = 4_000;
const PATIENCE_MS = 120_000;
const KILLED = 0;

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

export async function runNotices(
	stage: Stage,
	{ count, perSecond, recipe }: { count: number; perSecond: number; recipe: Recipe },
): Promise<Result> {
	const { n8n, listener, places } = stage;
	const { notices, copies, strays } = makeNotices(count);
	const workflow = RECIPES[recipe](NAME, { ...places, listener: listener.urlOf(NAME) });
	const workflowId = await n8n.activate(workflow);
	const path = `/webhook/${triggerPath(NAME)}`;
	await n8n.reachable(path);

	const never = Infinity;
	const moments: Moments = {
		...{ beganAt: Date.now(), sentAllAt: never },
		...{ killedAt: never, backAt: never, awayAt: never, againAt: never },
	};
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
				process !== KILLED ||
				Date.now() < moments.killedAt + NOTICED_AFTER_MS ||
				Date.now() > moments.backAt,
		},
		(sent) => {
			if (sent >= notices.length * KILLED_AFTER && !restarted) {
				moments.killedAt = Date.now();
				restarted = n8n.restartWebhook(KILLED).then(() => {
					moments.backAt = Date.now();
				});
			}
			if (sent >= notices.length * DATABASE_AWAY_AFTER && !away) {
				moments.awayAt = Date.now();
				away = n8n.database.close(DATABASE_AWAY_MS).then(() => {
					moments.againAt = Date.now();
				});
			}
		},
	);
	moments.sentAllAt = Date.now();
	await Promise.all([restarted, away]);
	await stage.settled(workflowId, PATIENCE_MS);
	const tookS = Math.round((Date.now() - moments.beganAt) / 1000);
	// What an execution told last may still be on its way.
	await sleep(1_000);

	const [{ number }] = await n8n.database.query('SELECT count(*) AS number FROM seen');
	const { figures, rules } = judgeNotices({
		...{ notices, recipe, attempts, killed: KILLED, moments },
		stored: await stage.stored(workflowId),
		heard: listener.heard(NAME),
		rows: Number(number),
	});
	return { figures: { copies, outOfOrder: strays, tookS, ...figures }, rules };
}
