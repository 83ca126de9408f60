import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from './parameters';

/** How many results of a list; the names and words are n8n's. */

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
		default: 50,
		description: 'Max number of results to return',
	},
];

/** At most so many; Infinity for all. */
export const readLimit = (form: ItemParameters): number =>
	form.boolean('returnAll', false)
		? Infinity
		: form.wholeNumberWithin('limit', DEFAULT_LIMIT, 1, Number.MAX_SAFE_INTEGER);
