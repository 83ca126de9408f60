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
	['Recording', 'recording', 'A channel or web page that Agora records'],
	['File', 'file', 'What a recording left in your bucket, with links that open'],
	['Channel', 'channel', 'A call or live stream, and who is in it'],
	['RTC Token', 'rtcToken', 'Key to a channel (RTC: real-time communication)'],
	[
		'Notification Server',
		'notificationServer',
		"The addresses that Agora's notifications come from",
	],
	['Setup', 'setup', 'What has to be right before anything is recorded'],
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
		description:
			'Record Agora calls, live streams and web pages, and react to what happens in them',
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
							'Reserve a recorder for a start within five minutes; rarely needed, because Start does it too',
					},
					{
						name: 'Query',
						value: 'query',
						action: 'Query a recording',
						description: 'See whether a recording is running, and which files it has so far',
					},
					{
						name: 'Start',
						value: 'start',
						action: 'Start a recording',
						description: 'Record a channel or a web page, and make sure that it is really recorded',
					},
					{
						name: 'Stop',
						value: 'stop',
						action: 'Stop a recording',
						description: 'End a recording and list its files',
					},
					{
						name: 'Update',
						value: 'update',
						action: 'Update a recording',
						description:
							'Change who is recorded, pause or resume a web page, or refresh storage keys',
					},
					{
						name: 'Update Layout',
						value: 'updateLayout',
						action: 'Update the layout of a recording',
						description: 'Rearrange the users in the picture of a composite recording',
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
						description:
							'Get the files of a recording from your bucket, each with a link that opens',
					},
					{
						name: 'Get Playlist',
						value: 'getPlaylist',
						action: 'Get a playlist that plays',
						description:
							'Make a playlist (HLS) of a recording that plays from a private bucket, failover included',
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
							'See which channels have users in them, for example to record each of them',
					},
					{
						name: 'Get Users',
						value: 'getUsers',
						action: 'Get the users of a channel',
						description: 'See whether somebody is in a channel, who, and which profile it has',
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
							"Get the IP addresses that Agora's notifications come from, for a firewall",
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
						description: 'Make a token with which a user or a recorder can join a channel',
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
							'Find out what is wrong with account, project, storage and notifications before a recording does',
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
