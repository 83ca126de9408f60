/** What S3 answers when it refuses (object-storage.md 4); the messages are S3's own. */
const ROWS = {
	AccessDenied: [403, 'Access Denied'],
	AuthorizationHeaderMalformed: [400, 'The authorization header is malformed'],
	AuthorizationQueryParametersError: [400, 'Error parsing the query parameters'],
	BadDigest: [400, 'The Content-MD5 you specified did not match what we received.'],
	ExpiredToken: [400, 'The provided token has expired.'],
	InternalError: [500, 'We encountered an internal error. Please try again.'],
	InvalidAccessKeyId: [403, 'The AWS Access Key Id you provided does not exist in our records.'],
	InvalidArgument: [400, 'Invalid Argument'],
	InvalidObjectState: [403, "The operation is not valid for the object's storage class"],
	InvalidRange: [416, 'The requested range is not satisfiable'],
	InvalidRequest: [
		400,
		'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters',
	],
	InvalidToken: [400, 'The provided token is malformed or otherwise invalid.'],
	MethodNotAllowed: [405, 'The specified method is not allowed against this resource.'],
	NoSuchBucket: [404, 'The specified bucket does not exist'],
	NoSuchKey: [404, 'The specified key does not exist.'],
	NotImplemented: [501, 'A header you provided implies functionality that is not implemented'],
	PermanentRedirect: [
		301,
		'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
	],
	RequestTimeTooSkewed: [
		403,
		'The difference between the request time and the current time is too large.',
	],
	ServiceUnavailable: [503, 'Service is unable to handle request.'],
	SignatureDoesNotMatch: [
		403,
		'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
	],
	SlowDown: [503, 'Please reduce your request rate.'],
	TemporaryRedirect: [
		307,
		'Please re-send this request to the specified temporary endpoint. Continue to use the original request endpoint for future requests.',
	],
	XAmzContentSHA256Mismatch: [
		400,
		"The provided 'x-amz-content-sha256' header does not match what was computed.",
	],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type S3ErrorCode = keyof typeof ROWS;

export const S3_ERRORS: Readonly<Record<S3ErrorCode, readonly [number, string]>> = ROWS;

/** Thrown by whatever refuses a request to the storage. */
export class S3Refused extends Error {
	readonly code: S3ErrorCode;
	/** Elements beside Code and Message. */
	readonly facts: Readonly<Record<string, string>>;
	readonly headers: Readonly<Record<string, string>>;

	/** @param message replaces the table's */
	constructor(
		code: S3ErrorCode,
		{
			message,
			facts = {},
			headers = {},
		}: { message?: string; facts?: Record<string, string>; headers?: Record<string, string> } = {},
	) {
		super(message ?? S3_ERRORS[code][1]);
		this.code = code;
		this.facts = facts;
		this.headers = headers;
	}
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&apos;',
};

/** Text as it stands in XML; control characters as S3 writes them. */
export const xmlText = (text: string): string =>
	text
		.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
		.replace(
			// eslint-disable-next-line no-control-regex -- they may stand in keys
			/[\u0000-\u001f]/g,
			(char) => `&#x${char.charCodeAt(0).toString(16).padStart(2, '0')};`,
		);

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** The XML of a refusal. */
export function errorXml({ code, message, facts }: S3Refused, requestId: string): string {
	const elements = { Code: code, Message: message, ...facts, RequestId: requestId };
	const inner = Object.entries(elements).map(
		([name, text]) => `<${name}>${xmlText(text)}</${name}>`,
	);
	return `${XML_HEAD}<Error>${inner.join('')}</Error>`;
}
