import type {
	IDataObject,
	IExecuteFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
} from 'n8n-workflow';
import {
	classifyAnswer,
	mayHaveHappened,
	type About,
	type Answer,
	type AnswerKind,
	type Meaning,
	type Operation,
} from '../agora/answers/classify';
import { CHANNEL_OPERATIONS } from '../agora/answers/table';
import { atMost, Cancelled, clock, wait } from '../process/clock';
import { CREDENTIAL_TYPE, type AgoraCredentials } from './credentials';
import { HostChoice } from './hostChoice';
import { KnownSecrets } from './knownSecrets';
import { networkFailure } from './network';
import { rateLimiterOf, type RateLimiter } from '../process/rateLimiter';
import { MAX_ANSWER, readAnswer } from './reading';
import { notFoundSchedule, SCHEDULES } from './schedules';

export interface AgoraRequest {
	operation: Operation;
	method: IHttpRequestMethods;
	/** Path below the App ID's `cloud_recording/`, or from the root where it begins with a slash. */
	path: string;
	body?: object;
	headers?: IDataObject;
	/** The recording that the path names: an answer about another one is none. */
	about?: About;
	/** Called each time before it is sent. */
	sending?: () => void;
	/** Called when Agora says that its limit is exceeded, and no try before may have had its effect. */
	notTaken?: () => void;
	/** Milliseconds until an unanswered request is given up. */
	timeout: number;
	/** Whether to leave repeating to the caller; the rate limit is waited for all the same. */
	once?: boolean;
	/** Seconds to go on asking when Agora does not find the recording; 0 where absent. */
	retryWhileNotFound?: number;
	/**
	 * Sent although the user has cancelled, because it ends what costs money. It is not repeated, but
	 * where it meets the limit of requests, and it waits for that no longer than a second at a time.
	 */
	finishWhenCancelled?: boolean;
	/**
	 * Good to know and no more: aborted when nobody waits for the answer any longer. It is not repeated,
	 * and what comes of it says nothing about the host.
	 */
	optional?: AbortSignal;
}

/** The final answer of a request, and what the tries before it met. */
export interface Reply {
	answer: Answer;
	meaning: Meaning;
	/** Kinds of the earlier answers, first try first. */
	earlier: AnswerKind[];
	/** Scheme and host that were asked last. */
	origin: string;
}

/** Requests on which n8n's cancelling has no effect: they are awaited, so that no recording is lost. */
const UNCUT: readonly Operation[] = ['acquire', 'start', 'stop'];
/** How often, and after how long, a request is sent again that has to be, and met the limit. */
const URGENT_REPEATS = 3;
const URGENT_GAP_MS = 1000;
/** How long a request waits for the rate limit in all, once Agora said that it is exceeded. */
const RATE_LIMIT_PATIENCE_MS = 60_000;
/**
 * Questions about channels a second. Agora takes 20 of an account, which the account's own servers need
 * too; once that is exceeded, nobody asks for some seconds (channel-management.md section 1).
 */
const CHANNEL_RATE = 5;
const CHANNEL_PAUSE_S = 10;

/** In an execution, or in the editor, which has none. */
type HttpContext = IExecuteFunctions | ILoadOptionsFunctions;

/**
 * Speaks HTTP with Agora for one execution, or for the editor: n8n's own helper (so that proxy, TLS and
 * network policy of the host hold), rate limit, and repeats of what may be repeated.
 */
export class AgoraClient {
	private readonly cancelSignal: AbortSignal | undefined;

	private readonly hosts: HostChoice;

	/** Like the execution's context, but n8n does not cut its requests off. */
	private readonly uncutContext: HttpContext;

	private readonly secrets: KnownSecrets;

	private toldOfCut = false;

	private readonly context: HttpContext;

	readonly credentials: AgoraCredentials;

	constructor(context: HttpContext, credentials: AgoraCredentials) {
		this.context = context;
		this.credentials = credentials;
		this.cancelSignal =
			'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
		this.hosts = new HostChoice(credentials.origin, credentials.apiDomain === 'custom');
		this.secrets = new KnownSecrets(credentials.secrets);
		this.uncutContext = Object.create(context, {
			getExecutionCancelSignal: { value: () => undefined },
		}) as HttpContext;
	}

	/** Whether the user has cancelled the execution. */
	get cancelled(): boolean {
		return this.cancelSignal?.aborted ?? false;
	}

	/** Whether Agora has just refused a question about channels, because there were too many. */
	get channelsPaused(): boolean {
		return this.limitOf('getChannelUsers').limiter.paused;
	}

	/** Waits; in milliseconds. @throws Cancelled */
	async wait(ms: number): Promise<void> {
		await wait(ms, this.cancelSignal);
	}

	/** What `work` comes to within so many milliseconds; undefined where it does not, or on cancel. */
	async atMost<T>(ms: number, work: (over: AbortSignal) => Promise<T>): Promise<T | undefined> {
		return await atMost(ms, work, this.cancelSignal);
	}

