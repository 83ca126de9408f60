import type { RecordingIdentity } from '../../agora/identity';
import { endsByItself, type StartClientRequest } from '../../agora/requests/start';
import { parseAnswerBody } from '../../agora/responses';
import type { Reply } from '../../transport/client';
import { clock } from '../../transport/clock';
import { apiError, type ErrorText } from '../../transport/errors';
import type { ItemRun } from '../operation';
import { withToken, type StartInput } from './input/newRecording';
import type { Token } from './input/token';

/** A recording that Agora gave a SID for; whether it records is not known yet. */
export interface Started extends Required<RecordingIdentity> {
	/** ISO 8601. */
	acquiredAt?: string;
	startedAt: string;
	/** When the recorder's token ends; null where it has none, absent where that is not known. */
	tokenExpiresAt?: string | null;
	requestId?: string;
	/** Agora's answers as they came. */
	raw: { acquire?: unknown; start: unknown };
}

/** A resource ID: acquired here, or brought along by the user. */
export interface Resource {
	resourceId: string;
	acquiredAt?: string;
	raw?: unknown;
}

/**
 * Seconds before acquire and start are tried anew when Agora had no worker, which alone says for sure
 * that nothing was started (errors.md section 8): the first time at once.
 */
const RESTART_DELAYS = [0, 3, 6, 9];

const now = () => new Date(clock.now()).toISOString();

/** Asks Agora for a resource ID. @throws NodeApiError when there is none to be had */
export async function acquireResource(
	{ client, context, itemIndex }: ItemRun,
	acquire: StartInput['acquire'],
	timeout: number,
): Promise<Required<Resource> & { requestId?: string }> {
	const reply = await client.call({
		operation: 'acquire',
		method: 'POST',
		path: 'acquire',
		body: acquire,
		timeout,
	});
	const { resourceId } = parseAnswerBody(reply.answer.body);
	if (reply.meaning.kind !== 'success' || !resourceId) {
		const { cname, uid } = acquire;
		throw apiError(context.getNode(), itemIndex, reply, { cname, uid });
	}
	return {
		resourceId,
		acquiredAt: now(),
		raw: reply.answer.body,
		...(reply.answer.requestId && { requestId: reply.answer.requestId }),
	};
}

/** When the token ends that a start is sent with. One from the additional fields is not looked into. */
function tokenEnd(request: StartClientRequest, token: Token | undefined) {
	const own = 'token' in request && request.token !== undefined;
	if (own || 'extensionServiceConfig' in request) return {};
	return { tokenExpiresAt: token ? new Date(token.expiresAt * 1000).toISOString() : null };
}

const mayHaveHappened = (reply: Reply) =>
	[...reply.earlier, reply.meaning.kind].some(
		(kind) => kind === 'ambiguous' || kind === 'unfinished',
	);

/** What to do when a recording runs, or may run, of which Agora did not give the SID. */
function withoutSid(input: StartInput, known: boolean): ErrorText {
	return {
		mayRun: true,
		message: known
			? 'The recording is running, but Agora did not give its recording ID (SID)'
			: 'The recording may be running: Agora did not confirm the start and gave no recording ID (SID)',
		advice: `Do not start this channel again at once, it could be recorded and billed twice. The trigger's 'Recording Started' (event 40, for web pages event 70) tells the SID, with which it can be stopped. It ends by itself ${endsByItself(input.start.clientRequest)}.`,
	};
}

/**
 * Acquire and start, until Agora gives a SID or it is clear that there is none. An answer that leaves
 * open whether the recording runs is followed only by the same request under the same resource ID;
 * after a definitive refusal of the service acquire and start begin anew, at last with another UID
 * where the UID is ours to choose. So no failure leads to a second recording.
 *
 * @param resource a resource ID that was acquired before; undefined to acquire one
 * @throws NodeApiError with the identity as far as it is known
 */
export async function startRecording(
	run: ItemRun,
	input: StartInput,
	timeout: number,
	resource?: Resource,
): Promise<Started> {
	const { client, context, itemIndex } = run;
	const { mode } = input;
	const { cname } = input.start;
	for (let attempt = 0; ; attempt++) {
		const lastChance = attempt === RESTART_DELAYS.length;
		const uid = (lastChance && input.ownUid?.(attempt)) || input.start.uid;
		const token = await input.tokenFor(uid);
		const acquire = withToken({ ...input.acquire, uid }, token?.text);
		const { resourceId, acquiredAt, raw } =
			resource ?? (await acquireResource(run, acquire, timeout));
		const identity = { mode, cname, uid, resourceId };
		const reply = await client.call({
			operation: 'start',
			method: 'POST',
			path: `resourceid/${encodeURIComponent(resourceId)}/mode/${mode}/start`,
			body: withToken({ ...input.start, uid }, token?.text),
			timeout,
		});
		const { kind } = reply.meaning;
		const { sid } = parseAnswerBody(reply.answer.body);
		// A 201 is documented without a SID; should it bring one, it is that of our own start.
		if (sid && (kind === 'success' || kind === 'alreadyStarted')) {
			const { requestId, body } = reply.answer;
			return {
				...identity,
				sid,
				...(acquiredAt && { acquiredAt }),
				startedAt: now(),
				...tokenEnd(input.start.clientRequest, token),
				...(requestId && { requestId }),
				raw: { ...(raw !== undefined && { acquire: raw }), start: body },
			};
		}
		const fail = (text?: ErrorText) =>
			apiError(context.getNode(), itemIndex, reply, identity, text);
		if (kind === 'alreadyStarted') throw fail(withoutSid(input, true));
		// Met under a UID that nobody else uses, a conflict is with our own recording.
		const ownConflict = kind === 'conflict' && (input.ownUid !== undefined || attempt > 0);
		if (mayHaveHappened(reply) || ownConflict) throw fail(withoutSid(input, false));
		if (kind !== 'unavailable' || lastChance) throw fail();

		await client.wait(RESTART_DELAYS[attempt] * 1000);
	}
}
