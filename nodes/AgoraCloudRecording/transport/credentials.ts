import { z } from 'zod';
import { rangeRule } from '../agora/requests/common';
import { CHANNEL_PROFILES, LIKELIEST_PROFILE } from '../agora/channelProfiles';
import type { ShownStorage } from '../agora/requests/shownStorage';
import { secretsIn } from '../agora/secrets';
import { hostOfEndpoint } from '../storage/access';
import { findStorageVendor, missingStorage } from '../storage/vendors';

export const CREDENTIAL_TYPE = 'agoraApi';

const text = z.string().catch('');
/** Seven days, which Signature V4 allows. */
const LONGEST_LINK_HOURS = 168;

/** The credential as the node uses it; requests are signed by n8n itself. */
const credentialSchema = z.object({
	appId: text,
	appCertificate: text,
	advanced: z.boolean().catch(false),
	channelProfile: z.enum(CHANNEL_PROFILES).catch(LIKELIEST_PROFILE),
	apiDomain: text,
	baseUrl: text,
	requestsPerSecond: z.unknown(),
	storageVendor: text,
	storageRegion: text,
	storageBucket: text,
	storageAccessKey: text,
	storageSecretKey: text,
	storageEndpoint: text,
	readFilesWith: text,
	storageReadAccessKey: text,
	storageReadSecretKey: text,
	storagePublicUrl: text,
	maxLinkHours: z.unknown(),
	storageSigningRegion: text,
	storageBucketInHost: z.boolean().catch(false),
});

/** What holds while the form does not show the fields: they keep their values when it hides them. */
const DEFAULTS = {
	channelProfile: LIKELIEST_PROFILE,
	apiDomain: 'api.agora.io',
	baseUrl: '',
	requestsPerSecond: 10,
	storagePublicUrl: '',
	maxLinkHours: LONGEST_LINK_HOURS,
	storageSigningRegion: '',
	storageBucketInHost: false,
};

/** Requests a second; an expression may give the number as text. */
const rateSchema = z
	.union([z.number(), z.string().trim().min(1).transform(Number)])
	.pipe(z.number().int().min(1).finite());

const hoursSchema = z
	.union([z.number(), z.string().trim().min(1).transform(Number)])
	.pipe(z.number().int().min(1).max(LONGEST_LINK_HOURS));

export interface AgoraCredentials extends Omit<
	z.infer<typeof credentialSchema>,
	'requestsPerSecond' | 'maxLinkHours'
> {
	requestsPerSecond: number;
	maxLinkHours: number;
	/** What Agora counts questions about channels by: the customer ID. */
	account: string;
	/** Scheme and host that requests go to, without a slash at the end. */
	origin: string;
	/** All that must not be seen: of what a server tells, it is taken out. */
	secrets: string[];
}

const signingSchema = z.object({ customerId: text, customerSecret: text });

function secretsOf(credentials: object): string[] {
	const { customerId, customerSecret } = signingSchema.parse(credentials);
	return [...secretsIn(credentials), `${customerId}:${customerSecret}`];
}

/** Why a credential cannot be used. */
export interface CredentialRefusal {
	/** As the form names it. */
	field: string;
	/** What stands there, for a message; '' for a secret. */
	got: string;
	/** What it breaks, to complete the name of the field. */
	rule: string;
}

const refuse = (field: string, got: string, rule: string) => ({
	refusal: { field, got, rule },
});

const isPublicUrl = (url: string) => /^https?:\/\/[^?#@\s]+$/i.test(url) && URL.canParse(url);

/** Reads the node's credential, or says why App ID, address or rate cannot be right. */
export function parseCredentials(
	decrypted: object,
): AgoraCredentials | { refusal: CredentialRefusal } {
	const read = credentialSchema.parse(decrypted);
	const credentials = { ...read, ...(!read.advanced && DEFAULTS) };
	const appId = credentials.appId.trim();
	if (!/^[0-9a-f]{32}$/i.test(appId)) {
		return refuse(
			'App ID',
			appId === '' ? 'nothing' : `"${appId}"`,
			'must be the 32 characters (0–9, a–f) that Agora Console → Projects shows for your project',
		);
	}
	const appCertificate = credentials.appCertificate.trim();
	if (appCertificate !== '' && !/^[0-9a-f]{32}$/i.test(appCertificate)) {
		return refuse(
			'App Certificate',
			'',
			'must be empty, or the 32 characters (0–9, a–f) that Agora Console → Projects shows for your project',
		);
	}
	const custom = credentials.apiDomain === 'custom';
	const origin = custom
		? credentials.baseUrl.trim().replace(/\/+$/, '')
		: `https://${credentials.apiDomain}`;
	if (!URL.canParse(origin) || !/^https?:$/.test(new URL(origin).protocol)) {
		return refuse(
			custom ? 'Base URL' : 'API Domain',
			origin === '' ? 'nothing' : `"${origin}"`,
			'must be an address that begins with https:// (or http:// for a test server)',
		);
	}
	const { requestsPerSecond: given = DEFAULTS.requestsPerSecond } = credentials;
	const rate = rateSchema.safeParse(given);
	if (!rate.success) {
		const got = given === null || given === '' ? 'nothing' : JSON.stringify(given);
		return refuse('Requests per Second', got, rangeRule(1, Number.MAX_SAFE_INTEGER));
	}
	const { maxLinkHours = LONGEST_LINK_HOURS } = credentials;
	const hours = hoursSchema.safeParse(maxLinkHours);
	if (!hours.success) {
		const got = maxLinkHours === '' ? 'nothing' : JSON.stringify(maxLinkHours);
		return refuse('Maximum Link Validity (Hours)', got, rangeRule(1, LONGEST_LINK_HOURS));
	}
	const publicUrl = credentials.storagePublicUrl.trim();
	if (publicUrl !== '' && !isPublicUrl(publicUrl)) {
		return refuse(
			'Public Bucket URL',
			'',
			'must be an address without a question mark, such as https://recordings.example.com',
		);
	}
	return {
		...credentials,
		storagePublicUrl: publicUrl,
		maxLinkHours: hours.data,
		appId,
		appCertificate,
		requestsPerSecond: rate.data,
		account: signingSchema.parse(decrypted).customerId,
		origin,
		secrets: secretsOf(decrypted),
	};
}

/** The credential's bucket by name, or what the credential lacks of it. */
export type CredentialBucket = { bucket: Omit<ShownStorage, 'prefix'> } | { missing: string };

/** Reads from a decrypted credential where its bucket is: no key, and whatever else is wrong with it. */
export function bucketOf(decrypted: object): CredentialBucket {
	const { storageVendor, storageRegion, storageBucket, storageEndpoint } =
		credentialSchema.parse(decrypted);
	const vendor = findStorageVendor(storageVendor);
	const place = {
		region: storageRegion,
		bucket: storageBucket.trim(),
		endpoint: hostOfEndpoint(storageEndpoint),
	};
	// Keys are not asked for: nothing is read or written with them.
	const missing = missingStorage(storageVendor, { ...place, accessKey: '-', secretKey: '-' });
	if (missing !== undefined || !vendor) return { missing: missing ?? 'Unknown storage vendor' };
	const { region, bucket, endpoint } = place;
	return {
		bucket: {
			vendor: vendor.name,
			region: vendor.regions.length > 0 ? region : null,
			bucket,
			...(vendor.endpoint && { endpoint }),
		},
	};
}
