import { classifyAnswer } from '../../nodes/AgoraCloudRecording/agora/answers/classify.ts';
import { likelyCauses } from '../../nodes/AgoraCloudRecording/agora/answers/likelyCauses.ts';
import {
	ERROR_CODES,
	ERROR_LEVELS,
	LEAVE_BITS,
	LEAVE_INITIALISATION_FAILED,
	LEAVE_REASONS,
	MODULES,
	PAGE_LIMITS,
	RELOAD_REASONS,
	UPLOADER_WARNINGS,
	WEB_STOP_CODES,
} from '../../nodes/AgoraCloudRecording/agora/notifications/codes.ts';
import type { Outcome } from '../../nodes/AgoraCloudRecording/agora/answers/outcomes.ts';
import { describeStatus } from '../../nodes/AgoraCloudRecording/agora/answers/statuses.ts';
import { describeFailure } from '../support/failures.mts';
import { COLUMNS, runOf, type Column } from '../support/faultTable.mts';
import type { Setup } from '../support/setup.mts';
import { answersAt, type Met } from './answers.mts';
import { code, GENERATED, list, page, table } from './markdown.mts';

const TITLES: Record<Column, string> = {
	acquire: 'Acquire',
	start: 'Start',
	query: 'Query',
	update: 'Update',
	updateLayout: 'Update Layout',
	stop: 'Stop',
	getAll: 'Get Many (notification servers)',
	getChannels: 'Get Many (channels)',
	getChannelUsers: 'Get Users',
};

/** Which operations end in an outcome, and what it means. */
export const OUTCOMES: Record<Outcome, [operations: string, meaning: string]> = {
	acquired: ['Acquire', 'Agora gave a resource ID. Nothing is recorded yet.'],
	recording: ['Start, Query', 'Agora says that it records.'],
	ready: [
		'Start, Query',
		'The recorder runs, but Agora does not say yet that it records: mostly nobody sends in the channel. `endsAtIfNobodySends` of Start tells when it ends in that case.',
	],
	paused: ['Start, Query', 'A web page recording is on hold: Update resumes it.'],
	accepted: [
		'Start',
		'Agora took the start; nobody asked whether it runs, because *Verify Start* is off.',
	],
	skipped: [
		'Start',
		'Agora said twice that nobody is in the channel, and *If Channel Is Empty* is *Skip*. Nothing was started.',
	],
	unconfirmed: [
		'Start',
		'Agora took the start, but did not say in time that it runs, and *If Not Confirmed* is *Return Item*.',
	],
	starting: ['Query', 'It has been started and does not record yet.'],
	stopping: ['Query, Stop', 'It is ending; its upload may go on.'],
	ended: ['Query', 'It has ended.'],
	failed: ['Query', 'It ended abnormally.'],
	unknown: [
		'Query',
		'Agora gave a status that it does not document, or none of the recorder of a web page; whether it records is not known.',
	],
	updated: ['Update, Update Layout', 'Agora took the change.'],
	stopped: ['Stop', 'It is over. `uploadStatus` tells where its files are.'],
	noRecordedData: ['Stop', 'It is over, and nobody sent audio or video: there are no files.'],
	notFound: [
		'Query, Stop',
		'Agora does not find it: it ended, never began, or moves to another server. `likelyCauses` tells which is likely.',
	],
};

/** What an operation that meets an answer, again and again, ends in. */
interface Ending {
	message: string;
	advice: string;
	again: string;
	endsIn: string;
}

/** Form and recording for an operation. */
async function prepare(agora: Setup, operation: Column, entered: Met['entered']) {
	const form = { mode: 'mix', channelName: 'class-7', ...entered };
	if (operation === 'acquire' || operation === 'start') return { parameters: form, more: {} };
	const { resource, isAboutRecording } = runOf(operation);
	if (!isAboutRecording) return { parameters: { resource, channelName: 'class-7' }, more: {} };
	const items = [await agora.runOne('start', form)];
	agora.time.pass(60_000);
	agora.control.clearRequests();
	return { parameters: { mode: 'mix', change: 'subscription' }, more: { items } };
}

/** When the request was sent again, in words. */
function againText(operation: Column, seconds: number[], acquires: number): string {
	if (seconds.length === 0) return 'no';
	const waited = seconds.reduce((sum, gap) => sum + gap, 0);
	if (waited >= 60 && seconds.length > 5) return 'for a minute, more slowly';
	const times = `after ${seconds.join(', ')} s`;
	return operation === 'start' && acquires > 1 ? `${times}, with a new resource` : times;
}

