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
			'Host name of the storage, which Agora must be able to reach. Write http:// before it only if the storage has no HTTPS.',
	}),
	region: ({ displayName, regions }) => ({
		type: 'options',
		options: [
			{ name: 'Select…', value: '' },
			...regions.map(([region]) => ({ name: region, value: region })),
		],
		description: `Where the bucket is, as Agora names the regions of ${displayName}. With a wrong one nothing is uploaded.`,
	}),
	bucket: ({ words }) => ({
		placeholder: 'e.g. my-recordings',
		description: `Name of the ${words.bucket.toLowerCase()} for the recordings`,
	}),
	accessKey: ({ words }) => ({
		typeOptions: { password: true },
		description: `With this and '${words.secretKey}', Agora writes to the ${words.bucket.toLowerCase()}`,
	}),
	secretKey: ({ words }) => ({
		typeOptions: { password: true },
		description: `Secret that belongs to '${words.accessKey}'`,
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
				? `Key that may read, and list, the files in the ${words.bucket.toLowerCase()}. It stays in this n8n: Agora never gets it.`
				: `Secret that belongs to 'Read ${words.accessKey}'`,
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
				'Saving checks Customer ID and Customer Secret alone. The operation Setup → Check of the node checks the rest: project, certificate, storage and notification secrets.',
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
				'Cloud storage of yours that Agora uploads the recordings to. Start asks for it; the trigger does not.',
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
					description: 'The key above may also read the files',
				},
				{
					name: 'Separate Key',
					value: 'readKey',
					description: 'The key above only writes; another one, which Agora never gets, reads',
				},
			],
			displayOptions: { hide: { storageVendor: [NO_STORAGE] } },
			default: 'storageKey',
			description: 'Key with which this n8n makes links to files and lists them',
		},
		...readKeyFields,
		{
			displayName: 'Receive Notifications',
			name: 'receiveNotifications',
			type: 'boolean',
			default: false,
			description:
				'Whether the trigger uses this credential. It tells by a secret that a notification really comes from Agora; while this is off, it has none.',
		},
		{
			displayName: 'Notification Secret (Cloud Recording)',
			name: 'notificationSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { receiveNotifications: [true] } },
			default: '',
			description: 'Needed for events of recordings',
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
				'Needed for events of channels (users who join and leave); another secret than for Cloud Recording',
			hint: 'Agora Console → your project → All Features → Notifications → RTC channel events',
		},
		{
			displayName: 'Advanced',
			name: 'advanced',
			type: 'boolean',
			default: false,
			description:
				'Whether to say which channel profile your app uses, or to change where requests go, how many, links to files, or a notification secret. While this is off, the profile is Live Broadcasting, and requests go to api.agora.io, 10 a second, whatever was entered.',
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
				'What the app sets as profile of its channels: ask its developers. A recording that starts while nobody is in the channel is made for this one; with the wrong one nothing is recorded.',
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
					name: 'Global from Mainland China (api.sd-rtn.com)',
					value: 'api.sd-rtn.com',
					description: 'The nearest region, for an n8n that runs in mainland China',
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
				'Where requests to Agora go. Keep Global unless they have to stay in one part of the world.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			displayOptions: { show: { advanced: [true], apiDomain: ['custom'] } },
			default: '',
			placeholder: 'e.g. https://agora-proxy.example.com',
			description: 'Address of a proxy of your own to Agora, or of a simulator for tests',
		},
		{
			displayName: 'Requests per Second',
			name: 'requestsPerSecond',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			displayOptions: { show: { advanced: [true] } },
			default: 10,
			description:
				'How many requests a second this n8n may send for the App ID. Agora allows 10 in all, unless it agreed to more: choose fewer if other programs use the same App ID.',
		},
		{
			displayName: 'Public Bucket URL',
			name: 'storagePublicUrl',
			type: 'string',
			displayOptions: { show: { advanced: [true] }, hide: { storageVendor: [NO_STORAGE] } },
			default: '',
			placeholder: 'e.g. https://recordings.example.com',
			description:
				'Only if everybody may read the files, for example through a CDN in front of the bucket: links are then plain addresses below this one, and never expire',
		},
		{
			displayName: 'Maximum Link Validity (Hours)',
			name: 'maxLinkHours',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 168, numberPrecision: 0 },
			displayOptions: { show: { advanced: [true] }, hide: { storageVendor: [NO_STORAGE] } },
			default: 168,
			description:
				'How long a link to a file may be valid at most, whatever a workflow asks for, from 1 to 168 (seven days)',
		},
		{
			displayName: 'Signing Region',
			name: 'storageSigningRegion',
			type: 'string',
			displayOptions: { show: { advanced: [true], storageVendor: ['s3Compatible'] } },
			default: '',
			placeholder: 'e.g. us-east-1',
			description:
				"Region that the storage's own documents name for S3 clients; us-east-1 if left empty. Agora does not ask for it.",
		},
		{
			displayName: 'Bucket in Hostname',
			name: 'storageBucketInHost',
			type: 'boolean',
			displayOptions: { show: { advanced: [true], storageVendor: ['s3Compatible'] } },
			default: false,
			description:
				'Whether addresses begin with the bucket (bucket.storage.example.com) instead of having it in the path',
		},
		{
			displayName: 'Previous Notification Secret',
			name: 'previousNotificationSecret',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { advanced: [true], receiveNotifications: [true] } },
			default: '',
			description:
				'The old secret, which is still accepted while you change it in Agora Console, so that no event is lost.',
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
