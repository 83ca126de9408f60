import type { FaultInput } from '../../simulator/index.mts';

export type Fault = FaultInput['fault'];
type Operation = NonNullable<Exclude<NonNullable<FaultInput['match']>['operation'], unknown[]>>;

/** What goes wrong: an answer of the simulator's, or a failure before anything reached it. */
export type Trouble = { fault: Fault } | { network: string };

export const COLUMNS = [
	'acquire',
	'start',
	'query',
	'update',
	'updateLayout',
	'stop',
	'getAll',
	'getChannels',
	'getChannelUsers',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Columns that are not operations of the resource Recording: how they are run, and what they send. */
const OTHERS: Partial<Record<Column, { resource: string; operation: string; sends: Sends }>> = {
	getAll: {
		resource: 'notificationServer',
		operation: 'getAll',
		sends: { operation: 'ncsIp', url: /\/ncs\/ip$/ },
	},
	getChannels: {
		resource: 'channel',
		operation: 'getMany',
		sends: { operation: 'channelList', url: /\/dev\/v1\/channel\/\w+\?/ },
	},
	getChannelUsers: {
		resource: 'channel',
		operation: 'getUsers',
		sends: { operation: 'channelUsers', url: /\/dev\/v1\/channel\/user\// },
	},
};

/** A request: what the simulator calls it, and where it goes. */
interface Sends {
	operation: Operation;
	url: RegExp;
}

/** How a column is run, and what the request is that meets the trouble. */
export function runOf(column: Column) {
	const { resource = 'recording', operation = column, sends } = OTHERS[column] ?? {};
	const own = { operation: column as Operation, url: new RegExp(`/${column}$`) };
	return { resource, operation, sends: sends ?? own, isAboutRecording: !(column in OTHERS) };
}

/** What an operation that meets the trouble for ever is expected to end in. */
export interface Expected {
	/**
	 * - `error`: the node fails; nothing happened
	 * - `maybe`: it fails and says that something runs, or may run
	 * - anything else: the outcome of the item
	 */
	ending: string;
	/** Virtual seconds between the requests; undefined where they only have to last a minute (429). */
	gaps: number[] | undefined;
}

const LONG = '5,10,15,30';

/**
 * Every documented status and code at every operation, and what networks and proxies do, one row each.
 * A cell is the ending, then the gaps after a slash. Names of errors: simulator/errors.mts. What
 * belongs to another endpoint must be survived all the same. A `+` after the name: the request has
 * its effect before its answer goes wrong. Questions about channels end like the last column, but have no
 * second address to be asked at.
 */
const TABLE = `
gateway.appid        error         error         error       error       error       maybe          error
gateway.unauthorized error         error         error       error       error       maybe          error
gateway.credentials  error         error         error       error       error       maybe          error
gateway.403          error         error         error       error       error       maybe          error
gateway.route        error         error         error       error       error       maybe          error/0
gateway.rate         error/60      error/60      error/60    error/60    error/60    maybe/60       error/60
acquire.2            error         error         error       error       error       maybe          error
acquire.400          error         error         error       error       error       maybe          error
acquire.401          error         error         error       error       error       maybe          error
acquire.405          error         error         error       error       error       maybe          error
acquire.406          error/5,10,20 error         error       error       error       maybe          error
acquire.500          error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
acquire.501          error/3,6,9   maybe/3,6,9   stopping    error/3,6,9 error/3,6,9 stopping       error/3,6,9
acquire.504          error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
start.7              error/3,6,9   maybe         error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
start.65             error/3,6     maybe/3,6     error/LONG  error/3,6   error/3,6   maybe/3,6      error/3,6
start.2              error         error         error       error       error       maybe          error
start.53             error         maybe         error       error       error       maybe          error
start.502            error/3,6,9   error/0,3,6,9 error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
start.62             error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
start.15             error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
query.65             error/3,6     maybe/3,6     error/LONG  error/3,6   error/3,6   maybe/3,6      error/3,6
query.2              error         error         error       error       error       maybe          error
query.404            error         error         notFound/NF error/NF    error/NF    notFound/NF    error/0
query.62             error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
stop.435             error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 noRecordedData error/3,6,9
stop.49              error         error         error       error       error       stopping       error
channels.400         error         maybe/3,6,9   error       error       error       maybe          error
channels.401         error         error         error       error       error       maybe          error
channels.403         error         error         error       error       error       maybe          error
channels.404         error         maybe/3,6,9   error       error       error       maybe          error/0
channels.415         error         maybe/3,6,9   error       error       error       maybe          error
channels.429         error/60      error/60      error/60    error/60    error/60    maybe/60       error/60
channels.500         error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
older.8              error         error         error       error       error       maybe          error
older.50             error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 stopped        error/3,6,9
older.62             error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
older.109            error         error         error       error       error       maybe          error
older.110            error         error         error       error       error       maybe          error
older.432            error         error         error       error       error       maybe          error
older.433            error         error         error       error       error       maybe          error
older.501            error         error         stopping    error       error       stopping       error
older.1001           error         error         error       error       error       maybe          error
older.1003           error         error         error       error       error       maybe          error
older.1004           error         maybe         error       error       error       maybe          error
older.1005           error         maybe         error       error       error       maybe          error
older.1013           error         error         error       error       error       maybe          error
older.1028           error         error         error       error       error       maybe          error
emptySid500          error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
reset                error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
reset+               error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
html502              error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
html502+             error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
html200              error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
html403              error         maybe/3,6,9   error       error       error       maybe          error
emptyBody            error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
emptyBody+           error/3,6,9   maybe/3       error/LONG  error/3,6,9 error/3,6,9 maybe/3        error/3,6,9
truncatedJson+       error/3,6,9   maybe/3       error/LONG  error/3,6,9 error/3,6,9 maybe/3        error/3,6,9
unknown400           error         error         error       error       error       maybe          error
unknown503           error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
ENOTFOUND            error/3,6,9   error/0,3,6,9 error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
ECONNREFUSED         error/3,6,9   error/0,3,6,9 error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
ECONNABORTED         error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
html404              error         maybe/3,6,9   error       error       error       maybe          error/0
empty308             error         maybe/3,6,9   error       error       error       maybe          error
empty408             error         maybe/3,6,9   error       error       error       maybe          error
empty409             error         maybe/3,6,9   error       error       error       maybe          error
empty499             error         maybe/3,6,9   error       error       error       maybe          error
empty413             error         maybe/3,6,9   error       error       error       maybe          error
object200            error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
portal200            error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
other200             error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
code500at200         error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
code404at200         error/3,6,9   maybe/3,6,9   error/LONG  error/3,6,9 error/3,6,9 maybe/3,6,9    error/3,6,9
`;

/** SID of a recording that is not the one that was asked about. */
const OTHER = '0123456789abcdef0123456789abcdef';

/** Rows that are not documented errors of the simulator's. */
const KINDS: Record<string, (effect: boolean) => Fault> = {
	emptySid500: (effect) => ({ kind: 'emptySid', status: 500, effect }),
	reset: (effect) => ({ kind: 'reset', effect }),
	html502: (effect) => ({ kind: 'html', status: 502, effect }),
	html200: (effect) => ({ kind: 'html', status: 200, effect }),
	html403: (effect) => ({ kind: 'html', status: 403, effect }),
	// An answer without a body, as `emptyBody` gives it where the request has its effect.
	emptyBody: (effect) =>
		effect ? { kind: 'emptyBody', effect } : { kind: 'answer', status: 200, body: '' },
	truncatedJson: (effect) => ({ kind: 'truncatedJson', effect }),
	unknown400: () => ({ kind: 'answer', status: 400, body: { code: 4711, reason: 'new' } }),
	html404: (effect) => ({ kind: 'html', status: 404, effect }),
	...Object.fromEntries(
		[308, 408, 409, 413, 499].map((status) => [
			`empty${status}`,
			(effect: boolean): Fault => ({ kind: 'answer', status, body: '', effect }),
		]),
	),
	// Strangers' answers with status 200.
	object200: (effect) => ({ kind: 'answer', status: 200, body: {}, effect }),
	portal200: (effect) => ({ kind: 'answer', status: 200, body: { status: 'ok' }, effect }),
	code500at200: () => ({ kind: 'answer', status: 200, body: { code: 500, reason: 'new' } }),
	code404at200: () => ({
		kind: 'answer',
		status: 200,
		body: { code: 404, reason: 'failed to find worker' },
	}),
	other200: () => ({
		kind: 'answer',
		status: 200,
		body: { resourceId: '', sid: OTHER, serverResponse: { status: 5 } },
	}),
	unknown503: () => ({ kind: 'answer', status: 503, body: { code: 4711, reason: 'new' } }),
};

function troubleOf(name: string): Trouble {
	const effect = name.endsWith('+');
	const plain = name.replace(/\+$/, '');
	if (plain.startsWith('E')) return { network: plain };
	return { fault: KINDS[plain]?.(effect) ?? ({ kind: 'error', error: plain, effect } as Fault) };
}

function expectedOf(cell: string): Expected {
	const [ending, gaps = ''] = cell.replace('LONG', LONG).replace('NF', '5,10,15').split('/');
	if (gaps === '60') return { ending, gaps: undefined };
	return { ending, gaps: gaps === '' ? [] : gaps.split(',').map(Number) };
}

/** The rows of the table. */
export const FAULT_ROWS = TABLE.trim()
	.split('\n')
	.map((line) => {
		const [name, ...cells] = line.split(/\s+/);
		return {
			name,
			trouble: troubleOf(name),
			/** Whether requests have their effect although their answers go wrong. */
			effect: name.endsWith('+'),
			expected: Object.fromEntries(
				COLUMNS.map((column, i) => [
					column,
					expectedOf(cells[i] ?? cells[COLUMNS.indexOf('getAll')].replace('/0', '')),
				]),
			) as Record<Column, Expected>,
		};
	});
