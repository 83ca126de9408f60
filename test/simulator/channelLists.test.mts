import {
	APP_ID,
	having,
	INDIVIDUAL,
	matching,
	MIX,
	startApi,
	webRequest,
	WHO,
} from './harness.mts';
import type { FaultInput } from '../../simulator/index.mts';
import type { Api, Reply } from './harness.mts';

const START = 1_700_000_000_500;
const LIVE = having(MIX, 'recordingConfig.channelType', 1);
const { cname } = WHO;
const RECORDER = Number(WHO.uid);
const NOBODY = { channel_exist: false };

let api: Api;
beforeAll(async () => {
	api = await startApi({
		clock: { speed: 0, now: START },
		channels: { full: ['1', '2'], empty: [], later: [{ afterMs: 60_000, uids: ['5'] }] },
		profiles: { full: 'communication' },
	});
});
afterAll(() => api.sim.close());
beforeEach(() => api.sim.control.reset());

const JSON_TYPE = { 'Content-Type': 'application/json' };
const get = (path: string, headers: Record<string, string> = JSON_TYPE) =>
	api.request('GET', `/dev/v1/channel${path}`, undefined, headers);
/** `data` of an answer, which has to be the documented envelope. */
function dataOf({ status, data }: Reply): unknown {
	expect({ status, data }).toMatchObject({ status: 200, data: { success: true } });
	expect(Object.keys(data as object)).toEqual(['success', 'data']);
	return (data as { data: unknown }).data;
}
const list = async (query = '') => dataOf(await get(`/${APP_ID}${query}`));
const usersOf = async (name: string, more = '') =>
	dataOf(await get(`/user/${APP_ID}/${encodeURIComponent(name)}${more}`));
const userOf = async (uid: number | string, name: string) =>
	dataOf(await get(`/user/property/${APP_ID}/${uid}/${name}`));
const wait = (ms: number) => api.sim.control.advance(ms);
const users = () => api.sim.control.notifications.users;

describe('Which channels there are', () => {
	test('those with somebody in them', async () => {
		expect(await list()).toEqual({
			channels: [{ channel_name: 'full', user_count: 2 }],
			total_size: 1,
		});
		wait(60_000);
		expect(await list()).toMatchObject({ total_size: 2 });
	});

	test('a channel with nothing but a recorder is one, that of a page is not', async () => {
		api.sim.control.setPublishers(cname, []);
		await api.begin('mix', LIVE);
		await api.begin('web', webRequest(), { who: { cname: 'page', uid: '1' } });
		wait(5000);
		expect(await list()).toMatchObject({
			channels: [{ channel_name: 'full' }, { channel_name: cname, user_count: 1 }],
		});
		wait(30_000);
		expect(await list()).toMatchObject({ total_size: 1 });
	});

	const names = (data: unknown) =>
		(data as { channels: { channel_name: string }[] }).channels.map((one) => one.channel_name);
	const fill = (count: number) => {
		api.sim.control.setPublishers('full', []);
		for (let index = 0; index < count; index++) api.sim.control.setPublishers(`c${index}`, ['1']);
	};

	test('pages', async () => {
		fill(7);
		expect(names(await list('?page_no=0&page_size=3'))).toEqual(['c0', 'c1', 'c2']);
		expect(names(await list('?page_size=3&page_no=2'))).toEqual(['c6']);
		expect(await list('?page_size=3&page_no=3')).toEqual({ channels: [], total_size: 7 });
		expect(api.sim.control.requests()[0]).toMatchObject({
			operation: 'channelList',
			query: 'page_no=0&page_size=3',
			warnings: [],
		});
		fill(120);
		expect(names(await list())).toHaveLength(100);
	});

	test.each([
		['twice', ['c0', 'c1', 'c2', 'c2', 'c3', 'c4', 'c5', 'c6']],
		['missing', ['c0', 'c1', 'c2', 'c4', 'c5', 'c6']],
	] as const)('a channel between two pages: %s', async (paging, expected) => {
		fill(7);
		api.sim.control.configure({ channelLists: { paging } });
		const told: string[] = [];
		for (const page of [0, 1, 2]) {
			told.push(...names(await list(`?page_no=${page}&page_size=3`)));
		}
		expect(told).toEqual(expected);
	});
});

