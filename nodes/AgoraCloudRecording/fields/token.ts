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
					"Made by this node where the credential has an 'App Certificate'; without one, none is sent",
			},
			{
				name: 'Enter Token',
				value: 'manual',
				description: 'A token that you have from your own token server',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Join without one; for Agora projects that have no App Certificate enabled',
			},
		],
		default: 'automatic',
		description:
			'Lets the recorder into the channel. Agora asks for one where the project has an App Certificate enabled; without a valid one nothing is recorded.',
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
			'Token for joining this channel under this recorder UID (RTC: real-time communication); it begins with 007, or 006 from an older token server. It cannot be renewed, so it must last longer than the recording, 24 hours at most.',
	},
];
