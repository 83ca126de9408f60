import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CHANNEL_PROFILES } from './channels.mts';
import type { ChannelPlan } from './channels.mts';
import { Control } from './control.mts';
import { CONTROL_PREFIX, controlRoutes } from './controlRoutes.mts';
import { documentedError } from './errors.mts';
import type { Delivery } from './faultEffects.mts';
import { Faults } from './faults.mts';
import { Gateway } from './gateway.mts';
import { Notifications } from './notifications/notifications.mts';
import { notificationRoutes } from './notifications/routes.mts';
import type { Notice } from './notifications/sentLog.mts';
import { subscriptionSchema } from './notifications/subscription.mts';
import { RequestLog } from './requestLog.mts';
import type { LogEntry } from './requestLog.mts';
import { asksAboutChannels } from './routes.mts';
import { account, EXAMPLE_ACCOUNT, settingsSchema } from './settings.mts';
import type { Settings } from './settings.mts';
import { State } from './state.mts';
import { storageSchema } from './storage/options.mts';
import { storageRoutes } from './storage/routes.mts';
import { serveStorage } from './storage/serve.mts';
import { Storage } from './storage/storage.mts';

export type { ChannelPlan, ChannelProfile } from './channels.mts';
export type { ClockOptions } from './clock.mts';
export { Control } from './control.mts';
export type { RecordingView, ResourceView } from './control.mts';
export { ERRORS } from './errors.mts';
export type { ErrorName } from './errors.mts';
export type { FaultInput } from './faults.mts';
export type { ChannelUser, UserInput } from './notifications/channelUsers.mts';
export { EVENTS } from './notifications/events.mts';
export type { HealthReport, HealthResult } from './notifications/healthCheck.mts';
export type { Notifications, Webhooks } from './notifications/notifications.mts';
export type { Attempt, Notice } from './notifications/sentLog.mts';
export { signatureHeaders } from './notifications/signature.mts';
export type {
	HealthCheckInput,
	NoticeInput,
	SubscriptionInput,
} from './notifications/subscription.mts';
export type { LogEntry } from './requestLog.mts';
export { EXAMPLE_ACCOUNT } from './settings.mts';
export type { AccountInput, Settings } from './settings.mts';
export type { StorageFaultInput } from './storage/faults.mts';
export type { AccessKeyInput, BucketInput, Media } from './storage/options.mts';
export type { S3LogEntry, Storage } from './storage/storage.mts';
export type { ObjectView } from './storage/store.mts';

const channelPlan: z.ZodType<ChannelPlan> = z.union([
	z.array(z.string()),
	z.array(z.object({ afterMs: z.number(), uids: z.array(z.string()) }).strict()),
]);

/** A function that is told something; what it returns is of no interest. */
const listener = <Subject,>() =>
	z.custom<(subject: Subject) => void>((given) => typeof given === 'function');

const optionsSchema = settingsSchema.extend({
	/** 0 = any free port. */
	port: z.number().int().min(0).max(65_535).default(0),
	accounts: z.array(account).default([EXAMPLE_ACCOUNT]),
	clock: z
		.object({ speed: z.number().nonnegative().optional(), now: z.number().optional() })
		.strict()
		.default({}),
	/** Who publishes in which channel; somebody does in the channels that are not named. */
	channels: z.record(channelPlan).default({}),
	/** In which profile users are in a channel; elsewhere in the recorder's. */
	profiles: z.record(z.enum(CHANNEL_PROFILES)).default({}),
	/** Where notifications go, by product ID: 1 RTC channel events, 3 Cloud Recording. */
	webhooks: z
		.object({ 1: subscriptionSchema.optional(), 3: subscriptionSchema.optional() })
		.strict()
		.default({}),
	/** Is told of every delivery of a notification. */
	onNotice: listener<Notice>().optional(),
	/** Buckets that are served on a port of their own, and that recordings are uploaded to. */
	storage: storageSchema.optional(),
	/** Is told of every request that was answered or given up. */
	onRequest: listener<LogEntry>().optional(),
});