describe('Who is in a channel', () => {
	test('communication: all are users', async () => {
		expect(await usersOf('full')).toEqual({
			channel_exist: true,
			mode: 1,
			total: 2,
			users: [1, 2],
		});
		expect(await usersOf('full', '/hosts_only')).toEqual({ channel_exist: true, mode: 1 });
	});

	test('live broadcasting: hosts, and an audience', async () => {
		users().join(cname, { uid: 7, platform: 1 });
		users().join(cname, { uid: 8, role: 'audience' });
		const hosts = { channel_exist: true, mode: 2, broadcasters: [7] };
		expect(await usersOf(cname)).toEqual({ ...hosts, audience: [8], audience_total: 1 });
		expect(await usersOf(cname, '/hosts_only')).toEqual(hosts);
		expect(await usersOf(cname, '?hosts_only')).toEqual(hosts);
		users().changeRole(cname, 8, 'broadcaster');
		users().leave(cname, 7);
		expect(await usersOf(cname)).toMatchObject({ broadcasters: [8], audience: [] });
		users().leave(cname, 8);
		expect(await usersOf(cname)).toEqual(NOBODY);
		expect(await usersOf(cname, '/hosts_only')).toEqual(NOBODY);
	});

	test('of an audience the first 10,000', async () => {
		const audience = Array.from({ length: 10_001 }, (_, index) => String(index + 1000));
		api.sim.control.setAudience(cname, audience);
		const data = await usersOf(cname);
		expect(data).toMatchObject({ audience_total: 10_001 });
		expect((data as { audience: number[] }).audience).toHaveLength(10_000);
	});

	test('names are case-sensitive and decoded; nobody is in the others if so set', async () => {
		api.sim.control.configure({ unknownChannels: 'nobody' });
		expect(await usersOf('Full')).toEqual(NOBODY);
		expect(await usersOf('empty')).toEqual(NOBODY);
		api.sim.control.setPublishers('a b#%?&;+:', ['1']);
		expect(await usersOf('a b#%?&;+:')).toMatchObject({ channel_exist: true });
	});

	test('a channel that nobody spoke of: the lists and the recorder agree', async () => {
		expect(await usersOf(cname)).toMatchObject({ mode: 2, broadcasters: [123] });
		const named = { subscribeAudioUids: ['44'], subscribeVideoUids: ['44'] };
		const config = { ...INDIVIDUAL.recordingConfig, ...named };
		const { sid } = await api.begin('individual', { ...INDIVIDUAL, recordingConfig: config });
		wait(5000);
		expect(await usersOf(cname)).toMatchObject({ mode: 1, users: [44, RECORDER] });
		expect(api.sim.control.recording(sid).status).toBe(5);
	});

	test('nobody publishes in unknown channels if so set, and recordings hear nobody', async () => {
		api.sim.control.configure({ unknownChannels: 'nobody' });
		const { sid } = await api.begin('mix', LIVE);
		wait(5000);
		expect(api.sim.control.recording(sid).status).toBe(4);
		wait(30_000);
		expect(api.sim.control.recording(sid).ended).toMatchObject({ cause: 'idle' });
	});

	test('user accounts have numbers', async () => {
		api.sim.control.setPublishers(cname, ['alice']);
		const { broadcasters } = (await usersOf(cname)) as { broadcasters: number[] };
		expect(broadcasters).toEqual([expect.any(Number)]);
	});

	test('lists lag behind', async () => {
		api.sim.control.configure({ channelLists: { delayMs: 10_000 }, unknownChannels: 'nobody' });
		users().join(cname, { uid: 7 });
		wait(9999);
		expect(await usersOf(cname)).toEqual(NOBODY);
		wait(1);
		expect(await usersOf(cname)).toMatchObject({ broadcasters: [7] });
		users().leave(cname, 7);
		users().join(cname, { uid: 8, role: 'audience' });
		wait(9999);
		expect(await usersOf(cname)).toMatchObject({ broadcasters: [7], audience: [] });
		wait(1);
		expect(await usersOf(cname)).toMatchObject({ broadcasters: [], audience: [8] });
	});
});

