/** What an operation needs to be allowed. */
export type Permission = 'list' | 'read' | 'write';

/** Where the permission is needed. */
export interface PolicyPlace {
	vendor: string;
	/** The vendor's code; decides Amazon's partition. */
	regionCode?: string | null;
	bucket: string;
	/** Of the recordings; '' for the whole bucket. */
	folder: string;
}

const AMAZON: Readonly<Record<Permission, string>> = {
	list: 's3:ListBucket',
	read: 's3:GetObject',
	write: 's3:PutObject',
};

const named = (list: string, read: string, write: string) => ({ list, read, write });

/**
 * Names of the permissions at vendors other than Amazon, from their documents (object-storage.md
 * section 5).
 */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<Permission, string>>>> = {
	alibabaCloud: named('oss:ListObjects', 'oss:GetObject', 'oss:PutObject'),
	baiduAiCloud: named('LIST', 'READ', 'WRITE'),
	googleCloud: named(
		'storage.objects.list',
		'storage.objects.get',
		// Writing over an object deletes the one before, and playlists are written over.
		'storage.objects.create and storage.objects.delete',
	),
	huaweiCloud: named('obs:bucket:ListBucket', 'obs:object:GetObject', 'obs:object:PutObject'),
	kingsoftCloud: named('ks3:ListBucket', 'ks3:GetObject', 'ks3:PutObject'),
	tencentCloud: named('name/cos:GetBucket', 'name/cos:GetObject', 'name/cos:PutObject'),
};

/** Vendors whose keys are good for the whole account. */
const ACCOUNT_WIDE: Readonly<Record<string, string>> = {
	microsoftAzure:
		'Keys of a storage account have all permissions. Enter a current key of this account.',
	qiniuCloud:
		'Qiniu keys are valid for a whole account. Enter keys of the account that owns the bucket.',
};

function partition(code: string | null | undefined): string {
	if (code?.startsWith('cn-')) return 'aws-cn';
	return code?.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Amazon's policy, as S3-compatible storages take it, too. */
function amazonPolicy({ regionCode, bucket, folder }: PolicyPlace, permissions: Permission[]) {
	const resource = `arn:${partition(regionCode)}:s3:::${bucket}`;
	const below = folder === '' ? '' : `${folder.replace(/\/+$/, '')}/`;
	const statement = (permission: Permission) => ({
		Effect: 'Allow',
		Action: AMAZON[permission],
		...(permission === 'list'
			? {
					Resource: resource,
					...(below && { Condition: { StringLike: { 's3:prefix': [`${below}*`] } } }),
				}
			: { Resource: `${resource}/${below}*` }),
	});
	return JSON.stringify({ Version: '2012-10-17', Statement: permissions.map(statement) });
}

/** The smallest policy that allows it, as a sentence: Amazon's JSON, or the vendor's names. */
export function smallestPolicy(place: PolicyPlace, permissions: Permission[]): string {
	const { vendor, bucket, folder } = place;
	if (Object.hasOwn(ACCOUNT_WIDE, vendor)) return ACCOUNT_WIDE[vendor];
	const names = Object.hasOwn(PERMISSIONS, vendor) ? PERMISSIONS[vendor] : undefined;
	if (!names) return `Minimum policy: ${amazonPolicy(place, permissions)}`;
	const where = folder === '' ? `the bucket "${bucket}"` : `"${folder}" in the bucket "${bucket}"`;
	const all = permissions.map((permission) => names[permission]).join(' and ');
	return `Minimum policy: ${all} on ${where}.`;
}
