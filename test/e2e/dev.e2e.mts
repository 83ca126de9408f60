import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { N8nRest } from '../../tools/n8n-rest.mjs';
import { freePort } from '../../tools/n8n-server.mjs';

/** `npm run dev` in a copy of this checkout, in which a developer changes something. */

const WITHIN_MS = 120_000;
const COPIED = [
	...['credentials', 'demo', 'icons', 'nodes', 'scripts', 'simulator', 'tools'],
	...['package.json', 'package-lock.json', 'tsconfig.json'],
];

const checkout = mkdtempSync(join(tmpdir(), 'checkout-'));
let dev: ChildProcess;
let output = '';
let rest: N8nRest;
let cookie: string;

/** Waits until something is so. @throws Error with what the program said */
async function until<T>(
	what: string,
	look: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
	const deadline = Date.now() + WITHIN_MS;
	while (Date.now() < deadline && dev.exitCode === null) {
		const found = await look();
		if (found !== undefined && found !== false) return found;
		await sleep(500);
	}
	throw new Error(`${what} did not come about\n${output}`);
}

/** Every node's form as the editor gets it. Not parsed: n8n may be writing it. */
async function shownForms(): Promise<string> {
	const response = await fetch(`${rest.url}/types/nodes.json`, { headers: { cookie } });
	assert.equal(response.status, 200);
	return await response.text();
}

function change(file: string, from: string, to: string): void {
	const path = join(checkout, file);
	const text = readFileSync(path, 'utf8');
	assert.ok(text.includes(from), `${file} has no ${from}`);
	writeFileSync(path, text.replace(from, to));
}

before(async () => {
	for (const name of COPIED) cpSync(name, join(checkout, name), { recursive: true });
	symlinkSync(resolve('node_modules'), join(checkout, 'node_modules'));
	const port = await freePort();
	dev = spawn(process.execPath, ['scripts/dev.mjs', '--port', String(port)], { cwd: checkout });
	for (const stream of [dev.stdout, dev.stderr]) {
		stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	await until('n8n', () => output.includes('Ctrl+C ends everything') || undefined);
	rest = new N8nRest(`http://127.0.0.1:${port}`);
	const [, email = '', password = ''] = /Log in with\s+(\S+)\s+(\S+)/.exec(output) ?? [];
	await rest.logIn({ email, password });
	const login = await fetch(`${rest.url}/rest/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: email, password }),
	});
	cookie = login.headers.getSetCookie().join('; ');
});

after(async () => {
	const [, logs] = /^Logs\s+(\S+)$/m.exec(output) ?? [];
	dev.kill('SIGINT');
	if (dev.exitCode === null) await new Promise((ended) => dev.once('exit', ended));
	for (const folder of [checkout, logs]) {
		if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
	assert.equal(dev.exitCode, 0, output);
});

describe('npm run dev', () => {
	it('has a workflow that records in the simulator', async () => {
		const workflows = (await rest.call('GET', '/workflows')) as Array<{ id: string; name: string }>;
		const id = workflows.find(({ name }) => name === 'Demo: record a channel')?.id ?? '';
		const execution = await rest.runWorkflow(id, 'When Clicking Execute');
		const { status, runs } = await until('The end of the execution', async () => {
			const seen = await rest.getExecution(execution);
			return ['new', 'running', 'waiting'].includes(seen.status) ? undefined : seen;
		});
		assert.equal(status, 'success');
		assert.equal(runs.Stop[0].items[0].outcome, 'stopped');
	});

	it('shows a change of the form without a restart', async () => {
		const forms = await shownForms();
		assert.ok(forms.includes('Recorder UID') && !forms.includes('Name of the Channel'));
		change('nodes/AgoraCloudRecording/form/names.ts', 'Channel Name', 'Name of the Channel');
		await until('The new name', async () =>
			(await shownForms()).includes('Name of the Channel') ? true : undefined,
		);
	});

	it('goes on with what it has when the code does not compile', async () => {
		// At one go: what compiles is loaded at once.
		change(
			'nodes/AgoraCloudRecording/form/names.ts',
			"'Name of the Channel'",
			"'Wrong Name' satisfies number",
		);
		await until('The error', () => (/Found [1-9]\d* errors?/.test(output) ? true : undefined));
		await sleep(2_000);
		const forms = await shownForms();
		assert.ok(forms.includes('Name of the Channel') && !forms.includes('Wrong Name'));
	});
});
