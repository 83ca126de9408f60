import type { INodeProperties } from 'n8n-workflow';
import { hostOfEndpoint, isPlainHttp } from '../storage/access';
import type { StorageNames } from '../storage/places';
import { StorageProblem } from '../storage/problems';
import type { StorageKeys } from '../storage/signing/scheme';
import { findStorageVendor, missingStorage } from '../storage/vendors';
import { Bucket, type BucketSettings } from '../transport/bucket';
import { operationError } from '../errors';
import { togetherAs } from './fields';
import type { FormItem } from './item';
import { readTemporaryKeys } from './temporaryKeys';

/** The bucket that files are read from: the credential's, unless item or form name another. */

const otherBucketFields: INodeProperties[] = [
	{
		displayName: 'Bucket',
		name: 'bucket',
		type: 'string',
		default: '',
		placeholder: 'e.g. my-recordings',
		description: 'Name of a bucket that the key in the credential can read',
	},
	{
		displayName: 'Endpoint',
		name: 'endpoint',
		type: 'string',
		default: '',
		placeholder: 'e.g. storage.example.com',
		description:
			'Hostname of the S3-compatible storage or, for Microsoft Azure, of a national cloud, such as account.blob.core.chinacloudapi.cn',
	},
	{
		displayName: 'Region',
		name: 'region',
		type: 'string',
		default: '',
		placeholder: 'e.g. eu-central-1',
		description: "Region of that bucket, as listed under 'Region' in the credential",
	},
];

export const otherBucketOption: INodeProperties = togetherAs(
	{
		displayName: 'Other Bucket',
		name: 'otherBucket',
		description:
			'Where to find the files if the bucket differs from the credential and the incoming item. Leave a field empty to keep its value.',
	},
	'storage',
	otherBucketFields,
);

/** Vendors whose address a user may have to type. */
const WITH_ENDPOINT = ['s3Compatible', 'microsoftAzure'];

/**
 * The bucket that holds the files, as outputs name it. An item may name another bucket or region than the
 * credential; another vendor or endpoint would send the keys to somebody else.
 *
 * @param told where the item says that the files are
 * @throws NodeOperationError naming what differs, or what the credential lacks
 */
export function readBucketNames(item: FormItem, told?: Partial<StorageNames>): StorageNames {
	const { context, itemIndex, parameters, credentials } = item;
	const typed = (name: string) => parameters.optionalText(`options.otherBucket.storage.${name}`);
	const vendor = findStorageVendor(credentials.storageVendor);
	if (told?.vendor && told.vendor !== credentials.storageVendor) {
		throw parameters.refusalOf(
			'Storage Vendor in the credential',
			'vendor',
			credentials.storageVendor,
			`must be ${told.vendor}, where the files of the incoming item are`,
		);
	}
	const own = vendor?.endpoint ? credentials.storageEndpoint.trim() : '';
	const endpoint = typed('endpoint') ?? own;
	if (endpoint !== '' && vendor && !WITH_ENDPOINT.includes(vendor.name) && typed('endpoint')) {
		const field = 'options.otherBucket.storage.endpoint';
		throw parameters.refusal(field, endpoint, `must be empty for ${vendor.displayName}`);
	}
	if (told?.endpoint && hostOfEndpoint(told.endpoint) !== hostOfEndpoint(endpoint)) {
		throw parameters.refusalOf(
			'storage.endpoint in the incoming item',
			'endpoint',
			told.endpoint,
			`must be ${hostOfEndpoint(endpoint)}, as in the credential. To use a different one, enter it in 'Other Bucket'`,
		);
	}
	const names = {
		vendor: credentials.storageVendor,
		region: typed('region') ?? told?.region ?? credentials.storageRegion,
		bucket: typed('bucket') ?? told?.bucket ?? credentials.storageBucket.trim(),
		endpoint: vendor && WITH_ENDPOINT.includes(vendor.name) ? endpoint : '',
	};
	const missing = missingToRead(item, names);
	if (missing === undefined) return names;
	throw operationError(context.getNode(), itemIndex, { message: missing, advice: '' });
}

