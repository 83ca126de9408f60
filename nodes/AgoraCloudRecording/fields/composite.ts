import type { INodeProperties } from 'n8n-workflow';
import {
	audioProfileOption,
	captionTimestampsOption,
	channelOptions,
	channelTypeField,
	fileFormatField,
	maxIdleTimeField,
	recordingOptionsField,
	streamTypesField,
} from './channel';
import { layoutFields } from './layout';
import { pictureFields } from './picture';
import { subscriptionFields } from './subscription';

/** What a composite recording is to be like. */
export const compositeFields: INodeProperties[] = [
	channelTypeField,
	streamTypesField,
	...subscriptionFields,
	fileFormatField,
	maxIdleTimeField,
	...pictureFields,
	...layoutFields({ hide: { streamTypes: [0] } }),
	recordingOptionsField([...channelOptions, audioProfileOption, captionTimestampsOption]),
];
