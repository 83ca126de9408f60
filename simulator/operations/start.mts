import { isDeepStrictEqual } from 'node:util';
import { identity } from '../answers.mts';
import { Refused } from '../errors.mts';
import { findFailure } from '../failures.mts';
import { isResourceId, newSid } from '../identifiers.mts';
import type { Recording, Resource } from '../recording.mts';
import type { Mode } from '../routes.mts';
import { startBody } from '../schemas/bodies.mts';
import type { StartRequest } from '../schemas/bodies.mts';
import { layout } from '../schemas/layout.mts';
import { SCENE_RULES, START_RULES } from '../schemas/startRules.mts';
import { spelledAs, subscriptionLists } from '../schemas/subscription.mts';
import { obey, parsed } from '../schemas/validate.mts';
import { startWarnings } from '../schemas/warnings.mts';
import { rtmpParam, webRecorderParam } from '../schemas/web.mts';
import { ok } from './call.mts';
import type { Call, Effect } from './call.mts';

/** A resource ID lives five minutes (rest-api.md 1). */
const RESOURCE_LIFE_MS = 300_000;
/** The gap between acquire and start should not be longer (rest-api.md 1). */
const START_WITHIN_MS = 2000;

/** The resource that a start names, if that may be started now. @throws Refused 7, 432, 433, … */
function startable(call: Call, cname: string, uid: string): Resource {
	const { state, app, route } = call;
	const resourceId = route.resourceId ?? '';
	if (!isResourceId(resourceId)) throw new Refused('older.1001');
	const resource = state.resources.get(resourceId);
	if (resource === undefined) throw new Refused('older.433');
	if (resource.appId !== app.appId) throw new Refused('older.1003');
	if (resource.cname !== cname || resource.uid !== uid) throw new Refused('older.432');
	const earlier = state.recordings.get(resource.sid ?? '');
	if (earlier !== undefined) {
		if (!state.isAlive(earlier)) throw new Refused('older.433');
		state.observer?.misfit(earlier);
		throw new Refused('start.7');
	}
	const age = state.clock.now() - resource.acquiredAt;
	if (age > RESOURCE_LIFE_MS) throw new Refused('older.433');
	if (age > START_WITHIN_MS && state.clock.speed <= 1) {
		call.warn('start came more than 2 s after acquire (rest-api.md 1)');
	}
	return resource;
}

function newRecording(
	resource: Resource,
	mode: Mode,
	request: StartRequest,
	now: number,
): Recording {
	const { recordingConfig, extensionServiceConfig, storageConfig } = request;
	const services = extensionServiceConfig?.extensionServices ?? [];
	// The canvas is fixed from here on; what updateLayout can replace is the layout (rest-api.md 5).
	const initialLayout = layout.strip().parse(recordingConfig?.transcodingConfig ?? {});
	return {
		sid: newSid(),
		resource,
		mode,
		startedAt: now,
		request,
		subscription: subscriptionLists.parse(recordingConfig ?? {}),
		storage: storageConfig,
		layout: initialLayout,
		rtmpUrls: (rtmpParam(services)?.outputs ?? []).map(({ rtmpUrl }) => rtmpUrl),
		onhold:
			mode === 'web' ? [{ at: now, onhold: webRecorderParam(services)?.onhold ?? false }] : [],
		failovers: [],
		underWay: new Map(),
	};
}

/** Begins a recording; whether it can go on shows later (rest-api.md 3; errors.md 3 and 6). */
export function start(call: Call): Effect {
	const { state, app, route, body } = call;
	const mode = route.mode ?? 'mix';
	const { cname, uid, clientRequest: request } = parsed('start', startBody, body);
	obey('start', START_RULES, { mode, scene: 0, request });
	const resource = startable(call, cname, uid);
	obey('start', SCENE_RULES, { mode, scene: resource.scene, request });
	spelledAs(
		state.settings.openQuestions.unsubscribeSpelling,
		'start',
		request.recordingConfig ?? {},
	);
	startWarnings({ mode, request, resource, now: state.clock.now() }).forEach(call.warn);
	if (
		resource.startParameter !== undefined &&
		!isDeepStrictEqual(resource.startParameter, request)
	) {
		throw new Refused('start.2', 'Start: clientRequest differs from startParameter of acquire!');
	}
	if (state.task(app.appId, cname, uid) !== undefined) throw new Refused('start.53');
	const { pcw } = state.settings;
	const web = mode === 'web';
	if (state.aliveCount(app.appId, web) >= (web ? pcw.web : pcw.recording)) {
		throw new Refused('start.502');
	}
	const recording = newRecording(resource, mode, request, state.clock.now());
	recording.failure = findFailure(recording, app, state);
	state.add(recording);
	return ok(identity(recording));
}
