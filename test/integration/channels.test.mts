import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INode,
	type INodeListSearchResult,
	type INodeParameters,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import { credentialsHelper, NODE_TYPE } from '../support/host.mts';
import { useAgora, type Setup } from '../support/setup.mts';

const agora = useAgora();

type Fault = FaultInput['fault'];
type More = Parameters<Setup['run']>[2];
const error = (name: string) => ({ kind: 'error', error: name }) as Fault;
const answer = (body: object, status = 200): Fault => ({ kind: 'answer', status, body });

const channel = { resource: 'channel' };
const getMany = async (parameters: object = {}, more: More = {}) =>
	(await agora.run('getMany', { ...channel, ...parameters }, more)).map(({ json }) => json);
const getUsers = async (parameters: object = {}, more: More = {}) =>
	(await agora.run('getUsers', { ...channel, channelName: 'class-7', ...parameters }, more)).map(
		({ json }) => json,
	);

const fill = (count: number, users = ['1']) => {
	for (let i = 0; i < count; i++) agora.control.setPublishers(`c${i}`, users);
};
const namesOf = (items: IDataObject[]) => items.map(({ cname }) => cname);

describe('Channel → Get Many', () => {
	it('gives the channels with users in them, an item each', async () => {
		agora.control.setPublishers('class-7', ['7', '8']);
		agora.control.setPublishers('empty', []);
		expect(await getMany()).toEqual([{ cname: 'class-7', userCount: 2 }]);
		const [{ query }] = agora.sent('channelList');
		expect(query).toBe('page_no=0&page_size=50');
	});

	it('gives none where nobody is anywhere', async () => {
		expect(await getMany({ returnAll: true })).toEqual([]);
	});

	it.each([
		[60, { limit: 20 }, 20, 1],
		[60, {}, 50, 1],
		[501, { limit: 501 }, 501, 2],
		[1201, { returnAll: true }, 1201, 3],
		[1000, { returnAll: true }, 1000, 3],
	])('of %i channels with %j gives %i, in %i requests', async (channels, form, given, requests) => {
		fill(channels);
		const items = await getMany(form);
		expect(new Set(namesOf(items)).size).toBe(given);
		expect(items).toHaveLength(given);
		expect(agora.count('channelList')).toBe(requests);
	});

	it.each([
		['twice', 1201],
		['missing', 1200],
	] as const)('tells of a channel once that moves between pages (%s)', async (paging, given) => {
		fill(1201);
		agora.control.configure({ channelLists: { paging } });
		const items = await getMany({ returnAll: true });
		expect(items.length).toBeGreaterThanOrEqual(given - 1);
		expect(new Set(namesOf(items)).size).toBe(items.length);
	});

	it('comes to an end of a list that has none', async () => {
		const page = { channels: [{ channel_name: 'a', user_count: 1 }], total_size: 1_000_000_000 };
		agora.fail('channelList', answer({ success: true, data: page }), { times: null });
		expect(await getMany({ returnAll: true })).toEqual([{ cname: 'a', userCount: 1 }]);
		expect(agora.count('channelList')).toBe(2);
	});

	it('refuses a limit of 0', async () => {
		const failure = await failureOf(getMany({ limit: 0 }));
		expect(failure.message).toBe("'Limit' must be a whole number from 1 (got 0)");
		expect(agora.count('channelList')).toBe(0);
	});
});

