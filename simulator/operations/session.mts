import { Refused } from '../errors.mts';
import { isResourceId } from '../identifiers.mts';
import { apiExpiresAt, phaseAt } from '../life.mts';
import type { Phase } from '../life.mts';
import type { Recording } from '../recording.mts';
import type { Call } from './call.mts';

/** Operations about a recording that was started. */
export type SessionOperation = 'query' | 'update' | 'updateLayout' | 'stop';

/** A recording for which the service still answers. */
export interface Session {
	recording: Recording;
	phase: Exclude<Phase, 'gone' | 'failover'>;
}

/**
 * The recording that a request names.
 * @param identity cname and uid of the body; query has none
 * @throws Refused 1001, 1003, 432 (errors.md 4), 2, or 404 if nobody answers for it (errors.md 6)
 */
export function findSession(
	call: Call,
	operation: SessionOperation,
	identity?: { cname: string; uid: string },
): Session {
	const { state, app, route } = call;
	const resourceId = route.resourceId ?? '';
	if (!isResourceId(resourceId)) throw new Refused('older.1001');
	const resource = state.resources.get(resourceId);
	if (resource === undefined) throw new Refused(`${operation}.404`);
	if (resource.appId !== app.appId) throw new Refused('older.1003');
	const recording = state.recordings.get(resource.sid ?? '');
	if (recording === undefined) throw new Refused(`${operation}.404`);
	if (recording.sid !== route.sid) throw new Refused('older.1003');
	if (
		identity !== undefined &&
		(identity.cname !== resource.cname || identity.uid !== resource.uid)
	) {
		throw new Refused('older.432');
	}
	if (recording.mode !== route.mode) {
		throw new Refused(`${operation}.2`, `invalid mode value! (started in ${recording.mode})`);
	}
	const now = state.clock.now();
	const phase = phaseAt(recording, now, state);
	if (phase === 'gone' || phase === 'failover' || apiExpiresAt(recording) <= now) {
		throw new Refused(`${operation}.404`);
	}
	return { recording, phase };
}

/** As findSession, but only while the recording runs. */
export function findRunning(
	call: Call,
	operation: SessionOperation,
	identity: { cname: string; uid: string },
): Recording {
	const { recording, phase } = findSession(call, operation, identity);
	if (phase !== 'running') throw new Refused(`${operation}.404`);
	return recording;
}