describe('The control API', () => {
	test('says who is in a channel, and in which profile', async () => {
		const path = `/__simulator/channels/${cname}`;
		const profile = 'communication';
		await api.request('PUT', path, { uids: ['1'], audience: ['2', '3'], profile });
		expect(await usersOf(cname)).toMatchObject({ mode: 1, users: [1, 2, 3] });
		await api.request('PUT', path, { audience: [] });
		expect(await usersOf(cname)).toMatchObject({ mode: 1, users: [1] });
		expect((await api.request('PUT', path, {})).status).toBe(400);
	});

	test('sets how lists are made, one setting at a time', async () => {
		await api.request('POST', '/__simulator/config', { channelLists: { recorders: 'hidden' } });
		const { data } = await api.request('POST', '/__simulator/config', {
			channelLists: { delayMs: 5 },
		});
		expect(data).toMatchObject({
			channelLists: { recorders: 'hidden', delayMs: 5, requestsPerSecond: 20, paging: 'exact' },
		});
	});
});

describe('A recorder', () => {
	test.each([
		['host', { broadcasters: [123, RECORDER], audience: [], audience_total: 0 }],
		['audience', { broadcasters: [123], audience: [RECORDER], audience_total: 1 }],
		['hidden', { broadcasters: [123], audience: [], audience_total: 0 }],
	] as const)('is listed as %s', async (recorders, expected) => {
		api.sim.control.configure({ channelLists: { recorders } });
		const session = await api.begin('mix', LIVE);
		wait(5000);
		expect(await usersOf(cname)).toMatchObject(expected);
		await api.stop(session);
		expect(await usersOf(cname)).toMatchObject({ broadcasters: [123], audience: [] });
	});

	test('has another uid after a failover', async () => {
		const { sid } = await api.begin('mix', LIVE);
		wait(5000);
		api.sim.control.failover(sid, 30_000);
		wait(20_000);
		expect(await usersOf(cname)).toMatchObject({ broadcasters: [123] });
		wait(10_000);
		const { broadcasters } = (await usersOf(cname)) as { broadcasters: number[] };
		expect(broadcasters).toHaveLength(2);
		expect(broadcasters).not.toContain(RECORDER);
	});

	test('of another profile hears nobody: 4, idle, 404; the lists say why', async () => {
		api.sim.control.configure({ channelProfile: 'liveBroadcasting' });
		const deaf = await api.begin('mix', MIX);
		wait(20_000);
		expect((await api.query(deaf)).data).toMatchObject({ serverResponse: { status: 4 } });
		expect(await usersOf(cname)).toMatchObject({ mode: 2, broadcasters: [123, RECORDER] });
		wait(20_000);
		expect((await api.query(deaf)).status).toBe(404);
		const heard = await api.begin('mix', LIVE);
		wait(20_000);
		expect((await api.query(heard)).data).toMatchObject({ serverResponse: { status: 5 } });
	});

	test('is no channel of another App ID', async () => {
		await api.begin('mix', LIVE);
		wait(5000);
		const other = dataOf(await get('/ffeeddccbbaa99887766554433221100'));
		expect(other).toMatchObject({ channels: [{ channel_name: 'full' }] });
	});
});

