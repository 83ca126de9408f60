/** The simulator as a process of its own, seen through its control API. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseJson } from './json.mjs';
import { start, stop, tail } from './process.mjs';
import { Trouble } from './progress.mjs';
import { freePort } from './n8n-server.mjs';
import { node24, root } from './setup.mjs';

const READY_WITHIN_MS = 20_000;

/**
 * How many seconds pass at Agora in each second. Agora names the first file some 15 s after start; the
 * demo's whole recording is shorter.
 */
export const CLOCK_SPEED = 10;

/**
 * A recording as the simulator knows it.
 * @typedef {object} SimulatedRecording
 * @property {string} sid
 * @property {string} cname
 * @property {{ cause: string, because: string }} [ended] Only once it has ended
 */

/**
 * @typedef {object} RunningSimulator
 * @property {string} url
 * @property {string} storageUrl Of the bucket that recordings are uploaded to
 * @property {() => string} log The requests that it answered
 * @property {() => Promise<SimulatedRecording[]>} recordings
 * @property {(webhook: { url: string, secret: string }) => Promise<void>} setWebhook Where
 *   notifications of Cloud Recording go
 * @property {Promise<unknown>} ended Once it has ended
 */

/**
 * @param {string} logFile
 * @returns {Promise<RunningSimulator>}
 */
export async function startSimulator(logFile) {
	const port = await freePort();
	const url = `http://127.0.0.1:${port}`;
	const file = openSync(logFile, 'w');
	const cli = path.join(root, 'simulator', 'cli.mts');
	const storage = await freePort();
	const ports = ['--port', String(port), '--storage', String(storage)];
	const child = start(node24, [cli, ...ports, '--speed', String(CLOCK_SPEED)], {
		cwd: root,
		output: file,
	});
	closeSync(file);
	const log = () => readFileSync(logFile, 'utf8');
	const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));

	/**
	 * @param {string} what A path of the control API
	 * @param {RequestInit} [init]
	 * @returns {Promise<unknown>}
	 */
	const get = async (what, init = {}) => {
		const response = await fetch(`${url}/__simulator${what}`, {
			...init,
			signal: AbortSignal.timeout(5_000),
		});
		const text = await response.text();
		if (!response.ok) throw new Trouble(`The simulator refused to tell ${what}.`, text);
		return parseJson(text);
	};

	const outcome = await Promise.race([ended.then(() => 'ended'), readiness(get)]);
	if (outcome !== 'ready') {
		await stop(child);
		throw new Trouble('The simulator did not start.', tail(log()));
	}
	return {
		url,
		storageUrl: `http://127.0.0.1:${storage}`,
		log,
		ended,
		setWebhook: async (webhook) => {
			await get('/webhooks/3', { method: 'PUT', body: JSON.stringify(webhook) });
		},
		recordings: async () => /** @type {SimulatedRecording[]} */ (await get('/recordings')),
	};
}

/**
 * @param {(what: string) => Promise<unknown>} get
 * @returns {Promise<'ready' | 'late'>}
 */
async function readiness(get) {
	const deadline = Date.now() + READY_WITHIN_MS;
	while (Date.now() < deadline) {
		try {
			await get('/clock');
			return 'ready';
		} catch {
			await sleep(100);
		}
	}
	return 'late';
}
