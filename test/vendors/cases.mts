import fc from 'fast-check';
import type { BucketAccess } from '../../nodes/AgoraCloudRecording/storage/access.ts';
import type { LinkUse } from '../../nodes/AgoraCloudRecording/storage/links.ts';
import type { ListQuestion } from '../../nodes/AgoraCloudRecording/storage/listings.ts';
import type { SmallObject } from '../../nodes/AgoraCloudRecording/storage/requests.ts';

/** Something to sign, as plain data. */
export interface SigningCase {
	access: BucketAccess;
	/** Unix milliseconds. */
	now: number;
	ask:
		| { link: string; seconds: number; use?: LinkUse }
		| { list: ListQuestion }
		| { write: SmallObject };
}

/** Pieces of keys that encoders and signers treat in different ways. */
const piece = fc.oneof(
	fc.constantFrom('+', ' ', '%', '%41', '&', '=', '?', '#', "'", '(', ')', '*', '!', '~', ',', ';'),
	fc.constantFrom(
		'é',
		'你好',
		'🎬',
		'"',
		'\\',
		'|',
		'^',
		'`',
		'{',
		'}',
		'<',
		'>',
		'@',
		':',
		'$',
		'[',
		']',
	),
	fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/),
);
const segment = fc
	.array(piece, { minLength: 1, maxLength: 8 })
	.map((pieces) => pieces.join(''))
	.filter((text) => text !== '.' && text !== '..' && text.trim() === text);
const key = fc.oneof(
	{
		weight: 9,
		arbitrary: fc.array(segment, { minLength: 1, maxLength: 4 }).map((all) => all.join('/')),
	},
	// As long as a key may be: 1,024 bytes.
	{ weight: 1, arbitrary: fc.constantFrom('a+b %é'.repeat(146) + 'xy', 'k'.repeat(1024)) },
);
const fileKey = fc
	.tuple(key, fc.constantFrom('.m3u8', '.mp4', '.ts', '.jpg', '.webm', ''))
	.map(([name, ending]) => `${name.slice(0, 1000)}${ending}`)
	.filter((name) => !/[\ud800-\udbff]$/.test(name) && !name.endsWith('/'));

const use = fc.record({
	use: fc.constantFrom('open' as const, 'download' as const),
	fileName: key,
});
const ask: fc.Arbitrary<SigningCase['ask']> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc
			.record({
				link: fileKey,
				seconds: fc.integer({ min: 1, max: 604_500 }),
				use: fc.option(use, { nil: undefined }),
			})
			.map(({ use: told, ...rest }) => ({ ...rest, ...(told && { use: told }) })),
	},
	{
		weight: 1,
		arbitrary: fc
			.record(
				{
					prefix: fc.oneof(fc.constant(''), key),
					maxKeys: fc.integer({ min: 1, max: 1000 }),
					delimiter: fc.constant('/'),
				},
				{ requiredKeys: ['prefix'] },
			)
			.map((list) => ({ list })),
	},
);

const secret = fc.stringMatching(/^[A-Za-z0-9/+]{20,40}$/);
const bucket = fc.stringMatching(/^[a-z][a-z0-9-]{1,20}[a-z0-9]$/);
const token = fc.stringMatching(/^[A-Za-z0-9/+=]{20,200}$/);
/** Whole seconds: what is signed has no fractions. */
const now = fc
	.integer({ min: Date.UTC(2024, 0, 1) / 1000, max: Date.UTC(2033, 0, 1) / 1000 })
	.map((seconds) => seconds * 1000);

interface VendorCases {
	/** Regions, or endpoints, to choose from. */
	places: ReadonlyArray<Partial<BucketAccess>>;
	/** Whether temporary keys are tried. */
	temporary?: boolean;
	bucket?: fc.Arbitrary<string>;
	accessKey?: fc.Arbitrary<string>;
	secretKey?: fc.Arbitrary<string>;
	/** Whether test objects are written. */
	write?: fc.Arbitrary<SmallObject>;
}

