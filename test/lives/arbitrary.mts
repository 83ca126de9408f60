import fc from 'fast-check';
import {
	CHANNELS,
	type CredentialTrouble,
	type Extra,
	type Fault,
	type Happening,
	type FileKind,
	type Life,
	type LifeItem,
	type Links,
	type Mode,
	type Moment,
	type NodeSettings,
	type OperationName,
	type QuestionFault,
	type StartForm,
	type Step,
} from './life.mts';
import { storageSetting } from './storageTroubles.mts';
import { questionTrouble, troubleOf } from './troubles.mts';

/** Lives, drawn by chance. */

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
	acquiredBefore: rarely(3),
	verify: fc.oneof(
		{ weight: 3, arbitrary: fc.constant(true) },
		{ weight: 1, arbitrary: fc.constant(false) },
	),
	ifNotConfirmed: fc.constantFrom('error', 'error', 'return', 'stop'),
	ifChannelEmpty: fc.constantFrom('start', 'start', 'skip', 'error'),
	automaticProfile: fc.boolean(),
	verificationTimeout: sometimes(4, fc.constantFrom(5, 20, 45)),
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
const links = sometimes(
	8,
	fc.constantFrom<Links>('none', 'checked', 'checked', 'unchecked', 'download'),
);
const waiting = sometimes(5, fc.constantFrom(0, 30, 90, 300));
const stop = fc.record({
	do: fc.constant('stop' as const),
	async: fc.boolean(),
	patience,
	links,
	wait: waiting,
});
/** What looks into the bucket. */
const files: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('getMany' as const),
			kind: fc.constantFrom<FileKind>('main', 'main', 'mp4', 'playlists', 'slices', 'all'),
			ifMissing: fc.constantFrom('error', 'return'),
			links,
			wait: waiting,
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('getPlaylist' as const),
			ifMissing: fc.constantFrom('error', 'skip'),
			wait: waiting,
		}),
	},
);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), seconds: fc.constantFrom(5, 60) }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('query'), patience, links }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('update') }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('updateLayout') }) },
	{ weight: 4, arbitrary: stop },
	{ weight: 1, arbitrary: files },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('restart') }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('again') }) },
);

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

const question: fc.Arbitrary<QuestionFault> = fc.record({
	nth: fc.integer({ min: 1, max: 4 }),
	times: fc.constantFrom(1, 2, 99),
	trouble: questionTrouble,
});

const channel = fc.nat(CHANNELS.length - 1);
const moment: fc.Arbitrary<Moment> = fc.oneof(
	fc.record({
		stored: fc.integer({ min: 1, max: 10 }),
		point: fc.constantFrom('sent', 'answered'),
	}),
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
			{ weight: 2, arbitrary: fc.record({ what: fc.constantFrom('vanish', 'revoke') }) },
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
				.tuple(fc.array(step, { maxLength: 2 }), stop, fc.array(files, { maxLength: 2 }))
				.map(([before, end, after]): Step[] => [...before, end, ...after]),
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
	questions: fc.oneof(
		{ weight: 2, arbitrary: fc.constant<QuestionFault[]>([]) },
		{ weight: 1, arbitrary: fc.array(question, { minLength: 1, maxLength: 2 }) },
	),
	storage: storageSetting,
	happenings: fc.oneof(
		{ weight: 1, arbitrary: fc.constant<Happening[]>([]) },
		{ weight: 1, arbitrary: fc.array(happening, { minLength: 1, maxLength: 3 }) },
	),
	latencyMs: fc.constantFrom(0, 0, 60, 400),
	olderSpelling: rarely(1),
});
