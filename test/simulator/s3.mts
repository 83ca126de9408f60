import aws4 from 'aws4';
import axios from 'axios';
import type { Simulator } from '../../simulator/index.mts';

export interface S3Reply {
	status: number;
	headers: Record<string, unknown>;
	body: Buffer;
	/** S3's code of a refusal. */
	code: string | undefined;
}

/** Key and secret; the example that may do everything if none is given. */
export type Keys = readonly [accessKey: string, secretKey: string];
export const FULL: Keys = ['example-access-key', 'example-secret-key'];
export const WRITER: Keys = ['example-write-key', 'example-write-secret'];
export const READER: Keys = ['example-read-key', 'example-read-secret'];

export interface Signing {
	method?: string;
	keys?: Keys;
	region?: string;
	/** Seconds. */
	expires?: number;
	/** Unix ms; the simulator's clock if left out. */
	at?: number;
	query?: Record<string, string>;
	token?: string;
	/** Signed with it. */
	headers?: Record<string, string>;
}

const encoded = (text: string): string =>
	encodeURIComponent(text).replace(
		/[!'()*]/g,
		(char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
	);

/** A client of the simulator's buckets whose requests aws4 signs. */
export class S3 {
	readonly sim: Simulator;

	constructor(sim: Simulator) {
		this.sim = sim;
	}

	get url(): string {
		return this.sim.control.storage.url;
	}

	#request(place: string, signing: Signing) {
		const { method = 'GET', region = 'us-east-1', at, expires = 3600, query = {} } = signing;
		const date = new Date(at ?? this.sim.control.clock().now).toISOString();
		const path = place.split('/').map(encoded).join('/');
		const all = new URLSearchParams(query);
		const [accessKeyId, secretAccessKey] = signing.keys ?? FULL;
		const keys = { accessKeyId, secretAccessKey, sessionToken: signing.token };
		const stamp = date.replace(/[-:]|\.\d+/g, '');
		const headers = { host: new URL(this.url).host, ...signing.headers };
		return { method, region, expires, all, path, keys, stamp, headers };
	}

	/** A presigned URL. @param place bucket and key, decoded, with a slash at the beginning */
	link(place: string, signing: Signing = {}): string {
		const { all, expires, stamp, path, keys, ...request } = this.#request(place, signing);
		all.set('X-Amz-Expires', String(expires));
		all.set('X-Amz-Date', stamp);
		const signed = aws4.sign(
			{ ...request, service: 's3', signQuery: true, path: `${path}?${all.toString()}` },
			keys,
		);
		return `${this.url}${signed.path}`;
	}

	async send(
		url: string,
		{
			method = 'GET',
			headers = {},
			body,
		}: { method?: string; headers?: Record<string, string>; body?: Buffer | string } = {},
	): Promise<S3Reply> {
		const {
			status,
			headers: received,
			data,
		} = await axios.request<Buffer>({
			method,
			url,
			data: body,
			headers,
			responseType: 'arraybuffer',
			validateStatus: () => true,
			maxRedirects: 0,
		});
		const code = /<Code>(\w+)<\/Code>/.exec(data.toString())?.[1];
		return { status, headers: { ...received }, body: data, code };
	}

	/** By a link. */
	get(place: string, signing: Signing = {}): Promise<S3Reply> {
		return this.send(this.link(place, signing), signing);
	}

	/** With an Authorization header. */
	byHeader(place: string, signing: Signing & { body?: Buffer } = {}): Promise<S3Reply> {
		const { all, stamp, path, keys, method, region, ...request } = this.#request(place, signing);
		const query = all.toString();
		const headers = {
			...request.headers,
			'x-amz-date': stamp,
			'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
			...signing.headers,
		};
		const whole = query === '' ? path : `${path}?${query}`;
		const signed = aws4.sign({ method, region, headers, service: 's3', path: whole }, keys);
		return this.send(`${this.url}${whole}`, {
			method,
			body: signing.body,
			headers: { ...headers, Authorization: String(signed.headers?.Authorization) },
		});
	}

	/** Keys of a list. */
	async list(bucket: string, query: Record<string, string> = {}, signing: Signing = {}) {
		const { body } = await this.get(`/${bucket}`, {
			...signing,
			query: { 'list-type': '2', ...query },
		});
		const text = body.toString();
		const all = (name: string) =>
			[...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, value]) => value);
		return {
			keys: all('Key'),
			prefixes: all('Prefix').slice(1),
			truncated: all('IsTruncated')[0] === 'true',
			token: all('NextContinuationToken')[0],
			marker: all('NextMarker')[0],
		};
	}
}
