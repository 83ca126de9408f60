import type { FaultInput } from '../../simulator/index.mts';
import { describeFailure, failureOf, textOf, type Failure } from '../support/failures.mts';
import type { IDataObject } from 'n8n-workflow';
import { type Setup, useAgora } from '../support/setup.mts';

const agora = useAgora();

type Fault = FaultInput['fault'];
const error = (name: string, effect = false) => ({ kind: 'error', error: name, effect }) as Fault;
const status = (code: number) =>
	({ kind: 'answer', status: 200, body: { serverResponse: { status: code } } }) as Fault;

const CHANNEL = { channelName: 'class-7' };
const GIVEN_UID = { ...CHANNEL, recorderUid: '527841' };

/** Reserved: no name of this kind has an address (RFC 2606). */
const NOWHERE = 'https://agora.invalid';

/** A start under a resource ID that an Acquire before it got. */
async function acquired() {
	const item = await agora.runOne('acquire', GIVEN_UID);
	const form = { ...GIVEN_UID, resourceId: '={{ $json.resourceId }}' };
	return { form, resourceId: item.resourceId, more: { items: [item] } };
}

let executions = 0;

/** An execution in which the node is run several times. */
function execution(more: Parameters<Setup['run']>[2] = {}) {
	const executionId = `two ${++executions}`;
	const run = async (parameters: object = CHANNEL, again: Parameters<Setup['run']>[2] = {}) =>
		await agora.runOne('start', parameters, { executionId, ...more, ...again });
	return {
		run,
		fail: async (...args: Parameters<typeof run>): Promise<Failure> =>
			await failureOf(run(...args)),
	};
}

