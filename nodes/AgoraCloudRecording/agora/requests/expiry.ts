/** What ends by itself while a recording may go on, as far as it is known before the start. */
export interface Expiry {
	/** Hours that the recording lasts at most; absent where only an empty channel ends it. */
	longestHours?: number;
	/** Hours from acquire within which Agora takes calls; absent where they are not known. */
	managedHours?: number;
	/** Whether the user asked for those hours. */
	managedHoursAsked: boolean;
	/** Seconds until the token of the recorder ends; absent where it has none. */
	tokenLeft?: number;
	/** Seconds until the temporary credential of the storage ends; absent for a lasting one. */
	storageLeft?: number;
}

/** Longest life of a token, and what a channel's recording is expected to last at most, in hours. */
const DAY_H = 24;
/** Hours by which a token of a day may have aged without a word. */
const TOLERANCE_H = 1;

/** Seconds in words, to the hour or, where there are few, to the minute. */
function inWords(seconds: number): string {
	const [count, unit] =
		seconds < 2 * 3600
			? [Math.floor(seconds / 60), 'minute']
			: [Math.floor(seconds / 3600), 'hour'];
	return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/**
 * Warnings of what ends earlier than the recording may: a token cannot be renewed and lasts a day at
 * most (token.md), a recording that outlives its hours cannot be stopped through the API.
 */
export function expiryWarnings(expiry: Expiry): string[] {
	const { longestHours, managedHours, managedHoursAsked } = expiry;
	// What does not end lasts for ever.
	const { tokenLeft = Infinity, storageLeft = Infinity } = expiry;
	const hours = longestHours ?? DAY_H;
	const warnings: string[] = [];
	if (tokenLeft < (DAY_H - TOLERANCE_H) * 3600) {
		warnings.push(
			`The token of the recorder ends in ${inWords(tokenLeft)}, and a recording that still goes on then is cut off: it cannot get a new one. Make it for ${DAY_H} hours, the most that Agora allows, or let this node make it.`,
		);
	} else if (tokenLeft < Infinity && managedHoursAsked && (managedHours ?? 0) > DAY_H) {
		warnings.push(
			`No token lasts longer than ${DAY_H} hours, and a recording that still goes on then is cut off. Start another recording before that if ${managedHours} hours are to be recorded.`,
		);
	}
	if (storageLeft < hours * 3600) {
		warnings.push(
			`The temporary credential of the storage ends in ${inWords(storageLeft)}, and the recording may go on for longer. Give Agora a new one in time (operation Update, 'Change' set to 'Storage Credentials'), or later files are not uploaded.`,
		);
	}
	const outlived = longestHours !== undefined || managedHoursAsked;
	if (managedHours !== undefined && outlived && managedHours < hours) {
		warnings.push(
			`Query, Update and Stop cannot reach the recording after ${inWords(managedHours * 3600)} ('Controllable For (Hours)'). If the recording still goes on then, it can no longer be stopped, and ends only by itself.`,
		);
	}
	return warnings;
}
