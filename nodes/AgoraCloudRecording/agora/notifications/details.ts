import { z } from 'zod';
import { filesIn, meaningOf, modeOfStream, numberIn, stateIn, textIn, timeIn } from './members';
import { flag, text, type Members } from '../lenient';
import type { RecordingMode } from '../modes';
import {
	ERROR_CODES,
	ERROR_LEVELS,
	LEAVE_BITS,
	LEAVE_INITIALISATION_FAILED,
	MODULES,
	nameOf,
	PAGE_LIMITS,
	RELOAD_REASONS,
	UPLOADER_WARNINGS,
	WEB_STOP_CODES,
} from './codes';
import { fileList, type FileEntry } from '../answers/responses';
import { describeStatus } from '../answers/statuses';
import { STORAGE_VENDORS } from '../../storage/vendors';

/** What the details of an event come to. */
export interface DecodedDetails {
	/** In the place of members of the same name, beside the others. */
	details: Members;
	/** Members of Agora's that `details` or `files` say in another form. */
	replaced?: readonly string[];
	files?: FileEntry[];
	mode?: RecordingMode;
	/** Only where the upload ended well. */
	uploadStatus?: 'uploaded' | 'backuped';
	/** Whether Agora says that it did not go as the event's name has it. */
	isAbnormal?: boolean;
}

type Decoder = (raw: Members) => DecodedDetails;

const error: Decoder = (raw) => {
	const [module, errorLevel, errorCode] = ['module', 'errorLevel', 'errorCode'].map((name) =>
		numberIn(raw, name),
	);
	return {
		details: {
			module,
			moduleName: nameOf(MODULES, module),
			errorLevel,
			errorLevelName: nameOf(ERROR_LEVELS, errorLevel),
			errorCode,
			meaning: meaningOf(ERROR_CODES[module ?? -1] ?? {}, textIn(raw, 'errorCode')),
			statName: stateIn(raw, 'stat'),
		},
	};
};

const warning: Decoder = (raw) => {
	const module = numberIn(raw, 'module');
	return {
		details: {
			moduleName: nameOf(MODULES, module),
			meaning: module === 1 ? meaningOf(UPLOADER_WARNINGS, textIn(raw, 'warnCode')) : null,
		},
	};
};

/** `recordingMode` stays a number: Agora's pages say the opposite of each other about it. */
const statusUpdate: Decoder = (raw) => ({
	details: { statusName: describeStatus(numberIn(raw, 'status') ?? -1).name },
	files: filesIn(raw),
	replaced: ['fileList'],
});

const playlist: Decoder = (raw) => ({ details: {}, files: filesIn(raw), replaced: ['fileList'] });

const started =
	(abnormal: string): Decoder =>
	(raw) => {
		const statusName = stateIn(raw, 'status');
		const isAbnormal = statusName === 'abnormal';
		return { details: { statusName, ...(isAbnormal && { meaning: abnormal }) }, isAbnormal };
	};

const exit: Decoder = (raw) => {
	const name = raw.exitStatus === undefined ? 'leaveStatus' : 'exitStatus';
	const exitStatusName = stateIn(raw, name);
	return {
		details: { exitStatus: numberIn(raw, name), exitStatusName },
		isAbnormal: exitStatusName === 'abnormal',
	};
};

const failover: Decoder = (raw) => ({ details: { newUid: textIn(raw, 'newUid') } });

const uploadEnd =
	(uploadStatus: 'uploaded' | 'backuped', normal: string): Decoder =>
	(raw) => {
		const files = filesIn(raw);
		const statusName = stateIn(raw, 'status');
		const isAbnormal = statusName === 'abnormal';
		return {
			details: {
				status: numberIn(raw, 'status'),
				statusName,
				meaning: isAbnormal
					? 'The upload failed in part: files may be missing from your storage'
					: normal,
			},
			isAbnormal,
			files,
			mode: modeOfStream(files[0]?.mixedAllUser),
			...(!isAbnormal && { uploadStatus }),
			replaced: ['fileList'],
		};
	};

const progress: Decoder = (raw) => {
	const value = numberIn(raw, 'progress');
	return { details: { progressPercent: value === undefined ? null : value / 100 } };
};

/** Reasons in a bit mask; bits that nobody documents keep their number. */
function leaveReasons(code: number): string[] {
	if (code === 0) return [LEAVE_INITIALISATION_FAILED];
	const known = LEAVE_BITS.filter(([bit]) => code & bit);
	const rest = code & ~LEAVE_BITS.reduce((mask, [bit]) => mask | bit, 0);
	return [...known.map(([, reason]) => reason), ...(rest === 0 ? [] : [`unknown${rest}`])];
}

