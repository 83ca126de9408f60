import { builtModule } from '../support/host.mts';

interface Attempt {
	generation: number;
	started?: object;
	output?: string;
	channel?: object;
}

const { attemptAt, attemptGoingOn, handOn } = builtModule<{
	attemptAt: (place: string, runIndex: number) => Attempt;
	attemptGoingOn: (place: string, runIndex: number) => Attempt | undefined;
	handOn: (attempt: Attempt, output: object) => void;
}>('actions/recording/start/memory.js');

const IDENTITY = { mode: 'mix', cname: 'class-7', uid: '527841', resourceId: 'r1', sid: 's1' };

describe('A recording that was handed on', () => {
	it('is remembered by its item and its identity, without what only the start needed', () => {
		const attempt = attemptAt('handed on', 0);
		const raw = { acquire: { resourceId: 'r1' }, start: { sid: 's1' } };
		attempt.started = { ...IDENTITY, startedAt: '2026-01-01T00:00:00.000Z', raw };
		attempt.channel = { nobody: false };
		const output = { outcome: 'recording', ...IDENTITY, files: [] };
		handOn(attempt, output);
		const known = attemptGoingOn('handed on', 0);
		expect(JSON.parse(known?.output ?? '')).toEqual(output);
		// Cancelling the execution stops it all the same.
		expect(known?.started).toMatchObject({ ...IDENTITY, raw: { start: {} } });
		expect(known?.started).not.toHaveProperty('raw.acquire');
		expect(known).not.toHaveProperty('channel');
	});

	it('is another one in the next round of a loop', () => {
		const attempt = attemptAt('loop', 0);
		handOn(attempt, { outcome: 'recording' });
		expect(attemptGoingOn('loop', 1)).toBeUndefined();
		expect(attemptAt('loop', 1).generation).toBe(1);
	});
});