/** How a simulator is started; everything has a default. Settings are described in settings.mts. */
export type SimulatorOptions = z.input<typeof optionsSchema>;

/** A running simulator. */
export interface Simulator {
	/** What to use as base URL, without a slash at the end. */
	url: string;
	port: number;
	control: Control;
	/** Cuts all connections and ends. */
	close(): Promise<void>;
}

async function deliver(delivery: Delivery, entry: LogEntry, log: RequestLog, reply: FastifyReply) {
	if (delivery.kind !== 'answer') {
		reply.hijack();
		if (delivery.kind === 'reset') {
			log.done(entry, null);
			reply.raw.socket?.resetAndDestroy();
		}
		return reply;
	}
	entry.answer = delivery.logged ?? delivery.text ?? delivery.body;
	log.done(entry, delivery.status);
	return reply
		.code(delivery.status)
		.headers({ 'content-type': 'application/json; charset=utf-8', ...delivery.headers })
		.send(delivery.text ?? JSON.stringify(delivery.body) ?? '');
}

/**
 * Starts a simulator of Agora's Cloud Recording REST API on 127.0.0.1.
 * @throws z.ZodError if an option is wrong, Error if the port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port, accounts, clock, webhooks, storage, onRequest, onNotice, ...rest } =
		optionsSchema.parse(options);
	const { channels: plans, profiles, ...given } = rest;
	const settings: Settings = given;
	const state = new State({ accounts, settings, clock, channels: { plans, profiles } });
	const served = storage === undefined ? undefined : new Storage(storage, state);
	state.storage = served;
	const faults = new Faults();
	const log = new RequestLog(() => state.clock.now());
	if (onRequest !== undefined) log.onDone((entry) => onRequest(entry));
	const gateway = new Gateway(state, faults);
	const notifications = new Notifications(state, webhooks);
	if (onNotice !== undefined) notifications.onAttempt((notice) => onNotice(notice));
	const control = new Control(state, faults, log, notifications, served, () => gateway.reset());

	const server = Fastify({
		forceCloseConnections: true,
		genReqId: () => randomUUID(),
		routerOptions: { maxParamLength: 1024 },
		frameworkErrors: (_error, request, reply: FastifyReply) => {
			const { status, message } = documentedError('gateway.route');
			void reply.code(status).header('x-request-id', request.id).send({ message });
		},
	});
	server.addHook('onRequest', (request, reply, done) => {
		reply.header('x-request-id', request.id);
		done();
	});
	// Bodies stay bytes: whether they are JSON is for the gateway to say.
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
		done(null, body),
	);
	const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
		const { method, url, headers } = request;
		const entry = log.begin({
			requestId: request.id,
			method,
			path: url.split('?')[0] ?? '',
		});
		reply.raw.once('close', () => log.done(entry, null));
		const body = Buffer.isBuffer(request.body) ? request.body : undefined;
		const delivery = await gateway.serve({ method, url, headers, body }, entry);
		if (entry.operation !== undefined && asksAboutChannels(entry.operation)) {
			reply.header('x-resource-id', randomUUID());
		}
		return deliver(delivery, entry, log, reply);
	};
	await server.register(
		(scope, _options, done) => {
			controlRoutes(scope, control);
			notificationRoutes(scope, notifications);
			storageRoutes(scope, () => control.storage);
			done();
		},
		{ prefix: CONTROL_PREFIX },
	);
	server.setErrorHandler((error: Error & { statusCode?: number }, request, reply) =>
		// A Content-Type that cannot be read is one of the wrong ones that the gateway refuses.
		error.statusCode === 415
			? serve(request, reply)
			: reply.code(error.statusCode ?? 500).send({ message: error.message }),
	);
	server.all('/*', serve);
	server.setNotFoundHandler(serve);

	const closeStorage =
		served === undefined ? undefined : await serveStorage(served, storage?.port ?? 0);
	const url = await server.listen({ port, host: '127.0.0.1' });
	return {
		url,
		port: Number(new URL(url).port),
		control,
		close: async () => {
			state.clock.clear();
			notifications.close();
			await closeStorage?.();
			await server.close();
		},
	};
}
