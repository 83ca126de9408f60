/** Many starts by several executions at once, over workers that share Agora's rate; one of them is killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { recordingWorkflow } from '../../e2e/queueMode/recording.mts';
import { percentile } from '../../../bench/load.mts';
import { counted, none, type Result } from '../report.mts';
import type { Stage, Stored } from './stage.mts';

const PATH = 'record';
/** Agora takes about this long to start a recording: enough for a worker to be killed meanwhile. */
const START_MS = 1_500;
const HALF_WITHIN_MS = 300_000;
/** n8n notices a dead worker up to a minute after it last heard of it. */
const PATIENCE_MS = 240_000;
/** Agora's bound between acquire and start. */
const BETWEEN_MS = 2_000;
const RATE_EXCEEDED = 429;

/** How something that runs is known to whoever looks for it. */
type Named = 'output' | 'error' | 'log, by SID' | 'log, by channel and UID' | 'nowhere';

/** Whether text of an execution stands for an end in success. */
const wentWell = ({ status }: Stored) => status === 'success';

/**
 * @param starts in all
 * @param executions among which they are divided
 */
export async function runStarts(stage: Stage, starts: number, executions: number): Promise<Result> {
	const { n8n, simulator, places } = stage;
	const { control } = simulator;
	const workflowId = await n8n.activate(recordingWorkflow(PATH, places.agoraCredential, false));
	await n8n.reachable(`/webhook/${PATH}`);
	// What these questions started.
	await stage.settled(workflowId, PATIENCE_MS);
	const ownBefore = (await stage.stored(workflowId)).length;
	control.addFault({
		match: { operation: 'start' },
		times: null,
		fault: { kind: 'slow', ms: START_MS },
	});
	control.clearRequests();

	const beganAt = Date.now();
	const items = Array.from(
		{ length: executions },
		(_, i) => Math.floor(starts / executions) + (i < starts % executions ? 1 : 0),
	);
	await Promise.all(
		items.map((count, i) =>
			fetch(`${n8n.url}/webhook/${PATH}`, {
				method: 'POST',
				body: JSON.stringify({ prefix: `lesson${i}`, count }),
				headers: { 'content-type': 'application/json' },
			}),
		),
	);
	const begun = () => n8n.workers.map(({ log }) => log().split('starting a recording').length - 1);
	const deadline = Date.now() + HALF_WITHIN_MS;
	while (control.recordings().length < starts / 2 && Date.now() < deadline) await sleep(50);
	// The busiest one.
	const shares = begun();
	const killed = n8n.workers[shares.indexOf(Math.max(...shares))];
	process.kill(killed.pid, 'SIGKILL');
	const killedAt = Date.now();
	await killed.ended;
	const atDeath = control.recordings().length;
	const over = await stage.settled(workflowId, PATIENCE_MS);
	const tookMs = Date.now() - beganAt;
	control.clearFaults();

	const stored = (await stage.stored(workflowId)).slice(ownBefore);
	const lines = n8n.workers.flatMap(({ log }) => log().split('\n'));
	const running = control.recordings().filter(({ ended }) => ended === undefined);
	const namedBy = ({ sid, cname, uid }: (typeof running)[number]): Named => {
		const inText = stored.filter(({ data }) => data.includes(sid));
		if (inText.some(wentWell)) return 'output';
		if (inText.length > 0) return 'error';
		if (lines.some((line) => line.includes(sid))) return 'log, by SID';
		const byUid = (line: string) =>
			line.includes(JSON.stringify(cname)) && line.includes(`UID ${uid}`);
		return lines.some(byUid) ? 'log, by channel and UID' : 'nowhere';
	};
	const named = running.map((recording) => ({ cname: recording.cname, by: namedBy(recording) }));

	// An execution that the killed worker had: one of the lines in its log says so.
	const had = new Set(
		[...killed.log().matchAll(/execution (\d+)/g)].map(([, execution]) => execution),
	);
	const lessonOf = (cname: string) => cname.split('-')[0];
	const lessonsOfKilled = new Set(
		[...killed.log().matchAll(/channel "(lesson\d+)-\d+"/g)].map(([, lesson]) => lesson),
	);
	const ofLiving = (cname: string) => !lessonsOfKilled.has(lessonOf(cname));

	/** What counts for Agora's rate: questions about channels do not. */
	const requests = control.requests().filter(({ operation }) => !operation?.startsWith('channel'));
	const startsSent = requests.filter(({ operation }) => operation === 'start');
	const refused = startsSent.filter(({ status }) => status === RATE_EXCEEDED);
	// What was refused for the rate was not read; its resource ID stands in the path.
	const cnameOf = new Map(
		control.resources().map(({ resourceId, cname }) => [encodeURIComponent(resourceId), cname]),
	);
	const channelOf = (path: string) =>
		cnameOf.get(/resourceid\/([^/]+)/.exec(path)?.[1] ?? '') ?? 'unknown';
	const notRepeated = refused
		.filter(
			({ path, number }) => !startsSent.some((one) => one.number > number && one.path === path),
		)
		.map(({ path }) => channelOf(path))
		.filter(ofLiving);
	const gaps = control
		.recordings()
		.map(({ acquiredAt, startedAt }) => startedAt - acquiredAt)
		.sort((a, b) => a - b);
	const wanted = items.flatMap((count, i) =>
		Array.from({ length: count }, (_, item) => `lesson${i}-${item}`),
	);
	const lost = wanted.filter(
		(cname) => ofLiving(cname) && !running.some((recording) => recording.cname === cname),
	);
	const twice = Object.entries(counted(running.map(({ cname }) => cname))).filter(
		([, times]) => times > 1,
	);
	const ofKilled = stored.filter(({ id }) => had.has(id));
	const living = stored.filter(({ id }) => !had.has(id));

	return {
		figures: {
			...{ starts, executions, recordings: control.recordings().length, running: running.length },
			tookS: Math.round(tookMs / 1000),
			requests: counted(requests.map(({ status }) => String(status))),
			mostInOneSecond: mostInOneSecond(requests),
			refusedForTheRate: counted(
				requests
					.filter(({ status }) => status === RATE_EXCEEDED)
					.map(({ operation }) => operation ?? ''),
			),
			acquireToStartMs: {
				median: percentile(gaps, 0.5),
				longest: gaps[gaps.length - 1],
				over2s: gaps.filter((gap) => gap > BETWEEN_MS).length,
			},
			begunByWorkers: shares,
			killed: {
				afterS: Math.round((killedAt - beganAt) / 1000),
				recordingsThen: atDeath,
				executions: ofKilled.length,
				itsExecutionsNow: counted(ofKilled.map(({ status }) => status)),
				// What n8n handed on to another worker is in the log of that one.
				handedOn: [...had].filter((id) =>
					n8n.workers.some(
						(worker) => worker !== killed && worker.log().includes(`execution ${id},`),
					),
				).length,
			},
			named: counted(named.map(({ by }) => by)),
			otherExecutions: counted(living.map(({ status }) => status)),
		},
		rules: [
			{ rule: 'Every execution comes to an end', holds: over, found: over ? 'all' : 'not all' },
			none(
				'Nothing runs that is not named',
				named.filter(({ by }) => by === 'nowhere'),
			),
			none('No channel is recorded twice', twice),
			none('Every start that Agora refused for the rate is sent again', notRepeated),
			none('Workers that live lose no start', lost),
			none(
				'Executions of workers that live go well',
				living
					.filter((execution) => !wentWell(execution))
					.map(({ id, status }) => ({ id, status })),
			),
			{
				rule: 'A worker was killed in the middle',
				holds: atDeath < starts && ofKilled.length > 0,
				found: `after ${atDeath} of ${starts}, with ${ofKilled.length} executions`,
			},
		],
	};
}

/** How many requests that were not refused for it came within one second at most. */
function mostInOneSecond(
	requests: readonly { status: number | null; arrivedAt: number }[],
): number {
	const times = requests
		.filter(({ status }) => status !== RATE_EXCEEDED)
		.map(({ arrivedAt }) => arrivedAt)
		.sort((a, b) => a - b);
	let first = 0;
	let most = 0;
	times.forEach((time, i) => {
		while (time - times[first] >= 1_000) first++;
		most = Math.max(most, i - first + 1);
	});
	return most;
}
