import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npm } from '../../tools/npm.mjs';
import { N8nRest } from '../../tools/n8n-rest.mjs';
import { freePort, installPackage, startN8n } from '../../tools/n8n-server.mjs';
import { ensureN8n, type N8n } from '../../tools/n8n.mjs';
import { isObject } from './json.mts';
import { Sweep } from './sweep.mts';
import { sweepN8n } from './sweepN8n.mts';

export const LOGIN = { email: 'owner@example.com', password: 'Trigger-tests-1' };
/** Where package.json and package-lock.json of the n8n under test are. */
export const LOCK_FOLDER = process.env.N8N_LOCK_FOLDER ?? 'demo/n8n';
const ACTIVE_WITHIN_MS = 30_000;

/** One row of a query. */
type Row = Record<string, unknown>;

interface Database {
	all: (sql: string, done: (error: Error | null, rows: Row[]) => void) => void;
	exec: (sql: string, done: (error: Error | null) => void) => void;
	close: (done: () => void) => void;
}

/** An n8n, and a user folder in which the built and packed package is installed as a user's would be. */
export async function prepareN8n(lockFolder: string): Promise<{ n8n: N8n; folder: string }> {
	const n8n = await ensureN8n({ lockFolder: resolve(lockFolder) });
	const folder = mkdtempSync(join(tmpdir(), 'n8n-trigger-'));
	await npm('Packing', resolve('.'), ['pack', '--ignore-scripts', '--pack-destination', folder]);
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error('npm pack made no tarball');
	await installPackage(folder, join(folder, tarball));
	return { n8n, folder };
}

/** The version of an installed n8n. */
export const versionOf = ({ folder }: N8n): string =>
	(createRequire(join(folder, 'package.json'))('n8n/package.json') as { version: string }).version;

/** Stores a workflow and activates it, which its production URL shows a moment later. */
export async function activate(rest: N8nRest, workflow: object): Promise<string> {
	const id = await rest.createWorkflow({ ...workflow });
	const { versionId } = (await rest.call('GET', `/workflows/${id}`)) as { versionId: string };
	await rest.call('POST', `/workflows/${id}/activate`, { versionId });
	return id;
}

/** Waits until a production URL is there. */
export async function reachable(url: string, log = () => ''): Promise<void> {
	const deadline = Date.now() + ACTIVE_WITHIN_MS;
	while (Date.now() < deadline) {
		const { status } = await fetch(url, { method: 'POST' });
		if (status !== 404) return;
		await sleep(200);
	}
	throw new Error(`${url} stays 404\n${log().slice(-2000)}`);
}

/**
 * A real n8n with the package, in a folder of its own that goes with it. The package must be built. When it
 * is stopped, everything that it stored and logged is searched for the secrets of its Agora credentials.
 */
export async function startRealN8n(env: Record<string, string> = {}) {
	const { n8n, folder } = await prepareN8n(LOCK_FOLDER);
	const port = await freePort();
	const start = async () =>
		await startN8n(n8n, {
			...{ userFolder: folder, port },
			logFile: join(folder, 'n8n.log'),
			env,
		});
	let server = await start();
	const sweep = new Sweep();
	const rest = new (class extends N8nRest {
		override async createCredential(credential: Parameters<N8nRest['createCredential']>[0]) {
			const { type, data } = credential;
			if (type === 'agoraApi' && isObject(data)) sweep.mark(data);
			return await super.createCredential(credential);
		}
	})(server.url);
	await rest.setUpOwner(LOGIN);
	/** Loads a package that n8n itself uses. */
	const requireFromN8n = createRequire(join(n8n.folder, 'package.json'));

	/** The database of n8n, as another process sees it. */
	const openDatabase = () => {
		const { Database } = requireFromN8n('sqlite3') as {
			Database: new (file: string) => Database;
		};
		const database = new Database(join(folder, '.n8n', 'database.sqlite'));
		return {
			query: async (sql: string) =>
				await new Promise<Row[]>((found, failed) =>
					database.all(sql, (error, rows) => (error ? failed(error) : found(rows))),
				),
			run: async (sql: string) =>
				await new Promise<void>((done, failed) =>
					database.exec(sql, (error) => (error ? failed(error) : done())),
				),
			close: async () => await new Promise<void>((done) => database.close(done)),
		};
	};

	const log = () => server.log();
	const stopServer = async () => {
		await server.stop();
		for (const line of log().split('\n')) sweep.look('lines of the log', line);
	};
	return {
		url: server.url,
		get pid() {
			return server.pid;
		},
		log,
		rest,
		/** To look for secrets elsewhere too. */
		sweep,
		/** With which its owner signs in. */
		login: LOGIN,
		openDatabase,
		require: requireFromN8n as (name: string) => unknown,
		version: versionOf(n8n),
		nodeVersion: execFileSync(n8n.node, ['--version'], { encoding: 'utf8' }).trim(),
		activate: async (workflow: object) => await activate(rest, workflow),
		reachable: async (url: string) => await reachable(url, log),
		/**
		 * Ends n8n and starts it again: same folder, same URL.
		 *
		 * @param meanwhile is done while there is none
		 */
		async restart(meanwhile?: () => Promise<void>): Promise<void> {
			await stopServer();
			await meanwhile?.();
			server = await start();
		},
		async stop(): Promise<void> {
			await stopServer();
			const database = openDatabase();
			await sweepN8n(sweep, folder, database.query);
			await database.close();
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
			sweep.count();
			assert.deepEqual(sweep.found(), [], 'Secrets of the credential were found');
		},
	};
}

export type RealN8n = Awaited<ReturnType<typeof startRealN8n>>;

const TRIGGER_TYPE = 'n8n-nodes-agora-cloud-recording.agoraCloudRecordingTrigger';

/** A workflow of the trigger alone, or with nodes behind it. */
export function triggerWorkflow(
	webhookId: string,
	credentialId: string,
	parameters: object = {},
	settings: object = {},
) {
	return {
		name: `Trigger ${webhookId}`,
		nodes: [
			{
				id: webhookId,
				name: 'Agora Cloud Recording Trigger',
				type: TRIGGER_TYPE,
				typeVersion: 1.1,
				position: [0, 0],
				webhookId,
				parameters: { events: ['any_recording_event'], ...parameters },
				credentials: { agoraApi: { id: credentialId, name: 'Agora' } },
			},
		],
		connections: {},
		settings: { executionOrder: 'v1', ...settings },
	};
}

/** Path of the trigger's URL behind `/webhook/` and `/webhook-test/`. */
export const triggerPath = (webhookId: string) => `${webhookId}/agora-notifications`;
