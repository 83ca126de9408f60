import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from './parameters';

/** How many results there may be, where there can be any number. */

const DEFAULT_LIMIT = 50;

export const limitFields: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		displayOptions: { show: { returnAll: [false] } },
		default: DEFAULT_LIMIT,
		description: 'Max number of results to return',
	},
];

/** Infinite where all are wanted. */
export const readLimit = (form: ItemParameters): number =>
	form.boolean('returnAll', false)
		? Infinity
		: form.wholeNumberWithin('limit', DEFAULT_LIMIT, 1, Number.MAX_SAFE_INTEGER);
