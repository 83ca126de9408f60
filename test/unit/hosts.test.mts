import { areaOfHost, nextHost } from '../../nodes/AgoraCloudRecording/agora/hosts.ts';

/** Hosts that a request goes to that nobody answers, the first included. */
function hostsOf(first: string, unresolved: boolean): string[] {
	const hosts = [first];
	for (;;) {
		const next = nextHost(first, hosts.length, unresolved);
		if (next === undefined) return hosts;
		hosts.push(next);
	}
}

describe('A request that nobody answers at', () => {
	it.each([
		['api-us-west-1', 'api-us-east-1'],
		['api-us-east-1', 'api-us-west-1'],
		['api-eu-west-1', 'api-eu-central-1'],
		['api-eu-central-1', 'api-eu-west-1'],
		['api-ap-southeast-1', 'api-ap-northeast-1'],
		['api-ap-northeast-1', 'api-ap-southeast-1'],
		['api-cn-east-1', 'api-cn-north-1'],
		['api-cn-north-1', 'api-cn-east-1'],
	])('%s goes to %s after a second try there', (region, neighbour) => {
		for (const [domain, other] of [
			['agora.io', 'sd-rtn.com'],
			['sd-rtn.com', 'agora.io'],
		]) {
			const host = `${region}.${domain}`;
			const next = `${neighbour}.${domain}`;
			expect(hostsOf(host, false)).toEqual([host, host, next, next]);
			expect(hostsOf(host, true)).toEqual([host, host, `${region}.${other}`, next]);
		}
	});

	it('the global hosts, which have no area, goes to the other domain if a name has no address', () => {
		const [one, two] = ['api.agora.io', 'api.sd-rtn.com'];
		expect(hostsOf(one, true)).toEqual([one, one, two, two]);
		expect(hostsOf(two, true)).toEqual([two, two, one, one]);
		expect(hostsOf(one, false)).toEqual([one, one, one, one]);
	});

	it.each([
		'127.0.0.1:7080',
		'agora.example.com',
		'api-us-west-2.agora.io',
		'api-us-west-1.agora.io.example.com',
		'agora.io',
	])('%s, which is none of Agora’s, goes nowhere else', (host) => {
		for (const unresolved of [true, false]) expect(hostsOf(host, unresolved)).toEqual([host]);
	});
});

describe('The area of a host', () => {
	it.each([
		['api-us-west-1.agora.io', 'NA'],
		['api-eu-central-1.sd-rtn.com', 'EU'],
		['api-ap-southeast-1.agora.io', 'AP'],
		['api-cn-north-1.sd-rtn.com', 'CN'],
		['api.agora.io', undefined],
		['api.sd-rtn.com', undefined],
		['api-eu-west-1.example.com', undefined],
		['127.0.0.1:7080', undefined],
	])('%s is %s', (host, area) => {
		expect(areaOfHost(host)).toBe(area);
	});
});
