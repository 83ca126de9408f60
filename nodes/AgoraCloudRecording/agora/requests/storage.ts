import { z } from 'zod';
import { filled, oneOfTexts, wholeNumber } from './common';

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
			.refine((part) => /^[a-zA-Z0-9]+$/.test(part), 'directories of letters and digits only'),
	)
	.refine(
		(parts) => `${parts.join('/')}/`.length <= MAX_PREFIX_LENGTH,
		`at most ${MAX_PREFIX_LENGTH} characters with a slash behind every folder, the last one too`,
	);

/**
 * `storageConfig` (rest-api.md 3.2, storage.md). That region and vendor exist is seen to where names
 * are turned into numbers; that a temporary credential lives long enough, where the time is known.
 */
export const storageConfig = z
	.object({
		vendor: z.number(),
		region: wholeNumber(0, 1000),
		bucket: filled("the bucket's name"),
		accessKey: filled('the access key'),
		secretKey: filled('the secret key'),
		stsToken: filled('the token of the temporary credential').optional(),
		stsExpiration: wholeNumber(1, Number.MAX_SAFE_INTEGER, 'seconds since 1970').optional(),
		fileNamePrefix: directories.optional(),
		extensionParams: z
			.object({
				sse: oneOfTexts('kms', 'aes256').optional(),
				tag: filled('a tag').optional(),
				endpoint: z
					.string()
					.refine(
						(host) => /^[\w.-]+(:\d+)?$/.test(host),
						'a host name such as storage.example.com, without https:// and path',
					)
					.optional(),
			})
			.optional(),
	})
	.refine(({ vendor, stsToken }) => stsToken === undefined || STS_VENDORS.includes(vendor), {
		path: ['stsToken'],
		message: 'temporary credentials for Amazon S3, Alibaba Cloud and Tencent Cloud only',
	})
	.refine(
		({ stsToken, stsExpiration }) => (stsToken === undefined) === (stsExpiration === undefined),
		{
			path: ['stsExpiration'],
			message: 'token and expiry of a temporary credential together',
		},
	)
	.refine(({ vendor, extensionParams }) => vendor !== S3_COMPATIBLE || extensionParams?.endpoint, {
		path: ['extensionParams', 'endpoint'],
		message: 'the host name of the storage, which must not be empty',
	});

export type StorageConfig = z.infer<typeof storageConfig>;
