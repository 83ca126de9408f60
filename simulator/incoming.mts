import type { IncomingHttpHeaders } from 'node:http';

/** A request as it came over the wire. */
export interface Incoming {
	method: string;
	/** Path and query string. */
	url: string;
	headers: IncomingHttpHeaders;
	body: Buffer | undefined;
}

/** All of a request as text, as proxies that explain themselves repeat it: nothing in it is hidden. */
export function repeated({ method, url, headers, body }: Incoming): string {
	const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
	return [`${method} ${url} HTTP/1.1`, ...lines, '', body?.toString('utf8') ?? ''].join('\r\n');
}