/** Lets the node itself meet the answer, and sees what comes of it. */
async function endingOf(agora: Setup, operation: Column, met: Met): Promise<Ending> {
	agora.fresh();
	const { parameters, more } = await prepare(agora, operation, met.entered);
	const { trouble } = met;
	const { sends, operation: name } = runOf(operation);
	if ('fault' in trouble) {
		const match = { operation: sends.operation };
		agora.control.addFault({ match, fault: trouble.fault, times: null });
	}
	const times: number[] = [];
	const route = (url: string) => {
		if (!sends.url.test(url)) return url;
		times.push(agora.time.now());
		if ('network' in trouble) throw Object.assign(new Error('down'), { code: trouble.network });
		return url;
	};
	const result: unknown = await agora
		.run(name, parameters, { ...more, route })
		.then(([{ json }]) => json.outcome)
		.catch((thrown: unknown) => describeFailure(thrown));
	const seconds = times.slice(1).map((time, i) => (time - times[i]) / 1000);
	const again = againText(operation, seconds, agora.count('acquire'));
	if (typeof result === 'string') {
		const { message } = classifyAnswer(operation, met.answer);
		return { message, advice: '', again, endsIn: code(result) };
	}
	const { message, description, details } = result as ReturnType<typeof describeFailure>;
	const facts = description.indexOf(met.factsBegin);
	if (facts < 0) throw new Error(`${operation}: no "${met.factsBegin}" in "${description}"`);
	return {
		message,
		// The recording and the facts of the answer stand on lines of their own.
		advice: description
			.slice(0, facts)
			.split('<br>')
			.filter((line) => line !== '' && !line.startsWith('Recording: '))
			.join('<br>'),
		again,
		endsIn: details.mayRun === true ? 'error, may be running' : 'error',
	};
}

const HEAD = [
	'HTTP',
	'Code',
	"Agora's words",
	'What happened',
	'What to do',
	'Asked again',
	'Ends in',
];

/** Numbers first, in order; then "any" and the like. */
function byAnswer(one: string[], other: string[]): number {
	const rank = (row: string[]) => [row[0], row[1]].map((text) => Number(text || 0));
	const [a, b] = [rank(one), rank(other)];
	for (const i of [0, 1]) {
		if (Number.isNaN(a[i]) !== Number.isNaN(b[i])) return Number.isNaN(a[i]) ? 1 : -1;
		const order = Number.isNaN(a[i]) ? one[i].localeCompare(other[i]) : a[i] - b[i];
		if (order !== 0) return order;
	}
	return 0;
}

/** What has different words but the same meaning is one row. */
function joined(rows: string[][]): string[][] {
	const byMeaning = new Map<string, string[]>();
	for (const row of rows) {
		const key = row.filter((_, i) => i !== 2).join('|');
		const known = byMeaning.get(key);
		if (known) known[2] = [known[2], row[2]].filter(Boolean).join(' or ');
		else byMeaning.set(key, [...row]);
	}
	return [...byMeaning.values()];
}

async function operationTable(agora: Setup, operation: Column): Promise<string> {
	const rows: string[][] = [];
	for (const met of answersAt(operation)) {
		const { message, advice, again, endsIn } = await endingOf(agora, operation, met);
		rows.push([met.http, met.code, met.words, message, advice, again, endsIn]);
	}
	return table(HEAD, joined(rows).sort(byAnswer));
}

const HIGHEST_STATUS = 99;

/** Status codes of query that have a name. */
const statusRows = () =>
	Array.from({ length: HIGHEST_STATUS + 1 }, (_, status) => ({ status, ...describeStatus(status) }))
		.filter(({ name }) => name !== 'unknown')
		.map(({ status, name, outcome }) => [String(status), code(name), code(outcome)]);

const NOW = Date.UTC(2026, 0, 1, 12);

/** Causes as the node names them, for a recording of an hour ago. */
function causes(mode: 'mix' | 'web', seenToRun: boolean): string {
	const ofMode = mode === 'web' ? { maxRecordingHour: 3 } : { maxIdleTime: 300 };
	return list(
		likelyCauses({
			...ofMode,
			mode,
			seenToRun,
			now: NOW,
			startedAt: NOW - 3_600_000,
			acquiredAt: NOW - 3_600_000,
			resourceExpiredHour: 72,
			tokenExpiresAt: NOW + 3_600_000,
			askedFor: 30,
		}),
	);
}

const codeRows = (codes: Readonly<Record<string, string>>) =>
	Object.entries(codes).map(([number, meaning]) => [number, meaning]);

