import { z } from 'zod';
import { channelNameSchema, uidSchema } from './identity';
import { MODE_SCENES, type RecordingMode } from './modes';

/** What each operation sends, and the documented rules it is held against before it is sent. */

const wholeNumber = (min: number, max: number, unit = '') => {
	const phrase = `a whole number from ${min} to ${max}${unit && ` ${unit}`}`;
	return z.number().int(phrase).min(min, phrase).max(max, phrase);
};

const oneOf = (...allowed: readonly number[]) =>
	z.number().refine((value) => allowed.includes(value), `one of ${allowed.join(', ')}`);

const required = (what: string) => z.string().min(1, `${what}, which must not be empty`);

/** Largest picture: 1920 × 1080 pixels (rest-api.md 3.4). */
export const MAX_PIXELS = 1920 * 1080;
/** Frames per second that a recording can have; Agora silently takes 15 for any other. */
export const FRAME_RATES = [1, 7, 10, 15, 24, 30, 60] as const;
/** Layouts of Agora by its number (rest-api.md 3.4); 3 is a layout of one's own. */
export const LAYOUTS = { floating: 0, bestFit: 1, vertical: 2 } as const;
export type LayoutName = keyof typeof LAYOUTS;

const transcodingConfig = z
	.object({
		width: wholeNumber(1, 1920, 'pixels'),
		height: wholeNumber(1, 1920, 'pixels'),
		fps: oneOf(...FRAME_RATES),
		bitrate: wholeNumber(1, 6500, 'kbps'),
		mixedVideoLayout: oneOf(0, 1, 2, 3),
		maxResolutionUid: uidSchema.optional(),
		backgroundColor: z
			.string()
			.refine((color) => /^#[0-9a-fA-F]{6}$/.test(color), 'a color like #RRGGBB')
			.optional(),
	})
	.refine(({ width, height }) => width * height <= MAX_PIXELS, {
		path: ['width'],
		message: `a width that makes at most ${MAX_PIXELS} pixels (1920 × 1080) with the height`,
	});

const recordingConfig = z.object({
	channelType: oneOf(0, 1),
	streamTypes: oneOf(0, 1, 2),
	videoStreamType: oneOf(0, 1).optional(),
	maxIdleTime: wholeNumber(5, 2_592_000, 'seconds (30 days)'),
	audioProfile: oneOf(0, 1, 2).optional(),
	transcodingConfig: transcodingConfig.optional(),
});

/** Longest prefix, slashes included (rest-api.md 3.2). */
const MAX_PREFIX_LENGTH = 128;

const storageConfig = z.object({
	vendor: z.number(),
	region: z.number(),
	bucket: required("the bucket's name"),
	accessKey: required('the access key'),
	secretKey: required('the secret key'),
	fileNamePrefix: z
		.array(
			z
				.string()
				.refine((part) => /^[a-zA-Z0-9]+$/.test(part), 'directories of letters and digits only'),
		)
		.refine(
			(parts) => parts.join('/').length <= MAX_PREFIX_LENGTH,
			`at most ${MAX_PREFIX_LENGTH} characters, slashes included`,
		)
		.optional(),
	extensionParams: z
		.object({
			sse: z
				.string()
				.refine((sse) => ['kms', 'aes256'].includes(sse), 'kms or aes256')
				.optional(),
			tag: z.string().optional(),
			endpoint: z
				.string()
				.refine(
					(host) => /^[\w.-]+(:\d+)?$/.test(host),
					'a host name such as storage.example.com, without https:// and path',
				)
				.optional(),
		})
		.optional(),
});

const startClientRequest = z.object({
	token: z.string().optional(),
	recordingConfig,
	recordingFileConfig: z.object({
		avFileType: z
			.array(z.string())
			.refine(
				(types) => ['hls', 'hls,mp4'].includes(types.join()),
				'HLS, or HLS together with MP4',
			),
	}),
	storageConfig,
});

export const identitySchema = z.object({ cname: channelNameSchema, uid: uidSchema });

export const startSchema = identitySchema.extend({ clientRequest: startClientRequest });

export const acquireSchema = identitySchema.extend({
	clientRequest: z.object({
		scene: oneOf(0, 1, 2),
		resourceExpiredHour: wholeNumber(1, 720, 'hours').optional(),
		region: z
			.string()
			.refine((region) => ['CN', 'AP', 'EU', 'NA'].includes(region), 'CN, AP, EU or NA')
			.optional(),
		startParameter: startClientRequest.optional(),
	}),
});

export type StorageConfig = z.infer<typeof storageConfig>;
export type StartClientRequest = z.infer<typeof startClientRequest>;
export type StartRequest = z.infer<typeof startSchema>;
export type AcquireRequest = z.infer<typeof acquireSchema>;

/** What a composite recording is to be like, in the form's terms. */
export interface CompositeSettings {
	token?: string;
	channelType: number;
	streamTypes: number;
	videoStreamType?: number;
	maxIdleTime: number;
	audioProfile?: number;
	/** HLS, or HLS and MP4; MP4 alone does not exist (Agora refuses it with code 2). */
	fileFormat: 'hls' | 'hlsAndMp4';
	/** Picture and layout; absent where only audio is recorded. */
	picture?: {
		width: number;
		height: number;
		fps: number;
		bitrate: number;
		layout: LayoutName;
		maxResolutionUid?: string;
		backgroundColor?: string;
	};
	storage: StorageConfig;
}

/** Drops members that are undefined, so that the body holds only what is meant. */
function defined<T extends object>(value: T): T {
	return Object.fromEntries(
		Object.entries(value).filter(([, member]) => member !== undefined),
	) as T;
}

/** Start's `clientRequest` for a composite recording (rest-api.md 3.1 to 3.5). */
export function compositeStart(settings: CompositeSettings): StartClientRequest {
	const { picture } = settings;
	return defined({
		token: settings.token,
		recordingConfig: defined({
			channelType: settings.channelType,
			streamTypes: settings.streamTypes,
			videoStreamType: settings.videoStreamType,
			maxIdleTime: settings.maxIdleTime,
			audioProfile: settings.audioProfile,
			transcodingConfig:
				picture &&
				defined({
					width: picture.width,
					height: picture.height,
					fps: picture.fps,
					bitrate: picture.bitrate,
					mixedVideoLayout: LAYOUTS[picture.layout],
					maxResolutionUid: picture.maxResolutionUid,
					backgroundColor: picture.backgroundColor,
				}),
		}),
		recordingFileConfig: {
			avFileType: settings.fileFormat === 'hls' ? ['hls'] : ['hls', 'mp4'],
		},
		storageConfig: settings.storage,
	});
}

/** Acquire's `clientRequest` (rest-api.md section 2); `startParameter` is the start to come, as it is. */
export function acquireClientRequest(
	mode: RecordingMode,
	options: { resourceExpiredHour?: number; region?: string; startParameter?: StartClientRequest },
): AcquireRequest['clientRequest'] {
	return defined({ scene: MODE_SCENES[mode], ...options });
}
