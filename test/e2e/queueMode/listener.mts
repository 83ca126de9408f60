import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What workflows tell at their end: a server that the HTTP Request node of each posts to. */
export class Listener {
	readonly #heard = new Map<string, string[]>();
	readonly #server = createServer((request, response) => {
		const workflow = (request.url ?? '').slice(1);
		let body = '';
		request.on('data', (chunk: Buffer) => (body += chunk.toString()));
		request.on('end', () => {
			const { key } = JSON.parse(body) as { key: string };
			this.#heard.set(workflow, [...this.heard(workflow), key]);
			response.setHeader('content-type', 'application/json').end('{}');
		});
	});

	async open(): Promise<void> {
		await new Promise<void>((listening) => this.#server.listen(0, '127.0.0.1', listening));
	}

	/** Where a workflow posts `{"key":"…"}` to. */
	urlOf(workflow: string): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/${workflow}`;
	}

	/** The keys that a workflow told, in the order of their coming, as often as they came. */
	heard(workflow: string): string[] {
		return this.#heard.get(workflow) ?? [];
	}

	close(): void {
		this.#server.close();
		this.#server.closeAllConnections();
	}
}
