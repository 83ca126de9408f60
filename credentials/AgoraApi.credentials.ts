import type {
	IAuthenticateGeneric,
	Icon,
	ICredentialTestRequest,
	ICredentialType,
	INodeProperties,
} from 'n8n-workflow';
import {
	CHANNEL_PROFILE_NAMES,
	CHANNEL_PROFILE_USE,
	CHANNEL_PROFILES,
} from '../nodes/AgoraCloudRecording/agora/channelProfiles';
import {
	NO_STORAGE,
	READ_KEY,
	STORAGE_PARTS,
	STORAGE_VENDORS,
	storageWord,
	type StoragePart,
	type StorageVendor,
} from '../nodes/AgoraCloudRecording/storage/vendors';

/** What differs between the parts of a storage; their names differ between vendors. */
const STORAGE_FIELDS: Record<StoragePart, (vendor: StorageVendor) => Partial<INodeProperties>> = {
	endpoint: () => ({
		placeholder: 'e.g. storage.example.com',
		description:
			'Hostname of the storage, which must be reachable by Agora. Add http:// only if the storage does not support HTTPS.',
	}),
	region: ({ displayName, regions }) => ({
		type: 'options',
		options: [
			{ name: 'Select…', value: '' },
			...regions.map(([region]) => ({ name: region, value: region })),
		],
		description: `Region of the bucket, in Agora's naming for ${displayName}. If it is wrong, nothing is uploaded.`,
	}),
	bucket: ({ words }) => ({
		placeholder: 'e.g. my-recordings',
		description: `Name of the ${words.bucket.toLowerCase()} that stores the recordings`,
	}),
	accessKey: ({ words }) => ({
		typeOptions: { password: true },
		description: `Agora writes to the ${words.bucket.toLowerCase()} with this and '${words.secretKey}'`,
	}),
	secretKey: ({ words }) => ({
		typeOptions: { password: true },
		description: `Secret for '${words.accessKey}'`,
	}),
};

/** One name for all vendors, with a field for each: the form shows that of the vendor, in its words. */
const storageFields: INodeProperties[] = STORAGE_VENDORS.flatMap((vendor) =>
	STORAGE_PARTS.flatMap((part) => {
		const displayName = storageWord(vendor, part);
		if (displayName === undefined) return [];
		return {
			displayName,
			name: `storage${part[0].toUpperCase()}${part.slice(1)}`,
			type: 'string',
			displayOptions: { show: { storageVendor: [vendor.name] } },
			default: '',
			...STORAGE_FIELDS[part](vendor),
		};
	}),
);

