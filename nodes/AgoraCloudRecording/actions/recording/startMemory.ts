import type { IDataObject } from 'n8n-workflow';
import { clock } from '../../transport/clock';

/** Longer than this no execution is expected to try again. */
const MEMORY_MS = 24 * 3600 * 1000;
const MEMORY_SIZE = 10_000;

const outputs = new Map<string, { output: IDataObject; at: number }>();

/**
 * Starts that went well, by execution, node, run, item and channel. n8n's Retry On Fail runs all items
 * of a node again when one of them failed; those that have their recording get it back from here.
 */
export const startMemory = {
	recall(place: string): IDataObject | undefined {
		const known = outputs.get(place);
		return known && clock.now() - known.at < MEMORY_MS ? structuredClone(known.output) : undefined;
	},
	remember(place: string, output: IDataObject): void {
		outputs.delete(place);
		outputs.set(place, { output: structuredClone(output), at: clock.now() });
		const [oldest] = outputs.keys();
		if (outputs.size > MEMORY_SIZE && oldest !== undefined) outputs.delete(oldest);
	},
};
