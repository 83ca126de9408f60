import type { INodeProperties } from 'n8n-workflow';
import type { RecordingMode } from '../agora/modes';
import type { FormItem } from './item';

/** What Agora calls cname: the channel, or a label for the recording of a web page. */

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

/** A web page recording joins no channel. */
export const recordingNameField: INodeProperties = {
	displayName: 'Recording Name',
	name: 'recordingName',
	type: 'string',
	required: true,
	default: '',
	displayOptions: { show: { mode: ['web'] } },
	placeholder: 'e.g. whiteboard-7',
	description:
		'A name of your choice by which you know this recording from others. It becomes part of the file names.',
};

/** The parameter that holds the name. */
export const nameParameter = (mode: RecordingMode) =>
	mode === 'web' ? 'recordingName' : 'channelName';

/** The name as it was entered, spaces included. */
export const readName = ({ parameters }: FormItem, mode: RecordingMode): string =>
	parameters.exactText(nameParameter(mode));
