import fc from 'fast-check';

/** How a notice is sent: as it was, under another ID (redundant mode), or by somebody else. */
export const SENDERS = ['agora', 'redundant', 'wrongSecret', 'unsigned', 'altered'] as const;
export type Sender = (typeof SENDERS)[number];

/** A request. Times are milliseconds. */
export interface Delivery {
	/** Which notice. */
	notice: number;
	sender: Sender;
	/** Since the life began. */
	at: number;
	/** How long after that the sender hangs up, unless it has an answer. */
	patience: number;
}

/** How n8n's database does when an execution is to be stored. */
export interface Storing {
	ends: 'stored' | 'fails' | 'never';
	takes: number;
	/** From then until n8n answers. */
	answersAfter: number;
}

/** What happens to a trigger; all that is not said goes well and at once. */
export interface Life {
	/** By number: whether the trigger's filters want it. */
	notices: boolean[];
	deliveries: Delivery[];
	/** In the order in which executions are to be stored. */
	database: Storing[];
	/** Whether the credential can be read, in the order of looks at it. */
	credential: boolean[];
	/** When the process is killed and another one begins, since the life began. */
	restarts: number[];
}

const NOTICES = 3;
/** Agora waits ten seconds for an answer. */
const LONGEST_PATIENCE = 10_000;
/** The trigger holds a claim for two minutes; a database that takes longer is not what is tested. */
const LONGEST_STORING = 90_000;
const LONGEST_LIFE = 300_000;

/** Short ones most, because things meet there. */
const upTo = (most: number) =>
	fc.oneof(
		{ weight: 4, arbitrary: fc.nat({ max: 300 }) },
		{ weight: 4, arbitrary: fc.nat({ max: Math.min(most, 12_000) }) },
		{ weight: 1, arbitrary: fc.nat({ max: most }) },
	);

const delivery: fc.Arbitrary<Delivery> = fc.record({
	notice: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: NOTICES - 1 })),
	sender: fc.oneof(
		{ weight: 5, arbitrary: fc.constant<Sender>('agora') },
		fc.constantFrom(...SENDERS),
	),
	at: upTo(LONGEST_LIFE),
	patience: fc.oneof(fc.constant(LONGEST_PATIENCE), upTo(LONGEST_PATIENCE)),
});

const storing: fc.Arbitrary<Storing> = fc.record({
	ends: fc.oneof(
		{ weight: 3, arbitrary: fc.constant('stored' as const) },
		{ weight: 3, arbitrary: fc.constant('fails' as const) },
		{ weight: 1, arbitrary: fc.constant('never' as const) },
	),
	takes: upTo(LONGEST_STORING),
	answersAfter: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 5_000 })),
});

export const lives: fc.Arbitrary<Life> = fc.record({
	notices: fc.tuple(fc.constant(true), ...Array.from({ length: NOTICES - 1 }, () => fc.boolean())),
	deliveries: fc.array(delivery, { minLength: 1, maxLength: 8 }),
	database: fc.array(storing, { maxLength: 6 }),
	credential: fc.oneof(
		{ weight: 4, arbitrary: fc.constant<boolean[]>([]) },
		fc.array(fc.boolean(), { maxLength: 3 }),
	),
	restarts: fc.oneof(
		{ weight: 3, arbitrary: fc.constant<number[]>([]) },
		fc.array(upTo(LONGEST_LIFE), { maxLength: 2 }),
	),
});
