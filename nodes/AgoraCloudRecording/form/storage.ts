import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import {
	prefixOf,
	storageConfigOf,
	type StorageConfig,
	type StorageSettings,
} from '../agora/requests/storage';
import { hostOfEndpoint } from '../storage/access';
import {
	areaOf,
	findStorageVendor,
	missingStorage,
	STORAGE_PARTS,
	storageWord,
	type Area,
} from '../storage/vendors';
import { operationError } from '../errors';
import type { ShownStorage } from '../agora/requests/shownStorage';
import { clock } from '../process/clock';
import { togetherAs } from './fields';
import type { FormItem } from './item';
import type { KnownRecording } from './knownRecording';
import type { ItemParameters } from './parameters';
import { readTemporaryKeys, TEMPORARY_KEYS } from './temporaryKeys';

/** Where the files go: `storageConfig` (rest-api.md 3.2). Vendor and lasting keys come from the credential. */

export const fileNamePrefixField: INodeProperties = {
	displayName: 'Folder in Bucket',
	name: 'fileNamePrefix',
	type: 'string',
	default: '',
	placeholder: 'e.g. lessons/class7',
	description:
		'Folder for the files. Use only letters and digits, with slashes between folders, up to 127 characters. Leave empty for the top level.',
};

const overrideFields: INodeProperties[] = [
	{
		displayName: 'Bucket',
		name: 'bucket',
		type: 'string',
		default: '',
		placeholder: 'e.g. my-recordings',
		description: 'Name of a bucket that the storage key in the credential can write to',
	},
	{
		displayName: 'Encryption',
		name: 'sse',
		type: 'options',
		options: [
			{ name: 'Bucket Default', value: '' },
			{ name: 'AES-256', value: 'aes256', description: 'With a key managed by Amazon S3' },
			{ name: 'KMS', value: 'kms', description: 'With a key from AWS Key Management Service' },
		],
		default: '',
		description: 'How Amazon S3 encrypts the files. Not available for other vendors.',
	},
	{
		displayName: 'Endpoint',
		name: 'endpoint',
		type: 'string',
		default: '',
		placeholder: 'e.g. storage.example.com',
		description: 'Hostname of the S3-compatible storage, without https://',
	},
	{
		displayName: 'Region',
		name: 'region',
		type: 'string',
		default: '',
		placeholder: 'e.g. eu-central-1',
		description: "Region of that bucket, as listed under 'Region' in the credential",
	},
	{
		displayName: 'Tag',
		name: 'tag',
		type: 'string',
		default: '',
		placeholder: 'e.g. department=school',
		description: 'Tag to add to the recorded files. Amazon S3 and Alibaba Cloud only.',
	},
];

export const storageOverridesField = togetherAs(
	{
		displayName: 'Storage Overrides',
		name: 'storageOverrides',
		description:
			'Overrides for the storage in the Agora API credential. Leave a field empty to keep its value.',
	},
	'storage',
	overrideFields,
);

const text = z.string().min(1).optional().catch(undefined);

/** The override, in the form, of each setting. */
const OVERRIDES: Partial<Record<keyof StorageSettings, string>> = {
	bucket: 'storageOverrides.storage.bucket',
	region: 'storageOverrides.storage.region',
	endpoint: 'storageOverrides.storage.endpoint',
	sse: 'storageOverrides.storage.sse',
	tag: 'storageOverrides.storage.tag',
	...TEMPORARY_KEYS,
};

export interface StorageInput {
	config: StorageConfig;
	/** What the output tells of it: never a key. */
	shown: ShownStorage;
	/** Where in the world the bucket is, if it is one of Agora's areas. */
	area?: Area;
	/** Seconds until the temporary credential ends; absent for a lasting key. */
	left?: number;
	/** Name of the field, as the user sees it, that a member of `storageConfig` comes from. */
	fieldOf: (path: string) => string;
}

/** What the item of a running recording tells of its storage. */
const toldSchema = z
	.object({ vendor: text, region: text, bucket: text, endpoint: text, sse: text, tag: text })
	.partial()
	.catch({});

