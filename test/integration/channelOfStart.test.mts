import { setImmediate as turn } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import { useAgora, type Setup } from '../support/setup.mts';

const agora = useAgora();

type Fault = FaultInput['fault'];
type More = Parameters<Setup['run']>[2];
const error = (name: string) => ({ kind: 'error', error: name }) as Fault;
const answer = (body: object | string, status = 200): Fault => ({ kind: 'answer', status, body });

const start = async (parameters: object = {}, more: More = {}) =>
	await agora.runOne('start', { channelName: 'class-7', ...parameters }, more);

/** What the only recording was started with. */
const sentConfig = () => {
	const { recordingConfig } = agora.control.recordings()[0].request as {
		recordingConfig: { channelType: number; transcodingConfig: { bitrate: number } };
	};
	return [recordingConfig.channelType, recordingConfig.transcodingConfig.bitrate];
};

describe('The profile of a channel', () => {
	it.each([
		['communication', 0, 1130],
		['liveBroadcasting', 1, 2260],
	] as const)('is that of the users who are there: %s', async (profile, type, bitrate) => {
		agora.control.setProfile('class-7', profile);
		const hints: string[] = [];
		expect(await start({}, { hints })).toMatchObject({
			outcome: 'recording',
			channelProfile: profile,
			channelProfileFrom: 'channel',
		});
		expect(sentConfig()).toEqual([type, bitrate]);
		const { clientRequest } = agora.sent('acquire')[0].body as IDataObject;
		expect((clientRequest as IDataObject).startParameter).toEqual(
			(agora.sent('start')[0].body as IDataObject).clientRequest,
		);
		expect(hints).toEqual([]);
	});

	it.each([
		['communication', true, 0],
		['liveBroadcasting', true, 1],
		['communication', false, 1],
	] as const)(
		'is that of the app while nobody is there: %s, advanced %s',
		async (channelProfile, advanced, type) => {
			agora.control.setPublishers('class-7', []);
			const baseUrl = agora.credentials.baseUrl as string;
			const route = (url: string) => url.replace('https://api.agora.io', baseUrl);
			const credentials = { ...agora.credentials, channelProfile, advanced };
			const hints: string[] = [];
			const started = await start({}, { credentials, hints, route });
			expect(started).toMatchObject({ outcome: 'ready', channelProfileFrom: 'credential' });
			expect(sentConfig()[0]).toBe(type);
			expect(hints.join()).toMatch(
				/^The channel is empty\. The recorder is ready.* was assumed, because the channel was empty\. If your app uses .*'Channel Profile of Your App'.*It ends by itself when the channel has been empty/,
			);
		},
	);

	it('that is chosen is not asked for', async () => {
		const started = await start({ channelProfile: 'communication' });
		expect(started).toMatchObject({ channelProfile: 'communication', channelProfileFrom: 'form' });
		expect(sentConfig()).toEqual([0, 1130]);
		expect(agora.count('channelUsers')).toBe(0);
	});

	it('that additional fields say is the form’s', async () => {
		const extraBody = JSON.stringify({ clientRequest: { recordingConfig: { channelType: 0 } } });
		const started = await start({ options: { extraBody } });
		expect(started).toMatchObject({ channelProfile: 'communication', channelProfileFrom: 'form' });
		expect(started.overridden).toEqual(['clientRequest.recordingConfig.channelType']);
	});

	it('is none of a web page’s', async () => {
		const started = await start({ mode: 'web', url: 'https://example.com/lesson' });
		expect(started).not.toHaveProperty('channelProfile');
		expect(agora.count('channelUsers')).toBe(0);
	});

	it('is of no interest to Acquire', async () => {
		await agora.runOne('acquire', { channelName: 'class-7', sendStartSettings: true });
		expect(agora.count('channelUsers')).toBe(0);
	});

	it('of a recorder that is left alone is not that of the app', async () => {
		await start({ channelProfile: 'communication' });
		agora.control.setPublishers('class-7', []);
		const hints: string[] = [];
		const options = { verify: false };
		expect(await start({ options }, { hints })).toMatchObject({
			channelProfile: 'liveBroadcasting',
			channelProfileFrom: 'credential',
		});
		expect(hints.join()).toMatch(/^The channel profile Live Broadcasting was assumed/);
	});

	it('keeps the UID that an acquired resource has, and its warnings are told once', async () => {
		agora.control.setProfile('class-7', 'communication');
		const acquired = await agora.runOne('acquire', { mode: 'individual', channelName: 'class-7' });
		const hints: string[] = [];
		const form = {
			mode: 'individual',
			individualOutput: 'both',
			captureInterval: 2,
			options: { resourceId: acquired.resourceId },
		};
		const started = await start(form, { items: [acquired], hints });
		expect(started).toMatchObject({ uid: acquired.uid, channelProfileFrom: 'channel' });
		expect(hints.filter((hint) => hint.includes('documentation is inconsistent'))).toHaveLength(1);
		expect(hints.join()).not.toMatch(/^Item/);
	});
});

