/** n8n in queue mode with all that it works with, and what n8n has stored of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EXAMPLE_ACCOUNT, startSimulator } from '../../../simulator/index.mts';
import { Listener } from '../../e2e/queueMode/listener.mts';
import { SERVED_STORAGE, storageOf } from '../../support/servedStorage.mts';
import { startQueueMode } from '../../support/queueMode.mts';

export const SECRET = 'cloud-recording-secret';
const LOOK_MS = 1_000;
const UNDER_WAY = ['new', 'running', 'waiting'];

/** An execution as n8n stored it. */
export interface Stored {
	id: string;
	status: string;
	/** Text in n8n's own format, as it is now; empty where there is none. */
	data: string;
	/** The ID of the notice for which it was stored, if it was for one of these. */
	notice?: string;
}

/** How IDs of notices look, for PostgreSQL too. */
export const NOTICE_ID = 'scale-notice-[0-9]{6}';

/**
 * Notes for which notice an execution is stored at the moment when it is: n8n writes over its data when
 * it fails, at times without what it was about.
 */
const BOOK = `
CREATE TABLE first_stored (id integer, notice text);
CREATE FUNCTION note_first() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO first_stored VALUES (NEW."executionId", substring(NEW.data FROM '${NOTICE_ID}'));
	RETURN NEW;
END $$;
CREATE TRIGGER note_first AFTER INSERT ON execution_data FOR EACH ROW EXECUTE FUNCTION note_first();`;

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
	await n8n.database.query(BOOK);

	const stored = async (workflowId: string): Promise<Stored[]> => {
		const rows = await n8n.database.query(
			`SELECT e.id, e.status, d.data, f.notice FROM execution_entity e LEFT JOIN execution_data d ON e.id = d."executionId" LEFT JOIN first_stored f ON e.id = f.id WHERE "workflowId" = '${workflowId}' ORDER BY e.id`,
		);
		return rows.map(({ id, status, data, notice }) => ({
			...{ id: String(id), status: String(status) },
			data: typeof data === 'string' ? data : '',
			...(typeof notice === 'string' && { notice }),
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
