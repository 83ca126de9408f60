/** One round of work for an n8n: so many recordings, and so many notifications beside them. */
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { makeNotice } from '../../support/notices.mts';
import { signatures } from '../../support/signatures.mts';
import { counted } from '../report.mts';

export const SECRET = 'cloud-recording-secret';

const ITEMS_OF_EXECUTION = 25;
const EXECUTIONS_AT_ONCE = 3;
/** Of the items of a round, those that are verified, all in one execution: each waits for five seconds. */
const VERIFIED = 0.1;
const NOTICES_AT_ONCE = 5;
/** Of 20 notices: what the last ones are; the others are new ones. */
const KINDS = [
	...Array.from({ length: 14 }, () => 'started' as const),
	...(['duplicate', 'duplicate', 'filtered', 'filtered', 'filtered', 'notSigned'] as const),
];

/** Where a round goes. */
export interface Target {
	record: string;
	hear: string;
	/** Whether it tells notices apart; else it gets only those that start something. */
	tells: boolean;
}

/** What a round came to. */
export interface Round {
	items: number;
	notices: number;
	/** Milliseconds an item, of each execution that verified nothing. */
	itemTimes: number[];
	/** Answers to notifications that are not what they should be, by what they are. */
	wrongAnswers: Record<string, number>;
	/** Executions that did not answer with an item. */
	failed: string[];
}

/** @returns status and body of the answer */
async function post(url: string, body: string, headers: Record<string, string> = {}) {
	return await new Promise<{ status: number; body: string }>((resolve, reject) => {
		const all = { 'content-type': 'application/json', ...headers };
		// A connection for each: n8n may close one that was kept just as it is used again.
		const sent = request(url, { method: 'POST', agent: false, headers: all }, (response) => {
			text(response).then(
				(answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
				reject,
			);
		});
		sent.on('error', reject);
		sent.end(body);
	});
}

/** Works through a list, so many at a time. */
async function each<T>(list: T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
	const queue = list.values();
	const worker = async () => {
		for (const one of queue) await work(one);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}

/** @param name tells the channels of this round from those of the others */
export async function runRound(
	target: Target,
	name: string,
	items: number,
	notices: number,
): Promise<Round> {
	const round: Round = { items, notices: 0, itemTimes: [], wrongAnswers: {}, failed: [] };
	const channels = Array.from({ length: items }, (_, i) => `soak-${name}-${i}`);
	const verified = channels.splice(0, Math.floor(items * VERIFIED));

	const record = async (some: string[], verify: boolean) => {
		const beganAt = performance.now();
		const { status, body } = await post(target.record, JSON.stringify({ channels: some, verify }));
		if (!verify) round.itemTimes.push((performance.now() - beganAt) / some.length);
		if (status !== 200) round.failed.push(`${status} ${body.slice(0, 300)}`);
	};
	const executions: string[][] = [];
	while (channels.length > 0) executions.push(channels.splice(0, ITEMS_OF_EXECUTION));

	const wrong: string[] = [];
	/** One that was taken, for copies of it. */
	let taken = '';
	const hear = async (number: number) => {
		const kind = KINDS[number % KINDS.length];
		if (!target.tells && kind !== 'started') return;
		const cname = kind === 'filtered' ? 'another' : 'class-1';
		const sid = `${name}-${String(number).padStart(6, '0')}`;
		const notice = makeNotice({ cname, sid }, { sid, noticeId: sid });
		const body = kind === 'duplicate' && taken !== '' ? taken : JSON.stringify(notice);
		const answer = await post(
			target.hear,
			body,
			signatures(body, kind === 'notSigned' ? 'forged' : SECRET),
		);
		round.notices++;
		if (kind === 'started' && answer.status === 200) taken = body;
		const right = target.tells
			? answer.body.includes(kind === 'started' ? '"started":true' : `"${kind}"`)
			: answer.status === 200;
		if (!right) wrong.push(`${kind}: ${answer.status} ${answer.body.slice(0, 100)}`);
	};

	await Promise.all([
		each(executions, EXECUTIONS_AT_ONCE, (some) => record(some, false)),
		verified.length > 0 ? record(verified, true) : undefined,
		each(
			Array.from({ length: notices }, (_, i) => i),
			NOTICES_AT_ONCE,
			hear,
		),
	]);
	round.wrongAnswers = counted(wrong);
	return round;
}
