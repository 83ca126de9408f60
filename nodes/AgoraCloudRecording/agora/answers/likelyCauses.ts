import type { RecordingMode } from '../modes';

/** What is known of a recording that Agora does not find; what is not known is absent. */
export interface Clues {
	mode: RecordingMode;
	/** Unix milliseconds, as all times here. */
	now: number;
	/** When Agora accepted the start. */
	startedAt?: number;
	acquiredAt?: number;
	/** Whether Agora ever said that it runs. */
	seenToRun: boolean;
	/** Whether Agora said that its recorder is ready, and no more. */
	ready?: boolean;
	/** Whether it was stopped before. */
	stopped?: boolean;
	/** Seconds without anybody in the channel after which it ends. */
	maxIdleTime?: number;
	/** Hours after which the recording of a page ends. */
	maxRecordingHour?: number;
	/** Hours from acquire within which Agora takes calls for it. */
	resourceExpiredHour?: number;
	/** When the recorder's token ends; null where it was given none. */
	tokenExpiresAt?: number | null;
	/** Seconds for which Agora was asked, the first time included. */
	askedFor: number;
}

/** A move to another server takes this long at most (best-practices.md section 3), in seconds. */
const LONGEST_MOVE_S = 90;
const HOUR_MS = 3_600_000;

/** A cause and how likely it is: those that are proved by a time come first. */
type Cause = readonly [likelihood: number, text: string];

const iso = (time: number) => new Date(time).toISOString();

/** Moments that are over, and what they ended. */
function overdue(clues: Clues): Cause[] {
	const { now, tokenExpiresAt } = clues;
	// What is not known has not come yet.
	const { startedAt = Infinity, acquiredAt = Infinity } = clues;
	const { maxRecordingHour = Infinity, resourceExpiredHour = Infinity } = clues;
	const causes: Cause[] = [];
	if (clues.stopped) causes.push([100, 'it has already been stopped']);
	if (now >= acquiredAt + resourceExpiredHour * HOUR_MS) {
		causes.push([
			90,
			`the ${resourceExpiredHour} hours of 'Controllable For (Hours)' have passed. It may continue until it ends by itself`,
		]);
	}
	if (now >= startedAt + maxRecordingHour * HOUR_MS) {
		causes.push([85, `its maximum length of ${maxRecordingHour} hours has passed`]);
	}
	if (typeof tokenExpiresAt === 'number' && now >= tokenExpiresAt) {
		causes.push([
			80,
			`the recorder's token expired at ${iso(tokenExpiresAt)}, so the recorder had to leave the channel`,
		]);
	}
	return causes;
}

/** Nobody was there for long enough; only where the recording is old enough for that. */
function idle({ mode, now, startedAt, maxIdleTime, seenToRun, ready }: Clues): Cause[] {
	if (mode === 'web') return [];
	if (startedAt === undefined || maxIdleTime === undefined) {
		return [[65, "the channel was empty for longer than 'Stop After Idle (Seconds)'"]];
	}
	if (now < startedAt + maxIdleTime * 1000) return [];
	return [
		[
			ready ? 75 : seenToRun ? 70 : 45,
			`the channel was empty for ${maxIdleTime} seconds ('Stop After Idle (Seconds)')`,
		],
	];
}

/** What Agora finds out only after it has accepted a start. */
function neverBegan({ mode, tokenExpiresAt, seenToRun, ready }: Clues): Cause[] {
	if (seenToRun) return [];
	// A recorder that was ready had joined the channel, and could have recorded.
	if (ready) {
		return [[60, "the app uses a different 'Channel Profile', so the recorder received nothing"]];
	}
	const storage: Cause = [
		50,
		'the storage vendor, region, bucket, or keys in the credential are wrong',
	];
	if (mode === 'web') {
		return [
			[
				60,
				"the page is not publicly accessible, redirects to another domain, or did not call notifyReady() within 'Page Ready Timeout (Seconds)'",
			],
			storage,
			[40, "the page uses WebGL or exceeds Agora's limits for video and bandwidth"],
		];
	}
	return [
		[
			60,
			tokenExpiresAt === null
				? "the Agora project has an App Certificate, but no token was sent: fill in 'App Certificate' in the credential"
				: 'the App ID and App Certificate in the credential do not match, or the token has expired or is for another channel or recorder UID',
		],
		storage,
		[
			40,
			"the app uses a different 'Channel Profile', or the video size, frame rate, and bitrate do not match",
		],
		[30, 'another user in the channel has the same UID as the recorder'],
	];
}

/**
 * Why Agora does not find a recording, the likeliest first, from what is known of it (errors.md
 * section 6, field-notes.md section 1). What its times rule out is not named.
 */
export function likelyCauses(clues: Clues): string[] {
	const elsewhere: Cause[] = clues.seenToRun
		? [[35, 'another workflow or program has stopped it']]
		: [];
	const moving: Cause[] =
		clues.askedFor < LONGEST_MOVE_S
			? [
					[
						clues.seenToRun ? 55 : 10,
						`it is moving to another server, which takes up to ${LONGEST_MOVE_S} seconds: try again then`,
					],
				]
			: [];
	return [...overdue(clues), ...idle(clues), ...neverBegan(clues), ...elsewhere, ...moving]
		.sort(([one], [other]) => other - one)
		.map(([, text]) => text);
}

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The causes, a line each, the likeliest first; '' where there are none. */
export const causesText = (causes: readonly string[]) =>
	causes.length > 0
		? ['Likely causes:', ...causes.map((cause, i) => `${i + 1}. ${capital(cause)}`)].join('\n')
		: '';
