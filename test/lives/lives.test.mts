import { spawnSync } from 'node:child_process';
import type { RunResult } from './run.mts';
import { beyondBounds } from './summary.mts';

/** As many as take about half a minute; `npm run test:lives -- --lives 20000` runs them at length. */
const LIVES = 300;
const SEED = 20_260_101;

const MINUTES = 60_000;

describe('Random lives', () => {
	it(
		'keep every rule',
		() => {
			const { stdout, stderr } = spawnSync(
				process.execPath,
				[
					...['--import', './tools/before-n8n-core.mjs', 'test/lives/cli.mts', '--json'],
					...['--workers', '1', '--lives', String(LIVES), '--seed', String(SEED)],
				],
				{ encoding: 'utf8', env: { ...process.env, NODE_ENV: '', N8N_LOG_LEVEL: 'silent' } },
			);
			const last = stdout.trim().split('\n').at(-1) ?? '';
			if (!last.startsWith('{')) throw new Error(`The lives did not end:\n${stdout}\n${stderr}`);
			const { failure, summary, text } = JSON.parse(last) as RunResult & { text: string };
			if (failure) throw new Error(text);
			console.log(text);
			expect(summary.lives).toBe(LIVES);
			expect(beyondBounds(summary)).toEqual([]);
		},
		10 * MINUTES,
	);
});
