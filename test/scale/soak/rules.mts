/** What a soak came to, and what has to hold of it. */
import { Trouble } from '../../../tools/progress.mjs';
import { counted, none, type Rule } from '../report.mts';
import type { Round } from './load.mts';
import type { Soaked } from './subject.mts';

/** How much may be left, and how much slower the last items may be. */
const TENTH = 1.1;
export const inMb = (bytes: number) => Math.round(bytes / 1e5) / 10;
export const rounded = (value: number) => Math.round(100 * value) / 100;

export function figuresOf({ rounds, warm, cold, forgotten }: Soaked) {
	const weighed = ({ heap, external, rss, resources, entries, files }: Soaked['warm']) => ({
		...{ heapMb: inMb(heap), externalMb: inMb(external), rssMb: inMb(rss) },
		...{ openFiles: files, handles: resources.length, kinds: counted(resources) },
		...(Object.keys(entries).length > 0 && { remembered: entries }),
	});
	const [, second] = rounds;
	const last = rounds[rounds.length - 1];
	const told = (round: typeof last | undefined) =>
		round && {
			medianItemMs: rounded(round.itemMs),
			cpuMsOfRound: round.cpuMs,
		};
	return {
		items: rounds.reduce((sum, { items }) => sum + items, 0),
		notices: rounds.reduce((sum, { notices }) => sum + notices, 0),
		afterWarmUp: weighed(warm),
		afterwards: weighed(cold),
		heldByTheMemoriesMb: inMb(cold.heap - forgotten.heap),
		heapRatio: rounded(cold.heap / warm.heap),
		secondRound: told(second),
		lastRound: told(last),
		itemTimeRatio: second && rounded(last.itemMs / second.itemMs),
		cpuRatio: second && rounded(last.cpuMs / second.cpuMs),
		byRound: rounds.map(({ itemMs, cpuMs, heap, rss, resources }) => ({
			...{ itemMs: rounded(itemMs), cpuMs, heapMb: inMb(heap), rssMb: inMb(rss), resources },
		})),
	};
}

export function rulesOf(soaked: Soaked, control: Soaked | undefined): Rule[] {
	const { rounds, warm, cold } = soaked;
	const [, second] = rounds;
	const last = rounds[rounds.length - 1];
	const ofN8n = control ? Math.max(0, control.cold.heap - control.warm.heap) : 0;
	const byN8n = control ? `, ${inMb(ofN8n)} MB of it as n8n alone grows` : '';
	const allRight = (round: Round & { ended: Record<string, number> }) =>
		round.failed.length === 0 && round.ended.stop === round.items;
	const wrongRounds = rounds.filter((round) => !allRight(round));
	const wrongAnswers = rounds.flatMap((round) => Object.entries(round.wrongAnswers));
	const { entries } = cold;
	const rules: Rule[] = [
		none(
			'Every recording is made and stopped',
			wrongRounds.map(({ ended, failed }) => ({ ended, failed: failed.slice(0, 2) })),
		),
		none('Every notification is answered as it should be', wrongAnswers),
		{
			rule: 'Memory is back to within a tenth of what it was after the warm-up',
			holds: cold.heap - ofN8n <= TENTH * warm.heap,
			found: `${inMb(warm.heap)} MB, then ${inMb(cold.heap)} MB${byN8n}`,
		},
		{
			rule: 'Handles and open files are back to within a tenth',
			holds:
				cold.resources.length <= TENTH * warm.resources.length && cold.files <= TENTH * warm.files,
			found: `${warm.resources.length} handles and ${warm.files} files, then ${cold.resources.length} and ${cold.files}`,
		},
	];
	if (Object.keys(entries).length === 0) throw new Trouble('The probe saw no memory of the node.');
	if (second && second !== last) {
		rules.push({
			rule: 'The last round takes no more than a tenth longer for an item than the second',
			holds: last.itemMs <= TENTH * second.itemMs,
			found: `${rounded(second.itemMs)} ms, then ${rounded(last.itemMs)} ms`,
		});
	}
	return rules;
}
