import { isObject } from '../support/json.mts';
import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Simulator } from '../../simulator/index.mts';
import { textOf } from '../support/failures.mts';
import type { VirtualTime } from '../support/virtualTime.mts';
import { bookOf, pageOf } from './books.mts';
import type { Life, Moment, OperationName } from './life.mts';
import { OPERATIONS } from './life.mts';
import { TRUE_OF_ITSELF } from './troubles.mts';
import type { Sent } from './told.mts';
import { addForeignFiles, faultOf, respell } from './wrongAnswers.mts';

/** Who sends a request. */
export interface Sender {
	execution: { name: string; dead: boolean; process: number; cancelledAt?: number };
	node: string;
	runIndex: number;
	attempt: number;
}

export type Send = (this: object, type: string, options: IHttpRequestOptions) => Promise<unknown>;
interface Context {
	getExecutionCancelSignal?: () => AbortSignal | undefined;
}

/** What n8n's helper gives with `returnFullResponse`. */
interface FullResponse {
	statusCode: number;
	headers: IDataObject;
	body: unknown;
}

const isOperation = (name: string): name is OperationName =>
	OPERATIONS.some((known) => known === name);

export const failure = (code: string, message: string) =>
	Object.assign(new Error(message), { code });

/** What n8n says when its network policy refuses an address. */
export const POLICY_WORDS =
	'The request was blocked because it resolves to a restricted IP address';

/**
 * The network between the node and the simulator, in virtual time: requests go out one after the other
 * over real HTTP, and how long they take, and which of them come to nothing, is as the life says.
 */
export class Wire {
	readonly requests: Sent[] = [];
	/** Requests that are really under way: time stands still for them. */
	underWay = 0;
	/** A recording that belongs to nobody in this life, for answers about another one. */
	stranger: IDataObject | undefined;
	/** What stands in the Authorization header; set by whoever knows the credential. */
	basic = '';
	/** Tokens that were sent. */
	readonly tokens = new Set<string>();
	private readonly counts = new Map<OperationName, number>();
	/** Questions about channels so far. */
	private asked = 0;
	private last: Promise<unknown> = Promise.resolve();
	private release: () => void = () => undefined;
	/** Is done when the life is over. */
	readonly released: Promise<void>;

	private readonly life: Life;
	private readonly simulator: Simulator;
	private readonly time: VirtualTime;
	private readonly reach: (moment: Moment) => void;
	private readonly next: () => number;

	constructor(
		life: Life,
		simulator: Simulator,
		time: VirtualTime,
		reach: (moment: Moment) => void,
		next: () => number,
	) {
		this.next = next;
		this.life = life;
		this.simulator = simulator;
		this.time = time;
		this.reach = reach;
		this.released = new Promise((resolve) => (this.release = resolve));
	}

	/** From now on nobody is reached: what is left of a killed process comes to its end. */
	cut(): void {
		this.release();
	}