function toldStorage(running: KnownRecording | undefined) {
	return toldSchema.parse(running?.known.storage);
}

/**
 * The storage of a recording: the credential's, with what the form overrides.
 *
 * @param form where overrides and temporary keys stand
 * @param running the recording whose storage is changed: where its files go stays as it is, unless the
 *   form says otherwise
 * @throws NodeOperationError naming the field, here or in the credential, that cannot be right
 */
export function readStorage(
	{ context, itemIndex, parameters, credentials }: FormItem,
	form: ItemParameters,
	running?: KnownRecording,
): StorageInput {
	const override = (setting: keyof StorageSettings) => {
		const name = OVERRIDES[setting];
		return name ? form.optionalText(name) : undefined;
	};
	const vendor = findStorageVendor(credentials.storageVendor);
	const told = toldStorage(running);
	if (told.vendor !== undefined && told.vendor !== credentials.storageVendor) {
		throw parameters.refusalOf(
			'Storage Vendor in the credential',
			'vendor',
			credentials.storageVendor,
			`must be ${told.vendor}, where this recording is stored`,
		);
	}
	const nameOf = (setting: keyof StorageSettings) => {
		if (setting === 'prefix') return parameters.nameOf('fileNamePrefix');
		const inForm = OVERRIDES[setting];
		const part = STORAGE_PARTS.find((name) => name === setting);
		if (inForm && (override(setting) !== undefined || !part)) {
			return form.nameOf(inForm);
		}
		return `${(vendor && part && storageWord(vendor, part)) ?? 'Storage Vendor'} in the credential`;
	};
	const refuseOverride = (setting: keyof StorageSettings, rule: string) => {
		const value = override(setting);
		if (value !== undefined) throw parameters.refusalOf(nameOf(setting), setting, value, rule);
	};
	if (vendor?.regions.length === 0)
		refuseOverride('region', `must be empty for ${vendor.displayName}`);
	if (vendor && !vendor.endpoint)
		refuseOverride('endpoint', `must be empty for ${vendor.displayName}`);
	const temporary = readTemporaryKeys(form, context.getTimezone());
	const endpoint = override('endpoint') ?? told.endpoint ?? credentials.storageEndpoint.trim();
	const settings: StorageSettings = {
		vendor: credentials.storageVendor,
		region: override('region') ?? told.region ?? credentials.storageRegion,
		bucket: override('bucket') ?? told.bucket ?? credentials.storageBucket.trim(),
		accessKey: credentials.storageAccessKey.trim(),
		secretKey: credentials.storageSecretKey.trim(),
		endpoint: hostOfEndpoint(endpoint),
		prefix: parameters.optionalText('fileNamePrefix') ?? running?.prefix ?? '',
		sse: override('sse') ?? told.sse,
		tag: override('tag') ?? told.tag,
		...temporary,
	};

	const missing = missingStorage(credentials.storageVendor, settings);
	if (missing !== undefined) {
		throw operationError(context.getNode(), itemIndex, { message: missing, advice: '' });
	}
	const result = storageConfigOf(settings, clock.now());
	if ('refusal' in result) {
		const { setting, rule } = result.refusal;
		throw parameters.refusalOf(nameOf(setting), setting, settings[setting], rule);
	}
	const { config } = result;
	const area = vendor && areaOf(vendor, settings.region);
	return {
		config,
		shown: {
			vendor: settings.vendor,
			region: vendor && vendor.regions.length > 0 ? settings.region : null,
			bucket: settings.bucket,
			...(vendor?.endpoint && { endpoint }),
			prefix: prefixOf(config),
			...(settings.sse && { sse: settings.sse }),
			...(settings.tag && { tag: settings.tag }),
		},
		...(area && { area }),
		...(temporary?.stsExpiration !== undefined && {
			left: temporary.stsExpiration - Math.floor(clock.now() / 1000),
		}),
		fieldOf: (path) =>
			nameOf(
				path
					.replace(/^extensionParams\./, '')
					.replace(/^fileNamePrefix.*/, 'prefix') as keyof StorageSettings,
			),
	};
}
