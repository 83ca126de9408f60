import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { N8nRest } from '../../tools/n8n-rest.mjs';
import { freePort, startN8n } from '../../tools/n8n-server.mjs';
import { createDatabase } from './postgres.mts';
import { activate, LOGIN, prepareN8n, reachable, versionOf } from './realN8n.mts';
import { openRedis } from './redis.mts';

/** The processes beside the main one. */
export interface Processes {
	webhooks: number;
	workers: number;
	/** How many executions each worker runs at the same time. */
	concurrency: number;
}

export type QueueMode = Awaited<ReturnType<typeof startQueueMode>>;

/**
 * A real n8n in queue mode: a main process, webhook processes behind a load balancer, and workers, over
 * one PostgreSQL and one Redis. Each has a folder of its own, as on a machine of its own, with the
 * package in it. The package must be built.
 */
export async function startQueueMode({ webhooks, workers, concurrency }: Processes) {
	const { n8n, folder } = await prepareN8n('demo/n8n');
	const redis = await openRedis(n8n);
	const database = await createDatabase(n8n).catch(async (error: unknown) => {
		await redis.close();
		throw error;
	});
	const env = {
		...database.environment,
		...redis.environment,
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: 'queue-mode-test',
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_CONCURRENCY_PRODUCTION_LIMIT: String(concurrency),
	};
	const startOne = async (command: 'start' | 'webhook' | 'worker', number = 0, port = 0) => {
		const userFolder = join(folder, `${command}-${number}`);
		if (port === 0) {
			mkdirSync(join(userFolder, '.n8n'), { recursive: true });
			symlinkSync(join(folder, '.n8n', 'nodes'), join(userFolder, '.n8n', 'nodes'));
		}
		return await startN8n(n8n, {
			...{ userFolder, port: port || (await freePort()), command, env },
			logFile: join(folder, `${command}-${number}${port === 0 ? '' : '-again'}.log`),
		});
	};
	const several = async (command: 'webhook' | 'worker', count: number) =>
		await Promise.all(Array.from({ length: count }, async (_, i) => await startOne(command, i)));

	// The first makes the tables.
	const main = await startOne('start');
	const webhookServers = await several('webhook', webhooks);
	const workerServers = await several('worker', workers);
	const balancer = await startLoadBalancer(webhookServers.map(({ url }) => url));
	const rest = new N8nRest(main.url);
	await rest.setUpOwner(LOGIN);

	return {
		rest,
		database,
		redis,
		version: versionOf(n8n),
		/** Where a sender sends: the webhook processes in turn. */
		url: balancer.url,
		webhooks: webhookServers,
		workers: workerServers,
		activate: async (workflow: object) => await activate(rest, workflow),
		/** Waits until every webhook process knows a path. */
		async reachable(path: string): Promise<void> {
			for (const { url, log } of webhookServers) await reachable(`${url}${path}`, log);
		},
		/** Kills a webhook process, and starts it again at its address. */
		async restartWebhook(number: number): Promise<void> {
			const { pid, ended, url } = webhookServers[number];
			process.kill(pid, 'SIGKILL');
			await ended;
			webhookServers[number] = await startOne('webhook', number, Number(new URL(url).port));
		},
		async stop(): Promise<void> {
			balancer.close();
			const all = [...workerServers, ...webhookServers, main];
			await Promise.all(all.map(async (server) => await server.stop()));
			await database.drop();
			await redis.close();
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
		},
	};
}

/** Hands every request to the next target, as a load balancer does by default. */
async function startLoadBalancer(targets: string[]) {
	let turn = 0;
	const server = createServer((incoming, outgoing) => {
		const target = new URL(incoming.url ?? '/', targets[turn++ % targets.length]);
		const { method, headers } = incoming;
		const forwarded = request(target, { method, headers }, (answer) => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		forwarded.on('error', () => outgoing.destroy());
		incoming.pipe(forwarded);
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
}
