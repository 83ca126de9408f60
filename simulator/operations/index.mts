import { Refused } from '../errors.mts';
import type { Operation } from '../routes.mts';
import { acquire } from './acquire.mts';
import { ok } from './call.mts';
import type { Call, Effect } from './call.mts';
import { channelHosts, channelList, channelUser, channelUsers } from './channels.mts';
import { query } from './query.mts';
import { start } from './start.mts';
import { stop } from './stop.mts';
import { update, updateLayout } from './update.mts';

/** rest-api.md 8. The addresses are reserved for documentation (RFC 5737): nobody has them. */
function ncsIp({ state, route }: Call): Effect {
	const { ipLists } = state.settings.openQuestions;
	if (ipLists !== 'both' && ipLists !== route.version) throw new Refused('gateway.route');
	const hosts = [{ primaryIP: '203.0.113.10' }, { primaryIP: '203.0.113.11' }];
	return ok({ data: { service: { hosts } } });
}

/** What each endpoint does. @throws Refused */
export const OPERATIONS: Record<Operation, (call: Call) => Effect> = {
	acquire,
	start,
	update,
	updateLayout,
	query,
	stop,
	ncsIp,
	channelList,
	channelUsers,
	channelHosts,
	channelUser,
};