	/** Stands for n8n's `httpRequestWithAuthentication`. */
	async send(
		who: Sender,
		send: Send,
		context: Context,
		type: string,
		options: IHttpRequestOptions,
	): Promise<unknown> {
		if (who.execution.dead) return await this.silence();
		if (new URL(options.url).pathname.startsWith('/dev/')) {
			return await this.ask(who, send, context, type, options);
		}
		const sent = this.begin(who, options);
		if (!sent) return await this.carry(send, context, type, options);
		const { latencyMs } = this.life;
		const { trouble } = sent;
		const signal = context.getExecutionCancelSignal?.();
		const timeout = options.timeout ?? 300_000;
		try {
			this.reach({ request: sent.number, point: 'sent' });
			if (who.execution.dead) return await this.silence();
			if (trouble?.kind === 'hostRefuses') throw refusal(trouble.how);
			if (trouble?.kind === 'network') {
				throw failure(trouble.code, `${trouble.code} 127.0.0.1`);
			}
			sent.left = true;
			await this.pause(latencyMs / 2, signal);
			let response: unknown;
			let broken: Error | undefined;
			if (trouble?.kind !== 'hang' || trouble.effect) {
				try {
					response = await this.arrive(sent, send, context, type, options);
				} catch (thrown) {
					broken = thrown as Error;
				}
			}
			sent.page = pageOf(this.simulator.control);
			if (who.execution.dead) return await this.silence();
			this.reach({ request: sent.number, point: 'carriedOut' });
			if (who.execution.dead) return await this.silence();
			const slow = trouble?.kind === 'hang' ? Infinity : trouble?.kind === 'slow' ? trouble.ms : 0;
			if (slow + latencyMs > timeout) {
				await this.pause(timeout - latencyMs / 2, signal);
				throw failure('ECONNABORTED', `timeout of ${timeout}ms exceeded`);
			}
			await this.pause(latencyMs / 2 + slow, signal);
			if (who.execution.dead) return await this.silence();
			if (broken) throw broken;
			if (this.life.olderSpelling) respell(response as FullResponse);
			if (trouble?.kind === 'foreignFiles') {
				addForeignFiles(sent, response as FullResponse, this.simulator, this.life.storage.folder);
			}
			const { statusCode, body } = response as FullResponse;
			sent.status = statusCode;
			if (isObject(body)) sent.answer = structuredClone(body);
			return response;
		} catch (thrown) {
			sent.failure = (thrown as { code?: string }).code ?? (thrown as Error).message;
			throw thrown;
		} finally {
			sent.answeredAt = this.time.now();
			if (!who.execution.dead) this.reach({ request: sent.number, point: 'answered' });
		}
	}

	/** Nothing more is ever heard; at the end of the life whoever still waits is let go. */
	async silence(): Promise<never> {
		await this.released;
		throw failure('ECONNREFUSED', 'The process was killed');
	}

	/** A question about a channel: none of the requests that rules count, and often not answered. */
	private async ask(
		who: Sender,
		send: Send,
		context: Context,
		type: string,
		options: IHttpRequestOptions,
	): Promise<unknown> {
		const nth = ++this.asked;
		const { trouble } =
			this.life.questions.find(({ nth: from, times }) => nth >= from && nth < from + times) ?? {};
		const signal = context.getExecutionCancelSignal?.();
		const { timeout = 300_000 } = options;
		const { latencyMs } = this.life;
		if (trouble?.kind === 'network') throw failure(trouble.code, `${trouble.code} 127.0.0.1`);
		const slow = trouble?.kind === 'hang' ? Infinity : trouble?.kind === 'slow' ? trouble.ms : 0;
		await this.pause(Math.min(timeout, latencyMs + slow), signal);
		if (who.execution.dead) return await this.silence();
		if (latencyMs + slow > timeout) {
			throw failure('ECONNABORTED', `timeout of ${timeout}ms exceeded`);
		}
		return await this.oneByOne(async () => {
			const { control } = this.simulator;
			const fault =
				trouble && trouble.kind !== 'slow' && trouble.kind !== 'hang' ? trouble : undefined;
			const id = fault && control.addFault({ match: {}, fault: fault });
			try {
				return await this.carry(send, context, type, options);
			} finally {
				if (id !== undefined) control.clearFaults(id);
			}
		});
	}

	/** Notes a request and what it is going to meet; undefined for what is none of Agora's. */
	private begin(who: Sender, { url, body }: IHttpRequestOptions): Sent | undefined {
		const { pathname } = new URL(url);
		const operation = pathname.slice(pathname.lastIndexOf('/') + 1);
		if (!isOperation(operation)) return undefined;
		const said = isObject(body) ? structuredClone(body) : undefined;
		const [, resourceId] = /\/resourceid\/([^/]+)/.exec(pathname) ?? [];
		const [, sid] = /\/sid\/([^/]+)/.exec(pathname) ?? [];
		const known = sid
			? pageOf(this.simulator.control).find((booked) => booked.sid === sid)
			: undefined;
		const cname = said?.cname ?? known?.cname;
		const uid = said?.uid ?? known?.uid;
		this.noteTokens(said);
		const nth = (this.counts.get(operation) ?? 0) + 1;
		this.counts.set(operation, nth);
		const fault = this.life.faults.find(
			({ on, nth: first, times }) => on === operation && nth >= first && nth < first + times,
		);
		const sent: Sent = {
			order: this.next(),
			number: this.requests.length + 1,
			execution: who.execution.name,
			process: who.execution.process,
			node: who.node,
			runIndex: who.runIndex,
			attempt: who.attempt,
			operation,
			...(cname !== undefined && { cname: textOf(cname) }),
			...(uid !== undefined && { uid: textOf(uid) }),
			...(resourceId && { resourceId: decodeURIComponent(resourceId) }),
			...(sid && { sid: decodeURIComponent(sid) }),
			...(said && { body: said }),
			sentAt: this.time.now(),
			...(fault && { trouble: fault.trouble }),
			arrived: false,
			left: false,
			status: 0,
			afterCancel: who.execution.cancelledAt !== undefined,
			page: [],
		};
		this.requests.push(sent);
		return sent;
	}

