import { createHash } from 'node:crypto';
import { encodePath, encodeQuery, sortedHeaders, type Query } from '../encoding';
import { hmac, isoSeconds, type Scheme, type Signer, type Unsigned } from './scheme';

/** What tells the two dialects of Signature V4 apart. */
interface Dialect {
	algorithm: string;
	/** Stands before the secret. */
	keyPrefix: string;
	service: string;
	/** Last part of the scope. */
	terminator: string;
	/** Names of the parameters. */
	names: Record<'algorithm' | 'credential' | 'date' | 'expires' | 'token' | 'signature', string>;
	/** Whether the signed headers, with the host among them, are listed. */
	listsHeaders: boolean;
	/** The path that is signed. */
	path: (request: Unsigned) => string;
}

const AWS: Dialect = {
	algorithm: 'AWS4-HMAC-SHA256',
	keyPrefix: 'AWS4',
	service: 's3',
	terminator: 'aws4_request',
	names: {
		algorithm: 'X-Amz-Algorithm',
		credential: 'X-Amz-Credential',
		date: 'X-Amz-Date',
		expires: 'X-Amz-Expires',
		token: 'X-Amz-Security-Token',
		signature: 'X-Amz-Signature',
	},
	listsHeaders: true,
	path: ({ path }) => path,
};

/**
 * Alibaba's own. Bucket and key are signed however they are sent; of the headers content type, MD5 and
 * `x-oss-…` are signed without being listed.
 */
const OSS: Dialect = {
	algorithm: 'OSS4-HMAC-SHA256',
	keyPrefix: 'aliyun_v4',
	service: 'oss',
	terminator: 'aliyun_v4_request',
	names: {
		algorithm: 'x-oss-signature-version',
		credential: 'x-oss-credential',
		date: 'x-oss-date',
		expires: 'x-oss-expires',
		token: 'x-oss-security-token',
		signature: 'x-oss-signature',
	},
	listsHeaders: false,
	path: ({ bucket, key }) => encodePath(`/${bucket}/${key}`),
};

const scheme =
	(dialect: Dialect): Scheme =>
	({ keys, region, signedAt, lasts }: Signer) => {
		const { algorithm, names, service, terminator, listsHeaders } = dialect;
		const date = isoSeconds(signedAt).replace(/[-:]/g, '');
		const scopeParts = [date.slice(0, 8), region, service, terminator];
		const scope = scopeParts.join('/');
		const signingKey = scopeParts.reduce<string | Buffer>(
			(key, part) => hmac('sha256', key, part).digest(),
			`${dialect.keyPrefix}${keys.secretKey}`,
		);
		const own: Query = [
			[names.algorithm, algorithm],
			[names.credential, `${keys.accessKey}/${scope}`],
			[names.date, date],
			[names.expires, String(lasts)],
			...(keys.sessionToken ? [[names.token, keys.sessionToken] as const] : []),
		];
		return (request) => {
			const headers = sortedHeaders({
				...request.headers,
				...(listsHeaders && { host: request.host }),
			});
			const list = listsHeaders ? headers.map(([name]) => name).join(';') : '';
			const query = encodeQuery([
				...request.query,
				...own,
				...(listsHeaders ? [['X-Amz-SignedHeaders', list] as const] : []),
			]);
			const canonical = [
				request.method,
				dialect.path(request),
				query,
				headers.map(([name, value]) => `${name}:${value}\n`).join(''),
				list,
				'UNSIGNED-PAYLOAD',
			].join('\n');
			const digest = createHash('sha256').update(canonical, 'utf8').digest('hex');
			const signature = hmac('sha256', signingKey, [algorithm, date, scope, digest].join('\n'));
			return `${query}&${names.signature}=${signature.digest('hex')}`;
		};
	};

/** AWS Signature V4 in the query (object-storage.md section 2). */
export const aws4 = scheme(AWS);

/** Alibaba's OSS4 in the query (object-storage.md section 1.2). */
export const oss4 = scheme(OSS);
