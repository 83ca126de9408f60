import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../agora/objects';
import { z } from 'zod';
import {
	channelNameSchema,
	resourceIdSchema,
	sidSchema,
	uidSchema,
	type RecordingIdentity,
} from '../agora/identity';
import { isRecordingMode, MODE_NAMES, RECORDING_MODES, type RecordingMode } from '../agora/modes';
import type { Outcome } from '../agora/answers/outcomes';
import { directories, directoriesOf, prefixOf } from '../agora/requests/storage';
import type { StorageNames } from '../storage/places';
import { linesOf, operationError } from '../errors';
import type { FormItem } from './item';
import { nameParameter, readName } from './names';

/** A recording that was started before, and what else is known of it. */
export interface KnownRecording extends Required<RecordingIdentity> {
	/** Directories of its files in the bucket; '' where not known. */
	prefix: string;
	/** The same; undefined where not known. */
	folder?: string;
	/** Where that bucket is, as far as the item tells. */
	storage?: StorageNames;
	/** Kinds of its files, where the item tells. */
	formats?: string[];
	/** Whether the item shows that something was recorded: status 5, or files. */
	seenRecording: boolean;
	/** What the item tells of it beside the identity; goes on into the next item as it is. */
	known: IDataObject;
	/** What the item says came of the last call for it; undefined where it is another recording. */
	lastOutcome?: string;
}

const text = z.string().optional().catch(undefined);

/** The part of Start's output (or of the user's own item) that names a recording. */
const incomingSchema = z.object({
	mode: text,
	cname: text,
	uid: z.union([z.string(), z.number()]).transform(String).optional().catch(undefined),
	resourceId: text,
	sid: text,
	outcome: text,
});

/** Status of a recording whose first file is uploaded (notifications.md section 7). */
const IN_PROGRESS = 5;

/** What Start tells of the storage; all but vendor and bucket may be missing. */
const storageSchema = z
	.object({
		vendor: z.string(),
		bucket: z.string().min(1),
		region: text.nullable(),
		endpoint: text.nullable(),
	})
	.optional()
	.catch(undefined);

/** What Start told of a recording and later operations pass on. */
const CARRIED_KEYS = [
	'acquiredAt',
	'startedAt',
	'tokenExpiresAt',
	'maxIdleTime',
	'maxRecordingHour',
	'resourceExpiredHour',
	'storage',
	'layout',
	'streamTypes',
	'formats',
] as const;

const identitySchema = z.object({
	cname: z.string(),
	uid: uidSchema,
	resourceId: resourceIdSchema,
	sid: sidSchema,
});

const channelIdentitySchema = identitySchema.extend({ cname: channelNameSchema });

/** Names of web page recordings are free labels, those of channels are checked as such. */
const schemaOf = (mode: RecordingMode) => (mode === 'web' ? identitySchema : channelIdentitySchema);

const IDENTITY_KEYS = ['cname', 'uid', 'resourceId', 'sid'] as const;

/**
 * The recording that query, update, update layout and stop are about: from the incoming item, or from
 * the form.
 *
 * @param only the one mode that the operation, or the form, is for
 * @throws NodeOperationError saying what is missing and, for an item without a recording, the
 *   expressions to paste
 */
export function readRecording(item: FormItem, only?: RecordingMode): KnownRecording {
	const incoming = incomingSchema.parse(item.input);
	const identity =
		item.parameters.text('recordingSource') === 'manual'
			? readByHand(item, only)
			: readIncoming(item, incoming, only);
	// An expression may name another recording than the item tells of.
	return incoming.sid === identity.sid
		? withFacts(item, identity, incoming.outcome)
		: withFacts({ ...item, input: {} }, identity);
}

function readByHand(item: FormItem, only?: RecordingMode): Required<RecordingIdentity> {
	const { parameters } = item;
	const mode = only ?? parameters.choice('mode', RECORDING_MODES, 'mix');
	const fields: Record<string, string> = {
		cname: nameParameter(mode),
		uid: 'recorderUid',
		resourceId: 'resourceId',
		sid: 'sid',
	};
	const identity = {
		cname: readName(item, mode),
		uid: parameters.text(fields.uid),
		resourceId: parameters.text(fields.resourceId),
		sid: parameters.text(fields.sid),
	};
	const nameOf = (member: string) => parameters.nameOf(fields[member]);
	return { mode, ...parameters.check(schemaOf(mode), identity, nameOf) };
}

