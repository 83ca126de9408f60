import { z } from 'zod';
import { AUDIO_ONLY, UID_GROUP_SIZES, VIDEO_ONLY } from './subscriptions';
import {
	breaks,
	filled,
	NOT_EMPTY,
	oneOf,
	oneOfTexts,
	subscribedUids,
	unsubscribedUids,
	wholeNumber,
} from './common';
import { transcodingConfig } from './picture';

/** `recordingConfig` of composite and individual recordings (rest-api.md 3.3). */

const SALT_BYTES = 32;

/** Audio, video or both: 0, 1, 2. */
export const streamTypes = oneOf(0, 1, 2);

/** Seconds without anybody after which a recording ends. */
export const idleTime = wholeNumber(5, 2_592_000, 'seconds (30 days)');

/** What both modes that record a channel have. */
const channel = z.object({
	channelType: oneOf(0, 1),
	streamTypes: streamTypes.optional(),
	videoStreamType: oneOf(0, 1).optional(),
	maxIdleTime: idleTime.optional(),
	decryptionMode: oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8).optional(),
	secret: filled.optional(),
	salt: z
		.string()
		.refine((salt) => /^[A-Za-z0-9+/]{43}=$/.test(salt), `must be ${SALT_BYTES} bytes in Base64`)
		.optional(),
	subscribeAudioUids: subscribedUids.optional(),
	subscribeVideoUids: subscribedUids.optional(),
	unSubscribeAudioUids: unsubscribedUids.optional(),
	unSubscribeVideoUids: unsubscribedUids.optional(),
	unsubscribeAudioUids: unsubscribedUids.optional(),
	unsubscribeVideoUids: unsubscribedUids.optional(),
	privateParams: z.string().optional(),
	extensionParams: z.object({ enableNTPtimestamp: z.boolean().optional() }).optional(),
});

type ChannelConfig = z.infer<typeof channel>;

function checkChannel(config: ChannelConfig, context: z.RefinementCtx) {
	const { decryptionMode = 0, secret, salt, streamTypes } = config;
	if (decryptionMode > 0 && secret === undefined) {
		breaks(context, ['secret'], NOT_EMPTY);
	}
	if (decryptionMode >= 7 && salt === undefined) {
		breaks(context, ['salt'], `must be ${SALT_BYTES} bytes in Base64`);
	}
	for (const medium of ['Audio', 'Video'] as const) {
		const wanted = config[`subscribe${medium}Uids`];
		const unwanted = config[`unSubscribe${medium}Uids`] ?? config[`unsubscribe${medium}Uids`];
		if (wanted && unwanted) {
			breaks(
				context,
				[`subscribe${medium}Uids`],
				'must list either users to record or users to exclude, not both',
			);
		}
		if ((wanted ?? unwanted) && streamTypes === (medium === 'Audio' ? VIDEO_ONLY : AUDIO_ONLY)) {
			breaks(
				context,
				[`subscribe${medium}Uids`],
				`must be empty unless ${medium.toLowerCase()} is recorded`,
			);
		}
	}
}

/** Composite: the picture and the quality of the mixed sound. */
export const compositeRecordingConfig = channel
	.extend({
		audioProfile: oneOf(0, 1, 2).optional(),
		transcodingConfig: transcodingConfig.optional(),
	})
	.superRefine(checkChannel);

/** Individual: how many users to reckon with, and what files each gets. */
export const individualRecordingConfig = channel
	.extend({
		subscribeUidGroup: wholeNumber(0, UID_GROUP_SIZES.length - 1),
		streamMode: oneOfTexts('default', 'standard', 'original').optional(),
	})
	.superRefine(checkChannel)
	.refine(
		({ streamMode, streamTypes }) => streamMode !== 'original' || streamTypes === AUDIO_ONLY,
		{
			path: ['streamMode'],
			message: "must not be 'Original Audio' unless 'Record' is 'Audio Only'",
		},
	);
