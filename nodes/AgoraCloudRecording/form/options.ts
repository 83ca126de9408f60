import type { INodeProperties } from 'n8n-workflow';
import { collectionOf } from './fields';
import type { FormItem } from './item';
import type { ItemParameters } from './parameters';

/** The collection of what Agora is told and is rarely needed; what a form's first rows leave out. */
export const RECORDING_OPTIONS = 'recordingOptions';

export const recordingOptionsField = (entries: INodeProperties[]): INodeProperties =>
	collectionOf(
		{
			displayName: 'Recording Options',
			name: RECORDING_OPTIONS,
			description: 'Additional settings for how Agora records',
		},
		entries,
	);

/** Seconds to wait for an answer. */
export const DEFAULT_TIMEOUT_S = 10;

/** Holds the ID of a resource that the user acquired before, where Start is not to acquire. */
export const ACQUIRED_RESOURCE = 'options.resourceId';

/** The collection of how the node behaves. */
export const optionsField = (entries: INodeProperties[]): INodeProperties =>
	collectionOf({ displayName: 'Options', name: 'options' }, entries);

export const simplifyOption: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const readSimplify = ({ parameters }: Pick<FormItem, 'parameters'>): boolean =>
	parameters.boolean('options.simplify', true);

const TIMEOUT_S = { min: 1, max: 300 };

/** @param seconds default; a synchronous stop takes longer than others */
export const requestTimeoutOption = (seconds = DEFAULT_TIMEOUT_S): INodeProperties => ({
	displayName: 'Request Timeout (Seconds)',
	name: 'requestTimeout',
	type: 'number',
	typeOptions: { minValue: TIMEOUT_S.min, maxValue: TIMEOUT_S.max },
	default: seconds,
	description: 'How long to wait for a response to each request, from 1 to 300',
});

/** Milliseconds. */
export const readRequestTimeout = (form: ItemParameters, seconds = DEFAULT_TIMEOUT_S): number =>
	1000 * form.wholeNumberWithin('options.requestTimeout', seconds, TIMEOUT_S.min, TIMEOUT_S.max);

/** Default of how long a recording that Agora does not find is asked for again, in seconds. */
export const NOT_FOUND_PATIENCE = 30;
const PATIENCE_S = { min: 0, max: 90 };

export const retryWhileNotFoundOption: INodeProperties = {
	displayName: 'Retry While Not Found (Seconds)',
	name: 'retryWhileNotFound',
	type: 'number',
	typeOptions: { minValue: PATIENCE_S.min, maxValue: PATIENCE_S.max },
	default: NOT_FOUND_PATIENCE,
	description:
		'How long to retry if Agora does not find the recording, from 0 to 90. A recording cannot be found while it moves to another server.',
};

/** Seconds. */
export const readRetryWhileNotFound = (form: ItemParameters): number =>
	form.wholeNumberWithin(
		'options.retryWhileNotFound',
		NOT_FOUND_PATIENCE,
		PATIENCE_S.min,
		PATIENCE_S.max,
	);

/** For a recording that no item tells of: Agora's answers name files without their folder. */
export const folderOption: INodeProperties = {
	displayName: 'Folder in Bucket',
	name: 'fileNamePrefix',
	type: 'string',
	displayOptions: { show: { '/recordingSource': ['manual'] } },
	default: '',
	placeholder: 'e.g. lessons/class7',
	description:
		'Folder that the recording was started with. Agora does not return it, but the paths of files need it.',
};

/** What this node has no field for, merged over the request last. */
export const extraBodyOption: INodeProperties = {
	displayName: 'Additional Request Fields (JSON)',
	name: 'extraBody',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "clientRequest": { "newField": 1 } }',
	description:
		"Agora parameters without a field in this form. Merged into the finished request as a JSON Merge Patch: null removes a field. Replaced values are listed under 'overridden' in the output.",
};