describe('Channel → Get Users', () => {
	it('tells who is in a live broadcast', async () => {
		agora.control.setPublishers('class-7', ['7']);
		agora.control.setAudience('class-7', ['8', '9']);
		agora.control.setProfile('class-7', 'liveBroadcasting');
		expect(await getUsers()).toEqual([
			{
				cname: 'class-7',
				exists: true,
				profile: 'liveBroadcasting',
				hosts: ['7'],
				audience: ['8', '9'],
				audienceTotal: 2,
				users: ['7', '8', '9'],
				userCount: 3,
			},
		]);
	});

	it('tells who is in a channel of communication', async () => {
		agora.control.setPublishers('class-7', ['7', '8']);
		agora.control.setProfile('class-7', 'communication');
		expect(await getUsers()).toEqual([
			{
				cname: 'class-7',
				exists: true,
				profile: 'communication',
				hosts: [],
				audience: [],
				audienceTotal: 0,
				users: ['7', '8'],
				userCount: 2,
			},
		]);
	});

	it('tells that nobody is there', async () => {
		agora.control.setPublishers('class-7', []);
		expect(await getUsers()).toMatchObject([
			{ exists: false, profile: null, hosts: [], users: [], userCount: 0 },
		]);
	});

	it('asks about a channel an item', async () => {
		agora.control.setPublishers('a', ['1']);
		agora.control.setPublishers('b', []);
		const items = [{ cname: 'a' }, { cname: 'b' }];
		const told = await getUsers({ channelName: '={{ $json.cname }}' }, { items });
		expect(told).toMatchObject([
			{ cname: 'a', exists: true },
			{ cname: 'b', exists: false },
		]);
	});

	it('leaves out the recorder that the item tells of, and whoever does not count', async () => {
		agora.control.setPublishers('class-7', ['7', '8']);
		const started = await agora.runOne('start', { channelName: 'class-7' });
		agora.time.pass(5000);
		const [all] = await getUsers();
		expect(all.users).toContain(started.uid);
		const [without] = await getUsers({}, { items: [started] });
		expect(without.users).toEqual(['7', '8']);
		const options = { excludeUids: `${textOf(started.uid)}, 8` };
		expect(await getUsers({ options })).toMatchObject([{ users: ['7'], userCount: 1 }]);
		const [other] = await getUsers({ channelName: 'other' }, { items: [started] });
		expect(other.users).toEqual(['123']);
	});

	it.each([
		['an empty name', { channelName: '' }, /^'Channel Name' must not be empty$/],
		[
			'a name of one dot',
			{ channelName: '.' },
			/^'Channel Name' must not be \. or \.\., .*\(got "\."\)$/,
		],
		[
			'a name with an umlaut',
			{ channelName: 'ä' },
			/^'Channel Name' must contain only letters .*\(got "ä"\)$/,
		],
		[
			'a UID that is none',
			{ options: { excludeUids: '7, x' } },
			/^'Exclude UIDs' must be a whole number .*\(got "x"\)$/,
		],
	])('refuses %s before it asks', async (_what, parameters, message) => {
		const failure = await failureOf(getUsers(parameters));
		expect(failure.told).toMatch(message);
		expect(agora.count('channelUsers')).toBe(0);
	});
});

const both = [
	['getMany', 'channelList', getMany],
	['getUsers', 'channelUsers', getUsers],
] as const;

describe.each(both)('Channel → %s', (_name, operation, ask) => {
	it.each([
		['400', /does not know this App ID/],
		['401', /rejected the Customer ID or Customer Secret/],
		['403', /does not allow this account to query/],
		['404', /does not support channel queries/],
		['415', /could not read the request/],
	])('throws for %s, once', async (status, message) => {
		agora.fail(operation, error(`channels.${status}`), { times: null });
		const failure = await failureOf(ask());
		expect(failure).toMatchObject({ name: 'NodeApiError', httpCode: status, itemIndex: 0 });
		expect(failure.message).toMatch(message);
		expect(agora.count(operation)).toBe(1);
	});

	it.each<[string, Fault, RegExp]>([
		['500', error('channels.500'), /has a problem/],
		['success: false', answer({ success: false }), /did not contain/],
		['a portal', answer({ status: 'ok' }), /did not contain/],
		['a broken connection', { kind: 'reset', effect: false }, /Lost the connection/],
	])('asks again, and then throws, for %s', async (_what, fault, message) => {
		agora.fail(operation, fault, { times: null });
		const failure = await failureOf(ask());
		expect(failure.message).toMatch(message);
		expect(agora.gaps(operation)).toEqual([3, 6, 9]);
	});

	it('waits ten seconds after a 429', async () => {
		agora.fail(operation, error('channels.429'));
		expect(await ask()).toEqual(expect.any(Array));
		expect(agora.gaps(operation)).toEqual([10]);
	});

	it('gives up when the limit is exceeded for a minute', async () => {
		agora.fail(operation, error('channels.429'), { times: null });
		const failure = await failureOf(ask());
		expect(failure.message).toMatch(/rate limit for channel queries/);
		expect(failure.description).not.toMatch(/Requests per Second/);
	});

	it('goes on with an error item where that is chosen', async () => {
		agora.fail(operation, error('channels.403'), { times: null });
		const [item] = await ask({}, { onError: 'continueRegularOutput' });
		expect(item).toMatchObject({ error: { details: { httpCode: '403' } } });
	});
});