function notificationTables(): string[] {
	const modulesByRow = new Map<string, string[]>();
	for (const [module, codes] of Object.entries(ERROR_CODES)) {
		for (const [number, meaning] of Object.entries(codes)) {
			const row = `${number}|${meaning}`;
			const known = modulesByRow.get(row) ?? [];
			modulesByRow.set(row, [...known, code(MODULES[Number(module)])]);
		}
	}
	const errors = [...modulesByRow]
		.map(([row, modules]) => {
			const [number, meaning] = row.split('|');
			return [number, modules.join(', '), meaning];
		})
		.sort(([a], [b]) => Number(a) - Number(b));
	return [
		'### Event 1: error numbers',
		`\`details.errorCode\`, by \`details.module\`. \`errorLevel\` is ${Object.entries(ERROR_LEVELS)
			.map(([level, name]) => `${level} (${name})`)
			.join(', ')}.`,
		table(['Number', 'Module', 'Meaning'], errors),
		'### Event 2: warning numbers of the uploader',
		table(['Number', 'Meaning'], codeRows(UPLOADER_WARNINGS)),
		'### Event 41: why the recorder left',
		`\`details.leaveCode\` is a sum; \`details.leaveReasons\` names its parts. 0 alone is ${code(LEAVE_INITIALISATION_FAILED)}.`,
		table(
			['Part', 'Name'],
			LEAVE_BITS.map(([bit, reason]) => [String(bit), code(reason)]),
		),
		'### Event 71: why a web page recorder stopped',
		table(
			['Number', "Agora's word", 'Meaning'],
			Object.entries(WEB_STOP_CODES).map(([number, { reason, meaning }]) => [
				number,
				code(reason),
				meaning,
			]),
		),
		'### Events 72 and 73: what a web page could not do',
		table(
			['Event', "Agora's word", 'Meaning'],
			[
				...Object.entries(PAGE_LIMITS).map(([word, meaning]) => ['72', code(word), meaning]),
				...Object.entries(RELOAD_REASONS).map(([word, meaning]) => ['73', code(word), meaning]),
			],
		),
		'### RTC channel events: why a user left',
		table(
			['Number', 'Name'],
			Object.entries(LEAVE_REASONS).map(([number, name]) => [number, code(name)]),
		),
	];
}

/**
 * docs/outcomes-and-errors.md. What the node does is seen, not told: each operation is run against
 * the simulator, which gives the answer of the row for ever.
 */
export async function outcomesPage(agora: Setup): Promise<string> {
	const operations: string[] = [];
	for (const operation of COLUMNS) {
		operations.push(`### ${TITLES[operation]}`);
		if (operation === 'start') {
			operations.push(
				'Start acquires first: what [Acquire](#acquire) can meet, Start can meet too.',
			);
		}
		operations.push(await operationTable(agora, operation));
	}
	return page(
		GENERATED,
		'# Outcomes and errors',
		'What each operation can end in, by what Agora answers. The tables are made by running the node itself against every answer; a test fails when they no longer fit.',
		list([
			'[Outcomes](#outcomes)',
			'[Before anything is sent](#before-anything-is-sent)',
			`Answers to ${COLUMNS.map((column) => `[${TITLES[column]}](#${TITLES[column].toLowerCase().replaceAll(/[()]/g, '').replaceAll(' ', '-')})`).join(', ')}`,
			'[When a start is not confirmed](#when-a-start-is-not-confirmed)',
			'[Why a recording is not found](#why-a-recording-is-not-found)',
			'[Status numbers of Query](#status-numbers-of-query)',
			'[Numbers in notifications](#numbers-in-notifications)',
		]),
		'## Outcomes',
		'`outcome` in the output. Nothing else is ever written there.',
		table(
			['Outcome', 'Operations', 'Meaning'],
			Object.entries(OUTCOMES).map(([outcome, [where, meaning]]) => [
				code(outcome),
				where,
				meaning,
			]),
		),
		"Everything else is an error. `error.details` of *On Error: Continue* has `httpCode`, `code`, `reason`, `requestId` and the recording's identity; `mayRun: true` means that something runs, or may run, that somebody has to stop or to wait for.",
		'## Before anything is sent',
		"*'Field' must be … (got …)*: a value breaks one of Agora's rules, which [API coverage](api-coverage.md#rules) lists. All items are checked first. Nothing was sent for any of them; with *On Error: Continue*, nothing for this one.",
		'## Answers of Agora',
		'"Asked again" is what the node does by itself within one run, if the answer stays the same. Where nobody answers at one of Agora\'s own hosts, the same request goes on to the next one instead (see [When things go wrong](operations.md#when-things-go-wrong)). HTTP *any*: a code of Agora\'s older catalogue, which does not say with which status it comes. Texts are those of a composite recording.',
		...operations,
		'## When a start is not confirmed',
		'Agora took the start and gave a SID, but did not say in time that the recording runs. *If Not Confirmed* decides: **Throw Error** (the message names the last status and the likely causes, `mayRun` is `true`), **Return Item** (outcome `unconfirmed`), or **Stop and Throw Error**.',
		'## Why a recording is not found',
		'`likelyCauses`, the likeliest first. What the times rule out is not named; what they prove (idle time, hours or token are over) comes first. Here for a recording that was started an hour ago, with a token for another hour:',
		'A channel that was never seen to be recorded:',
		causes('mix', false),
		'A channel that was recorded:',
		causes('mix', true),
		'A web page that was never seen to be recorded:',
		causes('web', false),
		'A web page that was recorded:',
		causes('web', true),
		'## Status numbers of Query',
		'`status` in the output. A web page counts as `recording` only while its own recorder is in progress, and where only screenshots are taken, 4 is `recording` too. A number that is not here is `unknown`.',
		table(['Status', 'Name', 'Outcome'], statusRows()),
		'## Numbers in notifications',
		'What the [trigger](trigger.md) translates. A number that is not here stays a number.',
		...notificationTables(),
	);
}