	private noteTokens(body: IDataObject | undefined): void {
		const request = isObject(body?.clientRequest) ? body.clientRequest : {};
		const announced = isObject(request.startParameter) ? request.startParameter : {};
		for (const { token } of [request, announced]) {
			if (typeof token === 'string' && token !== '') this.tokens.add(token);
		}
	}

	/** Waits in virtual time. @throws what n8n's helper does when the execution is cancelled meanwhile */
	async pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
		if (ms > 0 && !signal?.aborted) {
			let stop = (): void => undefined;
			const aborted = new Promise<void>((resolve) => {
				stop = resolve;
				signal?.addEventListener('abort', stop);
			});
			await Promise.race([this.time.after(ms), aborted]);
			signal?.removeEventListener('abort', stop);
		}
		if (signal?.aborted) throw failure('ERR_CANCELED', 'canceled');
	}

	/** Lets the simulator have a request, with the fault that it meets there. */
	private async arrive(
		sent: Sent,
		send: Send,
		context: Context,
		type: string,
		options: IHttpRequestOptions,
	): Promise<unknown> {
		return await this.oneByOne(async () => {
			const { control } = this.simulator;
			if (this.wouldLie(sent)) delete sent.trouble;
			const { basic, stranger = {} } = this;
			const fault =
				sent.trouble && faultOf(sent, sent.trouble, { url: options.url, basic, stranger });
			const id = fault && control.addFault({ match: {}, fault });
			sent.arrived = !fault || fault.effect === true || fault.kind === 'slow';
			const had = control.recordings().length;
			try {
				return await this.carry(send, context, type, options);
			} finally {
				const [began] = control.recordings().slice(had);
				if (began) sent.began = began.sid;
				if (id !== undefined) control.clearFaults(id);
			}
		});
	}

	/** Requests reach the simulator one after the other, while time stands still. */
	async oneByOne<T>(work: () => Promise<T>): Promise<T> {
		const before = this.last;
		let done = (): void => undefined;
		this.last = new Promise<void>((resolve) => (done = resolve));
		this.underWay++;
		await before;
		try {
			return await work();
		} finally {
			this.underWay--;
			done();
		}
	}

	private async carry(
		send: Send,
		context: Context,
		type: string,
		options: IHttpRequestOptions,
	): Promise<unknown> {
		// What cancelling does to a request under way is told above, in virtual time.
		const uncut = Object.create(context, {
			getExecutionCancelSignal: { value: () => undefined },
		}) as Context;
		return await send.call(uncut, type, options);
	}

	/** Whether a fault says that a stop ended what moves, and so cannot be ended, or ended otherwise. */
	private wouldLie({ trouble, sid }: Sent): boolean {
		if (trouble?.kind !== 'error' || !TRUE_OF_ITSELF.includes(trouble.error)) return false;
		const booked = bookOf(pageOf(this.simulator.control), sid);
		return booked !== undefined && (booked.moving || (!booked.running && booked.cause !== 'stop'));
	}
}

export function refusal(how: 'policy' | 'address'): Error {
	return how === 'policy'
		? Object.assign(new UserError(POLICY_WORDS), { name: 'SsrfBlockedIpError' })
		: failure('ERR_INVALID_URL', 'Invalid URL');
}
