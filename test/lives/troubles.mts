import fc from 'fast-check';
import type { ErrorName } from '../../simulator/index.mts';
import type { OperationName, QuestionFault, Trouble } from './life.mts';

/** What may go wrong with a request, drawn by chance. */

const effect = fc.boolean();

/** Errors that belong to no operation in particular: `any` operation may meet them. */
const GENERAL_ERRORS: ErrorName[] = [
	'gateway.appid',
	'gateway.unauthorized',
	'gateway.credentials',
	'gateway.403',
	'gateway.route',
	'older.8',
	'older.62',
	'older.109',
	'older.432',
	'older.433',
	'older.1001',
	'older.1003',
];

/** The documented errors of each operation. */
const OWN_ERRORS: Record<OperationName, ErrorName[]> = {
	acquire: [
		'acquire.2',
		'acquire.400',
		'acquire.401',
		'acquire.405',
		'acquire.406',
		'acquire.500',
		'acquire.501',
		'acquire.504',
	],
	start: [
		'start.7',
		'start.65',
		'start.65',
		'start.2',
		'start.53',
		'start.502',
		'start.62',
		'start.15',
	],
	query: ['query.65', 'query.2', 'query.404', 'query.404', 'query.62'],
	update: ['update.65', 'update.2', 'update.404', 'update.62'],
	updateLayout: ['updateLayout.65', 'updateLayout.2', 'updateLayout.404', 'updateLayout.62'],
	stop: [
		'stop.65',
		'stop.65',
		'stop.2',
		'stop.404',
		'stop.404',
		'stop.62',
		'stop.435',
		'stop.49',
		'older.50',
		'older.501',
	],
};

/** Errors after which the request may have had its effect all the same; after the others it has not. */
const OPEN_ERRORS: ErrorName[] = [
	...(['start.65', 'start.62', 'start.15', 'acquire.500', 'acquire.504'] as const),
	...(['query.65', 'query.62', 'update.65', 'update.62'] as const),
	...(['updateLayout.65', 'updateLayout.62', 'stop.65', 'stop.62'] as const),
];
/** Errors that say that a recording is over, or runs: it is so, for Agora does not lie. */
export const TRUE_OF_ITSELF: readonly ErrorName[] = [
	'start.7',
	'stop.435',
	'stop.49',
	'older.50',
	'older.501',
];

/** JSON that claims nothing, or something else, whatever its status. */
const WRONG_JSON = fc.oneof(
	fc.record({
		status: fc.constant(200),
		body: fc.constantFrom<object>(
			{},
			{ status: 'ok' },
			{ code: 500, reason: 'internal_error' },
			{ code: 404, reason: 'failed to find worker' },
			{ sid: '', resourceId: '' },
		),
	}),
	fc.record({
		status: fc.constantFrom(308, 408, 409, 499, 503),
		body: fc.constantFrom<object>(
			{},
			{ message: 'Service Unavailable' },
			{ code: 500, reason: 'busy' },
		),
	}),
);

/** Faults after which nobody can know whether the request had its effect. */
const lost: fc.Arbitrary<Trouble> = fc.oneof(
	fc.record({ kind: fc.constantFrom('reset', 'hang', 'truncatedJson', 'emptyBody'), effect }),
	fc.record({ kind: fc.constant('html'), status: fc.constantFrom(502, 503, 200, 404), effect }),
	fc
		.record({ wrong: WRONG_JSON, effect })
		.map(({ wrong, effect: had }) => ({ kind: 'answer', ...wrong, effect: had }) as const),
	fc.record({ kind: fc.constant('redirect'), status: fc.constantFrom(302, 307, 308), effect }),
);

/** What was refused on the way: nothing of it can have happened. */
const turnedAway: fc.Arbitrary<Trouble> = fc.oneof(
	fc.record({
		kind: fc.constant('html'),
		status: fc.constantFrom(403, 413),
		effect: fc.constant(false),
	}),
	fc.record({
		kind: fc.constant('answer'),
		status: fc.constant(413),
		body: fc.constantFrom<object>({}, { message: 'Payload Too Large' }),
		effect: fc.constant(false),
	}),
	fc.record({
		kind: fc.constant('echo'),
		status: fc.constantFrom(400, 401),
		effect: fc.constant(false),
	}),
	fc.record({
		kind: fc.constant('huge'),
		status: fc.constantFrom(400, 403),
		effect: fc.constant(false),
	}),
);

