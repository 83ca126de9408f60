import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CHANNEL_PROFILES } from './channels.mts';
import type { Control } from './control.mts';
import { faultSchema } from './faults.mts';
import { settingsSchema } from './settings.mts';

/** Where the control API lives, apart from Agora's paths. */
export const CONTROL_PREFIX = '/__simulator';

const clockChange = z
	.object({
		speed: z.number().nonnegative().optional(),
		advanceMs: z.number().nonnegative().optional(),
		now: z.number().nonnegative().optional(),
	})
	.strict();
const channel = z
	.object({
		uids: z.array(z.string()).nullable().optional(),
		audience: z.array(z.string()).optional(),
		profile: z.enum(CHANNEL_PROFILES).nullable().optional(),
	})
	.strict()
	.refine((said) => Object.values(said).some((value) => value !== undefined));
const moment = z.object({ at: z.coerce.number().optional() }).strict();
const kill = z.object({ abnormal: z.boolean().optional() }).strict();
const failover = z.object({ ms: z.number().positive() }).strict();
const settingsChange = settingsSchema
	.extend({
		pcw: settingsSchema.shape.pcw.removeDefault().partial(),
		firstFileMs: settingsSchema.shape.firstFileMs.removeDefault().partial(),
		channelLists: settingsSchema.shape.channelLists.removeDefault().partial(),
	})
	.partial();

/** The JSON of a request; nothing counts as `{}`. */
export function jsonOf({ body }: FastifyRequest): unknown {
	if (!Buffer.isBuffer(body) || body.length === 0) return {};
	return JSON.parse(body.toString('utf8'));
}

type WithSid = { Params: { sid: string } };
type WithId = { Params: { id: string } };
type WithCname = { Params: { cname: string } };

/**
 * The control API over HTTP: `Control`'s functions for other processes. No authentication, because the
 * server listens to this machine only. Wrong input answers 400 `{"error": …}`, an unknown sid 404; errors
 * whose message begins with "No " are about something that does not exist.
 */
export function controlRoutes(server: FastifyInstance, control: Control): void {
	server.setErrorHandler((error: Error, _request, reply) => {
		const wrong = error instanceof z.ZodError || error instanceof SyntaxError;
		const status = wrong ? 400 : error.message.startsWith('No ') ? 404 : 500;
		return reply.code(status).send({ error: error.message });
	});
	server.all('/*', (_request, reply) => reply.code(404).send({ error: 'no such control' }));
	server.get('/recordings', () => control.recordings());
	server.get('/living', ({ query }) => control.living(moment.parse(query).at));
	server.get<WithSid>('/recordings/:sid', ({ params }) => control.recording(params.sid));
	server.post<WithSid>('/recordings/:sid/kill', (request) => {
		control.kill(request.params.sid, kill.parse(jsonOf(request)));
		return control.recording(request.params.sid);
	});
	server.post<WithSid>('/recordings/:sid/failover', (request) => {
		control.failover(request.params.sid, failover.parse(jsonOf(request)).ms);
		return control.recording(request.params.sid);
	});
	server.get('/resources', () => control.resources());

	server.get('/requests', () => control.requests());
	server.delete('/requests', () => {
		control.clearRequests();
		return {};
	});

	server.get('/faults', () => control.faults());
	server.post('/faults', (request) => ({
		id: control.addFault(faultSchema.parse(jsonOf(request))),
	}));
	server.delete('/faults', () => {
		control.clearFaults();
		return {};
	});
	server.delete<WithId>('/faults/:id', ({ params }) => {
		control.clearFaults(Number(params.id));
		return {};
	});

	server.get('/clock', () => control.clock());
	server.post('/clock', (request) => {
		const { now, speed, advanceMs } = clockChange.parse(jsonOf(request));
		if (now !== undefined) control.setTime(now);
		if (speed !== undefined) control.setSpeed(speed);
		if (advanceMs !== undefined) control.advance(advanceMs);
		return control.clock();
	});

	server.get('/channels', () => control.channels());
	server.put<WithCname>('/channels/:cname', (request) => {
		const { cname } = request.params;
		const { uids, audience, profile } = channel.parse(jsonOf(request));
		if (uids !== undefined) control.setPublishers(cname, uids);
		if (audience !== undefined) control.setAudience(cname, audience);
		if (profile !== undefined) control.setProfile(cname, profile);
		return control.channels();
	});

	server.get('/config', () => control.settings());
	server.post('/config', (request) => control.configure(settingsChange.parse(jsonOf(request))));
	server.post('/reset', () => {
		control.reset();
		return {};
	});
}
