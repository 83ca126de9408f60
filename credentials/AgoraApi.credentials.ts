import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import { STORAGE_VENDORS } from '../nodes/AgoraCloudRecording/storage/vendors';

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
	description: `Region of the bucket at ${displayName}, as Agora calls it. With a wrong one nothing is uploaded.`,
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
			description:
				'One half of the key with which this n8n signs in to Agora; also called customer key, or just key',
			hint: 'Agora Console → RESTful API Keys (account menu), formerly Developer Toolkit → RESTful API',
		},
		{
			displayName: 'Customer Secret',
			name: 'customerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The other half of that key; just called secret in the file',
			hint: 'In the file that Agora Console lets you download, once, when the customer ID is created',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 970ca35de60c44645bbae8a215061b33',
			description:
				'Stands for the project whose channels are recorded. Cloud Recording must be enabled for it in Agora Console.',
			hint: 'Agora Console → Projects → the project that your app uses',
		},
		{
			displayName: 'App Certificate',
			name: 'appCertificate',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'With it this node makes the tokens that let the recorder into channels',
			hint: 'Agora Console → Projects → the same project; leave empty if it has none enabled',
		},
		{
			displayName:
				'When you save, Agora is asked whether Customer ID and Customer Secret are right. Only a first recording shows whether App ID, App Certificate and storage are right too.',
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
				{ name: 'Custom', value: 'custom', description: 'An address of your own' },
				{ name: 'East China', value: 'api-cn-east-1.sd-rtn.com' },
				{ name: 'Eastern US', value: 'api-us-east-1.agora.io' },
				{
					name: 'Global (api.agora.io)',
					value: 'api.agora.io',
					description: 'The nearest region',
				},
				{
					name: 'Global, From Mainland China (api.sd-rtn.com)',
					value: 'api.sd-rtn.com',
					description: 'The nearest region, for an n8n that runs in mainland China',
				},
				{ name: 'North China', value: 'api-cn-north-1.sd-rtn.com' },
				{ name: 'Northeast Asia Pacific', value: 'api-ap-northeast-1.agora.io' },
				{ name: 'Southeast Asia Pacific', value: 'api-ap-southeast-1.agora.io' },
				{ name: 'Western Europe', value: 'api-eu-west-1.agora.io' },
				{ name: 'Western US', value: 'api-us-west-1.agora.io' },
			],
			default: 'api.agora.io',
			description:
				'Where requests to Agora go. Keep Global unless they have to stay in one part of the world.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			displayOptions: { show: { apiDomain: ['custom'] } },
			default: '',
			placeholder: 'e.g. https://agora-proxy.example.com',
			description: 'Address of a proxy of your own to Agora, or of a simulator for tests',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 10,
			description:
				'How many requests a second this n8n may send for the App ID. Agora allows 10 in all, unless it agreed to more: choose fewer if other programs use the same App ID.',
		},
		{
			displayName: 'Storage Vendor',
			name: 'storageVendor',
			type: 'options',
			options: STORAGE_VENDORS.map(({ name, displayName }) => ({ name: displayName, value: name })),
			default: 'amazonS3',
			description:
				'Cloud storage of yours that Agora uploads the recordings to. If you only use the trigger, leave the storage fields as they are.',
		},
		...regionFields,
		{
			displayName: 'Storage Bucket',
			name: 'storageBucket',
			type: 'string',
			default: '',
			placeholder: 'e.g. my-recordings',
			description:
				'Name of the bucket (at Azure, of the container), as the storage vendor shows it',
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
			description:
				'Access key that may write to the bucket; reading is not needed. Create it where you manage the bucket, at the storage vendor.',
		},
		{
			displayName: 'Storage Secret Key',
			name: 'storageSecretKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Secret that came with the access key',
		},
		{
			displayName: 'Notification Secret (Cloud Recording)',
			name: 'notificationSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the trigger. It shows that a notification of a recording really comes from Agora.',
			hint: 'Agora Console → your project → All Features → Notifications → Cloud Recording',
		},
		{
			displayName: 'Notification Secret (RTC Channel Events)',
			name: 'rtcNotificationSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the trigger. It shows that a notification of a channel really comes from Agora, and is another secret than for Cloud Recording.',
			hint: 'Agora Console → your project → All Features → Notifications → RTC channel events',
		},
		{
			displayName: 'Previous Notification Secret',
			name: 'previousNotificationSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the trigger. The old secret, which is still accepted while you change it in Agora Console, so that no event is lost.',
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
						'Agora refused this Customer ID and Customer Secret. Compare both with Agora Console → RESTful API Keys; they are not App ID and App Certificate.',
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
					message: 'Agora has had too many requests in this second. Try again.',
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
