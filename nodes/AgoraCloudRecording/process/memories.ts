import { BoundedMemory } from './boundedMemory';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 3600 * SECOND;

interface Row {
	what: string;
	/** Entries at most. */
	entries: number;
	/** Milliseconds since an entry was made, or used where it is renewed by that. */
	age: number;
	/** What happens where it is not there: after a restart, or in another process. */
	without: string;
}

/**
 * Everything that one n8n process remembers from one call to the next. n8n itself can keep none of it:
 * static data is written over by parallel executions. docs/architecture.md has the table.
 */
export const MEMORIES = {
	starts: {
		what: 'Starts, by execution, node, item and channel',
		entries: 10_000,
		age: DAY,
		without:
			"A retry knows no SID: it meets its own recording (Agora's 53) and says that it may be running. None is paid for twice",
	},
	tokens: {
		what: 'Tokens that were made, by App ID, certificate, channel and UID (as a hash)',
		entries: 10_000,
		age: 5 * MINUTE,
		without: 'Another one is made; Agora takes either',
	},
	limiters: {
		what: 'The rate of an App ID, and of the questions about channels of an account',
		entries: 1_000,
		age: DAY,
		without:
			"Each process takes the whole rate for itself; Agora's 429 slows them down until they fit",
	},
	standIns: {
		what: "The host that stands in for one of Agora's that did not answer",
		entries: 100,
		age: 5 * MINUTE,
		without: 'The next request tries the host of the credential first',
	},
	channelFacts: {
		what: 'Who was in a channel, for all items that ask at the same time',
		entries: 1_000,
		age: 2 * SECOND,
		without: 'Agora is asked once more',
	},
	channelLists: {
		what: 'Channels with users in them, for the list in the editor',
		entries: 100,
		age: 15 * SECOND,
		without: 'They are read anew',
	},
	recorders: {
		what: 'UIDs of recorders, by App ID and channel',
		entries: 10_000,
		age: DAY,
		without: 'A recorder in a channel counts as a user: no start is skipped because of nobody',
	},
	noticesSeen: {
		what: 'Notifications that were handled, by ID and by content',
		entries: 50_000,
		age: DAY,
		without: 'A copy starts one more execution; `dedupKey` tells',
	},
	noticesClaimed: {
		what: 'Notifications that are being handled',
		entries: 50_000,
		age: 2 * MINUTE,
		without: 'A copy that comes at the same moment starts one more execution',
	},
	pageFiles: {
		what: 'Files of web page recordings, until the end of their upload is told',
		entries: 1_000,
		age: DAY,
		without: '`files` is empty when all files of a web page are uploaded',
	},
	secretsRead: {
		what: 'Secrets of notifications, and where the bucket is, as read from the credential',
		entries: 1_000,
		age: 10 * SECOND,
		without: 'They are read anew',
	},
	refusals: {
		what: 'Refused notifications that were not logged yet, by trigger',
		entries: 1_000,
		age: DAY,
		without: 'A line of the log counts fewer',
	},
} as const satisfies Record<string, Row>;

/** An empty memory, bounded as the table says. */
export function memoryOf<Value>(name: keyof typeof MEMORIES): BoundedMemory<Value> {
	const { entries, age } = MEMORIES[name];
	return new BoundedMemory<Value>(entries, age);
}
