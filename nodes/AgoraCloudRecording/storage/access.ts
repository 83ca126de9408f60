import { hostsOf, type StorageNames } from './places';
import { StorageProblem } from './problems';
import type { NamedRegion } from './regions';
import { azure } from './signing/azure';
import { bos } from './signing/bos';
import { cos } from './signing/cos';
import type { Scheme, StorageKeys } from './signing/scheme';
import { aws4, oss4 } from './signing/v4';

/** A bucket and the keys to it. */
export interface BucketAccess extends StorageNames {
	keys: StorageKeys;
	/**
	 * S3-compatible storage: host, or address with https:// (what a bare host means) or http://.
	 * Microsoft Azure: address of the account where it is not in the public cloud.
	 */
	endpoint?: string | null;
	/** S3-compatible storage: region to sign for; `us-east-1` if not given. */
	signingRegion?: string;
	/** S3-compatible storage: whether the bucket stands before the host; behind it if not given. */
	bucketBeforeHost?: boolean;
}

/** How lists are asked for, and what they look like; see `listings.ts` and `listPages.ts`. */
export type ListDialect = 's3v2' | 's3v1' | 'azure' | 'bos';

/** How one vendor's storage is spoken to. */
interface VendorAccess {
	scheme: Scheme;
	list: ListDialect;
	/** Region that is signed for, where it is not the code of the place. */
	region?: (code: string, access: BucketAccess) => string;
	/** Parameters that set headers of the answer. */
	answerHeaders: { contentType: string; contentDisposition: string };
}

const S3_HEADERS = {
	contentType: 'response-content-type',
	contentDisposition: 'response-content-disposition',
};
/** Longest time of a link that we make, and that Signature V4 allows: seven days. */
export const LONGEST_LINK_S = 604_800;

/** What Kingsoft calls its regions in signatures; two are documented, the rest is by analogy. */
const KINGSOFT_REGIONS: Readonly<Record<string, string>> = {
	'cn-hk-1': 'HONGKONG',
	'jr-beijing': 'JR_BEIJING',
	'jr-shanghai': 'JR_SHANGHAI',
	rus: 'RUSSIA',
	sgp: 'SINGAPORE',
};

/**
 * Signature V4 where the vendor documents it for presigned requests, its own scheme elsewhere
 * (object-storage.md sections 1 and 4).
 */
const VENDORS: Readonly<Record<string, VendorAccess>> = {
	alibabaCloud: { scheme: oss4, list: 's3v2', answerHeaders: S3_HEADERS },
	amazonS3: { scheme: aws4, list: 's3v2', answerHeaders: S3_HEADERS },
	baiduAiCloud: {
		scheme: bos,
		list: 'bos',
		answerHeaders: {
			contentType: 'responseContentType',
			contentDisposition: 'responseContentDisposition',
		},
	},
	// Google does not look at the region.
	googleCloud: { scheme: aws4, list: 's3v2', region: () => 'auto', answerHeaders: S3_HEADERS },
	huaweiCloud: { scheme: aws4, list: 's3v1', answerHeaders: S3_HEADERS },
	kingsoftCloud: {
		scheme: aws4,
		list: 's3v1',
		region: (code) => KINGSOFT_REGIONS[code] ?? code.replace('cn-', '').toUpperCase(),
		answerHeaders: S3_HEADERS,
	},
	microsoftAzure: {
		scheme: azure,
		list: 'azure',
		answerHeaders: { contentType: 'rsct', contentDisposition: 'rscd' },
	},
	qiniuCloud: { scheme: aws4, list: 's3v2', answerHeaders: S3_HEADERS },
	s3Compatible: {
		scheme: aws4,
		list: 's3v2',
		region: (_code, { signingRegion }) => signingRegion || 'us-east-1',
		answerHeaders: S3_HEADERS,
	},
	tencentCloud: { scheme: cos, list: 's3v1', answerHeaders: S3_HEADERS },
};

/** Where the requests about a bucket go, and how they are signed. */
export interface BucketAddress {
	protocol: 'https:' | 'http:';
	host: string;
	/** Encoded path of the bucket, without a slash at its end; '' where the host names it. */
	path: string;
	/** The path to which lists are asked. */
	listPath: string;
	/** '' where the scheme has none. */
	region: string;
	vendor: VendorAccess;
}

