import type { App } from '../settings.mts';
import type { Route } from '../routes.mts';
import type { State } from '../state.mts';

/** An authenticated request to the service. */
export interface Call {
	state: State;
	app: App;
	route: Route;
	/** Only questions about channels have one. */
	query: URLSearchParams;
	/** The JSON of a POST. */
	body: unknown;
	/** Notes in the request log that the client did something that the documents disagree about. */
	warn: (text: string) => void;
}

/** What is sent to the client. */
export interface Answer {
	status: number;
	body: unknown;
}

/** A request that took effect: its answer is worked out when it is due. */
export interface Effect {
	/** Virtual time (Unix ms) until which the answer has to wait. */
	due?: number;
	answer: () => Answer;
}

export const ok = (body: unknown): Effect => ({ answer: () => ({ status: 200, body }) });
