import { z } from 'zod';
import { members } from '../lenient';
import { idleTime, streamTypes } from './recordingConfig';
import { pageMembers } from './webPage';

/**
 * What a start says, read back from it as it is really sent. Additional fields may have put anything
 * anywhere: what is of another kind than Agora has there counts as not known, and harms nobody.
 */

const known = <T extends z.ZodTypeAny>(rule: T) => rule.optional().catch(undefined);

/** Settings of the page recorder that decide how long something takes, or how large it gets. */
const page = z.object({
	maxRecordingHour: known(pageMembers.maxRecordingHour),
	readyTimeout: known(pageMembers.readyTimeout),
	audioProfile: known(pageMembers.audioProfile),
	videoWidth: known(pageMembers.videoWidth),
	videoHeight: known(pageMembers.videoHeight),
	/** As it is: what is left out has a meaning of its own. */
	videoBitrate: z.unknown(),
});

const pageRecorder = z.object({
	serviceName: z.literal('web_recorder_service'),
	serviceParam: page.catch({}),
});

const sentSchema = z.object({
	/** Settings as they are: what is left out has a meaning of its own. */
	recordingConfig: known(
		z.object({ transcodingConfig: known(z.object({}).passthrough()) }).passthrough(),
	),
	recordingFileConfig: known(z.object({ avFileType: known(z.array(z.unknown())) })),
	snapshotConfig: known(members),
	extensionServiceConfig: known(
		z.object({ extensionServices: known(z.array(known(pageRecorder))) }),
	),
});

export type SentPage = z.infer<typeof page>;
export type SentStart = z.infer<typeof sentSchema>;
export type SentChannelConfig = NonNullable<SentStart['recordingConfig']>;

/** A start's `clientRequest`, as far as it can be read. */
export const readSent = (clientRequest: object): SentStart => sentSchema.parse(clientRequest);

/** Seconds of `maxIdleTime`, where they are what Agora takes. */
export const readIdleTime = (value: unknown): number | undefined => known(idleTime).parse(value);

/** `streamTypes`, where it is one of Agora's. */
export const readStreamTypes = (value: unknown): number | undefined =>
	known(streamTypes).parse(value);