const smallObject = fc.record({
	key: fileKey,
	text: fc.string(),
	contentType: fc.constant('text/plain'),
});
const tagged = fc
	.tuple(
		smallObject,
		fc.record(
			{
				encryption: fc.constantFrom('kms', 'aes256'),
				tag: fc.constantFrom('project=lessons', 'a=1&b=2'),
			},
			{ requiredKeys: [] },
		),
	)
	.map(([object, more]) => ({ ...object, ...more }));
const withTag = fc
	.tuple(smallObject, fc.constantFrom({ tag: 'project=lessons' }, {}))
	.map(([object, more]) => ({ ...object, ...more }));

const regions = (...names: string[]) => names.map((region) => ({ region }));

/** What is tried at each vendor. */
export const VENDOR_CASES: Readonly<Record<string, VendorCases>> = {
	alibabaCloud: {
		places: regions('CN_Hangzhou', 'AP_Southeast_1', 'EU_Central_1'),
		temporary: true,
		write: withTag,
	},
	amazonS3: {
		places: regions('us-east-1', 'eu-central-1', 'cn-north-1', 'us-gov-west-1'),
		temporary: true,
		bucket: fc.oneof(bucket, fc.constant('dotted.bucket.name')),
		write: tagged,
	},
	baiduAiCloud: {
		places: regions('Beijing', 'Guangzhou', 'Singapore'),
		temporary: true,
		write: smallObject,
	},
	googleCloud: { places: [{}], write: smallObject },
	huaweiCloud: { places: regions('CN_North_4', 'AP_Southeast_3'), write: smallObject },
	kingsoftCloud: {
		places: regions('CN_Beijing', 'CN_Hongkong', 'NA_Singapore_1'),
		write: smallObject,
	},
	microsoftAzure: {
		places: [{}, { endpoint: 'https://x.blob.core.chinacloudapi.cn' }],
		accessKey: fc.stringMatching(/^[a-z0-9]{3,24}$/),
		secretKey: fc
			.uint8Array({ minLength: 64, maxLength: 64 })
			.map((bytes) => Buffer.from(bytes).toString('base64')),
		write: smallObject,
	},
	qiniuCloud: { places: regions('Huadong', 'Southeast Asia'), write: smallObject },
	s3Compatible: {
		places: [
			{ endpoint: 's3.example.com' },
			{ endpoint: 's3.example.com:9000' },
			{ endpoint: 'http://127.0.0.1:9000', signingRegion: 'eu-1' },
			{
				endpoint: 'https://0123.r2.cloudflarestorage.com',
				signingRegion: 'auto',
				bucketBeforeHost: true,
			},
		],
		temporary: true,
		write: smallObject,
	},
	tencentCloud: {
		places: regions('AP_Guangzhou', 'NA_Ashburn'),
		temporary: true,
		bucket: bucket.map((name) => `${name}-1250000000`),
		write: smallObject,
	},
};

/** Random things to sign at one vendor. */
export function casesOf(vendor: string): fc.Arbitrary<SigningCase> {
	const { places, temporary, write, ...own } = VENDOR_CASES[vendor];
	const asks = write
		? fc.oneof(
				{ weight: 3, arbitrary: ask },
				{ weight: 1, arbitrary: write.map((object) => ({ write: object })) },
			)
		: ask;
	const access = fc
		.record({
			place: fc.constantFrom(...places),
			bucket: own.bucket ?? bucket,
			accessKey: own.accessKey ?? fc.stringMatching(/^[A-Za-z0-9]{16,24}$/),
			secretKey: own.secretKey ?? secret,
			sessionToken: temporary ? fc.option(token, { nil: undefined }) : fc.constant(undefined),
		})
		.map(({ place, accessKey, secretKey, sessionToken, bucket: name }) => ({
			...{ vendor, ...place, bucket: name },
			keys: { accessKey, secretKey, ...(sessionToken && { sessionToken }) },
		}));
	return fc.record({ access, now, ask: asks });
}
