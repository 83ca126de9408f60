import fc from 'fast-check';
import {
	classifyAnswer,
	mayHaveHappened,
	type Answer,
	type AnswerKind,
	type Operation,
} from '../../nodes/AgoraCloudRecording/agora/answers/classify.ts';
import type { Json, JsonMembers } from '../../nodes/AgoraCloudRecording/agora/lenient.ts';

const EVERY: Operation[] = [
	'acquire',
	'start',
	'query',
	'update',
	'updateLayout',
	'stop',
	'getAll',
];
const RUNNING: Operation[] = ['query', 'update', 'updateLayout', 'stop'];

const RESOURCE = 'JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8';
const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';
const CHANNEL = 'class-7';
const OTHER_SID = '0'.repeat(32);

/** What a request of each operation names in its path. */
const about = (operation: Operation) => ({
	...((operation === 'acquire' || operation === 'start') && { cname: CHANNEL }),
	...(operation !== 'acquire' && operation !== 'getAll' && { resourceId: RESOURCE }),
	...(RUNNING.includes(operation) && { sid: SID }),
});
const classify = (operation: Operation, answer: Answer) =>
	classifyAnswer(operation, answer, about(operation));

type Row = readonly [operations: Operation[], status: number, body: JsonMembers, kind: AnswerKind];

const NOT_START = EVERY.filter((operation) => operation !== 'start');
/** errors.md section 2: the gateway, told by its words. */
const GATEWAY: Row[] = [
	[EVERY, 400, { message: 'appid is invalid' }, 'refused'],
	[EVERY, 401, { message: 'Unauthorized' }, 'refused'],
	[EVERY, 401, { message: 'Invalid authentication credentials' }, 'refused'],
	[EVERY, 404, { message: 'no Route matched with those values' }, 'refused'],
	[EVERY, 429, { message: 'API rate limit exceeded' }, 'rateLimited'],
	[EVERY, 403, {}, 'refused'],
];

const withReason = (code: number, reason: string) => ({ code, reason });

/** errors.md section 3: the tables of the endpoints. */
const ENDPOINTS: Row[] = [
	[['acquire'], 400, withReason(2, 'Acquire: invalid resourceExpiredHour value!'), 'refused'],
	[['acquire'], 400, withReason(400, 'invalid_appid'), 'refused'],
	[['acquire'], 400, withReason(401, 'invalid_channel_name'), 'refused'],
	[['acquire'], 400, withReason(405, 'no_active_status'), 'refused'],
	[['acquire'], 400, withReason(406, 'vendor_over_load'), 'quota'],
	[['acquire'], 500, withReason(500, 'internal_error'), 'unavailable'],
	[['acquire'], 500, withReason(501, 'no_worker_manager_available'), 'unavailable'],
	[['acquire'], 500, withReason(504, 'allocate_timeout'), 'unavailable'],
	[['start'], 201, withReason(7, 'already started'), 'alreadyStarted'],
	[['start'], 206, withReason(65, 'request not completed'), 'unfinished'],
	[['start'], 400, withReason(2, 'Start: invalid value'), 'refused'],
	[['start'], 400, withReason(53, 'task conflict'), 'conflict'],
	[['start'], 500, withReason(502, 'Failed to allocate worker'), 'unavailable'],
	[['start'], 500, withReason(62, 'request timeout'), 'ambiguous'],
	[RUNNING, 206, withReason(65, 'request not completed'), 'unfinished'],
	[RUNNING, 400, withReason(2, 'invalid value'), 'refused'],
	[RUNNING, 404, withReason(404, 'failed to find worker'), 'notFound'],
	[RUNNING, 504, withReason(62, 'request timeout'), 'ambiguous'],
	[['stop'], 206, withReason(435, 'no recorded data'), 'noRecordedData'],
	[['stop'], 400, withReason(49, 'invalid operation'), 'alreadyStopping'],
];

