/** n8n in queue mode with all that it works with, and what n8n has stored of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EXAMPLE_ACCOUNT, startSimulator } from '../../../simulator/index.mts';
import { Listener } from '../../e2e/queueMode/listener.mts';
import { SERVED_STORAGE, storageOf } from '../../support/servedStorage.mts';
import { startQueueMode } from '../../support/queueMode.mts';

export const SECRET = 'cloud-recording-secret';
const LOOK_MS = 1_000;
const UNDER_WAY = ['new', 'running', 'waiting'];

/** An execution as n8n stored it. `data` is text in n8n's own format, empty where there is none. */
export interface Stored {
	id: string;
	status: string;
	data: string;
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** @param requestsPerSecond that the simulator enforces, and the credential says */
export async function openStage(requestsPerSecond: number) {
	const listener = new Listener();
	await listener.open();
	const simulator = await startSimulator({
		...{ requestsPerSecond, pcw: { recording: 10_000, web: 200 } },
		...SERVED_STORAGE,
	});
	const n8n = await startQueueMode({ webhooks: 2, workers: 3, concurrency: 5 });
	const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
	const agoraCredential = await n8n.rest.createCredential({
		name: 'Agora',
		type: 'agoraApi',
		data: {
			...{ customerId, customerSecret, appId: apps[0].appId, requestsPerSecond },
			...{ advanced: true, apiDomain: 'custom', baseUrl: simulator.url },
			...storageOf(simulator),
			...{ receiveNotifications: true, notificationSecret: SECRET },
		},
	});
	const { host, port, prefix } = n8n.redis;
	const redisCredential = await n8n.rest.createCredential({
		name: 'Redis',
		type: 'redis',
		data: { host, port, password: '', user: '', database: 0, ssl: false },
	});
	const postgres = n8n.database.environment;
	const postgresCredential = await n8n.rest.createCredential({
		name: 'PostgreSQL',
		type: 'postgres',
		data: {
			host: postgres.DB_POSTGRESDB_HOST,
			port: Number(postgres.DB_POSTGRESDB_PORT),
			database: postgres.DB_POSTGRESDB_DATABASE,
			user: postgres.DB_POSTGRESDB_USER,
			...{ password: '', ssl: 'disable' },
		},
	});
	await n8n.database.query('CREATE TABLE seen (key text PRIMARY KEY)');

	const stored = async (workflowId: string): Promise<Stored[]> => {
		const rows = await n8n.database.query(
			`SELECT id, status, data FROM execution_entity LEFT JOIN execution_data ON id = "executionId" WHERE "workflowId" = '${workflowId}' ORDER BY id`,
		);
		return rows.map(({ id, status, data }) => ({
			...{ id: String(id), status: String(status) },
			data: typeof data === 'string' ? data : '',
		}));
	};

	return {
		n8n,
		simulator,
		listener,
		places: { agoraCredential, redisCredential, postgresCredential, redisPrefix: prefix },
		/** What n8n has stored of a workflow's executions, in the order of their beginning. */
		stored,
		/**
		 * Waits until no execution is under way any more, or none of those that are has changed for so long.
		 *
		 * @returns whether none is under way
		 */
		async settled(workflowId: string, patienceMs: number): Promise<boolean> {
			let changedAt = Date.now();
			let before = -1;
			for (;;) {
				const [row] = await n8n.database.query(
					`SELECT count(*) AS number FROM execution_entity WHERE "workflowId" = '${workflowId}' AND status IN (${UNDER_WAY.map((status) => `'${status}'`).join(', ')})`,
				);
				const underWay = Number(row.number);
				if (underWay === 0) return true;
				if (underWay !== before) changedAt = Date.now();
				else if (Date.now() - changedAt > patienceMs) return false;
				before = underWay;
				await sleep(LOOK_MS);
			}
		},
		async close(): Promise<void> {
			await n8n.stop();
			await simulator.close();
			listener.close();
		},
	};
}
