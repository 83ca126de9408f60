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
		' Where the name of a bucket is not unique, Qiniu gives it another one for S3; its console shows it.',
	tencentCloud:
		' Names of buckets end in a hyphen and the number of the account, as in lessons-1250000000.',
};

/** What to do about codes that say more than that something is denied. */
const CODE_NOTES: Readonly<Record<string, string>> = {
	AuthorizationFailure: "Let n8n's address through the firewall of the storage account.",
	KeyBasedAuthenticationNotPermitted:
		"Allow 'storage account key access' in the configuration of the storage account.",
};

const VERBS: Readonly<Record<Permission, string>> = {
	list: 'list the objects of',
	read: 'read objects of',
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
			message: `The bucket "${storage.bucket}" is in another region, or at another address.`,
			whatToDo: field && `Check ${field}.`,
		};
	}
	const offered = storage.vendor === 's3Compatible' || region.name !== undefined;
	return {
		message: `The bucket "${storage.bucket}" is in the region ${region.name ?? region.code}.`,
		whatToDo: !offered
			? 'Agora offers no such region. Use a bucket in one that it offers.'
			: fieldOf(storage, 'region')
				? `Choose ${region.name} in ${field}.`
				: '',
	};
}

const WORDS: Readonly<Partial<Record<StorageProblemKind, (facts: Facts) => Words>>> = {
	denied: ({ storage, permission, folder, fields, code }) => ({
		message: `The key in '${fields.accessKey}' may not ${VERBS[permission]} the bucket "${storage.bucket}"${
			permission === 'read' ? ', or there is no such object and it may not list them' : ''
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
			: `Check '${fields.accessKey}' and 'Storage Vendor', and whether the key still exists. A temporary key needs its token.`,
	}),
	wrongSecret: ({ fields, storage }) => {
		const field = placeField(storage);
		return {
			message: `The signature is refused: '${fields.secretKey}' does not belong to '${fields.accessKey}'.`,
			whatToDo: `Copy both again, without spaces.${field && ` If they are right, check ${field}.`}`,
		};
	},
	wrongRegion,
	wrongAddress: () => ({
		message: 'The storage wants the bucket before the host, not in the path.',
		whatToDo: 'Use a bucket without dots in its name.',
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
		message: 'There is no such object.',
		whatToDo: 'It may not be uploaded yet, was deleted, or lies in another folder.',
	}),
	wrongClock: ({ ahead }) => ({
		message: ahead
			? `The clock of n8n's computer is ${duration(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} the storage's.`
			: "The clock of n8n's computer is wrong.",
		whatToDo: 'Set it by a time server (NTP).',
	}),
	expiredKeys: ({ fields }) => ({
		message: `The temporary key in '${fields.accessKey}' has expired, or its token belongs to another.`,
		whatToDo: 'Fetch new temporary keys with their token.',
	}),
	expiredLink: () => ({ message: 'The link has expired.', whatToDo: 'Make a new one.' }),
	archived: () => ({
		message: 'The object is in an archive, and cannot be read at once.',
		whatToDo: "Restore it in the storage's console.",
	}),
	busy: () => ({
		message: 'The storage is busy, or has a fault.',
		whatToDo: 'Try again later.',
	}),
	noStorage: () => ({
		message: 'A web page answered, not a storage.',
		whatToDo: 'Check the endpoint: it may be that of a web console or a proxy.',
	}),
};

/** Words for a kind of trouble; undefined for kinds that need the server's own. */
export const wordsFor = (kind: StorageProblemKind, facts: Facts): Words | undefined =>
	WORDS[kind]?.(facts);