/** errors.md section 4 and field-notes.md section 2: older codes, and shapes seen in the field. */
const OLDER: Row[] = [
	[EVERY, 400, { code: 8 }, 'refused'],
	[EVERY, 400, { code: 109 }, 'refused'],
	[EVERY, 400, { code: 110 }, 'refused'],
	[EVERY, 400, { code: 432 }, 'refused'],
	[EVERY, 400, { code: 433 }, 'refused'],
	[EVERY, 400, { code: 1001 }, 'refused'],
	[EVERY, 400, { code: 1003 }, 'refused'],
	[EVERY, 400, { code: 1013 }, 'refused'],
	[['updateLayout'], 400, { code: 1028 }, 'refused'],
	[['acquire', 'start', 'query', 'stop'], 500, { code: 2 }, 'refused'],
	[['acquire'], 400, { code: 62 }, 'unavailable'],
	[['start'], 201, {}, 'alreadyStarted'],
	[['start'], 400, { code: 1004 }, 'alreadyStarted'],
	[['start'], 400, { code: 1005 }, 'alreadyStarted'],
	[['stop'], 206, { code: 50 }, 'uploadPending'],
	[['stop'], 400, { code: 435 }, 'noRecordedData'],
	[['stop'], 206, { serverResponse: { uploadingStatus: 'unknown' } }, 'uploadPending'],
	[['query', 'stop'], 400, { code: 501 }, 'alreadyStopping'],
	[['start'], 500, { resourceId: RESOURCE, sid: '', code: 15 }, 'ambiguous'],
	[
		RUNNING,
		404,
		{
			sid: SID,
			code: 404,
			serverResponse: {
				command: 'StopCloudRecorder',
				payload: { message: 'failed to find worker' },
			},
		},
		'notFound',
	],
	[RUNNING, 404, { serverResponse: { payload: { message: 'failed to find worker' } } }, 'notFound'],
	[['acquire', 'start'], 404, { code: 404 }, 'refused'],
];

/** What no table has. */
const FALLBACKS: Row[] = [
	[NOT_START, 404, { message: 'Not Found' }, 'refused'],
	[['start'], 404, { message: 'Not Found' }, 'ambiguous'],
	[EVERY, 400, { code: 99_999, reason: 'brand new' }, 'refused'],
	[['acquire', 'query'], 500, { code: 99_999, reason: 'brand new' }, 'unavailable'],
	[['start'], 500, { code: 99_999, reason: 'brand new' }, 'ambiguous'],
	[['start'], 504, { code: 504 }, 'ambiguous'],
	[EVERY, 502, { message: 'Bad Gateway' }, 'ambiguous'],
	[EVERY, 202, { code: 99_999 }, 'ambiguous'],
	[NOT_START, 302, {}, 'refused'],
	[['start'], 302, {}, 'ambiguous'],
	[['start'], 408, {}, 'ambiguous'],
	[['start'], 409, { code: 409 }, 'ambiguous'],
	[['start'], 499, {}, 'ambiguous'],
	[['acquire'], 200, { resourceId: '' }, 'ambiguous'],
	[['acquire'], 200, { cname: 'c', uid: '1' }, 'ambiguous'],
	[['start'], 200, { resourceId: RESOURCE, sid: '' }, 'ambiguous'],
	[['start'], 200, { resourceId: RESOURCE }, 'ambiguous'],
	[['start'], 206, { code: 435 }, 'ambiguous'],
	[['query'], 206, {}, 'ambiguous'],
	[['stop'], 206, {}, 'ambiguous'],
];

/** Answers of status 200 that are not about what was asked: as good as none (design section 4). */
const STRANGE: Row[] = [
	[EVERY, 200, {}, 'ambiguous'],
	[EVERY, 200, { status: 'ok' }, 'ambiguous'],
	[EVERY, 200, { code: 500 }, 'ambiguous'],
	[EVERY, 200, { code: 404, reason: 'failed to find worker' }, 'ambiguous'],
	[EVERY, 200, { code: 433 }, 'ambiguous'],
	[['start'], 200, { code: 53 }, 'ambiguous'],
	[['start'], 200, { resourceId: 'another-resource', sid: SID }, 'ambiguous'],
	[['acquire'], 200, { cname: 'class-8', resourceId: RESOURCE }, 'ambiguous'],
	[['start'], 200, { cname: 'class-8', sid: SID }, 'ambiguous'],
	[['start'], 200, { resourceId: RESOURCE, sid: '<html>' }, 'ambiguous'],
	[RUNNING, 200, { sid: OTHER_SID, serverResponse: { status: 5 } }, 'ambiguous'],
	[RUNNING, 200, { sid: '', serverResponse: { status: 5 } }, 'ambiguous'],
	[RUNNING, 200, { resourceId: 'another-resource', sid: SID }, 'ambiguous'],
	[RUNNING, 404, { sid: OTHER_SID, code: 404, reason: 'failed to find worker' }, 'ambiguous'],
	[['stop'], 206, { sid: OTHER_SID, code: 435 }, 'ambiguous'],
	[['stop'], 206, { sid: OTHER_SID, serverResponse: {} }, 'ambiguous'],
];

