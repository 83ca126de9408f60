import type { INodeProperties } from 'n8n-workflow';
import { chooseRecorderUid } from '../agora/identity';
import { AREA_NAMES, AREAS } from '../storage/vendors';
import type { Places } from './fields';
import type { FormItem } from './item';
import { RECORDING_OPTIONS } from './options';
import type { StorageInput } from './storage';

/** The recorder that acquire reserves: who it is in the channel, where it runs, for how long (rest-api.md 2). */

export const recorderUidField: INodeProperties = {
	displayName: 'Recorder UID',
	name: 'recorderUid',
	type: 'string',
	default: '',
	placeholder: 'e.g. 527841',
	description:
		'User ID of the recorder, which joins a channel like a user: a number from 1 to 4294967295 that nobody else there has. Leave empty to let this node choose one.',
};

/** Entries of Recording Options wherever a recorder is acquired. */
export const recorderOptions: INodeProperties[] = [
	recorderUidField,
	{
		displayName: 'Controllable For (Hours)',
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

const OPTION = {
	uid: `${RECORDING_OPTIONS}.recorderUid`,
	resourceExpiredHour: `${RECORDING_OPTIONS}.resourceExpiredHour`,
	region: `${RECORDING_OPTIONS}.region`,
	excludeResourceIds: `${RECORDING_OPTIONS}.excludeResourceIds`,
};

export const recorderPlaces: Places = {
	uid: OPTION.uid,
	'clientRequest.resourceExpiredHour': OPTION.resourceExpiredHour,
	'clientRequest.region': OPTION.region,
	'clientRequest.excludeResourceIds': OPTION.excludeResourceIds,
};

/** The recorder UID that the user chose; undefined where it is left to the node. */
export const readGivenUid = ({ parameters }: FormItem): string | undefined =>
	parameters.optionalText(OPTION.uid);

/** The recorder UID of the form, or how to choose one, computed from where the node runs. */
export function readRecorderUid(item: FormItem, cname: string) {
	const { context, itemIndex } = item;
	const place = [context.getExecutionId(), context.getNode().id, itemIndex, cname];
	const given = readGivenUid(item);
	const ownUid = given
		? undefined
		: (generation: number, tried: number) => chooseRecorderUid([...place, generation, tried]);
	return {
		uid: given ?? chooseRecorderUid([...place, 0, 0]),
		...(ownUid && { ownUid }),
		place: JSON.stringify(place),
	};
}

/** Acquire's region: as asked for, or that of the storage. */
function readRegion({ parameters }: FormItem, storage?: StorageInput): string | undefined {
	const asked = parameters.optionalText(OPTION.region);
	if (asked === 'storage') {
		if (storage?.area) return storage.area;
		throw parameters.refusal(
			OPTION.region,
			'Same as Storage',
			`a region by name: Agora has no region for the storage${storage ? ` in ${storage.shown.region ?? 'this vendor'}` : ', which is not known here'}`,
		);
	}
	const area = AREAS.find((known) => known === asked);
	if (area && storage?.area && storage.area !== area) {
		throw parameters.refusal(
			OPTION.region,
			AREA_NAMES[area],
			`${AREA_NAMES[storage.area]}, where the bucket is; far from it, files may get lost`,
		);
	}
	return asked;
}

/** What acquire is told of the recorder. */
export function readRecorderOptions(item: FormItem, storage?: StorageInput) {
	const { parameters } = item;
	const excluded = parameters.list(OPTION.excludeResourceIds);
	const region = readRegion(item, storage);
	const resourceExpiredHour = parameters.optionalNumber(OPTION.resourceExpiredHour);
	return {
		...(resourceExpiredHour !== undefined && { resourceExpiredHour }),
		...(region && { region }),
		...(excluded.length > 0 && { excludeResourceIds: excluded }),
	};
}
