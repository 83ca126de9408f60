import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../simulator/index.mts';

/** A notice as it arrived. */
export interface Received {
	headers: http.IncomingHttpHeaders;
	raw: Buffer;
	body: Envelope;
}

export interface Envelope {
	noticeId: string;
	productId: number;
	eventType: number;
	notifyMs: number;
	sid?: string;
	payload?: Payload;
}

export type Payload = Record<string, unknown> & {
	sequence: number;
	sendts: number;
	uid: string;
	details: Record<string, unknown>;
};

/** What the receiver does with a request: a status to answer, a cut connection, or nothing at all. */
export type Reaction = number | 'cut' | 'hang';

/** A webhook's receiver on this machine; answers 200 and JSON unless `react` says otherwise. */
export class Receiver {
	readonly received: Received[] = [];
	/** Requests under way at the same time, at most. */
	busiest = 0;
	react: (received: Received) => Reaction | Promise<Reaction> = () => 200;
	url = '';
	#busy = 0;
	readonly #sockets = new Set<unknown>();
	readonly #server = http.createServer((request, response) => {
		const chunks: Buffer[] = [];
		this.#sockets.add(request.socket);
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const raw = Buffer.concat(chunks);
			const one = { headers: request.headers, raw, body: bodyOf(raw) };
			this.received.push(one);
			this.busiest = Math.max(this.busiest, ++this.#busy);
			void this.#answer(one, response);
		});
	});

	async #answer(one: Received, response: http.ServerResponse): Promise<void> {
		const reaction = await this.react(one);
		this.#busy--;
		if (reaction === 'hang') return;
		if (reaction === 'cut') response.socket?.destroy();
		else {
			response.writeHead(reaction, { 'content-type': 'application/json', location: '/elsewhere' });
			response.end('{"ok":true}');
		}
	}

	/** How many connections were opened. */
	get connections(): number {
		return this.#sockets.size;
	}

	async listen(): Promise<this> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/hook`;
		return this;
	}

	reset(): void {
		this.received.length = 0;
		this.busiest = 0;
		this.react = () => 200;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	/** Event numbers in the order of arrival. */
	get events(): number[] {
		return this.received.map(({ body }) => body.eventType);
	}

	/** `details` of all notices of an event. */
	details(eventType: number): unknown[] {
		return this.received
			.filter(({ body }) => body.eventType === eventType)
			.map(({ body }) => body.payload?.details);
	}
}

function bodyOf(raw: Buffer): Envelope {
	try {
		return JSON.parse(raw.toString('utf8')) as Envelope;
	} catch {
		return { noticeId: '', productId: 0, eventType: 0, notifyMs: 0 };
	}
}

/** Lets virtual time pass and waits until everything that follows has been delivered. */
export async function pass({ control }: Simulator, ms: number): Promise<void> {
	control.advance(ms);
	await control.notifications.idle();
}
