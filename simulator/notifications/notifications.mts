import { profileOf } from '../recording.mts';
import type { Recording } from '../recording.mts';
import { redacted } from '../requestLog.mts';
import type { State } from '../state.mts';
import { ChannelUsers } from './channelUsers.mts';
import { CLOUD_RECORDING, EVENTS, RTC } from './events.mts';
import { checkWebhook } from './healthCheck.mts';
import type { HealthReport } from './healthCheck.mts';
import { channelPayload, messageOf, recordingPayload } from './messages.mts';
import { Outbox } from './outbox.mts';
import type { Message } from './outbox.mts';
import type { Told } from './report.mts';
import type { Notice } from './sentLog.mts';
import { healthCheckInput, noticeInput, productId, subscriptionSchema } from './subscription.mts';
import { wants } from './subscription.mts';
import type { HealthCheckInput, NoticeInput, ProductId, Subscription } from './subscription.mts';
import type { SubscriptionInput } from './subscription.mts';
import { Watch } from './watch.mts';

/** The webhooks that a simulator begins with, by product ID. */
export type Webhooks = Partial<Record<`${ProductId}`, SubscriptionInput>>;

/** Agora's Notifications: what is configured in Console, and all that is sent (notifications.md). */
export class Notifications {
	/** Who is in which channel; everything done to it is told as events of product 1. */
	readonly users: ChannelUsers;
	readonly #state: State;
	readonly #beginning: Webhooks;
	readonly #outbox: Outbox;
	readonly #watch: Watch;
	readonly #subscriptions = new Map<ProductId, Subscription>();
	#muted = false;

	/** @throws z.ZodError if a webhook is wrong */
	constructor(state: State, webhooks: Webhooks = {}) {
		this.#state = state;
		this.#beginning = webhooks;
		this.#outbox = new Outbox(state.clock);
		this.#watch = new Watch(state, {
			knows: (eventType) =>
				EVENTS.get(CLOUD_RECORDING)?.get(eventType)?.listed === true ||
				this.#subscriptions.get(CLOUD_RECORDING)?.events?.includes(eventType) === true,
			recording: (recording, sequence, told) => this.#tellRecording(recording, sequence, told),
			joined: (recording, uid, at) =>
				this.users.recorderJoined(recording.resource.cname, uid, profileOf(recording), at),
			left: ({ resource }, uid, reason, at) =>
				this.users.recorderLeft(resource.cname, uid, reason, at),
		});
		this.users = new ChannelUsers(state, ({ cname, eventType, at, fields }) => {
			const payload = channelPayload(cname, at, fields);
			this.#tell({ productId: RTC, eventType, at, payload, lane: `channel ${cname}` });
		});
		state.observer = this.#watch;
		this.#begin();
	}

	/**
	 * Sets a product's webhook, or removes it. What happened before it was set is not told.
	 * @throws z.ZodError if it is wrong, for instance because the URL is not one of this machine
	 */
	setWebhook(product: ProductId, subscription: SubscriptionInput | null): void {
		const id = productId.parse(product);
		if (subscription === null) this.#subscriptions.delete(id);
		else this.#subscriptions.set(id, subscriptionSchema.parse(subscription));
		this.#watch.switch(this.#subscriptions.size > 0, (silently) => {
			this.#muted = true;
			silently();
			this.#muted = false;
		});
	}

	/** What is configured, by product ID; secrets read `***`. */
	webhooks(): Partial<Record<ProductId, unknown>> {
		return redacted(Object.fromEntries(this.#subscriptions)) as Partial<Record<ProductId, unknown>>;
	}

	/**
	 * Sends any notice, be the event selected or not; without details as in the documents' sample. It
	 * travels as badly as the webhook's others.
	 * @returns what was made of it, to be looked at again later
	 * @throws z.ZodError if it is none, Error if the product has no webhook
	 */
	send(input: NoticeInput): readonly Notice[] {
		const notice = noticeInput.parse(input);
		const message = messageOf(notice, this.#state.clock.now());
		return this.#outbox.send(message, this.#find(notice.productId));
	}

	/** What Console's "Check" does: a test notice for each selected event, at once and only once. */
	check(product: ProductId, input: HealthCheckInput = {}): Promise<HealthReport> {
		const options = healthCheckInput.parse(input);
		return checkWebhook(product, this.#find(product), options, this.#state.clock.now());
	}

	/** Every notice since the last reset, oldest first, with the answer to each delivery. */
	notices(): readonly Notice[] {
		return this.#outbox.log.notices;
	}

	clearNotices(): void {
		this.#outbox.log.clear();
	}

	/** Resolves once nothing is on its way, but for what waits for virtual time. */
	idle(): Promise<void> {
		return this.#outbox.idle();
	}

	/** Calls `listener` after every delivery, from now on. */
	onAttempt(listener: (notice: Notice) => void): void {
		this.#outbox.log.onAttempt(listener);
	}

	/** Back to the webhooks of the beginning; nothing was sent and nobody is in a channel. */
	reset(): void {
		this.#outbox.clear();
		this.#watch.clear();
		this.users.clear();
		this.#subscriptions.clear();
		this.#begin();
	}

	close(): void {
		this.#watch.clear();
		this.#outbox.close();
	}

	#begin(): void {
		for (const [product, webhook] of Object.entries(this.#beginning)) {
			this.setWebhook(productId.parse(Number(product)), webhook ?? null);
		}
		if (this.#subscriptions.size === 0) this.#watch.switch(false, () => {});
	}

	#find(product: ProductId): Subscription {
		const subscription = this.#subscriptions.get(product);
		if (subscription === undefined) throw new Error(`No webhook is set for product ${product}`);
		return subscription;
	}

	#tellRecording(recording: Recording, sequence: number, { eventType, at, details, uid }: Told) {
		const { sid, resource } = recording;
		const facts = { cname: resource.cname, uid, sid, sequence, at };
		const isAbnormal = this.#subscriptions.get(CLOUD_RECORDING)?.abnormal.includes(eventType);
		const abnormal = isAbnormal ? EVENTS.get(CLOUD_RECORDING)?.get(eventType)?.abnormal : {};
		const payload = recordingPayload(eventType, { ...facts, details: { ...details, ...abnormal } });
		this.#tell({ productId: CLOUD_RECORDING, eventType, at, payload, sid, lane: sid });
	}

	#tell(message: Message): void {
		if (this.#muted) return;
		const subscription = this.#subscriptions.get(message.productId);
		if (subscription === undefined) return;
		if (!wants(subscription, message.productId, message.eventType)) return;
		this.#outbox.send(message, subscription);
	}
}
