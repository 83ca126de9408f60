import { identity } from '../answers.mts';
import { storageProblem } from '../failures.mts';
import { streamTypes } from '../recording.mts';
import { layoutWarnings, updateWarnings } from '../schemas/warnings.mts';
import { updateBody, updateLayoutBody } from '../schemas/bodies.mts';
import { LAYOUT_RULES } from '../schemas/layout.mts';
import { UPDATE_RULES } from '../schemas/updateRules.mts';
import { spelledAs } from '../schemas/subscription.mts';
import { obey, parsed } from '../schemas/validate.mts';
import { ok } from './call.mts';
import type { Call, Effect } from './call.mts';
import { findRunning } from './session.mts';

/** Changes subscriptions, pause, CDN address or storage keys (rest-api.md 4). */
export function update(call: Call): Effect {
	const { state, body } = call;
	const { clientRequest: request, ...who } = parsed('update', updateBody, body);
	const recording = findRunning(call, 'update', who);
	obey('update', UPDATE_RULES, {
		mode: recording.mode,
		streamTypes: streamTypes(recording),
		pushes: recording.rtmpUrls.length > 0,
		request,
	});
	const now = state.clock.now();
	const { audioUidList, videoUidList } = request.streamSubscribe ?? {};
	const { unsubscribeSpelling } = state.settings.openQuestions;
	spelledAs(unsubscribeSpelling, 'update', { ...audioUidList, ...videoUidList });
	updateWarnings(request, now).forEach(call.warn);

	const { streamSubscribe, webRecordingConfig, rtmpPublishConfig, storageConfig } = request;
	if (streamSubscribe !== undefined) {
		// The new lists replace all of the old ones.
		recording.subscription = { ...streamSubscribe.audioUidList, ...streamSubscribe.videoUidList };
	}
	if (webRecordingConfig !== undefined) {
		recording.onhold.push({ at: now, onhold: webRecordingConfig.onhold ?? false });
	}
	if (rtmpPublishConfig !== undefined) {
		recording.rtmpUrls = rtmpPublishConfig.outputs.map(({ rtmpUrl }) => rtmpUrl);
	}
	if (storageConfig !== undefined) {
		// What was uploaded so far lies where it lay.
		state.storage?.sync();
		recording.storage = storageConfig;
		const because = storageProblem(storageConfig, state);
		if (because !== undefined) {
			const at = now + state.settings.asyncCheckMs;
			// What ends it sooner, an expiring token for instance, still does.
			if (at < (recording.failure?.at ?? Infinity)) {
				recording.failure = { at, because, blame: 'storage' };
			}
		}
	}
	return ok(identity(recording));
}

/** Replaces the whole layout: what is left out goes back to its default (rest-api.md 5). */
export function updateLayout(call: Call): Effect {
	const { clientRequest, ...who } = parsed('updateLayout', updateLayoutBody, call.body);
	obey('updateLayout', LAYOUT_RULES, clientRequest);
	const recording = findRunning(call, 'updateLayout', who);
	layoutWarnings(clientRequest).forEach(call.warn);
	recording.layout = clientRequest;
	return ok(identity(recording));
}
