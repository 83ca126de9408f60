import { documentedError } from './errors.mts';
import type { Refused } from './errors.mts';
import type { Answer } from './operations/call.mts';
import type { Mode, Operation } from './routes.mts';
import type { Settings } from './settings.mts';

/** Who a request is about, as far as it says. */
export interface About {
	operation?: Operation;
	mode?: Mode;
	cname?: string;
	uid?: string;
	resourceId?: string;
	sid?: string;
}

/** The internal command that 404 bodies name. Only stop's was ever seen; the others are guesses. */
const COMMANDS: Partial<Record<Operation, string>> = {
	query: 'QueryCloudRecorder',
	update: 'UpdateCloudRecorder',
	updateLayout: 'UpdateCloudRecorderLayout',
	stop: 'StopCloudRecorder',
};

/** 404/404 as real servers were seen to send it: without `reason` (field-notes.md 2.2). */
function fieldNotFound({ operation, cname = '', uid = '', resourceId = '', sid = '' }: About) {
	return {
		cname,
		uid,
		resourceId,
		sid,
		code: 404,
		serverResponse: {
			command: operation === undefined ? '' : (COMMANDS[operation] ?? ''),
			payload: { message: 'failed to find worker' },
			subscribeModeBitmask: 1,
			vid: '1209',
		},
	};
}

/** The documented answer to a refused request (errors.md 1: three shapes). */
export function refusal(
	{ error, reason }: Pick<Refused, 'error' | 'reason'>,
	about: About,
	settings: Settings,
): Answer {
	const documented = documentedError(error);
	const { status, message, code } = documented;
	if (message !== undefined) return { status, body: { message } };
	if (error === 'start.15') {
		return { status, body: { resourceId: about.resourceId ?? '', sid: '', code } };
	}
	if (code === 404 && settings.notFoundForm === 'field') {
		return { status, body: fieldNotFound(about) };
	}
	return { status, body: { code, reason: reason ?? documented.reason } };
}
