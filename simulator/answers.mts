import { filesOf, folderOf } from './files.mts';
import { contentFrom, endOf, phaseAt, readyAt, uploadedAt } from './life.mts';
import type { World } from './life.mts';
import { pageOf } from './recording.mts';
import type { Recording } from './recording.mts';

/** What all answers about a recording begin with (rest-api.md 3.9 to 7). */
export function identity({ resource, sid }: Recording) {
	const { cname, uid, resourceId } = resource;
	return { cname, uid, resourceId, sid };
}

/** `status` of query, 0 to 8 or 20 (rest-api.md 6). */
export function statusAt(recording: Recording, now: number, world: World): number {
	const end = endOf(recording, world);
	if (end !== undefined && end.at <= now) {
		if (end.cause === 'killed') return 20;
		if (end.cause === 'stop' && now < uploadedAt(end, world)) return 6;
		return phaseAt(recording, now, world) === 'gone' ? 8 : 7;
	}
	const { statusStepMs } = world.settings;
	const steps = statusStepMs === 0 ? 5 : Math.floor((now - recording.startedAt) / statusStepMs);
	const content = contentFrom(recording, world);
	const recordsNow = content !== undefined && content <= now;
	return Math.min(steps, recordsNow ? 5 : 4);
}

/** When a slice began, as answers tell it (field-notes.md 2.8). */
const sliceStart = (at: number, { settings }: World): number =>
	settings.openQuestions.sliceStartTime === 'seconds' ? Math.floor(at / 1000) : at;

/** Whether it takes screenshots, with or without recording: then no files are named (rest-api.md 6). */
const takesScreenshots = ({ request }: Recording): boolean => request.snapshotConfig !== undefined;

/** Whether MP4 was asked for. */
const makesMp4 = ({ request }: Recording): boolean =>
	request.recordingFileConfig?.avFileType?.includes('mp4') === true;

/** `fileListMode` and `fileList` of mix and individual, names with this folder (rest-api.md 6). */
function fileList(recording: Recording, now: number, delay: number, folder: string, world: World) {
	const files = filesOf(recording, now, delay, world).map((file) => ({
		...file,
		fileName: `${folder}${file.fileName}`,
		sliceStartTime: sliceStart(file.sliceStartTime, world),
	}));
	if (recording.mode === 'mix' && !makesMp4(recording)) {
		return { fileListMode: 'string', fileList: files.at(-1)?.fileName ?? '' };
	}
	return { fileListMode: 'json', fileList: files };
}

const isOnHold = ({ onhold }: Recording): boolean => onhold.at(-1)?.onhold === true;

/** The page recorder's entry of `extensionServiceState`; its files are spelt `filename`. */
function webRecorderState(recording: Recording, now: number, delay: number, world: World) {
	const ended = (endOf(recording, world)?.at ?? Infinity) <= now;
	const started = now >= readyAt(recording, world) && !neverReady(recording, world);
	return {
		serviceName: 'web_recorder_service',
		payload: {
			fileList: filesOf(recording, now, delay, world).map(({ fileName, sliceStartTime }) => ({
				filename: fileName,
				sliceStartTime: sliceStart(sliceStartTime, world),
			})),
			onhold: isOnHold(recording),
			state: ended ? 'exit' : started ? 'inProgress' : 'init',
		},
	};
}

/** Whether readyTimeout waits for a page that never says that it is ready. */
function neverReady(recording: Recording, { settings }: World): boolean {
	const page = pageOf(recording);
	return (
		page !== undefined && (page.readyTimeout ?? 0) > 0 && settings.pages[page.url] === 'neverReady'
	);
}

/** `serverResponse` of query (rest-api.md 6). */
export function queryResponse(recording: Recording, now: number, world: World) {
	const status = statusAt(recording, now, world);
	const delay = world.settings.firstFileMs[recording.mode];
	if (recording.mode === 'web') {
		const state: object[] = [webRecorderState(recording, now, delay, world)];
		if (recording.rtmpUrls.length > 0) {
			const ready = now >= readyAt(recording, world);
			state.push({
				serviceName: 'rtmp_publish_service',
				payload: {
					state: ready ? 'inProgress' : 'init',
					outputs: recording.rtmpUrls.map((rtmpUrl) => ({
						rtmpUrl,
						status: isOnHold(recording) ? 'onhold' : ready ? 'publishing' : 'connecting',
					})),
				},
			});
		}
		return { status, extensionServiceState: state };
	}
	const began = contentFrom(recording, world);
	const slices =
		recording.mode === 'individual' && began !== undefined && began + delay <= now
			? { sliceStartTime: sliceStart(began, world) }
			: {};
	if (takesScreenshots(recording)) return { status, ...slices };
	const folder = world.settings.prefixInFileNames ? folderOf(recording) : '';
	return { status, ...slices, ...fileList(recording, now, delay, folder, world) };
}

/** `serverResponse` of a stop whose upload has ended, or that did not wait for it (rest-api.md 7). */
export function stopResponse(
	recording: Recording,
	now: number,
	uploadingStatus: string,
	world: World,
) {
	if (recording.mode === 'web') {
		const state: object[] = [webRecorderState(recording, now, 0, world)];
		if (recording.rtmpUrls.length > 0) {
			state.push({ serviceName: 'rtmp_publish_service', payload: { state: 'onhold' } });
		}
		state.push({ serviceName: 'upload_service', payload: { uploadingStatus } });
		return { extensionServiceState: state };
	}
	if (takesScreenshots(recording)) return { uploadingStatus };
	// Agora's samples have the folder, but for the one of a composite recording with MP4 (rest-api.md 6).
	const bare =
		!world.settings.prefixInFileNames || (recording.mode === 'mix' && makesMp4(recording));
	const folder = bare ? '' : folderOf(recording);
	return { ...fileList(recording, now, 0, folder, world), uploadingStatus };
}