describe('A start that is retried', () => {
	it('goes on verifying the recording whose SID was known', async () => {
		const { run, fail } = execution();
		agora.fail('query', error('query.404'), { times: null });
		const first = await fail();
		agora.control.clearFaults();
		const second = await run();
		expect(second).toMatchObject({ outcome: 'recording', sid: first.details.sid });
		expect(agora.count('start')).toBe(1);
	});

	it('names it again when it is not confirmed again', async () => {
		const { fail } = execution();
		agora.fail('query', error('query.404'), { times: null });
		const first = await fail();
		const second = await fail();
		expect(textOf(first.details.sid)).toMatch(/./);
		expect(second.details).toEqual({ ...first.details, requestId: second.details.requestId });
		expect(agora.control.recordings()).toHaveLength(1);
	});

	it.each([
		[20, CHANNEL],
		[8, CHANNEL],
	])('after status %i, which is the end, makes another one', async (code, form) => {
		const { run, fail } = execution();
		agora.fail('query', status(code));
		const first = await fail(form);
		expect(first.message).toMatch(new RegExp(`last status was ${code}`));
		expect(first.details).not.toHaveProperty('mayRun');
		expect(textOf(first.details.sid)).toMatch(/./);
		const second = await run(form);
		expect(second).toMatchObject({ outcome: 'recording' });
		expect(second.uid).not.toBe(first.details.uid);
	});

	it('after it was stopped, because it could not be confirmed, makes another one', async () => {
		const { run, fail } = execution();
		const form = { ...CHANNEL, options: { ifNotConfirmed: 'stop' } };
		agora.fail('query', status(3), { times: null });
		const first = await fail(form);
		expect(first.details).not.toHaveProperty('mayRun');
		agora.control.clearFaults();
		const second = await run(form);
		expect(second.sid).not.toBe(first.details.sid);
		expect(agora.running()).toMatchObject([{ sid: second.sid }]);
	});

	it('does not take a recording that was not found when it was stopped for one that is over', async () => {
		const { fail } = execution();
		agora.fail('query', status(3), { times: null });
		agora.fail('stop', error('stop.404'));
		const failure = await fail({ ...CHANNEL, options: { ifNotConfirmed: 'stop' } });
		expect(failure.details).toMatchObject({ mayRun: true, sid: agora.running()[0].sid });
	});

	it.each([
		['of our choice', CHANNEL],
		['of the user', GIVEN_UID],
	])('under a UID %s names the recording whose answer was lost', async (_whose, form) => {
		const { fail } = execution();
		agora.fail('start', { kind: 'reset', effect: true }, { times: null });
		const first = await fail(form);
		agora.control.clearFaults();
		const second = await fail(form);
		const [{ uid, resourceId }] = agora.running();
		for (const { details } of [first, second]) {
			expect(details).toMatchObject({ mayRun: true, cname: 'class-7', uid, resourceId });
		}
		expect(second.description).toContain(`uid: ${uid}`);
		expect(agora.control.recordings()).toHaveLength(1);
	});

	it('under a resource ID that was given, and never sent, still says that the first one may run', async () => {
		const { form, resourceId, more } = await acquired();
		const { fail } = execution(more);
		agora.fail('start', { kind: 'reset', effect: true }, { times: null });
		await fail(form);
		agora.control.clearFaults();
		const second = await fail(form, { credentials: { ...agora.credentials, baseUrl: NOWHERE } });
		expect(agora.running()).toMatchObject([{ resourceId }]);
		expect(second.details).toMatchObject({ mayRun: true, resourceId });
	});

	it('and refused, still says that the first one may run', async () => {
		const { fail } = execution();
		agora.fail('start', { kind: 'reset', effect: true }, { times: null });
		await fail();
		agora.fail('acquire', error('gateway.appid'));
		const second = await fail();
		const [{ uid, resourceId }] = agora.running();
		expect(second.message).toMatch(/does not know this App ID/);
		expect(second.details).toMatchObject({ mayRun: true, uid, resourceId });
		expect(second.description).toContain(`uid: ${uid}`);
	});

	it('never turns to another UID while the first one may run', async () => {
		const { fail } = execution();
		agora.fail('start', { kind: 'reset', effect: true }, { times: 4 });
		await fail();
		agora.control.clearFaults();
		agora.fail('start', error('start.502'), { times: 4 });
		await fail();
		expect(agora.control.recordings()).toHaveLength(1);
	});

	it('goes on with the last UID that it had turned to', async () => {
		const { fail } = execution();
		agora.fail('start', error('start.502'), { times: 4 });
		agora.fail('start', { kind: 'emptySid', status: 200, effect: true }, { nth: 5, times: 4 });
		await fail();
		expect(agora.control.recordings()).toHaveLength(1);
		agora.control.clearFaults();
		await fail();
		expect(agora.control.recordings()).toHaveLength(1);
	});

	it('as an agent’s tool, whose run index rises, pays once', async () => {
		const { run, fail } = execution({ asTool: true });
		agora.fail('start', { kind: 'reset', effect: true }, { times: null });
		await fail(CHANNEL, { runIndex: 0 });
		agora.control.clearFaults();
		await fail(CHANNEL, { runIndex: 1 });
		expect(agora.control.recordings()).toHaveLength(1);

		const other = { channelName: 'other' };
		agora.fail('query', error('query.404'), { times: null });
		const lost = await fail(other, { runIndex: 2 });
		agora.control.clearFaults();
		expect(await run(other, { runIndex: 3 })).toMatchObject({ sid: lost.details.sid });
		expect(agora.control.recordings()).toHaveLength(2);
	});

	it('gives back what it has, also what failed in the round of a loop before', async () => {
		const { run, fail } = execution();
		agora.fail('start', { kind: 'reset', effect: false }, { times: 4 });
		await fail(CHANNEL, { runIndex: 0 });
		const second = await run(CHANNEL, { runIndex: 1 });
		expect(await run(CHANNEL, { runIndex: 1 })).toEqual(second);
		expect(agora.control.recordings()).toHaveLength(1);
		const third = await run(CHANNEL, { runIndex: 2 });
		expect(third.sid).not.toBe(second.sid);
	});

	it('gives back what it has, and in the next round of a loop makes another one', async () => {
		const { run } = execution();
		const first = await run(CHANNEL, { runIndex: 0 });
		expect(await run(CHANNEL, { runIndex: 0 })).toEqual(first);
		const second = await run(CHANNEL, { runIndex: 1 });
		expect(second.sid).not.toBe(first.sid);
		expect(second.uid).not.toBe(first.uid);
		expect(await run(CHANNEL, { runIndex: 1 })).toEqual(second);
		expect(agora.running()).toHaveLength(2);
	});
});

