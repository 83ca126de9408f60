import type { Clock } from '../clock.mts';
import { newNoticeId } from '../identifiers.mts';
import { EVENTS } from './events.mts';
import { Lanes } from './lanes.mts';
import { SentLog } from './sentLog.mts';
import type { Notice } from './sentLog.mts';
import { Poster } from './post.mts';
import { signatureHeaders } from './signature.mts';
import type { SignatureVersion } from './signature.mts';
import type { ProductId, Subscription } from './subscription.mts';

/** What is to be told. */
export interface Message {
	productId: ProductId;
	eventType: number;
	/** When it happened, virtual Unix ms. */
	at: number;
	/** undefined = an envelope without payload. */
	payload: unknown;
	/** Cloud Recording has it beside the payload too (notifications.md 3). */
	sid?: string;
	/** Notices of one lane arrive in order, unless they are meant not to. */
	lane: string;
	noticeId?: string;
	/** Only for notices on request. */
	raw?: string;
	secret?: string;
	signatures?: readonly SignatureVersion[];
	headers?: Record<string, string>;
}

/** A notice on its way. */
interface Parcel {
	message: Message;
	notice: Notice;
	subscription: Subscription;
	/** `notifyMs` of the last delivery of that ID: it has to change each time. */
	stamp: { last: number };
}

/** How long, in virtual time, a notice waits to be overtaken by one that may never come. */
export const OVERTAKEN_WITHIN_MS = 5000;

/** Sends notices: late, twice, in the wrong order or never if so asked, and again after failures. */
export class Outbox {
	readonly log = new SentLog();
	readonly #clock: Clock;
	readonly #poster = new Poster();
	/** Of each product its own, so that none waits for another's receiver. */
	readonly #lanes = new Map<number, Lanes>();
	/** Notices that wait to be overtaken, by lane. */
	readonly #held = new Map<string, { parcel: Parcel; cancel: () => void }>();
	/** How many messages each subscription had, to lose every nth. */
	#counts = new WeakMap<Subscription, number>();
	/** What was sent before a reset is not told about any more. */
	#epoch = 0;

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	/** @returns the notices that were made of it, the original first */
	send(message: Message, subscription: Subscription): Notice[] {
		const count = (this.#counts.get(subscription) ?? 0) + 1;
		this.#counts.set(subscription, count);
		const { lose, loseEvery, redundant, duplicates } = subscription;
		const lost =
			lose.includes(message.eventType) || (loseEvery !== null && count % loseEvery === 0);
		const kinds: Notice['kind'][] = [
			'original',
			...Array<Notice['kind']>(duplicates).fill('duplicate'),
			...(redundant ? (['redundant'] as const) : []),
		];
		const noticeId = message.noticeId ?? newNoticeId();
		const stamp = { last: 0 };
		const parcels = kinds.map((kind): Parcel => {
			const own = kind === 'redundant';
			const notice = this.log.begin({
				noticeId: own ? newNoticeId() : noticeId,
				productId: message.productId,
				eventType: message.eventType,
				name: EVENTS.get(message.productId)?.get(message.eventType)?.name,
				kind,
				url: subscription.url,
				at: message.at,
				sid: message.sid,
				payload: message.payload,
				state: lost ? 'lost' : 'waiting',
			});
			return { message, notice, subscription, stamp: own ? { last: 0 } : stamp };
		});
		if (!lost) for (const parcel of parcels) this.#post(parcel);
		return parcels.map(({ notice }) => notice);
	}

	/** Resolves once nothing is on its way, but for what waits for virtual time. */
	async idle(): Promise<void> {
		await Promise.all([...this.#lanes.values()].map((lanes) => lanes.idle()));
	}

	/** Forgets what was sent and what waits. */
	clear(): void {
		this.#epoch++;
		this.#held.clear();
		this.#counts = new WeakMap();
		this.log.clear();
	}

	close(): void {
		this.clear();
		this.#poster.close();
	}

	/** Now, or when it is late enough. */
	#post(parcel: Parcel): void {
		const { message, subscription } = parcel;
		const late = subscription.late[message.eventType] ?? subscription.delayMs;
		const due = message.at + late;
		if (late === 0) this.#reorder(parcel, message.at);
		else this.#clock.at(due, () => this.#reorder(parcel, due));
	}

	/** One notice of a lane waits for the next, which goes first. */
	#reorder(parcel: Parcel, now: number): void {
		const { lane } = parcel.message;
		const held = this.#held.get(lane);
		if (held !== undefined) {
			held.cancel();
			this.#held.delete(lane);
			this.#dispatch(parcel, true);
			this.#dispatch(held.parcel, true);
		} else if (parcel.subscription.reorder) {
			const cancel = this.#clock.at(now + OVERTAKEN_WITHIN_MS, () => {
				this.#held.delete(lane);
				this.#dispatch(parcel, true);
			});
			this.#held.set(lane, { parcel, cancel });
		} else {
			this.#dispatch(parcel, true);
		}
	}

	/** @param inOrder whether it waits for those before it, which resends do not */
	#dispatch(parcel: Parcel, inOrder: boolean): void {
		const epoch = this.#epoch;
		const { productId, lane } = parcel.message;
		const lanes = this.#lanes.get(productId) ?? new Lanes();
		this.#lanes.set(productId, lanes);
		lanes.add(inOrder ? lane : undefined, parcel.subscription.concurrency, async () => {
			if (epoch === this.#epoch) await this.#attempt(parcel, epoch);
		});
	}

	/** One delivery (notifications.md 1): anything but 200 in time is a failure. */
	async #attempt(parcel: Parcel, epoch: number): Promise<void> {
		const { notice, subscription } = parcel;
		const notifyMs = Math.max(this.#clock.now(), parcel.stamp.last + 1);
		parcel.stamp.last = notifyMs;
		notice.state = 'sending';
		const raw = bodyOf(parcel, notifyMs);
		const sentAt = Date.now();
		const result = await this.#poster.post(
			subscription.url,
			raw,
			headersOf(parcel, raw),
			subscription.timeoutMs,
		);
		if (epoch !== this.#epoch) return;
		notice.attempts.push({ notifyMs, sentAt, ...result });
		const retryAfter = subscription.retryAfterMs[notice.attempts.length - 1];
		if (result.status === 200) notice.state = 'delivered';
		else if (retryAfter === undefined) notice.state = 'failed';
		else notice.state = 'waiting';
		this.log.tell(notice);
		if (notice.state !== 'waiting' || retryAfter === undefined) return;
		// Resends wait for nobody and nobody waits for them: order is lost, as with Agora.
		this.#clock.at(this.#clock.now() + retryAfter, () => {
			if (epoch === this.#epoch) this.#dispatch(parcel, false);
		});
	}
}

function bodyOf({ message, notice }: Parcel, notifyMs: number): Buffer {
	const { raw, productId, eventType, sid, payload } = message;
	if (raw !== undefined) return Buffer.from(raw, 'utf8');
	const { noticeId } = notice;
	const envelope = { noticeId, productId, eventType, notifyMs, sid, payload };
	return Buffer.from(JSON.stringify(envelope), 'utf8');
}

function headersOf({ message, subscription }: Parcel, raw: Buffer): Record<string, string> {
	const secret = message.secret ?? subscription.secret;
	return {
		'Content-Type': 'application/json',
		...signatureHeaders(secret, raw, message.signatures ?? subscription.signatures),
		...message.headers,
	};
}
