import fc from 'fast-check';
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
