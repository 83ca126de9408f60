import { Deduplicator, type Claim } from '../agora/deduplication';
import { clock } from '../transport/clock';
import type { WebhookResponse } from './http';

/** Of all triggers in this process. Their keys tell them apart. */
const notices = new Deduplicator();

/** Agora waits ten seconds for an answer. */
const PATIENCE = 7_000;
/** How long n8n may go on with a notice whose sender has hung up. */
const STORE_PATIENCE = 110_000;
const LOOK_AFTER = 50;

/**
 * Claims a notice. While another copy of it is being handled this waits for how that ends, because
 * only then is known whether this copy is needed.
 */
export async function claim(keys: readonly string[]): Promise<Claim> {
	const end = clock.now() + PATIENCE;
	for (;;) {
		const now = clock.now();
		const result = notices.claim(keys, now);
		if (result !== 'inFlight' || now >= end) return result;
		await clock.sleep(LOOK_AFTER);
	}
}

/**
 * Settles a claim by n8n's answer: 200 says that the execution is stored. Where the sender hung up
 * before, n8n's answer never leaves, but it still tells.
 */
export function settleByAnswer(keys: readonly string[], response: WebhookResponse): void {
	const settle = (answered: boolean) =>
		notices.settle(keys, answered && response.statusCode === 200, clock.now());
	response.once('finish', () => settle(true));
	response.once('close', () => {
		if (!response.writableFinished) void settleLater();
	});
	const settleLater = async () => {
		const end = clock.now() + STORE_PATIENCE;
		while (!response.writableEnded && clock.now() < end) await clock.sleep(LOOK_AFTER);
		settle(response.writableEnded);
	};
}
