import type { RecordingMode } from './modes';
import { webPageOf, type StartClientRequest } from './requests/start';
import type { WebPage } from './requests/webPage';

/** kbps by `audioProfile`, of composite and web page recordings alike (rest-api.md 3.3 and 3.7). */
const AUDIO_KBPS: Readonly<Record<number, number>> = { 0: 48, 1: 128, 2: 192 };

/** `streamTypes` (rest-api.md 3.3). */
const AUDIO_ONLY = 0;
const VIDEO_ONLY = 1;

/** kbps that Agora takes for a page where none are asked for: from 1280 × 720 on, and below it. */
const PAGE_KBPS = { large: 2000, small: 1500 };
const LARGE_PAGE_PIXELS = 1280 * 720;
/** kbps of a composite picture that is not described (rest-api.md 3.4). */
const DEFAULT_VIDEO_KBPS = 500;

/** Bytes an hour of one kbps: 1000 bits a second, for 3600 seconds. */
const BYTES_PER_HOUR = (1000 * 3600) / 8;

type ChannelConfig = Extract<StartClientRequest, { recordingConfig: unknown }>['recordingConfig'];

/** A list for the other medium and none for this one: this one is not recorded (rest-api.md 3.3). */
function leftOut(config: ChannelConfig, medium: 'Audio' | 'Video'): boolean {
	const listed = (of: 'Audio' | 'Video') =>
		(['subscribe', 'unSubscribe', 'unsubscribe'] as const).some(
			(kind) => config[`${kind}${of}Uids`] !== undefined,
		);
	return !listed(medium) && listed(medium === 'Audio' ? 'Video' : 'Audio');
}

function compositeKbps(config: ChannelConfig): Array<number | undefined> {
	const { streamTypes } = config;
	const picture = 'transcodingConfig' in config ? config.transcodingConfig : undefined;
	const profile = ('audioProfile' in config ? config.audioProfile : undefined) ?? 0;
	const audio = streamTypes !== VIDEO_ONLY && !leftOut(config, 'Audio');
	const video = streamTypes !== AUDIO_ONLY && !leftOut(config, 'Video');
	return [audio ? AUDIO_KBPS[profile] : 0, video ? (picture?.bitrate ?? DEFAULT_VIDEO_KBPS) : 0];
}

function pageKbps(page: WebPage): Array<number | undefined> {
	const large = page.videoWidth * page.videoHeight >= LARGE_PAGE_PIXELS;
	return [
		AUDIO_KBPS[page.audioProfile],
		page.videoBitrate ?? (large ? PAGE_KBPS.large : PAGE_KBPS.small),
	];
}

/**
 * Bytes that an hour of a recording takes in the bucket: audio and video kbps × seconds ÷ 8
 * (best-practices.md section 7, "Size estimate"), for HLS and again for MP4 where both are made.
 *
 * @returns null for individual recordings, which take what each user sends, and where the request was
 *   given values of another kind
 */
export function estimatedBytesPerHour(
	mode: RecordingMode,
	request: StartClientRequest,
): number | null {
	const page = webPageOf(request);
	const config = 'recordingConfig' in request ? request.recordingConfig : undefined;
	const rates =
		mode === 'web' && page
			? pageKbps(page)
			: mode === 'mix' && config
				? compositeKbps(config)
				: [undefined];
	const formats = request.recordingFileConfig?.avFileType ?? ['hls'];
	const kbps = rates.reduce<number>(
		(sum, rate) => sum + (typeof rate === 'number' ? rate : NaN),
		0,
	);
	const bytes = kbps * BYTES_PER_HOUR * formats.length;
	return Number.isFinite(bytes) ? bytes : null;
}
