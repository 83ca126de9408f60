/**
 * The vendors' own SDKs, each asked for the URL of a case. They are loaded only here, untyped: they are
 * installed for these tests alone (`package.json` beside this file).
 */
import { createHash } from 'node:crypto';
import { mock } from 'node:test';
import { judgesFolder, loadJudge as load } from '../../tools/judges.mjs';
import type { LinkUse } from '../../nodes/AgoraCloudRecording/storage/links.ts';
import type { SigningCase } from './cases.mts';
import { validity } from './ours.mts';

/** What a case asks for, as every SDK is told it: written here from the vendors' documents once more. */
interface Wanted {
	method: 'GET' | 'PUT';
	key?: string;
	query: Record<string, string>;
	headers: Record<string, string>;
}

interface Names {
	type: string;
	disposition: string;
	list: (question: {
		prefix: string;
		maxKeys?: number;
		delimiter?: string;
	}) => Record<string, string>;
	encryption?: string;
	tag?: string;
}

const TYPES: Record<string, string> = {
	m3u8: 'application/vnd.apple.mpegurl',
	mp4: 'video/mp4',
	ts: 'video/mp2t',
	jpg: 'image/jpeg',
	webm: 'video/webm',
	mpd: 'application/dash+xml',
};

function disposition({ use, fileName }: LinkUse): string {
	const kind = use === 'download' ? 'attachment' : 'inline';
	const ascii = [...fileName]
		.map((character) =>
			/^[ -~]$/.test(character) && !'"\\%'.includes(character) ? character : '_',
		)
		.join('');
	if (ascii === fileName) return `${kind}; filename="${fileName}"`;
	const bytes = [...Buffer.from(fileName)].map((byte) =>
		/[\w.~-]/.test(String.fromCharCode(byte)) && byte < 128
			? String.fromCharCode(byte)
			: `%${byte.toString(16).padStart(2, '0').toUpperCase()}`,
	);
	return `${kind}; filename="${ascii}"; filename*=UTF-8''${bytes.join('')}`;
}

const s3List =
	(own: Record<string, string>): Names['list'] =>
	({ prefix, maxKeys = 1000, delimiter }) => ({
		...own,
		'max-keys': String(maxKeys),
		...(prefix && { prefix }),
		...(delimiter && { delimiter }),
	});
const S3: Names = {
	type: 'response-content-type',
	disposition: 'response-content-disposition',
	list: s3List({ 'list-type': '2' }),
	encryption: 'x-amz-server-side-encryption',
	tag: 'x-amz-tagging',
};
const S3_V1: Names = { ...S3, list: s3List({}) };
const BOS: Names = {
	type: 'responseContentType',
	disposition: 'responseContentDisposition',
	list: ({ prefix, maxKeys = 1000, delimiter }) => ({
		maxKeys: String(maxKeys),
		...(prefix && { prefix }),
		...(delimiter && { delimiter }),
	}),
};

function wanted({ ask }: SigningCase, names: Names): Wanted {
	if ('list' in ask) return { method: 'GET', query: names.list(ask.list), headers: {} };
	if ('link' in ask) {
		const { link, use } = ask;
		const type = TYPES[/\.([^.]*)$/.exec(link)?.[1].toLowerCase() ?? ''];
		const query = {
			...(type && { [names.type]: type }),
			...(use && { [names.disposition]: disposition(use) }),
		};
		return { method: 'GET', key: link, query, headers: {} };
	}
	const { key, text, contentType, encryption, tag } = ask.write;
	const headers = {
		'content-type': contentType,
		'content-md5': createHash('md5').update(text).digest('base64'),
		...(encryption &&
			names.encryption && { [names.encryption]: encryption === 'kms' ? 'aws:kms' : 'AES256' }),
		...(tag && names.tag && { [names.tag]: tag }),
	};
	return { method: 'PUT', key, query: {}, headers };
}

/** Runs SDKs that read the clock at a given time. */
async function at<T>(seconds: number, work: () => T | Promise<T>): Promise<T> {
	mock.timers.enable({ apis: ['Date'], now: seconds * 1000 });
	try {
		return await work();
	} finally {
		mock.timers.reset();
	}
}

interface Aws {
	S3Client: new (options: object) => { config: object };
	GetObjectCommand: new (input: object) => object;
	PutObjectCommand: new (input: object) => object;
	ListObjectsCommand: new (input: object) => object;
	ListObjectsV2Command: new (input: object) => object;
}
interface AwsPresigner {
	getSignedUrl: (client: object, command: object, options: object) => Promise<string>;
}

/** How AWS's SDK is set up for storages that its vendors' documents name it for. */
interface AwsSetting {
	endpoint?: string;
	region: string;
	forcePathStyle?: boolean;
	version?: 1 | 2;
}

