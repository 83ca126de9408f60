import type { Answer } from '../agora/answers/classify';
import type { Redaction } from '../agora/redaction';
import { shortened } from '../agora/answers/responses';
import { isObject } from '../agora/objects';

/** Codes of failures before anything was sent: no address, no connection, no trusted certificate. */
const NOT_SENT_CODES = [
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ENETUNREACH',
	'EHOSTUNREACH',
	'CERT_HAS_EXPIRED',
	'CERT_NOT_YET_VALID',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
];

/**
 * What n8n and its HTTP client refuse by themselves, before a connection is made, told by code, name
 * or words of the error. Nothing belongs here that can also happen when something has been sent.
 * Source: n8n-core 2.41 and its backend-network (`ssrf`, `connection-guards`, `axios`), n8n-workflow
 * (`assertUrlAllowed`), axios 1.18, Node.js 24.
 */
const HOST_REFUSALS: ReadonlyArray<{ code?: string; name?: string; message?: RegExp }> = [
	// N8N_SSRF_PROTECTION_ENABLED: addresses and names that the administrator does not allow.
	{ name: 'SsrfBlockedIpError' },
	{ name: 'SsrfBlockedHostnameError' },
	{ message: /^Cannot determine the host for this connection/ },
	{ message: /^Domain not allowed:/ },
	// The credential is gone, or was never chosen.
	{ message: /^Node ".*" does not have any credentials of type / },
	// Addresses, headers and settings that no request can be made of.
	{ code: 'ERR_INVALID_URL' },
	{ message: /^Invalid URL\b/ },
	{ message: /^Unsupported protocol / },
	{ code: 'ERR_INVALID_PROTOCOL' },
	{ code: 'ERR_UNESCAPED_CHARACTERS' },
	{ code: 'ERR_INVALID_CHAR' },
	{ code: 'ERR_INVALID_HTTP_TOKEN' },
	{ code: 'ERR_HTTP_INVALID_HEADER_VALUE' },
	{ code: 'ERR_BAD_OPTION' },
	{ code: 'ERR_BAD_OPTION_VALUE' },
	{ code: 'ERR_NOT_SUPPORT' },
];

const MAX_LAYERS = 5;

interface Layer {
	code?: string;
	name?: string;
	message: string;
	description?: string;
}

const textIn = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** n8n wraps what its HTTP client threw, in layers that differ from host to host; outermost first. */
function layersOf(thrown: unknown, depth = 0): Layer[] {
	if (!isObject(thrown) || depth === MAX_LAYERS) return [];
	const { code, name, message, description, cause, errorResponse } = thrown;
	return [
		{
			code: textIn(code),
			name: textIn(name),
			message: textIn(message) ?? '',
			description: textIn(description),
		},
		...layersOf(cause, depth + 1),
		...layersOf(errorResponse, depth + 1),
	];
}

const isRefusal = (layer: Layer) =>
	HOST_REFUSALS.some(
		({ code, name, message }) =>
			(code === undefined || code === layer.code) &&
			(name === undefined || name === layer.name) &&
			(message === undefined || message.test(layer.message)),
	);

/**
 * An answer that stands for none, from what n8n's helper threw. Of that only the code is taken over,
 * and where n8n itself refused the request its words: it also holds the request with its secrets.
 */
export function networkFailure(thrown: unknown, redaction: Redaction): Answer {
	const layers = layersOf(thrown);
	const code = layers.find((layer) => layer.code !== undefined)?.code;
	const networkCode = code && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
	const refusal = layers.filter(isRefusal).at(-1);
	const words =
		refusal && [refusal.message, refusal.description].filter(Boolean).join('. ').slice(0, 2000);
	return {
		status: 0,
		body: undefined,
		...(networkCode && { networkCode }),
		notSent:
			refusal !== undefined || (networkCode !== undefined && NOT_SENT_CODES.includes(networkCode)),
		...(words !== undefined && { hostWords: shortened(redaction.text(words)) || 'no reason' }),
	};
}
