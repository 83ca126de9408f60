import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	ALL_PRODUCTS,
	ANY_EVENT,
	EVENT_GROUPS,
	EVENTS,
	RECORDING_FAILED,
	type EventGroup,
	type Product,
} from '../agora/notifications/events';
import { ERROR_LEVELS } from '../agora/notifications/codes';

/** Error level from which on a recording counts as failed, unless the user says otherwise. */
export const DEFAULT_ERROR_LEVEL = 4;

/** Stands, in `events`, for those of `moreEvents`. */
export const OTHER_EVENTS = 'other';

type Choice = Pick<EventGroup, 'name' | 'displayName' | 'description'>;

/** What a person chooses from first. n8n offers these, by their `action`, when a trigger is added. */
const choices: Record<Product, Choice[]> = {
	cloudRecording: [...EVENT_GROUPS.cloudRecording, ANY_EVENT.cloudRecording],
	rtcChannel: [...EVENT_GROUPS.rtcChannel, ANY_EVENT.rtcChannel],
};

const otherEvents: Choice = {
	name: OTHER_EVENTS,
	displayName: 'Other Events',
	description: "Select them under 'More Events'",
};

/** In n8n's list of triggers the entry stands alone, without the name of this node. */
const eventOption = ({ name, displayName, description }: Choice): INodePropertyOptions => ({
	name: displayName,
	value: name,
	description,
	action: `On ${displayName.toLowerCase()}`,
});

/** Before an event's number, where it is not Cloud Recording's. */
const NUMBER_OF: Record<Product, string> = { cloudRecording: '', rtcChannel: 'RTC ' };

/** 1 for what belongs to older services of Agora. */
const isLegacy = ({ name }: INodePropertyOptions) => Number(name.endsWith('(Legacy)'));

/**
 * The events of Agora that no group stands for, by name, those of older services last; their number is
 * what Console asks for.
 */
const moreOptions: INodePropertyOptions[] = ALL_PRODUCTS.flatMap((product) =>
	EVENTS[product]
		.filter((event) =>
			EVENT_GROUPS[product].every(({ displayName }) => displayName !== event.displayName),
		)
		.map(({ name, displayName, description, eventType }) => ({
			name: displayName,
			value: name,
			description: `${description} (${NUMBER_OF[product]}${eventType})`,
		})),
).sort((a, b) => isLegacy(a) - isLegacy(b) || a.name.localeCompare(b.name));

/** Whether the form shows a filter of a product: any of its events is chosen, or may be. */
const forProduct = (product: Product) => ({
	show: { '/events': [...choices[product].map(({ name }) => name), OTHER_EVENTS] },
});

const levelOptions: INodePropertyOptions[] = Object.entries(ERROR_LEVELS).map(([level, name]) => ({
	name: `${name[0].toUpperCase()}${name.slice(1)}`,
	value: Number(level),
}));

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Only notifications that match start an execution. Others are acknowledged.',
	options: [
		{
			displayName: 'Channel Name',
			name: 'channelName',
			type: 'string',
			default: '',
			placeholder: 'e.g. class-*',
			description: 'Name of the channel or web page recording. Use * for any characters.',
		},
		{
			displayName: 'Include Recorders',
			name: 'includeRecorders',
			type: 'boolean',
			displayOptions: forProduct('rtcChannel'),
			default: false,
			description:
				'Whether recorders that join or leave also start the workflow. A workflow that starts recordings would then trigger itself in a loop.',
		},
		{
			displayName: 'Minimum Error Level',
			name: 'minimumErrorLevel',
			type: 'options',
			displayOptions: { show: { '/events': [RECORDING_FAILED] } },
			options: levelOptions,
			default: DEFAULT_ERROR_LEVEL,
			description: "Minimum level at which a reported error counts as 'Recording Failed'",
		},
		{
			displayName: 'Recorder UID',
			name: 'recorderUid',
			type: 'string',
			displayOptions: forProduct('cloudRecording'),
			default: '',
			placeholder: 'e.g. 527841',
			description:
				"User ID of the recorder, returned by Start as uid. Filters recording events. It changes if the recording moves to another server, so prefer 'Recording ID (SID)'.",
		},
		{
			displayName: 'Recording ID (SID)',
			name: 'sid',
			type: 'string',
			displayOptions: forProduct('cloudRecording'),
			default: '',
			placeholder: 'e.g. 38f8e3cfdc474cd56fc1ceba380d7e1a',
			description: 'ID of the recording, returned by Start as sid. Filters recording events.',
		},
		{
			displayName: 'User UID',
			name: 'userUid',
			type: 'string',
			displayOptions: forProduct('rtcChannel'),
			default: '',
			placeholder: 'e.g. 12345',
			description: 'User ID of the user who joined, left, or changed role. Filters channel events.',
		},
	],
};

const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Folder in Bucket',
			name: 'folder',
			type: 'string',
			displayOptions: forProduct('cloudRecording'),
			default: '',
			placeholder: 'e.g. lessons/class7',
			description:
				"Folder that the recordings are started with; / for the top level. Agora's notifications do not contain it, but File → Get Many needs it to find the files.",
		},
		{
			displayName: 'Include Raw Body',
			name: 'rawBody',
			type: 'boolean',
			default: false,
			description: 'Whether to return the notification as Agora sent it, in the rawBody field',
		},
		{
			displayName: 'Verify Signature',
			name: 'verifySignature',
			type: 'boolean',
			default: true,
			description:
				'Whether to accept only notifications signed with the notification secret in the credential',
		},
	],
};

/** Parameters of the trigger, in the order of the form. */
export const triggerFields: INodeProperties[] = [
	{
		displayName:
			'Register the URL in Agora Console yourself. In this order:<ul><li>In Agora Console → your project → All Features → Notifications, copy the secret to the credential.</li><li>Publish this workflow (in n8n 1: activate it).</li><li>On the same page of Agora Console, paste the production URL from above and select the events.</li><li>Click Check, then Save.</li></ul>',
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		// n8n makes its list of triggers from the first field of this display name.
		displayName: 'Trigger On',
		name: 'events',
		type: 'multiOptions',
		required: true,
		// It decides which other fields are there.
		noDataExpression: true,
		options: [
			...choices.cloudRecording.map(eventOption),
			...choices.rtcChannel.map(eventOption),
			eventOption(otherEvents),
		],
		default: [],
		description:
			"Events that start the workflow. Agora sends only the events selected in Agora Console, so select at least the same ones there. Numbers in parentheses are Agora's event types, with RTC for RTC channel events.",
	},
	{
		displayName: 'More Events',
		name: 'moreEvents',
		type: 'multiOptions',
		required: true,
		displayOptions: { show: { events: [OTHER_EVENTS] } },
		options: moreOptions,
		default: [],
		description:
			'Individual Agora events, whatever their result, which the output contains. An expression can return the numbers of unlisted events.',
	},
	filtersField,
	optionsField,
	{
		displayName:
			'Signatures are not verified. Anyone who knows the URL can start this workflow with any content',
		name: 'unverifiedNotice',
		type: 'notice',
		displayOptions: { show: { '/options.verifySignature': [false] } },
		default: '',
	},
];
