import { CLOUD_RECORDING, EVENTS, isCloudTranscoder, RTC, sampleOf } from './events.mts';
import type { Message } from './outbox.mts';
import { newSid } from '../identifiers.mts';
import type { NoticeParts } from './subscription.mts';

/** What a notice about a recording says. */
interface RecordingFacts {
	cname: string;
	uid: string;
	sid: string;
	sequence: number;
	at: number;
	/** Without msgName. */
	details: Record<string, unknown>;
	serviceType?: number;
}

/** `payload` of Cloud Recording (notifications.md 4), its members in the order of the real example. */
export function recordingPayload(eventType: number, facts: RecordingFacts) {
	const { cname, uid, sid, sequence, at, details } = facts;
	const kind = EVENTS.get(CLOUD_RECORDING)?.get(eventType);
	return {
		cname,
		uid,
		sid,
		sequence,
		sendts: at,
		serviceType: facts.serviceType ?? kind?.serviceType ?? 0,
		details: { ...(kind === undefined ? {} : { msgName: kind.name }), ...details },
	};
}

/** `payload` of RTC: time in seconds (rtc-channel-events.md). */
export const channelPayload = (cname: string, at: number, fields: Record<string, unknown>) => ({
	channelName: cname,
	ts: Math.floor(at / 1000),
	...fields,
});

/** `payload` of Cloud Transcoding, which has the same product ID (notifications.md 6). */
const transcoderPayload = (
	eventType: number,
	{ sequence = 0, details = {} }: NoticeParts,
	at: number,
) => ({
	taskId: newSid(),
	instanceId: 'instance',
	sequence,
	sendts: at,
	serviceScene: 'rtsc/cloud-transcoder',
	details: { msgName: EVENTS.get(CLOUD_RECORDING)?.get(eventType)?.name, ...details },
});

/** The payload of a notice on request: what is given, and a sample for the rest. */
export function payloadOf(parts: NoticeParts, at: number, sid: string): unknown {
	const { productId, eventType, cname = 'example-channel', uid = '527841' } = parts;
	if (parts.payload === null) return undefined;
	if (parts.payload !== undefined) return parts.payload;
	const details = parts.details ?? sampleOf(productId, eventType, parts.sample);
	if (productId === RTC) {
		const fields = parts.uid === undefined ? details : { ...details, uid: Number(uid) };
		return channelPayload(cname, at, fields);
	}
	if (isCloudTranscoder(eventType)) return transcoderPayload(eventType, parts, at);
	const { sequence = 0, serviceType } = parts;
	return recordingPayload(eventType, { cname, uid, sid, sequence, at, details, serviceType });
}

/** The message that a request to send one asks for. */
export function messageOf(parts: NoticeParts, at: number): Message {
	const { productId, eventType, noticeId, raw, secret, signatures, headers } = parts;
	const named = parts.sid ?? newSid();
	const isRecording = productId === CLOUD_RECORDING && !isCloudTranscoder(eventType);
	// A payload of one's own comes with the sid of one's own, or with none.
	const sid = isRecording && parts.payload === undefined ? named : parts.sid;
	const payload = payloadOf(parts, at, named);
	const lane = productId === RTC && parts.cname !== undefined ? `channel ${parts.cname}` : named;
	const own = { noticeId, raw, secret, signatures, headers };
	return { productId, eventType, at, payload, sid, lane, ...own };
}
