import type { IDataObject } from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();
let started: IDataObject;

beforeEach(async () => {
	started = await agora.runOne('start', { channelName: 'class-7', fileFormat: 'hls' });
	agora.time.pass(60_000);
	agora.control.clearRequests();
});

type Fault = FaultInput['fault'];
const error = (name: string) => ({ kind: 'error', error: name }) as Fault;
const answer = (status: number, body: unknown) => ({ kind: 'answer', status, body }) as Fault;

const query = async (options: IDataObject = {}, more: IDataObject = {}) =>
	await agora.runOne('query', { options, ...more }, { items: [started] });

const identity = () => {
	const { mode, cname, uid, resourceId, sid } = started;
	return { mode, cname, uid, resourceId, sid };
};

describe('A query', () => {
	it('shows state, files and identity', async () => {
		const queried = await query();
		expect(queried).toMatchObject({
			outcome: 'recording',
			...identity(),
			status: { code: 5, name: 'inProgress' },
			storage: started.storage,
			files: [{ fileName: `${textOf(started.sid)}_class-7.m3u8`, format: 'm3u8' }],
		});
		expect(queried.requestId).toBe(agora.sent('query')[0].requestId);
		expect(queried).not.toHaveProperty('error');
	});

	it.each([
		[0, 'starting'],
		[1, 'starting'],
		[2, 'starting'],
		[3, 'starting'],
		[4, 'ready'],
		[5, 'recording'],
		[6, 'stopping'],
		[7, 'ended'],
		[8, 'ended'],
		[20, 'failed'],
		[42, 'unknown'],
	])('of status %i is %s', async (status, outcome) => {
		agora.fail('query', answer(200, { sid: started.sid, serverResponse: { status } }));
		expect(await query()).toMatchObject({ outcome, status: { code: status }, files: [] });
	});

	it('of a web page on hold is paused, with the targets of the push', async () => {
		const serverResponse = {
			status: 5,
			extensionServiceState: [
				{ serviceName: 'web_recorder_service', payload: { onhold: true, state: 'inProgress' } },
				{
					serviceName: 'rtmp_publish_service',
					payload: { outputs: [{ rtmpUrl: 'rtmp://a', status: 'onhold' }] },
				},
			],
		};
		agora.fail('query', answer(200, { serverResponse }));
		expect(await query()).toMatchObject({
			outcome: 'paused',
			onhold: true,
			outputs: [{ rtmpUrl: 'rtmp://a', status: 'onhold' }],
		});
	});

	it('of an answer without a status is no recording', async () => {
		agora.fail('query', answer(200, { sid: started.sid }));
		expect(await query()).toMatchObject({ outcome: 'unknown', files: [] });
	});

	it('of a page whose recorder is not told of is no recording', async () => {
		const form = { mode: 'web', channelName: 'lesson', url: 'https://example.com/' };
		const page = await agora.runOne('start', form);
		agora.fail('query', answer(200, { sid: page.sid, serverResponse: { status: 5 } }));
		const queried = await agora.runOne('query', {}, { items: [page] });
		expect(queried).toMatchObject({ outcome: 'unknown', status: { code: 5 } });
	});

	it.each([
		['an empty object', {}],
		['a portal', { status: 'ok' }],
		['code 500', { code: 500 }],
		['another recording', { sid: '0'.repeat(32), serverResponse: { status: 5 } }],
		['another resource', { resourceId: 'another-one', serverResponse: { status: 5 } }],
	])('takes %s of status 200 for no answer', async (_what, body) => {
		agora.fail('query', answer(200, body));
		expect(await query()).toMatchObject({ outcome: 'recording', sid: started.sid });
		expect(agora.gaps('query')).toEqual([5]);
	});

	it('gives Agora’s answer as it came when it is not to be simplified', async () => {
		const raw = await query({}, { simplify: false });
		expect(raw).toMatchObject({ response: { serverResponse: { status: 5 } } });
		expect(await query()).not.toHaveProperty('response');
	});
});

const ERRORS: ReadonlyArray<readonly [string, Fault, number[], RegExp]> = [
	['206/65', error('query.65'), [5, 10, 15, 30], /did not confirm/],
	['504/62', error('query.62'), [5, 10, 15, 30], /did not respond in time/],
	['500/500', error('acquire.500'), [5, 10, 15, 30], /has a problem/],
	['a 502 of a proxy', { kind: 'html' }, [5, 10, 15, 30], /between n8n and Agora/],
	[
		'a page of a proxy',
		{ kind: 'html', status: 200 },
		[5, 10, 15, 30],
		/did not come from Agora|not belong to Agora/,
	],
	[
		'an empty body',
		{ kind: 'emptyBody' },
		[5, 10, 15, 30],
		/did not come from Agora|not belong to Agora/,
	],
	[
		'a cut body',
		{ kind: 'truncatedJson' },
		[5, 10, 15, 30],
		/did not come from Agora|not belong to Agora/,
	],
	['a reset', { kind: 'reset', effect: true }, [5, 10, 15, 30], /Lost the connection/],
	['400/2', error('query.2'), [], /rejected a value/],
	['400/432', error('older.432'), [], /does not match the resource ID/],
	['400/1001', error('older.1001'), [], /cannot read the resource ID/],
	['400/1003', error('older.1003'), [], /does not match the resource ID/],
	['400 App ID', error('gateway.appid'), [], /App ID/],
	['401', error('gateway.credentials'), [], /Customer ID/],
	['403', error('gateway.403'), [], /does not allow/],
	['no route', error('gateway.route'), [], /address/],
	[
		'404 of a proxy',
		{ kind: 'html', status: 404 },
		[],
		/did not come from Agora|not belong to Agora/,
	],
];

describe('A query that is always answered with', () => {
	it.each(ERRORS)('%s is an error with the identity', async (_what, fault, gaps, message) => {
		agora.fail('query', fault, { times: null });
		const failure = await failureOf(query());
		expect(failure).toMatchObject({ name: 'NodeApiError', itemIndex: 0 });
		expect(failure.message).toMatch(message);
		expect(failure.details).toMatchObject(identity());
		expect(agora.gaps('query')).toEqual(gaps);
	});

	it.each(['field', 'documented'] as const)('404 (%s form) is notFound', async (notFoundForm) => {
		agora.control.configure({ notFoundForm });
		agora.fail('query', error('query.404'), { times: null });
		expect(await query()).toMatchObject({ outcome: 'notFound', ...identity(), files: [] });
		expect(agora.gaps('query')).toEqual([5, 10, 15]);
	});

	it('501 is stopping', async () => {
		agora.fail('query', error('older.501'), { times: null });
		expect(await query()).toMatchObject({ outcome: 'stopping' });
	});
});

describe('A recording that Agora does not find', () => {
	it.each([
		[0, []],
		[90, [5, 10, 15, 15, 15, 15, 15]],
	])('is asked for during %i seconds', async (retryWhileNotFound, gaps) => {
		agora.control.kill(textOf(started.sid));
		expect(await query({ retryWhileNotFound })).toMatchObject({ outcome: 'notFound' });
		expect(agora.gaps('query')).toEqual(gaps);
	});

	it('because it moves to another server is found once it is there', async () => {
		agora.control.failover(textOf(started.sid), 20_000);
		expect(await query()).toMatchObject({ outcome: 'recording' });
		expect(agora.gaps('query')).toEqual([5, 10, 15]);
	});

	it('because it failed is failed', async () => {
		agora.control.kill(textOf(started.sid), { abnormal: true });
		expect(await query()).toMatchObject({ outcome: 'failed', status: { code: 20 } });
	});
});
