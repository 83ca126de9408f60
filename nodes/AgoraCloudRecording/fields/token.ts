import type { INodeProperties } from 'n8n-workflow';

/** How the recorder gets into a channel whose project has an App Certificate. */
export const tokenFields: INodeProperties[] = [
	{
		displayName: 'Token',
		name: 'tokenSource',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'Made by this node where the credential has an App Certificate, otherwise none is needed',
			},
			{
				name: 'Enter Token',
				value: 'manual',
				description: 'An RTC token made for this channel and the recorder UID',
			},
			{
				name: 'None',
				value: 'none',
				description: 'The Agora project has no App Certificate enabled',
			},
		],
		default: 'automatic',
		description:
			'Needed when the App Certificate of the Agora project is enabled. Without a valid token the recorder cannot join the channel.',
	},
	{
		displayName: 'RTC Token',
		name: 'token',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		displayOptions: { show: { tokenSource: ['manual'] } },
		default: '',
		description:
			'Token for this channel and recorder UID. It cannot be renewed, so it must live longer than the recording (24 hours at most).',
	},
];
