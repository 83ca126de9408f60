import { z } from 'zod';
import { audioLists, audioProfile, int, oneOf, videoLists } from './common.mts';
import { transcodingConfig } from './layout.mts';

/** Thirty days, in seconds. */
const THIRTY_DAYS = 2_592_000;

function isJsonObject(text: string): boolean {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	} catch {
		return false;
	}
}

function isBase64Of32Bytes(text: string): boolean {
	return (
		/^[A-Za-z0-9+/]+={0,2}$/.test(text) &&
		text.length % 4 === 0 &&
		Buffer.from(text, 'base64').length === 32
	);
}

/** rest-api.md 3.3. What depends on the mode or on other members stands in START_RULES. */
export const recordingConfig = z
	.object({
		channelType: oneOf(0, 1),
		decryptionMode: int(0, 8).optional(),
		secret: z.string().optional(),
		salt: z.string().refine(isBase64Of32Bytes).optional(),
		maxIdleTime: int(5, THIRTY_DAYS).optional(),
		streamTypes: oneOf(0, 1, 2).optional(),
		videoStreamType: oneOf(0, 1).optional(),
		...audioLists,
		...videoLists,
		subscribeUidGroup: int(0, 5).optional(),
		streamMode: z.enum(['default', 'standard', 'original']).optional(),
		audioProfile: audioProfile.optional(),
		transcodingConfig: transcodingConfig.optional(),
		privateParams: z.string().refine(isJsonObject).optional(),
		extensionParams: z.object({ enableNTPtimestamp: z.boolean().optional() }).strict().optional(),
	})
	.strict();

export type RecordingConfig = z.output<typeof recordingConfig>;

/** rest-api.md 3.5; null is what the Go client sends where nothing was set. Which of them a mode allows stands in START_RULES. */
export const recordingFileConfig = z
	.object({
		avFileType: z
			.array(z.enum(['hls', 'mp4']))
			.refine((types) => types.includes('hls') && new Set(types).size === types.length)
			.nullish(),
	})
	.strict();

/** rest-api.md 3.6; 1 to 4 seconds are documented in the guides only. */
export const snapshotConfig = z
	.object({
		captureInterval: int(1, 3600).optional(),
		fileType: z.tuple([z.literal('jpg')]),
	})
	.strict();
