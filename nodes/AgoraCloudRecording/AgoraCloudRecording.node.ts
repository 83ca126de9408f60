import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { operationFields, router } from './actions/router';

export class AgoraCloudRecording implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agora Cloud Recording',
		name: 'agoraCloudRecording',
		icon: { light: 'file:../../icons/agora.svg', dark: 'file:../../icons/agora.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Record Agora channels and web pages to your own storage',
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
				options: [
					{ name: 'Notification Server', value: 'notificationServer' },
					{ name: 'Recording', value: 'recording' },
					{ name: 'RTC Token', value: 'rtcToken' },
				],
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
						description: 'Get a resource ID for a start within five minutes (for experts)',
					},
					{
						name: 'Query',
						value: 'query',
						action: 'Query a recording',
						description: 'See whether a recording runs, and its files so far',
					},
					{
						name: 'Start',
						value: 'start',
						action: 'Start a recording',
						description: 'Record a channel, and see that it is really recorded',
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
						description: 'Arrange the users of a composite recording anew',
					},
				],
				default: 'start',
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
						description: 'Make a token with which a user or a recorder may join a channel',
					},
				],
				default: 'generate',
			},
			...operationFields,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await router.call(this);
	}
}
