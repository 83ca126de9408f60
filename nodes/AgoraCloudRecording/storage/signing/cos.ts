import { createHash } from 'node:crypto';
import { encodeQuery, encodeStrictly, sortedHeaders } from '../encoding';
import { hmac, type Scheme } from './scheme';

/** Tencent's own scheme in the query (object-storage.md section 1.2). */
export const cos: Scheme = ({ keys, signedAt, lasts }) => {
	const time = `${signedAt};${signedAt + lasts}`;
	const signingKey = hmac('sha1', keys.secretKey, time).digest('hex');
	return ({ method, host, key, query, headers }) => {
		const named = query.map(([name, value]) => [name.toLowerCase(), value] as const);
		const parameters = encodeQuery(named);
		const signed = sortedHeaders({ ...headers, host });
		const canonical = [
			method.toLowerCase(),
			`/${key}`,
			parameters,
			signed.map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(value)}`).join('&'),
			'',
		].join('\n');
		const digest = createHash('sha1').update(canonical, 'utf8').digest('hex');
		const names = parameters === '' ? [] : parameters.split('&');
		const own = [
			['q-sign-algorithm', 'sha1'],
			['q-ak', keys.accessKey],
			['q-sign-time', time],
			['q-key-time', time],
			['q-header-list', signed.map(([name]) => name).join(';')],
			['q-url-param-list', names.map((parameter) => parameter.split('=')[0]).join(';')],
			['q-signature', hmac('sha1', signingKey, `sha1\n${time}\n${digest}\n`).digest('hex')],
			...(keys.sessionToken ? [['x-cos-security-token', keys.sessionToken]] : []),
		];
		return [...names, ...own.map(([name, value]) => `${name}=${encodeStrictly(value)}`)].join('&');
	};
};
