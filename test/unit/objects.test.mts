import { isRecordingMode } from '../../nodes/AgoraCloudRecording/agora/modes.ts';
import { kindOf } from '../../nodes/AgoraCloudRecording/agora/objects.ts';

describe('What came from outside', () => {
	it.each([
		[undefined, 'nothing'],
		[null, 'null'],
		[[], 'a list'],
		[{}, 'an object'],
		['x', 'text'],
		[7, 'a number'],
		[false, 'true or false'],
		[7n, 'bigint'],
	])('%p is told as %s', (value, kind) => {
		expect(kindOf(value)).toBe(kind);
	});

	it.each([
		['mix', true],
		['individual', true],
		['web', true],
		['composite', false],
		[undefined, false],
	])('%p is a mode: %p', (value, known) => {
		expect(isRecordingMode(value)).toBe(known);
	});
});
