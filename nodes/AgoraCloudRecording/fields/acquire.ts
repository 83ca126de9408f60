import type { INodeProperties } from 'n8n-workflow';
import { AREA_NAMES } from '../storage/vendors';

/** Options of acquire; Start, which acquires too, has them as well. */
export const acquireOptions: INodeProperties[] = [
	{
		displayName: 'Manageable For (Hours)',
		name: 'resourceExpiredHour',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 720 },
		default: 72,
		description:
			'How long Query, Update and Stop can reach the recording, from 1 to 720 hours. It does not end then, but this node can no longer stop it. For a web page, raised by itself to the length of the recording.',
	},
	{
		displayName: 'Recorder Region',
		name: 'region',
		type: 'options',
		options: [
			...Object.entries(AREA_NAMES).map(([value, name]) => ({ name, value })),
			{
				name: 'Same as Storage',
				value: 'storage',
				description: 'Where the bucket is, if Agora has recorders there',
			},
		],
		default: 'storage',
		description:
			'Where in the world the recorder runs. If that is far from the bucket, files may get lost. Without this option it runs near this n8n.',
	},
	{
		displayName: 'Different Region From',
		name: 'excludeResourceIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.resourceId }}',
		description:
			'Resource IDs of other recordings, separated by commas. This recording then runs in another region than theirs, for example as a backup of the same channel.',
	},
];
