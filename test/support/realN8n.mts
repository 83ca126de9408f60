import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npm } from '../../scripts/lib/npm.mjs';
import { N8nRest } from '../../scripts/n8n-rest.mjs';
import { freePort, installPackage, startN8n } from '../../scripts/n8n-server.mjs';
import { ensureN8n } from '../../scripts/n8n.mjs';

const LOGIN = { email: 'owner@example.com', password: 'Trigger-tests-1' };
const ACTIVE_WITHIN_MS = 30_000;

interface StoredWorkflow {
	id: string;
	versionId: string;
}

/** One row of a query. */
type Row = Record<string, unknown>;

interface Database {
	all: (sql: string, done: (error: Error | null, rows: Row[]) => void) => void;
	exec: (sql: string, done: (error: Error | null) => void) => void;
	close: (done: () => void) => void;
}

/**
 * A real n8n with the built and packed package installed as a user's would be, in a folder of its own
 * that goes with it. The package must be built.
 */
export async function startRealN8n(env: Record<string, string> = {}) {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-trigger-'));
	const n8n = await ensureN8n({ lockFolder: resolve('demo/n8n') });
	await npm('Packing', resolve('.'), ['pack', '--ignore-scripts', '--pack-destination', folder]);
	const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
	if (tarball === undefined) throw new Error('npm pack made no tarball');
	await installPackage(folder, join(folder, tarball));
	const server = await startN8n(n8n, {
		userFolder: folder,
		port: await freePort(),
		logFile: join(folder, 'n8n.log'),
		env: { N8N_DISABLED_MODULES: 'mcp-registry', N8N_VERIFIED_PACKAGES_ENABLED: 'false', ...env },
	});
	const rest = new N8nRest(server.url);
	await rest.setUpOwner(LOGIN);

	/** The database of n8n, as another process sees it. */
	const openDatabase = () => {
		const { Database } = createRequire(join(n8n.folder, 'package.json'))('sqlite3') as {
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

	return {
		...server,
		rest,
		/** With which its owner signs in. */
		login: LOGIN,
		openDatabase,
		version: (
			createRequire(join(n8n.folder, 'package.json'))('n8n/package.json') as {
				version: string;
			}
		).version,
		/** Stores a workflow and makes its production URL work. */
		async activate(workflow: object): Promise<string> {
			const created = (await rest.call('POST', '/workflows', workflow)) as StoredWorkflow;
			await rest.call('POST', `/workflows/${created.id}/activate`, {
				versionId: created.versionId,
			});
			return created.id;
		},
		/** Waits until a URL is somebody's. */
		async reachable(url: string): Promise<void> {
			const deadline = Date.now() + ACTIVE_WITHIN_MS;
			while (Date.now() < deadline) {
				const { status } = await fetch(url, { method: 'POST' });
				if (status !== 404) return;
				await sleep(200);
			}
			throw new Error(`${url} stays 404\n${server.log().slice(-2000)}`);
		},
		async stop(): Promise<void> {
			await server.stop();
			rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
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
				typeVersion: 1,
				position: [0, 0],
				webhookId,
				parameters: { product: 'cloudRecording', events: ['any'], ...parameters },
				credentials: { agoraApi: { id: credentialId, name: 'Agora' } },
			},
		],
		connections: {},
		settings: { executionOrder: 'v1', ...settings },
	};
}

/** Path of the trigger's URL behind `/webhook/` and `/webhook-test/`. */
export const triggerPath = (webhookId: string) => `${webhookId}/agora-notifications`;
