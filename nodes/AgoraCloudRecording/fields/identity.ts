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
		'Name of the Agora channel to record, exactly as the users join it. All of them must join with numbers as user IDs, not with user accounts.',
};

/** A web page recording joins no channel; what Agora calls cname is a label there. */
const recordingNameField: INodeProperties = {
	...channelNameField,
	displayName: 'Recording Name',
	displayOptions: { show: { mode: ['web'] } },
	placeholder: 'e.g. whiteboard-7',
	description:
		'A name of your choice that tells this recording from others. It becomes part of the file names.',
};

export const recorderUidField: INodeProperties = {
	displayName: 'Recorder UID',
	name: 'recorderUid',
	type: 'string',
	default: '',
	placeholder: 'e.g. 527841',
	description:
		'Number under which the recorder joins the channel, from 1 to 4294967295. Nobody else in the channel may have it. Leave empty to let the node choose one.',
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
					'The item that Start returned, or that carries cname, uid, resourceId, and sid',
			},
			{
				name: 'Enter by Hand',
				value: 'manual',
				description: 'Fill in what names the recording, for example with expressions',
			},
		],
		default: 'input',
		description: 'Where to take the recording from',
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
		description:
			'Name of the channel, or of the web page recording (cname in the item that Start returned)',
	},
	{
		...recorderUidField,
		required: true,
		displayOptions: { show: manual },
		description: 'UID of the recorder (uid in the item that Start returned)',
	},
	{
		displayName: 'Resource ID',
		name: 'resourceId',
		type: 'string',
		required: true,
		displayOptions: { show: manual },
		default: '',
		placeholder: 'e.g. JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8BrQoRPCHxmeV…',
		description: 'What Acquire or Start returned as resourceId',
	},
	{
		displayName: 'SID',
		name: 'sid',
		type: 'string',
		required: true,
		displayOptions: { show: manual },
		default: '',
		placeholder: 'e.g. 38f8e3cfdc474cd56fc1ceba380d7e1a',
		description: 'The recording ID that Start returned as sid',
	},
];

/** Asked for only by hand: an item tells its own mode. */
export const manualModeField: INodeProperties = {
	...modeField,
	displayOptions: { show: manual },
	description: 'Mode in which the recording was started',
};
