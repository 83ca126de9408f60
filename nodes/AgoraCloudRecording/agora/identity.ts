import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RecordingMode } from './modes';

/**
 * What names a recording: (App ID, cname, uid) from acquire on, resourceId and sid once Agora gave
 * them. Source: rest-api.md section 1, "Session identity rules".
 */
export interface RecordingIdentity {
	mode?: RecordingMode;
	cname: string;
	uid: string;
	resourceId?: string;
	sid?: string;
}

/** Characters of a channel name beside letters and digits (rest-api.md section 2). */
const CHANNEL_PUNCTUATION = ' !#$%&()+-:;<=.>?@[]^_{}|~,';

export const MAX_UID = 2 ** 32 - 1;

const isChannelCharacter = (char: string) =>
	/[a-zA-Z0-9]/.test(char) || CHANNEL_PUNCTUATION.includes(char);

/** Name of an RTC channel. */
export const channelNameSchema = z
	.string()
	.min(1, 'must not be empty')
	.refine((name) => name === name.trim(), 'must not begin or end with a space')
	.refine((name) => Buffer.byteLength(name) < 64, 'must be shorter than 64 bytes')
	.refine(
		(name) => [...name].every(isChannelCharacter),
		`must contain only letters a–z and A–Z, digits, spaces, and these characters: ${CHANNEL_PUNCTUATION.trim()}`,
	);

/** Whether a text is an integer user ID. */
export const isUid = (uid: string) => /^[1-9]\d{0,9}$/.test(uid) && Number(uid) <= MAX_UID;

/** Label of a web page recording, which need not be a channel's name (rest-api.md section 2). */
export const taskLabelSchema = z
	.string()
	.min(1, 'must not be empty')
	.refine((label) => Buffer.byteLength(label) <= 1024, 'must be at most 1024 bytes long');

/** Integer user ID as text, as recorder or as somebody in the channel. */
export const uidSchema = z
	.string()
	.refine(isUid, `must be a whole number from 1 to ${MAX_UID}, without leading zeros`);

/**
 * What the tests of Agora Console's notifications bear, by which the trigger knows them
 * (notifications.md section 1).
 */
export const HEALTH_CHECK_CHANNEL = 'test_webhook';
export const HEALTH_CHECK_UID = '12121212';

const unlikeHealthCheck = (value: string) =>
	`must not be ${value}, which Agora Console uses to test notifications: the trigger would ignore this recording`;

/** Name under which a recording is made: that of a channel, or of a web page. */
export const newRecordingNameSchema = (mode: RecordingMode) =>
	(mode === 'web' ? taskLabelSchema : channelNameSchema).refine(
		(name) => name !== HEALTH_CHECK_CHANNEL,
		unlikeHealthCheck(HEALTH_CHECK_CHANNEL),
	);

/** UID under which a recorder joins. */
export const recorderUidSchema = uidSchema.refine(
	(uid) => uid !== HEALTH_CHECK_UID,
	unlikeHealthCheck(HEALTH_CHECK_UID),
);

/** Agora's resource IDs are long base64url-like texts; anything else would break the URL's path. */
export const resourceIdSchema = z
	.string()
	.refine(
		(id) => /^[\w+=-]{8,}$/.test(id),
		'must be the resourceId that Start or Acquire returned',
	);

export const sidSchema = z
	.string()
	.refine((sid) => /^[\w-]{8,64}$/.test(sid), 'must be the sid that Start returned');

/** UIDs we choose lie here: far from the small ones people give to users, and positive in 32 bits. */
const OWN_UID_MIN = 1_000_000_000;
const OWN_UID_MAX = 2 ** 31 - 1;

/**
 * A recorder UID computed from where it is used, not drawn at random: when n8n runs a node again
 * after a failure, the same UID meets the recording of the first run (Agora answers 201 or 53)
 * instead of paying for a second one.
 *
 * @param place what tells this start from every other, e.g. execution, node, run, item and channel
 */
export function chooseRecorderUid(place: ReadonlyArray<string | number>): string {
	const hash = createHash('sha256').update(JSON.stringify(place)).digest();
	const range = OWN_UID_MAX - OWN_UID_MIN + 1;
	return String(OWN_UID_MIN + (hash.readUIntBE(0, 6) % range));
}
