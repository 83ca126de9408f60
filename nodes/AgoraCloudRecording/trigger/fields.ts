import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	ANY_EVENT,
	COMMON_EVENTS,
	EVENT_GROUPS,
	EVENTS,
	PRODUCTS,
	RECORDING_FAILED,
	type Product,
} from '../agora/notifications/events';
import { ERROR_LEVELS } from '../agora/notifications/codes';

/** Error level from which on a recording counts as failed, unless the user says otherwise. */
export const DEFAULT_ERROR_LEVEL = 4;

/** What a workflow can wait for: what most do first, then the rest by name. */
function eventOptions(product: Product): INodePropertyOptions[] {
	const option = ({ name, displayName, description }: (typeof all)[number]) => ({
		name: displayName,
		value: name,
		description,
	});
	const all = [...EVENT_GROUPS[product], ...EVENTS[product]];
	const rank = (name: string) => {
		const position = COMMON_EVENTS[product].indexOf(name);
		return position < 0 ? Infinity : position;
	};
	const byUse = [...all].sort(
		(a, b) =>
			(rank(a.name) < rank(b.name) ? -1 : rank(a.name) > rank(b.name) ? 1 : 0) ||
			a.displayName.localeCompare(b.displayName),
	);
	return [
		{
			name: 'Any Event',
			value: ANY_EVENT,
			description: 'Everything that Agora sends, also events that it adds one day',
		},
		...byUse.map(option),
	];
}

const eventsField = (product: Product): INodeProperties => ({
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	displayOptions: { show: { product: [product] } },
	options: eventOptions(product),
	default: [],
	description:
		'What starts the workflow. Agora sends only the events that are selected in Agora Console, so select at least the same there. Numbers in brackets are its event numbers.',
});

const forProduct = (product: Product) => ({ show: { '/product': [product] } });

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
	description: 'Notifications that do not fit are answered, but start no execution',
	options: [
		{
			displayName: 'Channel Name',
			name: 'channelName',
			type: 'string',
			default: '',
			placeholder: 'e.g. class-*',
			description: 'Name of the channel, or of the web page recording; * stands for any characters',
		},
		{
			displayName: 'Include Recorders',
			name: 'includeRecorders',
			type: 'boolean',
			displayOptions: forProduct('rtcChannel'),
			default: false,
			description:
				'Whether recorders that join or leave start the workflow too. A workflow that records whoever joins would then set itself off again and again.',
		},
		{
			displayName: 'Minimum Error Level',
			name: 'minimumErrorLevel',
			type: 'options',
			displayOptions: { show: { '/product': ['cloudRecording'], '/events': [RECORDING_FAILED] } },
			options: levelOptions,
			default: DEFAULT_ERROR_LEVEL,
			description: "How bad a reported error must be to count as 'Recording Failed'",
		},
		{
			displayName: 'Recorder UID',
			name: 'recorderUid',
			type: 'string',
			displayOptions: forProduct('cloudRecording'),
			default: '',
			placeholder: 'e.g. 527841',
			description:
				"User ID of the recorder, as Start returned it (uid). It changes if the recording moves to another server: 'Recording ID (SID)' is the better filter.",
		},
		{
			displayName: 'Recording ID (SID)',
			name: 'sid',
			type: 'string',
			displayOptions: forProduct('cloudRecording'),
			default: '',
			placeholder: 'e.g. 38f8e3cfdc474cd56fc1ceba380d7e1a',
			description: 'ID that Agora gave the recording. Start returned it as sid.',
		},
		{
			displayName: 'User UID',
			name: 'userUid',
			type: 'string',
			displayOptions: forProduct('rtcChannel'),
			default: '',
			placeholder: 'e.g. 12345',
			description: 'User ID of the user whom the event is about',
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
			displayName: 'Include Raw Body',
			name: 'rawBody',
			type: 'boolean',
			default: false,
			description: 'Whether to output, as rawBody, the text that Agora sent',
		},
		{
			displayName: 'Verify Signature',
			name: 'verifySignature',
			type: 'boolean',
			default: true,
			description:
				'Whether to accept only notifications that Agora signed with the notification secret in the credential',
		},
	],
};

/** Parameters of the trigger, in the order of the form. */
export const triggerFields: INodeProperties[] = [
	{
		displayName:
			'Agora offers no way to register the URL for you. 1. Copy the secret from Agora Console → your project → All Features → Notifications into the credential. 2. Activate this workflow. 3. On the same page of Agora Console, paste the production URL from above, select events, press Check, then Save.',
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Product',
		name: 'product',
		type: 'options',
		noDataExpression: true,
		options: Object.entries(PRODUCTS).map(([value, { displayName, description }]) => ({
			name: displayName,
			value,
			description,
		})),
		default: 'cloudRecording',
		description:
			'Which notifications of Agora arrive here. Each product has its own secret, and a place for one URL, in Agora Console.',
	},
	eventsField('cloudRecording'),
	eventsField('rtcChannel'),
	filtersField,
	optionsField,
	{
		displayName:
			'Signatures are not verified: whoever knows the URL can start this workflow, with any content',
		name: 'unverifiedNotice',
		type: 'notice',
		displayOptions: { show: { '/options.verifySignature': [false] } },
		default: '',
	},
];
