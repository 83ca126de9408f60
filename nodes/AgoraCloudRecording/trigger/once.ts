import { Deduplicator, type Claim } from '../process/deduplication';
import { clock } from '../process/clock';
import type { WebhookResponse } from './http';

/** Of all triggers in this process. Their keys tell them apart. */
const notices = new Deduplicator();

/** Agora waits ten seconds for an answer. */
const PATIENCE = 7_000;
const LOOK_AFTER = 50;

/** How long, and how often at least, n8n is watched that goes on with a notice nobody waits for. */
const STORE_PATIENCE = 600_000;
const STORE_LOOK_AFTER = 1_000;

/**
 * Claims a notice for the request that `response` answers. While another copy of it is being handled
 * this waits for how that ends, because only then is known whether this copy is needed. It is handled
 * even if its sender has hung up by then: nobody promises that there will be another copy.
 *
 * Whoever gets `new` hands the notice to n8n, whose answer settles the claim. Nothing may come between
 * the two, so that no claim is left open.
 */
export async function claim(
	keys: readonly string[],
	response: WebhookResponse,
): Promise<'new' | 'seen' | 'inFlight'> {
	const end = clock.now() + PATIENCE;
	for (;;) {
		const now = clock.now();
		const result = notices.claim(keys, now);
		if (typeof result === 'object') {
			settleByAnswer(result, response);
			return 'new';
		}
		if (result === 'seen' || now >= end) return result;
		await clock.sleep(LOOK_AFTER);
	}
}

/**
 * Settles a claim by n8n's answer: 200 says that the execution is stored. Where the sender hung up
 * before, n8n's answer never leaves, and no event tells of it, but it is given all the same.
 */
function settleByAnswer(claimed: Claim, response: WebhookResponse): void {
	const settle = () =>
		claimed.settle(response.writableEnded && response.statusCode === 200, clock.now());
	const watch = async () => {
		const end = clock.now() + STORE_PATIENCE;
		let pause = LOOK_AFTER;
		while (!response.writableEnded && clock.now() < end) {
			await clock.sleep(pause);
			pause = Math.min(2 * pause, STORE_LOOK_AFTER);
		}
		settle();
	};
	response.once('finish', settle);
	response.once('close', () => void watch());
	// Whoever hung up while this copy waited for its turn did so before anybody listened.
	if (response.destroyed) void watch();
}