describe('Somebody else’s recording of the same channel and UID', () => {
	it('is not named by the resource ID of the start that was refused', async () => {
		await agora.runOne('start', GIVEN_UID);
		const failure = await execution().fail(GIVEN_UID);
		expect(failure.message).toMatch(/already running/);
		expect(failure.details).toMatchObject({ cname: 'class-7', uid: '527841' });
		expect(failure.details).not.toHaveProperty('resourceId');
		expect(failure.details).not.toHaveProperty('mayRun');
		const resources = agora.control.resources().map(({ resourceId }) => resourceId);
		for (const id of resources) expect(failure.everything).not.toContain(id);
	});
});

describe('A start that is not answered, where rather two are wanted than none', () => {
	const form = { ...CHANNEL, options: { ifNoResponse: 'startAnother' } };

	it('makes another one with another UID, and names both', async () => {
		agora.fail('start', { kind: 'reset', effect: true }, { times: 4 });
		const hints: string[] = [];
		const started = await agora.runOne('start', form, { hints });
		expect(started).toMatchObject({ outcome: 'recording' });
		const running = agora.running();
		expect(running.map(({ sid }) => sid)).toContain(started.sid);
		const first = running.find(({ sid }) => sid !== started.sid);
		expect(started.mayAlsoRun).toMatchObject([
			{ cname: 'class-7', uid: first?.uid, resourceId: first?.resourceId },
		]);
		expect(hints.join()).toMatch(/Two recordings may be running/);
	});

	it('makes no third one', async () => {
		agora.fail('start', { kind: 'reset', effect: true }, { times: null });
		const failure = await failureOf(agora.run('start', form));
		const running = agora.running();
		expect(running).toHaveLength(2);
		expect(failure.details.mayRun).toBe(true);
		for (const { resourceId, uid } of running) {
			expect(JSON.stringify(failure.details)).toContain(resourceId);
			expect(failure.description).toContain(uid);
		}
	});
});

/** Runs a start that is cancelled; what came of it. */
async function cancelled(
	cancelWhen: (cancel: () => void) => void,
	more: Parameters<Setup['run']>[2] & { parameters?: object } = {},
) {
	const controller = new AbortController();
	const log: string[] = [];
	let at = 0;
	cancelWhen(() => {
		at = agora.time.now();
		controller.abort();
	});
	const { parameters = CHANNEL, ...rest } = more;
	const failure = await agora
		.run('start', parameters, { cancel: controller.signal, log, ...rest })
		.then(
			() => undefined,
			(thrown: unknown) => describeFailure(thrown),
		);
	return { log, failure, after: agora.time.now() - at };
}

const after = (ms: number) => (cancel: () => void) => void agora.time.after(ms).then(cancel);

const twoChannels = {
	parameters: { channelName: '={{ $json.channel }}' },
	items: [{ channel: 'class-1' }, { channel: 'class-2' }],
};

