import { identity, queryResponse } from '../answers.mts';
import { Refused } from '../errors.mts';
import { ok } from './call.mts';
import type { Call, Effect } from './call.mts';
import { findSession } from './session.mts';

/** How a recording is (rest-api.md 6). Spoils a stop that is under way (errors.md 7). */
export function query(call: Call): Effect {
	const { state } = call;
	const { recording } = findSession(call, 'query');
	const { stop } = recording;
	if (stop !== undefined && !stop.async) {
		if (stop.answered) throw new Refused('query.404');
		stop.spoiled = true;
		call.warn('query while a stop is under way (errors.md 7)');
	}
	return ok({
		...identity(recording),
		serverResponse: queryResponse(recording, state.clock.now(), state),
	});
}
