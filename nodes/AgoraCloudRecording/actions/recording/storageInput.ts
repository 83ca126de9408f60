import { storageConfigOf, prefixOf, type StorageSettings } from '../../agora/storage';
import type { StorageConfig } from '../../agora/requests';
import type { ItemRun } from '../operation';

/** Credential fields by the setting that they hold, with the name that the user sees. */
const CREDENTIAL_NAMES: Record<keyof StorageSettings, string> = {
	vendor: 'Storage Vendor',
	region: 'Storage Region',
	bucket: 'Storage Bucket',
	accessKey: 'Storage Access Key',
	secretKey: 'Storage Secret Key',
	endpoint: 'Storage Endpoint',
	prefix: 'Folder in Bucket',
	sse: 'Encryption',
	tag: 'Tag',
};

const OVERRIDES = ['bucket', 'region', 'endpoint', 'sse', 'tag'] as const;

export interface StorageInput {
	config: StorageConfig;
	/** What the output tells of it: never a key. */
	shown: { vendor: string; region: string | null; bucket: string; prefix: string };
	/** Name of the field, as the user sees it, that a member of `storageConfig` comes from. */
	fieldOf: (path: string) => string;
}

/**
 * The storage of a recording: the credential's, with what the form overrides.
 *
 * @throws NodeOperationError naming the field, here or in the credential, that cannot be right
 */
export function readStorage({ parameters, client }: ItemRun): StorageInput {
	const { credentials } = client;
	const override = (name: (typeof OVERRIDES)[number]) =>
		parameters.optionalText(`storageOverrides.${name}`);
	const settings: StorageSettings = {
		vendor: credentials.storageVendor,
		region: override('region') ?? credentials.storageRegion,
		bucket: override('bucket') ?? credentials.storageBucket.trim(),
		accessKey: credentials.storageAccessKey.trim(),
		secretKey: credentials.storageSecretKey.trim(),
		endpoint: override('endpoint') ?? credentials.storageEndpoint.trim(),
		prefix: parameters.text('fileNamePrefix'),
		sse: override('sse'),
		tag: override('tag'),
	};
	const nameOf = (setting: keyof StorageSettings) => {
		if (setting === 'prefix') return parameters.nameOf('fileNamePrefix');
		const overridden = OVERRIDES.find((name) => name === setting && override(name));
		return overridden
			? `${parameters.nameOf('storageOverrides')} → ${parameters.nameOf(`storageOverrides.${overridden}`)}`
			: `${CREDENTIAL_NAMES[setting]} in the credential`;
	};

	const result = storageConfigOf(settings);
	if ('refusal' in result) {
		const { setting, allowed } = result.refusal;
		throw parameters.refusalOf(nameOf(setting), setting, settings[setting], allowed);
	}
	const { config } = result;
	return {
		config,
		shown: {
			vendor: settings.vendor,
			region: settings.region || null,
			bucket: settings.bucket,
			prefix: prefixOf(config),
		},
		fieldOf: (path) => {
			const member = path.replace(/^extensionParams\./, '').replace(/^fileNamePrefix.*/, 'prefix');
			return member in CREDENTIAL_NAMES ? nameOf(member as keyof StorageSettings) : member;
		},
	};
}
