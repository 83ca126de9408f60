import { sleep } from 'n8n-workflow';

/** n8n's `sleep` takes a cancel signal only from 2.39 on: longer than this none outlives its wait. */
const SLICE_MS = 5000;
/** So much longer than they should a repeat may wait, as a share. */
const MOST_JITTER = 0.2;

/** Thrown out of a wait when the user cancelled the execution; n8n drops whatever comes of it. */
export class Cancelled extends Error {
	constructor() {
		super('The execution was cancelled');
		this.name = 'Cancelled';
	}
}

/** The only source of time, and of chance, in the node, so that tests can put another in its place. */
export const clock = {
	/** Unix milliseconds. */
	now: (): number => Date.now(),
	/** Waits without asking anybody; in milliseconds. An older n8n knows no `signal` and sleeps on. */
	sleep: async (ms: number, signal?: AbortSignal): Promise<void> => await sleep(ms, signal),
	/** A wait before a repeat, drawn out a little: what failed together is not to come again together. */
	jitter: (ms: number): number => ms * (1 + MOST_JITTER * Math.random()),
};

/**
 * Waits `ms` milliseconds; not at all where that is no finite number, for a wait must have an end.
 *
 * @throws Cancelled as soon as `signal` is aborted
 */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
	const end = clock.now() + (Number.isFinite(ms) ? ms : 0);
	for (;;) {
		if (signal?.aborted) throw new Cancelled();
		const left = end - clock.now();
		if (left <= 0) return;
		const sleeping = clock.sleep(Math.min(left, SLICE_MS), signal);
		await untilAborted(sleeping, signal);
	}
}

/**
 * What `work` comes to within so many milliseconds; undefined where it takes longer, fails, or the user
 * cancels. For what is good to know, and not worth a longer wait.
 *
 * @param work gets a signal that tells when nobody waits for it any more
 */
export async function atMost<T>(
	ms: number,
	work: (over: AbortSignal) => Promise<T>,
	cancel?: AbortSignal,
): Promise<T | undefined> {
	if (cancel?.aborted) return undefined;
	const over = new AbortController();
	const end = () => over.abort();
	cancel?.addEventListener('abort', end, { once: true });
	const nothing = () => undefined;
	try {
		return await Promise.race([
			work(over.signal).catch(nothing),
			wait(ms, over.signal).then(nothing, nothing),
		]);
	} finally {
		end();
		cancel?.removeEventListener('abort', end);
	}
}

/** Is done when `sleep` is, or when `signal` is aborted. */
async function untilAborted(sleeping: Promise<void>, signal?: AbortSignal): Promise<void> {
	if (!signal) return await sleeping;
	let wake = (): void => undefined;
	const aborted = new Promise<void>((resolve) => {
		wake = resolve;
		signal.addEventListener('abort', wake, { once: true });
	});
	await Promise.race([sleeping.catch(() => undefined), aborted]);
	signal.removeEventListener('abort', wake);
}