/** An endpoint without protocol and slashes at its end, as Agora wants it. */
export const hostOfEndpoint = (endpoint: string): string =>
	endpoint
		.trim()
		.replace(/^https?:\/\//i, '')
		.replace(/\/+$/, '');

/** The same bucket in a region that an answer has named; undefined where it has no address there. */
export function inRegion(access: BucketAccess, { code, name }: NamedRegion) {
	if (access.vendor === 's3Compatible') return { ...access, signingRegion: code };
	return name === undefined ? undefined : { ...access, region: name };
}

/** Protocol, host and path of an address that a user typed. @throws StorageProblem */
function typedEndpoint(endpoint: string) {
	const [, protocol = 'https:', host, path] =
		/^(?:(https?:)\/\/)?([\w.-]+(?::\d{1,5})?)(\/[\w./-]*)?$/i.exec(endpoint.trim()) ?? [];
	if (!host) {
		throw new StorageProblem(
			'wrongAddress',
			'The storage endpoint is not a valid address.',
			'Enter a hostname such as storage.example.com, or an address such as http://storage.example.com:9000.',
		);
	}
	const plain = protocol.toLowerCase() === 'http:';
	return {
		protocol: plain ? ('http:' as const) : ('https:' as const),
		// What is signed has to be what clients send: they leave out the port of the protocol.
		host: host.toLowerCase().replace(plain ? /:80$/ : /:443$/, ''),
		path: (path ?? '').replace(/\/+$/, ''),
	};
}

/** Address of a Microsoft account's containers, and of S3-compatible buckets. @throws StorageProblem */
function endpointOf(access: BucketAccess) {
	if (access.vendor === 'microsoftAzure') {
		if (!/^[a-z0-9]{3,24}$/.test(access.keys.accessKey)) {
			throw new StorageProblem(
				'wrongAddress',
				'The storage access key is not a valid storage account name.',
				'Enter the storage account name as the access key, and the account key as the secret key.',
			);
		}
		return typedEndpoint(access.endpoint || `${access.keys.accessKey}.blob.core.windows.net`);
	}
	if (!access.endpoint) {
		throw new StorageProblem('wrongAddress', 'The storage has no endpoint.');
	}
	const endpoint = typedEndpoint(access.endpoint);
	if (endpoint.path === '') return endpoint;
	throw new StorageProblem(
		'wrongAddress',
		'The storage endpoint contains a path.',
		'Enter the address without a path. Enter the bucket in its own field.',
	);
}

/**
 * Where requests about a bucket go. A bucket with a dot in its name stands in the path, because
 * certificates cover one label.
 *
 * @throws StorageProblem for an unknown vendor or region, and for an endpoint or a bucket that is none
 */
export function bucketAddress(access: BucketAccess): BucketAddress {
	const vendor = Object.hasOwn(VENDORS, access.vendor) ? VENDORS[access.vendor] : undefined;
	if (!vendor) throw new StorageProblem('wrongAddress', 'Unknown storage vendor.');
	const { bucket } = access;
	// Items may name a bucket: it must not lead to another host, or to another bucket.
	if (!/^[A-Za-z0-9][\w.-]{0,254}$/.test(bucket)) {
		throw new StorageProblem('wrongAddress', 'The bucket name is invalid.');
	}
	const typed = access.vendor === 's3Compatible' || access.vendor === 'microsoftAzure';
	const hosts = typed ? undefined : hostsOf(access);
	if (!typed && !hosts?.objectHost) {
		throw new StorageProblem(
			'wrongAddress',
			`The address of the region ${access.region || '(none)'} is unknown.`,
			'Choose the region of the bucket.',
		);
	}
	const place = hosts?.objectHost
		? { protocol: 'https:' as const, host: hosts.objectHost, path: '' }
		: endpointOf(access);
	const code = hosts?.code ?? '';
	const before = hosts ? hosts.url === 'beforeHost' : access.bucketBeforeHost === true;
	const inHost = before && access.vendor !== 'microsoftAzure' && !bucket.includes('.');
	const path = inHost ? place.path : `${place.path}/${bucket}`;
	return {
		protocol: place.protocol,
		host: inHost ? `${bucket}.${place.host}` : place.host,
		path,
		listPath: access.vendor === 'microsoftAzure' ? path : `${path}/`,
		region: vendor.region?.(code, access) ?? code,
		vendor,
	};
}

/** Whether an address that a user typed sends keys and files without encryption. */
export const isPlainHttp = (access: BucketAccess): boolean =>
	bucketAddress(access).protocol === 'http:';
