import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start, stop } from '../../tools/process.mjs';
import { Trouble } from '../../tools/progress.mjs';
import { freePort } from '../../tools/n8n-server.mjs';
import type { N8n } from '../../tools/n8n.mjs';

interface Client {
	connect: () => Promise<void>;
	keys: (pattern: string) => Promise<string[]>;
	del: (...keys: string[]) => Promise<number>;
	disconnect: () => void;
	on: (event: 'error', listener: () => void) => void;
}

const LOCAL = { host: '127.0.0.1', port: 6379 };
const START_WITHIN_MS = 10_000;

/** Keys of a Redis that nobody else uses. */
export type Redis = Awaited<ReturnType<typeof openRedis>>;

/**
 * Uses the Redis of this machine if it lets us in without password, else one that is started for it and
 * ends with it.
 *
 * @param n8n whose Redis client is used
 * @throws Trouble that says what to install if there is neither
 */
export async function openRedis(n8n: N8n) {
	const { Redis: RedisClient } = createRequire(join(n8n.folder, 'package.json'))('ioredis') as {
		Redis: new (options: object) => Client;
	};
	const connect = async (port: number): Promise<Client> => {
		const client = new RedisClient({
			...{ host: LOCAL.host, port, lazyConnect: true, connectTimeout: 2_000 },
			retryStrategy: () => null,
		});
		// What goes wrong is told by the call.
		client.on('error', () => undefined);
		await client.connect();
		return client;
	};
	const server = await connect(LOCAL.port).then(
		(client) => ({ client, port: LOCAL.port, stop: async () => {} }),
		async () => await startServer(connect),
	);
	const prefix = `agora-e2e-${process.pid}-${Date.now().toString(36)}`;

	return {
		host: LOCAL.host,
		port: server.port,
		/** Of all keys that may be used. */
		prefix,
		/** What tells n8n to use it. */
		environment: {
			QUEUE_BULL_REDIS_HOST: LOCAL.host,
			QUEUE_BULL_REDIS_PORT: String(server.port),
			QUEUE_BULL_PREFIX: prefix,
			N8N_REDIS_KEY_PREFIX: prefix,
		},
		/** Removes what was left there. */
		async close(): Promise<void> {
			const keys = await server.client.keys(`*${prefix}*`);
			if (keys.length > 0) await server.client.del(...keys);
			server.client.disconnect();
			await server.stop();
		},
	};
}

/** Starts a Redis that keeps nothing. */
async function startServer(connect: (port: number) => Promise<Client>) {
	if (spawnSync('redis-server', ['--version']).status !== 0) {
		throw new Trouble(
			`n8n's queue mode needs Redis: none answers at ${LOCAL.host}:${LOCAL.port} without password, and none is installed that could be started (Debian: apt-get install redis-server).`,
		);
	}
	const folder = mkdtempSync(join(tmpdir(), 'agora-redis-'));
	const port = await freePort();
	const where = ['--bind', LOCAL.host, '--port', String(port), '--dir', folder];
	const child = start('redis-server', [...where, '--save', '', '--appendonly', 'no']);
	const end = async () => {
		await stop(child);
		rmSync(folder, { recursive: true, force: true });
	};
	const deadline = Date.now() + START_WITHIN_MS;
	for (;;) {
		try {
			return { client: await connect(port), port, stop: end };
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await sleep(100);
		}
	}
}
