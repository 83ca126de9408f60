import fc from 'fast-check';
import { parseAnswerBody } from '../../nodes/AgoraCloudRecording/agora/answers/responses.ts';
import { outcomeOf } from '../../nodes/AgoraCloudRecording/agora/answers/serviceStates.ts';
import { describeStatus } from '../../nodes/AgoraCloudRecording/agora/answers/statuses.ts';

/** rest-api.md section 6, and what design section 2 makes of each. */
const ROWS: ReadonlyArray<readonly [number, string]> = [
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
];

describe('Status of a recording', () => {
	it.each(ROWS)('%i means %s', (code, outcome) => {
		expect(describeStatus(code).outcome).toBe(outcome);
	});

	it('has a name of its own for each code', () => {
		const names = ROWS.map(([code]) => describeStatus(code).name);
		expect(new Set(names).size).toBe(ROWS.length);
		expect(names[5]).toBe('inProgress');
	});

	it('takes no other code for anything that is known', () => {
		const known = ROWS.map(([code]) => code);
		fc.assert(
			fc.property(
				fc.oneof(fc.integer(), fc.double(), fc.integer({ min: -2, max: 30 })),
				(code) => known.includes(code) || describeStatus(code).outcome === 'unknown',
			),
		);
	});
});

describe('What a query shows', () => {
	const answer = (status: number, state?: string, onhold = false) =>
		parseAnswerBody({
			serverResponse: {
				status,
				...(state !== undefined && {
					extensionServiceState: [
						{ serviceName: 'web_recorder_service', payload: { state, onhold } },
					],
				}),
			},
		}).serverResponse;
	const services = (...extensionServiceState: object[]) =>
		parseAnswerBody({ serverResponse: { status: 5, extensionServiceState } }).serverResponse;
	const pushAlone = services({ serviceName: 'rtmp_publish_service', payload: {} });

	it.each([
		['nothing', undefined, 'mix', undefined, 'unknown'],
		['a channel', answer(5), 'mix', ['hls'], 'recording'],
		['a channel whose recorder is ready', answer(4), 'mix', ['hls'], 'ready'],
		['screenshots', answer(4), 'individual', ['jpg'], 'recording'],
		['screenshots beside a recording', answer(4), 'individual', ['hls', 'jpg'], 'ready'],
		['another kind alone', answer(4), 'individual', ['hls'], 'ready'],
		['unknown kinds', answer(4), 'individual', undefined, 'ready'],
		['a page that loads', answer(5, 'init'), 'web', ['hls'], 'starting'],
		['a page', answer(4, 'inProgress'), 'web', ['hls'], 'recording'],
		['a page on hold', answer(5, 'inProgress', true), 'web', ['hls'], 'paused'],
		['a page that is over', answer(5, 'exit'), 'web', ['hls'], 'ended'],
		['a page in a state to come', answer(5, 'resting'), 'web', ['hls'], 'unknown'],
		['a page that says nothing', answer(5), 'web', ['hls'], 'unknown'],
		['a page without its recorder', pushAlone, 'web', ['hls'], 'unknown'],
		['a page in a mode that is wrong', answer(5, 'exit'), 'mix', ['hls'], 'ended'],
		['a page that stops', answer(6, 'inProgress'), 'web', ['hls'], 'stopping'],
	] as const)('of %s', (_what, response, mode, formats, expected) => {
		expect(outcomeOf(response, { mode, formats })).toBe(expected);
	});
});