/** Answers that say that they are Agora's, and about what was asked. */
const SUCCESSES: Row[] = [
	[['acquire'], 200, { resourceId: RESOURCE }, 'success'],
	[['start'], 200, { sid: SID }, 'success'],
	[['start'], 200, { resourceId: RESOURCE, sid: SID, code: 0 }, 'success'],
	[['start'], 200, { cname: CHANNEL, sid: SID }, 'success'],
	[['start'], 200, { cname: '', sid: SID }, 'success'],
	[RUNNING, 200, { cname: 'class-8', sid: SID }, 'success'],
	[RUNNING, 200, { sid: SID }, 'success'],
	[RUNNING, 200, { resourceId: RESOURCE }, 'success'],
	[RUNNING, 200, { serverResponse: {} }, 'success'],
	[RUNNING, 200, { resourceId: RESOURCE, sid: SID, code: 0, serverResponse: {} }, 'success'],
];

const titled = (rows: Row[]) =>
	rows.map((row) => {
		const [operations, status, body, kind] = row;
		return [`${status} ${JSON.stringify(body)}`, kind, operations.join(', '), row] as const;
	});
const kindsOf = (operations: Operation[], status: number, body: JsonMembers) =>
	operations.map((operation) => [operation, classify(operation, { status, body }).kind]);

describe('What an answer means', () => {
	it.each(titled([...GATEWAY, ...ENDPOINTS, ...OLDER, ...FALLBACKS, ...STRANGE]))(
		'%s is %s: %s',
		(_text, _kind, _operations, [operations, status, body, kind]) => {
			expect(kindsOf(operations, status, body)).toEqual(operations.map((name) => [name, kind]));
			for (const operation of operations) {
				expect(classify(operation, { status, body }).message).not.toBe('');
			}
		},
	);

	it.each(titled(SUCCESSES))('%s is a %s: %s', (_text, _kind, _operations, row) => {
		const [operations, status, body, kind] = row;
		expect(kindsOf(operations, status, body)).toEqual(operations.map((name) => [name, kind]));
	});

	it('keeps Agora’s code and words', () => {
		for (const [operations, status, body] of ENDPOINTS) {
			for (const operation of operations) {
				expect(classify(operation, { status, body })).toMatchObject(body);
			}
		}
	});

	it('finds the words of each of the three shapes', () => {
		const reasonOf = (body: JsonMembers) => classify('stop', { status: 404, body }).reason;
		expect(reasonOf({ message: 'no Route matched with those values' })).toMatch(/no Route/);
		expect(reasonOf({ code: 404, reason: 'failed to find worker' })).toMatch(/worker/);
		expect(reasonOf({ code: 404, serverResponse: { payload: { message: 'lost' } } })).toBe('lost');
	});

	it.each([
		['acquire', 200],
		['start', 200],
		['query', 200],
		['stop', 200],
		['stop', 204],
		['start', 502],
		['stop', 504],
		['start', 201],
	] as Array<[Operation, number]>)(
		'takes a %s answered %i without JSON for no success',
		(...row) => {
			const [operation, status] = row;
			expect(classify(operation, { status, body: undefined }).kind).not.toBe('success');
		},
	);

	it('takes the code for what it says when it comes as text', () => {
		const body = { code: '404', reason: 'failed to find worker' };
		expect(classify('query', { status: 404, body }).kind).toBe('notFound');
	});

	it.each(EVERY)('knows whether a %s without answer can have reached Agora', (operation) => {
		const lost = { status: 0, body: undefined };
		expect(classify(operation, { ...lost, notSent: true }).kind).toBe('unavailable');
		expect(classify(operation, { ...lost, notSent: false }).kind).toBe('ambiguous');
		expect(classify(operation, lost).kind).toBe('ambiguous');
		const refused = classify(operation, { ...lost, notSent: true, hostWords: 'Blocked' });
		expect(refused).toMatchObject({ kind: 'refused' });
		expect(refused.message).toMatch(/n8n blocked/);
	});

	it.each<[Operation, Answer, string]>([
		['acquire', { status: 200, body: {} }, 'response did not contain a resourceId (HTTP 200)'],
		['start', { status: 200, body: {} }, 'response did not contain a sid (HTTP 200)'],
		[
			'query',
			{ status: 200, body: {} },
			'did not contain information about the recording (HTTP 200)',
		],
		['getAll', { status: 200, body: {} }, 'did not contain a list of addresses (HTTP 200)'],
		['query', { status: 302, body: {} }, 'Agora returned an unexpected response (HTTP 302)'],
		['query', { status: 200, body: undefined }, 'The response did not come from Agora (HTTP 200)'],
		['query', { status: 302, body: undefined }, 'The response did not come from Agora (HTTP 302)'],
		['start', { status: 403, body: undefined }, 'The response did not come from Agora'],
	])('says of %s and %j: %s', (operation, answer, says) => {
		expect(classify(operation, answer).message).toContain(says);
	});

	it('is a success only where what is told was asked for', () => {
		const kind = (operation: Operation, status: number, body: JsonMembers, named = {}) =>
			classifyAnswer(operation, { status, body }, named).kind;
		expect(kind('query', 200, { sid: SID })).toBe('ambiguous');
		expect(kind('query', 200, { resourceId: RESOURCE })).toBe('ambiguous');
		expect(kind('query', 200, { sid: SID }, { sid: SID })).toBe('success');
		expect(kind('query', 300, {})).toBe('refused');
		const hosts = [{ primaryIP: '52.9.0.1' }];
		expect(kind('getAll', 200, { data: { service: { hosts } } })).toBe('success');
	});

	it.each<[AnswerKind, AnswerKind[], boolean]>([
		['success', [], false],
		['refused', ['unavailable'], false],
		['ambiguous', [], true],
		['unfinished', [], true],
		['refused', ['ambiguous', 'unavailable'], true],
	])('of %s after %j leaves open whether it happened: %p', (kind, earlier, open) => {
		const meaning = { kind, message: '', advice: '' };
		expect(mayHaveHappened({ meaning, earlier })).toBe(open);
	});
});