const recorderLeave: Decoder = (raw) => {
	const code = numberIn(raw, 'leaveCode');
	const isAbnormal = code === 0;
	return {
		details: {
			leaveReasons: code === undefined ? [] : leaveReasons(code),
			...(isAbnormal && { meaning: 'The recorder could not be initialized' }),
		},
		isAbnormal,
	};
};

const sliceStart: Decoder = (raw) => {
	const startedAt = timeIn(raw, 'startUtcMs');
	const discontinuedAt = timeIn(raw, 'discontinueUtcMs');
	return {
		details: {
			streamUid: textIn(raw, 'streamUid'),
			startedAt,
			discontinuedAt,
			gap: discontinuedAt !== null && discontinuedAt !== startedAt,
		},
		mode: modeOfStream(flag.parse(raw.mixedAllUser)),
	};
};

const streamState: Decoder = (raw) => {
	const state = numberIn(raw, 'state');
	const streamUid = textIn(raw, 'streamUid');
	return {
		details: {
			streamUid,
			stateName: state === undefined ? null : state === 0 ? 'receiving' : 'notReceiving',
			changedAt: timeIn(raw, 'utcMs', 'UtcMs'),
		},
		mode: streamUid === '0' ? 'mix' : undefined,
	};
};

const screenshot: Decoder = (raw) => {
	return {
		details: {},
		files: [{ fileName: textIn(raw, 'fileName') }],
		mode: 'individual',
		replaced: ['fileName'],
	};
};

const webStarted: Decoder = (raw) => ({
	details: { startedAt: timeIn(raw, 'recorderStartTime') },
});

const webStopped: Decoder = (raw) => {
	const code = numberIn(raw, 'code');
	const known = code === undefined ? undefined : WEB_STOP_CODES[code];
	return {
		details: {
			code,
			message: textIn(raw, 'message')?.trim() ?? known?.reason,
			meaning: known?.meaning ?? null,
		},
		files: filesIn(raw),
		replaced: ['fileList'],
	};
};

const pageLimit: Decoder = (raw) => ({
	details: { meaning: meaningOf(PAGE_LIMITS, textIn(raw, 'limitType')) },
});

const reload: Decoder = (raw) => ({
	details: { meaning: meaningOf(RELOAD_REASONS, textIn(raw, 'reason')) },
});

const userResult = z.object({ uid: text, result: text, fileList }).nullable().catch(null);

const transcoded: Decoder = (raw) => {
	const users = z
		.array(userResult)
		.catch([])
		.parse(raw.uids)
		.flatMap((user) => user ?? []);
	return {
		details: { uids: users.map(({ uid, result }) => ({ uid, result })) },
		files: users.flatMap(({ uid, fileList: list }) =>
			filesIn({ fileList: list }).map((file) => ({ ...file, uid })),
		),
	};
};

/** Agora's pages spell the member both ways. */
const DOWNLOAD_NAMES = ['fileName', 'filename'];

const downloadFailed: Decoder = (raw) => {
	const names = DOWNLOAD_NAMES.flatMap((name) => (textIn(raw, name) ?? '').split(';'));
	const vendor = STORAGE_VENDORS.find((row) => row.vendor === numberIn(raw, 'vendor'));
	const region = numberIn(raw, 'region');
	return {
		details: {
			vendorName: vendor?.name ?? null,
			regionName: vendor?.regions.find(([, code]) => code === region)?.[0] ?? null,
			fileNames: [...new Set(names.filter((name) => name !== ''))],
		},
		replaced: DOWNLOAD_NAMES,
	};
};

/** By `eventType`; events without a row only hand on what Agora told. */
const CLOUD_RECORDING_DECODERS: Readonly<Record<number, Decoder>> = {
	1: error,
	2: warning,
	3: statusUpdate,
	4: playlist,
	11: exit,
	12: failover,
	30: started('The uploader did not start properly: files may not reach your storage'),
	31: uploadEnd('uploaded', 'All files are in your storage'),
	32: uploadEnd(
		'backuped',
		"Some files are in Agora's backup storage. Agora moves them to your storage, usually soon, but it can take more than a day",
	),
	33: progress,
	40: started('The recorder did not start properly: possibly nothing is recorded'),
	41: recorderLeave,
	42: sliceStart,
	43: streamState,
	44: streamState,
	45: screenshot,
	70: webStarted,
	71: webStopped,
	72: pageLimit,
	73: reload,
	81: transcoded,
	90: downloadFailed,
	1001: playlist,
};

/** Details of a Cloud Recording event in words, ISO times and files. Source: notifications.md section 5. */
export function decodeRecordingDetails(eventType: number | null, raw: Members): DecodedDetails {
	const decoder = eventType === null ? undefined : CLOUD_RECORDING_DECODERS[eventType];
	return decoder ? decoder(raw) : { details: {} };
}