/** Presigns with AWS's SDK for JavaScript: the commands of GET, PUT and lists. */
async function aws(signingCase: SigningCase, setting: AwsSetting): Promise<string> {
	const sdk = load('@aws-sdk/client-s3') as Aws;
	const { getSignedUrl } = load('@aws-sdk/s3-request-presigner') as AwsPresigner;
	const { access, ask } = signingCase;
	const { keys, bucket: Bucket } = access;
	const { signedAt, lasts } = validity(signingCase);
	const { version, ...options } = setting;
	const client = new sdk.S3Client({
		...options,
		credentials: {
			accessKeyId: keys.accessKey,
			secretAccessKey: keys.secretKey,
			sessionToken: keys.sessionToken,
		},
		requestChecksumCalculation: 'WHEN_REQUIRED',
		responseChecksumValidation: 'WHEN_REQUIRED',
	});
	const request = wanted(signingCase, version === 1 ? S3_V1 : S3);
	const { headers } = request;
	const list = 'list' in ask && {
		Bucket,
		Prefix: ask.list.prefix || undefined,
		Delimiter: ask.list.delimiter,
		MaxKeys: ask.list.maxKeys ?? 1000,
	};
	const command = list
		? version === 1
			? new sdk.ListObjectsCommand(list)
			: new sdk.ListObjectsV2Command(list)
		: request.method === 'PUT'
			? new sdk.PutObjectCommand({
					...{ Bucket, Key: request.key },
					ContentType: headers['content-type'],
					ContentMD5: headers['content-md5'],
					ServerSideEncryption: headers['x-amz-server-side-encryption'],
					Tagging: headers['x-amz-tagging'],
				})
			: new sdk.GetObjectCommand({
					...{ Bucket, Key: request.key },
					ResponseContentType: request.query['response-content-type'],
					ResponseContentDisposition: request.query['response-content-disposition'],
				});
	return await getSignedUrl(client, command, {
		expiresIn: lasts,
		signingDate: new Date(signedAt * 1000),
		signableHeaders: new Set(['host', ...Object.keys(headers)]),
		unhoistableHeaders: new Set(Object.keys(headers)),
	});
}

const ALIBABA: Record<string, string> = {
	CN_Hangzhou: 'cn-hangzhou',
	AP_Southeast_1: 'ap-southeast-1',
	EU_Central_1: 'eu-central-1',
};

async function aliOss(signingCase: SigningCase): Promise<string> {
	const OSS = load('ali-oss') as new (options: object) => {
		signatureUrlV4: (
			method: string,
			expires: number,
			request: object,
			key?: string,
		) => Promise<string>;
	};
	const { access } = signingCase;
	const { signedAt, lasts } = validity(signingCase);
	const { method, key, query, headers } = wanted(signingCase, { ...S3, tag: 'x-oss-tagging' });
	return await at(signedAt, async () => {
		const client = new OSS({
			region: `oss-${ALIBABA[access.region ?? '']}`,
			bucket: access.bucket,
			accessKeyId: access.keys.accessKey,
			accessKeySecret: access.keys.secretKey,
			stsToken: access.keys.sessionToken,
			secure: true,
			// Or it warns about every client.
			...{ refreshSTSToken: () => undefined, refreshSTSTokenInterval: 3_600_000 },
		});
		const url = await client.signatureUrlV4(method, lasts, { queries: query, headers }, key);
		return strictlyEncoded(url);
	});
}

const strict = (text: string) =>
	encodeURIComponent(text).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);

/** A URL with its query encoded strictly: SDKs that leave out what is allowed mean the same. */
function strictlyEncoded(address: string): string {
	const [base, search = ''] = address.split(/\?(.*)/s);
	const query = search.split('&').map((parameter) => {
		const [name, value = ''] = parameter.split(/=(.*)/s);
		return `${strict(decodeURIComponent(name))}=${strict(decodeURIComponent(value))}`;
	});
	return `${base}?${query.join('&')}`;
}

const TENCENT: Record<string, string> = {
	AP_Guangzhou: 'ap-guangzhou',
	NA_Ashburn: 'na-ashburn',
};

