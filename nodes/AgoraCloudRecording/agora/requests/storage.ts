import { z } from 'zod';
import { findStorageVendor, regionNumber, STORAGE_VENDORS } from '../../storage/vendors';
import { filled, NOT_EMPTY, oneOfTexts, wholeNumber } from './common';

/** Longest prefix, with a slash behind every directory, the last one too (rest-api.md 3.2). */
const MAX_PREFIX_LENGTH = 128;
/** Vendors that understand temporary credentials, by number. */
const STS_VENDORS = [1, 2, 3];
const S3_COMPATIBLE = 11;

/** Folders in the bucket, outermost first. */
export const directories = z
	.array(
		z
			.string()
			.refine(
				(part) => /^[a-zA-Z0-9]+$/.test(part),
				'must contain only letters, digits, and slashes between folders',
			),
	)
	.refine(
		(parts) => `${parts.join('/')}/`.length <= MAX_PREFIX_LENGTH,
		`must be at most ${MAX_PREFIX_LENGTH - 1} characters long`,
	);

/**
 * `storageConfig` (rest-api.md 3.2, storage.md). That region and vendor exist is seen to where names
 * are turned into numbers; that a temporary credential lives long enough, where the time is known.
 */
export const storageConfig = z
	.object({
		vendor: z.number(),
		region: wholeNumber(0, 1000),
		bucket: filled,
		accessKey: filled,
		secretKey: filled,
		stsToken: filled.optional(),
		stsExpiration: wholeNumber(1, Number.MAX_SAFE_INTEGER, 'seconds since 1970').optional(),
		fileNamePrefix: directories.optional(),
		extensionParams: z
			.object({
				sse: oneOfTexts('kms', 'aes256').optional(),
				tag: filled.optional(),
				endpoint: z
					.string()
					.refine(
						(host) => /^[\w.-]+(:\d+)?$/.test(host),
						'must be a hostname such as storage.example.com, without https:// and path',
					)
					.optional(),
			})
			.optional(),
	})
	.refine(({ vendor, stsToken }) => stsToken === undefined || STS_VENDORS.includes(vendor), {
		path: ['stsToken'],
		message: 'must be empty unless the storage is Amazon S3, Alibaba Cloud, or Tencent Cloud',
	})
	.refine(
		({ stsToken, stsExpiration }) => (stsToken === undefined) === (stsExpiration === undefined),
		{
			path: ['stsExpiration'],
			message: 'must be set together with the token of the temporary credential',
		},
	)
	.refine(({ vendor, extensionParams }) => vendor !== S3_COMPATIBLE || extensionParams?.endpoint, {
		path: ['extensionParams', 'endpoint'],
		message: NOT_EMPTY,
	});

export type StorageConfig = z.infer<typeof storageConfig>;

/** Where recordings go, by the names that the credential and the form use. */
export interface StorageSettings {
	vendor: string;
	region: string;
	bucket: string;
	accessKey: string;
	secretKey: string;
	endpoint?: string;
	/** Directories, separated by slashes. */
	prefix?: string;
	sse?: string;
	tag?: string;
	stsToken?: string;
	/** Unix seconds. */
	stsExpiration?: number;
}

/** The rule that a setting breaks, with the part of {@link StorageSettings} it is about. */
export interface StorageRefusal {
	setting: keyof StorageSettings;
	rule: string;
}

/** A temporary credential must live this long (storage.md, "STS"). */
const MIN_STS_HOURS = 4;
/** What is larger is milliseconds taken for seconds. */
const LATEST_SECONDS = 1e11;

/**
 * Agora's `storageConfig` from names, or why there is none. Only what the vendor understands is
 * judged: a region left over from another vendor is refused, not guessed (storage.md section 1).
 *
 * @param now Unix milliseconds
 */
export function storageConfigOf(
	settings: StorageSettings,
	now: number,
): { config: StorageConfig } | { refusal: StorageRefusal } {
	const refuse = (setting: keyof StorageSettings, rule: string) => ({
		refusal: { setting, rule },
	});
	const vendor = findStorageVendor(settings.vendor);
	if (!vendor)
		return refuse('vendor', `must be one of ${STORAGE_VENDORS.map(({ name }) => name).join(', ')}`);

	const region = regionNumber(vendor, settings.region);
	if (region === undefined) {
		return refuse(
			'region',
			`must be a region of ${vendor.displayName}\nRegions: ${vendor.regions.map(([name]) => name).join(', ')}`,
		);
	}
	if (settings.sse && !vendor.sse)
		return refuse('sse', 'must be empty unless the storage is Amazon S3');
	if (settings.tag && !vendor.tag)
		return refuse('tag', 'must be empty unless the storage is Amazon S3 or Alibaba Cloud');
	const { stsExpiration } = settings;
	if (stsExpiration !== undefined) {
		const hoursLeft = (stsExpiration * 1000 - now) / 3_600_000;
		if (hoursLeft < MIN_STS_HOURS || stsExpiration > LATEST_SECONDS) {
			return refuse('stsExpiration', `must be at least ${MIN_STS_HOURS} hours from now`);
		}
	}

	const extensionParams = {
		...(settings.sse && { sse: settings.sse }),
		...(settings.tag && { tag: settings.tag }),
		...(vendor.endpoint && { endpoint: settings.endpoint || undefined }),
	};
	const directories = directoriesOf(settings.prefix ?? '');
	return {
		config: {
			vendor: vendor.vendor,
			region,
			bucket: settings.bucket,
			accessKey: settings.accessKey,
			secretKey: settings.secretKey,
			...(settings.stsToken && { stsToken: settings.stsToken }),
			...(stsExpiration !== undefined && { stsExpiration }),
			...(directories.length > 0 && { fileNamePrefix: directories }),
			...(Object.keys(extensionParams).length > 0 && { extensionParams }),
		},
	};
}

/** The directories in a path that a user entered, with or without slashes at its ends. */
export const directoriesOf = (path: string): string[] =>
	path.split('/').filter((part) => part !== '');

/** Prefix of a recording's objects as Agora writes it: directories with a slash after each. */
export function prefixOf(config: Pick<StorageConfig, 'fileNamePrefix'>): string {
	return (config.fileNamePrefix ?? []).map((directory) => `${directory}/`).join('');
}
