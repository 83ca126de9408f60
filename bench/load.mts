import { Agent, request } from 'node:http';

/** What a series of requests came to. */
export interface Load {
	/** Unix milliseconds when the first one was sent. */
	startedAt: number;
	/** Until the last answer, in milliseconds. */
	duration: number;
	/** Milliseconds to each answer, sorted. */
	latencies: number[];
	/** How many answers had which status. */
	statuses: Record<string, number>;
}

export interface Request {
	body: string;
	headers: Record<string, string>;
}

/** Sends requests over connections that stay open, as Agora is advised to; so many at a time. */
export async function sendAll(url: string, requests: Request[], atOnce: number): Promise<Load> {
	const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
	const latencies: number[] = [];
	const statuses: Record<string, number> = {};
	const post = async ({ body, headers }: Request) =>
		await new Promise<void>((done, failed) => {
			const sentAt = performance.now();
			const req = request(
				url,
				{ method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } },
				(res) => {
					res.resume();
					res.on('end', () => {
						latencies.push(performance.now() - sentAt);
						const status = String(res.statusCode);
						statuses[status] = (statuses[status] ?? 0) + 1;
						done();
					});
				},
			);
			req.on('error', failed);
			req.end(body);
		});
	const startedAt = Date.now();
	const begin = performance.now();
	const queue = [...requests];
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (let next = queue.shift(); next; next = queue.shift()) await post(next);
		}),
	);
	const duration = performance.now() - begin;
	agent.destroy();
	return { startedAt, duration, latencies: latencies.sort((a, b) => a - b), statuses };
}

/** The value that a share of a sorted list does not exceed. */
export const percentile = (sorted: number[], share: number): number =>
	sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	return sorted.length % 2 === 1
		? sorted[Math.floor(middle)]
		: (sorted[middle - 1] + sorted[middle]) / 2;
}
