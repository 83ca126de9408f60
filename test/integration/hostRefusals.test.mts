import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { failureOf } from '../support/failures.mts';
import { setUp, type Setup } from '../support/setup.mts';

interface SsrfConfig {
	enabled: boolean;
}

let agora: Setup;
/** n8n's own network policy, which by default allows no address of this machine. */
let policy: SsrfConfig;
let started: IDataObject;

const CHANNEL = { channelName: 'class-7' };
const ADVICE = /n8n's message: ".*restricted IP address.*ask your n8n administrator to allowlist/;

beforeAll(async () => {
	agora = await setUp();
	// n8n-core has copies of n8n's packages of its own.
	const require = createRequire(resolve('node_modules/n8n-core/package.json'));
	const { Container } = require('@n8n/di') as { Container: { get(type: unknown): SsrfConfig } };
	const config = require('@n8n/config') as { SsrfProtectionConfig: unknown };
	policy = Container.get(config.SsrfProtectionConfig);
});
beforeEach(async () => {
	started = await agora.runOne('start', CHANNEL);
	agora.control.clearRequests();
});
afterEach(() => {
	policy.enabled = false;
	agora.fresh();
});
afterAll(async () => await agora.tearDown());

/** Addresses that the node asked n8n for; all lead to the simulator, unless told otherwise. */
function observed(where: (url: string) => string = (url) => url) {
	const asked: string[] = [];
	const route = (url: string) => {
		// Who is in the channel is good to know, and no start depends on it.
		if (!url.includes('/dev/')) asked.push(url);
		return where(url);
	};
	return { asked, route };
}

describe('What n8n’s network policy refuses', () => {
	it.each(['acquire', 'start'])('starts nothing: %s', async (operation) => {
		policy.enabled = true;
		const { asked, route } = observed();
		const failure = await failureOf(agora.run(operation, CHANNEL, { route }));
		expect(failure).toMatchObject({ name: 'NodeApiError', itemIndex: 0, httpCode: null });
		expect(failure.message).toBe('n8n blocked the request');
		expect(failure.description).toMatch(ADVICE);
		expect(failure.details).not.toHaveProperty('mayRun');
		expect(failure.details.reason).toMatch(/restricted IP address/);
		expect(asked).toHaveLength(1);
		expect(agora.sent()).toEqual([]);
	});

	it.each([
		['query', {}],
		['update', { change: 'subscription' }],
		['updateLayout', {}],
		['stop', {}],
	])('is asked for once, and told in n8n’s words: %s', async (operation, form) => {
		policy.enabled = true;
		const { asked, route } = observed();
		const failure = await failureOf(agora.run(operation, form, { route, items: [started] }));
		expect(failure.description).toMatch(ADVICE);
		expect(failure.details).toMatchObject({ sid: started.sid });
		expect(asked).toHaveLength(1);
		expect(agora.sent()).toEqual([]);
	});

	it('is not asked for at another of Agora’s hosts', async () => {
		policy.enabled = true;
		const { asked, route } = observed((url) => `${agora.simulator.url}${new URL(url).pathname}`);
		const credentials = { ...agora.credentials, apiDomain: 'api-eu-central-1.agora.io' };
		const failure = await failureOf(agora.run('start', CHANNEL, { route, credentials }));
		expect(failure.description).toMatch(ADVICE);
		expect(failure.details).not.toHaveProperty('mayRun');
		expect(asked.map((url) => new URL(url).host)).toEqual(['api-eu-central-1.agora.io']);
	});

	it('after a start that may have had its effect leaves open whether it runs', async () => {
		agora.fail('start', { kind: 'reset', effect: true });
		let starts = 0;
		const { route } = observed((url) => {
			if (url.endsWith('/start')) policy.enabled = ++starts > 1;
			return url;
		});
		const parameters = { channelName: 'class-8' };
		const failure = await failureOf(agora.run('start', parameters, { route }));
		expect(starts).toBe(2);
		expect(failure.details).toMatchObject({ mayRun: true });
		expect(failure.description).toMatch(ADVICE);
		expect(agora.running()).toHaveLength(2);
	});

	it('leaves a recording that was started named, where it cannot be asked for', async () => {
		const { route } = observed((url) => {
			if (url.endsWith('/query')) policy.enabled = true;
			return url;
		});
		const failure = await failureOf(agora.run('start', { channelName: 'class-8' }, { route }));
		expect(failure.details).toMatchObject({ mayRun: true, cname: 'class-8' });
		expect(failure.details.sid).toBe(agora.control.recordings().at(-1)?.sid);
		expect(failure.description).toMatch(ADVICE);
	});
});

describe('What n8n’s HTTP client refuses', () => {
	it.each([
		['an address that is none', 'http://127.0.0.1:99999/acquire', /Invalid URL/],
		['a protocol that it does not speak', 'ftp://127.0.0.1/acquire', /Unsupported protocol ftp:/],
	])('starts nothing, and is asked for once: %s', async (_what, address, words) => {
		const { asked, route } = observed(() => address);
		const failure = await failureOf(agora.run('start', CHANNEL, { route }));
		expect(failure.message).toBe('n8n blocked the request');
		expect(failure.description).toMatch(words);
		expect(failure.details).not.toHaveProperty('mayRun');
		expect(asked).toHaveLength(1);
	});

	it('cannot be told from a broken connection where nobody knows it: a start may be running', async () => {
		const { route } = observed((url) => {
			if (url.endsWith('/start')) throw new Error('Something new');
			return url;
		});
		const failure = await failureOf(agora.run('start', { channelName: 'class-8' }, { route }));
		expect(failure.details).toMatchObject({ mayRun: true });
		expect(failure.message + failure.description).not.toMatch(/Something new/);
	});
});
