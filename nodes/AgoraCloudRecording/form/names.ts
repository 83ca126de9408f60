import type { INodeProperties } from 'n8n-workflow';
import type { RecordingMode } from '../agora/modes';
import type { FormItem } from './item';

/** What Agora calls cname: the channel, or a label for the recording of a web page. */

/** A channel by its name, entered or chosen among those that have users in them. */
export const channelLocator: Pick<INodeProperties, 'name' | 'type' | 'default' | 'modes'> = {
	name: 'channelName',
	type: 'resourceLocator',
	default: { mode: 'name', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a channel…',
			typeOptions: { searchListMethod: 'searchChannels', searchable: true },
		},
		{
			displayName: 'By Name',
			name: 'name',
			type: 'string',
			placeholder: 'e.g. class-7',
		},
	],
};

export const channelNameField: INodeProperties = {
	displayName: 'Channel Name',
	...channelLocator,
	required: true,
	displayOptions: { show: { mode: ['mix', 'individual'] } },
	description:
		'Name of the Agora channel (the call or live stream) to record, exactly as your app joins it. Users must join with integer user IDs (UIDs), not string user accounts.',
};

/** A web page recording joins no channel. */
export const recordingNameField: INodeProperties = {
	displayName: 'Recording Name',
	name: 'recordingName',
	type: 'string',
	required: true,
	default: '',
	displayOptions: { show: { mode: ['web'] } },
	placeholder: 'e.g. whiteboard-7',
	description: 'Any name that identifies this recording. It becomes part of the file names.',
};

/** The parameter that holds the name. */
export const nameParameter = (mode: RecordingMode) =>
	mode === 'web' ? 'recordingName' : 'channelName';

/** The name as it was entered, spaces included. */
export const readName = ({ parameters }: FormItem, mode: RecordingMode): string =>
	parameters.exactText(nameParameter(mode));
