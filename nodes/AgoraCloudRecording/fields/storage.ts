import type { INodeProperties } from 'n8n-workflow';

export const fileNamePrefixField: INodeProperties = {
	displayName: 'Folder in Bucket',
	name: 'fileNamePrefix',
	type: 'string',
	default: '',
	placeholder: 'e.g. lessons/class7',
	description:
		'Where in the bucket to put the files: folders separated by slashes, letters and digits only, 127 characters at most. Leave empty for the top of the bucket.',
};

/** A temporary credential (STS) in place of the key in the credential; its four parts go together. */
const stsOptions: INodeProperties[] = [
	{
		displayName: 'STS Access Key',
		name: 'stsAccessKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: "Access key of a temporary storage credential (see 'STS Token'), by expression",
	},
	{
		displayName: 'STS Expiry',
		name: 'stsExpiration',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-31T12:00:00Z',
		description:
			'When the temporary credential ends, at least four hours from now: a date and time (in the time zone of the workflow, unless it names another), or seconds since 1970',
	},
	{
		displayName: 'STS Secret Key',
		name: 'stsSecretKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: "Secret key of a temporary storage credential (see 'STS Token'), by expression",
	},
	{
		displayName: 'STS Token',
		name: 'stsToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'Token of a temporary storage credential from a security token service (STS); access key, secret key and expiry go with it. Amazon S3, Alibaba Cloud and Tencent Cloud only. Give Agora a new one every hour, with the operation Update.',
	},
];

/** What may differ from the storage in the credential. Vendor and lasting keys come only from there. */
export const storageOverridesField: INodeProperties = {
	displayName: 'Storage Overrides',
	name: 'storageOverrides',
	type: 'collection',
	placeholder: 'Add override',
	default: {},
	description: 'What differs from the storage in the Agora API credential',
	options: [
		{
			displayName: 'Bucket',
			name: 'bucket',
			type: 'string',
			default: '',
			placeholder: 'e.g. my-recordings',
			description: 'Another bucket that the storage key of the credential may write to',
		},
		{
			displayName: 'Encryption',
			name: 'sse',
			type: 'options',
			options: [
				{ name: 'AES-256', value: 'aes256', description: 'With a key that Amazon S3 keeps' },
				{ name: 'KMS', value: 'kms', description: 'With a key in AWS Key Management Service' },
			],
			default: 'aes256',
			description: 'How Amazon S3 encrypts the files in the bucket. Other vendors do not take it.',
		},
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: '',
			placeholder: 'e.g. storage.example.com',
			description: 'Another host of the S3-compatible storage, without https://',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'string',
			default: '',
			placeholder: 'e.g. eu-central-1',
			description: "Region of that bucket, as the list 'Storage Region' in the credential names it",
		},
		...stsOptions,
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'string',
			default: '',
			placeholder: 'e.g. department=school',
			description: 'Tag that the recorded files get. Amazon S3 and Alibaba Cloud only.',
		},
	],
};
