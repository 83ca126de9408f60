import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../../agora/objects';
import { z } from 'zod';
import {
	channelNameSchema,
	resourceIdSchema,
	sidSchema,
	uidSchema,
	type RecordingIdentity,
} from '../../../agora/identity';
import {
	isRecordingMode,
	MODE_NAMES,
	RECORDING_MODES,
	type RecordingMode,
} from '../../../agora/modes';
import { directories, directoriesOf, prefixOf } from '../../../agora/requests/storage';
import type { StorageNames } from '../../../storage/places';
import { operationError } from '../../../errors';
import type { ItemRun } from '../../operation';

/** A recording that was started before, and what else is known of it. */
export interface KnownRecording extends Required<RecordingIdentity> {
	/** Directories of its files in the bucket; '' where not known. */
	prefix: string;
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
const itemSchema = z.object({
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

const IDENTITY_KEYS = ['cname', 'uid', 'resourceId', 'sid'] as const;

const identitySchema = z.object({
	cname: z.string(),
	uid: uidSchema,
	resourceId: resourceIdSchema,
	sid: sidSchema,
});

/** Channel names of web page recordings are free labels, the others are checked as such. */
const channelIdentitySchema = identitySchema.extend({ cname: channelNameSchema });

const PARAMETERS: Record<string, string> = {
	cname: 'channelName',
	uid: 'recorderUid',
	resourceId: 'resourceId',
	sid: 'sid',
};

/**
 * The recording that query, update, update layout and stop are about: from the incoming item, or from
 * the form.
 *
 * @param only the one mode that the operation, or the form, is for
 * @throws NodeOperationError saying what is missing and, for an item without a recording, the
 *   expressions to paste
 */
export function readRecording(run: ItemRun, only?: RecordingMode): KnownRecording {
	const { parameters } = run;
	const byHand = parameters.text('recordingSource') === 'manual';
	const item = itemSchema.parse(run.input);
	const identity = byHand
		? {
				cname: parameters.exactText('channelName'),
				uid: parameters.text('recorderUid'),
				resourceId: parameters.text('resourceId'),
				sid: parameters.text('sid'),
			}
		: { cname: item.cname, uid: item.uid, resourceId: item.resourceId, sid: item.sid };

	const mode = byHand
		? (only ?? parameters.choice('mode', RECORDING_MODES, 'mix'))
		: item.mode || (only ?? readFallbackMode(run));
	const missing = IDENTITY_KEYS.filter((key) => !identity[key]);
	if (!byHand && missing.length > 0) {
		throw noRecordingInItem(run, mode ? missing : [...missing, 'mode']);
	}
	if (!mode) {
		throw operationError(run.context.getNode(), run.itemIndex, {
			message: 'The incoming item does not tell the mode of its recording',
			advice: `Add the option 'Mode If the Item Has None', or a member mode with one of these to the item: ${modeList()}.`,
		});
	}
	if (!isRecordingMode(mode) || (only !== undefined && mode !== only)) {
		throw parameters.refusalOf(
			'mode in the incoming item',
			'mode',
			mode,
			only === undefined ? modeList() : `${only} (${MODE_NAMES[only]}), as the form says`,
		);
	}
	const schema = mode === 'web' ? identitySchema : channelIdentitySchema;
	parameters.check(schema, identity, (path) =>
		byHand ? parameters.nameOf(PARAMETERS[path]) : `${path} in the incoming item`,
	);

	const known: IDataObject =
		item.sid === identity.sid
			? Object.fromEntries(
					CARRIED_KEYS.filter((key) => run.input[key] !== undefined).map((key) => [
						key,
						run.input[key],
					]),
				)
			: {};
	const { status, files } = run.input;
	const seenRecording =
		item.sid === identity.sid &&
		((isObject(status) && status.code === IN_PROGRESS) ||
			(Array.isArray(files) && files.length > 0));
	if (byHand && parameters.raw('options.fileNamePrefix') !== undefined) {
		known.storage = { ...asObject(known.storage), prefix: readFolder(run) };
	}
	const { prefix } = asObject(known.storage);
	const storage = storageSchema.parse(known.storage);
	return {
		mode,
		...(identity as Record<(typeof IDENTITY_KEYS)[number], string>),
		prefix: typeof prefix === 'string' ? prefix : '',
		...(storage && { storage }),
		seenRecording,
		known,
		...(Array.isArray(known.formats) && { formats: known.formats.map(String) }),
		...(item.sid === identity.sid && item.outcome && { lastOutcome: item.outcome }),
	};
}

/** The mode that the form says for items without one, where it does. */
const readFallbackMode = ({ parameters }: ItemRun): RecordingMode | undefined =>
	parameters.raw('options.mode') === undefined
		? undefined
		: parameters.choice('options.mode', RECORDING_MODES, 'mix');

const asObject = (value: unknown) => (isObject(value) ? value : {});

/** The folder that the user says the recording has, as Start would tell it. */
function readFolder({ parameters }: ItemRun): string {
	const folders = directoriesOf(parameters.text('options.fileNamePrefix'));
	parameters.check(directories, folders, () => parameters.nameOf('options.fileNamePrefix'));
	return prefixOf({ fileNamePrefix: folders });
}

const modeList = () => RECORDING_MODES.map((mode) => `${mode} (${MODE_NAMES[mode]})`).join(', ');

/** A node in between has replaced Start's item: tells where the recording can still be had from. */
function noRecordingInItem({ context, itemIndex }: ItemRun, missing: readonly string[]) {
	const node = context.getNode();
	const start = context
		.getParentNodes(node.name, { includeNodeParameters: true })
		.filter(({ type, parameters }) => type === node.type && parameters?.operation === 'start')
		.at(-1);
	const source = start
		? `$('${start.name.replace(/'/g, "\\'")}').item.json`
		: "$('Start').item.json";
	const expressions = [
		['Channel Name', 'cname'],
		['Recorder UID', 'uid'],
		['Resource ID', 'resourceId'],
		['Recording ID (SID)', 'sid'],
	].map(([name, key]) => `${name} {{ ${source}.${key} }}`);
	return operationError(node, itemIndex, {
		message: `The incoming item has no recording in it: ${missing.join(', ')} missing`,
		advice: `Connect this node behind the one that started the recording, or set 'Recording' to 'Enter by Hand' and paste these expressions: ${expressions.join(', ')}.`,
	});
}

/** The identity alone, for outputs and errors. */
export function identityOf({ mode, cname, uid, resourceId, sid }: Required<RecordingIdentity>) {
	return { mode, cname, uid, resourceId, sid };
}
