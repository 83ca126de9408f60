import type { FaultInput } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import { type Setup, useAgora } from '../support/setup.mts';

const agora = useAgora();

type Fault = FaultInput['fault'];
const error = (name: string, effect = false) => ({ kind: 'error', error: name, effect }) as Fault;
const status = (code: number) =>
	({ kind: 'answer', status: 200, body: { serverResponse: { status: code } } }) as Fault;

const SECURED = 'ffeeddccbbaa99887766554433221100';

const start = async (parameters: object = {}, more: Parameters<Setup['run']>[2] = {}) =>
	await agora.runOne('start', { channelName: 'class-7', ...parameters }, more);
const failedStart = async (parameters: object = {}, more: Parameters<Setup['run']>[2] = {}) =>
	await failureOf(start(parameters, more));

/** Virtual seconds from start to each query. */
const queriedAt = () => {
	const [{ virtualTime }] = agora.sent('start');
	return agora.sent('query').map((request) => (request.virtualTime - virtualTime) / 1000);
};

describe('A verified start', () => {
	it('asks after five seconds, once that is enough', async () => {
		const started = await start();
		expect(started).toMatchObject({
			outcome: 'recording',
			mode: 'mix',
			status: { code: 5, name: 'inProgress' },
			storage: { vendor: 'amazonS3', region: 'eu-central-1', bucket: 'lessons', prefix: '' },
			layout: { mixedVideoLayout: 0 },
		});
		expect(started).not.toHaveProperty('error');
		expect(queriedAt()).toEqual([5]);
		expect(Date.parse(textOf(started.startedAt))).toBe(agora.time.now() - 5000);
		expect(started.requestId).toBe(agora.sent('start')[0].requestId);
	});

	it('of a page whose recorder is not told of is not confirmed', async () => {
		agora.fail('query', status(5), { times: null });
		const failure = await failedStart({ mode: 'web', url: 'https://example.com/lesson' });
		expect(failure.details).toMatchObject({ mayRun: true });
	});

	it('asks on until it runs', async () => {
		agora.control.configure({ statusStepMs: 6000 });
		expect(await start()).toMatchObject({ outcome: 'recording', status: { code: 5 } });
		expect(queriedAt()).toEqual([5, 15, 30]);
	});

	it('of a channel in which nobody sends is ready, not recording', async () => {
		agora.control.setPublishers('class-7', []);
		const hints: string[] = [];
		const started = await start({}, { hints });
		expect(started).toMatchObject({ outcome: 'ready', status: { code: 4 } });
		expect(queriedAt()).toEqual([5, 15]);
		const end = Date.parse(textOf(started.endsAtIfNobodySends));
		expect(end - Date.parse(textOf(started.startedAt))).toBe(300_000);
		expect(hints.join()).toMatch(/^The channel is empty.*300 seconds/);
		expect(agora.running()).toHaveLength(1);
	});

	it('of which nobody can say who is there is ready, with what is mostly the reason', async () => {
		agora.control.setPublishers('class-7', []);
		agora.fail('channelUsers', error('channels.403'), { times: null });
		const hints: string[] = [];
		expect(await start({}, { hints })).toMatchObject({ outcome: 'ready' });
		expect(hints.join()).toMatch(/no one is sending.*a different 'Channel Profile'.*300 seconds/);
	});

	it('is recording when somebody sends before the second look', async () => {
		agora.control.setPublishers('class-7', []);
		void agora.time.after(8000).then(() => agora.control.setPublishers('class-7', ['7']));
		const hints: string[] = [];
		const started = await start({}, { hints });
		expect(started).toMatchObject({ outcome: 'recording', status: { code: 5 } });
		expect(started).not.toHaveProperty('endsAtIfNobodySends');
		expect(hints).toEqual([]);
	});

	it('of a channel with a short idle time takes the second look within half of it', async () => {
		agora.control.setPublishers('class-7', []);
		expect(await start({ maxIdleTime: 12 })).toMatchObject({ outcome: 'ready' });
		expect(queriedAt()).toEqual([5, 11]);
	});

	it('says ready when there is no time for a second look', async () => {
		agora.control.setPublishers('class-7', []);
		const options = { verificationTimeout: 5 };
		expect(await start({ options })).toMatchObject({ outcome: 'ready', status: { code: 4 } });
	});

	it('that is ready, and of which nothing more is heard, is not confirmed', async () => {
		agora.control.setPublishers('class-7', []);
		agora.fail('query', { kind: 'reset', effect: false }, { nth: 2, times: null });
		const failure = await failedStart({ options: { verificationTimeout: 6 } });
		expect(failure.details).toMatchObject({ mayRun: true });
		expect(queriedAt()).toEqual([5, 6]);
	});

	it('goes on asking after a 404 that is not one of Agora’s', async () => {
		agora.fail('query', { kind: 'html', status: 404 });
		expect(await start()).toMatchObject({ outcome: 'recording' });
		expect(queriedAt()).toEqual([5, 15]);
	});

	it('that is ready and then not found is not confirmed', async () => {
		agora.control.setPublishers('class-7', []);
		agora.fail('query', error('query.404'), { nth: 2, times: null });
		const failure = await failedStart();
		expect(failure.details).toMatchObject({ mayRun: true });
	});

	it('of screenshots alone needs no more than a recorder that is ready', async () => {
		agora.control.setPublishers('class-7', []);
		const form = { mode: 'individual', individualOutput: 'screenshots', subscribeUidGroup: 0 };
		expect(await start(form)).toMatchObject({ outcome: 'recording', status: { code: 4 } });
		expect(queriedAt()).toEqual([5]);
	});

	it.each([5, 6, 10, 14, 300])('with %i s of idle time asks within it', async (maxIdleTime) => {
		agora.fail('query', status(3), { times: null });
		await failedStart({ maxIdleTime });
		const [first, ...later] = queriedAt();
		expect(first).toBeLessThanOrEqual(5);
		expect(first).toBeGreaterThan(3);
		const times = [first, ...later];
		const gaps = later.map((time, i) => time - times[i]);
		expect(Math.max(...gaps)).toBeLessThan(maxIdleTime);
		expect(Math.max(...gaps)).toBeLessThanOrEqual(30);
		expect(times.at(-1)).toBe(90);
	});

	it('waits as long as it is told', async () => {
		agora.fail('query', status(3), { times: null });
		await failedStart({ options: { verificationTimeout: 20 } });
		expect(queriedAt().at(-1)).toBe(20);
	});

	it('outlives a move to another server', async () => {
		agora.fail('start', { kind: 'failover', ms: 60_000 });
		expect(await start()).toMatchObject({ outcome: 'recording' });
		expect(agora.control.recordings()).toHaveLength(1);
	});

	it('that is not to be verified is only accepted', async () => {
		expect(await start({ options: { verify: false } })).toMatchObject({ outcome: 'accepted' });
		expect(agora.count('query')).toBe(0);
	});

	it('gives Agora’s answers as they came when they are not to be simplified', async () => {
		const started = await start({ simplify: false });
		expect(started).toMatchObject({
			response: {
				acquire: { resourceId: started.resourceId },
				start: { sid: started.sid },
				query: { serverResponse: { status: 5 } },
			},
		});
		expect(await start({ channelName: 'other' })).not.toHaveProperty('response');
	});
});