function readIncoming(
	item: FormItem,
	incoming: z.infer<typeof incomingSchema>,
	only?: RecordingMode,
): Required<RecordingIdentity> {
	const { parameters } = item;
	const { cname, uid, resourceId, sid } = incoming;
	const mode = incoming.mode || (only ?? readFallbackMode(item));
	const missing = IDENTITY_KEYS.filter((key) => !incoming[key]);
	if (missing.length > 0) throw noRecordingInItem(item, mode ? missing : [...missing, 'mode']);
	if (!mode) {
		throw operationError(item.context.getNode(), item.itemIndex, {
			message: 'The incoming item does not contain the recording mode',
			advice: `Add the option 'Fallback Mode', or add a mode field to the item: ${modeList()}.`,
		});
	}
	if (!isRecordingMode(mode) || (only !== undefined && mode !== only)) {
		throw parameters.refusalOf(
			'mode in the incoming item',
			'mode',
			mode,
			only === undefined
				? `must be one of ${modeList()}`
				: `must be ${only} (${MODE_NAMES[only]}), as set in the form`,
		);
	}
	const identity = parameters.check(
		schemaOf(mode),
		{ cname, uid, resourceId, sid },
		(member) => `${member} in the incoming item`,
	);
	return { mode, ...identity };
}

/** What is known beside the identity. */
function withFacts(
	item: FormItem,
	identity: Required<RecordingIdentity>,
	lastOutcome?: string,
): KnownRecording {
	const { input } = item;
	const known: IDataObject = Object.fromEntries(
		CARRIED_KEYS.filter((key) => input[key] !== undefined).map((key) => [key, input[key]]),
	);
	const folder = readFolder(item);
	if (folder !== undefined) known.storage = { ...asObject(known.storage), prefix: folder };
	const { prefix } = asObject(known.storage);
	const storage = storageSchema.parse(known.storage);
	const { status, files } = input;
	return {
		...identity,
		...(typeof prefix === 'string' ? { prefix, folder: prefix } : { prefix: '' }),
		...(storage && { storage }),
		seenRecording:
			(isObject(status) && status.code === IN_PROGRESS) ||
			(Array.isArray(files) && files.length > 0),
		known,
		...(Array.isArray(known.formats) && { formats: known.formats.map(String) }),
		...(lastOutcome && { lastOutcome }),
	};
}

/** The mode that the form says for items without one, where it does. */
const readFallbackMode = ({ parameters }: FormItem): RecordingMode | undefined =>
	parameters.raw('options.mode') === undefined
		? undefined
		: parameters.choice('options.mode', RECORDING_MODES, 'mix');

const asObject = (value: unknown) => (isObject(value) ? value : {});

/** The folder that the user says the recording has, as Start would tell it; undefined where none is said. */
function readFolder({ parameters }: FormItem): string | undefined {
	const byHand = parameters.text('recordingSource') === 'manual';
	if (!byHand || parameters.raw('options.fileNamePrefix') === undefined) return undefined;
	const folders = directoriesOf(parameters.text('options.fileNamePrefix'));
	parameters.check(directories, folders, () => parameters.nameOf('options.fileNamePrefix'));
	return prefixOf({ fileNamePrefix: folders });
}

const modeList = () => RECORDING_MODES.map((mode) => `${mode} (${MODE_NAMES[mode]})`).join(', ');

/** A node in between has replaced Start's item: tells where the recording can still be had from. */
function noRecordingInItem({ context, itemIndex, input }: FormItem, missing: readonly string[]) {
	const node = context.getNode();
	if (input.outcome === ('skipped' satisfies Outcome)) {
		return operationError(node, itemIndex, {
			message:
				'The incoming item contains no recording: Start skipped it because the channel was empty',
			advice:
				"Add an If or Filter node between Start and this node to remove items with the outcome 'skipped'.",
		});
	}
	const start = context
		.getParentNodes(node.name, { includeNodeParameters: true })
		.filter(({ type, parameters }) => type === node.type && parameters?.operation === 'start')
		.at(-1);
	const source = start
		? `$('${start.name.replace(/'/g, "\\'")}').item.json`
		: "$('Start').item.json";
	const expressions = [
		[input.mode === 'web' ? 'Recording Name' : 'Channel Name', 'cname'],
		['Recorder UID', 'uid'],
		['Resource ID', 'resourceId'],
		['Recording ID (SID)', 'sid'],
	].map(([name, key]) => `${name} {{ ${source}.${key} }}`);
	return operationError(node, itemIndex, {
		message: `The incoming item contains no recording: ${missing.join(', ')} missing`,
		advice: linesOf(
			"Connect this node after the one that started the recording, or set 'Recording' to 'Enter Manually' and paste:",
			...expressions,
		),
	});
}

/** The identity alone, for outputs and errors. */
export function identityOf({ mode, cname, uid, resourceId, sid }: Required<RecordingIdentity>) {
	return { mode, cname, uid, resourceId, sid };
}
