import type { Api, Session } from './harness.mts';
import { startApi } from './harness.mts';
import { pass, Receiver } from './receiver.mts';

export const WEBHOOK_SECRET = 'webhook-secret';
/** When virtual time begins. */
export const START = 1_700_000_000_000;

export const index = ({ sid, cname }: Session) => `${sid}_${cname}.m3u8`;

/** A simulator whose lives are told to a receiver. */
export class Followed {
	readonly api: Api;
	readonly receiver: Receiver;

	constructor(api: Api, receiver: Receiver) {
		this.api = api;
		this.receiver = receiver;
	}

	static async start(): Promise<Followed> {
		const receiver = await new Receiver().listen();
		const webhooks = { 3: { url: receiver.url, secret: WEBHOOK_SECRET } };
		return new Followed(await startApi({ clock: { speed: 0, now: START }, webhooks }), receiver);
	}

	reset(): void {
		this.api.sim.control.reset();
		this.receiver.reset();
	}

	async close(): Promise<void> {
		await this.api.sim.close();
		await this.receiver.close();
	}

	wait(ms: number): Promise<void> {
		return pass(this.api.sim, ms);
	}

	/** Each event with the time since start at which it happened. */
	story(): number[][] {
		return this.receiver.received.map(({ body }) => [
			body.eventType,
			(body.payload?.sendts ?? 0) - this.api.sim.control.recordings()[0].startedAt,
		]);
	}

	/** Stops a recording and lets it come to its end. */
	async stop(session: Session): Promise<void> {
		await this.api.stop(session);
		await this.wait(10_000);
	}
}
