import {
	afterStop,
	channelMode,
	event13,
	folderInNames,
	ipLists,
	isRefused,
	knownSpelling,
	MADE_UP,
	recorderGone,
	recorderListed,
	regionalHosts,
	signed,
	sliceUnit,
	SPELLINGS,
	startCode,
	statuses,
	uidTypes,
} from './answers.mts';
import type { Asker } from './asking.mts';
import type { Exchange, Observed } from './observed.mts';
import { roleOf } from './reading.mts';

/** Before anything is started, while it is recorded, and after it was stopped. */
export type When = 'before' | 'running' | 'over';

/**
 * Something that Agora's documents leave open, or tell in two ways, and how a run with a real account
 * answers it.
 */
export interface Question {
	id: string;
	question: string;
	/** How the run sees it, for who reads the report. */
	seen: string;
	/** What is asked beside the node; nothing of it is billed. Not about a web page, unless it says so. */
	asks?: Partial<Record<When, (asker: Asker) => Promise<void>>>;
	ofWebPages: boolean;
	/** undefined where the run did not show it. */
	answer: (observed: Observed) => string | undefined;
}

/** A user of whom nothing is known: whether somebody of that UID is there makes no difference. */
const NOBODYS_UID = '4294967295';
/** How long the list of users is looked at after a stop. */
const GONE_WITHIN_MS = 10_000;

const audioList = (list: object) => ({ streamSubscribe: { audioUidList: list } });
/** Sends each spelling beside the list that excludes it, and alone where that tells nothing. */
async function trySpellings(asker: Asker): Promise<void> {
	const all = ['#allstream#'];
	const names = [MADE_UP, ...SPELLINGS];
	for (const name of names) {
		const both = { subscribeAudioUids: all, [`${name}AudioUids`]: [NOBODYS_UID] };
		await asker.askRecording(`both ${name}`, 'update', audioList(both));
	}
	if (!isRefused(asker.observed.of(`both ${MADE_UP}`)[0])) return;
	for (const name of names) {
		const alone = { [`${name}AudioUids`]: [NOBODYS_UID] };
		await asker.askRecording(`alone ${name}`, 'update', audioList(alone));
	}
}

async function askForUsers(when: When, asker: Asker): Promise<Exchange> {
	const channel = encodeURIComponent(asker.settings.channel ?? '');
	return await asker.ask(`users ${when}`, 'GET', `/dev/v1/channel/user/${asker.appId}/${channel}`);
}

/** Every question, in the order in which a run asks and a report tells them. */
export const QUESTIONS: readonly Question[] = [
	{
		id: 'recorder-listed',
		question: "Is the recorder listed among its channel's users, and as what?",
		seen: "the channel's users and the list of channels, while it is recorded",
		ofWebPages: false,
		asks: {
			running: async (asker) => {
				const { recordMs } = asker.settings;
				await asker.watch(
					recordMs,
					async () =>
						roleOf(asker.recording.uid, await askForUsers('running', asker)) !== undefined,
				);
				const path = `/dev/v1/channel/${asker.appId}?page_no=0&page_size=500`;
				await asker.ask('channels running', 'GET', path);
			},
		},
		answer: recorderListed,
	},
	{
		id: 'recorder-gone',
		question: 'How long is it listed after Stop?',
		seen: `the channel's users, for ${GONE_WITHIN_MS / 1000} s after Stop`,
		ofWebPages: false,
		asks: {
			over: async (asker) => {
				const { uid } = asker.recording;
				await asker.watch(
					GONE_WITHIN_MS,
					async () => roleOf(uid, await askForUsers('over', asker)) === undefined,
				);
			},
		},
		answer: recorderGone,
	},
	{
		id: 'channel-mode',
		question:
			'Which profile (1 communication, 2 live broadcasting) has the channel, without and with the recorder?',
		seen: "`mode` of the channel's users, before Start and while it is recorded",
		ofWebPages: false,
		asks: { before: async (asker) => void (await askForUsers('before', asker)) },
		answer: channelMode,
	},
	{
		id: 'uid-types',
		question: 'As what do UIDs stand in the list of users, also those of text accounts?',
		seen: "the type of the UIDs in the channel's users",
		ofWebPages: false,
		answer: uidTypes,
	},
	{
		id: 'channels-regional',
		question: 'Do regional hosts answer questions about channels?',
		seen: 'the list of channels, asked at each of them',
		ofWebPages: true,
		asks: {
			before: async (asker) => {
				for (const origin of asker.settings.regionalOrigins) {
					const path = `/dev/v1/channel/${asker.appId}?page_no=0&page_size=1`;
					await asker.ask(`channels at ${new URL(origin).hostname}`, 'GET', path, { origin });
				}
			},
		},
		answer: regionalHosts,
	},
	{
		id: 'unsubscribe-spelling',
		question: 'Which spelling is known, `unSubscribe…Uids` or `unsubscribe…Uids`?',
		seen: 'Update with each, and with a name that we made up, beside `subscribeAudioUids`, which excludes it',
		ofWebPages: false,
		asks: { running: trySpellings },
		answer: knownSpelling,
	},
	{
		id: 'slice-start-unit',
		question: 'Is `sliceStartTime` in seconds or milliseconds?',
		seen: 'its size in the answers to Query and Stop',
		ofWebPages: true,
		answer: sliceUnit,
	},
	{
		id: 'folder-in-file-name',
		question: 'Do names of files begin with their folder?',
		seen: 'names in the answers to Query and Stop',
		ofWebPages: true,
		answer: folderInNames,
	},
	{
		id: 'status',
		question: 'Which status has a recording that goes well, 4 or 5, and when?',
		seen: "each answer to Query, by the time since Start's answer",
		ofWebPages: true,
		answer: statuses,
	},
	{
		id: 'start-code',
		question: 'Has the answer to a start that went well a `code`?',
		seen: 'the answer to Start',
		ofWebPages: true,
		answer: startCode,
	},
	{
		id: 'after-stop',
		question: 'What do Query and a second Stop say after Stop?',
		seen: 'one of each, right after Stop',
		ofWebPages: true,
		asks: {
			over: async (asker) => {
				await asker.askRecording('query over', 'query');
				await asker.askRecording('stop over', 'stop', {});
			},
		},
		answer: afterStop,
	},
	{
		id: 'ip-list',
		question: 'Which list of IP addresses is there, `/v1/ncs/ip` or `/v2/ncs/ip`?',
		seen: 'both; their addresses are compared, and not shown',
		ofWebPages: true,
		asks: {
			before: async (asker) => {
				for (const version of ['v1', 'v2']) {
					if (asker.observed.of(`ipList ${version}`).length > 0) continue;
					await asker.ask(`ipList ${version}`, 'GET', `/${version}/ncs/ip`);
				}
			},
		},
		answer: ipLists,
	},
	{
		id: 'event-13',
		question: 'Is event 13 sent, and when?',
		seen: 'notifications that come to `AGORA_NOTICES_PORT`',
		ofWebPages: true,
		answer: event13,
	},
	{
		id: 'signatures',
		question: 'Are notifications signed over their raw body?',
		seen: 'notifications that come to `AGORA_NOTICES_PORT`, with `AGORA_NOTIFICATION_SECRET`',
		ofWebPages: true,
		answer: signed,
	},
];
