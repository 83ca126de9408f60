import { z } from 'zod';
import { audioLists, int, oneOf, rtmpOutputs, uid, videoLists } from './common.mts';
import { layout } from './layout.mts';
import { recordingConfig, recordingFileConfig, snapshotConfig } from './recordingConfig.mts';
import { storageConfig } from './storage.mts';
import { extensionServiceConfig } from './web.mts';

/** The envelope of every POST body (rest-api.md 1, "Session identity rules"). */
function envelope<Shape extends z.ZodTypeAny>(clientRequest: Shape) {
	// Which channel names are allowed is asked later: acquire has an error of its own for that.
	return z.object({ cname: z.string().min(1), uid, clientRequest }).strict();
}

/** rest-api.md 2. startParameter may be invalid: only the start that follows is then refused. */
export const acquireBody = envelope(
	z
		.object({
			scene: oneOf(0, 1, 2).optional(),
			resourceExpiredHour: int(1, 720).optional(),
			startParameter: z.record(z.unknown()).optional(),
			excludeResourceIds: z.array(z.string().min(1)).optional(),
			region: z.enum(['CN', 'AP', 'EU', 'NA']).optional(),
			regionAffinity: int(0, 4).optional(),
		})
		.strict()
		.optional(),
);

/** rest-api.md 9: postponed transcoding and audio mixing. */
const appsCollection = z
	.object({ combinationPolicy: z.enum(['postpone_transcoding', 'default']).optional() })
	.strict();
const transcodeOptions = z
	.object({
		transConfig: z.object({ transMode: z.enum(['postponeTranscoding', 'audioMix']) }).strict(),
		container: z
			.object({ format: z.enum(['mp4', 'mp3', 'm4a', 'aac']).optional() })
			.strict()
			.optional(),
		audio: z
			.object({
				sampleRate: z.enum(['48000', '32000', '16000']).optional(),
				bitrate: z.string().regex(/^\d+$/).optional(),
				channels: z.enum(['1', '2']).optional(),
			})
			.strict()
			.optional(),
	})
	.strict();

/** rest-api.md 3.1: every member of every mode; START_RULES say which mode has which. */
export const startBody = envelope(
	z
		.object({
			token: z.string().optional(),
			storageConfig,
			recordingConfig: recordingConfig.optional(),
			recordingFileConfig: recordingFileConfig.optional(),
			snapshotConfig: snapshotConfig.optional(),
			extensionServiceConfig: extensionServiceConfig.optional(),
			appsCollection: appsCollection.optional(),
			transcodeOptions: transcodeOptions.optional(),
		})
		.strict(),
);

/** rest-api.md 4. */
export const updateBody = envelope(
	z
		.object({
			streamSubscribe: z
				.object({
					audioUidList: z.object(audioLists).strict().optional(),
					videoUidList: z.object(videoLists).strict().optional(),
				})
				.strict()
				.optional(),
			webRecordingConfig: z.object({ onhold: z.boolean().optional() }).strict().optional(),
			rtmpPublishConfig: z.object({ outputs: rtmpOutputs }).strict().optional(),
			storageConfig: storageConfig.optional(),
		})
		.strict(),
);

/** rest-api.md 5. */
export const updateLayoutBody = envelope(layout);

/** rest-api.md 7: in one of Agora's samples members of acquire have strayed into it. */
export const stopBody = envelope(
	z
		.object({
			async_stop: z.boolean().optional(),
			scene: z.unknown(),
			resourceExpiredHour: z.unknown(),
		})
		.strict(),
);

export type AcquireRequest = NonNullable<z.output<typeof acquireBody>['clientRequest']>;
export type StartRequest = z.output<typeof startBody>['clientRequest'];
export type StopRequest = z.output<typeof stopBody>['clientRequest'];
export type UpdateRequest = z.output<typeof updateBody>['clientRequest'];
