import { textOf } from '../support/failures.mts';
import { linked } from './opened.mts';
import type { Lived } from './told.mts';
import { isSmooth } from './rules/plain.mts';
import { isError, statementsOf } from './rules/rule.mts';

/** What was really met in the lives of a run, and what came of it. All are counts. */
export interface Summary {
	lives: number;
	requests: number;
	/** Lives in which nothing went wrong. */
	smooth: number;
	/** Requests that met a fault, by kind. */
	faults: Record<string, number>;
	/** Requests to the storage, and those that met a fault, by kind. */
	stored: number;
	storageFaults: Record<string, number>;
	/** Links by what was said of them, and playlists; of all addresses those that were opened, by status. */
	links: Record<string, number>;
	opened: Record<string, number>;
	/** What was done from outside: cancels, kills, … */
	happenings: Record<string, number>;
	/** Tries of n8n's Retry On Fail beyond the first; of them, as an agent's tool. */
	retries: number;
	toolRetries: number;
	/** Executions that went on in a process with an empty memory. */
	restarts: number;
	/** What was said in the end, by operation and outcome; errors are `error` and `mayRun`. */
	said: { smooth: Record<string, number>; rough: Record<string, number> };
}

export const emptySummary = (): Summary => ({
	lives: 0,
	requests: 0,
	smooth: 0,
	faults: {},
	stored: 0,
	storageFaults: {},
	links: {},
	opened: {},
	happenings: {},
	retries: 0,
	toolRetries: 0,
	restarts: 0,
	said: { smooth: {}, rough: {} },
});

const count = (counts: Record<string, number>, name: string, by = 1) => {
	counts[name] = (counts[name] ?? 0) + by;
};

/** Adds a life to a summary. */
export function note(summary: Summary, lived: Lived): void {
	summary.lives++;
	summary.requests += lived.requests.length;
	const smooth = isSmooth(lived);
	if (smooth) summary.smooth++;
	for (const { trouble } of lived.requests) if (trouble) count(summary.faults, trouble.kind);
	summary.stored += lived.stored.length;
	for (const { trouble } of lived.stored) {
		if (trouble) count(summary.storageFaults, 'code' in trouble ? trouble.code : trouble.kind);
	}
	for (const { status } of lived.opened) count(summary.opened, String(status));
	for (const { json } of statementsOf(lived)) {
		if (json.playlist !== undefined) count(summary.links, 'playlist');
		const files = new Map(linked(json).map((file) => [file.path, file]));
		for (const { linkState } of files.values()) count(summary.links, textOf(linkState));
	}
	for (const { what } of lived.met) count(summary.happenings, what);
	for (const { runs } of lived.executions) {
		for (const { tries, tool } of runs) {
			summary.retries += Math.max(0, tries.length - 1);
			if (tool) summary.toolRetries += Math.max(0, tries.length - 1);
		}
	}
	if (lived.requests.some(({ process, execution }) => process === 1 && execution === 'main')) {
		summary.restarts++;
	}
	const said = smooth ? summary.said.smooth : summary.said.rough;
	for (const statement of statementsOf(lived)) {
		const { outcome, run } = statement;
		const what = isError(statement)
			? statement.details.mayRun === true
				? 'mayRun'
				: 'error'
			: (outcome ?? 'nothing');
		count(said, `${run.operation} ${what}`);
	}
}