/** Another key, in the vendor's words, with which this n8n reads what Agora has written. */
const readKeyFields: INodeProperties[] = STORAGE_VENDORS.flatMap(({ name: vendor, words }) =>
	(['accessKey', 'secretKey'] as const).map((part) => ({
		displayName: `Read ${words[part]}`,
		name: READ_KEY[part],
		type: 'string',
		typeOptions: { password: true },
		displayOptions: { show: { storageVendor: [vendor], readFilesWith: ['readKey'] } },
		default: '',
		description:
			part === 'accessKey'
				? `Key that can list and read files in the ${words.bucket.toLowerCase()}. It stays in n8n and is never sent to Agora.`
				: `Secret for 'Read ${words.accessKey}'`,
	})),
);

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
				"Key for Agora's REST API. Agora also calls it the customer key, or just the key.",
			hint: 'Agora Console → RESTful API Keys (account menu), formerly Developer Toolkit → RESTful API',
		},
		{
			displayName: 'Customer Secret',
			name: 'customerSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: "Secret for the customer ID, labeled 'secret' in the downloaded file",
			hint: 'In the file that you download from Agora Console when you create the customer ID (available only once)',
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 970ca35de60c44645bbae8a215061b33',
			description:
				'Identifies the project whose channels you record. Enable Cloud Recording for it in Agora Console.',
			hint: 'Agora Console → Projects → the project that your app uses',
		},
		{
			displayName: 'App Certificate',
			name: 'appCertificate',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Used to generate the tokens with which the recorder joins channels',
			hint: 'Agora Console → Projects → the same project. Leave empty if the project has no certificate enabled.',
		},
		{
			displayName:
				"Saving tests only the Customer ID and Customer Secret. To test the project, certificate, storage, and notification secrets, run the node's Setup → Check operation.",
			name: 'testNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Storage Vendor',
			name: 'storageVendor',
			type: 'options',
			options: [
				...STORAGE_VENDORS.map(({ name, displayName }) => ({ name: displayName, value: name })),
				{ name: 'None (Trigger Only)', value: NO_STORAGE },
			],
			default: 'amazonS3',
			description:
				'Your cloud storage, where Agora uploads the recordings. Required to start recordings, but not for the trigger.',
		},
		...storageFields,
		{
			displayName: 'Key for Reading Files',
			name: 'readFilesWith',
			type: 'options',
			options: [
				{
					name: 'Same Key',
					value: 'storageKey',
					description: 'The key above can also read files',
				},
				{
					name: 'Separate Key',
					value: 'readKey',
					description:
						'The key above only writes. Files are read with a key that is never sent to Agora.',
				},
			],
			displayOptions: { hide: { storageVendor: [NO_STORAGE] } },
			default: 'storageKey',
			description: 'Key used to list files and create links to them',
		},
		...readKeyFields,
		{
			displayName: 'Receive Notifications',
			name: 'receiveNotifications',
			type: 'boolean',
			default: false,
			description:
				'Whether the trigger uses this credential. It needs a secret to verify that notifications come from Agora.',
		},
		{
			displayName: 'Notification Secret (Cloud Recording)',
			name: 'notificationSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { receiveNotifications: [true] } },
			default: '',
			description: 'Required for recording events',
			hint: 'Agora Console → your project → All Features → Notifications → Cloud Recording',
		},
		{
			displayName: 'Notification Secret (RTC Channel Events)',
			name: 'rtcNotificationSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { receiveNotifications: [true] } },
			default: '',
			description:
				'Required for channel events (users joining and leaving). Not the same as the Cloud Recording secret.',
			hint: 'Agora Console → your project → All Features → Notifications → RTC channel events',
		},
		{
			displayName: 'Advanced',
			name: 'advanced',
			type: 'boolean',
			default: false,
			description:
				'Whether to show settings for the channel profile, API domain, request rate, links, and secret rotation. While off, they are ignored and defaults apply: Live Broadcasting, api.agora.io, and 10 requests per second.',
		},
		{
			displayName: 'Channel Profile of Your App',
			name: 'channelProfile',
			type: 'options',
			options: CHANNEL_PROFILES.map((profile) => ({
				name: CHANNEL_PROFILE_NAMES[profile],
				value: profile,
				description: CHANNEL_PROFILE_USE[profile],
			})),
			displayOptions: { show: { advanced: [true] } },
			default: 'liveBroadcasting',
			description:
				"Profile that your app sets for its channels; ask the app's developers. Used for recordings that start in an empty channel. With the wrong profile, nothing is recorded.",
		},
		{
			displayName: 'API Domain',
			name: 'apiDomain',
			type: 'options',
			options: [
				{ name: 'Central Europe', value: 'api-eu-central-1.agora.io' },
				{ name: 'Custom', value: 'custom', description: 'Your own address' },
				{ name: 'East China', value: 'api-cn-east-1.sd-rtn.com' },
				{ name: 'Eastern US', value: 'api-us-east-1.agora.io' },
				{
					name: 'Global (api.agora.io)',
					value: 'api.agora.io',
					description: 'The nearest region',
				},
				{
					name: 'Global from Mainland China (api.sd-rtn.com)',
					value: 'api.sd-rtn.com',
					description: 'The nearest region, for n8n running in mainland China',
				},
				{ name: 'North China', value: 'api-cn-north-1.sd-rtn.com' },
				{ name: 'Northeast Asia Pacific', value: 'api-ap-northeast-1.agora.io' },
				{ name: 'Southeast Asia Pacific', value: 'api-ap-southeast-1.agora.io' },
				{ name: 'Western Europe', value: 'api-eu-west-1.agora.io' },
				{ name: 'Western US', value: 'api-us-west-1.agora.io' },
			],
			displayOptions: { show: { advanced: [true] } },
			default: 'api.agora.io',
			description:
				'Where to send requests to Agora. Keep Global unless requests must stay in a specific region.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			displayOptions: { show: { advanced: [true], apiDomain: ['custom'] } },
			default: '',
			placeholder: 'e.g. https://agora-proxy.example.com',
			description: 'Address of your own proxy to Agora, or of a simulator for testing',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			displayOptions: { show: { advanced: [true] } },
			default: 10,
			description:
				'Maximum number of requests per second that n8n sends for the App ID. Agora allows 10 in total by default. Lower this if other programs use the same App ID.',
		},
		{
			displayName: 'Public Bucket URL',
			name: 'storagePublicUrl',
			type: 'string',
			displayOptions: { show: { advanced: [true] }, hide: { storageVendor: [NO_STORAGE] } },
			default: '',
			placeholder: 'e.g. https://recordings.example.com',
			description:
				'Only if the files are publicly readable, for example through a CDN. Links then are plain addresses below this URL and never expire.',
		},
		{
			displayName: 'Maximum Link Validity (Hours)',
			name: 'maxLinkHours',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 168, numberPrecision: 0 },
			displayOptions: { show: { advanced: [true] }, hide: { storageVendor: [NO_STORAGE] } },
			default: 168,
			description:
				'Longest validity of links to files, whatever a workflow sets. From 1 to 168 (seven days).',
		},
		{
			displayName: 'Signing Region',
			name: 'storageSigningRegion',
			type: 'string',
			displayOptions: { show: { advanced: [true], storageVendor: ['s3Compatible'] } },
			default: '',
			placeholder: 'e.g. us-east-1',
			description:
				"Region for S3 clients, as given in the storage's documentation. Leave empty for us-east-1. Not sent to Agora.",
		},
		{
			displayName: 'Bucket in Hostname',
			name: 'storageBucketInHost',
			type: 'boolean',
			displayOptions: { show: { advanced: [true], storageVendor: ['s3Compatible'] } },
			default: false,
			description:
				'Whether to use virtual-hosted-style addresses (bucket.storage.example.com) instead of path-style ones',
		},
		{
			displayName: 'Previous Notification Secret',
			name: 'previousNotificationSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { advanced: [true], receiveNotifications: [true] } },
			default: '',
			description:
				'Still accepted while you change the secret in Agora Console, so that no events are lost',
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
				'={{ !$credentials.advanced ? "https://api.agora.io" : $credentials.apiDomain === "custom" ? $credentials.baseUrl.replace(/\\/+$/, "") : "https://" + $credentials.apiDomain }}',
			url: '/v1/ncs/ip',
			method: 'GET',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Agora rejected the Customer ID or Customer Secret. Compare both with Agora Console → RESTful API Keys. They are not the App ID and App Certificate.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: "The address responds, but not like Agora. Check 'API Domain' and 'Base URL'.",
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 429,
					message: 'Agora received too many requests in this second. Try again.',
				},
			},
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'data.service.hosts',
					value: undefined,
					message: "The address responds, but not like Agora. Check 'API Domain' and 'Base URL'.",
				},
			},
		] as ICredentialTestRequest['rules'],
	};
}
