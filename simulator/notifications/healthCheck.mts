import type { z } from 'zod';
import { newNoticeId } from '../identifiers.mts';
import { CLOUD_RECORDING, EVENTS } from './events.mts';
import { channelPayload, recordingPayload } from './messages.mts';
import { Poster } from './post.mts';
import type { PostResult } from './post.mts';
import { signatureHeaders } from './signature.mts';
import { selectedEvents } from './subscription.mts';
import type { healthCheckInput, ProductId, Subscription } from './subscription.mts';

/** What Console shows after "Check". */
export interface HealthReport {
	/** Whether every test was answered with 200. */
	passed: boolean;
	results: HealthResult[];
}

/** One tested event. */
export interface HealthResult {
	eventType: number;
	/** 200, or Console's code: 590 time-out, 591 unreachable, 592 certificate, else the status. */
	code: number;
	ms: number;
	answer: string;
	/** Whether the answer was JSON, as the documents ask for; Console is not known to look. */
	json: boolean;
}

/** notifications.md 1, "Health test". */
const CODES = { timeout: 590, unreachable: 591, certificate: 592, closed: 591 } as const;
const TEST_CHANNEL = 'test_webhook';
const TEST_UID = 12_121_212;

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** The documented test of RTC; of Cloud Recording it is not known, so there are several forms. */
function testPayload(product: number, eventType: number, form: string, at: number): unknown {
	if (form === 'none') return undefined;
	const full = form === 'full';
	if (product !== CLOUD_RECORDING) {
		const sample = full ? EVENTS.get(product)?.get(eventType)?.sample : {};
		const named = 'uid' in (sample ?? {}) || !full;
		return channelPayload(TEST_CHANNEL, at, { ...sample, ...(named ? { uid: TEST_UID } : {}) });
	}
	const who = { cname: TEST_CHANNEL, uid: String(TEST_UID) };
	if (!full) return who;
	const details = EVENTS.get(product)?.get(eventType)?.sample ?? {};
	return recordingPayload(eventType, { ...who, sid: '', sequence: 0, at, details });
}

function resultOf(eventType: number, { status, problem, ms, answer }: PostResult): HealthResult {
	const code = problem === undefined ? (status ?? CODES.closed) : CODES[problem];
	return { eventType, code, ms, answer, json: problem === undefined && isJson(answer) };
}

/** Tests all selected events of a webhook at the same time, once each. */
export async function checkWebhook(
	product: ProductId,
	subscription: Subscription,
	{ signed, form, secret = subscription.secret }: z.output<typeof healthCheckInput>,
	at: number,
): Promise<HealthReport> {
	const { url, timeoutMs, signatures } = subscription;
	const poster = new Poster();
	const results = await Promise.all(
		selectedEvents(subscription, product).map(async (eventType) => {
			const payload = testPayload(product, eventType, form, at);
			const envelope = {
				noticeId: newNoticeId(),
				productId: product,
				eventType,
				notifyMs: at,
				payload,
			};
			const raw = Buffer.from(JSON.stringify(envelope), 'utf8');
			const headers = {
				'Content-Type': 'application/json',
				...(signed ? signatureHeaders(secret, raw, signatures) : {}),
			};
			return resultOf(eventType, await poster.post(url, raw, headers, timeoutMs));
		}),
	);
	poster.close();
	return { passed: results.every(({ code }) => code === 200), results };
}
