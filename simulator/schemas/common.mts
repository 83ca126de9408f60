import { z } from 'zod';

/** Largest RTC uid: 2^32 - 1. */
const MAX_UID = 4_294_967_295;

/** A uid as rest-api.md 2 wants it: a decimal integer in a string, 1 to 2^32 - 1. */
export const uid = z
	.string()
	.regex(/^[1-9]\d{0,9}$/)
	.refine((text) => Number(text) <= MAX_UID);

/** A member that the Go client sends empty where nothing was set; it counts as left out. */
export const orEmpty = <Schema extends z.ZodTypeAny>(schema: Schema) =>
	z.union([schema, z.literal('')]).optional();

/** 1 to 32 uids, for the lists of streams not to record. */
export const uidList = z.array(uid).min(1).max(32);

/** Stands for every stream in a subscription list. */
export const ALL_STREAMS = '#allstream#';

/** 1 to 32 uids, or the one entry that means everybody. */
export const subscriptionList = z
	.array(z.union([uid, z.literal(ALL_STREAMS)]))
	.min(1)
	.max(32)
	.refine((list) => list.length === 1 || !list.includes(ALL_STREAMS));

/** An integer within bounds, both included. */
export const int = (min: number, max: number) => z.number().int().min(min).max(max);

/** One of a few numbers, as most of Agora's enumerations are. */
export const oneOf = (...values: number[]) => z.number().refine((value) => values.includes(value));

/** 0, 1 or 2: sampling and bit rates of mixed audio (rest-api.md 3.3, 3.7). */
export const audioProfile = oneOf(0, 1, 2);

/** The four lists of rest-api.md 3.3, in both spellings of the negative ones. */
export const audioLists = {
	subscribeAudioUids: subscriptionList.optional(),
	unsubscribeAudioUids: uidList.optional(),
	unSubscribeAudioUids: uidList.optional(),
};
export const videoLists = {
	subscribeVideoUids: subscriptionList.optional(),
	unsubscribeVideoUids: uidList.optional(),
	unSubscribeVideoUids: uidList.optional(),
};

/** A CDN address: `rtmp://` or `rtmps://`; at most one of them (rest-api.md 3.7). */
export const rtmpOutputs = z
	.array(z.object({ rtmpUrl: z.string().regex(/^rtmps?:\/\/./) }).strict())
	.min(1)
	.max(1);

/** http or https address of a page or picture. */
export const webAddress = z.string().regex(/^https?:\/\/./);
