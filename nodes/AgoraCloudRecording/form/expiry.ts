import { expiryWarnings, type Expiry } from '../agora/requests/expiry';
import {
	DEFAULT_EXPIRED_HOURS,
	recordingHours,
	type AcquireRequest,
	type StartRequest,
} from '../agora/requests/start';
import type { FormItem } from './item';
import { ACQUIRED_RESOURCE } from './options';

/** Tells of what ends before the recording may, which nobody would notice until then. */
export function warnOfExpiry(
	item: FormItem,
	start: StartRequest,
	{ clientRequest: { resourceExpiredHour } }: AcquireRequest,
	left: Pick<Expiry, 'tokenLeft' | 'storageLeft'>,
): void {
	const longestHours = recordingHours(start.clientRequest);
	const acquiredHere = item.parameters.raw(ACQUIRED_RESOURCE) === undefined;
	expiryWarnings({
		...left,
		...(longestHours !== undefined && { longestHours }),
		...(acquiredHere && { managedHours: resourceExpiredHour ?? DEFAULT_EXPIRED_HOURS }),
		managedHoursAsked: acquiredHere && resourceExpiredHour !== undefined,
	}).forEach((warning) => item.warn(warning));
}