/** Calls what the editor calls for the list of channels. */
async function searchChannels(
	filter?: string,
	paginationToken?: string,
	credentials = agora.credentials,
): Promise<INodeListSearchResult> {
	const parameters: INodeParameters = { resource: 'recording', operation: 'start' };
	const node: INode = {
		id: 'n',
		name: 'Start',
		type: NODE_TYPE,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { agoraApi: { id: '1', name: 'Agora' } },
	};
	const nodeTypes = {
		getByName: () => agora.nodeType,
		getByNameAndVersion: () => agora.nodeType,
	} as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const additionalData = {
		credentialsHelper: credentialsHelper(agora.credentialType.authenticate, credentials),
		currentNodeParameters: parameters,
	} as unknown as IWorkflowExecuteAdditionalData;
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	const search = agora.nodeType.methods?.listSearch?.searchChannels;
	if (!search) throw new Error('There is no such list');
	const { call } = search as { call: typeof Function.prototype.call };
	return await agora.time.run(
		call.call(
			search,
			context as unknown as ILoadOptionsFunctions,
			filter,
			paginationToken,
		) as Promise<INodeListSearchResult>,
	);
}

describe('The list of channels in the editor', () => {
	const valuesOf = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);

	it('has names alone, those with most users first', async () => {
		agora.control.setPublishers('small', ['1']);
		agora.control.setPublishers('large', ['1', '2', '3']);
		agora.control.setPublishers('empty', []);
		expect(await searchChannels()).toEqual({
			results: [
				{ name: 'large', value: 'large' },
				{ name: 'small', value: 'small' },
			],
		});
	});

	it('comes in pages, whatever page Agora told of a channel on', async () => {
		fill(700);
		agora.control.setPublishers('c699', ['1', '2']);
		const seen: unknown[] = [];
		let token: string | undefined;
		do {
			const page = await searchChannels(undefined, token);
			seen.push(...valuesOf(page));
			token = page.paginationToken;
		} while (token !== undefined);
		expect(seen).toHaveLength(700);
		expect(new Set(seen).size).toBe(700);
		expect(seen[0]).toBe('c699');
		expect(agora.count('channelList')).toBe(2);
	});

	it('is filtered by what is typed, in capitals or not', async () => {
		agora.control.setPublishers('Class-7', ['1']);
		agora.control.setPublishers('meeting', ['1']);
		expect(valuesOf(await searchChannels('class'))).toEqual(['Class-7']);
		expect(valuesOf(await searchChannels(' MEET '))).toEqual(['meeting']);
		expect(valuesOf(await searchChannels('lesson'))).toEqual([]);
		expect(agora.count('channelList')).toBe(1);
	});

	it('is read anew after fifteen seconds, and for another credential', async () => {
		fill(1);
		await searchChannels();
		await failureOf(
			searchChannels(undefined, undefined, { ...agora.credentials, customerSecret: 'other' }),
		);
		expect(agora.count('channelList')).toBe(2);
		agora.time.pass(15_000);
		fill(2);
		expect(valuesOf(await searchChannels())).toHaveLength(2);
	});

	it('says what the credential lacks', async () => {
		const credentials = { ...agora.credentials, appId: '' };
		const failure = await failureOf(searchChannels(undefined, undefined, credentials));
		expect(failure.message).toBe(
			"'App ID' in the Agora API credential must be the 32 characters (0–9, a–f) that Agora Console → Projects shows for your project (got nothing)",
		);
		expect(agora.count('channelList')).toBe(0);
	});

	it.each([
		['channels.401', /rejected the Customer ID/],
		['channels.403', /does not allow this account to query/],
		['channels.404', /does not support channel queries/],
		['channels.500', /has a problem/],
	])('says at once that Agora refuses (%s)', async (name, message) => {
		agora.fail('channelList', error(name), { times: null });
		const failure = await failureOf(searchChannels());
		expect(failure.message).toMatch(message);
		expect(agora.count('channelList')).toBe(1);
	});

	it('lets nobody wait for ever when the limit is exceeded', async () => {
		agora.fail('channelList', error('channels.429'));
		expect((await failureOf(searchChannels())).message).toMatch(/rate limit for channel queries/);
		const begun = agora.time.now();
		await searchChannels().catch((failure: unknown) => expect(String(failure)).toMatch(/in time/));
		expect(agora.time.now() - begun).toBeLessThanOrEqual(10_000);
	});
});

