import type { IDataObject } from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();
let started: IDataObject;

beforeEach(async () => {
	started = await agora.runOne('start', {
		...{ channelName: 'class-7', fileNamePrefix: 'dir/sub', fileFormat: 'hls' },
	});
	agora.time.pass(60_000);
	agora.control.clearRequests();
});

type Fault = FaultInput['fault'];
const error = (name: string, effect = false) => ({ kind: 'error', error: name, effect }) as Fault;
const answer = (status: number, body: unknown) => ({ kind: 'answer', status, body }) as Fault;

const stop = async (options: IDataObject = {}, more: IDataObject = {}) =>
	await agora.runOne('stop', { options, ...more }, { items: [started] });
const stopFailure = async (options: IDataObject = {}) => await failureOf(stop(options));

const identity = () => {
	const { mode, cname, uid, resourceId, sid } = started;
	return { mode, cname, uid, resourceId, sid };
};

describe('A stop', () => {
	it('ends the recording and lists its files, with the folder once', async () => {
		const stopped = await stop();
		const fileName = `${textOf(started.sid)}_class-7.m3u8`;
		expect(stopped).toMatchObject({
			outcome: 'stopped',
			...identity(),
			uploadStatus: 'uploaded',
			startedAt: started.startedAt,
			storage: { vendor: 'amazonS3', bucket: 'lessons', prefix: 'dir/sub/' },
			files: [
				{ fileName, path: `dir/sub/${fileName}`, format: 'm3u8', uid: '0', predicted: false },
			],
		});
		expect(stopped.requestId).toBe(agora.sent('stop')[0].requestId);
		expect(agora.running()).toEqual([]);
	});

	it('has the folder once also where Agora’s names have it', async () => {
		agora.control.configure({ prefixInFileNames: true });
		const { files } = await stop();
		const fileName = `${textOf(started.sid)}_class-7.m3u8`;
		expect(files).toMatchObject([{ fileName, path: `dir/sub/${fileName}` }]);
	});

	it.each(['uploaded', 'backuped', 'unknown'] as const)(
		'says that files are %s',
		async (status) => {
			agora.control.configure({ uploadingStatus: status });
			expect(await stop()).toMatchObject({ outcome: 'stopped', uploadStatus: status });
		},
	);

	it('waits for the upload', async () => {
		agora.control.configure({ uploadMs: 15_000 });
		agora.time.flowing = true;
		expect(await stop()).toMatchObject({ outcome: 'stopped', uploadStatus: 'uploaded' });
	});

	it('says that the upload is pending when it takes too long (code 50)', async () => {
		agora.control.configure({ uploadMs: 60_000 });
		agora.time.flowing = true;
		expect(await stop()).toMatchObject({ outcome: 'stopped', uploadStatus: 'pending' });
		expect(agora.count('stop')).toBe(1);
	});

	it('without waiting for the upload is stopping', async () => {
		const stopping = await stop({ asyncStop: true });
		expect(stopping).toMatchObject({
			outcome: 'stopping',
			uploadStatus: 'pending',
			files: [{ predicted: true, format: 'm3u8' }],
		});
		expect(agora.sent('stop')[0].body).toMatchObject({ clientRequest: { async_stop: true } });
		expect(agora.running()).toEqual([]);
	});

	it('of a channel in which nobody was says that nothing was recorded', async () => {
		agora.control.setPublishers('empty', []);
		const empty = await agora.runOne('start', { channelName: 'empty' });
		const stopped = await agora.runOne('stop', {}, { items: [empty] });
		expect(stopped).toMatchObject({ outcome: 'noRecordedData', files: [], sid: empty.sid });
		expect(stopped).not.toHaveProperty('uploadStatus');
	});

	it('gives Agora’s answer as it came when it is not to be simplified', async () => {
		const raw = await stop({}, { simplify: false });
		expect(raw).toMatchObject({
			outcome: 'stopped',
			response: { sid: started.sid, serverResponse: { uploadingStatus: 'uploaded' } },
		});
		expect(await stop({ retryWhileNotFound: 0 })).not.toHaveProperty('response');
	});
});

