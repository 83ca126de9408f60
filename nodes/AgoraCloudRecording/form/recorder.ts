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
		'User ID with which the recorder joins the channel: a number from 1 to 4294967295 that no one else in the channel uses. Leave empty to generate one.',
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
			'How long Query, Update, and Stop can reach the recording, from 1 to 720. After that the recording continues, but this node can no longer stop it. For web pages, extended automatically to the length of the recording.',
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
				description: 'The region of the bucket, if Agora has recorders there',
			},
		],
		default: 'storage',
		description:
			'Where the recorder runs. If it is far from the bucket, files may be lost. Defaults to a region near this n8n.',
	},
	{
		displayName: 'Different Region From',
		name: 'excludeResourceIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.resourceId }}',
		description:
			'Comma-separated resource IDs of recordings whose regions to avoid, for example to make a backup recording of the same channel',
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
			`must be a specific region, because Agora has none for the storage${storage ? ` in ${storage.shown.region ?? 'this vendor'}` : ', which is unknown here'}`,
		);
	}
	const area = AREAS.find((known) => known === asked);
	if (area && storage?.area && storage.area !== area) {
		throw parameters.refusal(
			OPTION.region,
			AREA_NAMES[area],
			`must be ${AREA_NAMES[storage.area]}, where the bucket is. Otherwise, files may be lost`,
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
