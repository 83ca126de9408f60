import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { videosAmong } from '../agora/files/names';
import { sidSchema } from '../agora/identity';
import { FOLDER_RULE, folderOf } from '../agora/files/folder';
import type { StorageNames } from '../storage/places';
import { linesOf, operationError } from '../errors';
import { readBucketNames } from './bucket';
import type { FormItem } from './item';
import { recordingSourceFields } from './recordingSource';

/** Whose files are looked for: a recording by its folder and SID, from the incoming item or by hand. */

const byHand = { show: { recordingSource: ['manual'] } };

const folderField: INodeProperties = {
	displayName: 'Folder in Bucket',
	name: 'folder',
	type: 'string',
	required: true,
	displayOptions: byHand,
	default: '',
	placeholder: 'e.g. lessons/class7',
	description:
		'Folder that the recording was started with, returned by Start as storage.prefix. Enter / for the top level.',
};

const sidField: INodeProperties = {
	displayName: 'Recording ID (SID)',
	name: 'sid',
	type: 'string',
	required: true,
	displayOptions: byHand,
	default: '',
	placeholder: 'e.g. 38f8e3cfdc474cd56fc1ceba380d7e1a',
	description: 'ID of the recording, returned by Start as sid',
};

/** Fields that say whose files are meant. */
export const storedRecordingFields: INodeProperties[] = [
	...recordingSourceFields,
	folderField,
	sidField,
];

/** For items that tell no folder, as those of a trigger without one. */
export const folderIfNoneOption: INodeProperties = {
	displayName: 'Fallback Folder',
	name: 'folder',
	type: 'string',
	displayOptions: { show: { '/recordingSource': ['input'] } },
	default: '',
	placeholder: 'e.g. lessons/class7',
	description:
		'Folder that the recording was started with, for items without storage.prefix. Enter / for the top level.',
};

/** A recording whose files lie in a bucket, and what is known of it. */
export interface StoredRecording {
	sid: string;
	cname?: string;
	/** Directories with a slash after each; '' for the top of the bucket. */
	folder: string;
	/** Formats that it was started with, where the item tells. */
	formats?: string[];
	/** Names of the MP4 files that Agora told of. */
	videos?: string[];
	storage: StorageNames;
}

const text = z.string().min(1).optional().catch(undefined);
const incomingSchema = z.object({
	sid: text,
	cname: text,
	formats: z.array(z.string()).optional().catch(undefined),
	files: z.array(z.object({ fileName: z.string() })).catch([]),
	storage: z
		.object({
			vendor: text,
			region: text,
			bucket: text,
			endpoint: text,
			prefix: z.string().optional().catch(undefined),
		})
		.optional()
		.catch(undefined),
});

/**
 * Whose files are meant.
 *
 * @throws NodeOperationError naming what is missing in the item or the form
 */
export function readStoredRecording(item: FormItem): StoredRecording {
	const { parameters } = item;
	return parameters.text('recordingSource') === 'manual' ? readByHand(item) : readIncoming(item);
}

function readByHand(item: FormItem): StoredRecording {
	const { parameters } = item;
	const folder = parameters.text('folder');
	if (folder === '') {
		throw parameters.refusal(
			'folder',
			folder,
			'must be folders such as lessons/class7, or / for the top level of the bucket',
		);
	}
	const sid = parameters.check(sidSchema, parameters.text('sid'), () => parameters.nameOf('sid'));
	return { sid, folder: checkedFolder(item, 'folder', folder), storage: readBucketNames(item) };
}

function readIncoming(item: FormItem): StoredRecording {
	const { parameters, context, itemIndex } = item;
	const { cname, formats, files, storage, ...incoming } = incomingSchema.parse(item.input);
	if (!incoming.sid) {
		throw operationError(context.getNode(), itemIndex, {
			message: 'The incoming item contains no recording: sid missing',
			advice: linesOf(
				"Connect this node after Start, Stop, or the trigger, or set 'Recording' to 'Enter Manually' and paste:",
				"Folder in Bucket {{ $('Start').item.json.storage.prefix }}",
				"Recording ID (SID) {{ $('Start').item.json.sid }}",
			),
		});
	}
	const sid = parameters.check(sidSchema, incoming.sid, () => 'sid in the incoming item');
	const told = storage?.prefix;
	const fallback = parameters.optionalText('options.folder');
	if (told === undefined && fallback === undefined) {
		throw operationError(context.getNode(), itemIndex, {
			message: 'The incoming item does not contain the folder of its files',
			advice: linesOf(
				"Start returns it as storage.prefix, and so does the trigger if you add its option 'Folder in Bucket'.",
				"Or add the option 'Fallback Folder' to this node. Enter / for the top level of the bucket.",
				`The bucket was not searched. File names to look for begin with ${sid}_.`,
			),
		});
	}
	const folder =
		told === undefined
			? checkedFolder(item, 'options.folder', fallback ?? '')
			: checkedFolder(item, 'storage.prefix in the incoming item', told);
	return {
		...{ sid, folder, storage: readBucketNames(item, storage) },
		...(cname && { cname }),
		...(formats && { formats }),
		videos: videosAmong(files, sid),
	};
}

/** Folders with a slash after each. */
function checkedFolder({ parameters }: FormItem, field: string, path: string): string {
	const folder = folderOf(path);
	if (folder !== undefined) return folder;
	throw parameters.refusal(field, path, FOLDER_RULE);
}
