import { AREAS, type Area } from '../storage/vendors';

/**
 * Where Agora's API can be reached, and where to turn when one of its hosts cannot be (best-practices.md
 * section 4). A recording is not bound to the host through which it was started.
 */

/** The two domains under which every host exists. */
const DOMAINS = ['agora.io', 'sd-rtn.com'] as const;

/** Leads to the nearest region; belongs to no area. */
const GLOBAL = 'api';

/** The regions of each area. A request that has to stay in an area goes to the other one of its pair. */
const REGIONS: Readonly<Record<Area, readonly [string, string]>> = {
	NA: ['api-us-west-1', 'api-us-east-1'],
	EU: ['api-eu-west-1', 'api-eu-central-1'],
	AP: ['api-ap-southeast-1', 'api-ap-northeast-1'],
	CN: ['api-cn-east-1', 'api-cn-north-1'],
};

/** Seconds before the second, third and fourth try of a request that got no answer. */
export const FAILOVER_WAITS = [1, 3, 6] as const;

/** The parts of a host of Agora's; undefined for every other. */
function partsOf(host: string): { region: string; domain: string } | undefined {
	const domain = DOMAINS.find((name) => host.endsWith(`.${name}`));
	if (!domain) return undefined;
	const region = host.slice(0, -domain.length - 1);
	return region === GLOBAL || areaOfRegion(region) ? { region, domain } : undefined;
}

const areaOfRegion = (region: string): Area | undefined =>
	AREAS.find((area) => REGIONS[area].includes(region));

/** The area in which a host of Agora's is; undefined for the global ones, and for every other. */
export const areaOfHost = (host: string): Area | undefined =>
	areaOfRegion(partsOf(host)?.region ?? '');

/** The same host under the other domain. */
function underOtherDomain({ region, domain }: { region: string; domain: string }): string {
	return `${region}.${DOMAINS.find((name) => name !== domain) ?? domain}`;
}

/** The other region of the same area; undefined for the global hosts, which have no area. */
function neighbourOf({ region, domain }: { region: string; domain: string }): string | undefined {
	const area = areaOfRegion(region);
	const neighbour = area && REGIONS[area].find((it) => it !== region);
	return neighbour && `${neighbour}.${domain}`;
}

/**
 * The host for the next try of a request that got no answer: the same one first; then, only where a
 * name could not be resolved, the same under the other domain; then the neighbouring region of the
 * same area. Where there is none of these, the same again.
 *
 * @param first host of the first try
 * @param failures tries of this request that got no answer so far, from 1
 * @param unresolved whether the last of them failed because the name has no address
 * @returns undefined for a host that is not Agora's own, and when nothing is left to try
 */
export function nextHost(first: string, failures: number, unresolved: boolean): string | undefined {
	const parts = partsOf(first);
	if (!parts || failures > FAILOVER_WAITS.length) return undefined;
	if (failures === 1) return first;
	const other = unresolved ? underOtherDomain(parts) : undefined;
	const neighbour = neighbourOf(parts);
	return (failures === 2 ? (other ?? neighbour) : (neighbour ?? other)) ?? first;
}