describe('An execution that is cancelled', () => {
	it.each(['continueErrorOutput', 'continueRegularOutput', undefined] as const)(
		'stops a recording whose item had failed (On Error: %s)',
		async (onError) => {
			// The first is refused while it is verified, the second is not confirmed for long.
			agora.fail('query', error('gateway.credentials'), { cname: 'class-1' });
			agora.fail('query', status(3), { times: null, cname: 'class-2' });
			const { log, failure } = await cancelled(after(30_000), { ...twoChannels, onError });
			expect(agora.control.recordings()).toHaveLength(2);
			expect(agora.running()).toEqual([]);
			for (const { sid } of agora.control.recordings()) {
				expect(log.filter((line) => line.includes(sid)).join()).toMatch(/cancelled/);
			}
			expect(failure?.runningRecordings ?? []).toEqual([]);
		},
	);

	it('asks once more for the SID of a start that was not answered, and stops it', async () => {
		agora.fail('start', { kind: 'reset', effect: true });
		agora.fail('start', { kind: 'answer', status: 201, body: { code: 7 } }, { nth: 9 });
		const { log, after: went } = await cancelled(after(1500));
		const [{ uid, resourceId }] = agora.control.recordings();
		expect(agora.count('start')).toBe(2);
		expect(went).toBeLessThanOrEqual(1000);
		// Agora's 201 has no SID: it can only be named.
		expect(agora.running()).toHaveLength(1);
		expect(log.join()).toMatch(/cancelled before Agora confirmed/);
		expect(log.join()).toContain(`UID ${uid}`);
		expect(log.join()).toContain(resourceId);
	});

	it('asks nothing of a start that only met the limit of requests', async () => {
		agora.fail('start', { kind: 'rateLimited', retryAfter: 5 }, { times: null });
		const { log } = await cancelled(after(1500));
		expect(agora.count('start')).toBe(1);
		expect(agora.control.recordings()).toEqual([]);
		expect(log.join()).not.toMatch(/may be running/);
	});

	it('stops a recording that began with the last question', async () => {
		agora.fail('start', { kind: 'reset', effect: false });
		await cancelled(after(1500));
		expect(agora.count('start')).toBe(2);
		expect(agora.control.recordings()).toHaveLength(1);
		expect(agora.running()).toEqual([]);
	});

	it('names the recording that it could not stop, and tries once', async () => {
		agora.fail('stop', { kind: 'reset', effect: false }, { times: null });
		agora.control.configure({ statusStepMs: 100_000 });
		const { log, failure, after: went } = await cancelled(after(8000));
		const [{ sid }] = agora.running();
		expect(log.filter((line) => line.includes(sid)).join()).toMatch(/could not be stopped/);
		expect(failure?.details ?? { mayRun: true }).toMatchObject({ mayRun: true });
		expect(agora.count('stop')).toBe(1);
		expect(went).toBeLessThanOrEqual(1000);
	});
});

/** n8n runs a node that is to retry again although the user has cancelled. */
const ALREADY = { cancel: AbortSignal.abort() };

describe('A node that n8n tries again after the user has cancelled', () => {
	it('sends no second stop', async () => {
		agora.fail('stop', { kind: 'reset', effect: false }, { times: null });
		agora.fail('query', status(3), { times: null });
		const executionId = 'cancelled, then again';
		await cancelled(after(8000), { executionId });
		expect(agora.count('stop')).toBe(1);
		await cancelled(() => undefined, { executionId, ...ALREADY });
		expect(agora.count('stop')).toBe(1);
		expect(agora.count('start')).toBe(1);
	});

	it('stops what the try before it had left', async () => {
		agora.fail('query', status(3), { times: null });
		const { fail } = execution({ executionId: 'failed, then cancelled' });
		const { details } = await fail();
		expect(agora.running()).toMatchObject([{ sid: details.sid }]);
		const { log } = await cancelled(() => undefined, {
			executionId: 'failed, then cancelled',
			...ALREADY,
		});
		expect(agora.running()).toEqual([]);
		expect(log.join()).toMatch(/execution cancelled, recording stopped/);
		expect(agora.count('start')).toBe(1);
	});

	it.each(['acquire', 'start'] as const)('sends no %s', async (operation) => {
		await agora.run(operation, CHANNEL, ALREADY);
		expect(agora.sent()).toEqual([]);
	});

	it('asks once for the SID of a start under a resource ID that was given', async () => {
		const { form, more } = await acquired();
		const { fail } = execution({ ...more, executionId: 'given, failed, then cancelled' });
		agora.fail('start', { kind: 'reset', effect: true }, { times: null });
		await fail(form);
		agora.control.clearRequests();
		const { log } = await cancelled(after(1500), {
			...more,
			executionId: 'given, failed, then cancelled',
			parameters: form,
		});
		expect(agora.count('start')).toBe(2);
		expect(log.join()).toMatch(/cancelled before Agora confirmed/);
	});

	it('sends no stop, for which it would wait', async () => {
		const started = await agora.runOne('start', CHANNEL);
		agora.control.clearRequests();
		await agora.run('stop', {}, { items: [started], ...ALREADY });
		expect(agora.sent()).toEqual([]);
	});
});

