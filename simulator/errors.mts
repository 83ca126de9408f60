/** Which documented error, and what the JSON body of its answer contains. */
export interface DocumentedError {
	status: number;
	/** The gateway's errors have only a message (errors.md 1). */
	message?: string;
	code?: number;
	reason?: string;
}

type Row = readonly [name: string, status: number, code: number, reason: string];

/** errors.md 2: what the gateway answers, whatever the endpoint. */
const GATEWAY = [
	['gateway.appid', 400, 'appid is invalid'],
	['gateway.unauthorized', 401, 'Unauthorized'],
	['gateway.credentials', 401, 'Invalid authentication credentials'],
	['gateway.403', 403, 'Forbidden'],
	['gateway.route', 404, 'no Route matched with those values'],
	['gateway.rate', 429, 'API rate limit exceeded'],
] as const;

/**
 * channel-management.md 6: what questions about channels are refused with. Only the words of the first are
 * documented, and those of the last two (`page_size`, `uid`) are cases of its 400 that we invented.
 */
const CHANNELS = [
	['channels.400', 400, 'invalid appid'],
	['channels.401', 401, 'Unauthorized'],
	['channels.403', 403, 'Forbidden'],
	['channels.404', 404, 'Not Found'],
	['channels.415', 415, 'Unsupported Media Type'],
	['channels.429', 429, 'Too Many Requests'],
	['channels.500', 500, 'Internal Server Error'],
	['channels.page', 400, 'invalid page_no or page_size'],
	['channels.uid', 400, 'invalid uid'],
] as const;

/** errors.md 3, table "acquire". Where the reason "varies" the row has a typical one. */
const ACQUIRE = [
	['acquire.2', 400, 2, 'Acquire: invalid resourceExpiredHour value!'],
	['acquire.400', 400, 400, 'invalid_appid'],
	['acquire.401', 400, 401, 'invalid_channel_name'],
	['acquire.405', 400, 405, 'no_active_status'],
	['acquire.406', 400, 406, 'vendor_over_load'],
	['acquire.500', 500, 500, 'internal_error'],
	['acquire.501', 500, 501, 'no_worker_manager_available'],
	['acquire.504', 500, 504, 'allocate_timeout'],
] as const satisfies readonly Row[];

/** errors.md 3, table "start", and the field report of code 15 (rest-api.md 3.9). */
const START = [
	['start.7', 201, 7, 'already started'],
	['start.65', 206, 65, 'request not completed'],
	['start.2', 400, 2, 'Start: invalid clientRequest value!'],
	['start.53', 400, 53, 'task conflict'],
	['start.502', 500, 502, 'Failed to allocate worker'],
	['start.62', 500, 62, 'request timeout'],
] as const satisfies readonly Row[];

/** errors.md 3, the table that query, update and updateLayout share, once for each of them. */
const QUERY = [
	['query.65', 206, 65, 'request not completed'],
	['query.2', 400, 2, 'Query: invalid parameter!'],
	['query.404', 404, 404, 'failed to find worker'],
	['query.62', 504, 62, 'request timeout'],
] as const satisfies readonly Row[];

const UPDATE = [
	['update.65', 206, 65, 'request not completed'],
	['update.2', 400, 2, 'Update: invalid clientRequest value!'],
	['update.404', 404, 404, 'failed to find worker'],
	['update.62', 504, 62, 'request timeout'],
] as const satisfies readonly Row[];

const UPDATE_LAYOUT = [
	['updateLayout.65', 206, 65, 'request not completed'],
	['updateLayout.2', 400, 2, 'UpdateLayout: invalid clientRequest value!'],
	['updateLayout.404', 404, 404, 'failed to find worker'],
	['updateLayout.62', 504, 62, 'request timeout'],
] as const satisfies readonly Row[];

/** errors.md 3, table "stop": the previous one and two more. */
const STOP = [
	['stop.65', 206, 65, 'request not completed'],
	['stop.2', 400, 2, 'Stop: invalid clientRequest value!'],
	['stop.404', 404, 404, 'failed to find worker'],
	['stop.62', 504, 62, 'request timeout'],
	['stop.435', 206, 435, 'no recorded data'],
	['stop.49', 400, 49, 'invalid operation'],
] as const satisfies readonly Row[];

/**
 * errors.md 4: body codes of the older catalogue that the tables above do not have. The catalogue gives
 * no HTTP status and no reason for most of them: 400 is our choice, and the reasons are our own words.
 */
const OLDER = [
	['older.8', 400, 8, 'HTTP request is not a JSON request of this API'],
	['older.50', 206, 50, 'upload not completed'],
	['older.62', 400, 62, 'cloud recording is not enabled'],
	['older.109', 400, 109, 'token expired'],
	['older.110', 400, 110, 'token invalid'],
	['older.432', 400, 432, 'parameters do not match the resource'],
	['older.433', 400, 433, 'resource expired'],
	['older.501', 400, 501, 'service is exiting'],
	['older.1001', 400, 1001, 'resourceId cannot be parsed'],
	['older.1004', 400, 1004, 'recording already running'],
	['older.1005', 400, 1005, 'resourceId already used'],
	['older.1003', 400, 1003, 'appid or sid does not match the resourceId'],
	['older.1013', 400, 1013, 'channel name invalid'],
	['older.1028', 400, 1028, 'invalid parameters in updateLayout'],
] as const satisfies readonly Row[];

const ROWS = [
	...ACQUIRE,
	...START,
	...QUERY,
	...UPDATE,
	...UPDATE_LAYOUT,
	...STOP,
	...OLDER,
] as const;

/** `'start.65'`: operation and body code; `'gateway.…'`, `'channels.…'`: errors that have only a message. */
export type ErrorName =
	| (typeof GATEWAY)[number][0]
	| (typeof CHANNELS)[number][0]
	| (typeof ROWS)[number][0]
	// HTTP 500 with an empty sid and no reason, seen in the field (errors.md 1).
	| 'start.15';

/** Every documented error under its name (errors.md 2 to 4). */
export const ERRORS: ReadonlyMap<string, DocumentedError> = new Map<string, DocumentedError>([
	...[...GATEWAY, ...CHANNELS].map(
		([name, status, message]) => [name, { status, message }] as const,
	),
	...ROWS.map(([name, status, code, reason]) => [name, { status, code, reason }] as const),
	['start.15', { status: 500, code: 15 }],
]);

/** The documented error of that name. @throws Error if there is none */
export function documentedError(name: ErrorName): DocumentedError {
	const error = ERRORS.get(name);
	if (error === undefined) throw new Error(`No documented error is called ${name}`);
	return error;
}

/** Thrown by whatever refuses a request; the gateway turns it into the documented answer. */
export class Refused extends Error {
	readonly error: ErrorName;
	readonly reason: string | undefined;

	/** @param reason replaces the table's reason where the documents say that it varies */
	constructor(error: ErrorName, reason?: string) {
		super(reason ?? error);
		this.error = error;
		this.reason = reason;
	}
}