	/**
	 * Sends a request, and again as {@link SCHEDULES} says; where nobody answers at one of Agora's own
	 * hosts, the very same request goes to the next one. Answers of every kind are returned, none is
	 * thrown.
	 *
	 * @throws Cancelled while waiting, unless the request is to be finished
	 */
	async call(request: AgoraRequest): Promise<Reply> {
		const { operation } = request;
		const signal =
			request.optional ?? (request.finishWhenCancelled ? undefined : this.cancelSignal);
		const schedule = {
			...SCHEDULES[operation],
			notFound: notFoundSchedule(request.retryWhileNotFound ?? 0),
		};
		const { limiter, rate, pause } = this.limitOf(operation);
		const earlier: AnswerKind[] = [];
		let limitedSince: number | undefined;
		const first = this.hosts.first();
		let origin = first;
		for (let unanswered = 0; ;) {
			const answered = await limiter.admit(operation, rate, {
				signal,
				owner: this,
				urgent: request.finishWhenCancelled,
			});
			// Between the turn and now the user may have cancelled.
			if (signal?.aborted) throw new Cancelled();
			request.sending?.();
			const answer = await this.send(request, origin);
			answered();
			const meaning = classifyAnswer(operation, answer, request.about);
			const reply = { answer, meaning, earlier: [...earlier], origin };
			if (request.finishWhenCancelled) {
				// Agora did not take it: what it was to end goes on, and nobody else will come.
				if (meaning.kind !== 'rateLimited' || earlier.length === URGENT_REPEATS) return reply;
				earlier.push(meaning.kind);
				await wait(URGENT_GAP_MS);
				continue;
			}
			if (meaning.kind === 'rateLimited') {
				if (!mayHaveHappened(reply)) request.notTaken?.();
				const { retryAfter = 0 } = answer;
				const seconds = pause === undefined ? answer.retryAfter : Math.max(pause, retryAfter);
				limiter.refused(seconds);
				if (request.optional) return reply;
				limitedSince ??= clock.now();
				const again = clock.now() + (seconds ?? 0) * 1000;
				if (again - limitedSince > RATE_LIMIT_PATIENCE_MS) return reply;
				continue;
			}
			if (request.optional) return reply;
			const unheard = answer.status === 0 && answer.hostWords === undefined && this.hosts.mayChange;
			if (unheard) unanswered++;
			else if (answer.status > 0) this.hosts.answered(origin);
			if (request.once) {
				if (unheard) this.hosts.avoid(origin, answer);
				return reply;
			}
			const next = unheard ? this.hosts.next(first, unanswered, answer) : undefined;
			const tries = earlier.filter((kind) => kind === meaning.kind).length;
			const seconds = unheard ? next?.wait : schedule[meaning.kind]?.[tries];
			if (seconds === undefined) return reply;
			earlier.push(meaning.kind);
			origin = next?.origin ?? origin;
			// How long a recording is asked for that is not found, the user says.
			const ms = seconds * 1000;
			await wait(meaning.kind === 'notFound' ? ms : clock.jitter(ms), signal);
		}
	}

	/** What counts requests of that kind, how many of them may go a second, and how long none after a 429. */
	private limitOf(operation: Operation): { limiter: RateLimiter; rate: number; pause?: number } {
		const { appId, account, requestsPerSecond } = this.credentials;
		return CHANNEL_OPERATIONS.some((known) => known === operation)
			? { limiter: rateLimiterOf(`account ${account}`), rate: CHANNEL_RATE, pause: CHANNEL_PAUSE_S }
			: { limiter: rateLimiterOf(appId), rate: requestsPerSecond };
	}

	private async send(request: AgoraRequest, origin: string): Promise<Answer> {
		const { operation, method, path, body, headers, timeout } = request;
		const { appId } = this.credentials;
		const context = UNCUT.includes(operation) ? this.uncutContext : this.context;
		const redaction = this.secrets.redactionOf(request);
		try {
			const response: unknown = await this.context.helpers.httpRequestWithAuthentication.call(
				context,
				CREDENTIAL_TYPE,
				{
					method,
					url: path.startsWith('/')
						? `${origin}${path}`
						: `${origin}/v1/apps/${appId}/cloud_recording/${path}`,
					...(body && { body: structuredClone(body) }),
					...(headers && { headers: { ...headers } }),
					json: true,
					timeout,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
				},
			);
			return readAnswer(response, redaction, () => this.tellOfCut());
		} catch (thrown) {
			return networkFailure(thrown, redaction);
		}
	}

	/** Files may be among what was left out. */
	private tellOfCut(): void {
		if (this.toldOfCut || !('addExecutionHints' in this.context)) return;
		this.toldOfCut = true;
		this.context.addExecutionHints({
			message: `A response exceeded ${MAX_ANSWER} characters or had an unexpected format. It was cut, so files may be missing.`,
			location: 'outputPane',
			type: 'warning',
		});
	}
}
