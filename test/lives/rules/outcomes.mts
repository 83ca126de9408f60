import type { IDataObject } from 'n8n-workflow';
import { textOf } from '../../support/failures.mts';
import { bookOf, type Booked } from '../books.mts';
import { UPDATED_COLOR, UPDATED_UID } from '../forms.mts';
import { TRUE_OF_ITSELF } from '../troubles.mts';
import type { Lived, Sent } from '../told.mts';
import {
	lastAnswerOf,
	requestsOf,
	startedBy,
	statementsOf,
	type Rule,
	type Statement,
} from './rule.mts';
import { CHANNELS } from '../life.mts';

/** What is known when an outcome is judged. */
interface Case {
	json: IDataObject;
	statement: Statement;
	/** The recording at the time of the last answer about it. */
	booked: Booked;
	/** That answer. */
	last: Sent;
	lived: Lived;
}

const READY_GAP_MS = 10_000;

/** Seconds, unless the user says otherwise. */
const PATIENCE_S = 90;

/**
 * Two answers with status 4, far enough from each other, or as many as the time allowed that the user
 * gave.
 */
function seenReadyTwice({ lived, statement, booked }: Case): boolean {
	const { verificationTimeout = PATIENCE_S } = lived.life.start;
	const end = booked.startedAt + verificationTimeout * 1000;
	const asked = requestsOf(lived, statement.run).filter(
		({ operation, sid }) => operation === 'query' && sid === booked.sid,
	);
	if (asked.some(({ sentAt }) => sentAt >= end)) return true;
	const idle = lived.life.start.maxIdleTime;
	const gap = idle === undefined ? READY_GAP_MS : Math.min(READY_GAP_MS, (idle * 1000) / 2);
	const times = asked
		.filter(({ sid, arrived, page }) => arrived && bookOf(page, sid)?.status === 4)
		.map(({ sentAt }) => sentAt);
	return times.length > 1 && times[times.length - 1] - times[0] >= gap;
}

const says = (condition: boolean, why: string): string | undefined => (condition ? undefined : why);

const over = ({ running, cause = 'nothing' }: Booked) =>
	says(!running, `it runs (ended by ${cause})`);

const inForce = ({ booked, statement, lived }: Case): string | undefined => {
	if (statement.run.operation === 'updateLayout') {
		const { backgroundColor } = booked.layout as { backgroundColor?: string };
		return says(backgroundColor === UPDATED_COLOR, 'the layout is what it was before');
	}
	if (lived.life.mode === 'web') return says(booked.onhold, 'the recording is not paused');
	const { subscribeAudioUids = [] } = booked.subscription as { subscribeAudioUids?: string[] };
	return says(subscribeAudioUids.includes(UPDATED_UID), 'the same users are recorded as before');
};

/** An answer that Agora is made to give, though the recording died while it was on its way. */
const saysSo = ({ trouble }: Sent) =>
	trouble?.kind === 'error' && TRUE_OF_ITSELF.includes(trouble.error);

/**
 * What the books must say of a recording at the time of the last answer about it, for each outcome.
 * Written by hand from the design (section 2) and rest-api.md, independent of the node's own tables.
 */
