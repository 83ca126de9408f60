import type { INodeProperties } from 'n8n-workflow';

/** Seconds to wait for an answer; a synchronous stop takes longer. */
export const DEFAULT_TIMEOUT_S = 10;

export const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The Options collection; its entries in alphabetical order, as n8n wants them. */
export function optionsField(entries: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...entries].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}

export const requestTimeoutOption = (seconds: number): INodeProperties => ({
	displayName: 'Request Timeout (Seconds)',
	name: 'requestTimeout',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 300 },
	default: seconds,
	description: 'How long to wait for the answer to a single request to Agora, from 1 to 300',
});

export const notFoundPatienceOption: INodeProperties = {
	displayName: 'Keep Asking When Not Found (Seconds)',
	name: 'notFoundPatience',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 90 },
	default: 30,
	description:
		'How long to go on asking when Agora does not find the recording, from 0 to 90. While a recording moves to another server, it goes on but is not found.',
};

/** For a recording that no item tells of: Agora's answers name files without their folder. */
export const folderOption: INodeProperties = {
	displayName: 'Folder in Bucket',
	name: 'fileNamePrefix',
	type: 'string',
	displayOptions: { show: { '/recordingSource': ['manual'] } },
	default: '',
	placeholder: 'e.g. lessons/class7',
	description:
		'The folder that the recording was started with. Agora does not tell it; without it, the path of files lacks it.',
};

/** What this node has no field for, merged over the request last. */
export const extraBodyOption: INodeProperties = {
	displayName: 'Additional Request Fields (JSON)',
	name: 'extraBody',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "clientRequest": { "newField": 1 } }',
	description:
		"For parameters of Agora that have no field here. Merged over the request as its last step; null removes a field (JSON Merge Patch). What it replaces is listed under 'overridden' in the output.",
};