it('A stop after a cancel does not wait for the limit that Agora says is exceeded', async () => {
	agora.fail('query', { kind: 'rateLimited', retryAfter: 50 });
	const { after: went } = await cancelled(after(6000));
	expect(agora.control.recordings()).toHaveLength(1);
	expect(agora.running()).toEqual([]);
	expect(went).toBeLessThanOrEqual(1000);
});

it('A stop after a cancel that meets the limit of requests is sent again', async () => {
	agora.fail('query', status(3), { times: null });
	agora.fail('stop', { kind: 'rateLimited' }, { times: 2 });
	await cancelled(after(8000));
	expect(agora.running()).toEqual([]);
	expect(agora.gaps('stop')).toEqual([1, 1]);
	agora.fresh();

	agora.fail('query', status(3), { times: null });
	agora.fail('stop', { kind: 'rateLimited' }, { times: null });
	const { log } = await cancelled(after(8000));
	expect(agora.count('stop')).toBe(4);
	expect(log.join()).toMatch(/could not be stopped \(Agora's rate limit/);
});

describe('n8n’s log', () => {
	it('has a line before a start is sent, and one when its SID is known', async () => {
		const log: string[] = [];
		const started = await agora.runOne('start', CHANNEL, { log, executionId: 'execution 17' });
		expect(log).toHaveLength(2);
		for (const line of log) {
			expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z .*channel "class-7"/);
			expect(line).toContain(`UID ${textOf(started.uid)}`);
			expect(line).toContain(`resource ID ${textOf(started.resourceId)}`);
			expect(line).toMatch(/workflow .*execution execution 17, node "/);
		}
		expect(log[0]).toMatch(/starting a recording.*SID unknown/);
		expect(log[1]).toContain(`SID ${textOf(started.sid)}`);
	});

	it('has no more of them when the start is repeated', async () => {
		const log: string[] = [];
		agora.fail('start', error('start.65'), { times: 2 });
		await agora.runOne('start', CHANNEL, { log });
		expect(log).toHaveLength(2);
	});

	it('has none when nothing was sent', async () => {
		const log: string[] = [];
		agora.fail('acquire', error('gateway.appid'));
		await failureOf(agora.run('start', CHANNEL, { log }));
		expect(log).toEqual([]);
	});

	it('keeps every name in its line', async () => {
		const log: string[] = [];
		const form = { mode: 'web', channelName: 'a\nb', url: 'https://example.com/lesson' };
		await agora.runOne('start', form, { log });
		expect(log).toHaveLength(2);
		for (const line of log) expect(line).not.toContain('\n');
	});
});

describe('A credential that cannot be used', () => {
	const items: IDataObject[] = [{ lesson: 1 }, { lesson: 2 }];

	it.each(['continueErrorOutput', 'continueRegularOutput'] as const)(
		'is an error of each item (On Error: %s)',
		async (onError) => {
			for (const [field, value] of [
				['appId', ''],
				['appCertificate', 'short'],
				['baseUrl', 'agora'],
				['requestsPerSecond', 0],
			] as const) {
				const credentials = { ...agora.credentials, [field]: value };
				const output = await agora.run('start', CHANNEL, { credentials, items, onError });
				expect(output.map(({ json }) => Object.keys(json))).toEqual([['error'], ['error']]);
				expect(output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
				for (const { json } of output) {
					expect((json.error as IDataObject).message).toMatch(/in the Agora API credential/);
				}
			}
			expect(agora.sent()).toEqual([]);
		},
	);

	it('still stops a node that is to stop on errors', async () => {
		const credentials = { ...agora.credentials, appId: '' };
		const failure = await failureOf(agora.run('start', CHANNEL, { credentials, items }));
		expect(failure.message).toMatch(/'App ID' in the Agora API credential/);
	});
});
