import { findRegion, findStorageVendor, type StorageVendor } from './vendors';

/**
 * Where an object is, in what n8n's own S3, Google Cloud Storage and HTTP Request nodes ask for.
 * Agora's pages do not tell this: hosts and region codes are those of each vendor's own documentation.
 */

/** Storage of a recording by the names that credential, form and output use. */
export interface StorageNames {
	vendor: string;
	region?: string | null;
	bucket: string;
	/** Host of S3-compatible storage. */
	endpoint?: string | null;
}

/** A bucket as other nodes and credentials name it. */
export interface BucketPlace {
	bucket: string;
	/** The vendor's own code for the region; null where it has none or nobody can tell. */
	regionCode: string | null;
	/** Address for S3 clients, with https://; null where the vendor has none or it is not known. */
	endpoint: string | null;
}

interface VendorPlaces {
	/**
	 * The vendor's code for each of Agora's region names: the name itself, the name in lower case with
	 * dashes, or as listed. A vendor without regions has none.
	 */
	codes?: 'same' | 'dashed' | Readonly<Record<string, string>>;
	/** Regions that Agora prints in a way that fits none of the vendor's. */
	unclear?: readonly string[];
	/** Host of the S3 interface, for a region code. */
	host: (code: string) => string;
	/** Host of objects where it differs from that of the S3 interface. */
	objectHost?: (code: string) => string;
	/** Whether the bucket stands before the host or after it; null where a URL takes more than that. */
	url: 'beforeHost' | 'afterHost' | null;
}

const PLACES: Readonly<Record<string, VendorPlaces | undefined>> = {
	alibabaCloud: {
		codes: 'dashed',
		unclear: ['CN_Northeast_2', 'CN_Southeast_7'],
		host: (code) => `oss-${code}.aliyuncs.com`,
		url: 'beforeHost',
	},
	amazonS3: {
		codes: 'same',
		host: (code) => `s3.${code}.amazonaws.com${code.startsWith('cn-') ? '.cn' : ''}`,
		url: 'beforeHost',
	},
	baiduAiCloud: {
		codes: {
			Beijing: 'bj',
			Baoding: 'bd',
			Suzhou: 'su',
			Guangzhou: 'gz',
			Hongkong: 'hkg',
			Singapore: 'sin',
			Wuhan: 'fwh',
			Shanghai: 'fsh',
		},
		host: (code) => `s3.${code}.bcebos.com`,
		objectHost: (code) => `${code}.bcebos.com`,
		url: 'beforeHost',
	},
	googleCloud: { host: () => 'storage.googleapis.com', url: 'afterHost' },
	huaweiCloud: {
		codes: 'dashed',
		host: (code) => `obs.${code}.myhuaweicloud.com`,
		url: 'beforeHost',
	},
	kingsoftCloud: {
		// The vendor names Hangzhou by another scheme, which it has given up.
		codes: {
			CN_Shanghai: 'cn-shanghai',
			CN_Qingdao: 'cn-qingdao',
			CN_Beijing: 'cn-beijing',
			CN_Guangzhou: 'cn-guangzhou',
			CN_Hongkong: 'cn-hk-1',
			JR_Beijing: 'jr-beijing',
			JR_Shanghai: 'jr-shanghai',
			NA_Russia_1: 'rus',
			NA_Singapore_1: 'sgp',
		},
		host: (code) => `ks3-${code}.ksyuncs.com`,
		url: 'beforeHost',
	},
	qiniuCloud: {
		codes: {
			Huadong: 'cn-east-1',
			Huabei: 'cn-north-1',
			Huanan: 'cn-south-1',
			Beimei: 'us-north-1',
			'Southeast Asia': 'ap-southeast-1',
		},
		host: (code) => `s3-${code}.qiniucs.com`,
		// Objects are read under a domain of the user's own.
		url: null,
	},
	tencentCloud: {
		codes: 'dashed',
		host: (code) => `cos.${code}.myqcloud.com`,
		url: 'beforeHost',
	},
	// Microsoft Azure is missing: its addresses begin with the storage account, which is known only as
	// one of the keys (storage.md section 3).
};

const S3_COMPATIBLE = 's3Compatible';

/** The vendor's code for a region; undefined where it is not known, '' where the vendor has no regions. */
function codeOf(vendor: StorageVendor, region: string, places: VendorPlaces): string | undefined {
	if (!places.codes) return '';
	const [name] = findRegion(vendor, region) ?? [];
	if (name === undefined || places.unclear?.includes(name)) return undefined;
	if (places.codes === 'same') return name;
	return places.codes === 'dashed' ? name.toLowerCase().replace(/_/g, '-') : places.codes[name];
}

/** Host of the S3 interface, that of objects, the region's code, and how objects are addressed. */
export function hostsOf(storage: StorageNames) {
	if (storage.vendor === S3_COMPATIBLE) {
		const host = storage.endpoint || undefined;
		return { code: '', host, objectHost: host, url: 'afterHost' as const };
	}
	const vendor = findStorageVendor(storage.vendor);
	const places = vendor && PLACES[vendor.name];
	if (!places) return undefined;
	const code = codeOf(vendor, storage.region ?? '', places);
	if (code === undefined) return undefined;
	const { host, objectHost = host, url } = places;
	return { code, host: host(code), objectHost: objectHost(code), url };
}

/** A storage of one's own may be spoken to without encryption; then its endpoint says so. */
const withProtocol = (host: string) => (/^https?:\/\//i.test(host) ? host : `https://${host}`);

/** The bucket for other nodes. It holds no key, and asks nobody. */
export function bucketPlace(storage: StorageNames): BucketPlace {
	const hosts = hostsOf(storage);
	return {
		bucket: storage.bucket,
		regionCode: hosts?.code || null,
		endpoint: hosts?.host ? withProtocol(hosts.host) : null,
	};
}
