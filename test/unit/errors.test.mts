import type { INode } from 'n8n-workflow';
import type { Answer, Meaning } from '../../nodes/AgoraCloudRecording/agora/answers/classify.ts';
import {
	alsoRunning,
	apiError,
	detailsOf,
	factsOf,
	operationError,
} from '../../nodes/AgoraCloudRecording/errors.ts';

const NODE: INode = {
	...{ id: 'n', name: 'Agora', type: 'agoraCloudRecording', typeVersion: 1, parameters: {} },
	position: [0, 0],
};
const reply = (answer: Partial<Answer>, meaning: Partial<Meaning> = {}) => ({
	answer: { status: 0, body: undefined, ...answer },
	meaning: { kind: 'refused' as const, message: 'No', advice: 'Do', ...meaning },
	...{ earlier: [], origin: 'https://api.agora.io' },
});

describe('Facts about an answer', () => {
	it.each<[Partial<Answer>, Partial<Meaning>, string]>([
		[{}, {}, 'no response.'],
		[{ networkCode: 'ECONNRESET' }, {}, 'ECONNRESET.'],
		[{ status: 404, networkCode: 'none' }, { code: 0 }, 'code 0, HTTP 404.'],
		[
			{ status: 500, requestId: 'r' },
			{ code: 2, reason: 'bad' },
			`Agora's message: "bad", code 2, HTTP 500, request ID r.`,
		],
		[{ hostWords: 'blocked' }, {}, `n8n's message: "blocked", no response.`],
	])('%j, %j', (answer, meaning, facts) => {
		expect(factsOf(reply(answer, meaning))).toBe(facts);
	});
});

describe('An error', () => {
	const identity = { cname: 'c', uid: '1', resourceId: 'r', sid: 's' };

	it('carries what is known and nothing else', () => {
		const none = apiError(NODE, 3, reply({}), identity);
		const some = apiError(NODE, 3, reply({ status: 429, requestId: 'q' }, { code: 7 }), identity);
		expect(none.context.details).toStrictEqual(identity);
		expect([none.httpCode, some.httpCode]).toEqual([null, '429']);
		expect(some.context).toMatchObject({ itemIndex: 3 });
		expect(some.context.details).toStrictEqual({
			...{ ...identity, httpCode: '429', code: 7, requestId: 'q' },
		});
	});

	it('tells until when to wait only where that is not waited for', () => {
		const until = (kind: Meaning['kind'], retryAfter?: number) =>
			apiError(NODE, 0, reply({ retryAfter }, { kind }), {}).description;
		expect(until('rateLimited', 60)).toMatch(/ until \d{4}-.*Z/);
		expect(until('rateLimited')).not.toMatch(/ until /);
		expect(until('refused', 60)).not.toMatch(/ until /);
	});

	it('names its recording only where it has more than a channel', () => {
		const told = (known: object) => operationError(NODE, 0, { message: 'No', advice: '' }, known);
		expect(told({ cname: 'c' }).description).toBeFalsy();
		expect(told({ cname: 'c', sid: 's' }).description).toMatch(/cname: c, sid: s$/);
		expect(told({ cname: 'c', resourceId: 'r' }).description).toMatch(/cname: c$/);
	});

	it('names starts that were not answered, each once', () => {
		const failure = () => operationError(NODE, 0, { message: 'No', advice: '' }, identity);
		const others = [
			{ cname: 'c', resourceId: 'r2' },
			{ cname: 'c', resourceId: 'r3' },
		];
		expect(alsoRunning('no error of ours', others)).toBe('no error of ours');
		expect(detailsOf('no error of ours')).toEqual({});
		expect(detailsOf(alsoRunning(failure(), [identity]))).toEqual(identity);
		expect(detailsOf(alsoRunning(failure(), others))).toMatchObject({
			...{ resourceId: 'r3', mayRun: true, others: others.slice(0, 1) },
		});
		const running = operationError(NODE, 0, { message: 'No', advice: '', mayRun: true }, identity);
		expect(detailsOf(alsoRunning(running, others))).toMatchObject({ ...identity, others });
	});
});
