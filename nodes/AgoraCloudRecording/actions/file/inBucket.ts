import { z } from 'zod';
import type { Expected } from '../../agora/files/completeness';
import { videosAmong } from '../../agora/files/names';
import type { RecordedFile } from '../../agora/files/shape';
import type { StoredFile } from '../../agora/files/stored';
import { text } from '../../agora/lenient';
import { linesOf } from '../../errors';
import { openBucket, readBucketNames } from '../../form/bucket';
import type { KnownRecording } from '../../form/knownRecording';
import type { LinkSettings } from '../../form/links';
import { Cancelled } from '../../process/clock';
import { StorageProblem } from '../../storage/problems';
import type { Bucket } from '../../transport/bucket';
import type { ItemRun } from '../operation';
import { addLinks, warnOfLongLinks, type LinkFields } from './addLinks';
import { lookInto } from './lookInto';

/** What Stop and Query are to do in the bucket. */
export interface BucketWork {
	/** Seconds to wait for the files; 0 to leave the list as Agora told it. */
	wait: number;
	/** Undefined where no links are wanted. */
	links?: LinkSettings;
}

/** Files as Agora told them, with what the bucket adds. */
export interface FilesInBucket {
	files: Array<RecordedFile & Partial<StoredFile & LinkFields>>;
	/** Whether somebody looked for files of recorders that took over. */
	failoverChecked: boolean;
	/** Where files were waited for: whether they are complete, and if not why. */
	facts: { filesComplete?: boolean; waitingFor?: string[]; whatToDo?: string };
}

/** Files of one output that get a link; File → Get Many makes any number. */
const MOST_LINKS = 50;

const TOO_MANY: LinkFields = {
	link: null,
	linkState: 'unchecked',
	linkExpiresAt: null,
	whatToDo: `Only ${MOST_LINKS} files get a link here. Use File → Get Many for the rest.`,
};

const NOT_THERE: LinkFields = {
	link: null,
	linkState: 'missing',
	linkExpiresAt: null,
	whatToDo: 'The file is not in the bucket yet. Wait longer, or use File → Get Many later.',
};

/** What is listed in an output without being asked for: not the slices, which can be thousands. */
const isListed = ({ format }: RecordedFile) => ['mp4', 'm3u8', 'mpd'].includes(format ?? '');

/** The files that Agora told, and those beside them in the bucket. */
function together(told: readonly RecordedFile[], stored: readonly StoredFile[]) {
	const byPath = new Map(stored.map((file) => [file.path, file]));
	const known = new Set(told.map(({ path }) => path));
	return [
		...told.map((file) => ({ ...byPath.get(file.path), ...file })),
		...stored.filter((file) => isListed(file) && !known.has(file.path)),
	];
}

/** What an error of n8n says, whatever its class. */
const errorWords = z.object({ message: text, description: text }).catch({});

function wordsOf(problem: unknown): string {
	if (problem instanceof StorageProblem) return linesOf(problem.message, problem.whatToDo);
	const { message, description } = errorWords.parse(problem);
	return linesOf(message, description);
}

function opened(run: ItemRun, recording: KnownRecording): { bucket: Bucket } | { why: string } {
	if (recording.folder === undefined) {
		return {
			why: 'The folder of the files is unknown. Pass on the item that Start returned, or use File → Get Many.',
		};
	}
	try {
		const names = readBucketNames(run, recording.storage);
		return { bucket: openBucket(run, names, recording.folder) };
	} catch (problem) {
		return { why: wordsOf(problem) };
	}
}

async function searched(
	run: ItemRun,
	recording: KnownRecording,
	told: readonly RecordedFile[],
	bucket: Bucket,
	wait: number,
) {
	const { folder = '', sid, formats } = recording;
	const storage = readBucketNames(run, recording.storage);
	const expected: Expected = { kind: 'main', formats, videos: videosAmong(told, sid) };
	return await lookInto(bucket, { folder, sid, storage }, expected, run, wait);
}

/** What came of some work, or in words what went wrong, whatever it was. @throws Cancelled */
const survived = async <Result>(work: Promise<Result>): Promise<Result | string> =>
	await work.catch(async (problem: unknown) =>
		problem instanceof Cancelled ? await Promise.reject(problem) : wordsOf(problem),
	);

/**
 * What the bucket says of the files of a recording. Whatever is wrong with it stands beside the files: the
 * outcome of the call, and the files as Agora told them, stay as they are.
 *
 * @throws Cancelled
 */
export async function filesInBucket(
	run: ItemRun,
	recording: KnownRecording,
	told: readonly RecordedFile[],
	{ wait, links }: BucketWork,
): Promise<FilesInBucket> {
	const result: FilesInBucket = { files: [...told], failoverChecked: false, facts: {} };
	if (wait === 0 && (!links || told.length === 0)) return result;
	const place = opened(run, recording);
	if ('why' in place) {
		const whatToDo = place.why;
		const fields: LinkFields = {
			link: null,
			linkState: 'unchecked',
			linkExpiresAt: null,
			whatToDo,
		};
		return {
			...result,
			...(links && { files: told.map((file) => ({ ...file, ...fields })) }),
			facts: wait > 0 ? { filesComplete: false, whatToDo } : {},
		};
	}
	const { bucket } = place;
	/** Of the files that were seen there; undefined where nobody could look. */
	let seen: Set<string> | undefined;
	if (wait > 0) {
		const found = await survived(searched(run, recording, told, bucket, wait));
		if (typeof found === 'string') {
			result.facts = { filesComplete: false, whatToDo: found };
		} else {
			const { waitingFor } = found;
			result.files = together(told, found.files);
			result.failoverChecked = true;
			seen = new Set(found.files.map(({ path }) => path));
			result.facts = {
				filesComplete: waitingFor.length === 0,
				...(waitingFor.length > 0 && { waitingFor }),
			};
		}
	}
	if (links) {
		const { files } = result;
		const { folder = '', sid } = recording;
		const isThere = (path: string) => seen?.has(path) ?? true;
		const there = files.filter(({ path }) => isThere(path));
		const linked = await addLinks(bucket, { folder, sid }, there.slice(0, MOST_LINKS), links);
		const byPath = new Map(linked.map((file) => [file.path, file]));
		result.files = files.map(
			(file) =>
				byPath.get(file.path) ?? { ...file, ...(isThere(file.path) ? TOO_MANY : NOT_THERE) },
		);
		warnOfLongLinks(run, linked);
	}
	return result;
}