const KNOWN_CODES = [
	0, 2, 7, 8, 15, 49, 50, 53, 62, 65, 109, 110, 200, 404, 406, 432, 435, 501, 502,
];

const json = fc.json().map((text) => JSON.parse(text) as Json);
const bodies = fc.oneof(
	fc.constant(undefined),
	fc.dictionary(fc.string(), json, { noNullPrototype: true }),
	fc.record(
		{
			code: fc.oneof(fc.constantFrom(...KNOWN_CODES), fc.integer(), fc.string()),
			reason: fc.string(),
			message: fc.string(),
			resourceId: fc.oneof(fc.constantFrom('', RESOURCE, 'another-resource'), fc.integer()),
			sid: fc.oneof(fc.constantFrom('', SID, OTHER_SID), fc.constant(null)),
			serverResponse: fc.oneof(fc.constant({}), json),
		},
		{ requiredKeys: [] },
	),
);

const answers: fc.Arbitrary<Answer> = fc.record({
	status: fc.oneof(
		fc.constantFrom(0, 200, 201, 202, 204, 206, 302, 400, 404, 429, 500, 502, 504),
		fc.integer({ min: 200, max: 599 }),
	),
	body: bodies,
});

const operations = fc.constantFrom(...EVERY);

const textMember = (body: unknown, name: string): unknown =>
	typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;

describe('Whatever comes back', () => {
	it('only a plain 200 with all that is needed is a success', () => {
		fc.assert(
			fc.property(operations, answers, (operation, answer) => {
				if (classify(operation, answer).kind !== 'success') return;
				expect(answer.status).toBe(200);
				expect(answer.body).toBeDefined();
				const told = (name: string) => textMember(answer.body, name);
				if (operation === 'acquire')
					expect([RESOURCE, 'another-resource']).toContain(told('resourceId'));
				if (operation === 'start') expect([SID, OTHER_SID]).toContain(told('sid'));
				if (RUNNING.includes(operation)) {
					expect([undefined, SID]).toContain(told('sid') ?? undefined);
					expect(told('sid') ?? told('resourceId') ?? told('serverResponse')).toBeTruthy();
				}
			}),
			{ numRuns: 3000 },
		);
	});

	it('a start that may have had its effect is never taken for one that had none', () => {
		fc.assert(
			fc.property(answers, (answer) => {
				const { status } = answer;
				const { kind, code = -1 } = classify('start', answer);
				const mayRun = status < 300 || status >= 500;
				// Code 2 and the other wrong values, 53, and 502 say that nothing was started.
				const sure = [2, 8, 53, 109, 110, 432, 433, 502, 1001, 1003, 1013].includes(code);
				if (status > 0 && status < 300) expect(kind).not.toBe('conflict');
				if (mayRun && (status < 300 || !sure)) {
					expect(['refused', 'unavailable', 'quota', 'rateLimited']).not.toContain(kind);
				}
			}),
			{ numRuns: 3000 },
		);
	});

	it('the words for the user stand by themselves', () => {
		fc.assert(
			fc.property(operations, answers, (operation, answer) => {
				const { kind, message } = classify(operation, answer);
				if (kind !== 'success') expect(message).toMatch(/^[A-Z].{10,}/);
			}),
		);
	});
});
