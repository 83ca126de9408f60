import { setTimeout as sleep } from 'node:timers/promises';
import { Refused } from './errors.mts';
import { failoverOf, spoilt } from './faultEffects.mts';
import type { Delivery, Meeting } from './faultEffects.mts';
import type { Faults, ScriptedFault } from './faults.mts';
import type { Incoming } from './incoming.mts';
import { OPERATIONS } from './operations/index.mts';
import type { Answer, Call, Effect } from './operations/call.mts';
import { RateLimit } from './rateLimit.mts';
import type { Recording } from './recording.mts';
import { refusal } from './refusal.mts';
import type { About } from './refusal.mts';
import { redacted } from './requestLog.mts';
import type { LogEntry } from './requestLog.mts';
import { asksAboutChannels, matchRoute } from './routes.mts';
import type { Operation, Route } from './routes.mts';
import type { Account, App } from './settings.mts';
import type { State } from './state.mts';

/** Stands in for the project of requests that name none. */
const NO_PROJECT: App = { appId: '', enabled: true, overdue: false };

/** `application/json`, with utf-8 as its character set if it names one (field-notes.md 2.12). */
const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?;?$/i;

/** Layout and subscriptions are to be changed one call at a time (rest-api.md 4 and 5). */
const SERIAL: readonly Operation[] = ['update', 'updateLayout'];

/** Authentication, rate limit and routing, in this order; then the service. */
export class Gateway {
	readonly #state: State;
	readonly #faults: Faults;
	readonly #rateLimit = new RateLimit();

	constructor(state: State, faults: Faults) {
		this.#state = state;
		this.#faults = faults;
	}

	/** Forgets how many requests were made. */
	reset(): void {
		this.#rateLimit.clear();
	}

