import { sleep } from 'n8n-workflow';

/** n8n's `sleep` takes a cancel signal only from 2.39 on; slices make every host obey one. */
const SLICE_MS = 1000;

/** Thrown out of a wait when the user cancelled the execution; n8n drops whatever comes of it. */
export class Cancelled extends Error {
	constructor() {
		super('The execution was cancelled');
		this.name = 'Cancelled';
	}
}

/** The only source of time in the node, so that tests can put another in its place. */
export const clock = {
	/** Unix milliseconds. */
	now: (): number => Date.now(),
	/** Waits without asking anybody; in milliseconds. */
	sleep: async (ms: number): Promise<void> => await sleep(ms),
};

/**
 * Waits `ms` milliseconds; not at all where that is no finite number, for a wait must have an end.
 *
 * @throws Cancelled within a second after `signal` was aborted
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	const end = clock.now() + (Number.isFinite(ms) ? ms : 0);
	for (;;) {
		if (signal?.aborted) throw new Cancelled();
		const left = end - clock.now();
		if (left <= 0) return;
		await clock.sleep(Math.min(left, SLICE_MS));
	}
}
