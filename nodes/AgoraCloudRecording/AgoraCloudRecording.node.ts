import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { searchChannels } from './actions/channel/searchChannels';
import { operationFields, router } from './actions/router';

/** In the order of use: n8n lists the actions of a node by resource. */
const RESOURCES: ReadonlyArray<readonly [name: string, value: string, description: string]> = [
	['Recording', 'recording', 'Record a channel or web page'],
	['File', 'file', 'Get the files of a recording from your bucket'],
	['Channel', 'channel', 'Find channels and the users in them'],
	['RTC Token', 'rtcToken', 'Generate tokens for joining a channel'],
	[
		'Notification Server',
		'notificationServer',
		"Get the IP addresses that send Agora's notifications",
	],
	['Setup', 'setup', 'Check your configuration before you record'],
];

export class AgoraCloudRecording implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agora Cloud Recording',
		name: 'agoraCloudRecording',
		icon: { light: 'file:../../icons/agora.svg', dark: 'file:../../icons/agora.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ({"recording.acquire": "Acquire resource", "recording.query": "Query recording", "recording.start": "Start recording", "recording.stop": "Stop recording", "recording.update": "Update recording", "recording.updateLayout": "Update layout", "file.getMany": "Get files", "file.getPlaylist": "Get playlist", "channel.getMany": "Get channels", "channel.getUsers": "Get users of channel", "rtcToken.generate": "Generate RTC token", "notificationServer.getAll": "Get notification servers", "setup.check": "Check setup"})[$parameter["resource"] + "." + $parameter["operation"]] }}',
		description: 'Record Agora calls, live streams, and web pages, and respond to their events',
		defaults: { name: 'Agora Cloud Recording' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'agoraApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: RESOURCES.map(([name, value, description]) => ({ name, value, description })),
				default: 'recording',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['recording'] } },
				options: [
					{
						name: 'Acquire',
						value: 'acquire',
						action: 'Acquire a recording resource',
						description:
							'Reserve a recorder for a start within five minutes. Rarely needed, because Start also does it.',
					},
					{
						name: 'Query',
						value: 'query',
						action: 'Query a recording',
						description: 'Get the status of a recording and its files so far',
					},
					{
						name: 'Start',
						value: 'start',
						action: 'Start a recording',
						description: 'Record a channel or web page and verify that the recording runs',
					},
					{
						name: 'Stop',
						value: 'stop',
						action: 'Stop a recording',
						description: 'Stop a recording and list its files',
					},
					{
						name: 'Update',
						value: 'update',
						action: 'Update a recording',
						description:
							'Change the recorded users, pause or resume a web page, or renew storage keys',
					},
					{
						name: 'Update Layout',
						value: 'updateLayout',
						action: 'Update the layout of a recording',
						description: 'Change the layout of a composite recording',
					},
				],
				default: 'start',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['file'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getMany',
						action: 'Get many files of a recording',
						description: 'Get the files of a recording from your bucket, each with a working link',
					},
					{
						name: 'Get Playlist',
						value: 'getPlaylist',
						action: 'Get a playlist of a recording',
						description:
							'Create an HLS playlist that plays a recording from a private bucket, including after a failover',
					},
				],
				default: 'getMany',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['channel'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getMany',
						action: 'Get many channels',
						description:
							'List the channels that have users in them, for example to record each of them',
					},
					{
						name: 'Get Users',
						value: 'getUsers',
						action: 'Get the users of a channel',
						description: 'Get the users of a channel and its channel profile',
					},
				],
				default: 'getMany',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['notificationServer'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many notification servers',
						description:
							"Get the IP addresses that send Agora's notifications, for example for a firewall",
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['rtcToken'] } },
				options: [
					{
						name: 'Generate',
						value: 'generate',
						action: 'Generate an RTC token',
						description: 'Generate a token with which a user or recorder can join a channel',
					},
				],
				default: 'generate',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['setup'] } },
				options: [
					{
						name: 'Check',
						value: 'check',
						action: 'Check the setup',
						description:
							'Find problems with the account, project, storage, and notifications before you record',
					},
				],
				default: 'check',
			},
			...operationFields,
		],
	};

	methods = { listSearch: { searchChannels } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