/** Everything that a question can meet; `real`: how long it takes is n8n's own time-out. */
const TROUBLES: Array<[string, Fault, 'flows'?]> = [
	...['400', '401', '403', '404', '415', '429', '500'].map((status): [string, Fault] => [
		status,
		error(`channels.${status}`),
	]),
	['success: false', answer({ success: false })],
	['an account in words', answer({ success: true, data: { channel_exist: true, users: ['a'] } })],
	['a portal', answer({ status: 'ok' })],
	['garbage', answer('<html>')],
	['half an answer', { kind: 'truncatedJson' }],
	['an empty answer', { kind: 'emptyBody' }],
	['a broken connection', { kind: 'reset', effect: false }],
	['a proxy', { kind: 'html' }],
	['a huge answer', { kind: 'huge' }],
	['silence', { kind: 'hang' }, 'flows'],
	['an answer that comes too late', { kind: 'slow', ms: 2500 }, 'flows'],
];

/** Forms, what is so in the channel, and what comes of that where nobody is asked. */
const STARTS: Array<[string, object, () => void, string]> = [
	['somebody sends', {}, () => undefined, 'recording'],
	['nobody is there', {}, () => agora.control.setPublishers('class-7', []), 'ready'],
	[
		'nobody is there, and it is to be skipped then',
		{ options: { ifChannelEmpty: 'skip' } },
		() => agora.control.setPublishers('class-7', []),
		'ready',
	],
	['a profile is chosen', { channelProfile: 'liveBroadcasting' }, () => undefined, 'recording'],
	[
		'the start is not confirmed',
		{ options: { ifNotConfirmed: 'return', verificationTimeout: 20 } },
		() => agora.fail('query', answer({ serverResponse: { status: 3 } }), { times: null }),
		'unconfirmed',
	],
];

describe('No trouble with the question changes a start', () => {
	const situations = TROUBLES.flatMap(([trouble, fault, flows]) =>
		STARTS.map(
			([situation, form, prepare, outcome]) =>
				[trouble, situation, fault, flows, form, prepare, outcome] as const,
		),
	);

	it.each(situations)('%s, and %s', async (_t, _s, fault, flows, form, prepare, outcome) => {
		// How long it takes where nobody can be asked.
		const cannot = (url: string) => {
			if (url.includes('/dev/')) throw Object.assign(new Error('no'), { code: 'ECONNREFUSED' });
			return url;
		};
		prepare();
		const begunPlain = agora.time.now();
		const plain = await start(form, { route: cannot });
		const plainTook = agora.time.now() - begunPlain;
		agora.fresh();

		prepare();
		agora.fail('channelUsers', fault, { times: null });
		agora.fail('channelList', fault, { times: null });
		agora.time.flowing = flows === 'flows';
		const begun = agora.time.now();
		const started = await start(form);
		expect([plain.outcome, started.outcome]).toEqual([outcome, outcome]);
		const added = agora.time.now() - begun - plainTook;
		// The request that is left behind lets time go on by a step of 500 ms.
		expect(added).toBeLessThanOrEqual(flows ? 2500 : 0);
		expect(agora.running()).toHaveLength(1);
		const sentAt = agora.sent('start')[0].virtualTime - begun;
		expect(sentAt).toBeLessThanOrEqual(2000);
	});
});

