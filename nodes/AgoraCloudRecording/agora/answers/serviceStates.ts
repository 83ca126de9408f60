import type { RecordingMode } from '../modes';
import type { RecordingStatusOutcome } from './outcomes';
import type { ServerResponse } from './responses';
import { describeStatus } from './statuses';

/** What the services of a web page recording say of themselves (rest-api.md sections 6 and 7). */
export interface WebState {
	/** State of the page recorder: init, inProgress, exit. */
	state?: string;
	/** Whether the recording is paused. */
	onhold?: boolean;
	/** Targets of the CDN push and how each fares. */
	outputs?: Array<{ rtmpUrl: string | null; status: string | null }>;
}

/** Reads the page recorder's state and the CDN targets; undefined where there are no services. */
export function webStateOf(response: ServerResponse | undefined): WebState | undefined {
	const services = response?.extensionServiceState;
	if (!services) return undefined;
	const payloadOf = (name: string) => {
		const service = services.find((candidate) => candidate?.serviceName === name);
		return service?.payload ?? service?.playload;
	};
	const recorder = payloadOf('web_recorder_service');
	const outputs = payloadOf('rtmp_publish_service')?.outputs;
	return {
		state: recorder?.state,
		onhold: recorder?.onhold,
		outputs: outputs?.flatMap((output) =>
			output ? [{ rtmpUrl: output.rtmpUrl ?? null, status: output.status ?? null }] : [],
		),
	};
}

/** What is to be known of a recording to read its status. */
export interface StatusReader {
	mode: RecordingMode;
	/** Kinds of its files: hls, mp4, jpg; absent where not known. */
	formats?: readonly string[];
}

/**
 * What a query shows. A web page is recorded only while its recorder is in progress, whatever the
 * status says, and not while it is on hold. Screenshots are taken by a recorder that is ready: status 5
 * tells of audio and video (rest-api.md section 6).
 */
export function outcomeOf(
	response: ServerResponse | undefined,
	{ mode, formats }: StatusReader,
): RecordingStatusOutcome {
	const { outcome } = describeStatus(response?.status ?? -1);
	if (outcome !== 'recording' && outcome !== 'ready') return outcome;
	const web = webStateOf(response);
	if (mode === 'web' || web) {
		if (web?.state === 'init') return 'starting';
		if (web?.state === 'exit') return 'ended';
		if (web?.state !== 'inProgress') return 'unknown';
		return web.onhold ? 'paused' : 'recording';
	}
	const screenshotsOnly = formats?.length === 1 && formats[0] === 'jpg';
	return screenshotsOnly ? 'recording' : outcome;
}

/** What Agora writes; everything else, its older `unknow` included, is `unknown`. */
const TOLD_STATUSES = ['uploaded', 'backuped'] as const;

/**
 * Where the files are after a stop: all in the user's storage, some still with Agora's backup, still
 * on their way, or not known.
 */
export type UploadStatus = 'uploaded' | 'backuped' | 'pending' | 'unknown';

/** Upload state of a stop answer, of whichever mode. */
export function uploadStatusOf(response: ServerResponse | undefined): UploadStatus {
	const told =
		response?.uploadingStatus ??
		response?.extensionServiceState
			?.map((service) => (service?.payload ?? service?.playload)?.uploadingStatus)
			.find((status) => status !== undefined);
	return TOLD_STATUSES.find((status) => status === told) ?? 'unknown';
}
