import type { INodeProperties } from 'n8n-workflow';
import type { ChannelProfile } from '../agora/channelProfiles';
import { AUDIO_AND_VIDEO, AUDIO_ONLY } from '../agora/requests/subscriptions';
import { backgroundFields } from './background';
import { placesUnder, placesOf, readMembers, type Places } from './fields';
import {
	audioProfileOption,
	channelOptions,
	channelPlaces,
	readChannelConfig,
	streamTypesField,
} from './channel';
import { fileFormatField, fileFormatPlaces, readFileFormat } from './fileFormat';
import type { FormItem } from './item';
import { layoutFields, layoutPlaces, readLayout } from './layout';
import { RECORDING_OPTIONS } from './options';
import { pictureFields, picturePlaces, readPicture } from './picture';
import { readLists, readUsersToRecord, subscriptionPlaces, USERS_TO_RECORD } from './subscription';

/** What a composite recording is to be like: everybody in one picture (rest-api.md 3.3 and 3.4). */

const withPicture = { hide: { streamTypes: [AUDIO_ONLY] } };
const optionWithPicture = { hide: { '/streamTypes': [AUDIO_ONLY] } };

const captionTimestampsOption: INodeProperties = {
	displayName: 'Timestamps for Captions',
	name: 'enableNTPtimestamp',
	type: 'boolean',
	default: false,
	description:
		'Whether to add NTP timestamps to the recording, for synchronizing captions from Agora Real-Time STT (speech to text)',
};

export const compositeRows: INodeProperties[] = [
	streamTypesField,
	fileFormatField,
	...layoutFields(withPicture),
	...pictureFields(withPicture),
];

export const compositeOptions: INodeProperties[] = [
	...channelOptions,
	audioProfileOption,
	captionTimestampsOption,
	...backgroundFields.map((field) => ({ ...field, displayOptions: optionWithPicture })),
];

const options = `${RECORDING_OPTIONS}.`;

export const compositePlaces: Places = {
	...fileFormatPlaces,
	...placesUnder('recordingConfig.', {
		...channelPlaces,
		...subscriptionPlaces(`${USERS_TO_RECORD}.`),
		...placesOf('', [audioProfileOption], options),
		...placesUnder('transcodingConfig.', { ...picturePlaces, ...layoutPlaces(options) }),
	}),
};

/** Start's `clientRequest`, without storage and token. */
export function readComposite(item: FormItem, profile: ChannelProfile): Record<string, unknown> {
	const { parameters } = item;
	const streamTypes = parameters.number('streamTypes', AUDIO_AND_VIDEO);
	const options = parameters.within(RECORDING_OPTIONS);
	return {
		recordingConfig: {
			...readChannelConfig(item, profile),
			...readLists(item, readUsersToRecord(item, streamTypes)),
			...readMembers(options, [audioProfileOption]),
			...(options.boolean('enableNTPtimestamp', false) && {
				extensionParams: { enableNTPtimestamp: true },
			}),
			...(streamTypes !== AUDIO_ONLY && {
				transcodingConfig: { ...readPicture(item, profile), ...readLayout(parameters, options) },
			}),
		},
		...readFileFormat(item),
	};
}
