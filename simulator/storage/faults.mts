import { z } from 'zod';
import { Script } from '../scripted.mts';
import { S3_ERRORS } from './errors.mts';
import type { S3ErrorCode } from './errors.mts';

export const S3_OPERATIONS = ['list', 'get', 'head', 'put', 'other'] as const;
export type S3Operation = (typeof S3_OPERATIONS)[number];

const errorCode = z.custom<S3ErrorCode>(
	(code) => typeof code === 'string' && Object.hasOwn(S3_ERRORS, code),
	{ message: 'S3 knows no such code' },
);
const headers = z.record(z.string()).optional();

/** What goes wrong. All but `slow`, `skewedDate`, `vanish` and the lists' own answer instead of S3. */
const fault = z.discriminatedUnion('kind', [
	/** Any answer: JSON, or text as it is. */
	z
		.object({
			kind: z.literal('answer'),
			status: z.number().int().min(200).max(599),
			body: z.unknown(),
			headers,
		})
		.strict(),
	/** One of S3's own errors, with more elements (`{"Region": "eu-west-1"}`). */
	z
		.object({
			kind: z.literal('error'),
			code: errorCode,
			facts: z.record(z.string()).default({}),
			headers,
		})
		.strict(),
	z
		.object({ kind: z.literal('slowDown'), retryAfter: z.number().nonnegative().optional() })
		.strict(),
	/** The bucket lives in another region, which the answer names. */
	z.object({ kind: z.literal('wrongRegion'), region: z.string() }).strict(),
	/** The bucket lives elsewhere: 301 or 307 with an Endpoint. */
	z
		.object({
			kind: z.literal('redirect'),
			endpoint: z.string(),
			status: z.union([z.literal(301), z.literal(307)]).default(307),
		})
		.strict(),
	/** A page of a console or a proxy. */
	z
		.object({ kind: z.literal('html'), status: z.number().int().min(200).max(599).default(200) })
		.strict(),
	/** No answer ever comes. */
	z.object({ kind: z.literal('hang') }).strict(),
	/** The connection is cut: at once, or after that many bytes of a body. */
	z
		.object({ kind: z.literal('reset'), afterBytes: z.number().int().positive().optional() })
		.strict(),
	/** The answer comes that many real ms late. */
	z.object({ kind: z.literal('slow'), ms: z.number().nonnegative() }).strict(),
	/** The Date header is that many ms off. */
	z.object({ kind: z.literal('skewedDate'), ms: z.number() }).strict(),
	/** Every page of a list says that there is another one. */
	z.object({ kind: z.literal('endlessList') }).strict(),
	/** As before, and always by the same token. */
	z.object({ kind: z.literal('repeatedToken') }).strict(),
	/** Once the request is answered, the objects are gone whose key contains that. */
	z.object({ kind: z.literal('vanish'), key: z.string() }).strict(),
	/** Range is ignored, and that many bytes are sent with 200. */
	z
		.object({
			kind: z.literal('ignoreRange'),
			bytes: z.number().int().positive().default(50_000_000),
		})
		.strict(),
]);
export type StorageFault = z.output<typeof fault>;

/** A fault to be met by requests that match. */
export const storageFaultSchema = z
	.object({
		/** Which requests; what is left out matches all. */
		match: z
			.object({
				operation: z
					.union([z.enum(S3_OPERATIONS), z.array(z.enum(S3_OPERATIONS)).min(1)])
					.optional(),
				bucket: z.string().optional(),
				/** Part of the key, or of a list's prefix. */
				key: z.string().optional(),
				accessKey: z.string().optional(),
			})
			.strict()
			.default({}),
		nth: z.number().int().positive().default(1),
		times: z.number().int().positive().nullable().default(1),
		fault,
	})
	.strict();
export type StorageFaultInput = z.input<typeof storageFaultSchema>;
type Rule = z.output<typeof storageFaultSchema>;

/** What a request is, as far as faults ask. */
export interface S3Subject {
	operation: S3Operation;
	bucket: string;
	key: string;
	accessKey?: string;
}

function matches({ match }: Rule, subject: S3Subject): boolean {
	const { operation, bucket, key, accessKey } = match;
	return (
		(operation === undefined || [operation].flat().includes(subject.operation)) &&
		(bucket === undefined || bucket === subject.bucket) &&
		(key === undefined || subject.key.includes(key)) &&
		(accessKey === undefined || accessKey === subject.accessKey)
	);
}

/** The faults of the storage; the first that hits wins. */
export class StorageFaults extends Script<StorageFaultInput, Rule, S3Subject> {
	constructor() {
		super(storageFaultSchema, matches);
	}
}