describe('A channel’s name', () => {
	const located = (value: unknown, mode = 'name') => ({ __rl: true, mode, value });

	it.each([
		['a text, as in a workflow written by hand', 'class-7', {}],
		['chosen from the list', { ...located('class-7', 'list'), cachedResultName: 'class-7' }, {}],
		['entered', located('class-7'), {}],
		['an expression', '={{ $json.channel }}', { channel: 'class-7' }],
		['an expression in the field', located('={{ $json.channel }}'), { channel: 'class-7' }],
		['an expression that gives a locator', '={{ $json.channel }}', { channel: located('class-7') }],
		[
			'an expression in the field that gives a locator',
			located('={{ $json.channel }}'),
			{ channel: located('class-7', 'list') },
		],
	])('may be %s', async (_what, channelName, item) => {
		const more = { items: [item as IDataObject] };
		const parameters = { channelName, options: { verify: false } };
		const started = await agora.runOne('start', parameters, more);
		expect(started).toMatchObject({ outcome: 'accepted', cname: 'class-7' });
		expect(await agora.runOne('acquire', { channelName }, more)).toMatchObject({
			cname: 'class-7',
		});
		expect(await getUsers({ channelName }, more)).toMatchObject([{ cname: 'class-7' }]);
		const credentials = { ...agora.credentials, appCertificate: 'f'.repeat(32) };
		const [token] = await agora.run(
			'generate',
			{ resource: 'rtcToken', channelName },
			{ ...more, credentials },
		);
		expect(token.json).toMatchObject({ channelName: 'class-7' });
		agora.time.pass(6000);
		const { uid, resourceId, sid } = started as Record<string, string>;
		const byHand = {
			...{ recordingSource: 'manual', mode: 'mix', channelName },
			...{ recorderUid: uid, resourceId, sid },
		};
		for (const [operation, form] of [
			['query', byHand],
			['updateLayout', { ...byHand, layout: 'bestFit' }],
			['update', { ...byHand, change: 'subscription' }],
			['stop', byHand],
		] as const) {
			expect(await agora.runOne(operation, form, more)).toMatchObject({ cname: 'class-7', sid });
		}
	});

	it('may come from an agent', async () => {
		const channelName = located("={{ $fromAI('Channel_Name', ``, 'string') }}");
		const query = { Channel_Name: 'class-7' };
		const started = await agora.runOne(
			'start',
			{ channelName, options: { verify: false } },
			{ asTool: true, items: [{ query }] },
		);
		expect(started).toMatchObject({ cname: 'class-7' });
	});

	it.each([
		['empty', located(''), "'Channel Name' must not be empty"],
		['nothing', located(null), "'Channel Name' must not be empty"],
		['a list', located(['a']), `'Channel Name' must be text (got ["a"])`],
	])('that is %s is refused', async (_what, channelName, message) => {
		const failure = await failureOf(agora.run('start', { channelName }));
		expect(failure.message).toBe(message);
	});

	it('of a web page stays a text', () => {
		const fields = agora.nodeType.description.properties;
		const typesOf = (wanted: string) =>
			new Set(fields.filter(({ name }) => name === wanted).map(({ type }) => type));
		expect(typesOf('recordingName')).toEqual(new Set(['string']));
		expect(typesOf('channelName')).toEqual(new Set(['resourceLocator']));
	});
});
