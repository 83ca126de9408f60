import fc from 'fast-check';
import type { ErrorName } from '../../simulator/index.mts';

/**
 * A life: what a builder made of the node, and all that happens to it. Plain data, so that it can be
 * printed, shrunk, and kept as an example.
 */
export interface Life {
	mode: Mode;
	items: LifeItem[];
	start: StartForm;
	node: NodeSettings;
	/** What the workflow does after the first start, in order. */
	steps: Step[];
	/** Whether the Agora project has a certificate, so that tokens count. */
	certificate: boolean;
	/** What is wrong with the credential; undefined for nothing. */
	credentialTrouble?: CredentialTrouble;
	/** Channels in which nobody is. */
	empty: number[];
	faults: Fault[];
	happenings: Happening[];
	/** Virtual milliseconds of every request, there and back. */
	latencyMs: number;
	/** Whether Agora answers in its older spelling: numbers and booleans as text. */
	olderSpelling: boolean;
}

export type Mode = 'mix' | 'individual' | 'web';

/** An item that comes in. */
export interface LifeItem {
	/** Index into {@link CHANNELS}. */
	channel: number;
	/** Recorder UID that the user chose; '' lets the node choose. */
	uid: string;
	/** The item's *Additional Request Fields (JSON)*. */
	extra: Extra;
}

/** `broken` is no JSON and holds a secret, `colliding` names a field that it must not, with a secret beside. */
export type Extra = 'none' | 'broken' | 'colliding';

export interface StartForm {
	/** Whether an Acquire node before it gets the resource ID. */
	acquiredBefore: boolean;
	verify: boolean;
	ifNotConfirmed: 'error' | 'return' | 'stop';
	/** Seconds; undefined for the default. */
	verifyPatience?: number;
	/** Seconds; undefined for the default. Channels only. */
	maxIdleTime?: number;
	simplify: boolean;
	/** Web page mode: whether it pushes to a CDN address with a stream key in it. */
	push: boolean;
}

export interface NodeSettings {
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** n8n's Retry On Fail; 1 for off. */
	tries: number;
	/** Whether an agent runs Start as its tool (one item, nothing after it). */
	tool: boolean;
}

export type Step =
	| { do: 'wait'; seconds: number }
	| { do: 'query'; patience?: number }
	| { do: 'update' }
	| { do: 'updateLayout' }
	| { do: 'stop'; async: boolean; patience?: number }
	/** The execution goes on in a process whose memory is empty, as after a long Wait. */
	| { do: 'restart' }
	/** Back to the first start, once. */
	| { do: 'again' };

export type CredentialTrouble = 'appId' | 'certificate' | 'baseUrl' | 'rate' | 'missing';

/** The operations of Agora that faults can be met at. */
export const OPERATIONS = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'] as const;
export type OperationName = (typeof OPERATIONS)[number];

export interface Fault {
	/** The request that meets it: the nth of that operation in this life, and those after it. */
	on: OperationName;
	nth: number;
	times: number;
	trouble: Trouble;
}

/** `effect`: whether the request is carried out although its answer goes wrong. */
export type Trouble =
	| { kind: 'error'; error: ErrorName; effect: boolean }
	/** JSON that is not what was asked for. */
	| { kind: 'answer'; status: number; body: object; effect: boolean }
	| { kind: 'rateLimited'; retryAfter?: number }
	| { kind: 'reset' | 'hang' | 'truncatedJson' | 'emptyBody'; effect: boolean }
	| { kind: 'slow'; ms: number }
	| { kind: 'html'; status: number; effect: boolean }
	| { kind: 'emptySid'; status: 200 | 500; effect: boolean }
	/** The recording moves to another server: 404 for so many milliseconds. */
	| { kind: 'failover'; ms: number }
	/** n8n's own HTTP helper lets nothing out. */
	| { kind: 'hostRefuses'; how: 'policy' | 'address' }
	/** Nothing leaves: no address, no connection. */
	| { kind: 'network'; code: 'ENOTFOUND' | 'ECONNREFUSED' | 'EAI_AGAIN' }
	/** What Agora would answer about a recording of somebody else. */
	| { kind: 'otherRecording'; effect: boolean }
	/** A server that repeats the request, secrets and all. */
	| { kind: 'echo'; status: number; effect: boolean }
	/** A text far too long, in the place of Agora's words. */
	| { kind: 'huge'; status: number; effect: boolean }
	| { kind: 'redirect'; status: number; effect: boolean };

