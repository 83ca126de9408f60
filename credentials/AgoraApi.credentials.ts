import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { STORAGE_VENDORS } from '../nodes/AgoraCloudRecording/agora/storageVendors';

/** Each vendor has its own list of regions, all under one name: the form shows that of the vendor. */
const regionFields: INodeProperties[] = STORAGE_VENDORS.filter(
	({ regions }) => regions.length > 0,
).map(({ name, displayName, regions }) => ({
	displayName: 'Storage Region',
	name: 'storageRegion',
	type: 'options',
	displayOptions: { show: { storageVendor: [name] } },
	options: [
		{ name: 'Select…', value: '' },
		...regions.map(([region]) => ({ name: region, value: region })),
	],
	default: '',
	description: `Region of the bucket at ${displayName}. With a wrong one nothing is uploaded.`,
}));

export class AgoraApi implements ICredentialType {
	name = 'agoraApi';

	displayName = 'Agora API';

	icon: Icon = { light: 'file:../icons/agora.svg', dark: 'file:../icons/agora.dark.svg' };

	documentationUrl =
		'https://github.com/agora-cloud-recording/n8n-nodes-agora-cloud-recording#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Customer ID',
			name: 'customerId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 5f1c0a7b2d8e4c69…',
			description: 'From Agora Console → Developer Toolkit → RESTful API (the "customer key")',
		},
		{
			displayName: 'Customer Secret',
			name: 'customerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Shown once, when the customer ID is made: it comes as a download',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 970ca35de60c44645bbae8a215061b33',
			description:
				'From Agora Console → Projects: the project of the channels to record, with Cloud Recording enabled',
		},
		{
			displayName: 'App Certificate',
			name: 'appCertificate',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'From Agora Console → Projects → your project. Only needed where its channels ask for tokens.',
		},
		{
			displayName:
				'The test of this credential asks Agora whether Customer ID and Customer Secret are right. It cannot check App ID, App Certificate, notification secrets and storage: a verified start does.',
			name: 'testNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'API Domain',
			name: 'apiDomain',
			type: 'options',
			options: [
				{ name: 'Central Europe', value: 'api-eu-central-1.agora.io' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'East China', value: 'api-cn-east-1.sd-rtn.com' },
				{ name: 'Eastern US', value: 'api-us-east-1.agora.io' },
				{ name: 'Global (api.agora.io)', value: 'api.agora.io' },
				{ name: 'Global, From Mainland China (api.sd-rtn.com)', value: 'api.sd-rtn.com' },
				{ name: 'North China', value: 'api-cn-north-1.sd-rtn.com' },
				{ name: 'Northeast Asia Pacific', value: 'api-ap-northeast-1.agora.io' },
				{ name: 'Southeast Asia Pacific', value: 'api-ap-southeast-1.agora.io' },
				{ name: 'Western Europe', value: 'api-eu-west-1.agora.io' },
				{ name: 'Western US', value: 'api-us-west-1.agora.io' },
			],
			default: 'api.agora.io',
			description: 'Where requests go. Keep Global unless your data has to stay in a region.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			displayOptions: { show: { apiDomain: ['custom'] } },
			default: '',
			placeholder: 'e.g. https://agora-proxy.example.com',
			description: 'Address of a proxy of your own, or of a simulator',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 10,
			description:
				'Agora allows 10 for an App ID unless it agreed to more. Lower it where other programs use the same App ID.',
		},
		{
			displayName: 'Storage Vendor',
			name: 'storageVendor',
			type: 'options',
			options: STORAGE_VENDORS.map(({ name, displayName }) => ({ name: displayName, value: name })),
			default: 'amazonS3',
			description: 'Where Agora puts the recorded files',
		},
		...regionFields,
		{
			displayName: 'Storage Bucket',
			name: 'storageBucket',
			type: 'string',
			default: '',
			placeholder: 'e.g. my-recordings',
			description: 'Name of the bucket; for Azure, of the container',
		},
		{
			displayName: 'Storage Endpoint',
			name: 'storageEndpoint',
			type: 'string',
			displayOptions: { show: { storageVendor: ['s3Compatible'] } },
			default: '',
			placeholder: 'e.g. storage.example.com',
			description: 'Host name of the storage, without https://. Agora must be able to reach it.',
		},
		{
			displayName: 'Storage Access Key',
			name: 'storageAccessKey',
			type: 'string',
			default: '',
			description: 'Key that may write to the bucket; it needs no right to read',
		},
		{
			displayName: 'Storage Secret Key',
			name: 'storageSecretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Secret that belongs to the access key',
		},
		{
			displayName: 'Notification Secret (Cloud Recording)',
			name: 'notificationSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the trigger: from Agora Console → your project → All Features → Notifications → Cloud Recording',
		},
		{
			displayName: 'Notification Secret (RTC Channel Events)',
			name: 'rtcNotificationSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'For the trigger: the secret that Console shows for RTC channel events',
		},
		{
			displayName: 'Previous Notification Secret',
			name: 'previousNotificationSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the trigger: still accepted while a secret is being exchanged, so that no event is lost',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			auth: {
				username: '={{ $credentials.customerId }}',
				password: '={{ $credentials.customerSecret }}',
			},
		},
	};

	/** A signed-in call that costs nothing: the addresses of Agora's notification servers. */
	test: ICredentialTestRequest = {
		request: {
			baseURL:
				'={{ $credentials.apiDomain === "custom" ? $credentials.baseUrl.replace(/\\/+$/, "") : "https://" + $credentials.apiDomain }}',
			url: '/v1/ncs/ip',
			method: 'GET',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Agora refused this Customer ID and Customer Secret. Compare both with Agora Console → RESTful API; they are not App ID and App Certificate.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						"This address answers, but not as Agora does. Check 'API Domain' and 'Base URL'.",
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message: 'Agora has had too many requests in this second. Test again.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data.service.hosts',
					value: undefined,
					message:
						"This address answers, but not as Agora does. Check 'API Domain' and 'Base URL'.",
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}
