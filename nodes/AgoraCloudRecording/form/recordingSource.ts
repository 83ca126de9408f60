import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from './fields';
import { modeField } from './mode';
import { channelNameField, recordingNameField } from './names';
import { recorderUidField } from './recorder';

/** Which recording query, update, update layout and stop are about. */

const manual = { recordingSource: ['manual'] };

/** From the incoming item, or by hand. A tool has no item, so there it is by hand. */
export const recordingSourceFields: INodeProperties[] = [
	{
		displayName: 'Recording',
		name: 'recordingSource',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { '@tool': [false] } },
		options: [
			{
				name: 'From Incoming Item',
				value: 'input',
				description:
					'Use the item that Start returned, or any item with its mode, cname, uid, resourceId, and sid',
			},
			{
				name: 'Enter Manually',
				value: 'manual',
				description: "Enter the recording's identifiers, for example with expressions",
			},
		],
		default: 'input',
		description: 'Which recording to use',
	},
	{
		displayName: 'Recording',
		name: 'recordingSource',
		type: 'hidden',
		displayOptions: { show: { '@tool': [true] } },
		default: 'manual',
	},
];

const idFields: INodeProperties[] = [
	{
		...recorderUidField,
		required: true,
		displayOptions: { show: manual },
		description: 'User ID of the recorder, returned by Start as uid',
	},
	{
		displayName: 'Resource ID',
		name: 'resourceId',
		type: 'string',
		required: true,
		displayOptions: { show: manual },
		default: '',
		placeholder: 'e.g. JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8BrQoRPCHxmeV…',
		description:
			'ID of the recorder that Agora reserved, returned by Start or Acquire as resourceId',
	},
	{
		displayName: 'Recording ID (SID)',
		name: 'sid',
		type: 'string',
		required: true,
		displayOptions: { show: manual },
		default: '',
		placeholder: 'e.g. 38f8e3cfdc474cd56fc1ceba380d7e1a',
		description: 'ID of the recording, returned by Start as sid',
	},
];

const byHand = { displayOptions: { show: manual } };
const nameFields: INodeProperties[] = [channelNameField, recordingNameField].map((field) => ({
	...field,
	description: 'Name that the recording was started with, returned by Start as cname',
}));

/**
 * Fields that say which recording is meant.
 *
 * @param mode the operation's own field for the mode; without it the operation is for channels alone
 */
export const recordingFields = (mode?: INodeProperties): INodeProperties[] => [
	...recordingSourceFields,
	...(mode ? [mode] : []),
	...(mode ? shownFor(manual, nameFields) : [{ ...nameFields[0], ...byHand }]),
	...idFields,
];

/** Asked for only by hand: an item tells its own mode. */
export const manualModeField: INodeProperties = {
	...modeField,
	displayOptions: { show: manual },
	description: 'Mode that the recording was started with',
};

/** For an item that names a recording but not its mode, as a table of the four names may hold it. */
export const fallbackModeOption: INodeProperties = {
	...modeField,
	displayName: 'Fallback Mode',
	displayOptions: { show: { '/recordingSource': ['input'] } },
	noDataExpression: false,
	description: 'Mode that the recording was started with, for items without a mode field',
};
