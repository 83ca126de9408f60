import { identity, stopResponse } from '../answers.mts';
import { Refused } from '../errors.mts';
import { contentFrom, endOf, UPLOAD_PATIENCE_MS, uploadedAt, uploadingStatus } from '../life.mts';
import type { Recording, Stop } from '../recording.mts';
import { stopBody } from '../schemas/bodies.mts';
import { parsed } from '../schemas/validate.mts';
import { stopWarnings } from '../schemas/warnings.mts';
import type { State } from '../state.mts';
import type { Answer, Call, Effect } from './call.mts';
import { findSession } from './session.mts';

/** What a synchronous stop says when its upload has ended or its patience has. */
function synchronousAnswer(recording: Recording, stop: Stop, state: State): Answer {
	stop.answered = true;
	const end = endOf(recording, state);
	if (stop.spoiled) {
		// errors.md 7: 206 and no fileList. The rest of the body is not documented.
		const serverResponse = { uploadingStatus: 'unknown' };
		return { status: 206, body: { ...identity(recording), serverResponse } };
	}
	if (end !== undefined && uploadedAt(end, state) > stop.at + UPLOAD_PATIENCE_MS) {
		throw new Refused('older.50');
	}
	const status = uploadingStatus(recording, stop.at, state);
	const serverResponse = stopResponse(recording, stop.at, status, state);
	return { status: 200, body: { ...identity(recording), serverResponse } };
}

/** Ends a recording (rest-api.md 7; errors.md 3, table "stop"). */
export function stop(call: Call): Effect {
	const { state, body } = call;
	const { clientRequest, ...who } = parsed('stop', stopBody, body);
	const { recording, phase } = findSession(call, 'stop', who);
	stopWarnings(clientRequest).forEach(call.warn);
	if (phase !== 'running') throw new Refused('stop.49');
	const now = state.clock.now();
	const isAsync = clientRequest.async_stop ?? false;
	const queried = (recording.underWay.get('query') ?? 0) > 0;
	if (queried) call.warn('stop while a query is under way (errors.md 7)');
	const request: Stop = { at: now, async: isAsync, answered: false, spoiled: queried };
	recording.stop = request;
	if (isAsync) {
		// What an asynchronous stop says about files is not documented: nothing, then.
		request.answered = true;
		return {
			answer: () => ({ status: 200, body: { ...identity(recording), serverResponse: {} } }),
		};
	}
	if (recording.mode !== 'web' && contentFrom(recording, state) === undefined) {
		request.answered = true;
		throw new Refused('stop.435');
	}
	return {
		due: now + Math.min(state.settings.uploadMs, UPLOAD_PATIENCE_MS),
		answer: () => synchronousAnswer(recording, request, state),
	};
}