describe('One user', () => {
	test.each([
		['a host', 7, { platform: 1, role: 2, join: 1_700_000_000 }],
		['one of the audience', 8, { platform: 7, role: 3, join: 1_700_000_010 }],
		['the recorder', RECORDER, { platform: 6, role: 2, join: 1_700_000_012 }],
	])('%s', async (_who, uid, expected) => {
		users().join(cname, { uid: 7, platform: 1 });
		wait(10_000);
		users().join(cname, { uid: 8, role: 'audience' });
		await api.begin('mix', LIVE);
		wait(90_000);
		expect(await userOf(uid, cname)).toEqual({ in_channel: true, uid, ...expected });
		expect(await userOf(9, cname)).toEqual({ in_channel: false });
	});

	test('in communication', async () => {
		expect(await userOf(2, 'full')).toMatchObject({ role: 1, join: 1_700_000_000 });
	});
});

describe('What is refused', () => {
	test.each([
		['an App ID that is none', '/user/123/c', JSON_TYPE, 400, /^invalid appid$/],
		['an App ID of nobody', `/${'a'.repeat(32)}`, JSON_TYPE, 401, /^Unauthorized$/],
		['a page too long', `/${APP_ID}?page_size=501`, JSON_TYPE, 400, /page/],
		['an empty page', `/${APP_ID}?page_size=0`, JSON_TYPE, 400, /page/],
		['a page that is no number', `/${APP_ID}?page_no=-1`, JSON_TYPE, 400, /page/],
		['a user account', `/user/property/${APP_ID}/alice/c`, JSON_TYPE, 400, /uid/],
		['no Content-Type', `/${APP_ID}`, {}, 415, /Media/],
		['another one', `/${APP_ID}`, { 'Content-Type': 'text/plain' }, 415, /Media/],
		['no credential', `/${APP_ID}`, { ...JSON_TYPE, Authorization: '' }, 401, /./],
		['another path', `/users/${APP_ID}/c`, JSON_TYPE, 404, /./],
	])('%s', async (_what, path, headers: Record<string, string>, status, message: RegExp) => {
		const reply = await get(path, headers);
		expect(reply).toMatchObject({ status, data: { message: matching(message) } });
		expect(reply.headers).toHaveProperty('x-request-id');
	});

	test('answers have IDs for the support', async () => {
		expect((await get(`/${APP_ID}`)).headers).toMatchObject({
			'x-request-id': matching(/./),
			'x-resource-id': matching(/./),
		});
	});

	test('more than 20 a second by one account, whatever the App ID, apart from recordings', async () => {
		api.sim.control.configure({ requestsPerSecond: 3, rateClock: 'virtual' });
		for (let index = 0; index < 10; index++) {
			expect((await get(`/${APP_ID}`)).status).toBe(200);
			expect((await get(`/user/ffeeddccbbaa99887766554433221100/c`)).status).toBe(200);
		}
		expect((await get(`/user/${APP_ID}/c`)).status).toBe(429);
		expect((await api.acquire()).status).toBe(200);
		wait(1000);
		expect((await get(`/${APP_ID}`)).status).toBe(200);
	});

	test.each([
		['channelList', `/${APP_ID}`],
		['channelUsers', `/user/${APP_ID}/c`],
		['channelHosts', `/user/${APP_ID}/c/hosts_only`],
		['channelUser', `/user/property/${APP_ID}/1/c`],
	] as const)('what a fault of %s says', async (operation, path) => {
		const meets = async (fault: FaultInput['fault']) => {
			const id = api.sim.control.addFault({ match: { operation, appId: APP_ID }, fault });
			expect((await api.acquire()).status).toBe(200);
			const reply = await get(path);
			expect(api.sim.control.requests().at(-1)).toMatchObject({ operation, fault: id });
			return reply;
		};
		for (const status of [400, 401, 403, 404, 415, 429, 500] as const) {
			const reply = await meets({ kind: 'error', error: `channels.${status}` });
			expect(reply).toMatchObject({ status, data: { message: matching(/./) } });
		}
		const failed = await meets({ kind: 'answer', status: 200, body: { success: false } });
		expect(failed.data).toEqual({ success: false });
		const html = await meets({ kind: 'html' });
		expect(html.headers['content-type']).toBe('text/html');
		await expect(meets({ kind: 'reset', effect: false })).rejects.toMatchObject({
			code: 'ECONNRESET',
		});
	});
});
