import { setImmediate as turn } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { failureOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

/** Questions about channels when two things go wrong at once. */

const agora = useAgora();

type Fault = FaultInput['fault'];
const error = (name: string) => ({ kind: 'error', error: name }) as Fault;
const data = (content: object): Fault => ({
	kind: 'answer',
	status: 200,
	body: { success: true, data: content },
});

const fill = (count: number) => {
	for (let i = 0; i < count; i++) agora.control.setPublishers(`c${i}`, ['1']);
};
const getMany = async (more: Parameters<typeof agora.run>[2] = {}) =>
	await agora.run('getMany', { resource: 'channel', returnAll: true }, more);
const startUnlessEmpty = { channelName: 'class-7', options: { ifChannelEmpty: 'skip' } };

describe('A list of channels that moves while it is read', () => {
	it.each([
		['the limit', 'channels.429', 'twice', 1201, 10],
		['the limit', 'channels.429', 'missing', 1200, 10],
		['a trouble of Agora’s', 'channels.500', 'twice', 1201, 3],
	] as const)('and meets %s (%s, %s) is told once', async (_what, name, paging, given, waits) => {
		fill(1201);
		agora.control.configure({ channelLists: { paging } });
		agora.fail('channelList', error(name), { nth: 2 });
		const names = (await getMany()).map(({ json }) => json.cname);
		expect(new Set(names).size).toBe(given);
		expect(names).toHaveLength(given);
		expect(agora.gaps('channelList')).toEqual([0, waits, 0]);
	});

	it('gives an error, not a part, when a later page is refused', async () => {
		fill(1201);
		agora.fail('channelList', error('channels.401'), { nth: 2, times: null });
		const failure = await failureOf(getMany());
		expect(failure).toMatchObject({ httpCode: '401' });
	});
});

describe('Get Many that is cancelled', () => {
	/** @returns pages that were asked for, and how long it went on (virtual ms) */
	async function cancelled(when: (cancel: () => void) => void) {
		const controller = new AbortController();
		let at = 0;
		when(() => {
			at = agora.time.now();
			controller.abort();
		});
		await getMany({ cancel: controller.signal }).catch(() => undefined);
		expect(controller.signal.aborted).toBe(true);
		return { pages: agora.count('channelList'), after: agora.time.now() - at };
	}

	it('between two pages asks for no more', async () => {
		fill(1201);
		const { pages } = await cancelled((cancel) => {
			const watch = async () => {
				while (agora.count('channelList') < 2) await turn();
				cancel();
			};
			void watch();
		});
		expect(pages).toBe(2);
	});

	it('while it waits for the limit ends within a second', async () => {
		fill(1201);
		agora.fail('channelList', error('channels.429'), { nth: 2, times: null });
		const { pages, after } = await cancelled((cancel) => void agora.time.after(2500).then(cancel));
		expect(pages).toBe(2);
		expect(after).toBeLessThanOrEqual(1000);
	});
});

describe('A host that stands in and does not know the questions', () => {
	const HOME = 'api-eu-central-1.agora.io';
	/** Home is down; its neighbour records, and has no such path. */
	const neighbour = () => ({
		credentials: { ...agora.credentials, apiDomain: HOME, baseUrl: '' },
		route: (url: string) => {
			const { host, pathname, search } = new URL(url);
			if (host === HOME) {
				throw Object.assign(new Error('The network failed'), { code: 'ECONNREFUSED' });
			}
			const path = pathname.replace(/^\/dev\//, '/nowhere/');
			return `${agora.simulator.url}${path}${search}`;
		},
	});

	it('is what Get Many tells', async () => {
		const failure = await failureOf(getMany(neighbour()));
		expect(failure).toMatchObject({ httpCode: '404' });
		expect(failure.message).toMatch(/does not support channel queries/);
	});

	it('keeps no start back', async () => {
		const { outcome } = await agora.runOne('start', startUnlessEmpty, neighbour());
		expect(outcome).toBe('recording');
	});
});

describe('A start that is to skip empty channels', () => {
	const twoAtOnce = async (fault: Fault) => {
		agora.control.setPublishers('class-7', ['7']);
		agora.fail('channelUsers', fault, { times: null });
		const items = await agora.run(
			'start',
			{ channelName: '={{ $json.cname }}', options: { ifChannelEmpty: 'skip' } },
			{ items: ['class-7', 'class-8'].map((cname): IDataObject => ({ cname })) },
		);
		return items.map(({ json }) => json.outcome);
	};

	it.each<[string, Fault]>([
		['the account lacks the right', error('channels.401')],
		['Agora says success: false', { kind: 'answer', status: 200, body: { success: false } }],
		['the limit is exceeded', error('channels.429')],
		['users have text accounts', data({ channel_exist: true, mode: 1, total: 1, users: ['ann'] })],
		[
			'a broadcast has text accounts',
			data({ channel_exist: true, mode: 2, broadcasters: ['ann'] }),
		],
		['its profile is unknown', data({ channel_exist: true, mode: 3, total: 0, users: [] })],
		[
			'the answer contradicts itself',
			data({ channel_exist: false, mode: 1, total: 3, users: [1] }),
		],
	])('starts where %s', async (_why, fault) => {
		expect(await twoAtOnce(fault)).toEqual(['recording', 'recording']);
	});

	it('starts where the second answer is lost', async () => {
		agora.control.setPublishers('class-7', []);
		agora.fail('channelUsers', error('channels.429'), { nth: 2, times: null });
		const [{ json }] = await agora.run('start', startUnlessEmpty);
		expect(json.outcome).not.toBe('skipped');
		expect(agora.count('start')).toBe(1);
	});
});
