import fc from 'fast-check';
import type { StorageFaultInput } from '../../simulator/index.mts';
import { SECRETS } from './account.mts';
import type { StorageFault, StorageSetting, StorageTrouble } from './life.mts';
import { HUGE_PIECE } from './wrongAnswers.mts';

/** The bucket of a life, and what its requests meet: drawn by chance, and how the simulator says it. */

const trouble: fc.Arbitrary<StorageTrouble> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc
			.constantFrom(
				...(['AccessDenied', 'AccessDenied', 'NoSuchKey', 'NoSuchBucket'] as const),
				...(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken'] as const),
				'RequestTimeTooSkewed' as const,
			)
			.map((code): StorageTrouble => ({ kind: 'error', code })),
	},
	{
		weight: 3,
		arbitrary: fc.constantFrom<StorageTrouble>(
			{ kind: 'wrongRegion', region: 'eu-west-1' },
			{ kind: 'redirect', status: 301 },
			{ kind: 'redirect', status: 307 },
		),
	},
	{
		weight: 3,
		arbitrary: fc.constantFrom<StorageTrouble>(
			{ kind: 'busy' },
			{ kind: 'answer', status: 500, body: '' },
			{ kind: 'answer', status: 418, body: 'tea' },
			{ kind: 'answer', status: 200, body: "somebody else's object" },
			{ kind: 'answer', status: 416, body: '' },
			{ kind: 'html', status: 200 },
			{ kind: 'html', status: 403 },
		),
	},
	{
		weight: 4,
		arbitrary: fc.constantFrom<StorageTrouble>(
			{ kind: 'reset' },
			{ kind: 'reset', afterBytes: 1 },
			{ kind: 'hang' },
			{ kind: 'stall' },
			{ kind: 'slow', ms: 2_000 },
			{ kind: 'slow', ms: 12_000 },
			{ kind: 'network', code: 'ENOTFOUND' },
			{ kind: 'network', code: 'ECONNREFUSED' },
			{ kind: 'hostRefuses' },
		),
	},
	{
		weight: 3,
		arbitrary: fc.constantFrom<StorageTrouble>(
			{ kind: 'skewedDate', ms: 3_600_000 },
			{ kind: 'vanish', key: 'mp4' },
			{ kind: 'vanish', key: '.ts' },
			{ kind: 'vanish', key: '' },
			{ kind: 'ignoreRange' },
		),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constantFrom('echo', 'huge'),
			status: fc.constantFrom(400, 403, 500),
		}),
	},
);

const ofLists = fc.constantFrom<StorageTrouble>({ kind: 'endlessList' }, { kind: 'repeatedToken' });

const faultOn = (
	on: StorageFault['on'],
	troubles: fc.Arbitrary<StorageTrouble>,
): fc.Arbitrary<StorageFault> =>
	fc.record({
		on: fc.constant(on),
		nth: fc.oneof(
			{ weight: 3, arbitrary: fc.constant(1) },
			{ weight: 2, arbitrary: fc.integer({ min: 2, max: 9 }) },
		),
		times: fc.constantFrom(1, 1, 2, 4, 999),
		trouble: troubles,
	});

const fault = fc.oneof(
	{ weight: 8, arbitrary: faultOn('get', trouble) },
	{ weight: 4, arbitrary: faultOn('list', trouble) },
	{ weight: 2, arbitrary: faultOn('list', ofLists) },
);

export const storageSetting: fc.Arbitrary<StorageSetting> = fc.record({
	keys: fc.constantFrom('own', 'own', 'own', 'one', 'one', 'one', 'writeOnly', 'noList', 'noRead'),
	folder: fc.constantFrom('', 'lessons/math'),
	mp4DelayMs: fc.constantFrom(0, 0, 0, 20_000, 200_000),
	backup: fc.constantFrom(false, false, false, true),
	forged: fc.constantFrom(false, false, false, false, true),
	faults: fc.oneof(
		{ weight: 1, arbitrary: fc.constant<StorageFault[]>([]) },
		{ weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 3 }) },
	),
});

/** Much for who wanted one byte, and soon sent. */
const WITHOUT_RANGE = 200_000;
const HUGE = HUGE_PIECE.repeat(5_000);

const asError = (status: number, message: string): StorageFaultInput['fault'] => ({
	kind: 'answer',
	status,
	body: `<?xml version="1.0"?><Error><Code>Strange</Code><Message>${message.replaceAll('&', '&amp;')}</Message></Error>`,
});

/** The simulator's part of a fault; undefined where it answers as it should, or is not asked. */
export function storageFaultOf(
	met: StorageTrouble,
	url: string,
): StorageFaultInput['fault'] | undefined {
	switch (met.kind) {
		case 'hang':
		case 'stall':
		case 'slow':
		case 'network':
		case 'hostRefuses':
		case 'endlessList':
			return undefined;
		case 'busy':
			return { kind: 'slowDown' };
		case 'redirect':
			return { kind: 'redirect', endpoint: '127.0.0.1:9', status: met.status };
		case 'ignoreRange':
			return { kind: 'ignoreRange', bytes: WITHOUT_RANGE };
		case 'echo': {
			const { storageSecretKey, readSecretKey } = SECRETS;
			return asError(met.status, `could not pass on ${url} ${storageSecretKey} ${readSecretKey}`);
		}
		case 'huge':
			return asError(met.status, HUGE);
		default:
			return met;
	}
}