/** When something happens: virtual time since the beginning, or a moment of the nth request of all. */
export type Moment =
	{ after: number } | { request: number; point: 'sent' | 'carriedOut' | 'answered' };

/** What happens beside the workflow. */
export type Happening = { when: Moment } & (
	| { what: 'cancel' }
	/** n8n is killed: nothing of it goes on. */
	| { what: 'kill' }
	| { what: 'dies'; channel: number; abnormal: boolean }
	| { what: 'failover'; channel: number; ms: number }
	| { what: 'empties' | 'fills'; channel: number }
	/** The same workflow is executed once more beside it. */
	| { what: 'other'; process: 'same' | 'another' }
);

/** Names of channels; one has what HTML would eat. */
export const CHANNELS = ['class-7', 'a<b>c', 'room 9', 'lesson_11'] as const;

const mode = fc.constantFrom<Mode>('mix', 'mix', 'mix', 'individual', 'web');

const item: fc.Arbitrary<LifeItem> = fc.record({
	channel: fc.nat(CHANNELS.length - 1),
	uid: fc.oneof(
		{ weight: 3, arbitrary: fc.constant('') },
		{ weight: 1, arbitrary: fc.constantFrom('527841', '527842') },
	),
	extra: fc.oneof(
		{ weight: 40, arbitrary: fc.constant<Extra>('none') },
		{ weight: 1, arbitrary: fc.constantFrom<Extra>('broken', 'colliding') },
	),
});

const sometimes = <T,>(weight: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
	fc.oneof({ weight: 10, arbitrary: fc.constant(undefined) }, { weight, arbitrary });

const rarely = (weight: number): fc.Arbitrary<boolean> =>
	fc.oneof({ weight: 10, arbitrary: fc.constant(false) }, { weight, arbitrary: fc.constant(true) });

const start: fc.Arbitrary<StartForm> = fc.record({
	acquiredBefore: rarely(1),
	verify: fc.oneof(
		{ weight: 3, arbitrary: fc.constant(true) },
		{ weight: 1, arbitrary: fc.constant(false) },
	),
	ifNotConfirmed: fc.constantFrom('error', 'error', 'return', 'stop'),
	verifyPatience: sometimes(4, fc.constantFrom(5, 20, 45)),
	maxIdleTime: sometimes(4, fc.constantFrom(5, 12, 30)),
	simplify: fc.oneof(
		{ weight: 3, arbitrary: fc.constant(true) },
		{ weight: 1, arbitrary: fc.constant(false) },
	),
	push: fc.boolean(),
});

const settings: fc.Arbitrary<NodeSettings> = fc.record({
	onError: fc.constantFrom(
		'stopWorkflow',
		'stopWorkflow',
		'continueRegularOutput',
		'continueErrorOutput',
	),
	tries: fc.oneof(
		{ weight: 2, arbitrary: fc.constant(1) },
		{ weight: 1, arbitrary: fc.constantFrom(2, 3) },
	),
	tool: rarely(4),
});

const patience = sometimes(5, fc.constantFrom(0, 5, 90));
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), seconds: fc.constantFrom(5, 60) }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('query'), patience }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('update') }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('updateLayout') }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('stop'), async: fc.boolean(), patience }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('again') }) },
);

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

const troubleOf = (on: OperationName): fc.Arbitrary<Trouble> => {
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
		{ weight: on === 'start' ? 1 : 0, arbitrary: emptySid },
	);
};

