/**
 * Where Agora can put recordings: the vendors of `storageConfig.vendor`, their regions and what each
 * can do. Workflows and credentials hold the names; the numbers exist only here.
 *
 * Source: storage.md sections 1 and 2. Amazon's names are the vendor's own codes, the others are
 * printed as Agora prints them. Amazon 17, 23 and 28 left Agora's page without a release note and
 * stay selectable.
 */
export interface StorageVendor {
	/** Value in the credential; never rename. */
	name: string;
	displayName: string;
	/** `storageConfig.vendor`. */
	vendor: number;
	/** [name, `storageConfig.region`]; empty where the region has no effect and 0 is sent. */
	regions: ReadonlyArray<readonly [name: string, region: number]>;
	/** Temporary credentials (`stsToken`) are understood. */
	sts?: boolean;
	/** Server-side encryption (`extensionParams.sse`) is understood. */
	sse?: boolean;
	/** Object tags (`extensionParams.tag`) are understood. */
	tag?: boolean;
	/** `extensionParams.endpoint` is needed. */
	endpoint?: boolean;
	/** What the vendor's console calls the three, and thus the credential and messages. */
	words: { bucket: string; accessKey: string; secretKey: string };
}

export const STORAGE_VENDORS: readonly StorageVendor[] = [
	{
		name: 'alibabaCloud',
		displayName: 'Alibaba Cloud OSS',
		vendor: 2,
		regions: [
			['CN_Hangzhou', 0],
			['CN_Shanghai', 1],
			['CN_Qingdao', 2],
			['CN_Beijing', 3],
			['CN_Zhangjiakou', 4],
			['CN_Huhehaote', 5],
			['CN_Shenzhen', 6],
			['CN_Hongkong', 7],
			['US_West_1', 8],
			['US_East_1', 9],
			['AP_Southeast_1', 10],
			['AP_Southeast_2', 11],
			['AP_Southeast_3', 12],
			['AP_Southeast_5', 13],
			['AP_Northeast_1', 14],
			['AP_South_1', 15],
			['EU_Central_1', 16],
			['EU_West_1', 17],
			['EU_East_1', 18],
			['AP_Southeast_6', 19],
			['CN_Heyuan', 20],
			['CN_Guangzhou', 21],
			['CN_Chengdu', 22],
			['CN_Nanjing', 23],
			['CN_Fuzhou', 24],
			['CN_Wulanchabu', 25],
			['CN_Northeast_2', 26],
			['CN_Southeast_7', 27],
		],
		sts: true,
		tag: true,
		words: { bucket: 'Bucket', accessKey: 'AccessKey ID', secretKey: 'AccessKey Secret' },
	},
	{
		name: 'amazonS3',
		displayName: 'Amazon S3',
		vendor: 1,
		regions: [
			['us-east-1', 0],
			['us-east-2', 1],
			['us-west-1', 2],
			['us-west-2', 3],
			['eu-west-1', 4],
			['eu-west-2', 5],
			['eu-west-3', 6],
			['eu-central-1', 7],
			['ap-southeast-1', 8],
			['ap-southeast-2', 9],
			['ap-northeast-1', 10],
			['ap-northeast-2', 11],
			['sa-east-1', 12],
			['ca-central-1', 13],
			['ap-south-1', 14],
			['cn-north-1', 15],
			['cn-northwest-1', 16],
			['us-gov-west-1', 17],
			['af-south-1', 18],
			['ap-east-1', 19],
			['ap-northeast-3', 20],
			['eu-north-1', 21],
			['me-south-1', 22],
			['us-gov-east-1', 23],
			['ap-southeast-3', 24],
			['eu-south-1', 25],
			['il-central-1', 28],
		],
		sts: true,
		sse: true,
		tag: true,
		words: { bucket: 'Bucket', accessKey: 'Access Key ID', secretKey: 'Secret Access Key' },
	},
	{
		name: 'baiduAiCloud',
		displayName: 'Baidu AI Cloud BOS',
		vendor: 8,
		regions: [
			['Beijing', 0],
			['Baoding', 1],
			['Suzhou', 2],
			['Guangzhou', 3],
			['Hongkong', 4],
			['Singapore', 5],
			['Wuhan', 6],
			['Shanghai', 7],
		],
		words: { bucket: 'Bucket', accessKey: 'Access Key (AK)', secretKey: 'Secret Key (SK)' },
	},
	{
		name: 'googleCloud',
		displayName: 'Google Cloud Storage',
		vendor: 6,
		regions: [],
		words: { bucket: 'Bucket', accessKey: 'HMAC Access Key', secretKey: 'HMAC Secret' },
	},
	{
		name: 'huaweiCloud',
		displayName: 'Huawei Cloud OBS',
		vendor: 7,
		regions: [
			['CN_North_1', 0],
			['CN_North_4', 1],
			['CN_East_2', 2],
			['CN_East_3', 3],
			['CN_South_1', 4],
			['CN_Southwest_2', 5],
			['AP_Southeast_1', 6],
			['AP_Southeast_2', 7],
			['AP_Southeast_3', 8],
			['AF_South_1', 9],
			['SA_Argentina_1', 10],
			['SA_Peru_1', 11],
			['NA_Mexico_1', 12],
			['SA_Brazil_1', 13],
			['LA_South_2', 14],
			['SA_Chile_1', 15],
		],
		words: {
			bucket: 'Bucket',
			accessKey: 'Access Key ID (AK)',
			secretKey: 'Secret Access Key (SK)',
		},
	},
	{
		name: 'kingsoftCloud',
		displayName: 'Kingsoft Cloud KS3 (Legacy)',
		vendor: 4,
		regions: [
			['CN_Hangzhou', 0],
			['CN_Shanghai', 1],
			['CN_Qingdao', 2],
			['CN_Beijing', 3],
			['CN_Guangzhou', 4],
			['CN_Hongkong', 5],
			['JR_Beijing', 6],
			['JR_Shanghai', 7],
			['NA_Russia_1', 8],
			['NA_Singapore_1', 9],
		],
		words: { bucket: 'Bucket', accessKey: 'AccessKey (AK)', secretKey: 'SecretKey (SK)' },
	},
	{
		name: 'microsoftAzure',
		displayName: 'Microsoft Azure Blob Storage',
		vendor: 5,
		regions: [],
		words: { bucket: 'Container', accessKey: 'Storage Account Name', secretKey: 'Account Key' },
	},
	{
		name: 'qiniuCloud',
		displayName: 'Qiniu Cloud (Legacy)',
		vendor: 0,
		regions: [
			['Huadong', 0],
			['Huabei', 1],
			['Huanan', 2],
			['Beimei', 3],
			['Southeast Asia', 4],
		],
		words: { bucket: 'Bucket', accessKey: 'AccessKey (AK)', secretKey: 'SecretKey (SK)' },
	},
	{
		name: 's3Compatible',
		displayName: 'S3-Compatible Storage',
		vendor: 11,
		regions: [],
		endpoint: true,
		words: { bucket: 'Bucket', accessKey: 'Access Key', secretKey: 'Secret Key' },
	},
	{
		name: 'tencentCloud',
		displayName: 'Tencent Cloud COS',
		vendor: 3,
		regions: [
			['AP_Beijing_1', 0],
			['AP_Beijing', 1],
			['AP_Shanghai', 2],
			['AP_Guangzhou', 3],
			['AP_Chengdu', 4],
			['AP_Chongqing', 5],
			['AP_Shenzhen_FSI', 6],
			['AP_Shanghai_FSI', 7],
			['AP_Beijing_FSI', 8],
			['AP_Hongkong', 9],
			['AP_Singapore', 10],
			['AP_Mumbai', 11],
			['AP_Seoul', 12],
			['AP_Bangkok', 13],
			['AP_Tokyo', 14],
			['NA_Siliconvalley', 15],
			['NA_Ashburn', 16],
			['NA_Toronto', 17],
			['EU_Frankfurt', 18],
			['EU_Moscow', 19],
		],
		sts: true,
		words: { bucket: 'Bucket', accessKey: 'SecretId', secretKey: 'SecretKey' },
	},
];

