import { diesSilently, BLAMES, LEAVE_CODES, WEB_ENDS } from './endings.mts';
import { filesOf, generations, indexFiles } from '../files.mts';
import type { RecordedFile } from '../files.mts';
import { contentFrom, endOf, goneAt, presencesOf, readyAt } from '../life.mts';
import { UPLOAD_PATIENCE_MS, uploadedAt, uploadingStatus } from '../life.mts';
import type { End, World } from '../life.mts';
import { pageOf } from '../recording.mts';
import type { Recording } from '../recording.mts';
import { ALL_UIDS, isBarren, recorderUid, recordsFiles } from './recorder.mts';

/** An event that happens once in a recording's life. */
export interface Draft {
	/** Which one it is: told once, even if it turns out to be at another time. */
	key: string;
	/** Virtual Unix ms. */
	at: number;
	eventType: number;
	/** Without msgName. */
	details: Record<string, unknown>;
	/** The recorder's; another one after a failover. */
	uid: string;
}

/** The key of what comes last. */
export const EXIT = 'end:11';

/** What is known about a life today. */
interface Story {
	recording: Recording;
	world: World;
	end?: End;
	/** From when on something is stored. */
	content?: number;
}

type Chapter = (story: Story) => Draft[];

/** Components come up one after the other (rest-api.md 6: status 3 and 4). */
const beginning: Chapter = ({ recording, world }) => {
	const { uid } = recording.resource;
	const { startedAt, mode } = recording;
	const uploader = startedAt + 3 * world.settings.statusStepMs;
	const ready = readyAt(recording, world);
	const draft = (eventType: number, at: number, details: object): Draft => ({
		key: `${eventType}`,
		at,
		eventType,
		details: { ...details },
		uid,
	});
	const all = [draft(30, uploader, { status: 0 })];
	if (mode === 'web') {
		const { blame } = recording.failure ?? {};
		const opens = blame !== 'pageUnreachable' && blame !== 'pageNotReady';
		if (opens) all.push(draft(70, ready, { recorderStartTime: ready }));
		const { readyTimeout = 0 } = pageOf(recording) ?? {};
		if (blame === 'pageNotReady') {
			all.push(draft(73, startedAt + readyTimeout * 1000, { reason: 'page_load_timeout' }));
		}
	} else {
		all.push(draft(40, ready, { status: 0 }), draft(13, ready, {}));
	}
	const { stsExpiration } = recording.storage;
	if (stsExpiration !== undefined) all.push(draft(34, stsExpiration * 1000, {}));
	return all;
};

/** The service puts another recorder in the place of one that is away (best-practices.md 3). */
const failovers: Chapter = ({ recording }) =>
	recording.failovers.flatMap(({ to }, index) => {
		const uid = recorderUid(recording, to);
		const draft = { at: to, uid };
		const again =
			recording.mode === 'web'
				? { eventType: 70, details: { recorderStartTime: to } }
				: { eventType: 40, details: { status: 0 } };
		return [
			{
				...draft,
				key: `12:${index}`,
				eventType: 12,
				details: { newUid: Number(uid) },
				uid: recording.resource.uid,
			},
			{ ...draft, ...again, key: `${again.eventType}:${index}` },
		];
	});

/** When an index of a generation begins: in individual mode not before its uid came. */
function indexFrom({ recording, world }: Story, { uid }: RecordedFile, from: number) {
	if (uid === ALL_UIDS) return from;
	const presences = presencesOf(recording, world);
	const first = presences.find(
		({ uids }, index) => uids.includes(uid) && (presences[index + 1]?.from ?? Infinity) > from,
	);
	return first === undefined ? undefined : Math.max(first.from, from);
}

