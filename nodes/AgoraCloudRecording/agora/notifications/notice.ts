import { createHash } from 'node:crypto';
import { defined } from '../objects';
import { z } from 'zod';
import { findEvent, type Product } from './events';
import { filesOf, isoTime, type RecordedFile } from '../files/shape';
import { members, number, safeCopy, text, type Members } from '../lenient';
import { HEALTH_CHECK_CHANNEL, HEALTH_CHECK_UID } from '../identity';
import type { RecordingMode } from '../modes';
import { nameOf, SERVICES } from './codes';
import { decodeChannelDetails } from './channelDetails';
import { decodeRecordingDetails } from './details';

const envelopeSchema = z.object({
	noticeId: text,
	productId: number,
	eventType: number,
	notifyMs: number,
	sid: text,
	payload: members,
});

/** A notice as it came: every member may be missing. Source: notifications.md section 3. */
export type Envelope = z.infer<typeof envelopeSchema>;

/** What a notice says, in the one shape of the output. */
export interface Notification {
	/** Agora's name of the event; its number as text where it is unknown. */
	event: string;
	/** Name of the event in the form; with "(Abnormal)" where it did not go as that says. */
	eventName: string;
	eventType: number | null;
	product: Product;
	/** Same for every copy of the notice that Agora sends, whatever their noticeId. */
	dedupKey: string;
	noticeId: string | null;
	cname: string | null;
	uid: string | null;
	/** Orders the notices of a recording, or of a user in a channel; gaps are lost notices. */
	sequence: number | null;
	/** ISO 8601, UTC: when it happened. */
	occurredAt: string | null;
	/** ISO 8601, UTC: when this copy was sent. */
	notifiedAt: string | null;
	details: Members;
	/** The rest is told of recordings only. */
	sid?: string | null;
	mode?: RecordingMode;
	service?: string | null;
	serviceScene?: string;
	/** Absent where the upload did not end well. */
	uploadStatus?: 'uploaded' | 'backuped';
	files?: RecordedFile[];
}

/**
 * Reads the body of a notice.
 *
 * @param body the bytes that were signed
 * @returns undefined where it is not a JSON object
 */
export function parseEnvelope(body: Buffer): Envelope | undefined {
	let json: unknown;
	try {
		json = JSON.parse(body.toString('utf8'));
	} catch {
		return undefined;
	}
	const parsed = envelopeSchema.safeParse(json);
	return parsed.success ? parsed.data : undefined;
}

/** SID of the recording: in the payload, or above it, where real notices have it too. */
const sidOf = ({ sid, payload }: Envelope) => text.parse(payload.sid) || sid || undefined;

/**
 * Whether a notice is of Cloud Transcoding or Real-Time STT, which come under the same product and have
 * a task instead of a recording. Their numbers mean something else (notifications.md section 6).
 */
const isForeign = (envelope: Envelope) =>
	sidOf(envelope) === undefined && envelope.payload.taskId !== undefined;

/**
 * Whether a notice only asks if the receiver is there, as the "Check" button of Console does. What
 * that sends for Cloud Recording is documented nowhere: the documented channel or user of RTC, or an
 * event of no recording, is taken for it (notifications.md section 1).
 */
export function isHealthCheck(envelope: Envelope, product: Product): boolean {
	const { payload, eventType } = envelope;
	const [cname, channelName, uid] = ['cname', 'channelName', 'uid'].map((name) =>
		text.parse(payload[name]),
	);
	if (cname === HEALTH_CHECK_CHANNEL || channelName === HEALTH_CHECK_CHANNEL) return true;
	if (uid === HEALTH_CHECK_UID) return true;
	return (
		product === 'cloudRecording' &&
		eventType !== undefined &&
		sidOf(envelope) === undefined &&
		!isForeign(envelope)
	);
}

/** Joins parts to a key, unless one is missing, because then it would fit other notices too. */
function keyOf(...parts: Array<string | number | undefined>): string | undefined {
	return parts.every((part) => part !== undefined && part !== '') ? parts.join(':') : undefined;
}

/**
 * Keys under which copies of a notice are recognised: its content (which copies of redundant mode
 * share) and its ID (which resends share). Where both are missing, everything that Agora does not
 * change when it sends again.
 *
 * @returns the one for `dedupKey` first
 */