describe('The rate limit for channel queries', () => {
	it('is waited for by nobody: after a 429 nobody asks for ten seconds', async () => {
		agora.fail('channelUsers', error('channels.429'));
		const begun = agora.time.now();
		const options = { verify: false };
		for (const channelName of ['a', 'b']) {
			expect(await start({ channelName, options })).toMatchObject({
				channelProfileFrom: 'credential',
			});
		}
		expect(agora.time.now()).toBe(begun);
		expect(agora.count('channelUsers')).toBe(1);
		agora.time.pass(10_001);
		expect(await start({ channelName: 'c', options })).toMatchObject({
			channelProfileFrom: 'channel',
		});
	});

	it('does not slow down what records', async () => {
		agora.fail('channelUsers', error('channels.429'), { times: null });
		const items = Array.from({ length: 4 }, () => ({}));
		const begun = agora.time.now();
		const names = '={{ "c" + $itemIndex }}';
		await agora.run('start', { channelName: names, options: { verify: false } }, { items });
		expect(agora.time.now()).toBe(begun);
	});

	it('is five a second, and no item waits longer than two seconds for it', async () => {
		const items = Array.from({ length: 30 }, () => ({}));
		const parameters = { channelName: '={{ "c" + $itemIndex }}', options: { verify: false } };
		const credentials = { ...agora.credentials, requestsPerSecond: 1000 };
		const begun = agora.time.now();
		const output = await agora.run('start', parameters, { items, credentials });
		const sources = output.map(({ json }) => json.channelProfileFrom);
		const asked = agora.sent('channelUsers').map(({ virtualTime }) => virtualTime - begun);
		for (const time of asked) {
			const second = asked.filter((other) => other >= time && other < time + 1000);
			expect(second.length).toBeLessThanOrEqual(5);
		}
		expect(sources.filter((from) => from === 'channel')).toHaveLength(asked.length);
		expect(asked.length).toBeGreaterThanOrEqual(10);
		expect(asked.length).toBeLessThan(20);
		const latest = Math.max(...agora.sent('acquire').map(({ virtualTime }) => virtualTime));
		expect(latest - begun).toBeLessThanOrEqual(2000);
		agora.time.pass(5000);
		expect(agora.count('channelUsers')).toBe(asked.length);
	});

	it('is spared by items of one channel, which ask once', async () => {
		const items = Array.from({ length: 20 }, () => ({}));
		const parameters = { channelName: 'class-7', options: { verify: false } };
		const output = await agora.run('start', parameters, { items });
		expect(agora.count('channelUsers')).toBe(1);
		expect(new Set(output.map(({ json }) => json.channelProfileFrom))).toEqual(
			new Set(['channel']),
		);
	});

	it('of another account is another one', async () => {
		agora.fail('channelUsers', error('channels.429'));
		await start({ options: { verify: false } });
		const credentials = { ...agora.credentials, customerId: 'somebody-else' };
		await failureOf(start({ channelName: 'b' }, { credentials }));
		expect(agora.count('channelUsers')).toBe(2);
	});
});

describe('Where the question goes', () => {
	it.each(['api-eu-central-1.agora.io', 'api.sd-rtn.com'])('to %s alone', async (apiDomain) => {
		const hosts: string[] = [];
		const route = (url: string) => {
			const { host, pathname } = new URL(url);
			if (pathname.startsWith('/dev/')) {
				hosts.push(host);
				throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
			}
			expect(host).toBe(apiDomain);
			return `${agora.simulator.url}${pathname}`;
		};
		const credentials = { ...agora.credentials, apiDomain };
		expect(await start({}, { route, credentials })).toMatchObject({ outcome: 'recording' });
		expect(hosts).toEqual([apiDomain]);
	});

	it('with the name as it is, whatever is in it', async () => {
		const channelName = 'a b#c%d?e&f;g+h:i';
		agora.control.setProfile(channelName, 'communication');
		expect(await start({ channelName })).toMatchObject({ channelProfileFrom: 'channel' });
		expect(agora.sent('channelUsers')[0].path).toMatch(/a%20b%23c%25d%3Fe%26f%3Bg%2Bh%3Ai$/);
	});

	it.each(['.', '..'])('nowhere for a channel called %s', async (channelName) => {
		expect(await start({ channelName })).toMatchObject({ channelProfileFrom: 'credential' });
		expect(agora.sent('channelUsers')).toEqual([]);
	});
});

