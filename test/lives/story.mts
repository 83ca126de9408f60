import { textOf } from '../support/failures.mts';
import { CHANNELS, type Life, type StorageTrouble, type Trouble } from './life.mts';
import { linked } from './opened.mts';
import { statementsOf, type Rule } from './rules/rule.mts';
import type { Lived, Sent, StorageSent } from './told.mts';

/** A life as a story that a person can read: what was set up, what happened when, what the node said. */

const LONGEST_LINE = 400;

const cut = (text: string, longest = LONGEST_LINE) =>
	text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;

/** Long IDs in their first characters. */
const shortened = (text: string) => text.replace(/[\w+=-]{32,}/g, (id) => `${id.slice(0, 8)}…`);

function troubleText(trouble: Trouble | StorageTrouble): string {
	const { kind, ...more } = trouble;
	const words = Object.entries(more).map(([key, value]) =>
		key === 'effect'
			? value
				? 'carried out all the same'
				: 'not carried out'
			: `${key} ${JSON.stringify(value)}`,
	);
	return [kind, ...words].join(', ');
}

function settingsText(life: Life): string[] {
	const { mode, items, start, node, steps, certificate, empty, latencyMs, olderSpelling } = life;
	const on = Object.entries(start)
		.filter(([, value]) => value !== undefined)
		.map(([key, value]) => `${key} ${String(value)}`);
	return [
		`Mode ${mode}; ${node.tool ? "an agent's tool; " : ''}On Error: ${node.onError}${node.tries > 1 ? `; Retry On Fail, ${node.tries} tries` : ''}`,
		`Items: ${items.map(({ channel, uid, extra }) => `${CHANNELS[channel]}${uid ? ` as ${uid}` : ''}${extra === 'none' ? '' : ` (${extra} JSON)`}`).join(', ')}`,
		`Start: ${on.join(', ')}`,
		...(steps.length > 0 && !node.tool
			? [
					`Then: ${steps
						.map((step) =>
							Object.values(step)
								.filter((value) => value !== undefined)
								.join(' '),
						)
						.join(' → ')}`,
				]
			: []),
		...(certificate ? ['The project has a certificate'] : []),
		...(life.credentialTrouble ? [`The credential is wrong: ${life.credentialTrouble}`] : []),
		...(empty.length > 0 ? [`Nobody is in ${empty.map((i) => CHANNELS[i]).join(', ')}`] : []),
		...life.questions.map(
			({ nth, times, trouble }) =>
				`Questions about channels from ${nth} on (${times}): ${troubleText(trouble)}`,
		),
		`Storage: ${storageText(life)}`,
		...(olderSpelling ? ['Agora writes numbers and booleans as text'] : []),
		...(latencyMs > 0 ? [`Every request takes ${latencyMs} ms`] : []),
	];
}

function storageText({ storage: { keys, folder, mp4DelayMs, backup, forged } }: Life): string {
	return [
		`keys ${keys}`,
		`folder "${folder}"`,
		...(mp4DelayMs > 0 ? [`MP4 files come ${mp4DelayMs / 1000} s late`] : []),
		...(forged ? ["playlists name a stranger's files"] : []),
		...(backup ? ["what comes last is in Agora's backup for a minute"] : []),
	].join(', ');
}

/** What a request came to. */
function answerText({ status, answer, failure, answeredAt }: Sent): string {
	if (answeredAt === undefined) return 'no answer was ever seen';
	if (failure) return `no answer: ${failure}`;
	const { code, reason, message, sid, serverResponse } = answer ?? {};
	const inner = serverResponse as { status?: unknown; payload?: { message?: unknown } } | undefined;
	const words = [
		code !== undefined && `code ${String(code as number)}`,
		reason !== undefined && `"${cut(String(reason as string), 80)}"`,
		message !== undefined && `"${cut(String(message as string), 80)}"`,
		sid !== undefined && `sid ${String(sid as string).slice(0, 8)}`,
		inner?.status !== undefined && `status ${String(inner.status as number)}`,
		inner?.payload?.message !== undefined && `"${String(inner.payload.message as string)}"`,
	].filter(Boolean);
	return `${status}${answer ? '' : ' without JSON'}${words.length > 0 ? `, ${words.join(', ')}` : ''}`;
}

interface Line {
	at: number;
	order: number;
	text: string;
}

function requestLine(sent: Sent): Line {
	const { number, order, sentAt, answeredAt, operation, cname, uid, sid, trouble, began } = sent;
	const took =
		answeredAt !== undefined && answeredAt > sentAt
			? ` after ${(answeredAt - sentAt) / 1000} s`
			: '';
	return {
		at: sentAt,
		order,
		text: [
			`#${number} ${operation}${sid ? ` of ${sid.slice(0, 8)}` : ` ${String(cname)} / ${String(uid)}`}`,
			`(${sent.execution}${sent.afterCancel ? ', cancelled' : ''})`,
			`→ ${answerText(sent)}${took}`,
			began ? `; a recording begins: ${began.slice(0, 8)}` : '',
			trouble ? `; FAULT ${cut(troubleText(trouble), 160)}` : '',
		].join(' '),
	};
}

