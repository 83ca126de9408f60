import type { RecordingMode } from '../modes';
import { readSent, type SentChannelConfig, type SentPage } from './sent';
import { webPageOf, type StartClientRequest } from './start';
import { AUDIO_ONLY, VIDEO_ONLY } from './subscriptions';

/** kbps by `audioProfile`, of composite and web page recordings alike (rest-api.md 3.3 and 3.7). */
const AUDIO_KBPS: Readonly<Record<number, number>> = { 0: 48, 1: 128, 2: 192 };

/** kbps that Agora takes for a page where none are asked for: from 1280 × 720 on, and below it. */
const PAGE_KBPS = { large: 2000, small: 1500 };
const LARGE_PAGE_PIXELS = 1280 * 720;
/** kbps of a composite picture that is not described (rest-api.md 3.4). */
const DEFAULT_VIDEO_KBPS = 500;

/** Bytes an hour of one kbps: 1000 bits a second, for 3600 seconds. */
const BYTES_PER_HOUR = (1000 * 3600) / 8;

/** A list for the other medium and none for this one: this one is not recorded (rest-api.md 3.3). */
function leftOut(config: SentChannelConfig, medium: 'Audio' | 'Video'): boolean {
	const listed = (of: 'Audio' | 'Video') =>
		(['subscribe', 'unSubscribe', 'unsubscribe'] as const).some(
			(kind) => config[`${kind}${of}Uids`] !== undefined,
		);
	return !listed(medium) && listed(medium === 'Audio' ? 'Video' : 'Audio');
}

/** A rate as it was given, `fallback` where none was; undefined for what is no number. */
function rateOf(given: unknown, fallback: number): number | undefined {
	if (given === undefined) return fallback;
	return typeof given === 'number' ? given : undefined;
}

function compositeKbps(config: SentChannelConfig): Array<number | undefined> {
	const { streamTypes, audioProfile, transcodingConfig: picture } = config;
	const audio = streamTypes !== VIDEO_ONLY && !leftOut(config, 'Audio');
	const video = streamTypes !== AUDIO_ONLY && !leftOut(config, 'Video');
	return [
		audio ? AUDIO_KBPS[rateOf(audioProfile, 0) ?? NaN] : 0,
		video ? rateOf(picture?.bitrate, DEFAULT_VIDEO_KBPS) : 0,
	];
}

function pageKbps({ audioProfile = NaN, videoWidth, videoHeight, videoBitrate }: SentPage) {
	if (videoWidth === undefined || videoHeight === undefined) return [undefined];
	const large = videoWidth * videoHeight >= LARGE_PAGE_PIXELS;
	return [
		AUDIO_KBPS[audioProfile],
		rateOf(videoBitrate, large ? PAGE_KBPS.large : PAGE_KBPS.small),
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
	const { recordingConfig: config, recordingFileConfig: files } = readSent(request);
	const rates =
		mode === 'web' && page
			? pageKbps(page)
			: mode === 'mix' && config
				? compositeKbps(config)
				: [undefined];
	const formats = files?.avFileType ?? ['hls'];
	const kbps = rates.reduce<number>((sum, rate) => sum + (rate ?? NaN), 0);
	const bytes = kbps * BYTES_PER_HOUR * formats.length;
	return Number.isFinite(bytes) ? bytes : null;
}
