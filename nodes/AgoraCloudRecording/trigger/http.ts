import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import type { RequestHeaders } from '../agora/notifications/signature';

/** The part of Express' request that is used, with what n8n adds to it. */
interface WebhookRequest {
	headers: RequestHeaders;
	rawBody?: unknown;
	readRawBody?: () => Promise<void>;
}

/** The part of Express' response that is used. */
export interface WebhookResponse {
	statusCode: number;
	/** Whether n8n has answered, even if nobody listens any more. */
	writableEnded: boolean;
	/** Whether the connection is gone; the event `close` has been then. */
	destroyed: boolean;
	status(code: number): { json(body: unknown): unknown };
	once(event: 'finish' | 'close', listener: () => void): unknown;
}

export const requestOf = (context: IWebhookFunctions): WebhookRequest => context.getRequestObject();

export const responseOf = (context: IWebhookFunctions): WebhookResponse =>
	context.getResponseObject();

/**
 * The bytes of the body as they came; none where n8n has them no more, as after a form with files.
 * Nothing else may be verified: JSON written anew differs from what was signed.
 */
export async function rawBodyOf(request: WebhookRequest): Promise<Buffer> {
	if (!Buffer.isBuffer(request.rawBody)) {
		try {
			await request.readRawBody?.();
		} catch {
			// Unreadable, therefore not signed by anybody.
		}
	}
	return Buffer.isBuffer(request.rawBody) ? request.rawBody : Buffer.alloc(0);
}

/** What the answer to a notice says beside its status; for people who look for the reason. */
export type Reason =
	| 'healthCheck'
	| 'otherProduct'
	| 'filtered'
	| 'duplicate'
	| 'notANotification'
	| 'notSigned'
	| 'beingHandled'
	| 'notHandled';

/** Answers by hand, and starts no execution. */
export function answer(
	context: IWebhookFunctions,
	status: 200 | 401 | 503,
	reason: Reason,
): IWebhookResponseData {
	responseOf(context)
		.status(status)
		.json({ received: status === 200, started: false, reason });
	return { noWebhookResponse: true };
}