/** The sum of two summaries. */
export function plus(one: Summary, other: Summary): Summary {
	const added = (a: Record<string, number>, b: Record<string, number>) => {
		const sum = { ...a };
		for (const [name, by] of Object.entries(b)) count(sum, name, by);
		return sum;
	};
	return {
		lives: one.lives + other.lives,
		requests: one.requests + other.requests,
		smooth: one.smooth + other.smooth,
		faults: added(one.faults, other.faults),
		stored: one.stored + other.stored,
		storageFaults: added(one.storageFaults, other.storageFaults),
		links: added(one.links, other.links),
		opened: added(one.opened, other.opened),
		happenings: added(one.happenings, other.happenings),
		retries: one.retries + other.retries,
		toolRetries: one.toolRetries + other.toolRetries,
		restarts: one.restarts + other.restarts,
		said: {
			smooth: added(one.said.smooth, other.said.smooth),
			rough: added(one.said.rough, other.said.rough),
		},
	};
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Of what starts and stops end in, the share that says "may be running", or is not confirmed. */
function shareOf(said: Record<string, number>, operation: string, what: string): number {
	const own = Object.entries(said).filter(([name]) => name.startsWith(`${operation} `));
	const all = own.reduce((sum, [, n]) => sum + n, 0);
	return all === 0 ? 0 : (said[`${operation} ${what}`] ?? 0) / all;
}

/**
 * No more than this share of what an operation ends in may be left open. Where nothing went wrong a start
 * whose channel empties before it is asked about is all that is left; elsewhere faults at one request in
 * five, and more, leave some that nobody could know of.
 */
const BOUNDS: Array<[kind: 'smooth' | 'rough', operation: string, what: string, most: number]> = [
	['smooth', 'start', 'mayRun', 0.01],
	['smooth', 'start', 'unconfirmed', 0.01],
	['smooth', 'stop', 'mayRun', 0.001],
	['rough', 'start', 'mayRun', 0.3],
	['rough', 'start', 'unconfirmed', 0.05],
	['rough', 'stop', 'mayRun', 0.2],
];
/** With fewer lives chance weighs too much. */
const FEWEST_LIVES = 250;

/** Shares that are beyond their bounds, in words. */
export const beyondBounds = ({ said, lives }: Summary): string[] =>
	BOUNDS.flatMap(([kind, operation, what, most]) => {
		const share = shareOf(said[kind], operation, what);
		return lives >= FEWEST_LIVES && share > most
			? [
					`${percent(share)} of all ${operation} end in ${what} ${kind === 'smooth' ? 'where nothing went wrong' : 'elsewhere'}, more than ${percent(most)}`,
				]
			: [];
	});

const list = (counts: Record<string, number>) =>
	Object.entries(counts)
		.sort(([, a], [, b]) => b - a)
		.map(([name, n]) => `${name} ${n}`)
		.join(', ') || 'none';

/** For docs/quality.md. @param ms how long the run took */
export function figuresOf(summary: Summary, ms: number) {
	const { lives, requests, smooth, stored, retries, restarts } = summary;
	return {
		...{ lives, 'seconds in all': Math.round(ms / 1000), 'requests to Agora': requests },
		...{ 'requests to the storage': stored, 'lives in which nothing went wrong': smooth },
		...{ 'tries beyond the first': retries, 'restarts of n8n': restarts },
		'faults of Agora that were met': list(summary.faults),
		'faults of the storage that were met': list(summary.storageFaults),
		'done from outside': list(summary.happenings),
		'Left open, of all starts and stops': Object.fromEntries(
			BOUNDS.map(([kind, operation, what, most]) => [
				`${operation} ends in ${what}, where ${kind === 'smooth' ? 'nothing' : 'something'} went wrong`,
				`${percent(shareOf(summary.said[kind], operation, what))} (at most ${percent(most)})`,
			]),
		),
	};
}

/** For people. @param ms how long the run took */
export function summaryText(summary: Summary, ms: number): string {
	const { lives, requests, smooth, faults, happenings, retries, toolRetries, restarts, said } =
		summary;
	const { stored, storageFaults, links, opened } = summary;
	const shares = (kind: 'smooth' | 'rough') =>
		BOUNDS.filter(([of]) => of === kind)
			.map(
				([, operation, what]) =>
					`${operation} ${what} ${percent(shareOf(said[kind], operation, what))}`,
			)
			.join(', ');
	return [
		`${lives} lives in ${(ms / 1000).toFixed(0)} s (${(ms / Math.max(1, lives)).toFixed(0)} ms each), ${requests} requests; in ${smooth} nothing went wrong`,
		`Faults met: ${list(faults)}`,
		`Storage: ${stored} requests; links: ${list(links)}; opened: ${list(opened)}`,
		`Faults of the storage met: ${list(storageFaults)}`,
		`Met besides: ${list({ ...happenings, retry: retries, 'retry of a tool': toolRetries, restart: restarts })}`,
		`Said where nothing went wrong: ${list(said.smooth)}`,
		`Said elsewhere: ${list(said.rough)}`,
		`Shares where nothing went wrong: ${shares('smooth')}`,
		`Shares elsewhere: ${shares('rough')}`,
	].join('\n');
}
