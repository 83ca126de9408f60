import {
	classifyAnswer,
	type Answer,
} from '../../nodes/AgoraCloudRecording/agora/answers/classify.ts';
import type { JsonMembers } from '../../nodes/AgoraCloudRecording/agora/lenient.ts';
import type { AnswerRow } from '../../nodes/AgoraCloudRecording/agora/answers/table.ts';
import { ERRORS } from '../../simulator/errors.mts';
import type { Column, Trouble } from '../support/faultTable.mts';

/** An answer that an operation can meet. */
export interface Met {
	/** HTTP status as the page shows it. */
	http: string;
	/** Agora's code as the page shows it. */
	code: string;
	/** Agora's own words, or what the answer is if they are not Agora's. */
	words: string;
	/** How to bring it about. */
	trouble: Trouble;
	/** The same for the table of answers. */
	answer: Answer;
	/** What the facts in an error's description begin with. */
	factsBegin: string;
	/** What is entered beside the least that the operation needs. */
	entered?: Record<string, string>;
}

const answered = (status: number, body: JsonMembers | string, shown: Partial<Met> = {}): Met => {
	const { code, reason, message } = (typeof body === 'string' ? {} : body) as Record<
		string,
		string | number | undefined
	>;
	const words = reason ?? message;
	return {
		http: String(status),
		code: code === undefined ? '' : String(code),
		words: words === undefined ? '' : `\`${words}\``,
		trouble: { fault: { kind: 'answer', status, body } as never },
		answer: { status, body: typeof body === 'string' ? undefined : body },
		factsBegin:
			words !== undefined
				? "Agora's message: "
				: code !== undefined
					? `code ${code}, `
					: `HTTP ${status}`,
		...shown,
	};
};

const unanswered = (networkCode: string, words: string, notSent: boolean): Met => ({
	http: 'none',
	code: '',
	words,
	trouble: { network: networkCode },
	answer: { status: 0, body: undefined, networkCode, notSent },
	factsBegin: networkCode,
});

/** What n8n itself does not send, with what it says of that: {@link Trouble} throws it. */
const refusedByHost = (networkCode: string, words: string): Met => ({
	...unanswered(networkCode, words, true),
	answer: { status: 0, body: undefined, networkCode, notSent: true, hostWords: 'any' },
	factsBegin: "n8n's message: ",
});

/** What no document of Agora's lists: networks, proxies, and what may come one day. */
const UNDOCUMENTED: readonly Met[] = [
	unanswered('ENOTFOUND', 'the name has no address', true),
	unanswered('ECONNREFUSED', 'the connection was refused', true),
	refusedByHost('ERR_INVALID_URL', 'n8n itself refuses, as by its network policy'),
	unanswered('ECONNRESET', 'the connection broke', false),
	unanswered('ECONNABORTED', 'no response in time', false),
	answered(200, '<html></html>', { words: 'a page that is not from Agora' }),
	answered(200, { status: 'ok' }, { words: 'JSON that is not from Agora' }),
	answered(502, '<html></html>', { http: '5xx', words: 'a page that is not from Agora' }),
	answered(500, { code: 2, reason: 'any' }, { words: '' }),
	answered(400, { code: 9999, reason: 'any' }, { http: '4xx', code: 'any other', words: '' }),
	answered(503, { code: 9999, reason: 'any' }, { http: '5xx', code: 'any other', words: '' }),
];

/** What one operation alone can meet. */
const OWN: Partial<Record<Column, readonly Met[]>> = {
	acquire: [answered(200, {}, { words: 'no resource ID in it' })],
	start: [
		answered(200, {}, { words: 'no SID in it' }),
		answered(404, '<html></html>', { http: '4xx', words: 'a page that is not from Agora' }),
		answered(408, {}, { http: '408, 409, 499', words: '' }),
		answered(201, {}, { words: 'no code in it' }),
		answered(
			400,
			{ code: 53, reason: 'task conflict' },
			{
				words: '`task conflict`, where *Recorder UID* was entered',
				entered: { recorderUid: '527841' },
			},
		),
	],
	stop: [
		answered(206, {}, { words: 'an empty object' }),
		answered(206, { serverResponse: {} }, { words: 'no code in it' }),
	],
};

/** Codes of Agora's older catalogue, of which it does not say with which status they come. */
const OLDER = 'older.';

/** Words that the simulator chose for what is not documented. */
const NOT_DOCUMENTED = ['channels.page', 'channels.uid'];

/** Every answer that is documented for an operation, and those that nobody documents. */
export function answersAt(operation: Column): Met[] {
	// Another API than that of recordings: its gateway has words of its own, and it has no codes.
	const isOther = operation === 'getChannels' || operation === 'getChannelUsers';
	const prefixes = isOther ? ['channels.'] : ['gateway.', OLDER, `${operation}.`];
	const documented = [...ERRORS].filter(
		([name]) =>
			prefixes.some((prefix) => name.startsWith(prefix)) && !NOT_DOCUMENTED.includes(name),
	);
	return [
		...documented.map(([name, { status, ...body }]) =>
			answered(status, body, name.startsWith(OLDER) ? { http: 'any', words: '' } : {}),
		),
		...(OWN[operation] ?? []),
		...UNDOCUMENTED,
	];
}

/** Whether the row of the node's table says what this answer means. */
export function isSaidBy(row: AnswerRow, operation: Column, { answer }: Met): boolean {
	const { kind, message, advice } = classifyAnswer(operation, answer);
	return row.kind === kind && row.message === message && row.advice === advice;
}
