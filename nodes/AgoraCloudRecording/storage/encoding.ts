/**
 * Percent-encoding as all signing schemes want it (object-storage.md section 2): every byte of UTF-8
 * but `A-Z a-z 0-9 - _ . ~`, upper-case hex. n8n's HTTP helper leaves a URL encoded like this as it is.
 */

/** Encodes a text, slashes too. A lone surrogate, which no UTF-8 has, becomes U+FFFD. */
export const encodeStrictly = (text: string): string =>
	encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);

/** Encodes a path: each segment once, slashes stay. */
export const encodePath = (path: string): string => path.split('/').map(encodeStrictly).join('/');

/** Name and value of each parameter of a query. */
export type Query = ReadonlyArray<readonly [name: string, value: string]>;

const inOrder = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** A query as it is signed and sent: encoded, then sorted by encoded name. No name may come twice. */
export const encodeQuery = (query: Query): string =>
	query
		.map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const)
		.sort(([one], [other]) => inOrder(one, other))
		.map(([name, value]) => `${name}=${value}`)
		.join('&');

/** Headers by name: lower-case, sorted, values without spaces around them. */
export const sortedHeaders = (headers: Readonly<Record<string, string>>) =>
	Object.entries(headers)
		.map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
		.sort(([one], [other]) => inOrder(one, other));