describe('A recording that dies after start', () => {
	const SITUATIONS: Array<[string, object, () => Parameters<Setup['run']>[2]]> = [
		[
			'a bucket that is not there',
			{},
			() => {
				agora.control.configure({ buckets: [] });
				return {};
			},
		],
		[
			'a channel that needs a token',
			{},
			() => ({ credentials: { ...agora.credentials, appId: SECURED } }),
		],
		[
			'a token made with another certificate',
			{},
			() => ({
				credentials: { ...agora.credentials, appId: SECURED, appCertificate: 'f'.repeat(32) },
			}),
		],
		[
			'nobody in the channel',
			{ maxIdleTime: 5 },
			() => {
				agora.control.setPublishers('class-7', []);
				// It must not be seen to run, or to end, before that.
				agora.control.configure({ statusStepMs: 10_000, exitMs: 0 });
				return {};
			},
		],
	];

	it.each(SITUATIONS)('of %s is an error after 90 s', async (_what, parameters, prepare) => {
		const failure = await failedStart(parameters, prepare());
		const [recording] = agora.control.recordings();
		expect(failure.name).toBe('NodeApiError');
		expect(failure.message).toMatch(
			/accepted the start but did not confirm that the recording is running/,
		);
		expect(failure.description).toMatch(/causes/);
		for (const cause of [/token/, /storage/]) expect(failure.description).toMatch(cause);
		// With the 300 seconds that are the default, it cannot be the reason yet.
		const idle = /The channel was empty for 5 seconds/;
		if ('maxIdleTime' in parameters) expect(failure.description).toMatch(idle);
		else expect(failure.description).not.toMatch(/the channel was empty/);
		expect(failure.details).toMatchObject({
			mode: 'mix',
			cname: 'class-7',
			uid: recording.uid,
			resourceId: recording.resourceId,
			sid: recording.sid,
			httpCode: '404',
		});
		expect(queriedAt().at(-1)).toBe(90);
		expect(agora.running()).toEqual([]);
		expect(agora.control.recordings()).toHaveLength(1);
	});

	it('names the token as the likeliest cause, given or not', async () => {
		const credentials = { ...agora.credentials, appId: SECURED };
		const without = await failedStart({}, { credentials });
		expect(without.description).toMatch(/no token was sent/);
		const bad = { ...credentials, appCertificate: 'f'.repeat(32) };
		const withBad = await failedStart({ channelName: 'b' }, { credentials: bad });
		expect(withBad.description).toMatch(/Likely causes:<br>1\. The App ID and App Certificate/);
	});

	it.each([6, 7, 8, 20])('and says so itself (status %i) is an error at once', async (code) => {
		agora.fail('query', status(code));
		const failure = await failedStart();
		expect(failure.message).toContain(`last status was ${code}`);
		expect(queriedAt()).toEqual([5]);
	});
});

