import fc from 'fast-check';
import { startWebhookHost, type WebhookHost } from '../support/webhookHost.mts';
import { BUGS } from './notices/bugs.mts';
import { KNOWN_LIVES } from './notices/known.mts';
import { lives, type Life } from './notices/plan.mts';
import { brokenRules } from './notices/rules.mts';
import { live, namesOf } from './notices/stage.mts';

/** How many lives, and which: as many as fit into some seconds, always the same, unless told otherwise. */
const LIVES = Number(process.env.LIVES ?? 500);
const SEED = Number(process.env.LIVES_SEED ?? 20_260);
/** A bug that is put back is found within so many lives, with each of these seeds. */
const LIVES_FOR_A_BUG = 2_000;
const SEEDS_FOR_A_BUG = [SEED + 1, SEED + 2, SEED + 3];
/** Real milliseconds for a life, with much to spare. */
const LIFE_MS = 1_000;

const print = (lines: string[]) => void process.stdout.write(`${lines.join('\n')}\n\n`);

let host: WebhookHost;

beforeAll(async () => {
	host = await startWebhookHost();
});
afterAll(async () => await host.close());

/** How often what was really met. */
const met = new Map<string, number>();
const count = (what: string) => met.set(what, (met.get(what) ?? 0) + 1);

/** @throws Error that tells the life, where it breaks a rule */
async function liveWell(life: Life): Promise<void> {
	const books = await live(host, life);
	books.passed.forEach((passed) => namesOf(passed).forEach(count));
	const broken = [...brokenRules(books), ...host.thrown.map((error) => `thrown: ${String(error)}`)];
	if (broken.length > 0) throw new Error([...books.story, '', ...broken].join('\n'));
}

const property = fc.asyncProperty(lives, liveWell);

describe('A notice that passes the filters and is answered 200 has its execution, and one only', () => {
	it.each(Object.entries(KNOWN_LIVES))('where %s', async (_what, life) => await liveWell(life));

	it(
		`in ${LIVES} random lives`,
		async () => {
			met.clear();
			const { failed, numRuns, numShrinks, errorInstance, counterexample } = await fc.check(
				property,
				{ numRuns: LIVES, seed: SEED },
			);
			if (!failed) return print([...met].map(([what, times]) => `${what}: ${times}`).sort());
			throw new Error(
				[
					`Life ${numRuns} of seed ${SEED} breaks a rule; made smaller ${numShrinks} times it is:`,
					(errorInstance as Error).message,
					`As a life for known.mts: ${JSON.stringify(counterexample?.[0])}`,
				].join('\n\n'),
			);
		},
		60_000 + LIVES * LIFE_MS,
	);
});

describe('A bug that is put back is found:', () => {
	const found: string[] = [];
	afterAll(() => print(found));

	it.each(Object.entries(BUGS))(
		'%s',
		async (name, putBack) => {
			for (const seed of SEEDS_FOR_A_BUG) {
				const mend = putBack();
				try {
					const options = { numRuns: LIVES_FOR_A_BUG, seed, endOnFailure: true };
					const { failed, numRuns } = await fc.check(property, options);
					expect([name, seed, failed]).toEqual([name, seed, true]);
					found.push(`${name}: life ${numRuns} of seed ${seed}`);
				} finally {
					mend();
				}
			}
		},
		60_000 + SEEDS_FOR_A_BUG.length * LIVES_FOR_A_BUG * LIFE_MS,
	);
});
