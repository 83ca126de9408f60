/** Tables of the numbers in notifications. A number that is not here stays a number. */
type CodeTable = Readonly<Record<number, string>>;

/** `payload.serviceType`. Source: notifications.md section 4. */
export const SERVICES: CodeTable = {
	0: 'cloudRecording',
	1: 'recorder',
	2: 'uploader',
	3: 'contentRecognition',
	4: 'extension',
	6: 'webPageRecorder',
	7: 'transcoder',
	8: 'downloader',
};

/** Event 1: `errorLevel`. Source: notifications.md section 5. */
export const ERROR_LEVELS: CodeTable = {
	1: 'debug',
	2: 'minor',
	3: 'medium',
	4: 'major',
	5: 'fatal',
};

/** Events 1 and 2: `module`. */
export const MODULES: CodeTable = {
	0: 'recorder',
	1: 'uploader',
	2: 'cloudRecording',
	6: 'webPageRecorder',
};

/** Event 1, modules other than uploader and service: Agora's body codes (errors.md section 4). */
const BODY_CODES: CodeTable = {
	2: 'A parameter is invalid',
	7: 'A recording with this resource ID is already running',
	8: 'The request could not be parsed',
	15: 'The start was not confirmed (undocumented code)',
	49: 'The recording was already stopping',
	50: 'The upload took too long',
	53: 'A recording with the same parameters is already running',
	62: 'Cloud Recording is not enabled for the project, or the service did not respond',
	65: "There was a network problem between Agora's services",
	109: 'The RTC token has expired',
	110: 'The RTC token is invalid for the App ID, channel, or recorder UID',
	404: 'No recorder was found for this recording',
	432: 'The parameters do not match the resource ID',
	433: 'The resource ID has expired',
	435: 'No one sent audio or video, so there are no files',
	501: 'The service is stopping',
	1001: 'The resource ID cannot be read',
	1003: 'The App ID or SID does not match the resource ID',
	1013: 'The channel name is invalid',
	1028: 'The layout is invalid',
};

/** Event 1: `errorCode` by `module`. Source: notifications.md section 7. */
export const ERROR_CODES: Readonly<Record<number, CodeTable>> = {
	0: BODY_CODES,
	1: {
		32: 'The storage configuration is wrong',
		47: 'A recorded file could not be uploaded',
		51: 'Files could not be prepared for upload',
	},
	2: { ...BODY_CODES, 50: 'The upload took too long', 52: 'The service did not start in time' },
	6: BODY_CODES,
};

/** Event 2: `warnCode` of module 1. Those of module 0 are of the On-Premise Recording SDK. */
export const UPLOADER_WARNINGS: CodeTable = {
	31: 'A slice was uploaded to your storage on a later attempt',
	32: "A slice was uploaded to Agora's backup storage",
};

/** Bits of event 41's `leaveCode`; 0 alone is a failed initialisation, an abnormal end. */
export const LEAVE_BITS: ReadonlyArray<readonly [bit: number, reason: string]> = [
	[2, 'signalReceived'],
	[4, 'noUsers'],
	[8, 'ignored'],
	[16, 'leftChannel'],
];

export const LEAVE_INITIALISATION_FAILED = 'initialisationFailed';

/** Event 71: `code`, with Agora's `message` and what it means. */
export const WEB_STOP_CODES: Readonly<Record<number, { reason: string; meaning: string }>> = {
	0: { reason: 'ok', meaning: 'The recording was stopped' },
	1: { reason: 'max_recording_hour', meaning: 'The maximum recording length was reached' },
	2: { reason: 'capability_limit', meaning: 'The page uses features that cannot be recorded' },
	3: { reason: 'start_engine_failed', meaning: 'The recorder could not start' },
	4: { reason: 'page_load_timeout', meaning: 'The page did not load in time' },
	5: { reason: 'access_url_failed', meaning: 'The page could not be opened' },
	6: { reason: 'recorder_error', meaning: 'The recorder crashed' },
};

/**
 * Event 71: the user's own limit ended the recording. Agora calls this abnormal like all codes but 0;
 * whether it is a failure only the user knows.
 */
export const WEB_TIME_LIMIT = 1;
/** Stop codes of event 71 that are no failure. */
export const REGULAR_WEB_STOPS: readonly number[] = [0, WEB_TIME_LIMIT];

/** Event 72: `limitType`. */
export const PAGE_LIMITS: Readonly<Record<string, string>> = {
	resolution: 'The page contains a video whose resolution is too high to record',
	WebGL: 'The page uses WebGL, which cannot be recorded',
	bandwidth: 'The page needs more bandwidth than available',
};

/** Event 73: `reason`. */
export const RELOAD_REASONS: Readonly<Record<string, string>> = {
	audio_silence: 'The page was silent for too long',
	page_load_timeout: 'The page did not load in time',
};

/** RTC: `platform`. Source: rtc-channel-events.md. */
export const PLATFORMS: CodeTable = {
	0: 'other',
	1: 'android',
	2: 'ios',
	5: 'windows',
	6: 'linux',
	7: 'web',
	8: 'macos',
};

/** RTC: `clientType` of Cloud Recording, which joins a channel like a user. */
export const CLOUD_RECORDER_CLIENT = 10;

/** RTC: `clientType`, told for platform 6 only. */
export const CLIENT_TYPES: CodeTable = {
	3: 'onPremiseRecording',
	8: 'applet',
	[CLOUD_RECORDER_CLIENT]: 'cloudRecording',
};

/** RTC: `reason` of leaving. */
export const LEAVE_REASONS: CodeTable = {
	0: 'other',
	1: 'left',
	2: 'connectionTimedOut',
	3: 'noPermission',
	4: 'serverReconnect',
	5: 'joinedFromNewDevice',
	9: 'severalIpAddresses',
	10: 'networkTrouble',
	12: 'tokenInvalid',
	99: 'unknownNetworkTrouble',
	999: 'abnormalActivity',
};

/** What {@link nameOf} gives for a number that its table does not have. */
const UNKNOWN = 'unknown';

/** Name of a number; `unknown` for one that the table does not have, null for none. */
export function nameOf(table: CodeTable, code: number | undefined): string | null {
	if (code === undefined) return null;
	return Object.hasOwn(table, code) ? table[code] : UNKNOWN;
}
