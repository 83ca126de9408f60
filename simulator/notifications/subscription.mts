import { z } from 'zod';
import { RTC, CLOUD_RECORDING, EVENTS, SAMPLES } from './events.mts';

const milliseconds = z.number().nonnegative();
const eventType = z.number().int().nonnegative();
const signatures = z.array(z.enum(['v1', 'v2']));

/** Whether a URL leads to this machine whatever a name server says; nothing is sent elsewhere. */
export function isLoopback(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return (
		['http:', 'https:'].includes(protocol) &&
		(['localhost', '[::1]'].includes(hostname) || /^127(\.\d{1,3}){3}$/.test(hostname))
	);
}

const loopbackUrl = z.string().refine(isLoopback, {
	message: 'only http(s) URLs of this machine: 127.0.0.1, [::1] or localhost',
});

/** The products that send notifications here. */
export const productId = z.union([z.literal(RTC), z.literal(CLOUD_RECORDING)]);
export type ProductId = z.output<typeof productId>;

/** What is entered in Console for a product, and how badly notices travel. Times are virtual. */
export const subscriptionSchema = z
	.object({
		url: loopbackUrl,
		/** Signs; as long as one likes, because the published vector's is shorter than Console's. */
		secret: z.string().min(1),
		/** Selected events; null = all that Console lists. */
		events: z.array(eventType).nullable().default(null),
		/** Which signatures notices carry. */
		signatures: signatures.default(['v1', 'v2']),
		/** Redundant mode: every notice once more, under an ID of its own. */
		redundant: z.boolean().default(false),
		/** How many times more every notice comes under the same ID. */
		duplicates: z.number().int().min(0).max(10).default(0),
		/** Whether every second notice of a recording or channel overtakes the one before. */
		reorder: z.boolean().default(false),
		/** How late every notice comes. */
		delayMs: milliseconds.default(0),
		/** How late notices of some events come, by number. */
		late: z.record(milliseconds).default({}),
		/** Events by which recordings tell that something went wrong, where there is a number for that. */
		abnormal: z.array(eventType).default([]),
		/** Events whose notices never come. */
		lose: z.array(eventType).default([]),
		/** Every nth notice never comes; null = none. */
		loseEvery: z.number().int().positive().nullable().default(null),
		/** Real time that an answer may take. */
		timeoutMs: milliseconds.default(10_000),
		/** Before each resend: at once, then growing; no more than three. */
		retryAfterMs: z.array(milliseconds).max(3).default([0, 10_000, 30_000]),
		/** How many requests may be under way at the same time. */
		concurrency: z.number().int().positive().default(16),
	})
	.strict();

export type Subscription = z.output<typeof subscriptionSchema>;
export type SubscriptionInput = z.input<typeof subscriptionSchema>;

/** Whether a webhook wants an event. */
export function wants({ events }: Subscription, product: number, event: number): boolean {
	return events?.includes(event) ?? EVENTS.get(product)?.get(event)?.listed ?? false;
}

/** The events that a health check tests: those that were selected. */
export function selectedEvents({ events }: Subscription, product: number): number[] {
	if (events !== null) return [...events];
	const all = EVENTS.get(product) ?? new Map<number, { listed: boolean }>();
	return [...all].filter(([, { listed }]) => listed).map(([event]) => event);
}

/** A notice that is sent on request: anything that could be in one, right or wrong. */
export const noticeInput = z
	.object({
		productId: productId.default(CLOUD_RECORDING),
		eventType,
		/** Which sample of the event. */
		sample: z.enum(SAMPLES).default('documented'),
		/** Instead of a sample; `msgName` is added unless it is given. */
		details: z.record(z.unknown()).optional(),
		/** Instead of the whole payload; null = none. */
		payload: z.unknown().optional(),
		cname: z.string().optional(),
		uid: z.string().optional(),
		sid: z.string().optional(),
		sequence: z.number().int().optional(),
		serviceType: z.number().int().optional(),
		noticeId: z.string().optional(),
		/** These bytes instead of the envelope; signed like any. */
		raw: z.string().optional(),
		/** Instead of the webhook's. */
		secret: z.string().min(1).optional(),
		signatures: signatures.optional(),
		/** Besides Content-Type and signatures, or instead of them. */
		headers: z.record(z.string()).optional(),
	})
	.strict();

export type NoticeInput = z.input<typeof noticeInput>;
export type NoticeParts = z.output<typeof noticeInput>;

/** How Console's "Check" is done. */
export const healthCheckInput = z
	.object({
		signed: z.boolean().default(true),
		/**
		 * What the tests look like, which no document says for Cloud Recording: `full`, a payload without
		 * sid and details (`bare`), or no payload at all (`none`).
		 */
		form: z.enum(['full', 'bare', 'none']).default('full'),
		/** Instead of the webhook's. */
		secret: z.string().min(1).optional(),
	})
	.strict();

export type HealthCheckInput = z.input<typeof healthCheckInput>;