/** In the credential, where n8n records nothing and only hears of recordings. */
export const NO_STORAGE = 'none';

/** The parts of a storage in the credential, in the order of the form. */
export const STORAGE_PARTS = ['endpoint', 'region', 'bucket', 'accessKey', 'secretKey'] as const;
export type StoragePart = (typeof STORAGE_PARTS)[number];

/** Fields of the credential for another key that reads, in words that begin with "Read". */
export const READ_KEY = {
	accessKey: 'storageReadAccessKey',
	secretKey: 'storageReadSecretKey',
} as const;

/** What the form calls a part of a vendor's storage; undefined where the vendor has no such part. */
export function storageWord(vendor: StorageVendor, part: StoragePart): string | undefined {
	switch (part) {
		case 'endpoint':
			return vendor.endpoint ? 'Endpoint' : undefined;
		case 'region':
			return vendor.regions.length > 0 ? 'Region' : undefined;
		default:
			return vendor.words[part];
	}
}

/**
 * Says what a storage lacks that the credential has to have, all at once and by the names in its form.
 *
 * @param given the parts as they are used, also where a workflow gave them
 * @returns undefined where nothing is missing; what is there may still be wrong
 */
export function missingStorage(
	vendorName: string,
	given: Partial<Record<StoragePart, string>>,
): string | undefined {
	const begin = 'The credential has no storage yet:';
	if (vendorName === NO_STORAGE || vendorName === '') {
		return `${begin} choose a 'Storage Vendor' in it, and fill in the fields that follow`;
	}
	const vendor = findStorageVendor(vendorName);
	const missing = STORAGE_PARTS.flatMap((part) => {
		const word = vendor && storageWord(vendor, part);
		return word === undefined || given[part] ? [] : `'${word}'`;
	});
	const last = missing.pop();
	if (last === undefined) return undefined;
	return `${begin} fill in ${missing.length > 0 ? `${missing.join(', ')} and ` : ''}${last}`;
}

