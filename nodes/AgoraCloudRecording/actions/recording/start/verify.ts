import type { Outcome } from '../../../agora/answers/outcomes';
import {
	formatsOf,
	idleSeconds,
	webPageOf,
	type StartClientRequest,
} from '../../../agora/requests/start';
import { parseAnswerBody, type ServerResponse } from '../../../agora/answers/responses';
import { outcomeOf } from '../../../agora/answers/serviceStates';
import type { Reply } from '../../../transport/client';
import { clock } from '../../../process/clock';
import { operationError } from '../../../errors';
import type { ItemRun } from '../../operation';
import { callRecording } from '../callRecording';
import { identityOf } from '../../../form/knownRecording';
import type { Started } from './memory';

/** What asking after a start showed. */
export interface Verification {
	outcome: Extract<Outcome, 'recording' | 'ready' | 'paused' | 'accepted' | 'unconfirmed'>;
	/** Whether Agora said that the recording is over. */
	over?: boolean;
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
/** How long a recorder has to stay ready before it is taken for one that waits for somebody to send. */
const READY_S = 10;

/** Seconds within which a recording is expected to run, where the user does not say otherwise. */
export function defaultPatience(request: StartClientRequest): number {
	const page = webPageOf(request);
	return page ? 2 * (page.readyTimeout ?? 0) + PAGE_PATIENCE_S : CHANNEL_PATIENCE_S;
}

/**
 * Asks until Agora says that the recording runs: after 5 seconds, then ever more rarely, at least once
 * within the idle time, until `patience` seconds are over. A query that was not answered, or not found
 * yet, says nothing. A recorder that is ready is looked at once more, ten seconds later or within half
 * of the idle time: mostly it records by then.
 *
 * @returns `accepted` when the user cancelled meanwhile, so that the caller still has the identity
 */
export async function verifyStart(
	run: ItemRun,
	started: Started,
	request: StartClientRequest,
	limits: { patience: number; timeout: number },
): Promise<Verification> {
	const { client, context, itemIndex } = run;
	const end = clock.now() + limits.patience * 1000;
	const idle = idleSeconds(request) ?? LONGEST_GAP_S + 1;
	const longestGap = Math.max(1, Math.min(LONGEST_GAP_S, idle - 1));
	const readyGap = Math.min(READY_S, idle / 2);
	const reader = { mode: started.mode, formats: formatsOf(request) };
	let response: ServerResponse | undefined;
	let reply: Reply | undefined;
	let readySince: number | undefined;
	try {
		for (let tries = 1; ; tries++) {
			const left = (end - clock.now()) / 1000;
			if (left <= 0) {
				// What was seen before an answer that was lost may be over.
				const ready = readySince !== undefined && reply?.meaning.kind === 'success';
				return { outcome: ready ? 'ready' : 'unconfirmed', response, reply };
			}
			const gap = readySince === undefined ? Math.min(FIRST_QUERY_S * tries, longestGap) : readyGap;
			await client.wait(Math.min(gap, left) * 1000);
			reply = await callRecording(run, started, 'query', { timeout: limits.timeout, once: true });
			const { kind } = reply.meaning;
			// A 404 of somebody else's on the way says as little: the same way led to the start.
			const refused = kind === 'refused' && reply.answer.status !== 404;
			if (refused) return { outcome: 'unconfirmed', response, reply };
			if (kind !== 'success') {
				if (reply.answer.status === 404) readySince = undefined;
				continue;
			}
			response = parseAnswerBody(reply.answer.body).serverResponse;
			const outcome = outcomeOf(response, reader);
			switch (outcome) {
				case 'recording':
				case 'paused':
					return { outcome, response, reply };
				case 'ready':
					readySince ??= clock.now();
					if (clock.now() - readySince >= readyGap * 1000) return { outcome, response, reply };
					break;
				case 'ended':
				case 'failed':
					return { outcome: 'unconfirmed', over: true, response, reply };
				case 'stopping':
					return { outcome: 'unconfirmed', response, reply };
				default:
					readySince = undefined;
			}
		}
	} catch (thrown) {
		if (client.cancelled) return { outcome: 'accepted', response, reply };
		throw operationError(
			context.getNode(),
			itemIndex,
			{
				mayRun: true,
				message: 'The recording was started, but the node could not verify that it is running',
				advice: thrown instanceof Error ? thrown.message : '',
			},
			identityOf(started),
		);
	}
}
