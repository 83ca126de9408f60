import { z } from 'zod';
import type { RecordingMode } from '../modes';
import { breaks, subscribedUids, unsubscribedUids } from './common';
import { storageConfig } from './storage';
import { rtmpOutputs } from './webPage';

/** What update sends (rest-api.md section 4). */

const oneList = (lists: Record<string, string[] | undefined>, context: z.RefinementCtx) => {
	if (Object.values(lists).filter((list) => list !== undefined).length > 1) {
		breaks(context, [], 'must list either users to record or users to exclude, not both');
	}
};

const audioUidList = z
	.object({
		subscribeAudioUids: subscribedUids.optional(),
		unSubscribeAudioUids: unsubscribedUids.optional(),
		unsubscribeAudioUids: unsubscribedUids.optional(),
	})
	.superRefine(oneList);

const videoUidList = z
	.object({
		subscribeVideoUids: subscribedUids.optional(),
		unSubscribeVideoUids: unsubscribedUids.optional(),
		unsubscribeVideoUids: unsubscribedUids.optional(),
	})
	.superRefine(oneList);

const channelUpdate = z.object({
	streamSubscribe: z
		.object({ audioUidList: audioUidList.optional(), videoUidList: videoUidList.optional() })
		.optional(),
	storageConfig: storageConfig.optional(),
});

const webPageUpdate = z.object({
	webRecordingConfig: z.object({ onhold: z.boolean() }).optional(),
	rtmpPublishConfig: z.object({ outputs: rtmpOutputs }).optional(),
	storageConfig: storageConfig.optional(),
});

/** Schema of update's `clientRequest`. */
export function updateSchema(mode: RecordingMode) {
	return z.object({ clientRequest: mode === 'web' ? webPageUpdate : channelUpdate });
}

export type UpdateClientRequest = z.infer<typeof channelUpdate> & z.infer<typeof webPageUpdate>;