describe('If nobody is there', () => {
	const skip = { options: { ifChannelEmpty: 'skip' } };
	const gone = (...names: string[]) =>
		names.forEach((name) => agora.control.setPublishers(name, []));

	it('a start is skipped after two answers, five seconds apart', async () => {
		gone('class-7');
		const hints: string[] = [];
		expect(await start(skip, { hints })).toEqual({
			outcome: 'skipped',
			mode: 'mix',
			cname: 'class-7',
		});
		expect(agora.gaps('channelUsers')).toEqual([5]);
		expect(agora.sent()).toEqual([]);
		expect(hints).toEqual([]);
	});

	it('or refused, where that is chosen', async () => {
		gone('class-7');
		const failure = await failureOf(start({ options: { ifChannelEmpty: 'error' } }));
		expect(failure.message).toBe('The channel is empty.');
		expect(failure.description).toMatch(/Nothing was started/);
		expect(failure.details).toEqual({ mode: 'mix', cname: 'class-7' });
		expect(agora.sent()).toEqual([]);
	});

	it('but somebody comes, the recording is started with their profile', async () => {
		gone('class-7');
		void agora.time.after(3000).then(() => {
			agora.control.setPublishers('class-7', ['7']);
			agora.control.setProfile('class-7', 'communication');
		});
		expect(await start(skip)).toMatchObject({
			outcome: 'recording',
			channelProfile: 'communication',
			channelProfileFrom: 'channel',
		});
	});

	it.each([
		['the second answer does not come', 2, error('channels.500')],
		['the second answer is none', 2, answer({ success: false })],
	] as Array<[string, number, Fault]>)('but %s, it is started', async (_what, nth, fault) => {
		gone('class-7');
		agora.fail('channelUsers', fault, { nth });
		expect(await start({ options: { ...skip.options, verify: false } })).toMatchObject({
			outcome: 'accepted',
		});
		expect(agora.count('channelUsers')).toBe(2);
	});

	it('but an audience, it is started, and says that there is no host', async () => {
		gone('class-7');
		agora.control.setAudience('class-7', ['8', '9']);
		const hints: string[] = [];
		expect(await start(skip, { hints })).toMatchObject({ outcome: 'ready' });
		expect(hints.join()).toMatch(/^The channel has no host, only an audience of 2\./);
	});

	it.each(['host', 'audience', 'hidden'] as const)(
		'but a recorder of ours, listed as %s, it is skipped',
		async (recorders) => {
			agora.control.configure({ channelLists: { recorders } });
			const first = await start();
			agora.time.pass(6000);
			gone('class-7');
			expect(await start(skip)).toMatchObject({ outcome: 'skipped' });
			expect(agora.running().map(({ sid }) => sid)).toEqual([first.sid]);
		},
	);

	it('but a recorder that nobody knows, it is started', async () => {
		gone('class-8');
		const unknown = { uid: '999', channel_exist: true, mode: 1, total: 1, users: [999] };
		agora.fail('channelUsers', answer({ success: true, data: unknown }), { times: null });
		const form = { channelName: 'class-8', options: { ...skip.options, verify: false } };
		expect(await start(form)).toMatchObject({ outcome: 'accepted' });
	});

	it('under that name, the one that is meant is named', async () => {
		agora.control.configure({ unknownChannels: 'nobody' });
		agora.control.setPublishers('class-7', ['1', '2', '3']);
		const hints: string[] = [];
		const parameters = { channelName: 'Class-7', ...skip };
		expect(await start(parameters, { hints })).toMatchObject({ outcome: 'skipped' });
		const words =
			"Channel 'Class-7' does not exist, but 'class-7' has 3 users. Names are case-sensitive.";
		expect(hints).toEqual([words]);
		const refused = { channelName: 'Class-7', options: { ifChannelEmpty: 'error' } };
		expect((await failureOf(start(refused))).message).toBe(words);
	});

	it('is no question of a web page', async () => {
		const form = { mode: 'web', url: 'https://example.com/lesson', ...skip };
		expect(await start(form)).toMatchObject({ outcome: 'recording' });
		expect(agora.count('channelUsers')).toBe(0);
	});

	it('the wait ends when the user cancels', async () => {
		gone('class-7');
		const controller = new AbortController();
		let at = 0;
		void agora.time.after(2000).then(() => {
			at = agora.time.now();
			controller.abort();
		});
		await start(skip, { cancel: controller.signal }).catch(() => undefined);
		expect(agora.time.now() - at).toBeLessThanOrEqual(1000);
		expect(agora.count('channelUsers')).toBe(1);
		expect(agora.sent()).toEqual([]);
	});

	it('a question that hangs ends when the user cancels', async () => {
		agora.fail('channelUsers', { kind: 'hang' }, { times: null });
		const controller = new AbortController();
		const watch = async () => {
			while (agora.count('channelUsers') === 0) await turn();
			controller.abort();
		};
		void watch();
		const begun = agora.time.now();
		await start({}, { cancel: controller.signal }).catch(() => undefined);
		expect(agora.time.now()).toBe(begun);
		expect(agora.sent()).toEqual([]);
	});
});

