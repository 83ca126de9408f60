import { encodeQuery, encodeStrictly, sortedHeaders, type Query } from '../encoding';
import { hmac, isoSeconds, type Scheme } from './scheme';

/** Baidu's own scheme in the query (object-storage.md section 1.2). */
export const bos: Scheme = ({ keys, signedAt, lasts }) => {
	const prefix = `bce-auth-v1/${keys.accessKey}/${isoSeconds(signedAt)}/${lasts}`;
	const signingKey = hmac('sha256', keys.secretKey, prefix).digest('hex');
	const own: Query = keys.sessionToken ? [['x-bce-security-token', keys.sessionToken]] : [];
	return ({ method, host, path, query, headers }) => {
		const parameters = encodeQuery([...query, ...own]);
		const signed = sortedHeaders({ ...headers, host });
		const canonical = [
			method,
			path,
			parameters,
			...signed.map(([name, value]) => `${encodeStrictly(name)}:${encodeStrictly(value)}`),
		].join('\n');
		const signature = hmac('sha256', signingKey, canonical).digest('hex');
		const list = signed.map(([name]) => name).join(';');
		const authorization = encodeQuery([['authorization', `${prefix}/${list}/${signature}`]]);
		return parameters === '' ? authorization : `${parameters}&${authorization}`;
	};
};
