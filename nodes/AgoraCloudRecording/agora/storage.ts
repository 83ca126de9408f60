import type { StorageConfig } from './requests/storage';
import { findStorageVendor, regionNumber, STORAGE_VENDORS } from './storageVendors';

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

/** What a setting should have been, with the part of {@link StorageSettings} it is about. */
export interface StorageRefusal {
	setting: keyof StorageSettings;
	allowed: string;
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
	const refuse = (setting: keyof StorageSettings, allowed: string) => ({
		refusal: { setting, allowed },
	});
	const vendor = findStorageVendor(settings.vendor);
	if (!vendor)
		return refuse('vendor', `one of ${STORAGE_VENDORS.map(({ name }) => name).join(', ')}`);

	const region = regionNumber(vendor, settings.region);
	if (region === undefined) {
		return refuse(
			'region',
			`a region of ${vendor.displayName}: ${vendor.regions.map(([name]) => name).join(', ')}`,
		);
	}
	if (settings.sse && !vendor.sse) return refuse('sse', 'encryption for Amazon S3 only');
	if (settings.tag && !vendor.tag)
		return refuse('tag', 'a tag for Amazon S3 and Alibaba Cloud only');
	const { stsExpiration } = settings;
	if (stsExpiration !== undefined) {
		const hoursLeft = (stsExpiration * 1000 - now) / 3_600_000;
		if (hoursLeft < MIN_STS_HOURS || stsExpiration > LATEST_SECONDS) {
			return refuse(
				'stsExpiration',
				`a date, or seconds since 1970, at least ${MIN_STS_HOURS} hours from now`,
			);
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
