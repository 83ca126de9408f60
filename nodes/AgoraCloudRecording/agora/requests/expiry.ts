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
			`The recorder's token expires in ${inWords(tokenLeft)} and cannot be renewed. If the recording is still running then, it is cut off. Generate the token for ${DAY_H} hours, Agora's limit, or let this node generate it.`,
		);
	} else if (tokenLeft < Infinity && managedHoursAsked && (managedHours ?? 0) > DAY_H) {
		warnings.push(
			`Tokens last up to ${DAY_H} hours. If the recording is still running then, it is cut off. To record for ${managedHours} hours, start another recording before that.`,
		);
	}
	if (storageLeft < hours * 3600) {
		warnings.push(
			`The temporary storage credential expires in ${inWords(storageLeft)}, possibly before the recording ends. Send Agora a new one in time (Update operation, 'Change' set to 'Storage Credentials'). Otherwise, later files will not be uploaded.`,
		);
	}
	const outlived = longestHours !== undefined || managedHoursAsked;
	if (managedHours !== undefined && outlived && managedHours < hours) {
		warnings.push(
			`Query, Update, and Stop cannot reach the recording after ${inWords(managedHours * 3600)} ('Controllable For (Hours)'). If the recording is still running then, you cannot stop it anymore.`,
		);
	}
	return warnings;
}