/** Each index when its first slice is complete, or cut short; first slices; none without content. */
const files: Chapter = (story) => {
	const { recording, world, content } = story;
	if (content === undefined || !recordsFiles(recording)) return [];
	const delay = world.settings.firstFileMs[recording.mode];
	return generations(recording, Infinity, world).flatMap((generation, number) =>
		indexFiles(recording, generation, world).flatMap((file): Draft[] => {
			const from = indexFrom(story, file, generation.from);
			if (from === undefined || from > generation.until) return [];
			const { fileName, trackType, mixedAllUser, uid: streamUid } = file;
			const at = Math.min(from + delay, generation.until);
			const uid = recorderUid(recording, generation.from);
			const lastGood = number === 0 ? from : recording.failovers[number - 1]?.from;
			const slice = {
				startUtcMs: from,
				discontinueUtcMs: lastGood ?? from,
				mixedAllUser,
				streamUid,
				trackType,
			};
			const index = {
				key: `4:${fileName}`,
				at,
				eventType: 4,
				details: { fileList: fileName },
				uid,
			};
			if (recording.mode === 'web') return [index];
			return [index, { key: `42:${fileName}`, at, eventType: 42, details: slice, uid }];
		}),
	);
};

/** What is told when it ends. A worker that is killed says nothing any more. */
const ending: Chapter = ({ recording, world, end, content }) => {
	if (end === undefined || diesSilently(recording, end)) return [];
	const uid = recorderUid(recording, end.at);
	const draft = (eventType: number, at: number, details: object): Draft => ({
		key: `end:${eventType}`,
		at,
		eventType,
		details: { ...details },
		uid,
	});
	const normal = end.cause !== 'failure' && end.cause !== 'killed';
	const blame = end.cause === 'failure' ? recording.failure?.blame : undefined;
	const error = blame === undefined ? undefined : BLAMES[blame].error;
	const all: Draft[] = [];
	if (error !== undefined) all.push(draft(1, end.at, { ...error, errorMsg: end.because }));
	if (recording.mode === 'web') {
		const { code, message } = blame === undefined ? WEB_ENDS[end.cause] : BLAMES[blame].web;
		const hours = pageOf(recording)?.maxRecordingHour;
		const details = code === 1 ? `max recording hour is ${hours}` : '';
		const fileList = filesOf(recording, end.at, 0, world).map(({ fileName, sliceStartTime }) => ({
			filename: fileName,
			sliceStartTime,
		}));
		all.push(
			draft(71, end.at, {
				code,
				message,
				details,
				fileList: content === undefined ? [] : fileList,
			}),
		);
	} else if (end.cause !== 'killed') {
		const leaveCode = blame === undefined ? LEAVE_CODES[end.cause] : BLAMES[blame].leaveCode;
		all.push(draft(41, end.at, { leaveCode }));
	}
	if (content !== undefined && end.cause !== 'killed') {
		all.push(...upload(recording, end, world, draft));
	}
	all.push(draft(11, goneAt(recording, end, world), { exitStatus: normal ? 0 : 1 }));
	return all.sort((a, b) => a.at - b.at);
};

/** How the upload of an ended recording goes on and ends. */
function upload(
	recording: Recording,
	end: End,
	world: World,
	draft: (eventType: number, at: number, details: object) => Draft,
): Draft[] {
	const at = uploadedAt(end, world);
	const backup = uploadingStatus(recording, end.at, world) === 'backuped';
	const all = [draft(33, at, { progress: 10_000 })];
	if (at > end.at + UPLOAD_PATIENCE_MS) {
		const error = { module: 2, errorLevel: 3, errorCode: 50, stat: 1, errorMsg: 'upload timeout' };
		all.push({ ...draft(1, end.at + UPLOAD_PATIENCE_MS, error), key: 'upload:1' });
	}
	if (backup) all.push(draft(2, at, { module: 1, warnCode: 32 }));
	const fileList = recordsFiles(recording) ? filesOf(recording, end.at, 0, world) : [];
	const details = recording.mode === 'web' ? { status: 0 } : { status: 0, fileList };
	all.push(draft(backup ? 32 : 31, at, details));
	return all;
}

/** Every event that comes once, as far as is known today, in order. */
export function plan(recording: Recording, world: World): Draft[] {
	const end = endOf(recording, world);
	const content = isBarren(recording) ? undefined : contentFrom(recording, world);
	const story = { recording, world, end, content };
	const lived = [beginning, failovers, files]
		.flatMap((chapter) => chapter(story))
		.filter(({ at }) => at <= (end?.at ?? Infinity));
	return [...lived, ...ending(story)].sort((a, b) => a.at - b.at);
}
