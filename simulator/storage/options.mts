import { z } from 'zod';

export const RIGHTS = ['list', 'read', 'write'] as const;
export type Right = (typeof RIGHTS)[number];

/** A key and what it may do in every bucket. */
export const accessKeySchema = z
	.object({
		accessKey: z.string().min(1),
		secretKey: z.string().min(1),
		rights: z.array(z.enum(RIGHTS)).default([...RIGHTS]),
		/** Of a temporary key: goes with every request. */
		sessionToken: z.string().optional(),
		/** Virtual Unix ms at which a temporary key ends. */
		expiresAt: z.number().optional(),
	})
	.strict();
export type AccessKey = z.output<typeof accessKeySchema>;
export type AccessKeyInput = z.input<typeof accessKeySchema>;

/** A bucket. */
export const bucketSchema = z
	.object({
		name: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
		/** The only region that may be signed for; null = any. */
		region: z.string().nullable().default(null),
		/** Whether an object that is there cannot be replaced. */
		writeOnce: z.boolean().default(false),
		/** Whether a PUT has to bring Content-MD5 or a checksum, as in buckets with Object Lock. */
		checksum: z.boolean().default(false),
	})
	.strict();
export type Bucket = z.output<typeof bucketSchema>;
export type BucketInput = z.input<typeof bucketSchema>;

/** What recordings are made of. */
export type MediaKind = 'recording.mp4' | 'slice.mpegts' | 'picture.jpg';

/** Bytes of a file of a recording. */
export type Media = (kind: MediaKind, key: string) => Buffer;

/** The buckets that are served beside Agora's API. */
export const storageSchema = z
	.object({
		/** 0 = any free port. */
		port: z.number().int().min(0).max(65_535).default(0),
		buckets: z.array(bucketSchema).default([{ name: 'recordings' }]),
		keys: z.array(accessKeySchema).default([
			{ accessKey: 'example-access-key', secretKey: 'example-secret-key' },
			{ accessKey: 'example-write-key', secretKey: 'example-write-secret', rights: ['write'] },
			{ accessKey: 'example-read-key', secretKey: 'example-read-secret', rights: ['list', 'read'] },
		]),
		/** A folder with files of the same names as in simulator/media, or a function. */
		media: z
			.union([z.string(), z.custom<Media>((given) => typeof given === 'function')])
			.optional(),
	})
	.strict();
export type StorageOptions = z.output<typeof storageSchema>;
