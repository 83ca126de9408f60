import fc from 'fast-check';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** How servers that repeat a request spell what was in it. */
export const SPELLINGS: Record<string, (secret: string) => string> = {
	plain: (secret) => secret,
	json: inJson,
	'json in json': (secret) => inJson(inJson(secret)),
	'json with slashes': (secret) => inJson(secret).replace(/\//g, '\\/'),
	percent: encodeURIComponent,
	'percent, lower case': (secret) =>
		encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
	form: (secret) => new URLSearchParams({ x: secret }).toString().slice(2),
	html: (secret) =>
		secret
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			.replace(/"/g, '&quot;'),
	base64,
	'base64 of more, 0': (secret) => base64(`{"a":${secret}}`),
	'base64 of more, 1': (secret) => base64(`{"ab":${secret}}`),
	'base64 of more, 2': (secret) => base64(`{"abc":${secret}}`),
	'base64 of JSON': (secret) => base64(JSON.stringify({ a: { b: secret } })),
	base64url: (secret) => Buffer.from(secret).toString('base64url'),
	'base64, percent': (secret) => encodeURIComponent(base64(secret)),
};

export const spellings = fc.constantFrom(...Object.keys(SPELLINGS));

/** A spelling that is surely of this secret alone: parts of base64 depend on what stands beside it. */
export function traceOf(secret: string, spelling: string): string {
	const spelt = SPELLINGS[spelling](secret);
	if (!spelling.startsWith('base64')) return spelt;
	const middle = Math.floor(spelt.length / 2);
	return spelt.slice(middle - 6, middle + 6);
}
