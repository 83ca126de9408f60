import type { OverTheWire } from '../../support/host.mts';
import type { Notice } from './listening.mts';

/** Everything that a run against Agora has seen, raw. */

/** A request, and what came of it. */
export interface Exchange {
	/** What it was for: an operation of the node's own (`purposeOf`), or what a question says. */
	purpose: string;
	/** HTTP status; 0 where there was no answer. */
	status: number;
	/** The answer's JSON. */
	body: unknown;
	/** Unix milliseconds at which it was answered. */
	answeredAt: number;
}

/** The recording of the run. */
export interface Recorded {
	mode: string;
	cname: string;
	uid: string;
	resourceId: string;
	sid: string;
}

const PURPOSES: ReadonlyArray<readonly [RegExp, string]> = [
	[/^\/dev\/v1\/channel\/user\/.*$/, 'users'],
	[/^\/dev\/v1\/channel\/.*$/, 'channels'],
	[/^\/(v[12])\/ncs\/ip$/, 'ipList $1'],
	[/^.*\/(acquire|start|query|updateLayout|update|stop)$/, '$1'],
];

/** What a request of the node's is for, by its address: `query`, `users`, `ipList v1`, … */
export function purposeOf(url: string): string {
	const { pathname } = new URL(url);
	const [pattern, name] = PURPOSES.find(([candidate]) => candidate.test(pathname)) ?? [];
	return pattern && name ? pathname.replace(pattern, name) : '';
}

export class Observed {
	readonly exchanges: Exchange[] = [];
	/** Titles of the steps, and what went wrong in one: nothing, or a text. */
	readonly steps: Array<{ title: string; ms: number; failed: boolean }> = [];
	/** What came from Agora's notification server; undefined where nobody listened. */
	notices: readonly Notice[] | undefined;
	recording: Recorded | undefined;
	/** What the run failed with. */
	problem: string | undefined;

	/** Takes over what the node itself asked. */
	heard({ url, status, body, answeredAt }: OverTheWire): void {
		this.exchanges.push({ purpose: purposeOf(url), status, body, answeredAt });
	}

	/** What was asked for a purpose, in its order. */
	of(purpose: string): Exchange[] {
		return this.exchanges.filter((exchange) => exchange.purpose === purpose);
	}

	/** Seconds from the answer to Start until then, as text; undefined where nothing was started. */
	sinceStart(at: number): string | undefined {
		const started = this.of('start').find(({ status }) => status === 200);
		return started && seconds(at - started.answeredAt);
	}
}

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
