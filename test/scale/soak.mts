/**
 * The program behind `npm run test:soak`: many items and notifications through one n8n, and what is left
 * of them afterwards in memory, handles and time. The package must be built.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runProgram } from '../../tools/program.mjs';
import { step, Trouble } from '../../tools/progress.mjs';
import { conclude, machine } from './report.mts';
import { figuresOf, inMb, rounded, rulesOf } from './soak/rules.mts';
import { openSubject, type OpenSubject, type Soaked } from './soak/subject.mts';

const HELP = `npm run test:soak -- [options]

  --items <n>     recordings to make and stop, in all (default 20000)
  --notices <n>   notifications beside them (default 50000)
  --round <n>     items of a round; the first one is the warm-up (default 1000)
  --idle <s>      rest before n8n is weighed, in seconds (default 30)
  --control       the same with n8n's own nodes in an n8n beside it, to tell n8n's growth from ours`;

const { values } = parseArgs({
	options: {
		items: { type: 'string', default: '20000' },
		notices: { type: 'string', default: '50000' },
		round: { type: 'string', default: '1000' },
		idle: { type: 'string', default: '30' },
		control: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

const [ITEMS, NOTICES, ITEMS_OF_ROUND, IDLE_S] = [
	values.items,
	values.notices,
	values.round,
	values.idle,
].map(Number);
const ROUNDS = Math.round(ITEMS / ITEMS_OF_ROUND);
const NOTICES_OF_ROUND = Math.round(NOTICES / ROUNDS);

/** All rounds, weighed after the first and the last. */
async function soak(subject: OpenSubject): Promise<Soaked> {
	const rounds: Soaked['rounds'] = [];
	let warm: Soaked['warm'] | undefined;
	for (let number = 1; number <= ROUNDS; number++) {
		const round = await step(
			`${subject.name}: round ${number} of ${ROUNDS}`,
			() => subject.round(number, ITEMS_OF_ROUND, NOTICES_OF_ROUND),
			({ itemMs, heap, rss }) =>
				`${rounded(itemMs)} ms an item, ${inMb(heap)} MB heap, ${inMb(rss)} MB in all`,
		);
		rounds.push(round);
		if (number === 1) {
			await sleep(IDLE_S * 1000);
			warm = await subject.weigh();
		}
	}
	await sleep(IDLE_S * 1000);
	const cold = await subject.weigh();
	const forgotten = await subject.weigh('forget');
	if (!warm) throw new Trouble('There was no round.');
	return { rounds, warm, cold, forgotten };
}

async function main(): Promise<number> {
	if (values.help) {
		console.log(HELP);
		return 0;
	}
	const beganAt = Date.now();
	const before = machine();
	const names = values.control ? (['package', 'n8n alone'] as const) : (['package'] as const);
	const subjects: OpenSubject[] = [];
	for (const name of names)
		subjects.push(await step(`Start n8n: ${name}`, () => openSubject(name)));
	// Side by side, so that whatever slows the machine slows both.
	const [soaked, control] = (await Promise.all(subjects.map(soak))) as [Soaked, Soaked?];
	const [{ version }] = subjects;
	await Promise.all(subjects.map((subject) => subject.stop()));
	const figures = {
		machine: { ...before, n8n: version, database: 'SQLite' },
		package: figuresOf(soaked),
		...(control && { n8nAlone: figuresOf(control) }),
	};
	return conclude('soak', beganAt, { figures, rules: rulesOf(soaked, control) });
}

runProgram(main);
