import type { INodeProperties } from 'n8n-workflow';

/** Options of acquire; Start, which acquires too, has them as well. */
export const acquireOptions: INodeProperties[] = [
	{
		displayName: 'Hours the Recording Can Be Managed',
		name: 'resourceExpiredHour',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 720 },
		default: 72,
		description:
			'How long Agora accepts query, update and stop for the recording, from 1 to 720 hours. The recording does not end then, but it can no longer be stopped by this node. Raised by itself to cover the length of a web page recording.',
	},
	{
		displayName: 'Recorder Region',
		name: 'region',
		type: 'options',
		options: [
			{ name: 'Asia Without Mainland China', value: 'AP' },
			{ name: 'Europe', value: 'EU' },
			{ name: 'Mainland China', value: 'CN' },
			{ name: 'North America', value: 'NA' },
			{
				name: 'Same as Storage',
				value: 'storage',
				description: 'The region of the bucket, where Agora has recorders in it',
			},
		],
		default: 'storage',
		description:
			'Where the recorder must run. A bucket far away loses files. Without this option it runs near this n8n.',
	},
	{
		displayName: 'Stay Away From',
		name: 'excludeResourceIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.resourceId }}',
		description:
			'Resource IDs of recordings, separated by commas. This one is placed in another region than those, as a backup.',
	},
];
