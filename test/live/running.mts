import { spawn } from 'node:child_process';

/** A process that has ended. */
export interface Ended {
	code: number | null;
	output: string;
}

/** Runs Node; `onOutput` sees all output so far. */
export function run(
	args: string[],
	env: Record<string, string>,
	onOutput: (output: string, signal: (name: NodeJS.Signals) => void) => void = () => undefined,
): Promise<Ended> {
	return new Promise((ended) => {
		const child = spawn(process.execPath, args, { env });
		let output = '';
		const add = (chunk: Buffer): void => {
			output += chunk.toString();
			onOutput(output, (name) => child.kill(name));
		};
		child.stdout.on('data', add);
		child.stderr.on('data', add);
		child.once('close', (code) => ended({ code, output }));
	});
}

/** The program without the build before it. */
export const SMOKE = ['--import', './tools/before-n8n-core.mjs', 'test/live/smoke.mts'];

/** The smoke test, agreed to. */
export const runSmoke = async (
	args: string[],
	env: Record<string, string>,
	onOutput: (output: string) => void,
): Promise<Ended> =>
	await run(
		[...SMOKE, ...args],
		{ PATH: process.env.PATH ?? '', AGORA_LIVE: 'yes', ...env },
		onOutput,
	);
