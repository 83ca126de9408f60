import { failureOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();

const HOME = 'api-eu-central-1.agora.io';
const TWIN = 'api-eu-central-1.sd-rtn.com';
const NEXT = 'api-eu-west-1.agora.io';
const CHANNEL = { channelName: 'class-7' };

/** Failures of the network: what n8n's helper throws, code and all. */
const DOWN = {
	DNS: 'ENOTFOUND',
	refused: 'ECONNREFUSED',
	reset: 'ECONNRESET',
	timeout: 'ECONNABORTED',
} as const;

const failWith = (code: string) => Object.assign(new Error('The network failed'), { code });

/**
 * A network in which some of Agora's hosts cannot be reached and the others are the simulator.
 *
 * @param down failure by host and, where it is one operation's alone, its name
 * @param apiDomain what the credential names
 */
function network(down: Record<string, keyof typeof DOWN>, apiDomain = HOME) {
	const asked: string[] = [];
	const times: number[] = [];
	const route = (url: string) => {
		const { host, pathname } = new URL(url);
		const operation = pathname.split('/').at(-1) ?? '';
		// Who is in the channel is asked before, and once only.
		if (pathname.startsWith('/dev/')) throw failWith(DOWN.refused);
		asked.push(`${operation} ${host}`);
		times.push(agora.time.now());
		const failure = down[`${operation} ${host}`] ?? down[host];
		if (failure) throw failWith(DOWN[failure]);
		return `${agora.simulator.url}${pathname}`;
	};
	const credentials = { ...agora.credentials, apiDomain, baseUrl: '' };
	const gaps = () => times.slice(1).map((time, i) => (time - times[i]) / 1000);
	return { route, credentials, asked, gaps };
}

const at = (operation: string, ...hosts: string[]) => hosts.map((host) => `${operation} ${host}`);
const unverified = { ...CHANNEL, options: { verify: false } };

describe('A host that cannot be reached', () => {
	it.each(['refused', 'reset', 'timeout'] as const)(
		'(%s) is asked once more, then the neighbour, which stays in charge',
		async (failure) => {
			const { asked, gaps, ...more } = network({ [HOME]: failure });
			const started = await agora.runOne('start', unverified, more);
			expect(started.outcome).toBe('accepted');
			expect(asked).toEqual([...at('acquire', HOME, HOME, NEXT), ...at('start', NEXT)]);
			expect(gaps()).toEqual([1, 3, 0]);
		},
	);

	it('because its name has no address is asked once more, then its twin', async () => {
		const { asked, gaps, ...more } = network({ [HOME]: 'DNS' });
		await agora.run('start', unverified, more);
		expect(asked).toEqual([...at('acquire', HOME, HOME, TWIN), ...at('start', TWIN)]);
		expect(gaps()).toEqual([1, 3, 0]);
	});

	it('nor its twin leads to the neighbour', async () => {
		const { asked, gaps, ...more } = network({ [HOME]: 'DNS', [TWIN]: 'DNS' });
		await agora.run('acquire', CHANNEL, more);
		expect(asked).toEqual(at('acquire', HOME, HOME, TWIN, NEXT));
		expect(gaps()).toEqual([1, 3, 6]);
	});

	it('nor any other is an error, after four tries', async () => {
		const { asked, gaps, ...more } = network({ [HOME]: 'refused', [NEXT]: 'refused' });
		const failure = await failureOf(agora.run('acquire', CHANNEL, more));
		expect(failure.message).toBe('Agora cannot be reached');
		expect(failure.details).toMatchObject({ networkCode: 'ECONNREFUSED' });
		expect(asked).toEqual(at('acquire', HOME, HOME, NEXT, NEXT));
		expect(gaps()).toEqual([1, 3, 6]);
	});

	it('is asked again first after five minutes', async () => {
		const more = network({ [HOME]: 'refused' });
		const healthy = network({});
		await agora.run('acquire', CHANNEL, more);
		agora.time.pass(4 * 60_000);
		await agora.run('acquire', CHANNEL, healthy);
		agora.time.pass(2 * 60_000);
		await agora.run('acquire', CHANNEL, healthy);
		expect(healthy.asked).toEqual(at('acquire', NEXT, HOME));
	});

	it('of the global ones leads to the other domain, and to no region', async () => {
		const { asked, ...more } = network({ 'api.agora.io': 'DNS' }, 'api.agora.io');
		await agora.run('acquire', CHANNEL, more);
		expect(asked).toEqual(at('acquire', 'api.agora.io', 'api.agora.io', 'api.sd-rtn.com'));
	});

	it('is left alone for an answer of any kind', async () => {
		const { asked, ...more } = network({});
		agora.fail('acquire', { kind: 'html' }, { times: null });
		await failureOf(agora.run('acquire', CHANNEL, more));
		expect(asked).toEqual(at('acquire', HOME, HOME, HOME, HOME));
	});

	it('is never left where the address is the user’s own', async () => {
		const { asked, gaps, route } = network({ [HOME]: 'reset' });
		const credentials = { ...agora.credentials, baseUrl: `https://${HOME}` };
		await failureOf(agora.run('acquire', CHANNEL, { route, credentials }));
		expect(new Set(asked)).toEqual(new Set(at('acquire', HOME)));
		expect(gaps()).toEqual([3, 6, 9]);
	});
});

describe('A start that does not get through', () => {
	it('is sent elsewhere under the same resource ID', async () => {
		const { asked, ...more } = network({ [`start ${HOME}`]: 'reset' });
		const started = await agora.runOne('start', CHANNEL, more);
		expect(started.outcome).toBe('recording');
		expect(asked.slice(0, 4)).toEqual([...at('acquire', HOME), ...at('start', HOME, HOME, NEXT)]);
		expect(agora.count('acquire')).toBe(1);
		expect(agora.running()).toHaveLength(1);
	});

	it('but had its effect is not made twice, and may be running', async () => {
		const { route, asked, ...more } = network({});
		let lost = false;
		agora.fail('start', { kind: 'reset', effect: true });
		const routeOnce = (url: string) => {
			if (lost && url.includes('/start') && url.includes(HOME)) throw failWith('ECONNRESET');
			lost ||= url.includes('/start');
			return route(url);
		};
		const failure = await failureOf(agora.run('start', CHANNEL, { ...more, route: routeOnce }));
		expect(failure.message).toMatch(/is running, but/);
		expect(asked).toEqual([...at('acquire', HOME), ...at('start', HOME, NEXT)]);
		expect(agora.control.recordings()).toHaveLength(1);
		expect(new Set(agora.sent('start').map(({ path }) => path)).size).toBe(1);
	});

	it('anywhere ends in an error and no second acquire that could be answered', async () => {
		const { asked, ...more } = network({ [`start ${HOME}`]: 'reset', [`start ${NEXT}`]: 'reset' });
		const failure = await failureOf(agora.run('start', CHANNEL, more));
		expect(failure.message).toMatch(/may be running/);
		expect(asked).toEqual([...at('acquire', HOME), ...at('start', HOME, HOME, NEXT, NEXT)]);
	});
});

describe('What follows a start', () => {
	it('is verified through the neighbour when the host fails meanwhile', async () => {
		const { asked, ...more } = network({ [`query ${HOME}`]: 'timeout' });
		const started = await agora.runOne('start', CHANNEL, more);
		expect(started.outcome).toBe('recording');
		expect(asked.slice(2)).toEqual(at('query', HOME, NEXT));
	});

	it('is stopped through the neighbour, the same request again', async () => {
		const { asked, gaps, ...more } = network({ [`stop ${HOME}`]: 'reset' });
		const started = await agora.runOne('start', unverified, more);
		const stopped = await agora.runOne('stop', {}, { ...more, items: [started] });
		expect(stopped.outcome).toBe('stopped');
		expect(asked.slice(2)).toEqual(at('stop', HOME, HOME, NEXT));
		expect(gaps().slice(-2)).toEqual([1, 3]);
		expect(agora.running()).toEqual([]);
	});

	it('is queried, updated and laid out through the neighbour', async () => {
		const { asked, ...more } = network({
			[`query ${HOME}`]: 'reset',
			[`update ${HOME}`]: 'reset',
			[`updateLayout ${HOME}`]: 'reset',
		});
		const items = [await agora.runOne('start', unverified, more)];
		for (const operation of ['query', 'update', 'updateLayout']) {
			agora.time.pass(6 * 60_000);
			asked.length = 0;
			await agora.run(operation, { layout: 'bestFit' }, { ...more, items });
			expect(asked).toEqual(at(operation, HOME, HOME, NEXT));
		}
	});
});
