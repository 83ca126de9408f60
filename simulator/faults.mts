import { z } from 'zod';
import { ERRORS } from './errors.mts';
import type { ErrorName } from './errors.mts';
import { CHANNEL_OPERATIONS } from './routes.mts';
import type { Operation } from './routes.mts';
import { Script } from './scripted.mts';
import type { Scripted } from './scripted.mts';

const OPERATION_NAMES = [
	'acquire',
	'start',
	'update',
	'updateLayout',
	'query',
	'stop',
	'ncsIp',
	...CHANNEL_OPERATIONS,
] as const satisfies readonly Operation[];

const errorName = z.custom<ErrorName>((name) => typeof name === 'string' && ERRORS.has(name), {
	message: 'no documented error has that name',
});
const headers = z.record(z.string()).optional();
const anyStatus = z.number().int().min(200).max(599);

/** Whether the request is carried out before its answer goes wrong. */
const effect = (byDefault: boolean) => z.boolean().default(byDefault);

/** What goes wrong. `ms` is real time, except in a failover. */
const fault = z.discriminatedUnion('kind', [
	/** Any answer: JSON, or text as it is. */
	z
		.object({
			kind: z.literal('answer'),
			status: anyStatus,
			body: z.unknown(),
			headers,
			effect: effect(false),
		})
		.strict(),
	/** A documented error by name, such as `start.65` or `gateway.rate` (errors.mts). */
	z.object({ kind: z.literal('error'), error: errorName, headers, effect: effect(false) }).strict(),
	/** 429, with the seconds to wait. */
	z
		.object({
			kind: z.literal('rateLimited'),
			retryAfter: z.number().nonnegative().optional(),
			effect: effect(false),
		})
		.strict(),
	/** The connection is cut: before the request took effect, or after. */
	z.object({ kind: z.literal('reset'), effect: z.boolean() }).strict(),
	/** The answer comes late. */
	z
		.object({
			kind: z.literal('slow'),
			ms: z.number().nonnegative(),
			effect: z.literal(true).default(true),
		})
		.strict(),
	/** No answer ever comes. */
	z.object({ kind: z.literal('hang'), effect: effect(false) }).strict(),
	/** A proxy's error page. */
	z
		.object({
			kind: z.literal('html'),
			status: anyStatus.default(502),
			effect: effect(false),
		})
		.strict(),
	/** The answer repeats the request, credentials and body included: as JSON's member, or as a page. */
	z
		.object({
			kind: z.literal('echo'),
			status: anyStatus.default(502),
			as: z.enum(['reason', 'message', 'text', 'html']).default('reason'),
			effect: effect(false),
		})
		.strict(),
	/** A `reason` of that many bytes. */
	z
		.object({
			kind: z.literal('huge'),
			bytes: z.number().int().positive().default(10_000_000),
			status: anyStatus.default(502),
			effect: effect(false),
		})
		.strict(),
	/** The right answer, but about another recording: of its sid, resource ID or both. */
	z
		.object({
			kind: z.literal('otherRecording'),
			differs: z.enum(['sid', 'resourceId', 'both']).default('both'),
			effect: effect(true),
		})
		.strict(),
	/** The right status and an empty body. */
	z.object({ kind: z.literal('emptyBody'), effect: effect(true) }).strict(),
	/** The right answer, cut in the middle. */
	z.object({ kind: z.literal('truncatedJson'), effect: effect(true) }).strict(),
	/** A start without sid: 500 and code 15 (errors.md 1), or a 200 that hides it. */
	z
		.object({
			kind: z.literal('emptySid'),
			status: z.union([z.literal(200), z.literal(500)]).default(500),
			effect: effect(false),
		})
		.strict(),
	/** The recording lives on, but everything asked of it answers 404 for `ms` virtual ms. */
	z
		.object({
			kind: z.literal('failover'),
			ms: z.number().positive(),
			effect: z.literal(true).default(true),
		})
		.strict(),
]);

/** A fault to be met by requests that match. */
export const faultSchema = z
	.object({
		/** Which requests; what is left out matches all. */
		match: z
			.object({
				operation: z
					.union([z.enum(OPERATION_NAMES), z.array(z.enum(OPERATION_NAMES)).min(1)])
					.optional(),
				appId: z.string().optional(),
				cname: z.string().optional(),
				uid: z.string().optional(),
			})
			.strict()
			.default({}),
		/** The first matching request that is hit, counted from 1. */
		nth: z.number().int().positive().default(1),
		/** How many matching requests are hit in a row; null = all from then on. */
		times: z.number().int().positive().nullable().default(1),
		fault,
	})
	.strict();

export type FaultInput = z.input<typeof faultSchema>;
export type FaultRule = z.output<typeof faultSchema>;
export type FaultKind = FaultRule['fault'];

/** What a request is, as far as faults ask. */
export interface FaultSubject {
	operation: Operation;
	appId?: string;
	cname?: string;
	uid?: string;
}

/** A fault that was added, and how far it has got. */
export type ScriptedFault = Scripted<FaultRule>;

function matches({ match }: FaultRule, subject: FaultSubject): boolean {
	const { operation, appId, cname, uid } = match;
	const operations = operation === undefined ? undefined : [operation].flat();
	return (
		(operations === undefined || operations.includes(subject.operation)) &&
		(appId === undefined || appId === subject.appId) &&
		(cname === undefined || cname === subject.cname) &&
		(uid === undefined || uid === subject.uid)
	);
}

/** The faults in force; the first that hits wins. */
export class Faults extends Script<FaultInput, FaultRule, FaultSubject> {
	constructor() {
		super(faultSchema, matches);
	}
}