	/** Serves a request and completes its log entry; never throws for what a client does wrong. */
	async serve(incoming: Incoming, entry: LogEntry): Promise<Delivery> {
		const { method, url, headers } = incoming;
		const [path = '', query] = url.split('?');
		const route = matchRoute(method, path);
		const about: About = { ...route };
		Object.assign(entry, route === undefined ? {} : described(route));
		try {
			const account = this.#authenticate(headers.authorization);
			this.#limit(account, route);
			if (route === undefined) throw new Refused('gateway.route');
			const ofChannels = asksAboutChannels(route.operation);
			if (ofChannels) entry.query = query;
			else if (query !== undefined) entry.warnings.push('query string is ignored');
			// Even without a body (channel-management.md 1).
			if (ofChannels && !JSON_TYPE.test(headers['content-type'] ?? '')) {
				throw new Refused('channels.415');
			}
			const app = ofChannels ? this.#channelProject(account, route) : this.#project(account, route);
			const body = method === 'POST' ? jsonBody(incoming, entry) : undefined;
			this.#identify(about, body, entry);
			const warn = (text: string): void => void entry.warnings.push(text);
			const call = {
				state: this.#state,
				app,
				route,
				query: new URLSearchParams(query),
				body,
				warn,
			};
			return await this.#pass(call, { incoming, about, state: this.#state }, entry);
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			return { kind: 'answer', ...refusal(error, about, this.#state.settings) };
		}
	}

	/** errors.md 2: missing header, or wrong customer ID and secret. */
	#authenticate(authorization: string | undefined): Account {
		if (authorization === undefined || authorization === '') {
			throw new Refused('gateway.unauthorized');
		}
		const [, encoded] = /^Basic +(\S+)$/.exec(authorization) ?? [];
		const [, id, secret] =
			/^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? '', 'base64').toString('utf8')) ?? [];
		const account = this.#state.accounts.find(
			({ customerId, customerSecret }) => customerId === id && customerSecret === secret,
		);
		if (account === undefined) throw new Refused('gateway.credentials');
		return account;
	}

	/** By App ID; questions about channels by account, apart from the others (channel-management.md 1). */
	#limit({ customerId }: Account, route: Route | undefined): void {
		const { settings, clock } = this.#state;
		if (settings.requestsPerSecond === null) return;
		const ofChannels = route !== undefined && asksAboutChannels(route.operation);
		const { requestsPerSecond } = ofChannels ? settings.channelLists : settings;
		if (requestsPerSecond === null) return;
		const key = ofChannels ? `channels of ${customerId}` : (route?.appId ?? customerId);
		const now = settings.rateClock === 'virtual' ? clock.now() : performance.now();
		if (!this.#rateLimit.allows(key, requestsPerSecond, now)) {
			throw new Refused(ofChannels ? 'channels.429' : 'gateway.rate');
		}
	}

	/** errors.md 2. Acquire has an error of its own for a project without the service. */
	#project(account: Account, { appId, operation }: Route): App {
		if (appId === undefined) return NO_PROJECT;
		const project = this.#state.project(appId);
		if (project === undefined) throw new Refused('gateway.appid');
		if (project.account !== account) throw new Refused('gateway.credentials');
		if (!project.app.enabled && operation !== 'acquire') throw new Refused('gateway.appid');
		return project.app;
	}

	/** channel-management.md 6. Whether Cloud Recording is switched on does not matter. */
	#channelProject(account: Account, { appId = '' }: Route): App {
		if (!/^[0-9a-f]{32}$/i.test(appId)) throw new Refused('channels.400');
		const project = this.#state.project(appId);
		if (project?.account !== account) throw new Refused('channels.401');
		return project.app;
	}

	/** Who it is about: the path or the body says, or what is known about the recording. */
	#identify(about: About, body: unknown, entry: LogEntry): void {
		const known = this.#state.recordings.get(about.sid ?? '')?.resource;
		const said: Record<string, unknown> = { ...(body as object | undefined) };
		about.cname = typeof said.cname === 'string' ? said.cname : (about.cname ?? known?.cname);
		about.uid = typeof said.uid === 'string' ? said.uid : (about.uid ?? known?.uid);
		entry.cname = about.cname;
		entry.uid = about.uid;
	}

	async #pass(call: Call, meeting: Meeting, entry: LogEntry): Promise<Delivery> {
		const { operation, appId } = call.route;
		const { about } = meeting;
		const { cname, uid } = about;
		const met = this.#faults.meet({ operation, appId, cname, uid });
		entry.fault = met?.id;
		if (met !== undefined && !met.fault.effect) {
			return spoilt(met.fault, undefined, meeting);
		}
		const answer = await this.#carryOut(call, about, met);
		if (met === undefined) return { kind: 'answer', ...answer };
		return spoilt(met.fault, answer, meeting);
	}

	/** Lets a request take effect at once, and answers when the answer is due. */
	async #carryOut(call: Call, about: About, met: ScriptedFault | undefined): Promise<Answer> {
		const { recordings, clock, settings } = this.#state;
		const { operation, sid } = call.route;
		const recording = recordings.get(sid ?? '');
		if (recording !== undefined) failoverOf(met, recording, clock.now());
		const done = underWay(recording, operation, call.warn);
		try {
			const effect = effectOf(call);
			if (operation === 'start') {
				const resource = this.#state.resources.get(call.route.resourceId ?? '');
				const started = recordings.get(resource?.sid ?? '');
				failoverOf(met, started, clock.now());
				if (started !== undefined) this.#state.observer?.changed(started);
			} else if (recording !== undefined) {
				this.#state.observer?.changed(recording);
			}
			const delay = settings.latencyMs + (met?.fault.kind === 'slow' ? met.fault.ms : 0);
			if (delay > 0) await sleep(delay, undefined, { ref: false });
			if (effect.due !== undefined) await clock.reached(effect.due);
			return effect.answer();
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			return refusal(error, about, settings);
		} finally {
			done();
		}
	}
}

/** What a route adds to the log. */
function described({ operation, appId, mode, sid }: Route): Partial<LogEntry> {
	return { operation, appId, mode, sid };
}

/** Carries a request out; a refusal becomes an answer that is due like any other. */
function effectOf(call: Call): Effect {
	try {
		return OPERATIONS[call.route.operation](call);
	} catch (error) {
		return {
			answer: () => {
				throw error;
			},
		};
	}
}

/** Counts a request among those that its recording has not answered; call the result when it has. */
function underWay(
	recording: Recording | undefined,
	operation: Operation,
	warn: (text: string) => void,
): () => void {
	if (recording === undefined) return () => {};
	const requests = recording.underWay;
	const count = (change: number): void =>
		void requests.set(operation, (requests.get(operation) ?? 0) + change);
	if (SERIAL.includes(operation) && SERIAL.some((other) => (requests.get(other) ?? 0) > 0)) {
		warn('sent before the last update was answered (rest-api.md 4 and 5)');
	}
	count(1);
	return () => count(-1);
}

/** The JSON of a POST. @throws Refused code 8 (errors.md 4) */
function jsonBody({ headers, body }: Incoming, entry: LogEntry): unknown {
	const contentType = headers['content-type'];
	if (contentType === undefined) entry.warnings.push('no Content-Type (rest-api.md 1)');
	else if (!JSON_TYPE.test(contentType)) throw new Refused('older.8', 'Content-Type is not JSON');
	try {
		const json: unknown = JSON.parse((body ?? Buffer.alloc(0)).toString('utf8'));
		entry.body = redacted(json);
		return json;
	} catch {
		throw new Refused('older.8', 'body is not JSON');
	}
}