type Expected = readonly [what: string, fault: Fault, gaps: number[], expected: object];
const OUTCOMES: Expected[] = [
	['206/435', error('stop.435'), [], { outcome: 'noRecordedData', files: [] }],
	['400/49', error('stop.49'), [], { outcome: 'stopping', uploadStatus: 'pending' }],
	['400/501', error('older.501'), [], { outcome: 'stopping' }],
	['206/50', error('older.50'), [], { outcome: 'stopped', uploadStatus: 'pending' }],
	[
		'206 without a list',
		answer(206, { serverResponse: { uploadingStatus: 'unknown' } }),
		[],
		{ outcome: 'stopped', uploadStatus: 'unknown', files: [{ predicted: true }] },
	],
	['404', error('stop.404'), [5, 10, 15], { outcome: 'notFound', files: [] }],
];

const ERRORS: ReadonlyArray<readonly [string, Fault, number[], RegExp]> = [
	['206/65', error('stop.65'), [3, 6], /may still be running/],
	['504/62', error('stop.62'), [3, 6, 9], /may still be running/],
	['a 502 of a proxy', { kind: 'html' }, [3, 6, 9], /may still be running/],
	['a page of a proxy', { kind: 'html', status: 200 }, [3, 6, 9], /may still be running/],
	['an empty 200', answer(200, ''), [3, 6, 9], /may still be running/],
	['a reset', { kind: 'reset', effect: false }, [3, 6, 9], /may still be running/],
	['500/500', error('acquire.500'), [3, 6, 9], /may still be running/],
	['400/2', error('stop.2'), [], /rejected a value/],
	['400/432', error('older.432'), [], /does not match the resource ID/],
	['400/1003', error('older.1003'), [], /does not match the resource ID/],
	['401', error('gateway.credentials'), [], /Customer ID/],
	['no route', error('gateway.route'), [], /address/],
	['404 without words', answer(404, { oops: true }), [], /unexpected/],
	['308', answer(308, ''), [], /did not come from Agora|not belong to Agora/],
	['413', answer(413, ''), [], /did not come from Agora|not belong to Agora/],
	[
		'an empty object',
		answer(200, {}),
		[3, 6, 9],
		/did not contain information about the recording/,
	],
	[
		'a 206 about nothing',
		answer(206, {}),
		[3, 6, 9],
		/did not contain information about the recording/,
	],
	['a portal', answer(200, { status: 'ok' }), [3, 6, 9], /did not contain information about/],
	['200 with code 500', answer(200, { code: 500 }), [3, 6, 9], /may still be running/],
	[
		'200 with code 404',
		answer(200, { code: 404, reason: 'failed to find worker' }),
		[3, 6, 9],
		/may still be running/,
	],
	[
		'an answer about another recording',
		answer(200, { sid: '0'.repeat(32), serverResponse: { uploadingStatus: 'uploaded' } }),
		[3, 6, 9],
		/unexpected/,
	],
];

describe('A stop that is always answered with', () => {
	it.each(OUTCOMES)('%s says what that means', async (_what, fault, gaps, expected) => {
		agora.fail('stop', fault, { times: null });
		expect(await stop()).toMatchObject({ ...expected, ...identity() });
		expect(agora.gaps('stop')).toEqual(gaps);
	});

	it.each(ERRORS)('%s is an error with the identity', async (_what, fault, gaps, message) => {
		agora.fail('stop', fault, { times: null });
		const failure = await stopFailure();
		expect(failure.name).toBe('NodeApiError');
		expect(failure.message).toMatch(message);
		// Whatever the answer was, it has not ended the recording.
		expect(failure.details).toMatchObject({ ...identity(), mayRun: true });
		expect(failure.message).toMatch(/may still be running/);
		expect(failure.description).toContain(textOf(started.sid));
		expect(failure.description).toMatch(/Run Stop again/);
		expect(agora.gaps('stop')).toEqual(gaps);
		expect(agora.running()).toHaveLength(1);
	});

	it('429 may still be running', async () => {
		agora.fail('stop', { kind: 'rateLimited' }, { times: null });
		expect((await stopFailure()).message).toMatch(/may still be running/);
	});
});

