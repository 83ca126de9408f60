import { bucketPlace, type StorageNames } from '../places';
import { smallestPolicy, type Permission } from '../policies';
import type { StorageProblemKind } from '../problems';
import type { NamedRegion } from '../regions';
import { findStorageVendor, storageWord, type StoragePart } from '../vendors';

/** What the words are about. */
export interface Facts {
	storage: StorageNames;
	permission: Permission;
	folder: string;
	fields: { accessKey: string; secretKey: string };
	temporary?: boolean;
	/** The vendor's code of the error; '' without one. */
	code: string;
	/** Where the bucket is, if it is elsewhere and was told. */
	region?: NamedRegion;
	/** Seconds by which n8n's clock is ahead of the storage's, if known. */
	ahead?: number;
}

interface Words {
	message: string;
	whatToDo: string;
}

/** What is particular about a vendor's buckets when one is not found. */
const BUCKET_NOTES: Readonly<Record<string, string>> = {
	qiniuCloud:
		' If a bucket name is not unique, Qiniu assigns a different name for S3, which its console shows.',
	tencentCloud:
		" Bucket names end with a hyphen and the account's APPID, for example lessons-1250000000.",
};

/** What to do about codes that say more than that something is denied. */
const CODE_NOTES: Readonly<Record<string, string>> = {
	AuthorizationFailure: "Allow n8n's IP address in the firewall of the storage account.",
	KeyBasedAuthenticationNotPermitted:
		"Allow 'storage account key access' in the configuration of the storage account.",
};

const VERBS: Readonly<Record<Permission, string>> = {
	list: 'list the objects in',
	read: 'read objects in',
	write: 'write to',
};

const vendorName = ({ vendor }: StorageNames) =>
	findStorageVendor(vendor)?.displayName ?? 'The storage';

/** What the credential calls a part of the storage; '' where the vendor has no such part. */
function fieldOf({ vendor: name }: StorageNames, part: StoragePart): string {
	const vendor = findStorageVendor(name);
	const word = vendor && storageWord(vendor, part);
	return word === undefined ? '' : `'${word}'`;
}

/** The field that says where the bucket is; '' where the vendor has none. */
const placeField = (storage: StorageNames) =>
	fieldOf(storage, 'endpoint') || fieldOf(storage, 'region');

/** Seconds in a unit that fits, e.g. "23 minutes". */
function duration(seconds: number): string {
	const units = [
		[86_400, 'days'],
		[3600, 'hours'],
		[60, 'minutes'],
	] as const;
	const [size, unit] = units.find(([length]) => seconds >= 2 * length) ?? [1, 'seconds'];
	return `${Math.round(seconds / size)} ${unit}`;
}

function wrongRegion({ storage, region }: Facts): Words {
	const field = placeField(storage);
	if (!region) {
		return {
			message: `The bucket "${storage.bucket}" is in another region or at another address.`,
			whatToDo: field && `Check ${field}.`,
		};
	}
	const offered = storage.vendor === 's3Compatible' || region.name !== undefined;
	return {
		message: `The bucket "${storage.bucket}" is in the region ${region.name ?? region.code}.`,
		whatToDo: !offered
			? 'Agora does not support this region. Use a bucket in a supported region.'
			: fieldOf(storage, 'region')
				? `Set ${field} to ${region.name}.`
				: '',
	};
}

const WORDS: Readonly<Partial<Record<StorageProblemKind, (facts: Facts) => Words>>> = {
	denied: ({ storage, permission, folder, fields, code }) => ({
		message: `The key in '${fields.accessKey}' cannot ${VERBS[permission]} the bucket "${storage.bucket}"${
			permission === 'read' ? ', or the object does not exist and the key cannot list objects' : ''
		}.`,
		whatToDo: Object.hasOwn(CODE_NOTES, code)
			? CODE_NOTES[code]
			: smallestPolicy({ ...storage, folder, regionCode: bucketPlace(storage).regionCode }, [
					permission,
				]),
	}),
	unknownKey: ({ fields, storage, temporary }) => ({
		message: `${vendorName(storage)} does not know the key in '${fields.accessKey}'.`,
		whatToDo: temporary
			? 'Enter the temporary keys together with their token.'
			: `Check '${fields.accessKey}' and 'Storage Vendor', and that the key still exists. A temporary key also needs its token.`,
	}),
	wrongSecret: ({ fields, storage }) => {
		const field = placeField(storage);
		return {
			message: `The storage rejected the signature: '${fields.secretKey}' does not match '${fields.accessKey}'.`,
			whatToDo: `Copy both again, without spaces.${field && ` If they are correct, check ${field}.`}`,
		};
	},
	wrongRegion,
	wrongAddress: () => ({
		message: 'The storage requires virtual-hosted-style addresses.',
		whatToDo: 'Use a bucket whose name contains no dots.',
	}),
	noBucket: ({ storage }) => {
		const fields = [fieldOf(storage, 'bucket'), placeField(storage)].filter(Boolean);
		const where = storage.region && fieldOf(storage, 'region');
		return {
			message: `There is no bucket "${storage.bucket}"${where ? ` in the region ${storage.region}` : ''}.`,
			whatToDo: `Check ${fields.join(' and ')}.${BUCKET_NOTES[storage.vendor] ?? ''}`,
		};
	},
	noObject: () => ({
		message: 'The object does not exist.',
		whatToDo:
			'It may not have been uploaded yet, may have been deleted, or may be in another folder.',
	}),
	wrongClock: ({ ahead }) => ({
		message: ahead
			? `The n8n server's clock is ${duration(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} the storage's clock.`
			: "The n8n server's clock is wrong.",
		whatToDo: "Synchronize the clock of n8n's server (NTP).",
	}),
	expiredKeys: ({ fields }) => ({
		message: `The temporary key in '${fields.accessKey}' has expired, or its token belongs to another key.`,
		whatToDo: 'Get new temporary keys with their token.',
	}),
	expiredLink: () => ({ message: 'The link has expired.', whatToDo: 'Create a new one.' }),
	archived: () => ({
		message: 'The object is archived and cannot be read right away.',
		whatToDo: "Restore it in the storage's console.",
	}),
	busy: () => ({
		message: 'The storage is busy or has a problem.',
		whatToDo: 'Try again later.',
	}),
	noStorage: () => ({
		message: 'The endpoint returned a web page, not a storage response.',
		whatToDo: 'Check the endpoint. It may belong to a web console or a proxy.',
	}),
};

/** Words for a kind of trouble; undefined for kinds that need the server's own. */
export const wordsFor = (kind: StorageProblemKind, facts: Facts): Words | undefined =>
	WORDS[kind]?.(facts);
