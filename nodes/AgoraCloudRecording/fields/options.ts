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
	description: 'How long to wait for the answer to a single request',
});

export const notFoundPatienceOption: INodeProperties = {
	displayName: 'Keep Asking When Not Found (Seconds)',
	name: 'notFoundPatience',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 90 },
	default: 30,
	description:
		'How long to go on asking when Agora does not find the recording. A recording that moves to another server is not found for up to 90 seconds, although it goes on.',
};

/** What this node has no field for, merged over the request last. */
export const extraBodyOption: INodeProperties = {
	displayName: 'Additional Request Fields (JSON)',
	name: 'extraBody',
	type: 'json',
	default: '{}',
	placeholder: 'e.g. { "clientRequest": { "newField": 1 } }',
	description:
		"Merged over the request to Agora last (JSON Merge Patch: null removes a field). For parameters of Agora that have no field here. What it replaces is listed under 'overridden' in the output.",
};