/** Faults that are about texts, the way there, and somebody else's answers. */
const odd: fc.Arbitrary<Trouble> = fc.oneof(
	fc.record({ kind: fc.constant('otherRecording'), effect }),
	fc.record({ kind: fc.constant('echo'), status: fc.constantFrom(200, 500, 502), effect }),
	fc.record({ kind: fc.constant('huge'), status: fc.constantFrom(200, 500), effect }),
	fc.record({
		kind: fc.constant('hostRefuses'),
		how: fc.constantFrom('policy', 'policy', 'policy', 'address'),
	}),
	fc.record({
		kind: fc.constant('network'),
		code: fc.constantFrom('ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN'),
	}),
	fc.record({ kind: fc.constant('slow'), ms: fc.constantFrom(2_000, 9_000, 25_000) }),
	fc.record({
		kind: fc.constant('rateLimited'),
		retryAfter: fc.option(fc.constantFrom(2, 20), { nil: undefined }),
	}),
	fc.record({ kind: fc.constant('failover'), ms: fc.constantFrom(8_000, 40_000, 90_000) }),
);

export const troubleOf = (on: OperationName): fc.Arbitrary<Trouble> => {
	const error = fc
		.record({
			error: fc.oneof(
				{ weight: 3, arbitrary: fc.constantFrom(...OWN_ERRORS[on]) },
				{ weight: 1, arbitrary: fc.constantFrom(...GENERAL_ERRORS) },
			),
			effect,
		})
		.map(({ error: name, effect: had }): Trouble => ({
			kind: 'error',
			error: name,
			effect: TRUE_OF_ITSELF.includes(name) || (OPEN_ERRORS.includes(name) && had),
		}));
	const emptySid = fc
		.record({ status: fc.constantFrom<200 | 500>(200, 500), effect })
		.map((given): Trouble => ({ kind: 'emptySid', ...given }));
	return fc.oneof(
		{ weight: 4, arbitrary: error },
		{ weight: 5, arbitrary: lost },
		{ weight: 4, arbitrary: odd },
		{ weight: 1, arbitrary: turnedAway },
		{
			weight: { stop: 5, query: 2 }[on as string] ?? 0,
			arbitrary: fc.constant<Trouble>({ kind: 'foreignFiles' }),
		},
		{ weight: on === 'start' ? 1 : 0, arbitrary: emptySid },
	);
};

/** What a question about a channel may meet (channel-management.md section 6). */
export const questionTrouble: fc.Arbitrary<QuestionFault['trouble']> = fc.oneof(
	fc.record({
		kind: fc.constant('error'),
		error: fc.constantFrom<ErrorName>(
			...(['channels.400', 'channels.401', 'channels.403', 'channels.404'] as const),
			...(['channels.415', 'channels.429', 'channels.500'] as const),
		),
		effect: fc.constant(false),
	}),
	fc.record({
		kind: fc.constant('answer'),
		status: fc.constant(200),
		body: fc.constantFrom<object>(
			{},
			{ success: false },
			{ success: true, data: {} },
			{ success: true, data: { channel_exist: true, mode: 1, users: ['alice'] } },
		),
		effect: fc.constant(false),
	}),
	fc.record({
		kind: fc.constantFrom('reset', 'hang', 'truncatedJson'),
		effect: fc.constant(false),
	}),
	fc.record({ kind: fc.constant('html'), status: fc.constant(502), effect: fc.constant(false) }),
	fc.record({ kind: fc.constant('slow'), ms: fc.constantFrom(1_500, 2_500) }),
	fc.record({
		kind: fc.constant('network'),
		code: fc.constantFrom('ENOTFOUND', 'ECONNREFUSED', 'EAI_AGAIN'),
	}),
);
