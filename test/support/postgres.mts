import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { start, stop } from '../../tools/process.mjs';
import { Trouble } from '../../tools/progress.mjs';
import { freePort } from '../../tools/n8n-server.mjs';
import type { N8n } from '../../tools/n8n.mjs';

/** One row of a query. */
export type Row = Record<string, unknown>;

interface Client {
	connect: () => Promise<void>;
	query: (sql: string) => Promise<{ rows: Row[] }>;
	end: () => Promise<void>;
	on: (event: 'error', listener: () => void) => void;
}

/** Where a server listens. Its users need no password. */
interface Server {
	host: string;
	port: number;
	user: string;
	database: string;
	stop: () => Promise<void>;
}

const LOCAL = { host: '127.0.0.1', port: 5432, user: 'postgres', database: 'postgres' };
const START_WITHIN_MS = 30_000;
/** Where Debian and Ubuntu keep what is not in PATH. */
const DEBIAN = '/usr/lib/postgresql';

/** An empty database, and somebody who looks into it without n8n. */
export type Postgres = Awaited<ReturnType<typeof createDatabase>>;

/**
 * Makes a database: on the PostgreSQL of this machine if it lets us in without password, else on one
 * that is started for it and ends with it.
 *
 * @param n8n whose PostgreSQL client is used
 * @throws Trouble that says what to install if there is neither
 */
export async function createDatabase(n8n: N8n) {
	const { Client } = createRequire(join(n8n.folder, 'package.json'))('pg') as {
		Client: new (options: object) => Client;
	};
	const connect = async (to: Omit<Server, 'stop'>): Promise<Client> => {
		const client = new Client({ ...to, connectionTimeoutMillis: 2_000 });
		// Its own end is told by the next query.
		client.on('error', () => undefined);
		await client.connect();
		return client;
	};

	const server = await connect(LOCAL).then(
		async (client) => {
			await client.end();
			return { ...LOCAL, stop: async () => {} };
		},
		async () => await startServer((to) => connect(to).then((client) => client.end())),
	);
	const name = `agora_e2e_${process.pid}_${Date.now().toString(36)}`;
	const admin = await connect(server);
	await admin.query(`CREATE DATABASE ${name}`);
	const own = { ...server, database: name };
	/** Connects anew if nobody may any more, or again. */
	let client: Client | undefined;

	return {
		/** What tells n8n to use it. */
		environment: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: own.host,
			DB_POSTGRESDB_PORT: String(own.port),
			DB_POSTGRESDB_USER: own.user,
			DB_POSTGRESDB_DATABASE: own.database,
		},
		async query(sql: string): Promise<Row[]> {
			client ??= await connect(own);
			return (await client.query(sql)).rows;
		},
		/** Throws everybody out, and lets nobody in for so long. */
		async close(ms: number): Promise<void> {
			client = undefined;
			await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
			await admin.query(
				`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
			);
			await sleep(ms);
			await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
		},
		/** Lets nobody read or write a table for so long. */
		async lock(table: string, ms: number): Promise<void> {
			const locker = await connect(own);
			await locker.query('BEGIN');
			await locker.query(`LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
			await sleep(ms);
			await locker.query('COMMIT');
			await locker.end();
		},
		/** Removes the database. */
		async drop(): Promise<void> {
			await client?.end();
			await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
			await admin.end();
			await server.stop();
		},
	};
}

/** Starts a PostgreSQL in a folder of its own. */
async function startServer(tryOut: (to: Omit<Server, 'stop'>) => Promise<void>): Promise<Server> {
	const bin = programs();
	const folder = mkdtempSync(join(tmpdir(), 'agora-postgres-'));
	const data = join(folder, 'data');
	// It refuses to run as root.
	const asRoot = userInfo().uid === 0;
	if (asRoot) spawnSync('chown', ['postgres', folder]);
	const command = (name: string, ...args: string[]): [string, string[]] =>
		asRoot
			? ['runuser', ['-u', 'postgres', '--', join(bin, name), ...args]]
			: [join(bin, name), args];

	const made = spawnSync(...command('initdb', '-D', data, '-U', LOCAL.user, '-A', 'trust', '-N'));
	if (made.status !== 0) {
		throw new Trouble('PostgreSQL could not be set up.', String(made.stderr ?? made.error));
	}
	const port = await freePort();
	const options = ['-h', LOCAL.host, '-p', String(port), '-k', folder, '-F'];
	const child = start(...command('postgres', '-D', data, ...options));
	const server = {
		...{ ...LOCAL, port },
		stop: async () => {
			await stop(child);
			rmSync(folder, { recursive: true, force: true });
		},
	};
	const deadline = Date.now() + START_WITHIN_MS;
	for (;;) {
		try {
			await tryOut(server);
			return server;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await sleep(200);
		}
	}
}

/** The folder of PostgreSQL's programs, the newest there is. */
function programs(): string {
	const inPath = spawnSync('sh', ['-c', 'dirname "$(command -v initdb)"']);
	const folder = String(inPath.stdout).trim();
	if (folder.startsWith('/')) return folder;
	let versions: string[] = [];
	try {
		versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a));
	} catch {
		// Not Debian's PostgreSQL.
	}
	if (versions.length > 0) return join(DEBIAN, versions[0], 'bin');
	throw new Trouble(
		`n8n's queue mode needs PostgreSQL: none answers user ${LOCAL.user} at ${LOCAL.host}:${LOCAL.port} without password, and none is installed that could be started (Debian: apt-get install postgresql).`,
	);
}