/** What the credential lacks to read files; undefined where nothing. */
export function missingToRead(item: FormItem, names: StorageNames): string | undefined {
	const { vendor, bucket, region, endpoint } = names;
	const place = { bucket, region: region ?? '', endpoint: endpoint ?? '' };
	const { accessKey, secretKey } = readKeys(item, 'read');
	if (item.credentials.readFilesWith !== 'readKey') {
		return missingStorage(vendor, { ...place, accessKey, secretKey });
	}
	const fields = keyFields(item, 'read');
	return (
		missingStorage(vendor, { ...place, accessKey: vendor, secretKey: vendor }) ??
		(accessKey && secretKey
			? undefined
			: `The credential has no key for reading files: fill in '${fields.accessKey}' and '${fields.secretKey}'`)
	);
}

/** What a key is for: to read with, or, as Agora does, to write with. */
type KeyUse = 'read' | 'write';

const isReadKey = ({ credentials }: FormItem, use: KeyUse) =>
	use === 'read' && credentials.readFilesWith === 'readKey';

/** The keys: temporary ones from the form, or those that the credential says. */
function readKeys(item: FormItem, use: KeyUse): StorageKeys {
	const { context, parameters, credentials } = item;
	const temporary = readTemporaryKeys(parameters.within('options'), context.getTimezone());
	if (temporary) {
		const { accessKey = '', secretKey = '', stsToken, stsExpiration = NaN } = temporary;
		return { accessKey, secretKey, sessionToken: stsToken, endsAt: stsExpiration * 1000 };
	}
	return isReadKey(item, use)
		? {
				accessKey: credentials.storageReadAccessKey.trim(),
				secretKey: credentials.storageReadSecretKey.trim(),
			}
		: {
				accessKey: credentials.storageAccessKey.trim(),
				secretKey: credentials.storageSecretKey.trim(),
			};
}

/** What the form calls the keys. */
export function keyFields(item: FormItem, use: KeyUse) {
	const { parameters, credentials } = item;
	if (parameters.raw('options.temporaryKeys.keys') !== undefined) {
		return { accessKey: 'STS Access Key', secretKey: 'STS Secret Key' };
	}
	const words = findStorageVendor(credentials.storageVendor)?.words;
	const { accessKey = 'Access Key', secretKey = 'Secret Key' } = words ?? {};
	return isReadKey(item, use)
		? { accessKey: `Read ${accessKey}`, secretKey: `Read ${secretKey}` }
		: { accessKey, secretKey };
}

/** Milliseconds until a request to a storage is given up, where the form does not say. */
const TIMEOUT_MS = 10_000;

/**
 * The bucket, ready to be read, or to be written to with the key that Agora gets.
 *
 * @param folder of the recordings, for the policies that messages name
 * @param timeout milliseconds until an unanswered request is given up
 * @param use whether the key that Agora gets is meant, whatever the credential says of reading
 * @throws NodeOperationError where it has no address
 */
export function openBucket(
	item: FormItem,
	names: StorageNames,
	folder: string,
	timeout = TIMEOUT_MS,
	use: KeyUse = 'read',
): Bucket {
	const { context, credentials } = item;
	const keys = readKeys(item, use);
	const fields = keyFields(item, use);
	const isStorageKey = credentials.readFilesWith !== 'readKey' && !keys.sessionToken;
	const settings: BucketSettings = {
		access: {
			...names,
			keys,
			signingRegion: credentials.storageSigningRegion.trim(),
			bucketBeforeHost: credentials.storageBucketInHost,
		},
		folder,
		fields,
		ifDenied: isStorageKey
			? `Or use a separate key for reading: in the credential, set 'Key for Reading Files' to 'Separate Key' and fill in 'Read ${fields.accessKey}' and 'Read ${fields.secretKey}'.`
			: '',
		publicUrl: credentials.storagePublicUrl,
		secrets: [...credentials.secrets, keys.secretKey, keys.sessionToken ?? ''].filter(Boolean),
		timeout,
	};
	try {
		if (isPlainHttp(settings.access)) {
			item.warn(
				'The connection to the storage is not encrypted (http://). Anyone who can see the network traffic can see the files and links.',
			);
		}
	} catch (problem) {
		throw storageError(item, problem);
	}
	return new Bucket(context, settings);
}

/** Trouble with a storage as an error of the node; what is none stays as it is. */
export function storageError({ context, itemIndex }: FormItem, problem: unknown): unknown {
	if (!(problem instanceof StorageProblem)) return problem;
	const { message, whatToDo, kind } = problem;
	return operationError(
		context.getNode(),
		itemIndex,
		{ message: message.replace(/\.$/, ''), advice: whatToDo },
		{ storageProblem: kind },
	);
}