async function cosSdk(signingCase: SigningCase): Promise<string> {
	const Cos = load('cos-nodejs-sdk-v5') as new (options: object) => {
		getObjectUrl: (
			parameters: object,
			callback: (error: Error | null, data: { Url: string }) => void,
		) => string;
		getAuth: (parameters: object) => string;
	};
	const { access } = signingCase;
	const { signedAt, lasts } = validity(signingCase);
	const { method, key, query, headers } = wanted(signingCase, S3_V1);
	const { accessKey, secretKey, sessionToken } = access.keys;
	const client = new Cos({
		SecretId: accessKey,
		SecretKey: secretKey,
		SecurityToken: sessionToken,
		Protocol: 'https:',
	});
	const place = { Bucket: access.bucket, Region: TENCENT[access.region ?? ''] };
	const request = { Method: method, Query: query, Headers: headers };
	if (key === undefined) {
		// Its URLs are for objects only; of a list it makes the signature.
		const authorization = await at(signedAt + 1, () =>
			client.getAuth({ ...place, ...request, Expires: lasts }),
		);
		const parameters = new URLSearchParams({
			...query,
			...(sessionToken && { 'x-cos-security-token': sessionToken }),
		});
		return strictlyEncoded(
			`https://${place.Bucket}.cos.${place.Region}.myqcloud.com/?${authorization}&${formEncoded(parameters)}`,
		);
	}
	// The SDK dates itself back by one second.
	const url = await at(
		signedAt + 1,
		() =>
			new Promise<string>((resolve, reject) => {
				client.getObjectUrl(
					{ ...place, ...request, Key: key, Expires: lasts, Sign: true },
					(error, data) => {
						if (error) reject(error);
						else resolve(data.Url);
					},
				);
			}),
	);
	// It leaves the token as it is, which no server could read.
	return strictlyEncoded(
		url.replace(
			/(&x-cos-security-token=)([^&]*)/,
			(_whole, name: string, token: string) => `${name}${encodeURIComponent(token)}`,
		),
	);
}

const formEncoded = (parameters: URLSearchParams) => parameters.toString().replace(/\+/g, '%20');

const BAIDU: Record<string, string> = { Beijing: 'bj', Guangzhou: 'gz', Singapore: 'sin' };

function bosSdk(signingCase: SigningCase): string {
	const { Auth, BosClient } = load('@baiducloud/sdk') as {
		Auth: new (
			accessKey: string,
			secretKey: string,
		) => {
			generateAuthorization: (...parameters: unknown[]) => string;
		};
		BosClient: new (options: object) => {
			generatePresignedUrl: (...parameters: unknown[]) => string;
		};
	};
	const { access } = signingCase;
	const { signedAt, lasts } = validity(signingCase);
	const { method, key, query, headers } = wanted(signingCase, BOS);
	const { accessKey: ak, secretKey: sk, sessionToken } = access.keys;
	const host = `${BAIDU[access.region ?? '']}.bcebos.com`;
	if (method === 'PUT') {
		// Its URLs are for reading only; of a request it makes the signature.
		const path = `/${(key ?? '').split('/').map(strict).join('/')}`;
		const parameters = { ...(sessionToken && { 'x-bce-security-token': sessionToken }) };
		const sent = { ...headers, Host: `${access.bucket}.${host}` };
		const authorization = new Auth(ak, sk).generateAuthorization(
			...[method, path, parameters, sent, signedAt, lasts, ['host', ...Object.keys(headers)]],
		);
		const all = new URLSearchParams({ ...parameters, authorization });
		return strictlyEncoded(`https://${access.bucket}.${host}${path}?${formEncoded(all)}`);
	}
	const client = new BosClient({
		...{ endpoint: `https://${host}`, credentials: { ak, sk }, sessionToken },
		// Without it the path begins with the version of the interface.
		removeVersionPrefix: true,
	});
	const url = client.generatePresignedUrl(
		...[access.bucket, key ?? '', signedAt, lasts, {}, query, ['host']],
	);
	return strictlyEncoded(url);
}

const HUAWEI: Record<string, string> = {
	CN_North_4: 'cn-north-4',
	AP_Southeast_3: 'ap-southeast-3',
};

async function obsSdk(signingCase: SigningCase): Promise<string> {
	const Obs = load('esdk-obs-nodejs') as new (options: object) => {
		createV4SignedUrlSync: (parameters: object) => { SignedUrl: string };
	};
	const { access } = signingCase;
	const { signedAt, lasts } = validity(signingCase);
	const { method, key, query, headers } = wanted(signingCase, S3_V1);
	const region = HUAWEI[access.region ?? ''];
	const client = new Obs({
		access_key_id: access.keys.accessKey,
		secret_access_key: access.keys.secretKey,
		server: `https://obs.${region}.myhuaweicloud.com`,
		region,
		signature: 'v4',
	});
	// It takes in its settings a tick later.
	await new Promise(setImmediate);
	return await at(signedAt, () =>
		strictlyEncoded(
			client.createV4SignedUrlSync({
				...{ Method: method, Bucket: access.bucket, Key: key, Expires: lasts },
				...{ QueryParams: query, Headers: { ...headers } },
			}).SignedUrl,
		),
	);
}