export function keysOf(envelope: Envelope, product: Product): [string, ...string[]] {
	const { noticeId, eventType, payload } = envelope;
	const part = (name: string) => text.parse(payload[name]);
	const event = `${product}:${eventType ?? ''}`;
	const content =
		product === 'cloudRecording'
			? keyOf(event, sidOf(envelope), part('uid'), part('sequence'), part('serviceType'))
			: [101, 102].includes(eventType ?? 0)
				? keyOf(event, part('ts'), part('channelName'))
				: keyOf(event, part('uid'), part('clientSeq'), part('channelName'));
	const id = noticeId ? `notice:${noticeId}` : undefined;
	const [first, ...others] = [content, id].flatMap((key) => key ?? []);
	if (first !== undefined) return [first, ...others];
	const hash = createHash('sha256')
		.update(JSON.stringify(safeCopy(payload)))
		.digest('hex');
	return [`${event}:${hash}`];
}

/** What every notice has, of whatever product. */
function common(envelope: Envelope, product: Product) {
	const { eventType = null, noticeId, notifyMs } = envelope;
	const isKnown = product !== 'cloudRecording' || !isForeign(envelope);
	const row = isKnown ? findEvent(product, eventType) : undefined;
	return {
		event: row?.name ?? String(eventType ?? 'unknown'),
		eventName: row?.displayName ?? `Event ${eventType ?? 'Without a Number'}`,
		eventType,
		product,
		dedupKey: keysOf(envelope, product)[0],
		noticeId: noticeId ?? null,
		notifiedAt: isoTime(notifyMs),
	};
}

/** Names of the payload that have a place of their own in the output. */
const CHANNEL_MEMBERS = ['channelName', 'uid', 'ts', 'duration'];

function without(object: Members, names: readonly string[]): Members {
	return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** RTC channel events have everything in the payload, and no details. */
function channelNotification(envelope: Envelope): Notification {
	const { payload } = envelope;
	return {
		...common(envelope, 'rtcChannel'),
		cname: text.parse(payload.channelName) ?? null,
		uid: text.parse(payload.uid) ?? null,
		sequence: number.parse(payload.clientSeq) ?? null,
		occurredAt: isoTime(number.parse(payload.ts)),
		details: {
			...safeCopy(without(payload, CHANNEL_MEMBERS)),
			...decodeChannelDetails(payload),
		},
	};
}

/** Only a page recorder has this service type, and only its recordings this scene. */
function modeOf(serviceType: number | undefined, scene: string | undefined) {
	if (serviceType === 6 || scene === 'web_record') return 'web';
	return scene === 'rtc_snapshot' ? 'individual' : undefined;
}

function recordingNotification(envelope: Envelope): Notification {
	const { payload } = envelope;
	const shared = common(envelope, 'cloudRecording');
	const foreign = isForeign(envelope);
	const serviceType = foreign ? undefined : number.parse(payload.serviceType);
	const serviceScene = text.parse(payload.serviceScene);
	const raw = members.parse(payload.details);
	const decoded = decodeRecordingDetails(foreign ? null : shared.eventType, raw);
	const mode = modeOf(serviceType, serviceScene) ?? decoded.mode;
	return {
		...shared,
		...(decoded.isAbnormal && { eventName: `${shared.eventName} (Abnormal)` }),
		...(mode && { mode }),
		cname: text.parse(payload.cname) ?? null,
		uid: text.parse(payload.uid) ?? null,
		sid: sidOf(envelope) ?? null,
		sequence: number.parse(payload.sequence) ?? null,
		occurredAt: isoTime(number.parse(payload.sendts)),
		service: nameOf(SERVICES, serviceType),
		...(serviceScene && { serviceScene }),
		...(decoded.uploadStatus && { uploadStatus: decoded.uploadStatus }),
		details: {
			...safeCopy(without(raw, decoded.replaced ?? [])),
			...defined(decoded.details),
		},
		files: filesOf({ fileList: decoded.files }, ''),
	};
}

/** What a notice says, in words, ISO times and the one shape of files. */
export function readNotification(envelope: Envelope, product: Product): Notification {
	return product === 'cloudRecording'
		? recordingNotification(envelope)
		: channelNotification(envelope);
}