/** A life may list without end: so many requests of it are told. */
const MOST_STORED = 200;

function storedLine(sent: StorageSent): Line {
	const { number, order, sentAt, answeredAt, on, key, opens, status, failure, trouble } = sent;
	const took =
		answeredAt !== undefined && answeredAt > sentAt
			? ` after ${(answeredAt - sentAt) / 1000} s`
			: '';
	const answer = failure === undefined ? String(status || 'no answer was ever seen') : failure;
	return {
		at: sentAt,
		order,
		text: [
			`S${number} ${opens ? 'open' : on} ${shortened(key)}`,
			`(${sent.execution}${sent.afterCancel ? ', cancelled' : ''})`,
			`→ ${answer}${took}`,
			trouble ? `; FAULT ${cut(troubleText(trouble), 160)}` : '',
		].join(' '),
	};
}

/** What an item says of links. */
const linksText = (json: object): string => {
	const states = linked(json).map(({ linkState }) => textOf(linkState));
	return states.length > 0 ? ` [${[...new Set(states)].join(', ')}]` : '';
};

/** All lines of what happened, by time. */
function happenings(lived: Lived): Line[] {
	const tries = lived.executions.flatMap(({ runs }) =>
		runs.flatMap((run) =>
			run.tries.map(({ from, order }, i) => ({
				at: from,
				order,
				text: `${run.execution}: ${run.node} begins${i > 0 ? ` again (try ${i + 1})` : ''}`,
			})),
		),
	);
	const done = lived.met.map(({ at, order, what }) => ({ at, order, text: `*** ${what}` }));
	const log = lived.log.map(({ at, order, level, text }) => ({
		at,
		order,
		text: `log ${level}: ${cut(text)}`,
	}));
	const ends = lived.page
		.filter(({ endedAt, cause }) => endedAt !== undefined && cause !== 'stop')
		.map(({ endedAt = 0, sid, cause }) => ({
			at: endedAt,
			order: -2,
			text: `${sid.slice(0, 8)} ends: ${String(cause)}`,
		}));
	const stored = lived.stored.slice(0, MOST_STORED).map(storedLine);
	const sent = [...lived.requests.map(requestLine), ...stored];
	return [...tries, ...sent, ...done, ...log, ...ends].sort(
		(a, b) => a.at - b.at || a.order - b.order,
	);
}

/** What the node said in the end. */
function saidText(lived: Lived): string[] {
	return statementsOf(lived).map(
		({ run, outcome, json, message, description, details, thrown }) => {
			const who = `${run.execution}: ${run.node}`;
			if (message === undefined) {
				return `${who}: ${outcome ?? 'an item without an outcome'} ${textOf(json.cname)} / ${textOf(json.uid)}${json.sid ? ` / ${textOf(json.sid).slice(0, 8)}` : ''}${linksText(json)}`;
			}
			const running = thrown ? (run.thrown?.runningRecordings ?? []) : [];
			return `${who} ${thrown ? 'throws' : 'gives the error'}: ${cut(message)} — ${cut(shortened(description ?? ''))} ${cut(shortened(JSON.stringify(details)))}${running.length > 0 ? `; running: ${cut(shortened(JSON.stringify(running)))}` : ''}`;
		},
	);
}

export interface Broken {
	rule: Rule;
	breaches: string[];
}

/** The story of a life that broke rules. */
export function storyOf(lived: Lived, broken: readonly Broken[]): string {
	const time = (at: number) => `${((at - lived.beganAt) / 1000).toFixed(1).padStart(7)} s`;
	return [
		...settingsText(lived.life),
		'',
		...happenings(lived).map(({ at, text }) => `${time(at)}  ${text}`),
		...lived.executions.map(
			({ name, status, endedAt }) => `${time(endedAt)}  ${name} ends: ${status}`,
		),
		'',
		'What was said:',
		...saidText(lived).map((line) => `  ${line}`),
		'The books at the end:',
		...lived.page.map(
			({ cname, uid, sid, status, running, cause }) =>
				`  ${cname} / ${uid} / ${sid.slice(0, 8)}: ${running ? 'RUNS' : `over (${String(cause)})`}, status ${status}`,
		),
		'',
		...broken.flatMap(({ rule, breaches }) => [
			`BROKEN rule ${rule.number} "${rule.name}": ${rule.says}`,
			...breaches.map((breach) => `  ${breach}`),
		]),
	].join('\n');
}
