import { encodeQuery, type Query } from '../encoding';
import { hmac, isoSeconds, type Scheme, type Unsigned } from './scheme';

/** The first version with the layout below. */
const VERSION = '2020-12-06';

/** What a shared access signature allows. */
export interface Sas {
	account: string;
	/** Base64. */
	accountKey: string;
	container: string;
	/** A blob, not encoded; '' for the container. */
	blob: string;
	/** Letters in the order `racwdl`. */
	permissions: string;
	/** Unix seconds. */
	expiresAt: number;
	/** `https`, or '' where plain HTTP is allowed too. */
	protocol: string;
	contentType?: string;
	contentDisposition?: string;
}

/**
 * Parameters of a service SAS (object-storage.md section 3): fields joined by line feeds, an empty one
 * is an empty line. It has no start, which a slow clock at Microsoft would put into the future.
 */
export function sasOf(sas: Sas): Query {
	const { account, container, blob, contentType = '', contentDisposition = '' } = sas;
	const resource = blob === '' ? 'c' : 'b';
	const expiry = isoSeconds(sas.expiresAt);
	const place = `/blob/${account}/${container}${blob === '' ? '' : `/${blob}`}`;
	const fields = [
		...[sas.permissions, '', expiry, place, '', '', sas.protocol, VERSION, resource],
		// Snapshot and encryption scope; then the headers of the answer.
		...['', '', '', contentDisposition, '', '', contentType],
	];
	const key = Buffer.from(sas.accountKey, 'base64');
	const parameters: Query = [
		['sp', sas.permissions],
		['se', expiry],
		['spr', sas.protocol],
		['sv', VERSION],
		['sr', resource],
		['rscd', contentDisposition],
		['rsct', contentType],
		['sig', hmac('sha256', key, fields.join('\n')).digest('base64')],
	];
	return parameters.filter(([, value]) => value !== '');
}

/** Just what the request takes. */
const permissionsFor = ({ method, key }: Unsigned) =>
	method === 'PUT' ? 'cw' : key === '' ? 'l' : 'r';

/** Microsoft's shared access signatures; headers are not signed. */
export const azure: Scheme =
	({ keys, signedAt, lasts }) =>
	(request) => {
		const { bucket, key, query, protocol } = request;
		const valueOf = (wanted: string) => query.find(([name]) => name === wanted)?.[1];
		const sas = sasOf({
			account: keys.accessKey,
			accountKey: keys.secretKey,
			container: bucket,
			blob: key,
			permissions: permissionsFor(request),
			expiresAt: signedAt + lasts,
			protocol: protocol === 'https:' ? 'https' : '',
			contentType: valueOf('rsct'),
			contentDisposition: valueOf('rscd'),
		});
		const rest = query.filter(([name]) => name !== 'rsct' && name !== 'rscd');
		return encodeQuery([...rest, ...sas]);
	};
