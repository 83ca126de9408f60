import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../settings.mjs';
import type { Exchange, Observed, Recorded } from './observed.mts';

/** What a report asks Agora beside the node: each answer counts, also a refusal, and none ends the run. */

const PATIENCE_MS = 10_000;
/** Agora takes ten requests a second, and the node's own come on top. */
const GAP_MS = 250;

export class Asker {
	readonly observed: Observed;
	readonly settings: Settings;
	private readonly interrupted: AbortSignal;

	constructor(observed: Observed, settings: Settings, interrupted: AbortSignal) {
		this.observed = observed;
		this.settings = settings;
		this.interrupted = interrupted;
	}

	/** Asks at the host of the run, or at another one. Throws only when the user interrupts. */
	async ask(
		purpose: string,
		method: 'GET' | 'POST',
		path: string,
		{ body, origin = this.settings.origin }: { body?: object; origin?: string } = {},
	): Promise<Exchange> {
		await this.wait(GAP_MS);
		const { customerId, customerSecret } = this.settings.credentials;
		const basic = Buffer.from(`${customerId}:${customerSecret}`).toString('base64');
		const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/json' };
		const exchange = { purpose, status: 0, body: undefined as unknown, answeredAt: 0 };
		try {
			const response = await fetch(`${origin}${path}`, {
				...{ method, headers, redirect: 'manual', body: body && JSON.stringify(body) },
				signal: AbortSignal.any([this.interrupted, AbortSignal.timeout(PATIENCE_MS)]),
			});
			exchange.status = response.status;
			exchange.body = await response.json();
		} catch {
			this.interrupted.throwIfAborted();
		}
		exchange.answeredAt = Date.now();
		this.observed.exchanges.push(exchange);
		return exchange;
	}

	/** A call about the recording of the run. @throws Error where there is none */
	async askRecording(
		purpose: string,
		call: 'query' | 'update' | 'stop',
		clientRequest?: object,
	): Promise<Exchange> {
		const { mode, cname, uid, resourceId, sid } = this.recording;
		const path = `/v1/apps/${this.appId}/cloud_recording/resourceid/${resourceId}/sid/${sid}/mode/${mode}/${call}`;
		const body = clientRequest && { cname, uid, clientRequest };
		return await this.ask(purpose, body ? 'POST' : 'GET', path, { body });
	}

	get recording(): Recorded {
		const { recording } = this.observed;
		if (!recording) throw new Error('Nothing was started');
		return recording;
	}

	get appId(): string {
		return this.settings.credentials.appId;
	}

	/** Looks again every two seconds until there is nothing more to see, or for so many milliseconds. */
	async watch(ms: number, look: () => Promise<boolean>): Promise<void> {
		const end = Date.now() + ms;
		while (!(await look()) && Date.now() < end) await this.wait(Math.min(2_000, ms));
	}

	private async wait(ms: number): Promise<void> {
		await sleep(ms, undefined, { signal: this.interrupted });
	}
}
