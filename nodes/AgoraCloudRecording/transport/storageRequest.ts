import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { SignedRequest } from '../storage/requests';
import type { StorageAnswer } from '../storage/troubles/answer';
import { Redaction } from '../agora/redaction';
import { networkFailure } from './network';

/** Bytes of an error answer that are read. */
const MAX_ERROR = 64_000;
/** Milliseconds for an answer, its body included, whatever the pace at which it comes. */
const WHOLE_ANSWER_MS = 120_000;

/** An answer, of which the body may be longer than was read. */
export interface StorageReply extends StorageAnswer {
	cut: boolean;
}

/** There was no answer. */
export interface NoAnswer {
	/** Code of the network failure, or n8n's own words where n8n refused to send. */
	reason: string;
	/** n8n refused to send it: again is no use. */
	refused: boolean;
}

const header = z
	.union([z.string(), z.array(z.string())])
	.optional()
	.catch(undefined);
const responseSchema = z.object({
	statusCode: z.number(),
	headers: z.record(header).catch({}),
	body: z.unknown(),
});

/** Whether a storage did what it was asked; a redirect is none to follow. */
export const isStorageSuccess = (status: number) => [200, 201, 206].includes(status);

type Stream = AsyncIterable<Uint8Array> & { destroy?: () => void };

const isStream = (body: unknown): body is Stream =>
	typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** Text of a body, up to a number of bytes. */
async function textOf(body: unknown, maxBytes: number): Promise<{ text: string; cut: boolean }> {
	if (!isStream(body)) return { text: typeof body === 'string' ? body : '', cut: false };
	const chunks: Uint8Array[] = [];
	let left = maxBytes;
	for await (const chunk of body) {
		chunks.push(chunk.subarray(0, left));
		left -= chunk.length;
		// Ends the connection, too: a server may send without end.
		if (left < 0) break;
	}
	return { text: Buffer.concat(chunks).toString('utf8'), cut: left < 0 };
}

/** Parameters by which a link opens for whoever has it. */
const OPENING = /signature$|^sig$|^authorization$|token$/i;

/** What must not be seen of a request: servers may repeat the address in what they say. */
const openingOf = (url: string) =>
	[...new URL(url).searchParams].flatMap(([name, value]) => (OPENING.test(name) ? [value] : []));

/**
 * Sends one request to a storage, as it is: by n8n's own helper, so that proxy, TLS and network policy
 * of the host hold; without Agora's credential, whose header would travel along; no redirect is followed.
 * The body comes as a stream, of which no more is read than is wanted: a server that ignores `Range` sends
 * all of a large file.
 *
 * @param maxBytes of the body of a success; 0 where its headers are all that is wanted
 * @param timeout milliseconds until an unanswered request is given up
 * @param redaction takes out of errors what must not be seen
 */
export async function sendToStorage(
	context: IExecuteFunctions,
	{ method, url, headers, body }: SignedRequest,
	{ maxBytes, timeout, redaction }: { maxBytes: number; timeout: number; redaction: Redaction },
): Promise<StorageReply | NoAnswer> {
	const cancel = context.getExecutionCancelSignal?.();
	const end = AbortSignal.timeout(WHOLE_ANSWER_MS);
	const hidden = new Redaction(openingOf(url), redaction);
	try {
		const response: unknown = await context.helpers.httpRequest({
			method,
			url,
			headers: { ...headers },
			...(body !== undefined && { body }),
			encoding: 'stream',
			timeout,
			abortSignal: cancel ? AbortSignal.any([cancel, end]) : end,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			disableFollowRedirect: true,
		});
		const { statusCode: status, headers: told, body: stream } = responseSchema.parse(response);
		const isSuccess = isStorageSuccess(status);
		const { text, cut } = await textOf(stream, isSuccess ? maxBytes : MAX_ERROR);
		return { status, headers: told, body: isSuccess ? text : hidden.text(text), cut };
	} catch (thrown) {
		const { networkCode, hostWords } = networkFailure(thrown, hidden);
		const reason = hostWords ?? networkCode ?? 'no response in time';
		return { reason, refused: hostWords !== undefined };
	}
}
