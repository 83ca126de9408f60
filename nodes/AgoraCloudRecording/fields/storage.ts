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

/** What may differ from the storage in the credential. Vendor and keys come only from there. */
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
