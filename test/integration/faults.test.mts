import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { FaultInput } from '../../simulator/index.mts';
import { failureOf, textOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();

type Fault = FaultInput['fault'];
const error = (name: string, effect = false) => ({ kind: 'error', error: name, effect }) as Fault;

const CHANNEL = { channelName: 'class-7' };

describe('A fault that passes', () => {
	it.each([
		['acquire', 'a reset before', { kind: 'reset', effect: false }],
		['acquire', 'a reset after', { kind: 'reset', effect: true }],
		['acquire', 'a 502 of a proxy', { kind: 'html' }],
		['acquire', 'an empty body', { kind: 'emptyBody' }],
		['acquire', 'a cut body', { kind: 'truncatedJson' }],
		['acquire', 'a full quota', error('acquire.406')],
		['acquire', '500', error('acquire.500')],
		['acquire', '429', { kind: 'rateLimited', retryAfter: 2 }],
		['start', 'a reset before', { kind: 'reset', effect: false }],
		['start', 'a 502 of a proxy', { kind: 'html' }],
		['start', '500 and an empty sid', { kind: 'emptySid', status: 500 }],
		['start', '200 and an empty sid', { kind: 'emptySid', status: 200 }],
		['start', '206/65', error('start.65')],
		['start', '500/62', error('start.62')],
		['start', '500/502', error('start.502')],
		['start', '429', { kind: 'rateLimited' }],
		['query', 'a reset', { kind: 'reset', effect: true }],
		['query', 'a 502 of a proxy', { kind: 'html' }],
		['query', 'a cut body', { kind: 'truncatedJson' }],
		['query', '404', error('query.404')],
		['query', '504/62', error('query.62')],
		['query', '429', { kind: 'rateLimited' }],
	] as Array<['acquire' | 'start' | 'query', string, Fault]>)(
		'at %s (%s) costs time, but one recording runs at the end',
		async (operation, _what, fault) => {
			agora.fail(operation, fault);
			const started = await agora.runOne('start', CHANNEL);
			expect(started).toMatchObject({ outcome: 'recording', status: { code: 5 } });
			expect(agora.control.recordings()).toHaveLength(1);
			expect(agora.running()[0]).toMatchObject({ sid: started.sid });
		},
	);
});

/** Answers that are lost, or wrong, although the recording was started. */
const LOST: Array<[string, Fault]> = [
	['cut off', { kind: 'reset', effect: true }],
	['206/65', error('start.65', true)],
	['500/62', error('start.62', true)],
	['a 502 of a proxy', { kind: 'html', effect: true }],
	['an empty body', { kind: 'emptyBody', effect: true }],
	['cut in the middle', { kind: 'truncatedJson', effect: true }],
	['200 without sid', { kind: 'emptySid', status: 200, effect: true }],
	['500 without sid', { kind: 'emptySid', status: 500, effect: true }],
];

describe('A start whose answer is lost', () => {
	const everySituation = LOST.flatMap(([what, fault]) =>
		[1, 2, null].map((times) => [what, times, fault] as const),
	);

	it.each(everySituation)('%s, %p times, makes one recording', async (_what, times, fault) => {
		agora.fail('start', fault, { times });
		const failure = await failureOf(agora.run('start', CHANNEL));
		expect(failure.message).toMatch(/is running, but|may be running/);
		expect(failure.description).toMatch(/event \(40/);
		expect(failure.details).toMatchObject({ cname: 'class-7', mode: 'mix' });
		expect(agora.control.recordings()).toHaveLength(1);
		expect(agora.sent('start').at(-1)?.uid).toBe(agora.running()[0].uid);
	});

	it.each(LOST)('%s, makes no second one when the user runs it again', async (_what, fault) => {
		agora.fail('start', fault);
		const options = { executionId: 'the same' };
		await failureOf(agora.run('start', CHANNEL, options));
		const failure = await failureOf(agora.run('start', CHANNEL, options));
		expect(failure.message).toMatch(/may be running|is running/);
		expect(agora.control.recordings()).toHaveLength(1);
	});
});

describe('An answer that never comes', () => {
	it('is given up after the time of the option, and the request repeated', async () => {
		agora.fail('acquire', { kind: 'hang' });
		const options = { requestTimeout: 1 };
		const started = await agora.runOne('start', { ...CHANNEL, options });
		expect(started.outcome).toBe('recording');
		expect(agora.gaps('acquire')).toEqual([3]);
	});

	it('of a start that took effect leads to no second recording', async () => {
		agora.fail('start', { kind: 'hang', effect: true });
		const options = { requestTimeout: 1 };
		const failure = await failureOf(agora.run('start', { ...CHANNEL, options }));
		expect(failure.message).toMatch(/is running, but/);
		expect(agora.gaps('start')).toEqual([3]);
		expect(agora.control.recordings()).toHaveLength(1);
	});
});

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const { port } = server.address() as AddressInfo;
	await new Promise((closed) => server.close(closed));
	return port;
}

describe('Agora that cannot be reached', () => {
	it.each([
		['acquire', CHANNEL],
		['start', CHANNEL],
	])('because nobody listens: %s says so', async (operation, parameters) => {
		const baseUrl = `http://127.0.0.1:${await closedPort()}`;
		const credentials = { ...agora.credentials, baseUrl };
		const failure = await failureOf(agora.run(operation, parameters, { credentials }));
		expect(failure.name).toBe('NodeApiError');
		expect(failure.message).toBe('Agora cannot be reached');
		expect(failure.description).toMatch(/API Domain.*ECONNREFUSED/);
		expect(failure.details).toMatchObject({ networkCode: 'ECONNREFUSED' });
	});

	it('because its name has no address: it says so', async () => {
		const credentials = { ...agora.credentials, baseUrl: 'http://agora.invalid' };
		const failure = await failureOf(agora.run('acquire', CHANNEL, { credentials }));
		expect(failure.message).toBe('Agora cannot be reached');
		expect(failure.description).toMatch(/ENOTFOUND|EAI_AGAIN/);
	});

	it('does not lose the identity of a recording to stop', async () => {
		const started = await agora.runOne('start', CHANNEL);
		const baseUrl = `http://127.0.0.1:${await closedPort()}`;
		const credentials = { ...agora.credentials, baseUrl };
		const failure = await failureOf(agora.run('stop', {}, { items: [started], credentials }));
		expect(failure.message).toMatch(/cannot be reached: the recording may still be running/);
		expect(failure.details).toMatchObject({ sid: started.sid, resourceId: started.resourceId });
	});
});

describe('A wrong credential', () => {
	it('with another secret is refused once', async () => {
		const credentials = { ...agora.credentials, customerSecret: 'wrong' };
		const failure = await failureOf(agora.run('start', CHANNEL, { credentials }));
		expect(failure.message).toMatch(/rejected the Customer ID or Customer Secret/);
		expect(failure).toMatchObject({ name: 'NodeApiError', httpCode: '401', itemIndex: 0 });
		expect(agora.sent()).toHaveLength(1);
	});

	it('with an App ID that Agora does not know is refused once', async () => {
		const credentials = { ...agora.credentials, appId: '0'.repeat(32) };
		const failure = await failureOf(agora.run('start', CHANNEL, { credentials }));
		expect(failure.message).toMatch(/does not know this App ID/);
		expect(failure).toMatchObject({ httpCode: '400' });
		expect(agora.sent()).toHaveLength(1);
	});

	it.each([
		['App ID', { appId: '' }, /nothing/],
		['App ID', { appId: 'class-7' }, /class-7/],
		['App ID', { appId: '0'.repeat(31) }, /0{31}/],
		['Base URL', { baseUrl: '' }, /nothing/],
		['Base URL', { baseUrl: 'agora.example.com' }, /agora\.example\.com/],
		['Base URL', { baseUrl: 'ftp://agora.example.com' }, /ftp/],
		['API Domain', { apiDomain: '' }, /./],
		['Requests per Second', { requestsPerSecond: 0 }, /0/],
		['Requests per Second', { requestsPerSecond: 2.5 }, /2\.5/],
	])('with a wrong %s (%j) is refused before anything is sent', async (field, wrong, value) => {
		const credentials = { ...agora.credentials, ...wrong };
		const failure = await failureOf(agora.run('start', CHANNEL, { credentials }));
		expect(failure.name).toBe('NodeOperationError');
		expect(failure.told).toContain(`'${field}' in the Agora API credential must `);
		expect(failure.told).toMatch(value);
		expect(agora.sent()).toEqual([]);
	});

	it('with spaces and slashes around App ID and address is taken for what it means', async () => {
		const { appId, baseUrl } = agora.credentials;
		const credentials = {
			...agora.credentials,
			appId: ` ${textOf(appId)} `,
			baseUrl: ` ${textOf(baseUrl)}// `,
		};
		const acquired = await agora.runOne('acquire', CHANNEL, { credentials });
		expect(acquired.outcome).toBe('acquired');
	});
});
