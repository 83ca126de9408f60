import { isChannelName, isWebLabel } from '../schemas/channelName.mts';
import { acquireBody } from '../schemas/bodies.mts';
import { parsed } from '../schemas/validate.mts';
import { acquireWarnings } from '../schemas/warnings.mts';
import { Refused } from '../errors.mts';
import { newResourceId } from '../identifiers.mts';
import type { Resource } from '../recording.mts';
import { ok } from './call.mts';
import type { Call, Effect } from './call.mts';

const WEB_SCENE = 1;
const DEFAULT_EXPIRED_HOUR = 72;

/** Gives out a resource ID (rest-api.md 2; errors.md 3, table "acquire"). */
export function acquire({ state, app, body, warn }: Call): Effect {
	if (!app.enabled) throw new Refused('acquire.400');
	if (app.overdue) throw new Refused('acquire.405');
	const { cname, uid, clientRequest } = parsed('acquire', acquireBody, body);
	const { scene = 0, resourceExpiredHour = DEFAULT_EXPIRED_HOUR } = clientRequest ?? {};
	const web = scene === WEB_SCENE;
	if (!web && !isChannelName(cname)) throw new Refused('acquire.401');
	if (web && !isWebLabel(cname)) throw new Refused('acquire.2', 'Acquire: invalid cname value!');
	acquireWarnings({ cname, clientRequest }).forEach(warn);

	const { pcw } = state.settings;
	if (state.aliveCount(app.appId, web) >= (web ? pcw.web : pcw.recording)) {
		throw new Refused('acquire.406');
	}
	const resource: Resource = {
		resourceId: newResourceId(),
		appId: app.appId,
		cname,
		uid,
		scene,
		resourceExpiredHour,
		region: clientRequest?.region,
		excludeResourceIds: clientRequest?.excludeResourceIds,
		startParameter: clientRequest?.startParameter,
		acquiredAt: state.clock.now(),
	};
	state.resources.set(resource.resourceId, resource);
	return ok({ cname, uid, resourceId: resource.resourceId });
}
