import { z } from 'zod';
import { hostOfEndpoint } from '../../storage/access';
import { STORAGE_VENDORS } from '../../storage/vendors';
import { prefixOf, type StorageConfig } from './storage';

/** Where the files go, as the output tells it: never a key. */
export interface ShownStorage {
	vendor: string;
	region: string | null;
	bucket: string;
	/** Host of S3-compatible storage. */
	endpoint?: string;
	prefix: string;
	sse?: string;
	tag?: string;
}

const text = z.string().min(1).optional().catch(undefined);

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

/** Agora is told a host; where that is the one that was typed, its protocol stays with it. */
const asTyped = (host: string, typed = '') => (hostOfEndpoint(typed) === host ? typed : host);

/**
 * Where the files go by what is really sent: additional fields may have changed the form's storage, or
 * left it out.
 *
 * @param chosen as the form says it
 * @param sent `storageConfig` as it is sent
 */
export function shownStorage(
	chosen: { shown: ShownStorage; config: StorageConfig },
	sent: unknown,
): ShownStorage {
	const { shown, config } = chosen;
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
		...(vendor?.endpoint && endpoint && { endpoint: asTyped(endpoint, shown.endpoint) }),
		prefix: prefixOf(read),
		...(sse && { sse }),
		...(tag && { tag }),
	};
}
