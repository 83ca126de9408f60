import type { Outcome } from '../../agora/outcomes';
import { parseAnswerBody, type ServerResponse } from '../../agora/responses';
import { describeStatus } from '../../agora/statuses';
import type { Reply } from '../../transport/client';
import { clock } from '../../transport/clock';
import { operationError } from '../../transport/errors';
import type { ItemRun } from '../operation';
import { identityOf, recordingPath } from './recordingInput';
import type { Started } from './starting';

/** What asking after a start showed. */
export interface Verification {
	outcome: Extract<Outcome, 'recording' | 'accepted' | 'unconfirmed'>;
	/** Last answer that said anything. */
	response?: ServerResponse;
	/** Last reply, as it came. */
	reply?: Reply;
}

/** Agora asks for five seconds before the first query (best-practices.md section 1). */
const FIRST_QUERY_S = 5;
const LONGEST_GAP_S = 15;

/**
 * Asks until Agora says that the recording runs: after 5 seconds, then ever more rarely, at least once
 * within the idle time, until `patience` seconds are over. Only status 4 or 5 counts; a query that
 * was not answered, or not found yet, says nothing.
 *
 * @returns `accepted` when the user cancelled meanwhile, so that the caller still has the identity
 */
export async function verifyStart(
	{ client, context, itemIndex }: ItemRun,
	started: Started,
	limits: { patience: number; maxIdleTime: number; timeout: number },
): Promise<Verification> {
	const end = clock.now() + limits.patience * 1000;
	const longestGap = Math.max(1, Math.min(LONGEST_GAP_S, limits.maxIdleTime - 1));
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
			const { outcome } = describeStatus(response?.status ?? -1);
			if (outcome === 'recording') return { outcome, response, reply };
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
				message: 'The recording was started, but the node could not ask whether it runs',
				advice: thrown instanceof Error ? thrown.message : '',
			},
			identityOf(started),
		);
	}
}

/**
 * Why a recording that was started is not to be found, the likeliest first, from what is known of it
 * (field-notes.md section 1, errors.md section 6).
 */
export function likelyCauses(known: { tokenGiven: boolean; maxIdleTime: number }): string[] {
	return [
		known.tokenGiven
			? 'the token is not for this channel and recorder UID, or has expired'
			: 'the project has an App Certificate, but no token was given',
		'vendor, region, bucket or keys of the storage are wrong',
		`nobody was in the channel for ${known.maxIdleTime} seconds ('Leave When Idle For')`,
		'the channel has another profile, or size, frames and bitrate of the picture do not go together',
	];
}
