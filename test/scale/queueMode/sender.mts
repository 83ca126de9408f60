/** Sends notices as Agora does: over connections that stay open, and again where they were not taken. */
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Notice } from '../../support/notices.mts';
import { signatures } from '../../support/signatures.mts';

/** Agora waits so long for an answer (notifications.md 1). */
const TIMEOUT_MS = 10_000;
/** Pauses before the three repeats: at once, then ever longer; Agora does not say how long. */
const REPEAT_AFTER_MS = [0, 10_000, 30_000];

/** One try to hand a notice over. */
export interface Attempt {
	noticeId: string;
	/** Which process was asked. */
	process: number;
	sentAt: number;
	answeredAt: number;
	/** HTTP status and the trigger's reason, or why there was no answer. */
	answer: string;
}

/** Whether Agora does not send a notice again. */
export const wasTaken = ({ answer }: Attempt) => answer.startsWith('200');

const agent = new Agent({ keepAlive: true });

async function post(url: string, body: string, secret: string): Promise<string> {
	return await new Promise((resolve) => {
		const headers = { 'content-type': 'application/json', ...signatures(body, secret) };
		const sent = request(url, { method: 'POST', agent, headers, timeout: TIMEOUT_MS }, (answer) => {
			text(answer).then(
				(told) => {
					const [, reason = ''] = /"reason":"(\w+)"/.exec(told) ?? [];
					const what = told.includes('"started":true') ? 'started' : reason || 'not of the trigger';
					resolve(`${answer.statusCode ?? 0} ${what}`);
				},
				() => resolve('cut off'),
			);
		});
		sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
		sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
		sent.end(body);
	});
}

/** The processes behind a load balancer. */
export interface Processes {
	count: number;
	/** The trigger's URL at a process. */
	urlOf: (process: number) => string;
	/** Whether the load balancer takes it for one that works. */
	works: (process: number) => boolean;
}

/** How much comes at a time. */
interface Pace {
	perSecond: number;
	atOnce: number;
}

/**
 * Sends notices in the order that is given, to the processes in turn, as through a load balancer; so does
 * a repeat.
 *
 * @param onSent is told how many were sent for the first time
 * @returns every try, in the order of the answers
 */
export async function sendAsAgora(
	notices: readonly Notice[],
	secret: string,
	{ perSecond, atOnce }: Pace,
	processes: Processes,
	onSent: (count: number) => void,
): Promise<Attempt[]> {
	const beganAt = Date.now();
	let turn = 0;
	/** The next one in turn that works; any where none does. */
	const next = (): number => {
		for (let i = 0; i < processes.count; i++) {
			const process = turn++ % processes.count;
			if (processes.works(process)) return process;
		}
		return turn % processes.count;
	};
	const attempts: Attempt[] = [];
	const repeats: Promise<void>[] = [];
	let sent = 0;

	const send = async (notice: Notice): Promise<boolean> => {
		const process = next();
		const sentAt = Date.now();
		// Agora tells when it sends, with every try anew.
		const body = JSON.stringify({ ...notice, notifyMs: sentAt });
		const answer = await post(processes.urlOf(process), body, secret);
		const { noticeId } = notice;
		const attempt = { noticeId, process, sentAt, answeredAt: Date.now(), answer };
		attempts.push(attempt);
		return wasTaken(attempt);
	};
	const repeat = async (notice: Notice): Promise<void> => {
		for (const pause of REPEAT_AFTER_MS) {
			await sleep(pause);
			if (await send(notice)) return;
		}
	};
	const queue = notices.entries();
	const worker = async () => {
		for (const [number, notice] of queue) {
			await sleep(Math.max(0, beganAt + (1_000 * number) / perSecond - Date.now()));
			const taken = await send(notice);
			if (!taken) repeats.push(repeat(notice));
			onSent(++sent);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	await Promise.all(repeats);
	return attempts;
}
