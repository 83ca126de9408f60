import { DateTime } from 'luxon';
import { prefixOf, storageConfigOf, type StorageSettings } from '../../../agora/storage';
import { areaOf, findStorageVendor, type Area } from '../../../agora/storageVendors';
import type { StorageConfig } from '../../../agora/requests/storage';
import { clock } from '../../../transport/clock';
import type { ItemRun } from '../../operation';
import type { KnownRecording } from './knownRecording';

/** Credential fields by the setting that they hold, with the name that the user sees. */
const CREDENTIAL_NAMES: Record<string, string> = {
	vendor: 'Storage Vendor',
	region: 'Storage Region',
	bucket: 'Storage Bucket',
	accessKey: 'Storage Access Key',
	secretKey: 'Storage Secret Key',
	endpoint: 'Storage Endpoint',
};

/** The override, in the form, of each setting. */
const OVERRIDES: Partial<Record<keyof StorageSettings, string>> = {
	bucket: 'bucket',
	region: 'region',
	endpoint: 'endpoint',
	sse: 'sse',
	tag: 'tag',
	accessKey: 'stsAccessKey',
	secretKey: 'stsSecretKey',
	stsToken: 'stsToken',
	stsExpiration: 'stsExpiration',
};

export interface StorageInput {
	config: StorageConfig;
	/** What the output tells of it: never a key. */
	shown: { vendor: string; region: string | null; bucket: string; prefix: string };
	/** Where in the world the bucket is, if it is one of Agora's areas. */
	area?: Area;
	/** Seconds until the temporary credential ends; absent for a lasting key. */
	left?: number;
	/** Name of the field, as the user sees it, that a member of `storageConfig` comes from. */
	fieldOf: (path: string) => string;
}

/** Unix seconds of a date or of a number of seconds; NaN for anything else. */
function unixSeconds(value: string): number {
	if (/^\d+$/.test(value)) return Number(value);
	return Math.floor(DateTime.fromISO(value, { zone: 'utc' }).toSeconds());
}

/**
 * The storage of a recording: the credential's, with what the form overrides.
 *
 * @param running the recording whose storage is changed: where its files go stays as it is, unless the
 *   form says otherwise
 * @throws NodeOperationError naming the field, here or in the credential, that cannot be right
 */
export function readStorage(
	{ parameters, client }: ItemRun,
	running?: KnownRecording,
): StorageInput {
	const { credentials } = client;
	const override = (setting: keyof StorageSettings) => {
		const name = OVERRIDES[setting];
		return name ? parameters.optionalText(`storageOverrides.${name}`) : undefined;
	};
	const before = running?.known.storage;
	const told = (name: 'region' | 'bucket') => {
		const value =
			typeof before === 'object' &&
			before !== null &&
			name in before &&
			before[name as keyof typeof before];
		return typeof value === 'string' && value !== '' ? value : undefined;
	};
	const nameOf = (setting: keyof StorageSettings) => {
		if (setting === 'prefix') return parameters.nameOf('fileNamePrefix');
		const inForm = OVERRIDES[setting];
		return inForm && (override(setting) !== undefined || !(setting in CREDENTIAL_NAMES))
			? `${parameters.nameOf('storageOverrides')} → ${parameters.nameOf(`storageOverrides.${inForm}`)}`
			: `${CREDENTIAL_NAMES[setting]} in the credential`;
	};
	const expiry = override('stsExpiration');
	const stsExpiration = expiry === undefined ? undefined : unixSeconds(expiry);
	if (stsExpiration !== undefined && !Number.isFinite(stsExpiration)) {
		throw parameters.refusalOf(
			nameOf('stsExpiration'),
			'expiry',
			expiry,
			'a date such as 2026-12-31T12:00:00Z, or seconds since 1970',
		);
	}
	const settings: StorageSettings = {
		vendor: credentials.storageVendor,
		region: override('region') ?? told('region') ?? credentials.storageRegion,
		bucket: override('bucket') ?? told('bucket') ?? credentials.storageBucket.trim(),
		accessKey: override('accessKey') ?? credentials.storageAccessKey.trim(),
		secretKey: override('secretKey') ?? credentials.storageSecretKey.trim(),
		endpoint: override('endpoint') ?? credentials.storageEndpoint.trim(),
		prefix: parameters.optionalText('fileNamePrefix') ?? running?.prefix ?? '',
		sse: override('sse'),
		tag: override('tag'),
		stsToken: override('stsToken'),
		stsExpiration,
	};

	const result = storageConfigOf(settings, clock.now());
	if ('refusal' in result) {
		const { setting, allowed } = result.refusal;
		throw parameters.refusalOf(nameOf(setting), setting, settings[setting], allowed);
	}
	const { config } = result;
	const vendor = findStorageVendor(settings.vendor);
	const area = vendor && areaOf(vendor, settings.region);
	return {
		config,
		shown: {
			vendor: settings.vendor,
			region: vendor && vendor.regions.length > 0 ? settings.region : null,
			bucket: settings.bucket,
			prefix: prefixOf(config),
		},
		...(area && { area }),
		...(stsExpiration !== undefined && {
			left: stsExpiration - Math.floor(clock.now() / 1000),
		}),
		fieldOf: (path) =>
			nameOf(
				path
					.replace(/^extensionParams\./, '')
					.replace(/^fileNamePrefix.*/, 'prefix') as keyof StorageSettings,
			),
	};
}