describe('A start that nobody confirms', () => {
	beforeEach(() => agora.fail('query', status(3), { times: null }));

	it('is an error that names what may be running', async () => {
		const failure = await failedStart();
		expect(failure.message).toMatch(/last status was 3/);
		expect(failure.details.sid).toBe(agora.running()[0].sid);
		expect(agora.count('stop')).toBe(0);
	});

	it('is an item where the user wants one', async () => {
		const item = await start({ options: { ifNotConfirmed: 'return' } });
		expect(item).toMatchObject({ outcome: 'unconfirmed', status: { code: 3 } });
		expect(item.sid).toBe(agora.running()[0].sid);
	});

	it('is stopped where the user wants that', async () => {
		const failure = await failedStart({ options: { ifNotConfirmed: 'stop' } });
		expect(failure.description).toMatch(/It was stopped\./);
		expect(failure.details).toHaveProperty('sid');
		expect(agora.running()).toEqual([]);
	});

	it('and cannot be stopped is said to run', async () => {
		agora.fail('stop', error('stop.62'), { times: null });
		const failure = await failedStart({ options: { ifNotConfirmed: 'stop' } });
		expect(failure.description).toMatch(/may still be running/);
		expect(agora.running()).toHaveLength(1);
	});

	it.each(['stop.435', 'stop.49', 'older.50'])(
		'and ended (%s) is not said to run',
		async (name) => {
			agora.fail('stop', error(name, true), { times: null });
			const failure = await failedStart({ options: { ifNotConfirmed: 'stop' } });
			expect(failure.description).not.toMatch(/may still be running/);
			expect(agora.running()).toEqual([]);
		},
	);
});

describe('A start whose queries are not answered', () => {
	it.each([
		['504/62', error('query.62')],
		['a 502 of a proxy', { kind: 'html' }],
		['401', error('gateway.credentials')],
	] as Array<[string, Fault]>)('(%s) does not say that it was not found', async (_what, fault) => {
		agora.fail('query', fault, { times: null });
		const failure = await failedStart();
		expect(failure.message).toMatch(/accepted the start/);
		expect(failure.message).not.toMatch(/did not find/);
		expect(failure.details.sid).toBe(agora.running()[0].sid);
	});

	it('for a while is verified afterwards', async () => {
		agora.fail('query', error('query.62'), { times: 4 });
		expect(await start()).toMatchObject({ outcome: 'recording' });
	});
});
