import type { End, EndCause } from '../life.mts';
import type { Blame, Recording } from '../recording.mts';

/** `leaveCode` (notifications.md 5, event 41): 24 was observed on a normal stop, 4 means nobody there. */
export const LEAVE_CODES: Record<Exclude<EndCause, 'killed'>, number> = {
	stop: 24,
	maxRecordingHour: 24,
	idle: 4,
	failure: 24,
};

/** `code` and `message` of a page's end (notifications.md 5, event 71). */
export const WEB_ENDS: Record<EndCause, { code: number; message: string }> = {
	stop: { code: 0, message: 'ok' },
	idle: { code: 0, message: 'ok' },
	maxRecordingHour: { code: 1, message: 'max_recording_hour' },
	failure: { code: 6, message: 'recorder_error' },
	killed: { code: 6, message: 'recorder_error' },
};

interface Consequence {
	/** Event 1, unless the page's own event says it all; errorMsg is what the check found. */
	error?: { module: number; errorLevel: number; errorCode: number; stat: number };
	leaveCode: number;
	web: { code: number; message: string };
	/** Whether nothing was stored at all. */
	barren: boolean;
	/** Whether the recorder never got into the channel. */
	outside: boolean;
}

const failed = { errorLevel: 5, stat: 1 };
const web = WEB_ENDS.failure;

/** What each reason of failing leads to; error codes of notifications.md 7 and errors.md 4. */
export const BLAMES: Record<Blame, Consequence> = {
	storage: {
		error: { module: 1, errorCode: 32, ...failed },
		leaveCode: 24,
		web,
		barren: true,
		outside: false,
	},
	token: {
		error: { module: 0, errorCode: 110, ...failed },
		leaveCode: 0,
		web,
		barren: true,
		outside: true,
	},
	tokenExpired: {
		error: { module: 0, errorCode: 109, ...failed },
		leaveCode: 24,
		web,
		barren: false,
		outside: false,
	},
	uid: {
		error: { module: 0, errorCode: 53, ...failed },
		leaveCode: 0,
		web,
		barren: true,
		outside: true,
	},
	profile: {
		error: { module: 2, errorCode: 2, ...failed },
		leaveCode: 24,
		web,
		barren: true,
		outside: false,
	},
	pageUnreachable: {
		leaveCode: 24,
		web: { code: 5, message: 'access_url_failed' },
		barren: true,
		outside: false,
	},
	pageNotReady: {
		leaveCode: 24,
		web: { code: 4, message: 'page_load_timeout' },
		barren: true,
		outside: false,
	},
};

/** Whether it ended in a way that leaves nobody who could tell: its process was killed. */
export const diesSilently = ({ killed }: Recording, { cause }: End): boolean =>
	cause === 'killed' && killed?.abnormal !== true;
