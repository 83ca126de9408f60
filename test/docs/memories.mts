import { MEMORIES } from '../../nodes/AgoraCloudRecording/process/memories.ts';
import { table } from './markdown.mts';

const SECONDS = { day: 86_400, hour: 3600, minute: 60, second: 1 };

/** A time in its largest unit. */
function inWords(ms: number): string {
	const [unit, seconds] = Object.entries(SECONDS).find(([, size]) => ms % (size * 1000) === 0) as [
		string,
		number,
	];
	const count = ms / 1000 / seconds;
	return count === 1 ? `a ${unit}` : `${count} ${unit}s`;
}

/** What one n8n process remembers, how much, how long, and what happens without it. */
export const memoriesTable = () =>
	table(
		['What', 'At most', 'How long', 'Without it'],
		Object.values(MEMORIES).map(({ what, entries, age, without }) => [
			what,
			entries.toLocaleString('en'),
			inWords(age),
			without,
		]),
	);
