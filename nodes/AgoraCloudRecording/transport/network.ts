import type { Answer } from '../agora/answers';

/** Codes of failures before anything was sent: no address, no connection, no trusted certificate. */
const NOT_SENT_CODES = [
	'ENOTFOUND',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ENETUNREACH',
	'EHOSTUNREACH',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'ERR_INVALID_URL',
];

/** n8n wraps what axios threw, in layers that differ from host to host; the code is in one of them. */
function codeOf(thrown: unknown, depth = 0): string | undefined {
	if (typeof thrown !== 'object' || thrown === null || depth > 4) return undefined;
	const { code, cause, errorResponse } = thrown as Record<string, unknown>;
	if (typeof code === 'string' && code !== '') return code;
	return codeOf(cause, depth + 1) ?? codeOf(errorResponse, depth + 1);
}

/**
 * An answer that stands for none, from what n8n's helper threw. Only the code is taken over: the
 * thrown value holds the request with its secrets.
 */
export function networkFailure(thrown: unknown): Answer {
	const networkCode = codeOf(thrown);
	return {
		status: 0,
		body: undefined,
		...(networkCode && { networkCode }),
		notSent: networkCode !== undefined && NOT_SENT_CODES.includes(networkCode),
	};
}
