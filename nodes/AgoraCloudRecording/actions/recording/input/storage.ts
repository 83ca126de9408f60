import { DateTime } from 'luxon';
import { z } from 'zod';
import {
	prefixOf,
	storageConfigOf,
	type StorageConfig,
	type StorageSettings,
} from '../../../agora/requests/storage';
import {
	areaOf,
	findStorageVendor,
	missingStorage,
	STORAGE_PARTS,
	STORAGE_VENDORS,
	storageWord,
	type Area,
} from '../../../storage/vendors';
import { operationError } from '../../../errors';
import { clock } from '../../../process/clock';
import type { ItemRun } from '../../operation';
import type { KnownRecording } from './knownRecording';

const text = z.string().min(1).optional().catch(undefined);

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

/** What of a storage configuration the output tells, where additional fields left it readable. */
const number = z.number().optional().catch(undefined);
const sentSchema = z
	.object({
		vendor: number,
		region: number,
		bucket: text,
		fileNamePrefix: z.array(z.string()).optional().catch(undefined),
		extensionParams: z.object({ endpoint: text, sse: text, tag: text }).optional().catch(undefined),
	})
	.catch({});

export interface StorageInput {
	config: StorageConfig;
	/** What the output tells of it: never a key. */
	shown: {
		vendor: string;
		region: string | null;
		bucket: string;
		/** Host of S3-compatible storage. */
		endpoint?: string;
		prefix: string;
		sse?: string;
		tag?: string;
	};
	/** Where in the world the bucket is, if it is one of Agora's areas. */
	area?: Area;
	/** Seconds until the temporary credential ends; absent for a lasting key. */
	left?: number;
	/** Name of the field, as the user sees it, that a member of `storageConfig` comes from. */
	fieldOf: (path: string) => string;
}

/** What the item of a running recording tells of its storage. */
const toldSchema = z
	.object({ vendor: text, region: text, bucket: text, endpoint: text, sse: text, tag: text })
	.partial()
	.catch({});

function toldStorage(running: KnownRecording | undefined) {
	return toldSchema.parse(running?.known.storage);
}

/**
 * Unix seconds of a date or of a number of seconds; NaN for anything else.
 *
 * @param zone in which a date is meant that does not say so, e.g. `Europe/Berlin`
 */
function unixSeconds(value: string, zone: string): number {
	if (/^\d+$/.test(value)) return Number(value);
	return Math.floor(DateTime.fromISO(value, { zone }).toSeconds());
}

/**
 * The storage of a recording: the credential's, with what the form overrides.
 *
 * @param running the recording whose storage is changed: where its files go stays as it is, unless the
 *   form says otherwise
 * @throws NodeOperationError naming the field, here or in the credential, that cannot be right
 */
export function readStorage(
	{ context, itemIndex, parameters, client }: ItemRun,
	running?: KnownRecording,
): StorageInput {
	const { credentials } = client;
	const override = (setting: keyof StorageSettings) => {
		const name = OVERRIDES[setting];
		return name ? parameters.optionalText(`storageOverrides.${name}`) : undefined;
	};
	const vendor = findStorageVendor(credentials.storageVendor);
	const told = toldStorage(running);
	if (told.vendor !== undefined && told.vendor !== credentials.storageVendor) {
		throw parameters.refusalOf(
			'Storage Vendor in the credential',
			'vendor',
			credentials.storageVendor,
			`${told.vendor}, where this recording goes`,
		);
	}
	const nameOf = (setting: keyof StorageSettings) => {
		if (setting === 'prefix') return parameters.nameOf('fileNamePrefix');
		const inForm = OVERRIDES[setting];
		const part = STORAGE_PARTS.find((name) => name === setting);
		if (inForm && (override(setting) !== undefined || !part)) {
			return `${parameters.nameOf('storageOverrides')} → ${parameters.nameOf(`storageOverrides.${inForm}`)}`;
		}
		return `${(vendor && part && storageWord(vendor, part)) ?? 'Storage Vendor'} in the credential`;
	};
	const refuseOverride = (setting: keyof StorageSettings, allowed: string) => {
		const value = override(setting);
		if (value !== undefined) throw parameters.refusalOf(nameOf(setting), setting, value, allowed);
	};
	if (vendor?.regions.length === 0) refuseOverride('region', `nothing with ${vendor.displayName}`);
	if (vendor && !vendor.endpoint) refuseOverride('endpoint', `nothing with ${vendor.displayName}`);
	if (override('stsToken') === undefined && override('stsExpiration') === undefined) {
		refuseOverride('accessKey', "nothing without 'STS Token', which belongs to it");
		refuseOverride('secretKey', "nothing without 'STS Token', which belongs to it");
	}
	const expiry = override('stsExpiration');
	const stsExpiration =
		expiry === undefined ? undefined : unixSeconds(expiry, context.getTimezone());
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
		region: override('region') ?? told.region ?? credentials.storageRegion,
		bucket: override('bucket') ?? told.bucket ?? credentials.storageBucket.trim(),
		accessKey: override('accessKey') ?? credentials.storageAccessKey.trim(),
		secretKey: override('secretKey') ?? credentials.storageSecretKey.trim(),
		endpoint: override('endpoint') ?? told.endpoint ?? credentials.storageEndpoint.trim(),
		prefix: parameters.optionalText('fileNamePrefix') ?? running?.prefix ?? '',
		sse: override('sse') ?? told.sse,
		tag: override('tag') ?? told.tag,
		stsToken: override('stsToken'),
		stsExpiration,
	};

	const missing = missingStorage(credentials.storageVendor, settings);
	if (missing !== undefined) {
		throw operationError(context.getNode(), itemIndex, { message: missing, advice: '' });
	}
	const result = storageConfigOf(settings, clock.now());
	if ('refusal' in result) {
		const { setting, allowed } = result.refusal;
		throw parameters.refusalOf(nameOf(setting), setting, settings[setting], allowed);
	}
	const { config } = result;
	const area = vendor && areaOf(vendor, settings.region);
	return {
		config,
		shown: {
			vendor: settings.vendor,
			region: vendor && vendor.regions.length > 0 ? settings.region : null,
			bucket: settings.bucket,
			...(vendor?.endpoint && { endpoint: settings.endpoint }),
			prefix: prefixOf(config),
			...(settings.sse && { sse: settings.sse }),
			...(settings.tag && { tag: settings.tag }),
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

/**
 * Where the files go by what is really sent: additional fields may have changed the form's storage, or
 * left it out.
 *
 * @param sent `storageConfig` as it is sent
 */
export function shownStorage(
	{ shown, config }: StorageInput,
	sent: unknown,
): StorageInput['shown'] {
	const read = sentSchema.parse(sent);
	const { vendor: number = config.vendor, region = config.region } = read;
	const { bucket = shown.bucket, extensionParams: { endpoint, sse, tag } = {} } = read;
	const vendor = STORAGE_VENDORS.find((known) => known.vendor === number);
	const moved = number !== config.vendor || region !== config.region;
	const regionName = vendor?.regions.find(([, known]) => known === region)?.[0] ?? null;
	return {
		vendor: moved ? (vendor?.name ?? String(number)) : shown.vendor,
		region: moved ? regionName : shown.region,
		bucket,
		...(vendor?.endpoint && endpoint && { endpoint }),
		prefix: prefixOf(read),
		...(sse && { sse }),
		...(tag && { tag }),
	};
}