const fault: fc.Arbitrary<Fault> = fc.oneof(
	...(
		[
			[1, 'acquire'],
			[4, 'start'],
			[2, 'query'],
			[1, 'update'],
			[1, 'updateLayout'],
			[4, 'stop'],
		] as const
	).map(([weight, on]) => ({
		weight,
		arbitrary: fc.record({
			on: fc.constant<OperationName>(on),
			nth: fc.oneof(
				{ weight: 3, arbitrary: fc.constant(1) },
				{ weight: 1, arbitrary: fc.integer({ min: 2, max: 5 }) },
			),
			times: fc.oneof(
				{ weight: 3, arbitrary: fc.constant(1) },
				{ weight: 2, arbitrary: fc.constantFrom(2, 4, 99) },
			),
			trouble: troubleOf(on),
		}),
	})),
);

const channel = fc.nat(CHANNELS.length - 1);
const moment: fc.Arbitrary<Moment> = fc.oneof(
	fc.record({
		request: fc.integer({ min: 1, max: 14 }),
		point: fc.constantFrom('sent', 'carriedOut', 'answered'),
	}),
	fc.record({
		after: fc.oneof(fc.integer({ min: 0, max: 15_000 }), fc.integer({ min: 15_000, max: 120_000 })),
	}),
);

const happening: fc.Arbitrary<Happening> = fc
	.record({
		when: moment,
		it: fc.oneof(
			{ weight: 5, arbitrary: fc.record({ what: fc.constant('cancel') }) },
			{ weight: 1, arbitrary: fc.record({ what: fc.constant('kill') }) },
			{
				weight: 2,
				arbitrary: fc.record({ what: fc.constant('dies'), channel, abnormal: fc.boolean() }),
			},
			{
				weight: 2,
				arbitrary: fc.record({
					what: fc.constant('failover'),
					channel,
					ms: fc.constantFrom(8_000, 40_000, 90_000),
				}),
			},
			{ weight: 2, arbitrary: fc.record({ what: fc.constantFrom('empties', 'fills'), channel }) },
			{
				weight: 1,
				arbitrary: fc.record({
					what: fc.constant('other'),
					process: fc.constantFrom('same', 'another'),
				}),
			},
		),
	})
	.map(({ when, it }) => ({ when, ...it }));

/** Any life. */
export const lives: fc.Arbitrary<Life> = fc.record({
	mode,
	items: fc.oneof(
		{ weight: 3, arbitrary: fc.array(item, { minLength: 1, maxLength: 1 }) },
		{ weight: 2, arbitrary: fc.array(item, { minLength: 2, maxLength: 4 }) },
	),
	start,
	node: settings,
	steps: fc.oneof(
		{ weight: 3, arbitrary: fc.array(step, { maxLength: 4 }) },
		{
			weight: 3,
			arbitrary: fc
				.tuple(
					fc.array(step, { maxLength: 2 }),
					fc.record({ do: fc.constant('stop'), async: fc.boolean(), patience }),
				)
				.map(([before, stop]) => [...before, stop] as Step[]),
		},
	),
	certificate: rarely(3),
	credentialTrouble: fc.oneof(
		{ weight: 30, arbitrary: fc.constant(undefined) },
		{
			weight: 1,
			arbitrary: fc.constantFrom<CredentialTrouble>(
				'appId',
				'certificate',
				'baseUrl',
				'rate',
				'missing',
			),
		},
	),
	empty: fc.oneof(
		{ weight: 4, arbitrary: fc.constant<number[]>([]) },
		{ weight: 1, arbitrary: fc.uniqueArray(channel, { minLength: 1 }) },
	),
	faults: fc.oneof(
		{ weight: 1, arbitrary: fc.constant<Fault[]>([]) },
		{ weight: 5, arbitrary: fc.array(fault, { minLength: 1, maxLength: 4 }) },
	),
	happenings: fc.oneof(
		{ weight: 1, arbitrary: fc.constant<Happening[]>([]) },
		{ weight: 1, arbitrary: fc.array(happening, { minLength: 1, maxLength: 3 }) },
	),
	latencyMs: fc.constantFrom(0, 0, 60, 400),
	olderSpelling: rarely(1),
});
