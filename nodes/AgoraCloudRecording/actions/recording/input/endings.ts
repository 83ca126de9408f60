import { endingsTooEarly, type Endings } from '../../../agora/requests/endings';
import {
	DEFAULT_EXPIRED_HOURS,
	recordingHours,
	type AcquireRequest,
	type StartRequest,
} from '../../../agora/requests/start';
import type { ItemRun } from '../../operation';

/** Tells of what ends before the recording may, which nobody would notice until then. */
export function warnOfEndings(
	run: ItemRun,
	start: StartRequest,
	{ clientRequest: { resourceExpiredHour } }: AcquireRequest,
	left: Pick<Endings, 'tokenLeft' | 'storageLeft'>,
): void {
	const longestHours = recordingHours(start.clientRequest);
	const acquiredHere = run.parameters.boolean('acquireResource', true);
	endingsTooEarly({
		...left,
		...(longestHours !== undefined && { longestHours }),
		...(acquiredHere && { managedHours: resourceExpiredHour ?? DEFAULT_EXPIRED_HOURS }),
		managedHoursAsked: acquiredHere && resourceExpiredHour !== undefined,
	}).forEach((warning) => run.warn(warning));
}
