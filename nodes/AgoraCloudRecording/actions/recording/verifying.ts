import type { Outcome } from '../../agora/outcomes';
import { idleSeconds, webPageOf, type StartClientRequest } from '../../agora/requests/start';
import { parseAnswerBody, type ServerResponse } from '../../agora/responses';
import { outcomeOf } from '../../agora/serviceStates';
import type { Reply } from '../../transport/client';
import { clock } from '../../transport/clock';
import { operationError } from '../../transport/errors';
import type { ItemRun } from '../operation';
import { identityOf, recordingPath } from './input/knownRecording';
import type { Started } from './starting';

/** What asking after a start showed. */
export interface Verification {
	outcome: Extract<Outcome, 'recording' | 'paused' | 'accepted' | 'unconfirmed'>;
	/** Last answer that said anything. */
	response?: ServerResponse;
	/** Last reply, as it came. */
	reply?: Reply;
}

/** Agora asks for five seconds before the first query (best-practices.md section 1). */
const FIRST_QUERY_S = 5;
const LONGEST_GAP_S = 15;
const CHANNEL_PATIENCE_S = 90;
/** A page is asked about after 5, 10 and 15 seconds, and may be loaded twice before that. */
const PAGE_PATIENCE_S = 30;

/** Seconds within which a recording is expected to run, where the user does not say otherwise. */
export function defaultPatience(request: StartClientRequest): number {
	const page = webPageOf(request);
	return page ? 2 * (page.readyTimeout ?? 0) + PAGE_PATIENCE_S : CHANNEL_PATIENCE_S;
}

/**
 * Asks until Agora says that the recording runs: after 5 seconds, then ever more rarely, at least once
 * within the idle time, until `patience` seconds are over. A query that was not answered, or not found
 * yet, says nothing.
 *
 * @returns `accepted` when the user cancelled meanwhile, so that the caller still has the identity
 */
export async function verifyStart(
	{ client, context, itemIndex }: ItemRun,
	started: Started,
	request: StartClientRequest,
	limits: { patience: number; timeout: number },
): Promise<Verification> {
	const end = clock.now() + limits.patience * 1000;
	const idle = idleSeconds(request) ?? LONGEST_GAP_S + 1;
	const longestGap = Math.max(1, Math.min(LONGEST_GAP_S, idle - 1));
	let response: ServerResponse | undefined;
	let reply: Reply | undefined;
	try {
		for (let tries = 1; ; tries++) {
			const left = Math.ceil((end - clock.now()) / 1000);
			if (left <= 0) return { outcome: 'unconfirmed', response, reply };
			await client.wait(Math.min(FIRST_QUERY_S * tries, longestGap, left) * 1000);
			reply = await client.call({
				operation: 'query',
				method: 'GET',
				path: recordingPath(started, 'query'),
				timeout: limits.timeout,
				once: true,
			});
			if (reply.meaning.kind === 'refused') return { outcome: 'unconfirmed', response, reply };
			if (reply.meaning.kind !== 'success') continue;
			response = parseAnswerBody(reply.answer.body).serverResponse;
			const outcome = outcomeOf(response);
			if (outcome === 'recording' || outcome === 'paused') return { outcome, response, reply };
			if (outcome === 'ended' || outcome === 'failed' || outcome === 'stopping') {
				return { outcome: 'unconfirmed', response, reply };
			}
		}
	} catch (thrown) {
		if (client.cancelled) return { outcome: 'accepted', response, reply };
		throw operationError(
			context.getNode(),
			itemIndex,
			{
				mayRun: true,
				message: 'The recording was started, but the node could not ask whether it runs',
				advice: thrown instanceof Error ? thrown.message : '',
			},
			identityOf(started),
		);
	}
}