describe('A start that Retry On Fail runs again', () => {
	const again = { executionId: '' };
	let executions = 0;
	beforeEach(() => (again.executionId = `again ${++executions}`));

	it('asks nobody about a recording that it has', async () => {
		const first = await start({}, again);
		expect(await start({}, again)).toEqual(first);
		expect(agora.count('channelUsers')).toBe(1);
	});

	it('goes on with the profile under which it may have been started', async () => {
		agora.control.setProfile('class-7', 'communication');
		agora.fail('start', { kind: 'reset', effect: true }, { times: 4 });
		await failureOf(start({}, again));
		agora.control.setProfile('class-7', 'liveBroadcasting');
		const failure = await failureOf(start({}, again));
		expect(failure.details).toMatchObject({ mayRun: true });
		expect(agora.count('channelUsers')).toBe(1);
		const types = agora
			.sent('start')
			.map(({ body }) => JSON.stringify(body).match(/"channelType":(\d)/)?.[1]);
		expect(new Set(types)).toEqual(new Set(['0']));
	});

	it('is not skipped where a recording may run', async () => {
		agora.fail('query', answer({ serverResponse: { status: 3 } }), { times: null });
		const failed = await failureOf(start({}, again));
		agora.control.setPublishers('class-7', []);
		// What was told a moment ago is not asked again.
		agora.time.pass(2000);
		const failure = await failureOf(start({ options: { ifChannelEmpty: 'skip' } }, again));
		expect(failure.details).toMatchObject({ mayRun: true, sid: failed.details.sid });
		expect(agora.count('start')).toBe(1);
	});

	it('asks anew where nothing was started', async () => {
		agora.fail('acquire', error('acquire.405'));
		await failureOf(start({}, again));
		agora.time.pass(2000);
		agora.control.setProfile('class-7', 'communication');
		expect(await start({}, again)).toMatchObject({ channelProfile: 'communication' });
	});
});

describe('What is seen in a channel that is not seen to be recorded', () => {
	const wrong = { channelProfile: 'communication' };

	beforeEach(() => {
		agora.control.setPublishers('class-7', ['7']);
		agora.control.setProfile('class-7', 'liveBroadcasting');
	});

	it('stands first in the hint', async () => {
		const hints: string[] = [];
		expect(await start(wrong, { hints })).toMatchObject({
			outcome: 'ready',
			channelProfile: 'communication',
			channelProfileFrom: 'form',
		});
		expect(hints.join()).toMatch(
			/^The channel uses the Live Broadcasting profile, but Communication was set in the form, so nothing is recorded.*The recorder is ready/,
		);
	});

	it('stands first in the error', async () => {
		agora.fail('query', answer({ serverResponse: { status: 3 } }), { times: null });
		const failure = await failureOf(start(wrong));
		expect(failure.message).toMatch(
			/accepted the start but did not confirm that the recording is running/,
		);
		expect(failure.description).toMatch(
			/^The channel uses the Live Broadcasting profile, but Communication/,
		);
		expect(failure.description).toMatch(/Likely causes/);
	});

	it('is told of people who came while the start was verified', async () => {
		agora.control.setPublishers('class-7', []);
		agora.control.setProfile('class-7', 'communication');
		void agora.time.after(7000).then(() => agora.control.setPublishers('class-7', ['7']));
		const hints: string[] = [];
		expect(await start({}, { hints })).toMatchObject({ outcome: 'ready' });
		expect(hints.join()).toMatch(
			/^The channel uses the Communication profile, but Live Broadcasting was assumed/,
		);
	});

	it('is the name that is meant', async () => {
		agora.control.configure({ unknownChannels: 'nobody' });
		const hints: string[] = [];
		expect(await start({ channelName: 'CLASS-7' }, { hints })).toMatchObject({ outcome: 'ready' });
		expect(hints.join()).toMatch(/^Channel 'CLASS-7' is empty, but 'class-7' has 1 user\. Names/);
	});

	it('goes into the hint of an item that is returned', async () => {
		agora.control.setPublishers('class-7', []);
		agora.fail('query', answer({ serverResponse: { status: 3 } }), { times: null });
		const hints: string[] = [];
		const options = { ifNotConfirmed: 'return', verificationTimeout: 10 };
		expect(await start({ options }, { hints })).toMatchObject({ outcome: 'unconfirmed' });
		expect(hints.join()).toMatch(/^The channel is empty\. The channel profile/);
	});

	it('is not asked for a second time of a recording that records', async () => {
		expect(textOf((await start()).outcome)).toBe('recording');
		expect(agora.count('channelUsers')).toBe(1);
	});
});