function azureSdk(signingCase: SigningCase): string {
	const sdk = load('@azure/storage-blob') as {
		StorageSharedKeyCredential: new (account: string, key: string) => object;
		BlobSASPermissions: { parse: (letters: string) => object };
		ContainerSASPermissions: { parse: (letters: string) => object };
		generateBlobSASQueryParameters: (
			values: object,
			credential: object,
		) => { toString: () => string };
	};
	const { access, ask } = signingCase;
	const { accessKey, secretKey } = access.keys;
	const { signedAt, lasts } = validity(signingCase);
	const { key, query } = wanted(signingCase, {
		...{ type: 'rsct', disposition: 'rscd' },
		list: ({ prefix, maxKeys = 1000, delimiter }) => ({
			...{ restype: 'container', comp: 'list', maxresults: String(maxKeys) },
			...(prefix && { prefix }),
			...(delimiter && { delimiter }),
		}),
	});
	const { rsct, rscd, ...rest } = query;
	const letters = 'list' in ask ? 'l' : 'link' in ask ? 'r' : 'cw';
	const permissions = key === undefined ? sdk.ContainerSASPermissions : sdk.BlobSASPermissions;
	const sas = sdk.generateBlobSASQueryParameters(
		{
			containerName: access.bucket,
			blobName: key,
			permissions: permissions.parse(letters),
			expiresOn: new Date((signedAt + lasts) * 1000),
			protocol: 'https',
			version: '2020-12-06',
			contentType: rsct,
			contentDisposition: rscd,
		},
		new sdk.StorageSharedKeyCredential(accessKey, secretKey),
	);
	const host = access.endpoint ?? `https://${accessKey}.blob.core.windows.net`;
	const path = [access.bucket, ...(key === undefined ? [] : key.split('/'))];
	const own = Object.entries(rest).map(([name, value]) => `${name}=${encodeURIComponent(value)}&`);
	return strictlyEncoded(
		`${host}/${path.map(encodeURIComponent).join('/')}?${own.join('')}${sas.toString()}`,
	);
}

const KINGSOFT: Record<string, [code: string, region: string]> = {
	CN_Beijing: ['cn-beijing', 'BEIJING'],
	CN_Hongkong: ['cn-hk-1', 'HONGKONG'],
	NA_Singapore_1: ['sgp', 'SINGAPORE'],
};
const QINIU: Record<string, string> = { Huadong: 'cn-east-1', 'Southeast Asia': 'ap-southeast-1' };

/** Who judges a vendor's signatures, and how. */
export interface Judge {
	/** Package and version. */
	name: string;
	url: (signingCase: SigningCase) => Promise<string>;
}

const versionOf = (name: string) =>
	`${name} ${(load(`${judgesFolder}/node_modules/${name}/package.json`) as { version: string }).version}`;
const AWS = '@aws-sdk/s3-request-presigner';
const judge = (name: string, url: (signingCase: SigningCase) => string | Promise<string>) => ({
	name: versionOf(name),
	url: async (signingCase: SigningCase) => await url(signingCase),
});

/** By vendor. Google, Kingsoft and Qiniu name AWS's SDK in their documents for these keys. */
export const judges = (): Readonly<Record<string, Judge>> => ({
	alibabaCloud: judge('ali-oss', aliOss),
	amazonS3: judge(AWS, (one) =>
		aws(one, {
			region: one.access.region ?? '',
			forcePathStyle: one.access.bucket.includes('.'),
		}),
	),
	baiduAiCloud: judge('@baiducloud/sdk', bosSdk),
	googleCloud: judge(AWS, (one) =>
		aws(one, {
			...{ endpoint: 'https://storage.googleapis.com', region: 'auto', forcePathStyle: true },
		}),
	),
	huaweiCloud: judge('esdk-obs-nodejs', obsSdk),
	kingsoftCloud: judge(AWS, (one) => {
		const [code, region] = KINGSOFT[one.access.region ?? ''];
		return aws(one, { endpoint: `https://ks3-${code}.ksyuncs.com`, region, version: 1 });
	}),
	microsoftAzure: judge('@azure/storage-blob', azureSdk),
	qiniuCloud: judge(AWS, (one) => {
		const region = QINIU[one.access.region ?? ''];
		return aws(one, {
			...{ endpoint: `https://s3-${region}.qiniucs.com`, region, forcePathStyle: true },
		});
	}),
	s3Compatible: judge(AWS, (one) => {
		const { endpoint = '', signingRegion = 'us-east-1', bucketBeforeHost = false } = one.access;
		return aws(one, {
			endpoint: endpoint?.includes('://') ? endpoint : `https://${endpoint}`,
			...{ region: signingRegion, forcePathStyle: !bucketBeforeHost },
		});
	}),
	tencentCloud: judge('cos-nodejs-sdk-v5', cosSdk),
});