describe('A stop whose first answer was lost', () => {
	it.each([
		['cut off', { kind: 'reset', effect: true }],
		['206/65', error('stop.65', true)],
		['504/62', error('stop.62', true)],
		['cut in the middle', { kind: 'truncatedJson', effect: true }],
	] as Array<[string, Fault]>)('(%s) meets its own effect: 49', async (_what, fault) => {
		agora.control.configure({ exitMs: 60_000 });
		agora.fail('stop', fault);
		expect(await stop()).toMatchObject({ outcome: 'stopping', ...identity() });
		expect(agora.gaps('stop')).toEqual([3]);
	});

	it.each([
		['cut off', { kind: 'reset', effect: true }],
		['206/65', error('stop.65', true)],
		['504/62', error('stop.62', true)],
		['500/500', error('acquire.500', true)],
	] as Array<[string, Fault]>)('(%s) and that meets 404 claims nothing', async (_what, fault) => {
		agora.control.configure({ exitMs: 0 });
		agora.fail('stop', fault);
		const stopped = await stop({ retryWhileNotFound: 0 });
		expect(stopped).toMatchObject({ outcome: 'notFound', files: [] });
		expect(stopped.likelyCauses).toEqual(
			expect.arrayContaining([expect.stringMatching(/^an earlier attempt of this stop.*moving/)]),
		);
		expect((stopped.likelyCauses as string[])[0]).toMatch(/^an earlier attempt of this stop/);
	});

	it('while the recording moves to another server is not taken for stopped', async () => {
		agora.fail('stop', { kind: 'reset', effect: false });
		agora.control.failover(textOf(started.sid), 60_000);
		expect(await stop()).toMatchObject({ outcome: 'notFound' });
		expect(agora.running()).toHaveLength(1);
	});
});

describe('A recording that Agora does not find', () => {
	it.each([
		[0, []],
		[7, [5, 2]],
		[30, [5, 10, 15]],
		[90, [5, 10, 15, 15, 15, 15, 15]],
	])('is asked for during %i seconds', async (retryWhileNotFound, gaps) => {
		agora.control.kill(textOf(started.sid));
		const { outcome } = await stop({ retryWhileNotFound });
		expect(outcome).toBe('notFound');
		expect(agora.gaps('stop')).toEqual(gaps);
	});

	it('because it moves to another server is stopped once it is there', async () => {
		agora.control.failover(textOf(started.sid), 20_000);
		expect(await stop()).toMatchObject({ outcome: 'stopped', uploadStatus: 'uploaded' });
		expect(agora.gaps('stop')).toEqual([5, 10, 15]);
		expect(agora.running()).toEqual([]);
	});

	it('for 90 seconds because it moves is stopped with that patience', async () => {
		agora.control.failover(textOf(started.sid), 89_000);
		expect(await stop({ retryWhileNotFound: 90 })).toMatchObject({ outcome: 'stopped' });
		expect(agora.running()).toEqual([]);
	});

	it('is never said to be stopped', async () => {
		agora.control.failover(textOf(started.sid), 90_000);
		expect(await stop()).toMatchObject({ outcome: 'notFound' });
		expect(agora.running()).toHaveLength(1);
	});
});

describe('Calls for one recording', () => {
	/** Whether each request had its answer before the next one came. */
	const oneByOne = () => {
		const entries = agora.sent();
		return entries
			.slice(1)
			.every(({ arrivedAt }, i) => (entries[i].answeredAt ?? Infinity) <= arrivedAt);
	};

	it('in two items wait for each other', async () => {
		agora.fail('stop', { kind: 'slow', ms: 30 });
		const items = await agora.run('stop', {}, { items: [started, started] });
		expect(items.map(({ json }) => json.outcome)).toEqual(['stopped', 'stopping']);
		expect(oneByOne()).toBe(true);
	});

	it('in two executions wait for each other, so that no query spoils a stop', async () => {
		agora.fail('stop', { kind: 'slow', ms: 30 });
		const [[{ json: stopped }]] = await Promise.all([
			agora.run('stop', {}, { items: [started] }),
			agora.run('query', { options: { retryWhileNotFound: 0 } }, { items: [started] }),
		]);
		expect(stopped).toMatchObject({ outcome: 'stopped', uploadStatus: 'uploaded' });
		expect(stopped.files).toHaveLength(1);
		expect(oneByOne()).toBe(true);
		expect(agora.sent().flatMap(({ warnings }) => warnings)).toEqual([]);
	});

	it('do not wait for those of another recording', async () => {
		const other = await agora.runOne('start', { channelName: 'other' });
		agora.control.clearRequests();
		agora.fail('stop', { kind: 'slow', ms: 30 }, { cname: 'class-7' });
		await agora.run('stop', {}, { items: [started, other] });
		expect(oneByOne()).toBe(false);
	});
});
