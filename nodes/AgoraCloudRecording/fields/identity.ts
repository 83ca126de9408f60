import type { INodeProperties } from 'n8n-workflow';
import { modeField } from './mode';

/** Fields that say which recording is meant: to be made (acquire, start), or made already. */

export const channelNameField: INodeProperties = {
	displayName: 'Channel Name',
	name: 'channelName',
	type: 'string',
	required: true,
	displayOptions: { show: { mode: ['mix', 'individual'] } },
	default: '',
	placeholder: 'e.g. class-7',
	description:
		'Name of the Agora channel (the call or live stream) to record, exactly as your app joins it. Its users must join with numbers as user IDs (UIDs), not with text user accounts.',
};

/** A web page recording joins no channel; what Agora calls cname is a label there. */
const recordingNameField: INodeProperties = {
	...channelNameField,
	displayName: 'Recording Name',
	displayOptions: { show: { mode: ['web'] } },
	placeholder: 'e.g. whiteboard-7',
	description:
		'A name of your choice by which you know this recording from others. It becomes part of the file names.',
};

export const recorderUidField: INodeProperties = {
	displayName: 'Recorder UID',
	name: 'recorderUid',
	type: 'string',
	default: '',
	placeholder: 'e.g. 527841',
	description:
		'User ID of the recorder, which joins a channel like a user: a number from 1 to 4294967295 that nobody else there has. Leave empty to let this node choose one.',
};

/** What names a recording that is to be made. */
export const newRecordingFields: INodeProperties[] = [
	modeField,
	channelNameField,
	recordingNameField,
];

const manual = { recordingSource: ['manual'] };

/** Which recording: from the incoming item, or by hand. A tool has no item, so there it is by hand. */
export const recordingFields: INodeProperties[] = [
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
					'The item that Start returned, or one with the same mode, cname, uid, resourceId, and sid',
			},
			{
				name: 'Enter by Hand',
				value: 'manual',
				description: 'Fill in what identifies the recording, for example with expressions',
			},
		],
		default: 'input',
		description: 'How this node learns which recording is meant',
	},
	{
		displayName: 'Recording',
		name: 'recordingSource',
		type: 'hidden',
		displayOptions: { show: { '@tool': [true] } },
		default: 'manual',
	},
	{
		displayName: 'Channel Name',
		name: 'channelName',
		type: 'string',
		required: true,
		displayOptions: { show: manual },
		default: '',
		placeholder: 'e.g. class-7',
		description: 'Name of the channel, or of the web page recording. Start returned it as cname.',
	},
	{
		...recorderUidField,
		required: true,
		displayOptions: { show: manual },
		description: 'User ID of the recorder. Start returned it as uid.',
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
			'ID under which Agora keeps a recorder for the recording. Start, or Acquire, returned it as resourceId.',
	},
	{
		displayName: 'Recording ID (SID)',
		name: 'sid',
		type: 'string',
		required: true,
		displayOptions: { show: manual },
		default: '',
		placeholder: 'e.g. 38f8e3cfdc474cd56fc1ceba380d7e1a',
		description: 'ID that Agora gave the recording. Start returned it as sid.',
	},
];

/** Asked for only by hand: an item tells its own mode. */
export const manualModeField: INodeProperties = {
	...modeField,
	displayOptions: { show: manual },
	description: 'Mode in which the recording was started',
};

/** For an item that names a recording but not its mode, as a table of the four names may hold it. */
export const fallbackModeOption: INodeProperties = {
	...modeField,
	displayName: 'Mode If the Item Has None',
	displayOptions: { show: { '/recordingSource': ['input'] } },
	noDataExpression: false,
	description:
		'Mode in which the recording was started, for items of cname, uid, resourceId and sid alone. An item that tells its mode keeps it.',
};
