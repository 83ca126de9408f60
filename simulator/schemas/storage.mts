import { z } from 'zod';
import { int } from './common.mts';
import { VENDORS } from './storageRegions.mts';

/** Longest prefix path, all slashes included, the last one too (rest-api.md 3.2). */
const MAX_PREFIX = 128;
/** A number of seconds above this is in truth one of milliseconds. */
const MAX_UNIX_SECONDS = 1e11;

/** rest-api.md 3.2. What depends on the vendor stands in STORAGE_RULES. */
export const storageConfig = z
	.object({
		vendor: z.number().refine((vendor) => VENDORS.has(vendor)),
		region: z.number().int().nonnegative(),
		bucket: z.string().min(1),
		accessKey: z.string().min(1),
		secretKey: z.string().min(1),
		stsToken: z.string().min(1).optional(),
		stsExpiration: int(1, MAX_UNIX_SECONDS).optional(),
		fileNamePrefix: z
			.array(z.string().regex(/^[A-Za-z0-9]+$/))
			.refine((segments) => segments.map((segment) => `${segment}/`).join('').length <= MAX_PREFIX)
			.optional(),
		extensionParams: z
			.object({
				// An empty string means "not set": the Go client sends unused members that way.
				sse: z.enum(['kms', 'aes256', '']).optional(),
				tag: z.string().optional(),
				endpoint: z.string().optional(),
			})
			.strict()
			.optional(),
	})
	.strict();

export type StorageConfig = z.output<typeof storageConfig>;

/** A rule that concerns several members: the field it blames, where it is written, when it is broken. */
export interface Rule<Subject> {
	field: string;
	page: string;
	says: string;
	broken: (subject: Subject) => boolean;
}

/** rest-api.md 3.2 and 10: which member goes with which vendor. */
export const STORAGE_RULES: readonly Rule<StorageConfig>[] = [
	{
		field: 'storageConfig.extensionParams.endpoint',
		page: 'rest-api.md 3.2',
		says: 'vendor 11 needs the endpoint',
		broken: ({ vendor, extensionParams }) => vendor === 11 && !extensionParams?.endpoint,
	},
	{
		field: 'storageConfig.extensionParams.endpoint',
		page: 'rest-api.md 3.2',
		says: 'only vendor 11 has an endpoint',
		broken: ({ vendor, extensionParams }) => vendor !== 11 && !!extensionParams?.endpoint,
	},
	{
		field: 'storageConfig.extensionParams.sse',
		page: 'rest-api.md 3.2',
		says: 'only vendor 1 encrypts',
		broken: ({ vendor, extensionParams }) => vendor !== 1 && !!extensionParams?.sse,
	},
	{
		field: 'storageConfig.extensionParams.tag',
		page: 'rest-api.md 3.2',
		says: 'only vendors 1 and 2 tag',
		broken: ({ vendor, extensionParams }) => vendor !== 1 && vendor !== 2 && !!extensionParams?.tag,
	},
	{
		field: 'storageConfig.stsToken',
		page: 'rest-api.md 3.2',
		says: 'only vendors 1, 2 and 3 take temporary credentials',
		broken: ({ vendor, stsToken, stsExpiration }) =>
			![1, 2, 3].includes(vendor) && (stsToken !== undefined || stsExpiration !== undefined),
	},
];
