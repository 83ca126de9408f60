import type { RecordingIdentity } from '../../../agora/identity';
import { endsByItself, type StartClientRequest } from '../../../agora/requests/start';
import { parseAnswerBody } from '../../../agora/answers/responses';
import { mayHaveHappened, type Answer } from '../../../agora/answers/classify';
import type { AgoraRequest, Reply } from '../../../transport/client';
import { clock } from '../../../process/clock';
import { apiError, type ErrorText } from '../../../errors';
import type { ItemRun } from '../../operation';
import { withAnnouncedToken, withToken } from '../../../agora/requests/token';
import type { StartInput } from '../../../form/newRecording';
import type { Token } from '../../../form/token';
import { logRecording } from '../log';
import type { Attempt, Sent, Started } from './memory';
import { rememberRecorder } from './recorders';

/** A resource ID: acquired here, or brought along by the user. */
export interface Resource {
	resourceId: string;
	acquiredAt?: string;
	raw?: Answer['body'];
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
): Promise<Resource & { acquiredAt: string; requestId?: string }> {
	const reply = await client.call({
		operation: 'acquire',
		method: 'POST',
		path: 'acquire',
		about: { cname: acquire.cname },
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
	if (!token) return { tokenExpiresAt: null };
	const { expiresAt } = token;
	return expiresAt === undefined
		? {}
		: { tokenExpiresAt: new Date(expiresAt * 1000).toISOString() };
}

/** What to do when a recording runs, or may run, of which Agora did not give the SID. */
function withoutSid(input: StartInput, known: boolean): ErrorText {
	return {
		mayRun: true,
		message: known
			? 'The recording is running, but Agora did not return its recording ID (SID)'
			: 'The recording may be running: Agora did not confirm the start and returned no recording ID (SID)',
		advice: `Do not start it again right away: it could be recorded and billed twice. The trigger's 'Recording Started' event (40, or 70 for web pages) contains the SID, with which you can stop it. Otherwise, it ends by itself ${endsByItself(input.start.clientRequest)}.`,
	};
}

/** What names a start that was sent, without the request. */
export const identityOfSent = ({ recording: { mode, cname, uid, resourceId } }: Sent) => ({
	mode,
	cname,
	uid,
	resourceId,
});

/** The recording that a start made, if the answer gives its SID. */
function startedBy(sent: Sent, { answer, meaning }: Reply): Started | undefined {
	const { sid } = parseAnswerBody(answer.body);
	// A 201 is documented without a SID; should it bring one, it is that of our own start.
	if (!sid || (meaning.kind !== 'success' && meaning.kind !== 'alreadyStarted')) return undefined;
	return {
		...sent.recording,
		sid,
		startedAt: now(),
		...(answer.requestId && { requestId: answer.requestId }),
		raw: { start: answer.body },
	};
}

const openUnder = ({ open }: Attempt, resourceId: string) =>
	open.find(({ recording }) => recording.resourceId === resourceId);

function forget(attempt: Attempt, resourceId: string): void {
	attempt.open = attempt.open.filter(({ recording }) => recording.resourceId !== resourceId);
}

/** Sends a start, and remembers and logs what it may make, and what it made. */
async function send(
	run: ItemRun,
	attempt: Attempt,
	sent: Sent,
	more: Partial<AgoraRequest> = {},
): Promise<{ reply: Reply; started?: Started }> {
	let told = attempt.open.includes(sent);
	// A retry may be given the same resource ID, under which only one can run.
	const { resourceId } = sent.recording;
	const before = openUnder(attempt, resourceId);
	const reply = await run.client.call({
		...sent.request,
		...more,
		sending: () => {
			forget(attempt, resourceId);
			attempt.open.push(sent);
			if (told) return;
			told = true;
			const { mode, cname, uid } = sent.recording;
			if (mode !== 'web') rememberRecorder(run.credentials.appId, cname, uid);
			logRecording(run, 'info', 'starting a recording', identityOfSent(sent));
		},
		notTaken: () => {
			if (!before) forget(attempt, resourceId);
		},
	});
	const started = startedBy(sent, reply);
	if (started) {
		// No two recordings of one channel have the same UID at a time.
		const { uid } = sent.recording;
		attempt.open = attempt.open.filter(({ recording }) => recording.uid !== uid);
		attempt.started = started;
		logRecording(run, 'info', 'started a recording', started);
	}
	return { reply, ...(started && { started }) };
}

/**
 * Asks once more under the same resource ID for a start whose answer never came, when the user has
 * cancelled: to learn its SID, with which it can be stopped.
 */
export async function askForSid(
	run: ItemRun,
	attempt: Attempt,
	sent: Sent,
): Promise<Started | undefined> {
	const { started } = await send(run, attempt, sent, { once: true, finishWhenCancelled: true });
	return started;
}

/**
 * Acquire and start, until Agora gives a SID or it is clear that there is none. An answer that leaves
 * open whether the recording runs is followed only by the same request under the same resource ID;
 * after a definitive refusal of the service acquire and start begin anew, at last with another UID
 * where the UID is ours to choose. So no failure leads to a second recording, unless the user chose to
 * have rather two than none.
 *
 * @param attempt what an earlier try came to; told here what this one comes to
 * @param resource a resource ID that was acquired before; undefined to acquire one
 * @throws NodeApiError with the identity as far as it is known
 */
export async function startRecording(
	run: ItemRun,
	input: StartInput,
	timeout: number,
	attempt: Attempt,
	resource?: Resource,
): Promise<Started> {
	const { client, context, itemIndex } = run;
	const { mode } = input;
	const { cname } = input.start;
	const earlier = attempt.open.at(-1);
	let another = input.startAnother;
	for (let tries = 0; ; tries++) {
		const uid = input.ownUid?.(attempt.generation, attempt.uids) ?? input.start.uid;
		const token = await input.tokenFor(uid);
		const acquire = withAnnouncedToken({ ...input.acquire, uid }, token?.text);
		const { resourceId, acquiredAt, raw } =
			resource ?? (await acquireResource(run, acquire, timeout));
		const identity = { mode, cname, uid, resourceId };
		const before = openUnder(attempt, resourceId);
		const { reply, started } = await send(run, attempt, {
			recording: {
				...identity,
				...(acquiredAt && { acquiredAt }),
				...tokenEnd(input.start.clientRequest, token),
			},
			request: {
				operation: 'start',
				method: 'POST',
				path: `resourceid/${encodeURIComponent(resourceId)}/mode/${mode}/start`,
				about: { cname, resourceId },
				body: withToken({ ...input.start, uid }, token?.text),
				timeout,
			},
		});
		if (started) {
			return raw === undefined
				? started
				: { ...started, raw: { acquire: raw, start: started.raw.start } };
		}
		const { kind } = reply.meaning;
		const fail = (text?: ErrorText, about: Partial<RecordingIdentity> = identity) =>
			apiError(context.getNode(), itemIndex, reply, about, text);
		if (kind === 'alreadyStarted') throw fail(withoutSid(input, true));
		if (mayHaveHappened(reply)) {
			if (!another || resource) throw fail(withoutSid(input, false));
			another = false;
			attempt.uids++;
			continue;
		}
		if (!before) forget(attempt, resourceId);
		if (kind === 'conflict') {
			// Met under a UID that nobody else uses, a conflict is with our own recording.
			const own = input.ownUid !== undefined || tries > 0 || earlier !== undefined;
			const running = earlier ? identityOfSent(earlier) : { mode, cname, uid };
			throw fail(own ? withoutSid(input, false) : undefined, running);
		}
		if (kind !== 'unavailable' || tries === RESTART_DELAYS.length) {
			throw fail(before && withoutSid(input, false));
		}

		await client.wait(clock.jitter(RESTART_DELAYS[tries] * 1000));
		// With another UID, what an earlier try may have started would be recorded twice.
		if (tries === RESTART_DELAYS.length - 1 && !earlier) attempt.uids++;
	}
}
