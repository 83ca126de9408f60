/**
 * The program behind `npm run test:scale`: n8n in queue mode (main, three workers, two webhook processes,
 * Redis, PostgreSQL) under much work, while its processes are killed and its database goes. The books of
 * the simulator and of the sender are held against what n8n stored, ran and logged.
 */
import { parseArgs } from 'node:util';
import { runProgram } from '../../tools/program.mjs';
import { step, Trouble } from '../../tools/progress.mjs';
import { RECIPES, type Recipe } from '../e2e/queueMode/recipes.mts';
import { runNotices } from './queueMode/notices.mts';
import { openStage } from './queueMode/stage.mts';
import { runStarts } from './queueMode/starts.mts';
import { conclude, machine } from './report.mts';

const HELP = `npm run test:scale -- [options]

  --starts <n>      recordings to start (default 300; 0 for none)
  --executions <n>  that start them (default 6)
  --notices <n>     notifications to send (default 5000; 0 for none)
  --rate <n>        of them a second (default 20)
  --recipe <name>   how each is handled once: ${Object.keys(RECIPES).join(', ')} (default postgres)

A minute, to see the rules break: --starts 60 --notices 300, and --recipe nothing.`;

const { values } = parseArgs({
	options: {
		starts: { type: 'string', default: '300' },
		executions: { type: 'string', default: '6' },
		notices: { type: 'string', default: '5000' },
		rate: { type: 'string', default: '20' },
		recipe: { type: 'string', default: 'postgres' },
		help: { type: 'boolean', default: false },
	},
});

/** Agora's limit. */
const REQUESTS_PER_SECOND = 10;

const isRecipe = (name: string): name is Recipe => name in RECIPES;

async function main(): Promise<number> {
	if (values.help) {
		console.log(HELP);
		return 0;
	}
	const { recipe } = values;
	if (!isRecipe(recipe)) throw new Trouble(`There is no recipe '${recipe}'.`);
	const beganAt = Date.now();
	const before = machine();
	const stage = await step('Start n8n in queue mode', () => openStage(REQUESTS_PER_SECOND));
	try {
		const starts =
			Number(values.starts) > 0
				? await step(`Start ${values.starts} recordings`, () =>
						runStarts(stage, Number(values.starts), Number(values.executions)),
					)
				: undefined;
		const notices =
			Number(values.notices) > 0
				? await step(`Send ${values.notices} notifications`, () =>
						runNotices(stage, {
							count: Number(values.notices),
							perSecond: Number(values.rate),
							recipe,
						}),
					)
				: undefined;
		const figures = {
			machine: { ...before, n8n: stage.n8n.version },
			...(starts && { starts: starts.figures }),
			...(notices && { notices: notices.figures }),
		};
		const rules = [...(starts?.rules ?? []), ...(notices?.rules ?? [])];
		return conclude('queueMode', beganAt, { figures, rules });
	} finally {
		await step('Stop n8n', () => stage.close());
	}
}

runProgram(main);