/** The vendor of that name, or undefined. */
export function findStorageVendor(name: string): StorageVendor | undefined {
	return STORAGE_VENDORS.find((vendor) => vendor.name === name);
}

/**
 * The number that Agora wants for a vendor's region name; case does not matter. Vendors without
 * regions get 0 whatever is asked, because the field is required. Undefined for an unknown name.
 */
export function regionNumber(vendor: StorageVendor, regionName: string): number | undefined {
	return vendor.regions.length === 0 ? 0 : findRegion(vendor, regionName)?.[1];
}

/** Name and number of a vendor's region, in whatever case it is asked for. */
export function findRegion(vendor: StorageVendor, regionName: string) {
	const wanted = regionName.trim().toLowerCase();
	return vendor.regions.find(([name]) => name.toLowerCase() === wanted);
}

/** Areas in which Agora can be told to record (acquire's `region`, rest-api.md section 2). */
export const AREAS = ['CN', 'AP', 'EU', 'NA'] as const;
export type Area = (typeof AREAS)[number];

/** What forms and messages call each area. */
export const AREA_NAMES: Record<Area, string> = {
	AP: 'Asia (Excluding Mainland China)',
	EU: 'Europe',
	CN: 'Mainland China',
	NA: 'North America',
};

/** The first pattern that fits a region's name decides; names that say nothing have no area. */
const AREA_PATTERNS: ReadonlyArray<readonly [pattern: RegExp, area: Area | undefined]> = [
	[/hongkong|singapore|mumbai|seoul|bangkok|tokyo|southeast asia/i, 'AP'],
	// Printed like this by Agora, though they look like regions outside of China.
	[/^cn_(northeast_2|southeast_7)$/i, undefined],
	[/^na_russia/i, undefined],
	[/beijing|shanghai|guangzhou|chengdu|chongqing|shenzhen|baoding|suzhou|wuhan/i, 'CN'],
	[/^(cn[_-]|hua)/i, 'CN'],
	[/^(us|ca|na)[_-]|^beimei$/i, 'NA'],
	[/^eu[_-]/i, 'EU'],
	[/^ap[_-]/i, 'AP'],
];

/** Area of a vendor's region; undefined where none of Agora's areas holds it, or nobody can tell. */
export function areaOf(vendor: StorageVendor, regionName: string): Area | undefined {
	const region = findRegion(vendor, regionName);
	return region && AREA_PATTERNS.find(([pattern]) => pattern.test(region[0]))?.[1];
}
