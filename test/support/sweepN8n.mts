import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Sweep } from './sweep.mts';

type Query = (sql: string) => Promise<Array<Record<string, unknown>>>;

const readable = (value: unknown): unknown =>
	value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;

/** Searches all that an n8n has stored: every row of its database, executions among them, and every file. */
export async function sweepN8n(sweep: Sweep, folder: string, query: Query): Promise<void> {
	const tables = await query("select name from sqlite_master where type = 'table'");
	for (const { name } of tables) {
		const kind = `rows of ${String(name).startsWith('execution') ? 'executions' : 'other tables'}`;
		for (const row of await query(`select * from "${String(name)}"`)) {
			sweep.look(kind, JSON.stringify(Object.values(row).map(readable)));
		}
	}
	const installed = (path: string) => path === 'nodes' || path.startsWith('database.sqlite');
	for (const path of globSync('**/*', { cwd: join(folder, '.n8n'), exclude: installed })) {
		const file = join(folder, '.n8n', path);
		if (statSync(file).isFile()) sweep.look('files', readFileSync(file, 'latin1'));
	}
}
