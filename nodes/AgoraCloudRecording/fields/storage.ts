import type { INodeProperties } from 'n8n-workflow';

export const fileNamePrefixField: INodeProperties = {
	displayName: 'Folder in Bucket',
	name: 'fileNamePrefix',
	type: 'string',
	default: '',
	placeholder: 'e.g. lessons/class7',
	description:
		'Folders to put the files into, separated by slashes. Letters and digits only, at most 128 characters. Leave empty for the top of the bucket.',
};

/** A temporary credential (STS) in place of the key in the credential; its four parts go together. */
const stsOptions: INodeProperties[] = [
	{
		displayName: 'STS Access Key',
		name: 'stsAccessKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Access key of the temporary credential, by expression',
	},
	{
		displayName: 'STS Expiry',
		name: 'stsExpiration',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2026-12-31T12:00:00Z',
		description:
			'When the temporary credential ends, at least four hours from now: a date, or seconds since 1970',
	},
	{
		displayName: 'STS Secret Key',
		name: 'stsSecretKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Secret key of the temporary credential, by expression',
	},
	{
		displayName: 'STS Token',
		name: 'stsToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'Token of a temporary credential, by expression. Amazon S3, Alibaba Cloud and Tencent Cloud only. Refresh it every hour with the operation Update.',
	},
];

/** What may differ from the storage in the credential. Vendor and lasting keys come only from there. */
export const storageOverridesField: INodeProperties = {
	displayName: 'Storage Overrides',
	name: 'storageOverrides',
	type: 'collection',
	placeholder: 'Add override',
	default: {},
	description: 'What differs from the storage in the credential',
	options: [
		{
			displayName: 'Bucket',
			name: 'bucket',
			type: 'string',
			default: '',
			placeholder: 'e.g. my-recordings',
			description: 'Another bucket that the access key of the credential may write to',
		},
		{
			displayName: 'Encryption',
			name: 'sse',
			type: 'options',
			options: [
				{ name: 'AES-256', value: 'aes256' },
				{ name: 'KMS', value: 'kms' },
			],
			default: 'aes256',
			description: 'Encryption by the storage itself. Amazon S3 only.',
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
			description:
				'Region of that bucket, by the name that the list in the credential shows for the vendor',
		},
		...stsOptions,
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'string',
			default: '',
			placeholder: 'e.g. department=school',
			description: 'Tag for the recorded files. Amazon S3 and Alibaba Cloud only.',
		},
	],
};