export const OUTCOMES: Record<string, (known: Case) => string | undefined> = {
	recording: ({ booked: { running, status, mode } }) =>
		says(running, 'it does not run') ??
		says(
			status === 5 || (status === 4 && mode === 'web'),
			`its status is ${status}, not 5 (of a web page the recorder's own state counts)`,
		),
	ready: (known) =>
		says(known.booked.running, 'it does not run') ??
		says(known.booked.status === 4, `its status is ${known.booked.status}, not 4`) ??
		says(known.booked.mode !== 'web', 'web pages have a state of their own') ??
		says(
			known.statement.run.operation !== 'start' || seenReadyTwice(known),
			'status 4 was not seen twice, ten seconds (or half the idle time) apart',
		),
	paused: ({ booked: { running, onhold } }) =>
		says(running, 'it does not run') ?? says(onhold, 'it is not on hold'),
	starting: ({ booked: { running, status } }) =>
		says(running, 'it does not run') ?? says(status < 5, `its status is ${status}`),
	accepted: () => undefined,
	unconfirmed: () => undefined,
	stopping: ({ booked }) => over(booked),
	ended: ({ booked }) => over(booked),
	failed: ({ booked }) =>
		over(booked) ?? says(booked.status === 20, `its status is ${booked.status}, not 20`),
	updated: (known) => inForce(known),
	stopped: ({ booked, last }) =>
		over(booked) ??
		says(booked.cause === 'stop' || saysSo(last), `no stop ended it, but ${booked.cause}`) ??
		says(last.status !== 404, 'the last answer was a 404, which tells nothing'),
	noRecordedData: ({ booked }) => over(booked),
	notFound: ({ last: { status, answer } }) =>
		says(
			status === 404 || answer?.code === 404,
			`the last answer was ${status}, and nobody said "not found"`,
		),
};

/** Files that an item says there are. */
function wrongFiles({ json, booked, last }: Case): string | undefined {
	if (last.trouble?.kind === 'foreignFiles') return undefined;
	const files = Array.isArray(json.files) ? (json.files as IDataObject[]) : [];
	const foreign = files.find(({ fileName }) => !textOf(fileName).includes(booked.sid));
	return foreign && `the file ${textOf(foreign.fileName)} is not one of its own`;
}

function wrongIdentity({ json, booked }: Case): string | undefined {
	for (const key of ['cname', 'uid', 'resourceId'] as const) {
		if (json[key] !== booked[key]) {
			return `its ${key} is ${booked[key]}, not ${textOf(json[key])}`;
		}
	}
	return undefined;
}

/** Nothing was started, and nobody was there: there is no recording in the item to be looked up. */
function wronglySkipped(lived: Lived, { json, run }: Statement): string | undefined {
	const { items, empty, happenings, start } = lived.life;
	const channel = CHANNELS.findIndex((name) => name === json.cname);
	const emptied =
		empty.includes(channel) ||
		happenings.some((one) => one.what === 'empties' && one.channel === channel);
	// Of several items of one channel, others may have found somebody.
	const alone = items.filter((item) => item.channel === channel).length === 1;
	const running = startedBy(lived, run).find(
		({ booked }) => booked.cname === json.cname && booked.running,
	);
	return (
		says(start.ifChannelEmpty === 'skip', 'nobody chose that') ??
		says(emptied, 'somebody was there all the time') ??
		says(json.sid === undefined, 'it has a sid') ??
		says(!alone || !running, 'a recording of it runs')
	);
}

function judge(lived: Lived, statement: Statement): string | undefined {
	const { outcome, json, run } = statement;
	if (outcome === undefined) return undefined;
	if (outcome === 'acquired') {
		const known = lived.resources.some(
			({ resourceId, cname, uid }) =>
				resourceId === json.resourceId && cname === json.cname && uid === json.uid,
		);
		return says(known, 'no such resource ID was given out for it');
	}
	if (outcome === 'skipped') return wronglySkipped(lived, statement);
	const row = OUTCOMES[outcome];
	if (!row) return 'there is no such outcome';
	const sid = typeof json.sid === 'string' ? json.sid : '';
	const last = lastAnswerOf(lived, run, sid);
	if (!last) return 'Agora never answered anything about this sid';
	const booked = bookOf(last.page, sid);
	if (!booked) return 'no recording of this sid was ever started';
	const known = { json, statement, booked, last, lived };
	return wrongIdentity(known) ?? row(known) ?? wrongFiles(known);
}

export const outcomes: Rule = {
	name: 'outcomes',
	number: 1,
	says: 'No outcome says what the books deny at the time of the last answer.',
	breaches: (lived) =>
		statementsOf(lived).flatMap((statement) => {
			const why = judge(lived, statement);
			const { run, outcome, json } = statement;
			return why
				? [
						`${run.execution}: ${run.node} says '${outcome}' of ${textOf(json.cname)} / ${textOf(json.uid)}, but ${why}`,
					]
				: [];
		}),
};
